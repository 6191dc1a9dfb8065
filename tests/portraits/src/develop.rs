//! From light on the fine grid to the photo: backdrop, lens, tone curve, sensor noise.

use crate::clutter;
use crate::frame::{FINE, Frame};
use crate::math::{Rng, V3, decode, encode, mix, v3};
use crate::sitter::Sitter;
use image::{Rgb, RgbImage};

/// Light that contrast leaves alone, and the contrast's exponent.
const PIVOT: f32 = 0.42;
const CONTRAST: f32 = 1.10;
/// Above this, highlights roll off.
const SHOULDER: f32 = 0.62;
/// The light that just becomes white.
const WHITE: f32 = 1.55;

/// Light to reproduced light: straight below, a soft shoulder above.
fn tone(x: f32) -> f32 {
    let x = PIVOT * (x.max(0.0) / PIVOT).powf(CONTRAST);
    if x <= SHOULDER {
        return x;
    }
    let u = ((x - SHOULDER) / (WHITE - SHOULDER)).min(1.0);
    let slope = (WHITE - SHOULDER) / (1.0 - SHOULDER);
    // Starts with slope 1 and ends flat at white.
    SHOULDER + (1.0 - SHOULDER) * (1.0 - (1.0 - u).powf(slope))
}

/// The light that the tone curve turns into `y`.
fn untone(y: f32) -> f32 {
    PIVOT * (unroll(y) / PIVOT).powf(1.0 / CONTRAST)
}

fn unroll(y: f32) -> f32 {
    if y <= SHOULDER {
        return y;
    }
    let slope = (WHITE - SHOULDER) / (1.0 - SHOULDER);
    let u = 1.0 - (1.0 - (y - SHOULDER) / (1.0 - SHOULDER)).max(0.0).powf(1.0 / slope);
    SHOULDER + u * (WHITE - SHOULDER)
}

/// The tone of a veil over the lens, of full scale.
const VEIL: f32 = 0.62;

/// The light that becomes this 8-bit colour.
fn light_of(colour: [u8; 3]) -> V3 {
    let [r, g, b] = colour.map(|v| untone(decode(v as f32 / 255.0)));
    v3(r, g, b)
}

/// Lays the sitter before the backdrop; the shadow falls away from the main light. `behind`: somebody farther back.
/// Answers the share of the picture where people or things are seen behind the sitter.
pub fn backdrop(frame: &mut Frame, s: &Sitter, scale: f32, behind: Option<&Frame>) -> f32 {
    let b = &s.background;
    let plain = light_of(b.colour);
    let mut clutter = 0.0;
    let (w, h) = (frame.width, frame.height);
    let shadow = (b.shadow > 0.0).then(|| blurred_shadow(frame, s.light.side, scale));
    for y in 0..h {
        for x in 0..w {
            let i = y * w + x;
            let (u, v) = (x as f32 / w as f32, y as f32 / h as f32);
            let across = if s.light.side < 0.0 { u } else { 1.0 - u };
            let mut c = plain * (1.0 - b.gradient * (0.55 * v + 0.45 * across));
            if let Some((small, sw, step)) = &shadow {
                let k = (y / step) * sw + x / step;
                c = c * (1.0 - b.shadow * small[k]);
            }
            let mut seen = 0.0f32;
            for thing in &b.things {
                if let Some(light) = clutter::light_at(thing, [u, v * h as f32 / w as f32], light_of) {
                    c = c.lerp(light, thing.opacity);
                    seen = 1.0;
                }
            }
            if let Some(other) = behind {
                c = c.lerp(other.colour[i], other.cover[i]);
                seen = seen.max(other.cover[i]);
            }
            clutter += seen * (1.0 - frame.cover[i]);
            frame.colour[i] = c.lerp(frame.colour[i], frame.cover[i]);
        }
    }
    clutter / (w * h) as f32
}

