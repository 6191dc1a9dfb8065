//! Pixels in memory: the upright working picture, its halves, and square crops of it for the graphs.
//! Positions are continuous: a pixel (i, j) covers i … i + 1, j … j + 1. Must not live here: what a pixel means.

use crate::report::{Point, Rect};
use crate::wide::wide;

/// The longer side of a working picture is at most this; a larger photo is averaged down once.
const WORKING_SIDE_PX: usize = 1600;

/// How the decoder lays out a pixel: channels of 1 or 2 bytes (2: native order). Two and four channels end with alpha.
#[derive(Clone, Copy, Debug)]
pub struct Samples {
    pub channels: usize,
    pub bytes: usize,
}

impl Samples {
    /// Brightness of a stored pixel, 0 … 255: green, which nearly makes it, or grey.
    pub fn luma(self, buffer: &[u8], pixel: usize) -> u8 {
        let at = (pixel * self.channels + usize::from(self.channels > 2)) * self.bytes;
        // Of two bytes the higher one.
        let high = if cfg!(target_endian = "little") {
            self.bytes - 1
        } else {
            0
        };
        buffer.get(at + high).copied().unwrap_or(0)
    }
}

/// sRGB, three bytes a pixel.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pub rgb: Vec<u8>,
}

impl Picture {
    /// The picture averaged down by the returned whole factor so that it fits the working size. Transparency lies on white.
    pub fn shrunk(buffer: Vec<u8>, width: usize, height: usize, samples: Samples) -> (Self, usize) {
        let factor = width.max(height).div_ceil(WORKING_SIDE_PX);
        if factor == 1 && samples.channels == 3 && samples.bytes == 1 {
            return (
                Self {
                    width,
                    height,
                    rgb: buffer,
                },
                1,
            );
        }
        let (small_width, small_height) = (width.div_ceil(factor), height.div_ceil(factor));
        if samples.channels == 3 && samples.bytes == 1 {
            let rgb = averaged(&buffer, width, factor);
            return (
                Self {
                    width: small_width,
                    height: small_height,
                    rgb,
                },
                factor,
            );
        }
        let step = samples.channels * samples.bytes;
        let mut rgb = Vec::with_capacity(small_width * small_height * 3);
        let mut sums = vec![[0u32; 4]; small_width];
        for rows in buffer.chunks(width * step * factor) {
            sums.fill([0; 4]);
            for row in rows.chunks_exact(width * step) {
                for (block, sum) in row.chunks(step * factor).zip(&mut sums) {
                    for pixel in block.chunks_exact(step) {
                        let [r, g, b] = rgb_of(pixel, samples);
                        *sum = [sum[0] + r, sum[1] + g, sum[2] + b, sum[3] + 1];
                    }
                }
            }
            for [r, g, b, count] in &sums {
                rgb.extend([r, g, b].map(|sum| ((sum + count / 2) / (*count).max(1)) as u8));
            }
        }
        (
            Self {
                width: small_width,
                height: small_height,
                rgb,
            },
            factor,
        )
    }

    /// Turned and mirrored as an EXIF orientation (1 to 8) asks.
    pub fn upright(self, orientation: u8) -> Self {
        if !(2..=8).contains(&orientation) {
            return self;
        }
        let (w, h) = (self.width, self.height);
        let (width, height) = if orientation >= 5 { (h, w) } else { (w, h) };
        let mut rgb = Vec::with_capacity(self.rgb.len());
        for y in 0..height {
            for x in 0..width {
                let (from_x, from_y) = match orientation {
                    2 => (w - 1 - x, y),
                    3 => (w - 1 - x, h - 1 - y),
                    4 => (x, h - 1 - y),
                    5 => (y, x),
                    6 => (y, h - 1 - x),
                    7 => (w - 1 - y, h - 1 - x),
                    _ => (w - 1 - y, x),
                };
                let at = (from_y * w + from_x) * 3;
                rgb.extend_from_slice(&self.rgb[at..at + 3]);
            }
        }
        Self { width, height, rgb }
    }

