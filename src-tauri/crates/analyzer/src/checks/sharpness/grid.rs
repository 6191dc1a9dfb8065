//! The coder's blocks: JPEG turns 8 × 8 pixels into frequencies and drops the weak ones, block by block; where much was
//! dropped, tones jump from block to block.

use crate::colour::luma;
use crate::picture::Picture;
use crate::report::Rect;

/// Side of a block.
const BLOCK_PX: usize = 8;
/// Half the side of the part that is looked at, at most.
const HALF_MAX_PX: f64 = 128.0;
/// A jump beyond this many steps of 255 is an edge of the picture and not the coder's.
const JUMP_MAX: f32 = 8.0;

/// Mean jump at the block edges beyond the mean jump elsewhere, in steps of 255, around the middle of `place`: of both
/// directions together. Where the grid lies is not asked (the picture may have been cropped): it is the place of eight
/// with the largest jumps.
pub fn blocking(picture: &Picture, place: &Rect) -> f32 {
    let reach = |middle: f64, side: f64, most: usize| {
        let half = (side / 2.0).min(HALF_MAX_PX);
        let clip = |v: f64| v.clamp(2.0, most.saturating_sub(2).max(2) as f64) as usize;
        clip(middle - half)..clip(middle + half)
    };
    let columns = reach(place.x_px + place.width_px / 2.0, place.width_px, picture.width);
    let rows = reach(place.y_px + place.height_px / 2.0, place.height_px, picture.height);
    if columns.len() < 2 * BLOCK_PX || rows.len() < 2 * BLOCK_PX {
        return f32::NAN;
    }
    let row = |y: usize| -> Vec<f32> {
        let pixels = &picture.rgb[3 * (y * picture.width + columns.start - 2)..];
        let pixels = pixels.chunks_exact(3).take(columns.len() + 3);
        pixels.map(|p| luma([p[0], p[1], p[2]])).collect()
    };
    // How much more the middle step of four values rises than its neighbours.
    let jump = |[a, b, c, d]: [f32; 4]| (1.5 * (c - b) - 0.5 * (d - a)).abs().min(JUMP_MAX);
    let mut window = [
        row(rows.start - 2),
        row(rows.start - 1),
        row(rows.start),
        row(rows.start + 1),
    ];
    let (mut across, mut down) = (Fold::default(), Fold::default());
    for y in rows {
        let here = &window[2];
        for k in 0..columns.len() {
            across.add(
                columns.start + k,
                jump([here[k], here[k + 1], here[k + 2], here[k + 3]]),
            );
            down.add(y, jump([0, 1, 2, 3].map(|above| window[above][k + 2])));
        }
        window.rotate_left(1);
        if y + 2 < picture.height {
            window[3] = row(y + 2);
        }
    }
    (across.excess() + down.excess()) / 2.0
}

/// Sums by the place in a block.
#[derive(Default)]
struct Fold([(f32, u32); BLOCK_PX]);

impl Fold {
    fn add(&mut self, at: usize, jump: f32) {
        let (sum, count) = &mut self.0[at % BLOCK_PX];
        *sum += jump;
        *count += 1;
    }

    fn excess(&self) -> f32 {
        let means = self.0.map(|(sum, count)| sum / count.max(1) as f32);
        let most = means.iter().copied().fold(0.0, f32::max);
        let rest = (means.iter().sum::<f32>() - most) / (BLOCK_PX - 1) as f32;
        most - rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(tone: impl Fn(usize, usize) -> u8) -> Picture {
        let rgb = (0..96 * 96).flat_map(|i| [tone(i % 96, i / 96); 3]).collect();
        Picture {
            width: 96,
            height: 96,
            rgb,
        }
    }

    const ALL: Rect = Rect {
        x_px: 0.0,
        y_px: 0.0,
        width_px: 96.0,
        height_px: 96.0,
    };

    #[test]
    fn blocks_are_found_wherever_their_grid_lies() {
        let slope = drawn(|x, y| (60 + x / 2 + y / 2) as u8);
        let stripes = drawn(|x, _| if x % 13 < 6 { 90 } else { 160 });
        for shift in [0, 3] {
            let blocks = drawn(|x, y| (60 + (x + shift) / 8 * 4 + (y + shift) / 8 * 4) as u8);
            assert!(blocking(&blocks, &ALL) > 2.5, "{}", blocking(&blocks, &ALL));
        }
        assert!(blocking(&slope, &ALL) < 0.6, "{}", blocking(&slope, &ALL));
        assert!(blocking(&stripes, &ALL) < 1.5, "{}", blocking(&stripes, &ALL));
    }

    #[test]
    fn a_place_outside_or_too_small_tells_nothing() {
        let grey = drawn(|_, _| 128);
        for place in [
            Rect { x_px: -500.0, ..ALL },
            Rect { width_px: 3.0, ..ALL },
            Rect { y_px: 900.0, ..ALL },
        ] {
            assert!(blocking(&grey, &place).is_nan());
        }
    }
}
