//! What the pixels tell of the file's past: bars at its edges, enlargement, an earlier compression.

use super::super::{bare, by_band, by_limit, number, reason, up_to};
use crate::decode::Upload;
use crate::detail;
use crate::picture::{Picture, Pyramid};
use crate::profile::{FileLimits, Standard};
use crate::report::{Check, Group, Rect, Required, Status, Unit};
use crate::scene::{region, scaled};

/// A bar's pixels lie this near to its colour, of 255: compression blurs its inner edge.
const SAME: u8 = 10;
/// … in so many of a line's pixels.
const SAME_SHARE: f32 = 0.985;
/// Behind a bar the picture begins with a step of this height, of 255, …
const STEP: u8 = 12;
/// … over so much of the line. An even background has no such line, and the top of a head is shorter.
const STEP_SHARE: f32 = 0.7;
/// Lines of the picture's side, at most, that a bar takes.
const BAR_MAX: f32 = 0.45;
/// From the end of a bar to the line that is compared with it: compression smears the step over this many.
const SMEAR_PX: usize = 3;
/// The inset around the middle of a photo that has too little detail, of its width.
const INSET: f64 = 0.4;

/// Even bars along the edges: of each edge the lines of one colour that end in a step over most of the line; the thickest,
/// in percent of the photo's side. A white bar before a white background is none: nobody can see it, and it does no harm.
/// This project's own measure.
pub fn padding(pyramid: &Pyramid, upload: &Upload, limits: &FileLimits) -> Check {
    let Some(limit) = &limits.padding_percent else {
        return bare("padding", Group::File, Status::NotApplicable);
    };
    let picture = pyramid.base();
    let bars = Edge::ALL.map(|edge| (edge, edge.bar(picture)));
    let percent = |(edge, lines): &(Edge, usize)| 100.0 * *lines as f64 / edge.depth(picture) as f64;
    let most = bars.iter().map(percent).fold(0.0, f64::max);
    let status = by_limit(most, limit);
    let found = bars.iter().filter(|(_, lines)| *lines > 0 && status != Status::Pass);
    let places: Vec<Rect> = found
        .map(|(edge, lines)| scaled(&edge.rect(picture, *lines), upload.scale))
        .collect();
    Check {
        measured: number(most, Unit::Percent),
        required: up_to(limit, Unit::Percent),
        evidence: places.iter().copied().map(region).collect(),
        inset: places.first().copied(),
        confidence: 0.9,
        reason: reason(status, "border_or_text"),
        ..bare("padding", Group::File, status)
    }
}

#[derive(Clone, Copy)]
enum Edge {
    Top,
    Bottom,
    Left,
    Right,
}

impl Edge {
    const ALL: [Self; 4] = [Self::Top, Self::Bottom, Self::Left, Self::Right];

    fn is_row(self) -> bool {
        matches!(self, Self::Top | Self::Bottom)
    }

    /// Lines from this edge to the opposite one.
    fn depth(self, picture: &Picture) -> usize {
        if self.is_row() { picture.height } else { picture.width }
    }

    fn pixel(self, picture: &Picture, line: usize, along: usize) -> [u8; 3] {
        let line = match self {
            Self::Top | Self::Left => line,
            Self::Bottom | Self::Right => self.depth(picture) - 1 - line,
        };
        let (x, y) = if self.is_row() { (along, line) } else { (line, along) };
        let at = (y * picture.width + x) * 3;
        [picture.rgb[at], picture.rgb[at + 1], picture.rgb[at + 2]]
    }

    /// Share of a line's pixels that lie further than `by` from the colour.
    fn differ(self, picture: &Picture, line: usize, colour: [u8; 3], by: u8) -> f32 {
        let length = if self.is_row() { picture.width } else { picture.height };
        let far = |along: &usize| {
            let pixel = self.pixel(picture, line, *along);
            (0..3).any(|k| pixel[k].abs_diff(colour[k]) > by)
        };
        (0..length).filter(far).count() as f32 / length as f32
    }

    /// Lines of the bar at this edge.
    fn bar(self, picture: &Picture) -> usize {
        let length = if self.is_row() { picture.width } else { picture.height };
        let colour = std::array::from_fn(|k| {
            let mut values: Vec<u8> = (0..length).map(|along| self.pixel(picture, 0, along)[k]).collect();
            values.sort_unstable();
            values[length / 2]
        });
        let most = (self.depth(picture) as f32 * BAR_MAX) as usize;
        let even = |line: &usize| self.differ(picture, *line, colour, SAME) <= 1.0 - SAME_SHARE;
        let lines = (0..most).take_while(even).count();
        let behind = lines + SMEAR_PX;
        let ends = lines > 0 && lines < most && behind < self.depth(picture);
        if ends && self.differ(picture, behind, colour, STEP) >= STEP_SHARE {
            lines
        } else {
            0
        }
    }

