//! Colours whose nature is known: skin, eye whites, an allowed background. Where two of them lean the same way, the
//! picture has a cast.

use crate::areas;
use crate::colour::{lab, linear, linear_of};
use crate::profile::BackgroundColour;
use crate::scene::Scene;

/// Red over blue, and green over both, in doublings of linear light.
type Balance = [f32; 2];

/// Of eye whites in neutral light, bluish and pinkish ones alike.
const WHITES: Balance = [0.36, -0.10];
/// From where to where skin of any tone lies in neutral light.
const SKIN: [[f32; 2]; 2] = [[0.75, 2.2], [-0.45, -0.06]];
/// A cast of green or magenta is seen at half the strength of one of red or blue.
const GREEN_COUNTS: f32 = 2.0;
/// Ranks by luminance of the pixels between the lids that are taken for white: neither lashes nor the lamp's image.
const WHITES_RANKS: [f32; 2] = [0.6, 0.92];
/// Fewer pixels than these tell no colour.
const WHITES_MIN: usize = 8;
/// A background darker than this (L*) is none of the allowed ones under a cast, but another one.
const BACKGROUND_MIN: f32 = 60.0;
/// Nearly white (L*), a background is clipped and shows this share of a cast at most.
const CLIPPED: f32 = 97.0;
const CLIPPED_SHOWS: f32 = 0.5;

pub struct Hues {
    /// Of the cheeks' mean from the natural box; NaN where no cheek is in sight.
    pub skin_distance: f64,
    /// How far each leans; nothing where it isn't in sight.
    skin: Option<Balance>,
    whites: Option<Balance>,
    background: Option<Balance>,
}

impl Hues {
    pub fn of(scene: &Scene) -> Self {
        let rgb = &scene.view.picture.rgb;
        let at = |index: usize| [rgb[3 * index], rgb[3 * index + 1], rgb[3 * index + 2]];
        let cheeks: Vec<usize> = areas::cheeks(scene)
            .iter()
            .flat_map(|c| c.pixels().collect::<Vec<_>>())
            .collect();
        let count = cheeks.len() as f32;
        let [_, a, b] = sum(cheeks.iter().map(|i| lab(at(*i)))).map(|v| v / count);
        let outside = |v: f32, low: f32, high: f32| (low - v).max(v - high).max(0.0);
        let skin_distance = outside(a, 5.0, 25.0).hypot(outside(b, 5.0, 35.0));
        Self {
            skin_distance: if cheeks.is_empty() {
                f64::NAN
            } else {
                skin_distance.into()
            },
            skin: (!cheeks.is_empty()).then(|| {
                let here = balance(sum(cheeks.iter().map(|i| linear(at(*i)))));
                [0, 1].map(|k| (here[k] - SKIN[k][1]).max(0.0) + (here[k] - SKIN[k][0]).min(0.0))
            }),
            whites: whites(scene),
            background: scene.background.as_ref().and_then(|background| {
                // Only a plain one can be one of the allowed ones under a cast.
                let limits = &scene.profile.background;
                let plain = background.gradient <= limits.uniformity_gradient.fail;
                let clipped = background.colour[0] > CLIPPED;
                let lean = lean(linear_of(background.colour), &limits.colours)?;
                let lean = if clipped { lean.map(|v| v / CLIPPED_SHOWS) } else { lean };
                (plain && background.colour[0] > BACKGROUND_MIN).then_some(lean)
            }),
        }
    }

    /// How far the picture leans, in doublings of a channel over the others: as far as the eye whites and one of skin and
    /// background do alike. The whites alone prove nothing (small or bloodshot ones show the lids' skin), nor does a
    /// skin's hue, nor a background of another colour. NaN where no eye white is in sight.
    pub fn cast(&self) -> f64 {
        let Some(whites) = self.whites else { return f64::NAN };
        let alike = |a: f32, b: f32| if a * b > 0.0 { a.abs().min(b.abs()) } else { 0.0 };
        let others = [self.skin, self.background];
        let along = |axis: usize| {
            let by = others.iter().flatten().map(|lean| alike(lean[axis], whites[axis]));
            by.fold(0.0, f32::max)
        };
        along(0).max(GREEN_COUNTS * along(1)).into()
    }
}

fn balance(light: [f32; 3]) -> Balance {
    let [r, g, b] = light.map(|v| v.max(2e-3));
    [(r / b).log2(), (g / (r * b).sqrt()).log2()]
}

fn sum(colours: impl Iterator<Item = [f32; 3]>) -> [f32; 3] {
    colours.fold([0.0; 3], |sum, colour| [0, 1, 2].map(|k| sum[k] + colour[k]))
}

/// Of both eyes' whites, from neutral light's.
fn whites(scene: &Scene) -> Option<Balance> {
    let light = scene.view.light();
    let rgb = &scene.view.picture.rgb;
    let leans: Vec<Balance> = areas::eye_whites(scene)
        .into_iter()
        .filter(|white| white.len() >= WHITES_MIN)
        .map(|mut white| {
            white.sort_unstable_by(|a, b| light[*a].total_cmp(&light[*b]));
            let [from, to] = WHITES_RANKS.map(|rank| (rank * white.len() as f32) as usize);
            let colours = white[from..to.max(from + 1)].iter();
            let light = sum(colours.map(|i| linear([rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2]])));
            let here = balance(light);
            [here[0] - WHITES[0], here[1] - WHITES[1]]
        })
        .collect();
    let count = leans.len() as f32;
    (!leans.is_empty()).then(|| [0, 1].map(|k| leans.iter().map(|lean| lean[k]).sum::<f32>() / count))
}

/// From the allowed colour whose balance is nearest.
fn lean(light: [f32; 3], allowed: &[BackgroundColour]) -> Option<Balance> {
    let here = balance(light);
    let from = |colour: &BackgroundColour| {
        let there = balance(linear(colour.rgb));
        [here[0] - there[0], here[1] - there[1]]
    };
    let length = |lean: &Balance| lean[0].hypot(GREEN_COUNTS * lean[1]);
    allowed.iter().map(from).min_by(|a, b| length(a).total_cmp(&length(b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hues(skin: Balance, whites: Option<Balance>, background: Option<Balance>) -> Hues {
        Hues {
            skin_distance: 0.0,
            skin: Some(skin),
            whites,
            background,
        }
    }

    #[test]
    fn one_witness_makes_no_cast_and_two_must_agree() {
        for (seen, expected) in [
            (hues([0.0, 0.0], Some([1.5, -0.5]), None), 0.0),
            (hues([0.0, 0.0], Some([0.1, 0.0]), Some([0.9, 0.2])), 0.1),
            (hues([0.0, 0.0], Some([-0.4, 0.0]), Some([0.9, 0.0])), 0.0),
            (hues([-0.3, 0.0], Some([-0.8, 0.1]), None), 0.3),
            (hues([0.0, 0.2], Some([0.0, 0.3]), None), 0.4),
        ] {
            assert!((seen.cast() - expected).abs() < 1e-6, "{}", seen.cast());
        }
        assert!(hues([1.0, 1.0], None, None).cast().is_nan());
    }

    #[test]
    fn a_dimmed_white_leans_nowhere_and_a_warm_one_to_red() {
        let allowed = [BackgroundColour {
            name: "white".into(),
            rgb: [255; 3],
        }];
        let of = |rgb| lean(linear(rgb), &allowed).unwrap();
        assert!(of([200, 200, 200]).iter().all(|v| v.abs() < 1e-3));
        assert!(of([255, 250, 205])[0] > 0.4);
        assert!(lean([0.5; 3], &[]).is_none());
    }
}
