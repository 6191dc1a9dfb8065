//! The face's own axes, and the sitter's colours on them: skin, hair, what lies behind. Must not live here: what covers what.

use crate::colour::{Lab, lab};
use crate::picture::Picture;
use crate::scene::Scene;

/// Lightness counts half: the same skin lies in light and in shadow.
const LIGHTNESS: f32 = 0.5;
/// Half the side of a patch of skin, in eye distances.
const PATCH: f32 = 0.07;
/// Points of the mesh that are skin in any photo, nearly: under the eyes, between the brows, before the ears. Glasses' rims
/// cross one or the other.
pub const BARE: [usize; 5] = [119, 348, 9, 116, 345];
/// And those that a fringe leaves free, but no mask: the cheeks and the nose's tip.
const SKIN: [usize; 8] = [119, 348, 9, 116, 345, 50, 280, 4];
/// Skin of every tone has a hue between these, in degrees, and more colour than dark hair or most cloth.
const HUES: [f32; 2] = [15.0, 85.0];
const CHROMA_MIN: f32 = 8.0;
/// Depths below the crown where the top of the head shows its hair, and how far to either side, in eye distances.
const HAIR_DEPTHS: [f32; 5] = [0.12, 0.16, 0.20, 0.24, 0.28];
const HAIR_ACROSS: f32 = 0.5;

/// Places as `across` along the eye line and `down` square to it, from the middle between the eyes, in eye distances.
pub struct Axes<'a> {
    picture: &'a Picture,
    middle: [f32; 2],
    along: [f32; 2],
}

impl<'a> Axes<'a> {
    pub fn of(scene: &'a Scene) -> Self {
        let [a, b] = scene.eyes();
        Self {
            picture: &scene.view.picture,
            middle: [(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0],
            along: [b[0] - a[0], b[1] - a[1]],
        }
    }

    #[cfg(test)]
    pub fn upright(picture: &'a Picture, middle: [f32; 2], apart: f32) -> Self {
        Self {
            picture,
            middle,
            along: [apart, 0.0],
        }
    }

    /// In pixels of the view.
    pub fn view(&self, [across, down]: [f32; 2]) -> [f32; 2] {
        let [x, y] = self.along;
        [
            self.middle[0] + across * x - down * y,
            self.middle[1] + across * y + down * x,
        ]
    }

    /// The other way.
    pub fn place(&self, view: [f32; 2]) -> [f32; 2] {
        let [x, y] = self.along;
        let [u, v] = [view[0] - self.middle[0], view[1] - self.middle[1]];
        let square = (x * x + y * y).max(1e-6);
        [(u * x + v * y) / square, (v * x - u * y) / square]
    }

    /// `None` outside the view.
    pub fn colour(&self, place: [f32; 2]) -> Option<Lab> {
        let [x, y] = self.view(place).map(f32::floor);
        let picture = self.picture;
        let inside = x >= 0.0 && y >= 0.0 && x < picture.width as f32 && y < picture.height as f32;
        inside.then(|| {
            let at = (y as usize * picture.width + x as usize) * 3;
            lab([picture.rgb[at], picture.rgb[at + 1], picture.rgb[at + 2]])
        })
    }

    /// The middle colour, channel by channel, of a square patch of skin's usual size.
    pub fn patch(&self, place: [f32; 2]) -> Option<Lab> {
        self.square(place, PATCH)
    }

    /// The same of a square of `2 × half` a side.
    pub fn square(&self, [across, down]: [f32; 2], half: f32) -> Option<Lab> {
        const STEPS: i32 = 4;
        let offset = |step: i32| step as f32 / STEPS as f32 * half;
        let steps = || -STEPS..=STEPS;
        median(
            steps()
                .flat_map(|v| steps().map(move |u| (u, v)))
                .filter_map(|(u, v)| self.colour([across + offset(u), down + offset(v)])),
        )
    }
}

pub struct Tones<'a> {
    pub axes: Axes<'a>,
    /// Of the places that beard, mask and hair leave free.
    pub skin: Lab,
    /// Of the top of the head: hair, or a bald head's skin, or what is worn on it.
    pub hair: Lab,
    /// From the eye line up to the crown, in eye distances.
    pub up: f32,
}