    fn rect(self, picture: &Picture, lines: usize) -> Rect {
        let [width, height, lines] = [picture.width, picture.height, lines].map(|side| side as f64);
        let [x_px, y_px, width_px, height_px] = match self {
            Self::Top => [0.0, 0.0, width, lines],
            Self::Bottom => [0.0, height - lines, width, lines],
            Self::Left => [0.0, 0.0, lines, height],
            Self::Right => [width - lines, 0.0, lines, height],
        };
        Rect {
            x_px,
            y_px,
            width_px,
            height_px,
        }
    }
}

/// Far less detail than pixels: the photo was enlarged from a smaller one, or is badly out of focus. Measured as
/// [`detail::ratio`] at about the size of the standard photo, so that a large photo of a soft lens loses nothing. This
/// project's own measure.
pub fn upscaled(pyramid: &Pyramid, upload: &Upload, standard: &Standard, limits: &FileLimits) -> Check {
    let Some(limit) = &limits.detail_percent else {
        return bare("upscaled", Group::File, Status::NotApplicable);
    };
    let (picture, _) = pyramid.at_least(standard.width_px as usize);
    let Some(ratio) = detail::ratio(picture) else {
        return bare("upscaled", Group::File, Status::NotApplicable);
    };
    let percent = 100.0 * ratio;
    let status = by_band(percent, &limit.band(), 1.0);
    let [width, height] = [upload.width_px, upload.height_px].map(f64::from);
    let side = width * INSET;
    Check {
        measured: number(percent, Unit::Percent),
        required: Some(Required::Range {
            min: Some(limit.min),
            max: None,
            unit: Unit::Percent,
            scale_min: 0.0,
            scale_max: 100.0,
        }),
        inset: (status != Status::Pass).then_some(Rect {
            x_px: (width - side) / 2.0,
            y_px: (height - side).max(0.0) / 2.0,
            width_px: side,
            height_px: side.min(height),
        }),
        confidence: 0.8,
        reason: reason(status, "not_sharp"),
        ..bare("upscaled", Group::File, status)
    }
}

/// Blocks of an earlier compression that don't lie on the file's own grid: the photo was saved, cut or shown on a
/// screen, and saved again. This project's own measure.
pub fn blockiness(upload: &Upload, limits: &FileLimits) -> Check {
    let (Some(limit), Some(grid)) = (&limits.other_grid_percent, upload.other_grid) else {
        return bare("blockiness", Group::File, Status::NotApplicable);
    };
    let status = by_limit(100.0 * grid, limit);
    Check {
        measured: number(100.0 * grid, Unit::Percent),
        required: up_to(limit, Unit::Percent),
        confidence: 0.8,
        reason: reason(status, "over_compressed"),
        ..bare("blockiness", Group::File, status)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(colour: impl Fn(usize, usize) -> [u8; 3]) -> Picture {
        Picture {
            width: 120,
            height: 160,
            rgb: (0..120 * 160).flat_map(|at| colour(at % 120, at / 120)).collect(),
        }
    }

    fn bars(colour: impl Fn(usize, usize) -> [u8; 3]) -> [usize; 4] {
        let picture = picture(colour);
        Edge::ALL.map(|edge| edge.bar(&picture))
    }

    /// A head before an even background.
    fn portrait(x: usize, y: usize) -> [u8; 3] {
        let head = (x as f32 - 60.0).hypot(y as f32 - 80.0) < 40.0;
        if head || y > 120 && (20..100).contains(&x) {
            [90, 60, 50]
        } else {
            [240; 3]
        }
    }

    #[test]
    fn an_even_background_is_no_bar() {
        assert_eq!(bars(portrait), [0; 4]);
        assert_eq!(bars(|_, _| [0; 3]), [0; 4]);
        // A dark suit from edge to edge.
        assert_eq!(
            bars(|x, y| if y > 150 + x % 7 { [20; 3] } else { portrait(x, y) }),
            [0; 4]
        );
    }

    #[test]
    fn bars_are_measured_at_every_edge() {
        let framed = |x: usize, y: usize| {
            let inside = (3..112).contains(&x) && (10..155).contains(&y);
            if inside { portrait(x, y) } else { [4, 2, 3] }
        };
        assert_eq!(bars(framed), [10, 5, 3, 8]);
        let white = |x: usize, _: usize| if x < 20 { [255; 3] } else { [100, 197, 255] };
        assert_eq!(bars(white), [0, 0, 20, 0]);
    }
}
