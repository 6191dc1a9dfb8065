//! A fine regular pattern all over a picture: the pixels of a display, their beat with the camera's, printing dots.
//! It shows as one sharp peak in the spectra of most parts of the picture; cloth and hair show theirs in a few.

use std::f32::consts::TAU;
use std::sync::LazyLock;

use crate::picture::Picture;

/// Side of a part, in pixels of the view.
const SIDE: usize = 64;
/// The plainest parts are looked at, this many at most …
const PARTS: usize = 16;
/// … and with fewer nothing can be said.
const PARTS_MIN: usize = 6;
/// Luma outside of which a sensor clips.
const TONES: std::ops::Range<f32> = 8.0..248.0;
/// Waves a part, at least: a slower pattern can't be told from shading.
const WAVES_MIN: f32 = 5.0;
/// JPEG repeats its errors every 8 pixels: so many waves a part, and their multiples.
const JPEG_WAVES: usize = SIDE / 8;
/// Rounding to 8 bits: its power in a coefficient of a windowed part (variance 1/12, mean square of the window 0.14).
const ROUNDING: f32 = (SIDE * SIDE) as f32 * 0.14 / 12.0;

pub struct Peak {
    /// Power over the usual power of patterns that fine, in decibels.
    pub decibels: f64,
    /// Pixels of the view from crest to crest.
    #[cfg(test)]
    period_px: f64,
}

/// `None` where too little of the picture is plain and unclipped.
pub fn peak(view: &Picture) -> Option<Peak> {
    let parts = plain_parts(view);
    if parts.len() < PARTS_MIN {
        return None;
    }
    let powers: Vec<Vec<f32>> = parts
        .chunks(2)
        .flat_map(|pair| two_powers(&pair[0], pair.get(1)))
        .collect();
    let across_parts: Vec<f32> = (0..SIDE * SIDE)
        .map(|k| {
            if k % SIDE <= SIDE / 2 {
                median(powers.iter().map(|power| power[k]))
            } else {
                0.0
            }
        })
        .collect();
    let usual = usual_power(&across_parts);
    let mut best: Option<Peak> = None;
    // One half of the plane: the other mirrors it.
    for v in 0..SIDE {
        for u in 0..=SIDE / 2 {
            let radius = radius(u, v);
            if !(WAVES_MIN..SIDE as f32 / 2.0).contains(&radius) || is_jpeg(u) && is_jpeg(v) {
                continue;
            }
            let here = across_parts[v * SIDE + u];
            let beaten = best.as_ref().map_or(-1.0, |best| best.decibels as f32);
            let by_ring = here / usual[radius as usize];
            if by_ring <= beaten {
                continue;
            }
            let over = by_ring.min(here / beside(&across_parts, u, v).max(ROUNDING));
            if over > beaten {
                best = Some(Peak {
                    decibels: over.into(),
                    #[cfg(test)]
                    period_px: f64::from(SIDE as f32 / radius),
                });
            }
        }
    }
    if let Some(best) = &mut best {
        best.decibels = 10.0 * best.decibels.max(1.0).log10();
    }
    best
}

