//! Where faces are: the cascade, on a small grey picture.

use super::cascade::{Cascade, Grey, WINDOW_PX};
use crate::picture::{Picture, Pyramid, Square};
use crate::report::Rect;

/// The longer side of the picture that is searched first. The cascade's window is 40 px: a face takes a fifth of it at
/// least, as the sitter's does in every standard photo.
const SITTER_SIDE_PX: usize = 192;
/// The longer side of the picture that is searched for smaller faces: a sixth of it.
const SEARCH_SIDE_PX: usize = 256;
/// Searched again at this size where that finds nothing.
const CLOSE_SEARCH_SIDE_PX: usize = 640;
/// Beside a sure sitter others are looked for up to this many times the window: what is larger was found already.
const OTHERS_MAX: f64 = 1.5;
/// What is covered while others are looked for, in sides of the sitter's box: the face with hair and chin.
const HEAD: f32 = 1.5;
/// Middle grey.
const COVER: u8 = 128;
/// Below this a box is noise.
const SCORE_MIN: f64 = 4.0;

/// A square that may hold a face, in pixels of the working picture.
#[derive(Clone, Copy, Debug)]
pub struct FaceBox {
    pub centre: [f32; 2],
    pub side_px: f32,
    /// Sum of the merged windows' scores: from 12 sure, below a person has to look.
    pub score: f64,
}

impl FaceBox {
    /// Score from which a box is a face.
    pub const SURE: f64 = 12.0;

    /// Where a standard photo has its face: with nothing that speaks for it.
    pub fn usual(picture: &Picture) -> Self {
        let [width, height] = [picture.width, picture.height].map(|side| side as f32);
        Self {
            centre: [width * 0.5, height * 0.49],
            side_px: width.min(height) * 0.46,
            score: 0.0,
        }
    }

    pub fn is_sure(&self) -> bool {
        self.score >= Self::SURE
    }

    pub fn square(&self, times: f32) -> Square {
        Square {
            centre: self.centre,
            side_px: self.side_px * times,
            turn_rad: 0.0,
            mirrored: false,
        }
    }

    /// Whether both lie on one place: the centre of either within the other.
    pub fn overlaps(&self, other: &Self) -> bool {
        let reach = self.side_px.max(other.side_px) / 2.0;
        (0..2).all(|k| (self.centre[k] - other.centre[k]).abs() < reach)
    }

    pub fn rect(&self) -> Rect {
        let half = self.side_px / 2.0;
        let side = f64::from(self.side_px);
        Rect {
            x_px: (self.centre[0] - half).into(),
            y_px: (self.centre[1] - half).into(),
            width_px: side,
            height_px: side,
        }
    }
}

/// The surest first. Most pictures show one large face: a small picture tells, and the finer one has to be searched only
/// for small faces beside it.
pub fn find(cascade: &Cascade, pyramid: &Pyramid) -> Vec<FaceBox> {
    let mut found = search(cascade, pyramid, SITTER_SIDE_PX, None);
    if let Some(sitter) = found.first().filter(|sitter| sitter.is_sure()).copied() {
        found.extend(search(cascade, pyramid, SEARCH_SIDE_PX, Some(&sitter)));
        return found;
    }
    let found = search(cascade, pyramid, SEARCH_SIDE_PX, None);
    if found.is_empty() {
        search(cascade, pyramid, CLOSE_SEARCH_SIDE_PX, None)
    } else {
        found
    }
}

/// Quarter turns clockwise that bring a sure face upright, the surest where several do.
pub fn turned(cascade: &Cascade, pyramid: &Pyramid) -> Option<u8> {
    /// EXIF orientations that ask for one, two and three quarter turns clockwise.
    const TURNS: [(u8, u8); 3] = [(1, 6), (2, 3), (3, 8)];
    let small = pyramid.about(SEARCH_SIDE_PX);
    let faces = TURNS.into_iter().filter_map(|(turns, orientation)| {
        let turned = Pyramid::new(small.clone().upright(orientation));
        let found = search(cascade, &turned, SEARCH_SIDE_PX, None);
        found
            .first()
            .filter(|face| face.is_sure())
            .map(|face| (turns, face.score))
    });
    faces.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(turns, _)| turns)
}

/// Everywhere, or for small faces beside a sitter.
fn search(cascade: &Cascade, pyramid: &Pyramid, side_px: usize, beside: Option<&FaceBox>) -> Vec<FaceBox> {
    let base = pyramid.base();
    let scale = (side_px as f64 / base.width.max(base.height) as f64).min(1.0);
    let even = |side: usize| (side as f64 * scale / 2.0).round() as usize * 2;
    let (width, height) = (even(base.width), even(base.height));
    if width.min(height) < WINDOW_PX {
        return Vec::new();
    }
    let mut grey = pyramid.grey(width, height);
    let (step_x, step_y) = (base.width as f32 / width as f32, base.height as f32 / height as f32);
    if let Some(sitter) = beside {
        let half = sitter.side_px * HEAD / 2.0;
        let [left, right] = [-half, half].map(|d| ((sitter.centre[0] + d) / step_x).clamp(0.0, width as f32) as usize);
        let [top, bottom] = [-half, half].map(|d| ((sitter.centre[1] + d) / step_y).clamp(0.0, height as f32) as usize);
        for row in grey.chunks_exact_mut(width).take(bottom).skip(top) {
            row[left..right].fill(COVER);
        }
    }
    let largest_px = beside.map(|_| (OTHERS_MAX * WINDOW_PX as f64) as usize);
    let faces = cascade.find(Grey::new(&grey, width), largest_px);
    let mut found: Vec<FaceBox> = faces
        .iter()
        .filter(|face| face.score >= SCORE_MIN)
        .map(|face| {
            let side = face.side as f32;
            FaceBox {
                centre: [
                    (face.x as f32 + side / 2.0) * step_x,
                    (face.y as f32 + side / 2.0) * step_y,
                ],
                side_px: side * (step_x + step_y) / 2.0,
                score: face.score,
            }
        })
        .collect();
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    found
}
