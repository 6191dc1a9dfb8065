//! What happens to a photo after it was taken: the background is exchanged, it is photographed again from a screen or
//! a print, turned. Letters and frames: `lettering`. Must not live here: anything of the sitting itself.

use crate::develop::blurred;
use crate::lettering;
use crate::math::{V3, decode, encode, mix, noise, smooth, v3};
use crate::portrait::Truth;
use crate::sitter::{Afterwards, CutOut, Print, Screen};
use image::{Rgb, RgbImage, imageops};
use std::f32::consts::{FRAC_1_SQRT_2, TAU};

/// Everything but the cut-out, which needs the sitter's matte, in the order in which it happens.
pub fn all(mut picture: RgbImage, truth: &mut Truth, after: &Afterwards, seed: u64) -> RgbImage {
    if let Some(border) = &after.border {
        lettering::frame(&mut picture, border);
    }
    for text in &after.texts {
        lettering::write(&mut picture, text);
    }
    if let Some(screen) = &after.screen {
        picture = from_screen(&picture, screen);
        let back = Turned::about(&picture, -screen.turn_deg);
        truth.place(|at| back.from(at));
    }
    if let Some(print) = &after.print {
        let (taken, to) = from_print(&picture, print, seed);
        picture = taken;
        truth.place(to);
    }
    for _ in 0..after.quarter_turns % 4 {
        let height = picture.height() as f32;
        picture = imageops::rotate90(&picture);
        truth.place(|[x, y]| [height - 1.0 - y, x]);
        truth.roll_deg += 90.0;
    }
    picture
}

/// The sitter cut out of `picture` along a bad matte and laid on a flat colour. `cover`: share of each pixel that the
/// sitter covers.
pub fn cut_out(picture: &mut RgbImage, cover: &[f32], cut: &CutOut, colour: [u8; 3], seed: u64) {
    let (w, h) = (picture.width() as usize, picture.height() as usize);
    let matte = blurred(cover, w, h, cut.rounded_px);
    let inside: Vec<bool> = matte.iter().map(|m| *m >= 0.5).collect();
    const REACH: isize = 9;
    let signed = |x: usize, y: usize| {
        let own = inside[y * w + x];
        let mut nearest = REACH as f32 + 1.0;
        for dy in -REACH..=REACH {
            for dx in -REACH..=REACH {
                let (u, v) = (x as isize + dx, y as isize + dy);
                if u >= 0
                    && v >= 0
                    && (u as usize) < w
                    && (v as usize) < h
                    && inside[v as usize * w + u as usize] != own
                {
                    nearest = nearest.min((dx as f32).hypot(dy as f32));
                }
            }
        }
        if own { nearest - 0.5 } else { 0.5 - nearest }
    };
    let lumps = (seed % 89) as f32;
    for y in 0..h {
        for x in 0..w {
            let ragged = cut.ragged_px * noise(v3(x as f32 / 7.0, y as f32 / 7.0, lumps));
            let edge = signed(x, y) + cut.grown_px + ragged;
            let alpha = if cut.soft_px > 0.0 {
                (edge / cut.soft_px + 0.5).clamp(0.0, 1.0)
            } else {
                edge.ceil().clamp(0.0, 1.0)
            };
            let pixel = picture.get_pixel_mut(x as u32, y as u32);
            for (value, plain) in pixel.0.iter_mut().zip(colour) {
                *value = mix(f32::from(plain), f32::from(*value), alpha).round() as u8;
            }
        }
    }
}

/// A turn about the picture's middle.
struct Turned {
    middle: [f32; 2],
    sin: f32,
    cos: f32,
}

impl Turned {
    fn about(picture: &RgbImage, degrees: f32) -> Turned {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let middle = [picture.width(), picture.height()].map(|side| side as f32 / 2.0 - 0.5);
        Turned { middle, sin, cos }
    }

    fn from(&self, [x, y]: [f32; 2]) -> [f32; 2] {
        let (x, y) = (x - self.middle[0], y - self.middle[1]);
        [
            self.middle[0] + x * self.cos - y * self.sin,
            self.middle[1] + x * self.sin + y * self.cos,
        ]
    }
}

/// Linear light between pixel middles; the edge goes on.
fn light_at(picture: &RgbImage, [x, y]: [f32; 2]) -> V3 {
    let (w, h) = (picture.width(), picture.height());
    let (x, y) = (x.clamp(0.0, w as f32 - 1.0), y.clamp(0.0, h as f32 - 1.0));
    let (i, j) = (x as u32, y as u32);
    let at = |i: u32, j: u32| {
        let [r, g, b] = picture
            .get_pixel(i.min(w - 1), j.min(h - 1))
            .0
            .map(|v| decode(f32::from(v) / 255.0));
        v3(r, g, b)
    };
    let (fx, fy) = (x - i as f32, y - j as f32);
    at(i, j)
        .lerp(at(i + 1, j), fx)
        .lerp(at(i, j + 1).lerp(at(i + 1, j + 1), fx), fy)
}