/// Luma without its mean, under a window, of the parts that vary least.
fn plain_parts(view: &Picture) -> Vec<Vec<f32>> {
    static WINDOW: LazyLock<[f32; SIDE]> =
        LazyLock::new(|| std::array::from_fn(|k| 0.5 - 0.5 * (TAU * (k as f32 + 0.5) / SIDE as f32).cos()));
    let luma = |x: usize, y: usize| {
        let pixel = &view.rgb[(y * view.width + x) * 3..][..3];
        0.299 * f32::from(pixel[0]) + 0.587 * f32::from(pixel[1]) + 0.114 * f32::from(pixel[2])
    };
    let mut found: Vec<(f32, Vec<f32>)> = Vec::new();
    for top in (0..(view.height + 1).saturating_sub(SIDE)).step_by(SIDE) {
        for left in (0..(view.width + 1).saturating_sub(SIDE)).step_by(SIDE) {
            let mut part: Vec<f32> = (0..SIDE * SIDE)
                .map(|k| luma(left + k % SIDE, top + k / SIDE))
                .collect();
            let mean = part.iter().sum::<f32>() / part.len() as f32;
            if !TONES.contains(&mean) {
                continue;
            }
            part.iter_mut().for_each(|value| *value -= mean);
            let spread = part.iter().map(|value| value * value).sum();
            for (k, value) in part.iter_mut().enumerate() {
                *value *= WINDOW[k % SIDE] * WINDOW[k / SIDE];
            }
            found.push((spread, part));
        }
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.truncate(PARTS);
    found.into_iter().map(|(_, part)| part).collect()
}

/// Waves a part, whichever way they run.
fn radius(u: usize, v: usize) -> f32 {
    (u as f32).hypot(v.min(SIDE - v) as f32)
}

fn is_jpeg(waves: usize) -> bool {
    let off = waves % JPEG_WAVES;
    off <= 1 || off == JPEG_WAVES - 1
}

/// Median power of all directions, by the number of waves.
fn usual_power(power: &[f32]) -> Vec<f32> {
    let mut rings: Vec<Vec<f32>> = vec![Vec::new(); SIDE];
    for v in 0..SIDE {
        for u in 0..=SIDE / 2 {
            rings[radius(u, v) as usize].push(power[v * SIDE + u]);
        }
    }
    rings
        .into_iter()
        .map(|ring| median(ring.into_iter()).max(ROUNDING))
        .collect()
}

/// Median power in the same row and in the same column of the spectrum, close by: a straight edge or a streak fills one of
/// them, a pattern is a point.
fn beside(power: &[f32], u: usize, v: usize) -> f32 {
    const NEAR: [isize; 6] = [-6, -5, -4, 4, 5, 6];
    let turned = |at: usize, by: isize| at.wrapping_add_signed(by) % SIDE;
    // The other half of the plane mirrors this one.
    let at = |u: usize, v: usize| {
        let (u, v) = if u > SIDE / 2 {
            (SIDE - u, (SIDE - v) % SIDE)
        } else {
            (u, v)
        };
        power[v * SIDE + u]
    };
    let row = median(NEAR.into_iter().map(|by| at(turned(u, by), v)));
    let column = median(NEAR.into_iter().map(|by| at(u, turned(v, by))));
    row.max(column)
}

fn median(values: impl Iterator<Item = f32>) -> f32 {
    let mut values: Vec<f32> = values.collect();
    if values.is_empty() {
        return 0.0;
    }
    let middle = values.len() / 2;
    *values.select_nth_unstable_by(middle, f32::total_cmp).1
}

/// Power spectra of two real parts by one complex transform.
fn two_powers(first: &[f32], second: Option<&Vec<f32>>) -> Vec<Vec<f32>> {
    let mut values: Vec<[f32; 2]> = (0..SIDE * SIDE)
        .map(|k| [first[k], second.map_or(0.0, |second| second[k])])
        .collect();
    for row in values.chunks_exact_mut(SIDE) {
        transform(row);
    }
    let mut column = [[0.0; 2]; SIDE];
    for u in 0..SIDE {
        for v in 0..SIDE {
            column[v] = values[v * SIDE + u];
        }
        transform(&mut column);
        for v in 0..SIDE {
            values[v * SIDE + u] = column[v];
        }
    }
    let (mut one, mut two) = (vec![0.0; SIDE * SIDE], vec![0.0; SIDE * SIDE]);
    for v in 0..SIDE {
        for u in 0..SIDE {
            let [a, b] = values[v * SIDE + u];
            // The spectrum of a real part is its own mirror image, conjugated.
            let [c, d] = values[(SIDE - v) % SIDE * SIDE + (SIDE - u) % SIDE];
            one[v * SIDE + u] = ((a + c).powi(2) + (b - d).powi(2)) / 4.0;
            two[v * SIDE + u] = ((b + d).powi(2) + (c - a).powi(2)) / 4.0;
        }
    }
    if second.is_some() { vec![one, two] } else { vec![one] }
}

/// Fourier transform of a row in place, by halving.
fn transform(row: &mut [[f32; 2]]) {
    static TURNS: LazyLock<[[f32; 2]; SIDE / 2]> = LazyLock::new(|| {
        std::array::from_fn(|k| {
            let (sin, cos) = (-TAU * k as f32 / SIDE as f32).sin_cos();
            [cos, sin]
        })
    });
    let bits = SIDE.trailing_zeros();
    for k in 0..SIDE {
        let turned = k.reverse_bits() >> (usize::BITS - bits);
        if turned > k {
            row.swap(k, turned);
        }
    }
    let mut half = 1;
    while half < SIDE {
        for block in row.chunks_exact_mut(2 * half) {
            let (low, high) = block.split_at_mut(half);
            for (k, (a, b)) in low.iter_mut().zip(high).enumerate() {
                let [cos, sin] = TURNS[k * (SIDE / 2 / half)];
                let turned = [b[0] * cos - b[1] * sin, b[0] * sin + b[1] * cos];
                *b = [a[0] - turned[0], a[1] - turned[1]];
                *a = [a[0] + turned[0], a[1] + turned[1]];
            }
        }
        half *= 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Grey with noise, and a pattern of `depth` levels.
    fn drawn(depth: f32, wave: [f32; 2]) -> Picture {
        let mut state = 1u32;
        let mut noise = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) as f32 / 65_536.0 * 6.0 - 3.0
        };
        let rgb = (0..480 * 640)
            .flat_map(|k| {
                let (x, y) = ((k % 480) as f32, (k / 480) as f32);
                let value = 150.0 + noise() + depth * (TAU * (x * wave[0] + y * wave[1])).sin();
                [value as u8; 3]
            })
            .collect();
        Picture {
            width: 480,
            height: 640,
            rgb,
        }
    }

    #[test]
    fn a_faint_pattern_stands_out_of_the_noise() {
        let plain = peak(&drawn(0.0, [0.0; 2])).unwrap();
        let waved = peak(&drawn(1.5, [0.13, 0.05])).unwrap();
        assert!(plain.decibels < 6.0, "{}", plain.decibels);
        assert!(waved.decibels > 15.0, "{}", waved.decibels);
        assert!(
            (waved.period_px - 1.0 / 0.13f64.hypot(0.05)).abs() < 0.5,
            "{}",
            waved.period_px
        );
    }

    #[test]
    fn what_repeats_every_eight_pixels_is_the_file_format_s() {
        let blocks = peak(&drawn(4.0, [0.125, 0.0])).unwrap();
        assert!(blocks.decibels < 6.0, "{}", blocks.decibels);
    }

    #[test]
    fn a_small_picture_says_nothing() {
        let rgb = vec![120; 8 * 8 * 3];
        assert!(
            peak(&Picture {
                width: 8,
                height: 8,
                rgb
            })
            .is_none()
        );
    }
}
