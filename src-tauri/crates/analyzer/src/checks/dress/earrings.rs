//! Silver and pearls at the ears: on both sides, level with each other and about where the lobes are, something that has
//! neither the skin's colour nor the background's, and is too light for hair. The measure is this project's own.

use super::super::tones::Axes;
use crate::colour::Lab;

/// A lobe is looked for from so far inside the cheek's edge outwards, and from this far below the eyes downwards; step,
/// columns and rows; in eye distances.
const INSIDE: f32 = 0.10;
const FROM: f32 = 0.45;
const STEP: f32 = 0.01;
const COLUMNS: usize = 45;
const ROWS: usize = 60;
/// Silver and pearls have less colour than this share of the skin's, and no more than this, and are lighter than hair.
const OF_SKIN: f32 = 0.62;
const CHROMA: f32 = 14.0;
const LIGHTNESS: f32 = 52.0;
/// They differ that much (CIELAB) from the background.
const UNLIKE: f32 = 9.0;
/// The middle of an earring outside the cheek's edge and below the eyes, from and to; its height and breadth at most;
/// heights of both differ by this at most; in steps.
const OUT: std::ops::RangeInclusive<f32> = 9.0..=24.0;
const DOWN: std::ops::RangeInclusive<f32> = 12.0..=43.0;
const SIZE: usize = 44;
const LEVEL: f32 = 9.0;
/// Squared eye distances of the smaller one that are a sign: 44 of 47 rendered pairs of silver or pearls show 0.0036 and
/// more, sitters without earrings hardly ever so much; most of those that do have curls.
const PAIR: f32 = 0.0021;

/// 1 where there may be a pair. `edges`: how far beside the eyes' middle the cheeks end, at the left and at the right.
pub fn pair(axes: &Axes, skin: Lab, background: Lab, edges: [f32; 2]) -> f32 {
    let [left, right] = [(-1.0, edges[0]), (1.0, edges[1])].map(|(side, edge)| {
        let mut map = Map([false; COLUMNS * ROWS]);
        for (index, is_metal) in map.0.iter_mut().enumerate() {
            let out = edge - INSIDE + (index % COLUMNS) as f32 * STEP;
            let colour = axes.colour([side * out, FROM + (index / COLUMNS) as f32 * STEP]);
            *is_metal = colour.is_some_and(|colour| is_metal_like(colour, skin, background));
        }
        map.opened().spots()
    });
    let pairs = left.iter().flat_map(|a| right.iter().map(move |b| (a, b)));
    let level = pairs.filter(|(a, b)| (a.down - b.down).abs() <= LEVEL);
    let area = level.map(|(a, b)| a.count.min(b.count)).max().unwrap_or(0);
    area as f32 * STEP * STEP / PAIR
}

fn is_metal_like(colour: Lab, skin: Lab, background: Lab) -> bool {
    let [lightness, a, b] = colour;
    let apart: f32 = (0..3).map(|k| (colour[k] - background[k]).powi(2)).sum();
    lightness > LIGHTNESS && a.hypot(b) < CHROMA.min(OF_SKIN * skin[1].hypot(skin[2])) && apart > UNLIKE * UNLIKE
}

struct Map([bool; COLUMNS * ROWS]);

struct Spot {
    count: usize,
    down: f32,
}

impl Map {
    /// Without what is thinner than three steps: the blend of skin and background along an edge.
    fn opened(&self) -> Self {
        let mut opened = [false; COLUMNS * ROWS];
        for y in 1..ROWS - 1 {
            for x in 1..COLUMNS - 1 {
                let around = || (y - 1..=y + 1).flat_map(|y| (x - 1..=x + 1).map(move |x| y * COLUMNS + x));
                if around().all(|index| self.0[index]) {
                    around().for_each(|index| opened[index] = true);
                }
            }
        }
        Self(opened)
    }

    /// What hangs together, is no larger than an earring and lies where one may.
    fn spots(mut self) -> Vec<Spot> {
        let mut spots = Vec::new();
        for start in 0..self.0.len() {
            if !std::mem::take(&mut self.0[start]) {
                continue;
            }
            let (mut low, mut high) = ([COLUMNS, ROWS], [0, 0]);
            let mut count = 0;
            let mut open = vec![start];
            while let Some(index) = open.pop() {
                let at = [index % COLUMNS, index / COLUMNS];
                count += 1;
                low = [0, 1].map(|k| low[k].min(at[k]));
                high = [0, 1].map(|k| high[k].max(at[k] + 1));
                for y in at[1].saturating_sub(1)..(at[1] + 2).min(ROWS) {
                    for x in at[0].saturating_sub(1)..(at[0] + 2).min(COLUMNS) {
                        if std::mem::take(&mut self.0[y * COLUMNS + x]) {
                            open.push(y * COLUMNS + x);
                        }
                    }
                }
            }
            let [out, down] = [0, 1].map(|k| (low[k] + high[k]) as f32 / 2.0);
            let is_small = (0..2).all(|k| high[k] - low[k] <= SIZE);
            if is_small && OUT.contains(&out) && DOWN.contains(&down) {
                spots.push(Spot { count, down });
            }
        }
        spots
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::colour::lab;
    use crate::picture::Picture;

    const SKIN: [u8; 3] = [220, 180, 150];
    const SILVER: [u8; 3] = [190, 190, 194];

    /// A face whose cheeks end three quarters of an eye distance beside the middle; `drawn` says what lies beside it, from
    /// the places across and down.
    fn pair_in(drawn: impl Fn(f32, f32) -> Option<[u8; 3]>) -> f32 {
        let pixel = |index: usize| {
            let (across, down) = ((index % 300) as f32 / 100.0 - 1.5, (index / 300) as f32 / 100.0 - 0.1);
            let ground = if across.abs() < 0.78 { SKIN } else { [255; 3] };
            drawn(across, down).unwrap_or(ground)
        };
        let picture = Picture {
            width: 300,
            height: 150,
            rgb: (0..300 * 150).flat_map(pixel).collect(),
        };
        pair(
            &Axes::upright(&picture, [150.0, 10.0], 100.0),
            lab(SKIN),
            lab([255; 3]),
            [0.75, 0.75],
        )
    }

    #[test]
    fn a_stud_in_each_ear_is_a_pair_and_one_alone_is_none() {
        let stud = |across: f32, down: f32| ((across.abs() - 0.8).hypot(down - 0.7) < 0.05).then_some(SILVER);
        assert!(pair_in(stud) > 1.0);
        assert_eq!(pair_in(|across, down| stud(across, down).filter(|_| across > 0.0)), 0.0);
        assert_eq!(pair_in(|_, _| None), 0.0);
    }

    #[test]
    fn grey_hair_beside_the_face_is_no_earring() {
        let hair = |across: f32, _: f32| (0.75..1.0).contains(&across.abs()).then_some([150, 150, 150]);
        assert_eq!(pair_in(hair), 0.0);
    }
}
