//! Which pixels are the person: the mask graph over a square around the head, and what is read off its edge.

use super::{FaceBox, Graph, GraphFailure};
use crate::picture::{Pyramid, Square};

/// Side of the square in sides of the face box: the whole of a standard photo, nearly.
const CROP: f32 = 2.65;
/// How far below the box's centre the square's centre lies, in sides of the face box.
const LOWER: f32 = 0.08;
/// From this probability a pixel is the person's.
const PERSON: f32 = 0.5;
/// Points of the outline, at most.
const OUTLINE_MAX: usize = 256;

/// Probabilities on a grid over `square`.
pub struct Mask {
    square: Square,
    side: usize,
    person: Vec<f32>,
}

pub(super) fn read(graph: &Graph, pyramid: &Pyramid, found: &FaceBox) -> Result<Mask, GraphFailure> {
    let mut square = found.square(CROP);
    square.centre[1] += LOWER * found.side_px;
    let person = graph.look(pyramid, &square)?.into_iter().next().ok_or(GraphFailure)?;
    Ok(Mask {
        square,
        side: graph.width,
        person,
    })
}

impl Mask {
    /// A mask as a test wants it: of a square, the places that are the person.
    #[cfg(test)]
    pub fn drawn(centre: [f32; 2], side_px: f32, is_person: impl Fn([f32; 2]) -> bool) -> Self {
        const SIDE: usize = 256;
        let square = Square {
            centre,
            side_px,
            turn_rad: 0.0,
            mirrored: false,
        };
        let place = |index: usize| [index % SIDE, index / SIDE].map(|k| (k as f32 + 0.5) / SIDE as f32);
        let at = |[u, v]: [f32; 2]| f32::from(u8::from(is_person(square.to_picture(u, v))));
        Self {
            square,
            side: SIDE,
            person: (0..SIDE * SIDE).map(|index| at(place(index))).collect(),
        }
    }

    /// Pixels of the working picture in one cell of the grid.
    pub fn cell_px(&self) -> f32 {
        self.square.side_px / self.side as f32
    }

    fn to_grid(&self, at: [f32; 2]) -> [f32; 2] {
        let [x, y] = [0, 1].map(|k| (at[k] - self.square.centre[k]) / self.square.side_px + 0.5);
        [x * self.side as f32, y * self.side as f32]
    }

    fn to_picture(&self, [x, y]: [f32; 2]) -> [f32; 2] {
        self.square.to_picture(x / self.side as f32, y / self.side as f32)
    }

    fn cell(&self, x: i32, y: i32) -> Option<f32> {
        let inside = |v: i32| usize::try_from(v).ok().filter(|v| *v < self.side);
        Some(self.person[inside(y)? * self.side + inside(x)?])
    }

    /// Probability that a place of the working picture shows the person; nothing outside the mask's square.
    pub fn person_at(&self, at: [f32; 2]) -> Option<f32> {
        let [x, y] = self.to_grid(at);
        self.cell(x.floor() as i32, y.floor() as i32)
    }

    /// The highest place of the person above `below` between the columns `from_x` and `to_x`: walked upwards from the
    /// face, so that a speck in the background is no crown. Between two rows the probability is taken as linear.
    pub fn crown(&self, below: [f32; 2], from_x: f32, to_x: f32) -> Option<[f32; 2]> {
        let [_, start] = self.to_grid(below);
        let left = self.to_grid([from_x, 0.0])[0].floor() as i32;
        let right = self.to_grid([to_x, 0.0])[0].ceil() as i32;
        let tops: Vec<[f32; 2]> = (left..=right)
            .filter_map(|x| self.top_of_column(x, start.floor() as i32).map(|y| [x as f32 + 0.5, y]))
            .collect();
        let top = tops.iter().map(|at| at[1]).min_by(f32::total_cmp)?;
        // A head is flat on top: the middle of the columns that are about as high.
        let highest: Vec<f32> = tops.iter().filter(|at| at[1] < top + 1.0).map(|at| at[0]).collect();
        Some(self.to_picture([highest.iter().sum::<f32>() / highest.len() as f32, top]))
    }

    fn top_of_column(&self, x: i32, start: i32) -> Option<f32> {
        let mut y = start;
        if self.cell(x, y)? < PERSON {
            return None;
        }
        while let Some(above) = self.cell(x, y - 1) {
            let here = self.cell(x, y)?;
            if above < PERSON {
                return Some(y as f32 + 0.5 - (here - PERSON) / (here - above).max(1e-6));
            }
            y -= 1;
        }
        Some(0.0)
    }

