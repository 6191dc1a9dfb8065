//! Letters laid over a photo: strokes of one breadth and ink, in signs of one size that stand in a row.
//! Must not live here: reading them.

mod joined;

use std::collections::VecDeque;

use crate::picture::Picture;
use crate::wide::wide;

/// Half of the broadest stroke, in pixels of the view.
const REACH: usize = 5;
/// By which a channel of a stroke differs from both its sides, of 255.
const CONTRAST: i32 = 18;
/// A stroke differs from its nearer side by this at least, as the sides are nearly alike.
const BOTH_OFF: u8 = 15;
/// Sizes of a sign, the longer side, in pixels of the view.
const SIGN_PX: std::ops::RangeInclusive<usize> = 9..=60;
/// Signs of a row differ by at most this share in size …
const ALIKE: f32 = 0.45;
/// … stand at most so many of their sizes apart, middle to middle …
const APART: f32 = 2.2;
/// … off a straight line by at most this share of it …
const OFF_LINE: f32 = 0.35;
/// … and in luma and colour of their ink by this.
const INK: f32 = 40.0;
/// A row of fewer signs than this may be the tips of hair unless its ink is nearer than that: in each channel, of 255.
const SHORT: usize = 5;
const SAME_INK: f32 = 24.0;
/// Ink is even: its spread over a sign is at most this share of its contrast, where the stroke is full.
const EVEN: f32 = 0.2;
/// A stroke is full from this share of the sign's greatest contrast.
const FULL: f32 = 0.6;
/// Spread across a sign over the spread along it: less is a single line.
const ROUND: f32 = 0.3;

/// A sign: where, how large, in what ink.
struct Sign {
    low: [usize; 2],
    high: [usize; 2],
    ink: [f32; 3],
    is_line: bool,
}

impl Sign {
    fn middle(&self) -> [f32; 2] {
        [0, 1].map(|k| (self.low[k] + self.high[k]) as f32 / 2.0)
    }

    fn size(&self) -> f32 {
        (0..2).map(|k| self.high[k] - self.low[k]).max().unwrap_or(0) as f32
    }
}

/// A row of signs: how many, and its bounds in the view.
#[derive(Clone, Copy)]
pub struct Row {
    pub signs: usize,
    pub low: [f32; 2],
    pub high: [f32; 2],
}

/// What looks like writing.
pub struct Writing {
    /// The longest row of signs that stand apart.
    pub row: Row,
    /// The longest band of strokes that touch or are broken, as letters close together and slanting ones are; its signs
    /// are told from its length alone.
    pub band: Row,
}

const NONE: Row = Row {
    signs: 0,
    low: [0.0; 2],
    high: [0.0; 2],
};

/// Where `skip` says so nothing is looked at.
pub fn writing(view: &Picture, skip: impl Fn(usize, usize) -> bool) -> Writing {
    let strokes = strokes(view, skip);
    let pieces = pieces(&strokes, view.width);
    let signs: Vec<Sign> = pieces.iter().filter_map(|whole| sign(view, &strokes, whole)).collect();
    Writing {
        row: longest_row(&signs),
        band: joined::longest_band(view, &strokes, &pieces),
    }
}

fn longest_row(signs: &[Sign]) -> Row {
    let mut best = NONE;
    for (first, a) in signs.iter().enumerate() {
        for b in signs.iter().skip(first + 1).filter(|b| are_neighbours(a, b)) {
            let row = row_through(signs, a, b);
            // A row of bare lines is a stripe or a comb of hair, a row among many is a pattern.
            let shaped = row.iter().filter(|sign| !sign.is_line).count();
            let is_one_ink = row.len() >= SHORT || row.iter().all(|sign| are_inked_alike(a, sign, SAME_INK));
            let is_row = is_one_ink && 2 * shaped >= row.len() && signs_beside(signs, &row) < row.len();
            let count = if is_row { row.len() } else { 0 };
            if count > best.signs {
                best = Row {
                    signs: count,
                    low: [0, 1].map(|k| row.iter().map(|s| s.low[k]).min().unwrap_or(0) as f32),
                    high: [0, 1].map(|k| row.iter().map(|s| s.high[k]).max().unwrap_or(0) as f32),
                };
            }
        }
    }
    best
}

