//! What stands in a background and is neither it nor a shadow on it: of another colour, or with an edge.
//! Must not live here: the sitter, and how much is too much.

use super::Sight;
use super::border::Plane;
use super::evenness::is_shadow;
use super::person::flood;
use crate::colour::distance;
use crate::report::Rect;

/// CIELAB distance from the background at which a pixel is something else, were it no shadow.
const FOREIGN: f32 = 9.0;
/// CIELAB distance across two pixels of the view that makes an edge: noise and JPEG stay below 4, soft shadows below 5.
const EDGE: f32 = 9.0;
/// Noise reaches this many times its root mean square.
const NOISE: f32 = 4.5;
/// Root mean square distance of the ground's pixels from its plane up to which it is plain.
const PLAIN: f32 = 3.0;
/// Fewer pixels of the view than this are a speck.
const SPECK: usize = 6;

/// The things found, specks not counted.
pub struct Clutter {
    /// Of the whole view, 0 … 1.
    pub share: f64,
    /// Whether the ground is plain enough for anything to stand out of it.
    pub is_plain: bool,
    /// The largest first.
    pub places: Vec<Rect>,
}

/// In the places `open`, before the ground `plane` with its `noise`. With the pixels that are things.
pub fn find(sight: &Sight, open: &[bool], plane: &Plane, noise: f32) -> (Clutter, Vec<bool>) {
    let width = sight.width;
    let colour = |index: usize| sight.colours[index];
    let (foreign_from, edge_from) = (FOREIGN.max(NOISE * noise), EDGE.max(NOISE * noise));
    let is_thing = |index: usize| {
        if !open[index] {
            return false;
        }
        let plain = plane.at(sight.at(index));
        let foreign = distance(colour(index), plain) > foreign_from && !is_shadow(colour(index), plain);
        let (x, y) = (index % width, index / width);
        let inside = x > 0 && y > 0 && x + 1 < width && y + 1 < sight.rows;
        foreign
            || (inside
                && [1, width].into_iter().any(|step| {
                    open[index - step]
                        && open[index + step]
                        && distance(colour(index - step), colour(index + step)) > edge_from
                }))
    };
    let mut things: Vec<bool> = (0..open.len()).map(is_thing).collect();
    let mut found: Vec<(usize, [usize; 2], [usize; 2])> = Vec::new();
    let mut counted = vec![false; things.len()];
    for start in 0..things.len() {
        if !things[start] || counted[start] {
            continue;
        }
        let whole = flood(&[start], width, |index| things[index] && !counted[index], things.len());
        let (mut count, mut low, mut high) = (0, [usize::MAX; 2], [0; 2]);
        for index in (0..whole.len()).filter(|index| whole[*index]) {
            let at = [index % width, index / width];
            count += 1;
            counted[index] = true;
            low = [0, 1].map(|k| low[k].min(at[k]));
            high = [0, 1].map(|k| high[k].max(at[k] + 1));
        }
        if count < SPECK {
            things
                .iter_mut()
                .zip(&whole)
                .for_each(|(thing, speck)| *thing &= !speck);
        } else {
            found.push((count, low, high));
        }
    }
    found.sort_by_key(|(count, ..)| std::cmp::Reverse(*count));
    let whole: usize = found.iter().map(|(count, ..)| count).sum();
    let clutter = Clutter {
        is_plain: noise <= PLAIN,
        share: whole as f64 / things.len().max(1) as f64,
        places: found.iter().map(|(_, low, high)| sight.place(*low, *high)).collect(),
    };
    (clutter, things)
}
