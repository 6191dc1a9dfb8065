//! Straight edges along the sides of the whole picture: a frame of one colour, or a print that lies on something.
//! Walks inwards from each side; places are in pixels of the working picture.

use crate::picture::Picture;

/// A frame or a print's edge lies at most this share of the side's own length inside.
const DEPTH: f32 = 0.17;
/// Places along a side that are looked at, the corners left out.
const PLACES: usize = 40;
const CORNER: f32 = 0.12;
/// Step of a channel that makes an edge, of 255.
const STEP: i32 = 16;
/// Largest difference of a channel within a frame of one colour, JPEG's included.
const ONE_COLOUR: i32 = 12;
/// A line goes through an edge within so many pixels.
const ON_LINE_PX: f32 = 1.5;
/// Edges of one place that are tried.
const EDGES_A_PLACE: usize = 4;

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Side {
    Left,
    Top,
    Right,
    Bottom,
}

pub const SIDES: [Side; 4] = [Side::Left, Side::Top, Side::Right, Side::Bottom];

/// A picture as seen from one side: along it, and inwards.
struct From<'a> {
    picture: &'a Picture,
    side: Side,
}

impl From<'_> {
    fn length(&self) -> usize {
        match self.side {
            Side::Left | Side::Right => self.picture.height,
            Side::Top | Side::Bottom => self.picture.width,
        }
    }

    fn depth(&self) -> usize {
        match self.side {
            Side::Left | Side::Right => self.picture.width,
            Side::Top | Side::Bottom => self.picture.height,
        }
    }

    fn place(&self, along: usize, inwards: usize) -> [usize; 2] {
        match self.side {
            Side::Left => [inwards, along],
            Side::Right => [self.picture.width - 1 - inwards, along],
            Side::Top => [along, inwards],
            Side::Bottom => [along, self.picture.height - 1 - inwards],
        }
    }

    fn colour(&self, along: usize, inwards: usize) -> [i32; 3] {
        let [x, y] = self.place(along, inwards);
        let at = (y * self.picture.width + x) * 3;
        [0, 1, 2].map(|k| self.picture.rgb[at + k].into())
    }

    /// The places along the side that are looked at.
    fn places(&self) -> impl Iterator<Item = usize> + Clone {
        let length = self.length() as f32;
        let step = length * (1.0 - 2.0 * CORNER) / PLACES as f32;
        (0..PLACES).map(move |k| (length * CORNER + (k as f32 + 0.5) * step) as usize)
    }

    /// How far inwards an edge is sought.
    fn reach(&self) -> usize {
        (self.depth() as f32 * DEPTH) as usize
    }
}

fn differs(a: [i32; 3], b: [i32; 3]) -> i32 {
    (0..3).map(|k| (a[k] - b[k]).abs()).max().unwrap_or(0)
}

/// Breadth of a frame of one colour at this side, 0 without one.
pub fn frame_px(picture: &Picture, side: Side) -> usize {
    let from = From { picture, side };
    let reach = from.reach().min(from.depth().saturating_sub(4));
    let Some(first) = from.places().next() else { return 0 };
    if reach < 3 {
        return 0;
    }
    let colour = from.colour(first, 0);
    // Where each place leaves the side's own colour.
    let mut leaves: Vec<usize> = from
        .places()
        .map(|along| {
            (0..reach)
                .find(|inwards| differs(from.colour(along, *inwards), colour) > ONE_COLOUR)
                .unwrap_or(reach)
        })
        .collect();
    leaves.sort_unstable();
    let middle = leaves[PLACES / 2];
    if middle < 2 || middle >= reach {
        return 0;
    }
    // Straight, along the side, and a step to something else at nearly every place.
    let straight = leaves.iter().filter(|at| at.abs_diff(middle) <= 1).count();
    let steps = from
        .places()
        .filter(|along| differs(from.colour(*along, middle + 2), colour) > STEP)
        .count();
    if straight * 20 >= PLACES * 19 && steps * 10 >= PLACES * 9 {
        middle
    } else {
        0
    }
}

