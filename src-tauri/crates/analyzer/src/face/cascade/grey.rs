//! Grey pictures, scaled: between four pixels, from the upper left corner on, rounded down.

use super::WINDOW_PX;
use crate::wide::wide;

#[derive(Clone, Copy)]
pub struct Grey<'a> {
    pub pixels: &'a [u8],
    pub width: usize,
    pub height: usize,
    /// From one row to the next.
    stride: usize,
}

impl<'a> Grey<'a> {
    pub fn new(pixels: &'a [u8], width: usize) -> Self {
        Self {
            pixels,
            width,
            height: pixels.len() / width.max(1),
            stride: width,
        }
    }

    pub fn row(&self, y: usize) -> &'a [u8] {
        &self.pixels[y * self.stride..][..self.width]
    }

    /// At another size. Of a picture of at least 2 × 2.
    pub fn scaled(&self, [width, height]: [usize; 2]) -> Vec<u8> {
        if [width, height] == [self.width, self.height] {
            return (0..height).flat_map(|y| self.row(y)).copied().collect();
        }
        wide(
            #[inline(always)]
            || self.mixed([width, height]),
        )
    }

    #[inline(always)]
    fn mixed(&self, [width, height]: [usize; 2]) -> Vec<u8> {
        let (places, across): (Vec<usize>, Vec<f64>) = (0..width).map(|x| between(x, self.width, width)).unzip();
        let mut out = vec![0; width * height];
        // Of each pixel the four around it, so that they are mixed side by side.
        let mut corners = [(); 4].map(|()| vec![0u8; width]);
        for (y, out) in out.chunks_exact_mut(width).enumerate() {
            let (from, down) = between(y, self.height, height);
            let (upper, lower) = (self.row(from), self.row(from + 1));
            let [a, b, c, d] = &mut corners;
            for (k, at) in places.iter().enumerate() {
                (a[k], b[k]) = (upper[*at], upper[at + 1]);
                (c[k], d[k]) = (lower[*at], lower[at + 1]);
            }
            let corners = a.iter().zip(b).zip(c.iter().zip(d));
            for ((((a, b), (c, d)), across), out) in corners.zip(&across).zip(out) {
                let mix = |a: u8, b: u8| (1.0 - across) * f64::from(a) + across * f64::from(b);
                *out = ((1.0 - down) * mix(*a, *b) + down * mix(*c, *d)) as i32 as u8;
            }
        }
        out
    }

    /// The square from (x, y) on, black where it lies outside, at the size of the window.
    pub fn window(&self, x: i32, y: i32, side: i32) -> Vec<u8> {
        let side = side.max(2) as usize;
        let inside = |at: i32, size: usize| usize::try_from(at).ok().filter(|at| at + side <= size);
        if let (Some(x), Some(y)) = (inside(x, self.width), inside(y, self.height)) {
            let part = Grey {
                pixels: &self.pixels[y * self.stride + x..],
                width: side,
                height: side,
                ..*self
            };
            return part.scaled([WINDOW_PX; 2]);
        }
        let mut pixels = vec![0; side * side];
        // Columns and rows of the square that lie in the picture.
        let seen = |at: i32, size: usize| {
            let from = (-at).max(0) as usize;
            from..(size as i64 - i64::from(at)).clamp(from as i64, side as i64) as usize
        };
        let (columns, rows) = (seen(x, self.width), seen(y, self.height));
        for row in rows.filter(|_| !columns.is_empty()) {
            let from = self.row((row as i32 + y) as usize);
            let start = (columns.start as i32 + x) as usize;
            pixels[row * side..][columns.clone()].copy_from_slice(&from[start..][..columns.len()]);
        }
        Grey::new(&pixels, side).scaled([WINDOW_PX; 2])
    }
}

/// The pixel of `from` at which one of `to` lies, and how far it is from that to the next.
fn between(at: usize, from: usize, to: usize) -> (usize, f64) {
    let place = from as f64 / to as f64 * at as f64;
    let first = (place as usize).min(from - 2);
    (first, place - first as f64)
}
