//! How a sitter's edge looks: a ring of another background left around it, or a staircase that no lens makes.
//! Walks from the view's sides, and from above, over the plain background to the first thing before it.

use crate::picture::Picture;

/// Rows and columns that are walked, every so many pixels.
const EVERY: usize = 3;
/// Pixels at a side of the view that tell the background's colour at first.
const START: usize = 6;
/// Distance in RGB (of 255) from the background at which something begins …
const LEAVES: f32 = 36.0;
/// … and which is no noise when it lasts this many pixels, no loose hair.
const LASTS: usize = 11;
/// A ring lies in the first pixels of the edge; what is behind it begins here, pixels from the edge.
const RING: std::ops::Range<usize> = 1..3;
const BEHIND: std::ops::Range<usize> = 8..11;
/// RGB distance of a ring from what is behind it and from the background, and of its parts from one another.
const OTHER: f32 = 40.0;
const SAME: f32 = 34.0;
/// Share of the light on the way from background to sitter at which a pixel is neither.
const BETWEEN: std::ops::Range<f32> = 0.14..0.86;
/// Fewer edges found than this say nothing.
const EDGES_MIN: usize = 100;

pub struct Edges {
    /// Share of the edge that has a ring of one colour, neither sitter nor background.
    pub ring: f64,
    /// Share of the edge where sitter and background meet without a pixel between.
    pub stair: f64,
    /// Middles of the places with a ring, or with a step, whichever are more; of the view.
    pub places: Vec<[f32; 2]>,
}

struct Edge {
    at: [f32; 2],
    /// A place behind it.
    behind: [f32; 2],
    ring: [f32; 3],
    has_ring: bool,
    is_step: bool,
}

/// Only where `is_sitter` says so of a place behind the edge. `None` where too little of it lies before a plain background.
pub fn edges(view: &Picture, is_sitter: impl Fn([f32; 2]) -> bool) -> Option<Edges> {
    let (width, height) = (view.width, view.height);
    let colour = |[x, y]: [usize; 2]| {
        let at = (y * width + x) * 3;
        [0, 1, 2].map(|k| f32::from(view.rgb[at + k]))
    };
    let mut found: Vec<Edge> = Vec::new();
    for y in (0..height).step_by(EVERY) {
        found.extend(first_edge(width, |k| [k, y], colour));
        found.extend(first_edge(width, |k| [width - 1 - k, y], colour));
    }
    for x in (0..width).step_by(EVERY) {
        found.extend(first_edge(height, |k| [x, k], colour));
    }
    found.retain(|edge| is_sitter(edge.behind));
    if found.len() < EDGES_MIN {
        return None;
    }
    let rings: Vec<&Edge> = found.iter().filter(|edge| edge.has_ring).collect();
    let middle: [f32; 3] = std::array::from_fn(|k| median(rings.iter().map(|edge| edge.ring[k]).collect()));
    let ringed: Vec<&&Edge> = rings.iter().filter(|edge| distance(edge.ring, middle) < SAME).collect();
    let steps: Vec<&Edge> = found.iter().filter(|edge| edge.is_step).collect();
    let share = |count: usize| count as f64 / found.len() as f64;
    let (ring, stair) = (share(ringed.len()), share(steps.len()));
    Some(Edges {
        ring,
        stair,
        places: if ringed.is_empty() {
            steps.iter().map(|edge| edge.at).collect()
        } else {
            ringed.iter().map(|edge| edge.at).collect()
        },
    })
}

fn distance(a: [f32; 3], b: [f32; 3]) -> f32 {
    (0..3).map(|k| (a[k] - b[k]).powi(2)).sum::<f32>().sqrt()
}

fn median(mut values: Vec<f32>) -> f32 {
    if values.is_empty() {
        return 0.0;
    }
    let middle = values.len() / 2;
    *values.select_nth_unstable_by(middle, f32::total_cmp).1
}

