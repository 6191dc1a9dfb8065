//! How soft the edges of eyes and brows are, in each direction, and how much is only noise.

use crate::areas::{self, Area};
use crate::scene::Scene;

/// Distance of the samples that are compared, in pixels.
const STEP: i32 = 2;
/// Directions, each as a step: level, falling, upright, rising. The first and third, second and fourth cross.
const DIRECTIONS: [[i32; 2]; 4] = [[STEP, 0], [STEP, STEP], [0, STEP], [-STEP, STEP]];
/// Around each eye, in eye distances: half the width and height, and how far above the eye the middle lies.
const HALF: [f32; 2] = [0.42, 0.30];
const ABOVE: f32 = 0.1;
/// With more of the second differences' energy being noise, the rest tells nothing.
const DROWNED: f64 = 0.6;
/// Blurs below this, in pixels, are all alike sharp: their quotient means nothing.
const SHARP_PX: f64 = 0.7;

/// Blur along each of the directions, in pixels; NaN where noise drowns it.
pub struct Edges([f64; 4]);

impl Edges {
    /// An edge blurred by a Gaussian of deviation σ has first differences with 2σ² times the energy of its second
    /// ones, whatever its height; from both the share that noise of this deviation adds is taken away.
    pub fn of(scene: &Scene, noise: f32) -> Self {
        let (width, height) = (scene.view.picture.width as i32, scene.view.picture.height as i32);
        let luma = scene.view.luma();
        let apart = scene.eye_distance_px();
        let places = scene.eyes().map(|[x, y]| {
            let half = HALF.map(|v| v * apart);
            Area::around([x, y - ABOVE * apart], half, [width as usize, height as usize])
        });
        let noise = f64::from(noise).powi(2);
        Self(DIRECTIONS.map(|[dx, dy]| {
            let step = f64::from(dx).hypot(f64::from(dy));
            let (mut first, mut second, mut count) = (0.0f64, 0.0f64, 0u32);
            for [y, from, to] in places.iter().flat_map(Area::rows) {
                let y = *y as i32;
                if y < dy || y + dy >= height {
                    continue;
                }
                let reach = dx.abs();
                for x in (*from as i32).max(reach)..(*to as i32).min(width - reach) {
                    let at = |k: i32| luma[((y + k * dy) * width + x + k * dx) as usize];
                    let (before, here, after) = (at(-1), at(0), at(1));
                    first += f64::from((after - before).powi(2));
                    second += f64::from((after - 2.0 * here + before).powi(2));
                    count += 1;
                }
            }
            let count = f64::from(count);
            let (first, second) = (first / count / (2.0 * step).powi(2), second / count / step.powi(4));
            let (first_noise, second_noise) = (noise / (2.0 * step * step), 6.0 * noise / step.powi(4));
            // Nor do no pixels at all, whose energy is NaN.
            if second_noise < DROWNED * second {
                // The samples' own distance blurs by the last term.
                let quotient = (first - first_noise) / (second - second_noise) - step * step / 4.0;
                (quotient.max(0.0) / 2.0).sqrt()
            } else {
                f64::NAN
            }
        }))
    }

    /// Blur along the sharpest direction.
    pub fn sharpest(&self) -> f64 {
        self.0.iter().fold(
            f64::NAN,
            |least, v| if *v < least || least.is_nan() { *v } else { least },
        )
    }

    /// Of two directions that cross, the one more blurred over the other: of both pairs the larger quotient.
    pub fn direction_ratio(&self) -> f64 {
        let [a, b, c, d] = self.0;
        let ratio = |a: f64, b: f64| a.max(b).max(SHARP_PX) / a.min(b).max(SHARP_PX);
        if self.0.iter().any(|v| v.is_nan()) {
            return f64::NAN;
        }
        ratio(a, c).max(ratio(b, d))
    }
}

/// Standard deviation from pixel to pixel, 0 … 255, in the flattest of forehead and cheeks: median response to the
/// difference of second differences, which no slope and no fold answers.
pub fn noise(scene: &Scene) -> f32 {
    let apart = scene.eye_distance_px();
    let size = [scene.view.picture.width, scene.view.picture.height];
    let [left, right] = areas::cheeks(scene);
    let forehead = Area::around(scene.beside_eyes(0.0, -0.62), [0.55 * apart, 0.2 * apart], size);
    let each = [left, right, forehead].map(|area| deviation(scene.view.luma(), &area, size));
    each.into_iter().fold(f32::NAN, f32::min)
}

fn deviation(luma: &[f32], area: &Area, [width, height]: [usize; 2]) -> f32 {
    /// Deviation of the kernel's response to unit noise, and median over deviation of a normal distribution.
    const KERNEL: f32 = 6.0;
    const MEDIAN: f32 = 0.6745;
    let inner = area
        .rows()
        .iter()
        .filter(|[y, ..]| (1..height.saturating_sub(1)).contains(y));
    let responses = inner.flat_map(|[y, from, to]| {
        ((*from).max(1)..(*to).min(width.saturating_sub(1))).map(move |x| {
            let row = |y: usize| {
                let at = y * width + x;
                luma[at - 1] - 2.0 * luma[at] + luma[at + 1]
            };
            (row(y - 1) - 2.0 * row(*y) + row(y + 1)).abs()
        })
    });
    crate::checks::light::rank(responses, 0.5) / KERNEL / MEDIAN
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Grey that a generator speckles, with a slope.
    fn speckled(amplitude: f32) -> Vec<f32> {
        let mut state = 12345u32;
        let mut unit = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1 << 24) as f32 - 0.5
        };
        (0..64 * 64)
            .map(|i| 100.0 + (i % 64) as f32 * 0.7 + amplitude * unit())
            .collect()
    }

    #[test]
    fn noise_is_measured_and_a_slope_is_none() {
        let area = Area::around([32.0, 32.0], [30.0, 30.0], [64, 64]);
        let of = |amplitude| deviation(&speckled(amplitude), &area, [64, 64]);
        assert!(of(0.0) < 0.01);
        // Even noise deviates by its width over √12.
        let expected = 20.0 / 12f32.sqrt();
        assert!((of(20.0) - expected).abs() < 0.15 * expected, "{}", of(20.0));
        assert!(deviation(&[1.0; 9], &Area::default(), [3, 3]).is_nan());
    }

    #[test]
    fn of_crossing_directions_the_larger_quotient_counts() {
        assert!((Edges([2.0, 1.0, 1.0, 1.2]).direction_ratio() - 2.0).abs() < 1e-9);
        assert!((Edges([0.1, 0.6, 0.5, 0.2]).direction_ratio() - 1.0).abs() < 1e-9);
        assert!(Edges([f64::NAN, 1.0, 1.0, 1.0]).direction_ratio().is_nan());
        assert!((Edges([f64::NAN, 3.0, 2.0, 4.0]).sharpest() - 2.0).abs() < 1e-9);
    }
}