/// A straight edge across this side, perhaps at a slant: its two ends.
pub fn line(picture: &Picture, side: Side) -> Option<[[usize; 2]; 2]> {
    let from = From { picture, side };
    let reach = from.reach().min(from.depth().saturating_sub(4));
    if reach < 8 || from.length() < 2 * PLACES {
        return None;
    }
    let edges: Vec<(f32, Vec<f32>)> = from
        .places()
        .map(|along| (along as f32, edges_at(&from, along, reach)))
        .collect();
    let length = from.length() as f32;
    let mut best: (usize, f32, f32) = (0, 0.0, 0.0);
    // A line is tried through every pair of edges far enough apart.
    for (k, (x0, first)) in edges.iter().enumerate().step_by(3) {
        for (x1, second) in edges[k..].iter().filter(|(x, _)| x - x0 > length / 3.0) {
            for (y0, y1) in first.iter().flat_map(|a| second.iter().map(move |b| (a, b))) {
                let slope = (y1 - y0) / (x1 - x0);
                if slope.abs() > 0.12 {
                    continue;
                }
                let on = |x: f32| y0 + slope * (x - x0);
                let count = edges
                    .iter()
                    .filter(|(x, found)| found.iter().any(|y| (y - on(*x)).abs() <= ON_LINE_PX))
                    .count();
                if count > best.0 {
                    best = (count, on(0.0), on(length - 1.0));
                }
            }
        }
    }
    let deep = |y: f32| (y.max(0.0) as usize).min(from.depth() - 1);
    (best.0 * 20 >= PLACES * 17).then(|| [from.place(0, deep(best.1)), from.place(from.length() - 1, deep(best.2))])
}

/// Distances from the side of the sharpest steps at one place.
fn edges_at(from: &From, along: usize, reach: usize) -> Vec<f32> {
    let step = |at: usize| differs(from.colour(along, at - 1), from.colour(along, at + 1));
    let mut found: Vec<(i32, usize)> = (2..reach)
        .map(|at| (step(at), at))
        .filter(|(here, at)| *here > STEP && *here >= step(at - 1) && *here > step(at + 1))
        .collect();
    found.sort_by_key(|(here, _)| std::cmp::Reverse(*here));
    found.truncate(EDGES_A_PLACE);
    found.into_iter().map(|(_, at)| at as f32 + 0.5).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(colour: impl Fn(f32, f32) -> u8) -> Picture {
        let rgb = (0..480 * 640)
            .flat_map(|k| [colour((k % 480) as f32, (k / 480) as f32); 3])
            .collect();
        Picture {
            width: 480,
            height: 640,
            rgb,
        }
    }

    #[test]
    fn a_frame_is_as_wide_as_it_was_drawn_and_a_picture_without_has_none() {
        let framed = drawn(|x, y| if x < 9.0 || y >= 622.0 { 0 } else { 230 });
        let widths = SIDES.map(|side| frame_px(&framed, side));
        assert_eq!(widths, [9, 0, 0, 18]);
        let bare = drawn(|x, y| if y > 400.0 && x > 100.0 { 30 } else { 230 });
        assert_eq!(SIDES.map(|side| frame_px(&bare, side)), [0; 4]);
    }

    #[test]
    fn a_slanting_print_has_four_edges_and_shoulders_have_none() {
        let print = drawn(|x, y| {
            let (u, v) = (x + 0.03 * (y - 320.0), y - 0.03 * (x - 240.0));
            if (40.0..440.0).contains(&u) && (45.0..600.0).contains(&v) {
                200
            } else {
                90
            }
        });
        for side in SIDES {
            assert!(line(&print, side).is_some(), "{side:?}");
        }
        let shoulders = drawn(|x, y| {
            if y > 480.0 + 0.002 * (x - 240.0).powi(2) {
                30
            } else {
                230
            }
        });
        for side in SIDES {
            assert_eq!(line(&shoulders, side), None, "{side:?}");
        }
    }
}