impl<'a> Tones<'a> {
    pub fn of(scene: &'a Scene) -> Self {
        let axes = Axes::of(scene);
        let patches = SKIN.map(|index| axes.patch(axes.place(scene.landmark(index))));
        let patches = || patches.into_iter().flatten();
        let skin = median(patches().filter(is_fleshy))
            .or_else(|| median(patches()))
            .unwrap_or_default();
        // Straight above the eyes: the crown may lie anywhere on the head.
        let height = (scene.composition.eye_line_px - scene.composition.crown_margin_px) as f32;
        let up = height / scene.eye_distance_px().max(1.0);
        let tops = (-5..=5).flat_map(|k| HAIR_DEPTHS.map(|depth| [k as f32 / 5.0 * HAIR_ACROSS, depth - up]));
        let hair = median(tops.filter_map(|at| axes.colour(at))).unwrap_or(skin);
        Self { axes, skin, hair, up }
    }

    /// How well hair and skin are told apart.
    pub fn contrast(&self) -> f32 {
        square(self.skin, self.hair).sqrt()
    }

    /// 0 where a colour is the skin's, 1 where it is the hair's.
    pub fn hairiness(&self, colour: Lab) -> f32 {
        let weights = [LIGHTNESS, 1.0, 1.0];
        let (mut along, mut whole) = (0.0, 0.0);
        for k in 0..3 {
            let step = (self.hair[k] - self.skin[k]) * weights[k];
            along += (colour[k] - self.skin[k]) * weights[k] * step;
            whole += step * step;
        }
        along / whole.max(1e-3)
    }
}

/// From one place on the way to another, without it, step by step. However far they lie apart, after a hundred it ends.
pub fn steps([from, to]: [f32; 2], step: f32) -> impl Iterator<Item = f32> + Clone {
    let count = ((to - from) / step).clamp(0.0, 100.0) as usize;
    (0..count).map(move |k| from + k as f32 * step)
}

pub fn is_fleshy([_, a, b]: &Lab) -> bool {
    a.hypot(*b) > CHROMA_MIN && (HUES[0]..=HUES[1]).contains(&b.atan2(*a).to_degrees())
}

/// Squared distance with less weight on lightness.
pub fn square(a: Lab, b: Lab) -> f32 {
    (LIGHTNESS * (a[0] - b[0])).powi(2) + (a[1] - b[1]).powi(2) + (a[2] - b[2]).powi(2)
}

pub fn median(colours: impl Iterator<Item = Lab>) -> Option<Lab> {
    let all: Vec<Lab> = colours.collect();
    if all.is_empty() {
        return None;
    }
    Some(std::array::from_fn(|k| {
        let mut channel: Vec<f32> = all.iter().map(|colour| colour[k]).collect();
        let middle = channel.len() / 2;
        *channel.select_nth_unstable_by(middle, f32::total_cmp).1
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Skin at the left, hair at the right, the eye line rising.
    fn picture() -> Picture {
        let pixel = |x: usize| if x < 20 { [220, 180, 150] } else { [20, 18, 16] };
        Picture {
            width: 40,
            height: 30,
            rgb: (0..40 * 30).flat_map(|index| pixel(index % 40)).collect(),
        }
    }

    fn axes(picture: &Picture) -> Axes<'_> {
        Axes {
            picture,
            middle: [20.0, 15.0],
            along: [12.0, -5.0],
        }
    }

    #[test]
    fn places_and_pixels_are_each_others_inverse() {
        let picture = picture();
        let axes = axes(&picture);
        for at in [[0.0, 0.0], [0.5, 0.3], [-0.7, 1.1]] {
            let [x, y] = axes.place(axes.view(at));
            assert!((x - at[0]).abs() < 1e-5 && (y - at[1]).abs() < 1e-5, "{x} {y}");
        }
        assert_eq!(axes.colour([9.0, 0.0]), None);
        assert_eq!(axes.patch([9.0, 0.0]), None);
    }

    #[test]
    fn skin_is_not_hairy_and_hair_is() {
        let picture = picture();
        let axes = axes(&picture);
        let [skin, hair] = [-0.9, 0.9].map(|across| axes.patch([across, 0.0]).unwrap());
        let tones = Tones {
            axes,
            skin,
            hair,
            up: 2.0,
        };
        assert!(tones.hairiness(skin).abs() < 1e-5 && (tones.hairiness(hair) - 1.0).abs() < 1e-5);
        // The same skin in the shade is nearer to skin than to hair.
        assert!(tones.hairiness(lab([150, 118, 96])) < 0.45);
        assert!(tones.contrast() > 30.0);
    }
}
