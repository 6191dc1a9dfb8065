//! How even a background is: over all, as one slope, and where it is darker than that slope.
//! Must not live here: objects, and how uneven is too uneven.

use super::Sight;
use super::border::Plane;
use super::person::flood;
use crate::colour::{Lab, ciede2000, tristimulus};
use crate::report::Rect;

/// Side of the blocks that are compared, in pixels of the view.
const BLOCK_PX: usize = 8;
/// A shadow keeps at least this share of the background's light …
const SHADOW_LIGHT: f32 = 0.2;
/// … and dims no part of the spectrum this many times more than another (a lamp may clip one).
const SHADOW_COLOUR: f32 = 1.6;
/// Every so many pixels tell enough of a plane; no divisor of a usual width, so that all columns are seen.
const SAMPLE_EVERY: usize = 17;

/// CIEDE2000 between two places, the lighter first.
pub struct Range {
    pub delta_e: f64,
    pub places: [Rect; 2],
}

/// The plane through the lit part of the background, between its lightest and its darkest place.
pub struct Slope {
    pub delta_e: f64,
    pub places: [Rect; 2],
}

/// The part that is darkest against that plane.
pub struct Shadow {
    pub delta_e: f64,
    pub place: Rect,
}

/// The lit ground of the places that are `open`, and how far its pixels lie from it: noise.
pub fn ground(sight: &Sight, open: &[bool]) -> Option<(Plane, f32)> {
    let samples: Vec<([f32; 2], Lab)> = (0..open.len())
        .step_by(SAMPLE_EVERY)
        .filter(|index| open[*index])
        .map(|index| (sight.at(index), sight.colours[index]))
        .collect();
    Plane::lit(&samples)
}

/// Whether the colour may be the background's own under less light: the tristimulus values shrink, and alike.
pub fn is_shadow(colour: Lab, plain: Lab) -> bool {
    let [here, there] = [colour, plain].map(tristimulus);
    let shares: [f32; 3] = std::array::from_fn(|k| here[k] / there[k].max(1e-3));
    let (least, most) = (
        shares[0].min(shares[1]).min(shares[2]),
        shares[0].max(shares[1]).max(shares[2]),
    );
    least >= SHADOW_LIGHT && most <= SHADOW_COLOUR * least
}

/// Sums of the background's colour, block by block.
pub struct Blocks {
    across: usize,
    sums: Vec<([f32; 3], u32)>,
}

impl Blocks {
    pub fn new(width: usize, height: usize) -> Self {
        let across = width.div_ceil(BLOCK_PX);
        Self {
            across,
            sums: vec![([0.0; 3], 0); across * height.div_ceil(BLOCK_PX).max(1)],
        }
    }

    pub fn add(&mut self, x: usize, y: usize, colour: Lab) {
        let (sum, count) = &mut self.sums[y / BLOCK_PX * self.across + x / BLOCK_PX];
        *count += 1;
        for k in 0..3 {
            sum[k] += colour[k];
        }
    }

    pub fn mean(&self) -> Lab {
        let count: u32 = self.sums.iter().map(|(_, count)| count).sum();
        std::array::from_fn(|k| self.sums.iter().map(|(sum, _)| sum[k]).sum::<f32>() / count.max(1) as f32)
    }

    /// Those that are at least half background.
    pub fn full(&self) -> Full {
        let colours = self
            .sums
            .iter()
            .map(|(sum, count)| (*count as usize >= BLOCK_PX * BLOCK_PX / 2).then(|| sum.map(|v| v / *count as f32)));
        Full {
            across: self.across,
            colours: colours.collect(),
        }
    }
}

/// Mean colours of the blocks that count.
pub struct Full {
    across: usize,
    colours: Vec<Option<Lab>>,
}

impl Full {
    fn seen(&self) -> impl Iterator<Item = (usize, Lab)> + Clone {
        self.colours
            .iter()
            .enumerate()
            .filter_map(|(index, colour)| colour.map(|colour| (index, colour)))
    }

    fn corner(&self, index: usize) -> [usize; 2] {
        [index % self.across * BLOCK_PX, index / self.across * BLOCK_PX]
    }

