//! Writing whose letters touch, or whose strokes are seen in pieces: a straight band of one ink, with strokes this way
//! and that all along. Must not live here: what a stroke is.

use super::{NONE, Row, ink};
use crate::picture::Picture;

/// Pixels of the smallest piece that counts.
const PIECE_PX: usize = 8;
/// Pieces of a band lie no further apart than this, in pixels of the view, …
const GAP_PX: usize = 6;
/// … and are that near in each channel of their ink.
const INK: f32 = 24.0;
/// Height of a band, in pixels of the view, and how much of it is strokes: smaller ones are stray hair and seams.
const HEIGHT_PX: std::ops::RangeInclusive<f32> = 14.0..=60.0;
const STROKES_PX: f32 = 200.0;
/// Length of a band over its height, at least.
const LONG: f32 = 1.6;
/// Share of the band that its strokes cover.
const COVERED: std::ops::RangeInclusive<f32> = 0.14..=0.6;
/// A stretch as long as this share of the height is written on where strokes reach over so much of the height.
const STRETCH: f32 = 0.5;
const REACHES: f32 = 0.6;
/// Share of the stretches that are written on.
const WRITTEN: f32 = 0.75;
/// Letters have strokes every way: 0 where no way is rarer than another, 1 where all go one way, as hair does. 30 rendered
/// texts read up to 0.36.
const ONE_WAY: f32 = 0.45;
/// From letter to letter, in heights.
const ADVANCE: f32 = 0.75;

struct Piece {
    low: [usize; 2],
    high: [usize; 2],
    ink: [f32; 3],
    is_light: bool,
    pixels: Vec<usize>,
}

pub fn longest_band(view: &Picture, strokes: &[i16], pieces: &[Vec<usize>]) -> Row {
    let mut pieces: Vec<Piece> = pieces
        .iter()
        .filter(|whole| whole.len() >= PIECE_PX)
        .filter_map(|whole| piece(view, strokes, whole))
        .collect();
    pieces.sort_by_key(|piece| piece.low[0]);
    let groups = grouped(&pieces);
    let mut best = NONE;
    for group in groups {
        let row = band(view, group.iter().flat_map(|at| pieces[*at].pixels.iter().copied()));
        if let Some(row) = row.filter(|row| row.signs > best.signs) {
            best = row;
        }
    }
    best
}

fn piece(view: &Picture, strokes: &[i16], whole: &[usize]) -> Option<Piece> {
    let at = |index: &usize| [index % view.width, index / view.width];
    let mut low = [usize::MAX; 2];
    let mut high = [0; 2];
    for at in whole.iter().map(at) {
        for k in 0..2 {
            low[k] = low[k].min(at[k]);
            high[k] = high[k].max(at[k] + 1);
        }
    }
    Some(Piece {
        low,
        high,
        ink: ink(view, strokes, whole)?,
        is_light: strokes[*whole.first()?] > 0,
        pixels: whole.to_vec(),
    })
}

/// Places of the pieces that belong together, sorted by their left side.
fn grouped(pieces: &[Piece]) -> Vec<Vec<usize>> {
    let mut group: Vec<usize> = (0..pieces.len()).collect();
    for (first, a) in pieces.iter().enumerate() {
        for (second, b) in pieces.iter().enumerate().skip(first + 1) {
            if b.low[0] > a.high[0] + GAP_PX {
                break;
            }
            let is_near = a.low[1] <= b.high[1] + GAP_PX && b.low[1] <= a.high[1] + GAP_PX;
            let is_alike = a.is_light == b.is_light && (0..3).all(|k| (a.ink[k] - b.ink[k]).abs() < INK);
            if is_near && is_alike {
                let (one, other) = (root(&group, first), root(&group, second));
                group[one.max(other)] = one.min(other);
            }
        }
    }
    let mut groups = vec![Vec::new(); pieces.len()];
    for at in 0..pieces.len() {
        groups[root(&group, at)].push(at);
    }
    groups.retain(|group| !group.is_empty());
    groups
}

fn root(group: &[usize], mut at: usize) -> usize {
    while group[at] != at {
        at = group[at];
    }
    at
}