    /// Mean of 2 × 2 pixels; an odd last row or column is dropped. `None` where nothing would be left.
    pub fn half(&self) -> Option<Self> {
        let (width, height) = (self.width / 2, self.height / 2);
        if width == 0 || height == 0 {
            return None;
        }
        let mut rgb = vec![0; width * height * 3];
        let pairs = self.rgb.chunks_exact(2 * self.width * 3);
        for (rows, out) in pairs.zip(rgb.chunks_exact_mut(width * 3)) {
            let (upper, lower) = rows.split_at(self.width * 3);
            let blocks = upper.chunks_exact(6).zip(lower.chunks_exact(6));
            for ((a, b), out) in blocks.zip(out.chunks_exact_mut(3)) {
                for c in 0..3 {
                    let sum = u16::from(a[c]) + u16::from(a[c + 3]) + u16::from(b[c]) + u16::from(b[c + 3]);
                    out[c] = ((sum + 2) / 4) as u8;
                }
            }
        }
        Some(Self { width, height, rgb })
    }

    /// Between pixel centres, clamped at the edges. Of a picture of at least 2 × 2.
    #[inline(always)]
    fn bilinear(&self, x: f32, y: f32) -> [f32; 3] {
        self.mixed(between(x, self.width), between(y, self.height))
    }

    /// The same between the columns and rows that [`between`] tells.
    #[inline(always)]
    fn mixed(&self, (x, fx): (usize, f32), (y, fy): (usize, f32)) -> [f32; 3] {
        let row = self.width * 3;
        let at = y * row + x * 3;
        let (upper, lower) = (&self.rgb[at..at + 6], &self.rgb[at + row..at + row + 6]);
        std::array::from_fn(|k| {
            let [a, b, c, d] = [upper[k], upper[k + 3], lower[k], lower[k + 3]].map(f32::from);
            let upper = a + (b - a) * fx;
            let lower = c + (d - c) * fx;
            upper + (lower - upper) * fy
        })
    }

    /// The same with its last row and column twice where there is but one.
    fn doubled(self) -> Self {
        let (width, height) = (self.width, self.height);
        if width.min(height) > 1 {
            return self;
        }
        let row = |y: usize| &self.rgb[y * width * 3..][..width * 3];
        let wide = (0..height.max(2)).flat_map(|y| {
            let row = row(y.min(height - 1));
            let again = if width == 1 { row } else { &[] };
            row.iter().chain(again).copied()
        });
        Self {
            rgb: wide.collect(),
            width: width.max(2),
            height: height.max(2),
        }
    }
}

/// The first of the two pixels whose centres a place lies between, and how far it is from that.
#[inline(always)]
fn between(at: f32, size: usize) -> (usize, f32) {
    let at = (at - 0.5).clamp(0.0, (size - 1) as f32);
    let first = (at as u32 as usize).min(size - 2);
    (first, at - first as f32)
}

/// Means of `factor` × `factor` pixels of three bytes, of fewer at the right and lower edge: rows are added up first.
fn averaged(rgb: &[u8], width: usize, factor: usize) -> Vec<u8> {
    wide(
        #[inline(always)]
        || match factor {
            // Compiled for these by themselves: most large photos are averaged so.
            2 => averaged_by(rgb, width, 2),
            3 => averaged_by(rgb, width, 3),
            _ => averaged_by(rgb, width, factor),
        },
    )
}

#[inline(always)]
fn averaged_by(rgb: &[u8], width: usize, factor: usize) -> Vec<u8> {
    let mean = |sum: u32, count: u32| ((sum + count / 2) / count.max(1)) as u8;
    let whole = (factor * factor) as u32;
    let means: Vec<u8> = (0..=255 * whole).map(|sum| mean(sum, whole)).collect();
    let mut out = Vec::with_capacity(rgb.len().div_ceil(factor * factor) + 3 * width);
    let mut sums = vec![0u16; width * 3];
    // The largest photo is averaged by 13: a sum of so many bytes fits.
    for rows in rgb.chunks(width * 3 * factor) {
        sums.fill(0);
        for row in rows.chunks_exact(width * 3) {
            for (sum, value) in sums.iter_mut().zip(row) {
                *sum += u16::from(*value);
            }
        }
        let count = rows.len() / (width * 3);
        let blocks = sums.chunks_exact(3 * factor);
        let rest = blocks.remainder();
        for block in blocks {
            let sum = added(block);
            if count == factor {
                out.extend(sum.map(|sum| means[sum as usize]));
            } else {
                out.extend(sum.map(|sum| mean(sum, (count * factor) as u32)));
            }
        }
        if !rest.is_empty() {
            out.extend(added(rest).map(|sum| mean(sum, (count * rest.len() / 3) as u32)));
        }
    }
    out
}