fn eight_bit(light: V3) -> Rgb<u8> {
    Rgb(light
        .map(|v| encode(v.clamp(0.0, 1.0)) * 255.0 + 0.5)
        .array()
        .map(|v| v as u8))
}

/// A display of red, green and blue bars, photographed so that `pitch` of its pixels fall on one of the photo's: near
/// one they beat with the sensor's grid, far below one the grid itself is seen.
fn from_screen(of: &RgbImage, screen: &Screen) -> RgbImage {
    /// Samples along each side of a sensor pixel.
    const FINE: usize = 5;
    let turn = Turned::about(of, screen.turn_deg);
    let mut taken = RgbImage::new(of.width(), of.height());
    for (x, y, pixel) in taken.enumerate_pixels_mut() {
        let mut seen = V3::default();
        let mut middle = [0.0; 2];
        for k in 0..FINE * FINE {
            let part = |k: usize| (k as f32 + 0.5) / FINE as f32 - 0.5;
            let at = turn.from([x as f32 + part(k % FINE), y as f32 + part(k / FINE)]);
            middle = [middle[0] + at[0], middle[1] + at[1]];
            let [u, v] = at.map(|c| (c * screen.pitch).rem_euclid(1.0));
            let row = if v < 0.84 { 1.0 / 0.84 } else { 0.0 };
            let bar = |c: f32| {
                if (u - (2.0 * c + 1.0) / 6.0).abs() < 0.145 {
                    1.0 / 0.29
                } else {
                    0.0
                }
            };
            seen += v3(bar(0.0), bar(1.0), bar(2.0)) * row;
        }
        let count = (FINE * FINE) as f32;
        let shown = light_at(of, middle.map(|c| c / count));
        let lit = v3(1.0, 1.0, 1.0).lerp(seen * (1.0 / count), screen.depth);
        *pixel = eight_bit(shown * lit * v3(0.97, 1.0, 1.06));
    }
    taken
}

/// A print with its white edge, lying on a table: where it lies, its halftone dots, a lamp's glare. With the place in
/// the new photo of a place in the old one.
fn from_print(of: &RgbImage, print: &Print, seed: u64) -> (RgbImage, impl Fn([f32; 2]) -> [f32; 2] + use<>) {
    let (w, h) = (of.width() as f32, of.height() as f32);
    let turn = Turned::about(of, -print.turn_deg);
    let back = Turned::about(of, print.turn_deg);
    let (scale, keystone) = (print.scale, print.keystone);
    let middle = turn.middle;
    // The far end of the print is smaller.
    let narrow = move |y: f32| scale * (1.0 + keystone * (y - middle[1]) / h);
    let seed = (seed % 83) as f32;
    let edge = print.paper * w;
    let mut taken = RgbImage::new(of.width(), of.height());
    for (x, y, pixel) in taken.enumerate_pixels_mut() {
        let [x, y] = turn.from([x as f32, y as f32]);
        let k = narrow(y);
        let at = [middle[0] + (x - middle[0]) / k, middle[1] + (y - middle[1]) / scale];
        let beyond = (-at[0]).max(at[0] - w).max(-at[1]).max(at[1] - h);
        let glare = print.glare * {
            let [dx, dy] = [(x / w - print.glare_at[0]) / 0.30, (y / h - print.glare_at[1]) / 0.16];
            (-(dx * dx + dy * dy)).exp()
        };
        let light = if beyond < 0.0 {
            let own = light_at(of, at);
            let wave = TAU / print.dots_px;
            let (u, v) = ((x + y) * FRAC_1_SQRT_2 * wave, (x - y) * FRAC_1_SQRT_2 * wave);
            let dots = print.depth * 0.5 * (u.cos() + v.cos());
            // Full in the middle tones, nothing on bare paper and in the blackest black.
            own.map(|v| v * (1.0 + dots * (1.0 - v)))
        } else if beyond < edge {
            v3(0.86, 0.86, 0.84) * (1.0 + 0.01 * noise(v3(x / 9.0, y / 9.0, seed)))
        } else {
            let grain = noise(v3(
                x / 60.0 + 4.0 * noise(v3(x / 160.0, y / 160.0, seed)),
                y / 3.0,
                seed,
            ));
            let shadow = 1.0 - 0.35 * smooth(edge + 9.0, edge, beyond);
            v3(0.24, 0.14, 0.08) * (1.0 + 0.22 * grain) * shadow
        };
        *pixel = eight_bit(light.lerp(v3(1.0, 1.0, 1.0), glare));
    }
    let to = move |[x, y]: [f32; 2]| {
        let y = middle[1] + (y - middle[1]) * scale;
        back.from([middle[0] + (x - middle[0]) * narrow(y), y])
    };
    (taken, to)
}
