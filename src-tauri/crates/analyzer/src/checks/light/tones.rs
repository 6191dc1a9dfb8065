//! Light and dark over the face.

use crate::areas::{self, Area};
use crate::colour::{encoded, linear};
use crate::scene::Scene;

/// Luminance up to which a pixel is dark: 25 of 255 (ISO/IEC 29794-5).
const DARK: f32 = 25.5 / 255.0;
/// A channel from here on is burnt out.
const BURNT: u8 = 250;
/// Fair skin sends back this many times (in doublings) more red than blue; with each doubling beyond, a skin sends back
/// [`SLOPE`] doublings less light. Ours: the lower edge of rendered skins of six tones and of five photographs.
const FAIR_RED: f32 = 1.29;
const SLOPE: f32 = 2.26;
/// No skin is darker than a tenth of fair skin.
const REFLECTANCE_MIN: f32 = 0.1;
/// Up to this mean luminance a face may be bright enough for its own skin alone.
const LIFTED: f64 = 0.25;
/// Share of the eye whites' pixels that are darker than the value taken for them: lashes, lids' shadow.
const WHITES_RANK: f32 = 0.85;
/// The mean of a face in fair skin, times this, is at least as light as its eye whites.
const SKIN_BELOW_WHITES: f32 = 1.25;

/// From this far below the eyes, in eye distances, a face is bare skin and mouth.
const BELOW_EYES: f32 = 0.35;
const CHEEK_RANK: f32 = 0.75;

pub struct Tones {
    pub face: Area,
    /// Of the face's luminance, 0 … 1.
    pub mean: f64,
    pub deviation: f64,
    pub entropy_bits: f64,
    /// Of what lies below the eyes.
    pub dark_share: f64,
    pub burnt_share: f64,
    /// Luminance of each cheek, left and right: a hanging strand darkens less than [`CHEEK_RANK`] of it.
    pub cheeks: [f64; 2],
    /// How bright this skin can be, of fair skin's brightness, as its hue tells.
    reflectance: f64,
    /// Luminance of the brighter eye's white; 0 where none is in sight.
    whites: f64,
}

impl Tones {
    pub fn of(scene: &Scene) -> Self {
        let light = scene.view.light();
        let rgb = &scene.view.picture.rgb;
        let face = areas::face(scene);
        let cheeks = areas::cheeks(scene);
        let reflectance = reflectance(rgb, &cheeks);

        let whites = areas::eye_whites(scene).map(|white| rank(white.iter().map(|i| light[*i]), WHITES_RANK));
        let whites = whites[0].max(whites[1]).max(0.0);
        let mean = face.pixels().map(|index| light[index]).sum::<f32>() / face.count() as f32;
        // Fringe, brows, glasses and pupils are no shadow either: skin is counted below them.
        let [_, below_eyes] = scene.beside_eyes(0.0, BELOW_EYES);
        let first_bare = (below_eyes.max(0.0) as usize).saturating_mul(scene.view.picture.width);
        let dark_below = DARK * reflectance * (SKIN_BELOW_WHITES * mean / whites).min(1.0);

        let (mut squares, mut dark, mut bare, mut burnt) = (0.0, 0u32, 0u32, 0u32);
        let mut histogram = [0u32; 256];
        for index in face.pixels() {
            let value = light[index];
            squares += f64::from(value - mean).powi(2);
            if index >= first_bare {
                bare += 1;
                dark += u32::from(value < dark_below);
            }
            burnt += u32::from(rgb[3 * index..3 * index + 3].iter().any(|v| *v >= BURNT));
            histogram[usize::from(encoded(value))] += 1;
        }
        // A face outside the view has no count, and everything of it is NaN: undecided.
        let count = face.count() as f64;
        let entropy_bits = histogram.iter().filter(|n| **n > 0).fold(0.0, |bits, n| {
            let share = f64::from(*n) / count;
            bits - share * share.log2()
        });
        Self {
            mean: mean.into(),
            deviation: (squares / count).sqrt(),
            entropy_bits: if count > 0.0 { entropy_bits } else { f64::NAN },
            dark_share: f64::from(dark) / f64::from(bare),
            burnt_share: f64::from(burnt) / count,
            cheeks: cheeks.map(|area| f64::from(rank(area.pixels().map(|i| light[i]), CHEEK_RANK))),
            reflectance: f64::from(reflectance),
            whites: whites.into(),
            face,
        }
    }

    /// The face's mean luminance, 0 … 1. A dark face is lifted, at most to a value that is surely enough, by what speaks
    /// for a dark skin in good light: a hue that goes with it, or bright eye whites.
    pub fn brightness(&self) -> f64 {
        let lifted = (self.mean / self.reflectance).max(self.whites).min(LIFTED);
        // NaN stays NaN.
        self.mean.max(lifted) + 0.0 * self.mean
    }
}

/// 0.1 … 1. Melanin takes the more from blue the more it takes from everything.
fn reflectance(rgb: &[u8], cheeks: &[Area; 2]) -> f32 {
    let (mut red, mut blue) = (0.0, 0.0);
    for index in cheeks.iter().flat_map(Area::pixels) {
        let [r, _, b] = linear([rgb[3 * index], rgb[3 * index + 1], rgb[3 * index + 2]]);
        (red, blue) = (red + r, blue + b);
    }
    let doublings = (red / blue.max(1e-3)).max(1e-3).log2();
    (-SLOPE * (doublings - FAIR_RED)).exp2().clamp(REFLECTANCE_MIN, 1.0)
}

/// The value that a share `below` of all is not above; NaN of nothing.
pub fn rank(values: impl Iterator<Item = f32>, below: f32) -> f32 {
    let mut values: Vec<f32> = values.collect();
    if values.is_empty() {
        return f32::NAN;
    }
    let place = ((values.len() - 1) as f32 * below) as usize;
    *values.select_nth_unstable_by(place, f32::total_cmp).1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rank_is_found_in_any_order() {
        let values = [5.0, 1.0, 4.0, 2.0, 3.0];
        assert_eq!(rank(values.into_iter(), 0.5), 3.0);
        assert_eq!(rank(values.into_iter(), 1.0), 5.0);
        assert!(rank(std::iter::empty(), 0.5).is_nan());
    }

    #[test]
    fn brown_skin_may_be_darker_than_fair_skin_in_the_same_light() {
        let cheek = |rgb: [u8; 3]| {
            let picture = rgb.repeat(64 * 64);
            let area = Area::around([32.0, 32.0], [10.0, 10.0], [64, 64]);
            reflectance(&picture, &[area.clone(), area])
        };
        assert_eq!(cheek([234, 194, 168]), 1.0);
        assert!(cheek([152, 104, 76]) < 0.5 && cheek([122, 84, 64]) < 0.6);
        // Less light changes nothing: linear light keeps its proportions.
        assert!((cheek([152, 104, 76]) - cheek([90, 61, 44])).abs() < 0.1);
    }
}