fn blurred_shadow(frame: &Frame, side: f32, scale: f32) -> (Vec<f32>, usize, usize) {
    let step = 4;
    let (w, h) = (frame.width / step + 1, frame.height / step + 1);
    let (dx, dy) = (-side * 0.50 * scale, 0.12 * scale);
    let at = |x: usize, y: usize| {
        let (u, v) = ((x * step) as f32 - dx, (y * step) as f32 - dy);
        let inside = u >= 0.0 && v >= 0.0 && u < frame.width as f32;
        if inside {
            frame.cover[(v as usize).min(frame.height - 1) * frame.width + u as usize]
        } else {
            0.0
        }
    };
    let raw: Vec<f32> = (0..w * h).map(|i| at(i % w, i / w)).collect();
    let r = (0.10 * scale / step as f32) as usize + 1;
    let soft = (0..3).fold(raw, |a, _| box_blur(&a, w, h, r));
    (soft, w, step)
}

fn box_blur(of: &[f32], w: usize, h: usize, r: usize) -> Vec<f32> {
    let pass = |of: &[f32], n: usize, m: usize, across: usize, along: usize| {
        let mut out = of.to_vec();
        for i in 0..n {
            let at = |k: isize| of[i * across + k.clamp(0, m as isize - 1) as usize * along];
            let r = r as isize;
            let mut sum: f32 = (-r..=r).map(at).sum();
            for k in 0..m as isize {
                out[i * across + k as usize * along] = sum / (2 * r + 1) as f32;
                sum += at(k + r + 1) - at(k - r);
            }
        }
        out
    };
    pass(&pass(of, h, w, w, 1), w, h, 1, w)
}

/// A smooth function on 0..`end`, looked up.
struct Table {
    values: Vec<f32>,
    per_step: f32,
}

impl Table {
    const STEPS: usize = 8192;

    fn of(f: impl Fn(f32) -> f32, end: f32) -> Table {
        let at = |i: usize| f(i as f32 / Table::STEPS as f32 * end);
        Table {
            values: (0..=Table::STEPS + 1).map(at).collect(),
            per_step: Table::STEPS as f32 / end,
        }
    }

    fn at(&self, v: f32) -> f32 {
        let x = (v * self.per_step).clamp(0.0, Table::STEPS as f32);
        let k = x as usize;
        mix(self.values[k], self.values[k + 1], x - k as f32)
    }
}

/// The finished picture.
pub fn picture(frame: &Frame, s: &Sitter) -> RgbImage {
    let (w, h) = (frame.width / FINE, frame.height / FINE);
    let cast = v3(s.camera.cast[0], s.camera.cast[1], s.camera.cast[2]);
    let mut light = vec![V3::default(); w * h];
    for (i, l) in light.iter_mut().enumerate() {
        let (x, y) = (i % w * FINE, i / w * FINE);
        for j in 0..FINE {
            for k in 0..FINE {
                *l += frame.colour[(y + j) * frame.width + x + k].map(|v| v.min(2.5));
            }
        }
        *l = *l * (s.camera.exposure / (FINE * FINE) as f32) * cast;
    }
    let (tone, encode) = (
        Table::of(tone, 2.5 * s.camera.exposure.max(1.0) * 1.5),
        Table::of(encode, 1.0),
    );
    let toned: Vec<V3> = light.into_iter().map(|c| c.map(|v| tone.at(v))).collect();
    let soft = gauss(toned, w, h, s.camera.blur_px);
    let soft = smear(soft, w, h, s.camera.motion_px, s.camera.motion_deg);
    let veil = s.camera.veil;
    let mut r = Rng::new(s.seed, 41 ^ s.shot << 8);
    let mut image = RgbImage::new(w as u32, h as u32);
    for (pixel, c) in image.pixels_mut().zip(soft) {
        let mut c = c.map(|v| encode.at(v));
        if veil > 0.0 {
            c = c.map(|v| mix(v, VEIL, veil));
        }
        // Shadows are noisier; the three channels share most of it.
        let level = s.camera.noise * mix(1.25, 0.75, c.y.clamp(0.0, 1.0));
        let shared = r.normal() * level;
        let mut channel = |v: f32| {
            ((v + shared + r.normal() * level * 0.5) * 255.0)
                .round()
                .clamp(0.0, 255.0) as u8
        };
        *pixel = Rgb([channel(c.x), channel(c.y), channel(c.z)]);
    }
    image
}