/// Pixels that are lighter, or darker, than what lies on both sides of them, by how much, in the
/// channel that shows it best.
fn strokes(view: &Picture, skip: impl Fn(usize, usize) -> bool) -> Vec<i16> {
    let (width, height) = (view.width, view.height);
    let mut found = vec![0; width * height];
    let rgb = |index: usize| [0, 1, 2].map(|k| i32::from(view.rgb[index * 3 + k]));
    if width <= 2 * REACH {
        return found;
    }
    let mut off = vec![0; width * 3];
    for y in REACH..height.saturating_sub(REACH) {
        wide(
            #[inline(always)]
            || off_both_sides(view, y, &mut off),
        );
        for x in REACH..width.saturating_sub(REACH) {
            // Most of a photo is smooth: a closer look is taken only where both sides differ.
            if off[3 * x..][..3].iter().all(|off| *off < BOTH_OFF) {
                continue;
            }
            let here = y * width + x;
            let colour = rgb(here);
            let (mut best, mut seen) = (CONTRAST, 0);
            for step in [REACH, REACH * width] {
                let (before, after) = (rgb(here - step), rgb(here + step));
                for k in 0..3 {
                    let (a, b) = (colour[k] - before[k], colour[k] - after[k]);
                    let stroke = (a + b) / 2;
                    // Both sides alike: a step from one surface to another is no stroke.
                    let is_stroke = a.signum() == b.signum() && 2 * (a - b).abs() < a.abs().min(b.abs());
                    if is_stroke && stroke.abs() > best {
                        (best, seen) = (stroke.abs(), stroke);
                    }
                }
            }
            if seen != 0 && !skip(x, y) {
                found[here] = seen as i16;
            }
        }
    }
    found
}

/// Of each channel of a row, by how much it differs from the nearer of both sides, across or down, whichever is more.
#[inline(always)]
fn off_both_sides(view: &Picture, y: usize, off: &mut [u8]) {
    let row = |y: usize| &view.rgb[y * view.width * 3..][..view.width * 3];
    let (above, here, below) = (row(y - REACH), row(y), row(y + REACH));
    let inside = here.len().saturating_sub(6 * REACH);
    let (before, middle, after) = (&here[..inside], &here[3 * REACH..], &here[here.len() - inside..]);
    let (above, below) = (&above[3 * REACH..], &below[3 * REACH..]);
    for (k, off) in off[3 * REACH..][..inside].iter_mut().enumerate() {
        let nearer = |a: u8, b: u8| middle[k].abs_diff(a).min(middle[k].abs_diff(b));
        *off = nearer(before[k], after[k]).max(nearer(above[k], below[k]));
    }
}

/// Pixels that hang together and are all lighter, or all darker, than what lies beside them.
fn pieces(strokes: &[i16], width: usize) -> Vec<Vec<usize>> {
    let mut seen = vec![false; strokes.len()];
    let mut pieces = Vec::new();
    for start in 0..strokes.len() {
        if strokes[start] == 0 || seen[start] {
            continue;
        }
        let kind = strokes[start].signum();
        let mut whole: Vec<usize> = Vec::new();
        let mut open = VecDeque::from([start]);
        seen[start] = true;
        while let Some(index) = open.pop_front() {
            whole.push(index);
            // Strokes lie away from the view's edge, so every neighbour exists.
            for next in [index - 1, index + 1, index - width, index + width].into_iter().chain([
                index - width - 1,
                index - width + 1,
                index + width - 1,
                index + width + 1,
            ]) {
                if strokes[next].signum() == kind && !seen[next] {
                    seen[next] = true;
                    open.push_back(next);
                }
            }
        }
        pieces.push(whole);
    }
    pieces
}

fn sign(view: &Picture, strokes: &[i16], whole: &[usize]) -> Option<Sign> {
    let at = |index: &usize| [index % view.width, index / view.width];
    let low = whole
        .iter()
        .map(at)
        .fold([usize::MAX; 2], |low, at| [0, 1].map(|k| low[k].min(at[k])));
    let high = whole
        .iter()
        .map(at)
        .fold([0; 2], |high, at| [0, 1].map(|k| high[k].max(at[k] + 1)));
    let size = (high[0] - low[0]).max(high[1] - low[1]);
    if !SIGN_PX.contains(&size) {
        return None;
    }
    let count = whole.len() as f32;
    let mean = [0, 1].map(|k| whole.iter().map(|index| at(index)[k] as f32).sum::<f32>() / count);
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for [x, y] in whole.iter().map(at) {
        let (x, y) = (x as f32 - mean[0], y as f32 - mean[1]);
        (xx, yy, xy) = (xx + x * x, yy + y * y, xy + x * y);
    }
    let root = ((xx - yy).powi(2) / 4.0 + xy * xy).sqrt();
    let (along, across) = ((xx + yy) / 2.0 + root, ((xx + yy) / 2.0 - root).max(0.0));
    let ink = ink(view, strokes, whole)?;
    Some(Sign {
        low,
        high,
        ink,
        is_line: across.sqrt() < ROUND * along.sqrt(),
    })
}