    /// Whether the person reaches the upper edge of the mask: then nobody knows how high the head goes on.
    pub fn is_cut_above(&self) -> bool {
        self.person[..self.side].iter().any(|p| *p >= PERSON)
    }

    /// The edge of the person around `inside`, clockwise as seen, closed, within a working picture of `size`.
    pub fn outline(&self, inside: [f32; 2], size: [usize; 2]) -> Vec<[f32; 2]> {
        let [x, y] = self.to_grid(inside).map(|v| v.floor() as i32);
        let in_picture = |at: [f32; 2]| (0..2).all(|k| at[k] >= 0.0 && at[k] <= size[k] as f32);
        let is_person = |x: i32, y: i32| {
            self.cell(x, y).is_some_and(|p| p >= PERSON)
                && in_picture(self.to_picture([x as f32 + 0.5, y as f32 + 0.5]))
        };
        if !is_person(x, y) {
            return Vec::new();
        }
        let mut top = y;
        while is_person(x, top - 1) {
            top -= 1;
        }
        let corners = walk_edge([x, top], &is_person, 8 * self.side);
        let step = corners.len().div_ceil(OUTLINE_MAX).max(1);
        corners
            .iter()
            .step_by(step)
            .map(|[x, y]| self.to_picture([*x as f32, *y as f32]))
            // A cell at the picture's edge lies partly outside.
            .map(|at| [at[0].clamp(0.0, size[0] as f32), at[1].clamp(0.0, size[1] as f32)])
            .collect()
    }
}

/// Follows the cracks between person and background with the person at the right hand, from the upper left corner of
/// `start` (whose upper neighbour is background) eastwards until it is back.
fn walk_edge(start: [i32; 2], is_person: &impl Fn(i32, i32) -> bool, most: usize) -> Vec<[i32; 2]> {
    // East, south, west, north.
    const STEP: [[i32; 2]; 4] = [[1, 0], [0, 1], [-1, 0], [0, -1]];
    // The cells ahead of a corner, at the left and at the right hand, for each heading.
    const AHEAD: [[[i32; 2]; 2]; 4] = [
        [[0, -1], [0, 0]],
        [[0, 0], [-1, 0]],
        [[-1, 0], [-1, -1]],
        [[-1, -1], [0, -1]],
    ];
    let mut corner = start;
    let mut heading = 0;
    let mut corners = Vec::new();
    while corners.len() < most {
        corners.push(corner);
        corner = [corner[0] + STEP[heading][0], corner[1] + STEP[heading][1]];
        let [left, right] = AHEAD[heading].map(|[x, y]| is_person(corner[0] + x, corner[1] + y));
        heading = match (left, right) {
            (true, true) => (heading + 3) % 4,
            (false, true) => heading,
            (_, false) => (heading + 1) % 4,
        };
        if corner == start && heading == 0 {
            break;
        }
    }
    corners
}

#[cfg(test)]
mod tests {
    use super::*;

    fn disc() -> Mask {
        Mask::drawn([200.0, 200.0], 256.0, |[x, y]| {
            (x - 200.0).hypot(y - 210.0) < 60.0 || (x - 100.0).hypot(y - 90.0) < 9.0
        })
    }

    #[test]
    fn the_crown_is_the_top_of_what_holds_the_face_and_not_of_a_speck() {
        let [x, y] = disc().crown([200.0, 215.0], 80.0, 320.0).unwrap();
        assert!((x - 200.0).abs() < 2.0 && (y - 150.0).abs() < 1.0, "{x} {y}");
        assert!(disc().crown([300.0, 120.0], 290.0, 310.0).is_none());
    }

    #[test]
    fn the_outline_goes_round_once_and_clockwise() {
        let outline = disc().outline([200.0, 215.0], [400, 400]);
        assert!((200..=OUTLINE_MAX).contains(&outline.len()), "{}", outline.len());
        assert!(
            outline
                .iter()
                .all(|[x, y]| ((x - 200.0).hypot(y - 210.0) - 60.0).abs() < 1.5)
        );
        let next = outline.iter().cycle().skip(1);
        let twice_area: f32 = outline.iter().zip(next).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum();
        assert!(
            (twice_area / 2.0 - std::f32::consts::PI * 3600.0).abs() < 120.0,
            "{twice_area}"
        );
    }

    #[test]
    fn the_outline_stays_in_the_picture() {
        let outline = disc().outline([200.0, 215.0], [230, 240]);
        assert!(outline.iter().all(|[x, y]| *x <= 230.0 && *y <= 240.0));
        assert!(outline.iter().any(|[x, _]| *x == 230.0) || outline.iter().any(|[x, _]| *x > 229.0));
    }
}