    fn place(&self, sight: &Sight, index: usize) -> Rect {
        let low = self.corner(index);
        sight.place(low, low.map(|v| v + BLOCK_PX))
    }

    /// A block's middle as planes know it.
    fn at(&self, sight: &Sight, index: usize) -> [f32; 2] {
        self.corner(index)
            .map(|v| (v + BLOCK_PX / 2) as f32 / sight.width as f32)
    }

    pub fn samples(&self, sight: &Sight) -> Vec<([f32; 2], Lab)> {
        self.seen()
            .map(|(index, colour)| (self.at(sight, index), colour))
            .collect()
    }

    /// The pair of extremes in L*, a* or b* that differs most.
    pub fn range(&self, sight: &Sight) -> Option<Range> {
        (0..3)
            .filter_map(|k| {
                let least = self.seen().min_by(|a, b| a.1[k].total_cmp(&b.1[k]))?;
                let most = self.seen().max_by(|a, b| a.1[k].total_cmp(&b.1[k]))?;
                let (light, dark) = if least.1[0] > most.1[0] {
                    (least, most)
                } else {
                    (most, least)
                };
                Some(Range {
                    delta_e: ciede2000(least.1, most.1),
                    places: [light.0, dark.0].map(|index| self.place(sight, index)),
                })
            })
            .max_by(|a, b| a.delta_e.total_cmp(&b.delta_e))
    }

    pub fn slope(&self, sight: &Sight, plane: &Plane) -> Option<Slope> {
        let level = |index: usize| plane.at(self.at(sight, index))[0];
        let by_level = |a: &usize, b: &usize| level(*a).total_cmp(&level(*b));
        let (dark, light) = (
            self.seen().map(|(index, _)| index).min_by(by_level)?,
            self.seen().map(|(index, _)| index).max_by(by_level)?,
        );
        let [from, to] = [light, dark].map(|index| plane.at(self.at(sight, index)));
        Some(Slope {
            delta_e: ciede2000(from, to),
            places: [light, dark].map(|index| self.place(sight, index)),
        })
    }

    pub fn shadow(&self, sight: &Sight, plane: &Plane) -> Option<Shadow> {
        let lost = |index: usize| -> Option<f32> {
            let colour = self.colours[index]?;
            Some(plane.at(self.at(sight, index))[0] - colour[0])
        };
        // A block and those beside it: one alone may be a strand of hair.
        let around = |index: usize| {
            let (x, y) = (index % self.across, index / self.across);
            let beside = [
                (x > 0).then(|| index - 1),
                (x + 1 < self.across).then_some(index + 1),
                (y > 0).then(|| index - self.across),
                Some(index + self.across).filter(|next| *next < self.colours.len()),
            ];
            let near: Vec<f32> = beside.into_iter().flatten().chain([index]).filter_map(lost).collect();
            near.iter().sum::<f32>() / near.len().max(1) as f32
        };
        let dark: Vec<f32> = (0..self.colours.len())
            .map(|index| self.colours[index].map_or(0.0, |_| around(index)))
            .collect();
        let darkest = self
            .seen()
            .map(|(index, _)| index)
            .max_by(|a, b| dark[*a].total_cmp(&dark[*b]))?;
        let plain = plane.at(self.at(sight, darkest));
        let whole = flood(
            &[darkest],
            self.across,
            |index| dark[index] > dark[darkest] / 2.0,
            dark.len(),
        );
        let corners = (0..whole.len())
            .filter(|index| whole[*index])
            .map(|index| self.corner(index));
        let bounds = corners.fold(([usize::MAX; 2], [0; 2]), |(low, high), at| {
            (
                [0, 1].map(|k| at[k].min(low[k])),
                [0, 1].map(|k| (at[k] + BLOCK_PX).max(high[k])),
            )
        });
        Some(Shadow {
            delta_e: ciede2000(plain, [plain[0] - dark[darkest].max(0.0), plain[1], plain[2]]),
            place: sight.place(bounds.0, bounds.1),
        })
    }
}
