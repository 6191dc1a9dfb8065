//! Letters and frames put over a finished photo: a date, a name, a watermark, a border. Letters are strokes drawn with
//! a round pen; no font is needed.

use crate::math::mix;
use crate::sitter::{Border, Text};
use image::RgbImage;

/// Strokes of a glyph on a cell 4 wide and 6 high, y down; each a chain of points.
fn strokes(glyph: char) -> &'static [&'static [(u8, u8)]] {
    match glyph {
        '0' | 'O' => &[&[(0, 1), (1, 0), (3, 0), (4, 1), (4, 5), (3, 6), (1, 6), (0, 5), (0, 1)]],
        '1' => &[&[(1, 1), (2, 0), (2, 6)]],
        '2' => &[&[(0, 1), (1, 0), (3, 0), (4, 1), (4, 2), (0, 6), (4, 6)]],
        '3' => &[&[(0, 0), (4, 0), (2, 2), (4, 4), (3, 6), (0, 6)]],
        '4' => &[&[(3, 6), (3, 0), (0, 4), (4, 4)]],
        '5' => &[&[(4, 0), (0, 0), (0, 3), (3, 3), (4, 4), (3, 6), (0, 6)]],
        '6' => &[&[(3, 0), (0, 3), (0, 5), (1, 6), (3, 6), (4, 5), (3, 3), (0, 4)]],
        '7' => &[&[(0, 0), (4, 0), (1, 6)]],
        '8' => &[&[
            (1, 3),
            (0, 1),
            (1, 0),
            (3, 0),
            (4, 1),
            (3, 3),
            (1, 3),
            (0, 5),
            (1, 6),
            (3, 6),
            (4, 5),
            (3, 3),
        ]],
        '9' => &[&[(4, 2), (1, 3), (0, 1), (1, 0), (3, 0), (4, 1), (4, 3), (1, 6)]],
        'A' => &[&[(0, 6), (2, 0), (4, 6)], &[(1, 4), (3, 4)]],
        'E' => &[&[(4, 0), (0, 0), (0, 6), (4, 6)], &[(0, 3), (3, 3)]],
        'H' => &[&[(0, 0), (0, 6)], &[(4, 0), (4, 6)], &[(0, 3), (4, 3)]],
        'I' => &[&[(2, 0), (2, 6)]],
        'L' => &[&[(0, 0), (0, 6), (4, 6)]],
        'M' => &[&[(0, 6), (0, 0), (2, 3), (4, 0), (4, 6)]],
        'N' => &[&[(0, 6), (0, 0), (4, 6), (4, 0)]],
        'P' => &[&[(0, 6), (0, 0), (3, 0), (4, 1), (3, 3), (0, 3)]],
        'S' => &[&[(4, 1), (3, 0), (1, 0), (0, 1), (4, 5), (3, 6), (1, 6), (0, 5)]],
        'T' => &[&[(0, 0), (4, 0)], &[(2, 0), (2, 6)]],
        'W' => &[&[(0, 0), (1, 6), (2, 2), (3, 6), (4, 0)]],
        '.' => &[&[(2, 6), (2, 6)]],
        '-' => &[&[(0, 3), (4, 3)]],
        '\'' => &[&[(1, 0), (1, 2)]],
        // Three signs that are written like the names on a school's photos.
        '王' => &[
            &[(0, 0), (4, 0)],
            &[(0, 3), (4, 3)],
            &[(0, 6), (4, 6)],
            &[(2, 0), (2, 6)],
        ],
        '田' => &[
            &[(0, 0), (4, 0), (4, 6), (0, 6), (0, 0)],
            &[(0, 3), (4, 3)],
            &[(2, 0), (2, 6)],
        ],
        '木' => &[
            &[(0, 2), (4, 2)],
            &[(2, 0), (2, 6)],
            &[(2, 2), (0, 5)],
            &[(2, 2), (4, 5)],
        ],
        _ => &[],
    }
}

/// Cells from one letter to the next, in widths of a cell.
const ADVANCE: f32 = 1.45;

pub fn write(picture: &mut RgbImage, text: &Text) {
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let unit = text.height * width / 6.0;
    let (sin, cos) = text.turn_deg.to_radians().sin_cos();
    let flip = if text.mirrored { -1.0 } else { 1.0 };
    let place = |[x, y]: [f32; 2]| {
        let x = x * flip;
        [text.x * width + x * cos - y * sin, text.y * height + x * sin + y * cos]
    };
    let glyphs: Vec<char> = text.words.chars().collect();
    let whole = glyphs.len() as f32 * 4.0 * unit * ADVANCE;
    let mut chains: Vec<[[f32; 2]; 2]> = Vec::new();
    for (index, glyph) in glyphs.iter().enumerate() {
        let left = index as f32 * 4.0 * unit * ADVANCE - whole / 2.0;
        for chain in strokes(*glyph) {
            let at = |k: usize| place([left + f32::from(chain[k].0) * unit, f32::from(chain[k].1) * unit]);
            chains.extend((1..chain.len()).map(|k| [at(k - 1), at(k)]));
        }
    }
    let half = text.pen * unit / 2.0;
    // The pen's ink is its greatest at a place, so that crossing strokes of a watermark are no darker.
    let mut ink = vec![0f32; (picture.width() * picture.height()) as usize];
    for [a, b] in chains {
        let low = [0, 1].map(|k| (a[k].min(b[k]) - half - 1.0).max(0.0) as u32);
        let high = [0, 1].map(|k| (a[k].max(b[k]) + half + 2.0).max(0.0) as u32);
        for y in low[1]..high[1].min(picture.height()) {
            for x in low[0]..high[0].min(picture.width()) {
                let away = distance([x as f32 + 0.5, y as f32 + 0.5], a, b);
                let here = &mut ink[(y * picture.width() + x) as usize];
                *here = here.max((half + 0.5 - away).clamp(0.0, 1.0));
            }
        }
    }
    for (pixel, ink) in picture.pixels_mut().zip(ink) {
        for (value, colour) in pixel.0.iter_mut().zip(text.colour) {
            *value = mix(f32::from(*value), f32::from(colour), ink * text.opacity) as u8;
        }
    }
}

/// From a place to the nearest of a line's.
fn distance(p: [f32; 2], a: [f32; 2], b: [f32; 2]) -> f32 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let (x, y) = (p[0] - a[0], p[1] - a[1]);
    let t = ((x * dx + y * dy) / (dx * dx + dy * dy).max(1e-6)).clamp(0.0, 1.0);
    (x - t * dx).hypot(y - t * dy)
}

/// A frame of one colour over the picture's edges; sides without a width are left.
pub fn frame(picture: &mut RgbImage, border: &Border) {
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let [left, top, right, bottom] = border.sides.map(|side| side * width);
    for (x, y, pixel) in picture.enumerate_pixels_mut() {
        let (x, y) = (x as f32, y as f32);
        if x < left || y < top || x >= width - right || y >= height - bottom {
            pixel.0 = border.colour;
        }
    }
}