/// Mean colour where the strokes are full; nothing where it is not of one ink.
fn ink(view: &Picture, strokes: &[i16], whole: &[usize]) -> Option<[f32; 3]> {
    let strength = |index: &usize| f32::from(strokes[*index].unsigned_abs());
    let contrast = whole.iter().map(strength).fold(0.0, f32::max);
    let full = || whole.iter().filter(|index| strength(index) >= FULL * contrast);
    let count = full().count() as f32;
    let colour = |index: &usize, k: usize| f32::from(view.rgb[index * 3 + k]);
    let ink = [0, 1, 2].map(|k| full().map(|index| colour(index, k)).sum::<f32>() / count);
    let spread = |k: usize| (full().map(|index| (colour(index, k) - ink[k]).powi(2)).sum::<f32>() / count).sqrt();
    (0..3).all(|k| spread(k) <= EVEN * contrast).then_some(ink)
}

fn are_alike(a: &Sign, b: &Sign) -> bool {
    let (small, large) = (a.size().min(b.size()), a.size().max(b.size()));
    small >= (1.0 - ALIKE) * large && are_inked_alike(a, b, INK)
}

fn are_inked_alike(a: &Sign, b: &Sign, most: f32) -> bool {
    (0..3).all(|k| (a.ink[k] - b.ink[k]).abs() < most)
}

fn are_neighbours(a: &Sign, b: &Sign) -> bool {
    let ([x0, y0], [x1, y1]) = (a.middle(), b.middle());
    are_alike(a, b) && (x1 - x0).hypot(y1 - y0) < APART * a.size().max(b.size())
}

/// The signs like `a` on the line through `a` and `b`, as far as they stand close together.
fn row_through<'a>(signs: &'a [Sign], a: &'a Sign, b: &'a Sign) -> Vec<&'a Sign> {
    let ([x0, y0], [x1, y1]) = (a.middle(), b.middle());
    let length = (x1 - x0).hypot(y1 - y0).max(1.0);
    let way = [(x1 - x0) / length, (y1 - y0) / length];
    let mut on_line: Vec<(f32, &Sign)> = signs
        .iter()
        .filter(|sign| are_alike(a, sign))
        .filter_map(|sign| {
            let [x, y] = sign.middle();
            let (x, y) = (x - x0, y - y0);
            let off = (x * way[1] - y * way[0]).abs();
            (off < OFF_LINE * a.size()).then_some((x * way[0] + y * way[1], sign))
        })
        .collect();
    on_line.sort_by(|a, b| a.0.total_cmp(&b.0));
    let gap = APART * a.size();
    let from = on_line.iter().position(|(at, _)| *at >= 0.0).unwrap_or(0);
    let mut row: Vec<&Sign> = on_line.get(from).map(|(_, sign)| *sign).into_iter().collect();
    for pair in on_line[from..]
        .windows(2)
        .take_while(|pair| pair[1].0 - pair[0].0 < gap)
    {
        row.push(pair[1].1);
    }
    for pair in on_line[..=from.min(on_line.len().saturating_sub(1))]
        .windows(2)
        .rev()
        .take_while(|pair| pair[1].0 - pair[0].0 < gap)
    {
        row.push(pair[0].1);
    }
    row
}

/// Signs alike that are not of the row but as near to one of it as its own are.
fn signs_beside(signs: &[Sign], row: &[&Sign]) -> usize {
    let is_of = |sign: &Sign| row.iter().any(|other| other.low == sign.low && other.high == sign.high);
    signs
        .iter()
        .filter(|sign| !is_of(sign) && row.iter().any(|other| are_neighbours(other, sign)))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(is_ink: impl Fn(usize, usize) -> bool) -> Picture {
        let rgb = (0..200 * 100)
            .flat_map(|k| {
                if is_ink(k % 200, k / 200) {
                    [250, 130, 40]
                } else {
                    [60, 64, 80]
                }
            })
            .collect();
        Picture {
            width: 200,
            height: 100,
            rgb,
        }
    }

    #[test]
    fn a_row_of_rings_is_letters_and_a_row_of_bars_is_none() {
        let ring = |x: usize, y: usize| {
            let (cell, at) = (x / 24, (x % 24) as f32);
            let r = (at - 12.0).hypot(y as f32 - 50.0);
            (1..7).contains(&cell) && (6.0..9.0).contains(&r)
        };
        let row = writing(&drawn(ring), |_, _| false).row;
        assert_eq!(row.signs, 6);
        assert!(row.low[0] > 20.0 && row.high[0] < 170.0, "{:?} {:?}", row.low, row.high);
        let bars = |x: usize, y: usize| x % 24 < 3 && (40..60).contains(&y);
        assert_eq!(writing(&drawn(bars), |_, _| false).row.signs, 0);
    }

    #[test]
    fn where_nobody_looks_nothing_is_found() {
        let ring = |x: usize, y: usize| (6.0..9.0).contains(&((x % 24) as f32 - 12.0).hypot(y as f32 - 50.0));
        assert_eq!(writing(&drawn(ring), |_, _| true).row.signs, 0);
    }
}