/// Pixels of three numbers, added up.
#[inline(always)]
fn added(pixels: &[u16]) -> [u32; 3] {
    let mut sum = [0; 3];
    for pixel in pixels.as_chunks::<3>().0 {
        for k in 0..3 {
            sum[k] += u32::from(pixel[k]);
        }
    }
    sum
}

fn rgb_of(pixel: &[u8], samples: Samples) -> [u32; 3] {
    let value = |channel: usize| -> u32 {
        match samples.bytes {
            1 => pixel[channel].into(),
            _ => u32::from(u16::from_ne_bytes([pixel[2 * channel], pixel[2 * channel + 1]])) / 257,
        }
    };
    let colour = if samples.channels < 3 { [0, 0, 0] } else { [0, 1, 2] }.map(value);
    if samples.channels.is_multiple_of(2) {
        let alpha = value(samples.channels - 1);
        return colour.map(|v| (v * alpha + 255 * (255 - alpha) + 127) / 255);
    }
    colour
}

/// A picture with its halves, quarters, …: a crop that shrinks reads the level that keeps it from skipping pixels.
pub struct Pyramid {
    levels: Vec<Picture>,
}

impl Pyramid {
    pub fn new(base: Picture) -> Self {
        let mut levels = vec![base.doubled()];
        while let Some(next) = levels
            .last()
            .filter(|last| last.width.min(last.height) >= 64)
            .and_then(Picture::half)
        {
            levels.push(next);
        }
        Self { levels }
    }

    pub fn base(&self) -> &Picture {
        &self.levels[0]
    }

    /// The smallest level that is still so wide, and how many times the base is as wide.
    pub fn at_least(&self, width: usize) -> (&Picture, f64) {
        let level = self.levels.iter().rposition(|level| level.width >= width).unwrap_or(0);
        (&self.levels[level], (1u32 << level).into())
    }

    /// The smallest level whose longer side has at least `side_px`.
    pub fn about(&self, side_px: usize) -> &Picture {
        let large = |level: &&Picture| level.width.max(level.height) >= side_px;
        self.levels.iter().rev().find(large).unwrap_or(self.base())
    }

    /// The crop as the graphs want it: planes of red, green and blue, 0 … 1. Outside the picture its edge goes on.
    pub fn crop(&self, square: &Square, width: usize, height: usize) -> Vec<f32> {
        let step = square.side_px / width as f32;
        let level = (step.max(1.0).log2() as usize).min(self.levels.len() - 1);
        let shrink = (1 << level) as f32;
        let picture = &self.levels[level];
        let mut planes = vec![0.0; width * height * 3];
        let (red, rest) = planes.split_at_mut(width * height);
        let (green, blue) = rest.split_at_mut(width * height);
        let place = |x: f32, y: f32| {
            square
                .to_picture(x / width as f32, y / height as f32)
                .map(|v| v / shrink)
        };
        let start = place(0.5, 0.5);
        let [across, down] = [place(1.5, 0.5), place(0.5, 1.5)].map(|[x, y]| [x - start[0], y - start[1]]);
        let rows = red
            .chunks_exact_mut(width)
            .zip(green.chunks_exact_mut(width))
            .zip(blue.chunks_exact_mut(width));
        for (y, ((red, green), blue)) in rows.enumerate() {
            let row = [0, 1].map(|k| start[k] + down[k] * y as f32);
            for (x, ((red, green), blue)) in red.iter_mut().zip(green).zip(blue).enumerate() {
                let x = x as f32;
                [*red, *green, *blue] = picture.bilinear(row[0] + across[0] * x, row[1] + across[1] * x);
            }
        }
        planes.iter_mut().for_each(|value| *value /= 255.0);
        planes
    }