/// The first lasting thing on the way of `length` pixels.
fn first_edge(
    length: usize,
    place: impl Fn(usize) -> [usize; 2],
    colour: impl Fn([usize; 2]) -> [f32; 3],
) -> Option<Edge> {
    if length < START + LASTS + 2 {
        return None;
    }
    let at = |k: usize| colour(place(k));
    let mean = |places: std::ops::Range<usize>| {
        let count = places.len() as f32;
        let sum = places.fold([0.0; 3], |sum, k| {
            let here = at(k);
            [0, 1, 2].map(|c| sum[c] + here[c])
        });
        sum.map(|v| v / count)
    };
    let mut ground = mean(0..START);
    if (0..START).any(|k| distance(at(k), ground) > LEAVES / 2.0) {
        return None;
    }
    for k in START..length / 2 + length / 4 {
        let here = at(k);
        let off = [0, 1, 2].map(|c| here[c] - ground[c]);
        if off[0] * off[0] + off[1] * off[1] + off[2] * off[2] <= LEAVES * LEAVES {
            // The background may change slowly.
            ground = [0, 1, 2].map(|c| 0.9 * ground[c] + 0.1 * here[c]);
            continue;
        }
        if k + LASTS >= length || (k..k + LASTS).any(|k| distance(at(k), ground) <= LEAVES) {
            return None;
        }
        let (ring, behind) = (
            mean(k + RING.start..k + RING.end),
            mean(k + BEHIND.start..k + BEHIND.end),
        );
        let has_ring =
            distance(ring, behind) > OTHER && distance(ring, ground) > OTHER && off_line(ring, ground, behind) > OTHER;
        // Light on the way from the background to what stands right behind the edge.
        let solid = mean(k + 2..k + 4);
        let share = |k: usize| on_line(at(k), ground, solid);
        let is_step =
            distance(solid, ground) > 2.0 * LEAVES && [k - 1, k, k + 1].iter().all(|k| !BETWEEN.contains(&share(*k)));
        let middle = |k: usize| place(k).map(|v| v as f32 + 0.5);
        return Some(Edge {
            at: middle(k),
            behind: middle(k + BEHIND.start),
            ring,
            has_ring,
            is_step,
        });
    }
    None
}

/// How far along from one colour to another.
fn on_line(colour: [f32; 3], from: [f32; 3], to: [f32; 3]) -> f32 {
    let way = [0, 1, 2].map(|k| to[k] - from[k]);
    let length = way.iter().map(|v| v * v).sum::<f32>().max(1.0);
    (0..3).map(|k| way[k] * (colour[k] - from[k])).sum::<f32>() / length
}

/// Distance from the blends of two colours.
fn off_line(colour: [f32; 3], from: [f32; 3], to: [f32; 3]) -> f32 {
    let share = on_line(colour, from, to).clamp(0.0, 1.0);
    distance(colour, [0, 1, 2].map(|k| from[k] + share * (to[k] - from[k])))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A disc before blue with an edge of `soft` pixels and a ring of `ring` pixels.
    fn drawn(soft: f32, ring: f32) -> Picture {
        let rgb = (0..240 * 320)
            .flat_map(|k| {
                let inside = 90.0 - ((k % 240) as f32 - 119.7).hypot((k / 240) as f32 - 160.2);
                let share = (inside / soft.max(1e-3) + 0.5).clamp(0.0, 1.0);
                let own = if inside < ring {
                    [150.0, 84.0, 70.0]
                } else {
                    [40.0, 34.0, 30.0]
                };
                let behind = [100.0, 197.0, 255.0];
                [0, 1, 2].map(|k| (behind[k] + share * (own[k] - behind[k])) as u8)
            })
            .collect();
        Picture {
            width: 240,
            height: 320,
            rgb,
        }
    }

    #[test]
    fn a_ring_and_a_staircase_are_told_from_a_lens_s_edge() {
        let natural = edges(&drawn(1.6, 0.0), |_| true).unwrap();
        assert!(
            natural.ring < 0.05 && natural.stair < 0.3,
            "{} {}",
            natural.ring,
            natural.stair
        );
        let ring = edges(&drawn(1.6, 4.0), |_| true).unwrap();
        assert!(ring.ring > 0.7, "{}", ring.ring);
        let stair = edges(&drawn(0.0, 0.0), |_| true).unwrap();
        assert!(stair.stair > 0.9 && stair.ring < 0.05, "{} {}", stair.stair, stair.ring);
    }

    #[test]
    fn a_picture_without_edges_says_nothing() {
        let rgb = vec![200; 240 * 320 * 3];
        let plain = Picture {
            width: 240,
            height: 320,
            rgb,
        };
        assert!(edges(&plain, |_| true).is_none());
    }
}