/// The band that these pixels make, where they make one.
fn band(view: &Picture, pixels: impl Iterator<Item = usize> + Clone) -> Option<Row> {
    let places = pixels
        .clone()
        .map(|index| [(index % view.width) as f32, (index / view.width) as f32]);
    let count = pixels.clone().count() as f32;
    let mut sums = [0.0f32; 5];
    for [x, y] in places.clone() {
        for (sum, value) in sums.iter_mut().zip([x, y, x * x, y * y, x * y]) {
            *sum += value / count;
        }
    }
    let [x, y, xx, yy, xy] = sums;
    let (xx, yy, xy) = (xx - x * x, yy - y * y, xy - x * y);
    let turn = (2.0 * xy).atan2(xx - yy) / 2.0;
    let (sin, cos) = turn.sin_cos();
    let turned: Vec<[f32; 2]> = places
        .map(|at| {
            let (dx, dy) = (at[0] - x, at[1] - y);
            [dx * cos + dy * sin, dy * cos - dx * sin]
        })
        .collect();
    let bounds = |k: usize| {
        turned
            .iter()
            .map(|at| at[k])
            .fold((f32::MAX, f32::MIN), |(low, high), v| (low.min(v), high.max(v + 1.0)))
    };
    let ((left, right), (top, bottom)) = (bounds(0), bounds(1));
    let (length, height) = (right - left, bottom - top);
    let is_band = count >= STROKES_PX && HEIGHT_PX.contains(&height) && length >= LONG * height;
    if !is_band || !COVERED.contains(&(count / (length * height))) {
        return None;
    }
    let stretch = STRETCH * height;
    let mut reaches = vec![(f32::MAX, f32::MIN); (length / stretch).ceil() as usize];
    for [along, across] in &turned {
        if let Some(reach) = reaches.get_mut(((along - left) / stretch) as usize) {
            *reach = (reach.0.min(*across), reach.1.max(across + 1.0));
        }
    }
    let written = reaches
        .iter()
        .filter(|(low, high)| high - low >= REACHES * height)
        .count();
    let is_written = written as f32 >= WRITTEN * reaches.len() as f32;
    if !is_written || one_way(view, pixels.clone()) > ONE_WAY {
        return None;
    }
    let (mut low, mut high) = ([f32::MAX; 2], [f32::MIN; 2]);
    for index in pixels {
        let at = [(index % view.width) as f32, (index / view.width) as f32];
        low = [0, 1].map(|k| low[k].min(at[k]));
        high = [0, 1].map(|k| high[k].max(at[k] + 1.0));
    }
    Some(Row {
        signs: (length / (ADVANCE * height)).round() as usize,
        low,
        high,
    })
}

/// How far the strokes' edges all run one way, by the structure tensor of green: 0 … 1.
fn one_way(view: &Picture, pixels: impl Iterator<Item = usize>) -> f32 {
    let (mut xx, mut yy, mut xy) = (0.0f32, 0.0f32, 0.0f32);
    let green = |index: usize| f32::from(view.rgb[index * 3 + 1]);
    for index in pixels {
        // Strokes lie away from the view's edge.
        let dx = green(index + 2) - green(index - 2);
        let dy = green(index + 2 * view.width) - green(index - 2 * view.width);
        (xx, yy, xy) = (xx + dx * dx, yy + dy * dy, xy + dx * dy);
    }
    (xx - yy).hypot(2.0 * xy) / (xx + yy).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::super::writing;
    use crate::picture::Picture;

    fn drawn(is_ink: impl Fn(usize, usize) -> bool) -> Picture {
        let pixel = |k: usize| {
            if is_ink(k % 240, k / 240) {
                [110, 170, 200]
            } else {
                [160, 220, 250]
            }
        };
        Picture {
            width: 240,
            height: 100,
            rgb: (0..240 * 100).flat_map(pixel).collect(),
        }
    }

    #[test]
    fn letters_that_touch_are_a_band_and_combed_hair_is_none() {
        let inside = |x: usize, y: usize| (30..200).contains(&x) && (36..66).contains(&y);
        // A row of eights.
        let joined = |x: usize, y: usize| inside(x, y) && ((x - 30) % 20 < 4 || (y - 36) % 13 < 4);
        let written = writing(&drawn(joined), |_, _| false);
        assert_eq!(written.row.signs, 0);
        assert!((5..9).contains(&written.band.signs), "{}", written.band.signs);
        assert!(written.band.low[0] > 20.0 && written.band.high[0] < 210.0);
        let combed = |x: usize, y: usize| inside(x, y) && (x - 30) % 9 < 4;
        assert_eq!(writing(&drawn(combed), |_, _| false).band.signs, 0);
        // A button placket: long, but of no height.
        let seam = |x: usize, y: usize| (30..200).contains(&x) && (50..54).contains(&y);
        assert_eq!(writing(&drawn(seam), |_, _| false).band.signs, 0);
    }
}