fn gauss(of: Vec<V3>, w: usize, h: usize, sigma: f32) -> Vec<V3> {
    if sigma < 0.05 {
        return of;
    }
    let r = (sigma * 3.0).ceil() as isize;
    let weights: Vec<f32> = (-r..=r).map(|k| (-0.5 * (k as f32 / sigma).powi(2)).exp()).collect();
    let total: f32 = weights.iter().sum();
    let pass = |of: &[V3], horizontal: bool| -> Vec<V3> {
        (0..w * h)
            .map(|i| {
                let (x, y) = ((i % w) as isize, (i / w) as isize);
                let mut sum = V3::default();
                for (k, weight) in weights.iter().enumerate() {
                    let d = k as isize - r;
                    let j = if horizontal {
                        y * w as isize + (x + d).clamp(0, w as isize - 1)
                    } else {
                        (y + d).clamp(0, h as isize - 1) * w as isize + x
                    };
                    sum += of[j as usize] * *weight;
                }
                sum * (1.0 / total)
            })
            .collect()
    };
    pass(&pass(&of, true), false)
}

/// Blurred by boxes to about this standard deviation.
pub fn blurred(of: &[f32], w: usize, h: usize, sigma: f32) -> Vec<f32> {
    let r = sigma.round() as usize;
    if r == 0 {
        return of.to_vec();
    }
    (0..3).fold(of.to_vec(), |a, _| box_blur(&a, w, h, r))
}

/// The picture moves evenly along a straight line while the shutter is open.
fn smear(of: Vec<V3>, w: usize, h: usize, length: f32, deg: f32) -> Vec<V3> {
    if length < 0.05 {
        return of;
    }
    let (sin, cos) = deg.to_radians().sin_cos();
    let steps = (length * 2.0).ceil() as usize + 1;
    let at = |x: f32, y: f32| {
        let (x, y) = (x.clamp(0.0, (w - 1) as f32), y.clamp(0.0, (h - 1) as f32));
        let (i, j) = (x as usize, y as usize);
        let (k, l) = ((i + 1).min(w - 1), (j + 1).min(h - 1));
        let row = |j: usize| of[j * w + i].lerp(of[j * w + k], x - i as f32);
        row(j).lerp(row(l), y - j as f32)
    };
    (0..w * h)
        .map(|i| {
            let sum = (0..steps).fold(V3::default(), |sum, k| {
                let along = (k as f32 / (steps - 1) as f32 - 0.5) * length;
                sum + at((i % w) as f32 + along * cos, (i / w) as f32 + along * sin)
            });
            sum * (1.0 / steps as f32)
        })
        .collect()
}

/// Per picture pixel: the share that the sitter covers.
pub fn cover(frame: &Frame) -> Vec<f32> {
    let (w, h) = (frame.width / FINE, frame.height / FINE);
    (0..w * h)
        .map(|i| {
            let (x, y) = (i % w * FINE, i / w * FINE);
            let sum: f32 = (0..FINE * FINE)
                .map(|k| frame.cover[(y + k / FINE) * frame.width + x + k % FINE])
                .sum();
            sum / (FINE * FINE) as f32
        })
        .collect()
}

/// Per picture pixel: 255 where the sitter covers at least half.
pub fn silhouette(cover: &[f32]) -> Vec<u8> {
    cover.iter().map(|c| if *c >= 0.5 { 255 } else { 0 }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tone_curve_can_be_undone() {
        for i in 0..=255 {
            let y = i as f32 / 255.0;
            assert!((tone(untone(y)) - y).abs() < 1e-3, "{y}");
        }
    }
}
