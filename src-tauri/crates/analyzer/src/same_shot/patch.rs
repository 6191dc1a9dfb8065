//! A face read out of a photo in one size, upright, in one tone: what the fingerprint and the movement start from.

use std::f32::consts::PI;

use crate::picture::{Pyramid, Square};

/// The patch is read this much finer and averaged, so that no pixel is skipped.
const FINER: usize = 2;
/// Tones by rank, raised to this: ranks alone would stretch the many near tones of the skin and with them the noise.
const TONE: f32 = 0.35;

/// A square of samples about a face.
pub struct Grid {
    pub side: usize,
    /// Samples in one distance between the eyes.
    pub unit: f32,
    /// Where the middle between the eyes lies, in samples.
    pub eyes: [f32; 2],
}

impl Grid {
    /// Each sample's place from between the eyes, in distances between them.
    pub fn places(&self) -> impl Iterator<Item = [f32; 2]> {
        let middle = |at: usize| [at % self.side, at / self.side].map(|k| k as f32 + 0.5);
        let from_eyes = |[x, y]: [f32; 2]| [(x - self.eyes[0]) / self.unit, (y - self.eyes[1]) / self.unit];
        (0..self.side * self.side).map(move |at| from_eyes(middle(at)))
    }
}

/// How a face lies in its picture.
#[derive(Clone, Copy, Debug)]
pub struct Pose {
    /// Middle between the eyes, pixels of the picture.
    pub middle: [f32; 2],
    /// The distance between them, pixels.
    pub apart_px: f32,
    pub turn_rad: f32,
}

impl Pose {
    /// `left` and `right`: centres of the irises in pixels of the working picture.
    pub fn of([left, right]: [[f32; 2]; 2]) -> Self {
        let [x, y] = [right[0] - left[0], right[1] - left[1]];
        Self {
            middle: [(left[0] + right[0]) / 2.0, (left[1] + right[1]) / 2.0],
            apart_px: x.hypot(y),
            turn_rad: y.atan2(x),
        }
    }

    /// Luma (ITU-R BT.601), 0 … 255, the eyes level and where the grid wants them.
    pub fn read(&self, grid: &Grid, pyramid: &Pyramid) -> Vec<f32> {
        // Eyes on one spot are no eyes: any patch will do.
        let sample = (self.apart_px / grid.unit).max(1e-3);
        let side = grid.side;
        let (sin, cos) = self.turn_rad.sin_cos();
        let [u, v] = grid.eyes.map(|k| (side as f32 / 2.0 - k) * sample);
        let square = Square {
            centre: [self.middle[0] + u * cos - v * sin, self.middle[1] + u * sin + v * cos],
            side_px: side as f32 * sample,
            turn_rad: self.turn_rad,
            mirrored: false,
        };
        let fine = side * FINER;
        let planes = pyramid.crop(&square, fine, fine);
        let (red, rest) = planes.split_at(fine * fine);
        let (green, blue) = rest.split_at(fine * fine);
        let mut patch = vec![0.0; side * side];
        const SHARE: f32 = 255.0 / (FINER * FINER) as f32;
        for (at, ((r, g), b)) in red.iter().zip(green).zip(blue).enumerate() {
            patch[at / fine / FINER * side + at % fine / FINER] += SHARE * (0.299 * r + 0.587 * g + 0.114 * b);
        }
        patch
    }
}

/// Share of a place that belongs to the face: an egg from the brows to the chin that stays within the cheeks of narrow
/// faces, soft at its edge. From between the eyes, in distances between them.
pub fn inside([x, y]: [f32; 2]) -> f32 {
    let down = y - 0.47;
    let half = 0.84 - if down > 0.0 { 0.16 } else { -0.02 } * down;
    let out = (x / half).hypot(down / 1.25);
    0.5 + 0.5 * (PI * ((out - 0.7) / 0.3).clamp(0.0, 1.0)).cos()
}

/// Every tone by the share of the face that is darker: no brightness, contrast or gamma changes that. `face`: how much
/// each sample belongs to it.
pub fn even_tone(patch: &[f32], face: &[f32]) -> Vec<f32> {
    let mut count = [0.0f32; 257];
    for (tone, share) in patch.iter().zip(face).filter(|(_, share)| **share > 0.0) {
        let tone = tone.clamp(0.0, 255.0);
        let (low, part) = (tone as usize, tone.fract());
        count[low] += share * (1.0 - part);
        count[low + 1] += share * part;
    }
    let all: f32 = count.iter().sum();
    let mut below = 0.0;
    let curve = count.map(|here| {
        let rank = (below + here / 2.0) / all;
        below += here;
        255.0 * rank.powf(TONE)
    });
    patch
        .iter()
        .map(|tone| {
            let tone = tone.clamp(0.0, 255.0);
            let (low, part) = (tone as usize, tone.fract());
            curve[low] + (curve[(low + 1).min(255)] - curve[low]) * part
        })
        .collect()
}

/// A Gaussian blur of square patches, the edge going on outside.
pub struct Blur {
    weights: Vec<f32>,
}

impl Blur {
    /// Deviation in samples.
    pub fn new(deviation: f32) -> Self {
        let reach = (3.0 * deviation).ceil() as i32;
        let weights: Vec<f32> = (-reach..=reach)
            .map(|k| (-0.5 * (k as f32 / deviation).powi(2)).exp())
            .collect();
        let sum: f32 = weights.iter().sum();
        Self {
            weights: weights.iter().map(|weight| weight / sum).collect(),
        }
    }

    pub fn over(&self, patch: &[f32]) -> Vec<f32> {
        let side = patch.len().isqrt();
        let reach = self.weights.len() / 2;
        let mut wide = vec![0.0; side + 2 * reach];
        let mut across = vec![0.0; side * side];
        for (row, out) in patch.chunks_exact(side).zip(across.chunks_exact_mut(side)) {
            wide[..reach].fill(row[0]);
            wide[reach..][..side].copy_from_slice(row);
            wide[reach + side..].fill(row[side - 1]);
            for (k, weight) in self.weights.iter().enumerate() {
                for (sum, value) in out.iter_mut().zip(&wide[k..]) {
                    *sum += weight * value;
                }
            }
        }
        let mut both = vec![0.0; side * side];
        for (y, out) in both.chunks_exact_mut(side).enumerate() {
            for (k, weight) in self.weights.iter().enumerate() {
                let from = (y + k).saturating_sub(reach).min(side - 1);
                for (sum, value) in out.iter_mut().zip(&across[from * side..]) {
                    *sum += weight * value;
                }
            }
        }
        both
    }
}