    /// Luma (ITU-R BT.601) of the whole picture at about `width` × `height` pixels.
    pub fn grey(&self, width: usize, height: usize) -> Vec<u8> {
        let base = self.base();
        let (step_x, step_y) = (base.width as f32 / width as f32, base.height as f32 / height as f32);
        let level = (step_x.min(step_y).max(1.0).log2() as usize).min(self.levels.len() - 1);
        let shrink = (1 << level) as f32;
        let picture = &self.levels[level];
        let mut out = Vec::with_capacity(width * height);
        let place = |at: usize, step: f32, size: usize| between((at as f32 + 0.5) * step / shrink, size);
        let columns: Vec<_> = (0..width).map(|x| place(x, step_x, picture.width)).collect();
        for y in 0..height {
            let row = place(y, step_y, picture.height);
            out.extend(columns.iter().map(|column| {
                let [r, g, b] = picture.mixed(*column, row);
                (0.299 * r + 0.587 * g + 0.114 * b + 0.5) as u8
            }));
        }
        out
    }

    /// The part `rect` (in pixels of the base) at `width` × `height`.
    pub fn part(&self, rect: &Rect, width: usize, height: usize) -> Picture {
        let step = rect.width_px as f32 / width as f32;
        let level = (step.max(1.0).log2().round() as usize).min(self.levels.len() - 1);
        let shrink = (1 << level) as f64;
        let picture = &self.levels[level];
        if [rect.x_px, rect.y_px] == [0.0; 2]
            && [rect.width_px, rect.height_px] == [picture.width, picture.height].map(|side| side as f64 * shrink)
            && [width, height] == [picture.width, picture.height]
        {
            return picture.clone();
        }
        let place = |at: usize, count: usize, from: f64, length: f64, size: usize| {
            between(
                ((from + length * (at as f64 + 0.5) / count as f64) / shrink) as f32,
                size,
            )
        };
        let columns: Vec<_> = (0..width)
            .map(|x| place(x, width, rect.x_px, rect.width_px, picture.width))
            .collect();
        let mut rgb = vec![0; width * height * 3];
        for (y, out) in rgb.chunks_exact_mut(width * 3).enumerate() {
            let row = place(y, height, rect.y_px, rect.height_px, picture.height);
            for (column, out) in columns.iter().zip(out.as_chunks_mut::<3>().0) {
                *out = picture.mixed(*column, row).map(|v| (v + 0.5) as u8);
            }
        }
        Picture { width, height, rgb }
    }
}

/// A square of the picture, perhaps turned (clockwise as seen) and mirrored, that a graph looks at.
#[derive(Clone, Copy, Debug)]
pub struct Square {
    pub centre: [f32; 2],
    pub side_px: f32,
    pub turn_rad: f32,
    pub mirrored: bool,
}

impl Square {
    /// From the square's own coordinates, 0 … 1 across and down, to the picture.
    pub fn to_picture(self, u: f32, v: f32) -> [f32; 2] {
        let u = if self.mirrored { 1.0 - u } else { u };
        let (x, y) = ((u - 0.5) * self.side_px, (v - 0.5) * self.side_px);
        let (sin, cos) = self.turn_rad.sin_cos();
        [self.centre[0] + x * cos - y * sin, self.centre[1] + x * sin + y * cos]
    }
}

pub fn point(at: [f32; 2]) -> Point {
    Point {
        x_px: at[0].into(),
        y_px: at[1].into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_picture_is_averaged_pixel_by_pixel_up_to_its_edges() {
        let (width, height) = (17, 11);
        let rgb: Vec<u8> = (0..width * height * 3).map(|k| (k * k % 251) as u8).collect();
        for factor in [2, 3, 5] {
            let small = averaged(&rgb, width, factor);
            let across = width.div_ceil(factor);
            assert_eq!(small.len(), across * height.div_ceil(factor) * 3);
            for (index, value) in small.iter().enumerate() {
                let (x, y, channel) = (index / 3 % across * factor, index / 3 / across * factor, index % 3);
                let block = (y..height.min(y + factor)).flat_map(|y| (x..width.min(x + factor)).map(move |x| (x, y)));
                let values: Vec<u32> = block.map(|(x, y)| rgb[(y * width + x) * 3 + channel].into()).collect();
                let (sum, count) = (values.iter().sum::<u32>(), values.len() as u32);
                assert_eq!(u32::from(*value), (sum + count / 2) / count, "{factor}: {index}");
            }
        }
    }
}
