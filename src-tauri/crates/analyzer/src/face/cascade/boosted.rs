//! The first classifiers: weights of local patterns, added up until too few speak for a face. A pattern says which of the
//! eight squares around a square of 3 × 3 pixels are no brighter than it (locally assembled binary features, Yan and
//! others, CVPR 2008).

use super::{Grey, WINDOW_PX};
use crate::wide::wide;

const SQUARE_PX: usize = 3;
/// Pixels across all nine squares.
pub const PATTERN_PX: usize = 3 * SQUARE_PX;
/// Patterns between two looks at whether a window can be left.
pub const GROUP: usize = 10;
pub const PATTERNS: usize = 256;
/// A window whose brightness varies by less shows nothing, of 255.
const DEVIATION_MIN: f64 = 10.0;

pub struct Boosted {
    /// Where in the window each pattern is read.
    pub places: Vec<[usize; 2]>,
    /// Of each group, the sum below which a window is left.
    pub least: Vec<f32>,
    /// Of each place, for each pattern.
    pub weights: Vec<[f32; PATTERNS]>,
}

/// The pattern at every pixel.
pub struct Map<'a> {
    picture: Grey<'a>,
    patterns: Vec<u8>,
}

impl<'a> Map<'a> {
    /// Of a picture at least as large as the window.
    pub fn new(picture: Grey<'a>) -> Self {
        let patterns = wide(
            #[inline(always)]
            || patterns(picture),
        );
        Self { picture, patterns }
    }

    /// Whether the window there is blank.
    fn is_blank(&self, x: usize, y: usize) -> bool {
        let rows = (y..y + WINDOW_PX).map(|y| &self.picture.row(y)[x..x + WINDOW_PX]);
        let (mut sum, mut squares) = (0u32, 0u32);
        for value in rows.flatten().map(|value| u32::from(*value)) {
            sum += value;
            squares += value * value;
        }
        let [mean, square] = [sum, squares].map(|sum| f64::from(sum) / (WINDOW_PX * WINDOW_PX) as f64);
        (square - mean * mean).max(0.0).sqrt() <= DEVIATION_MIN
    }
}

/// Row by row, as wide as the picture; what lies too near to the right and lower edge is left 0.
#[inline(always)]
fn patterns(picture: Grey) -> Vec<u8> {
    let Grey { width, height, .. } = picture;
    let mut sums = vec![0u16; width * height];
    let mut column = vec![0u16; width];
    for (y, sums) in sums.chunks_exact_mut(width).take(height - 2).enumerate() {
        let [a, b, c] = [0, 1, 2].map(|k| picture.row(y + k));
        for x in 0..width {
            column[x] = u16::from(a[x]) + u16::from(b[x]) + u16::from(c[x]);
        }
        for (x, sum) in sums[..width - 2].iter_mut().enumerate() {
            *sum = column[x] + column[x + 1] + column[x + 2];
        }
    }
    let mut patterns = vec![0; width * height];
    let count = width + 1 - PATTERN_PX;
    for (y, out) in patterns
        .chunks_exact_mut(width)
        .take(height + 1 - PATTERN_PX)
        .enumerate()
    {
        let square = |down: usize, across: usize| &sums[(y + down * SQUARE_PX) * width + across * SQUARE_PX..][..count];
        let middle = square(1, 1);
        // Clockwise from the upper left, the highest bit first.
        let around = [
            square(0, 0),
            square(0, 1),
            square(0, 2),
            square(1, 0),
            square(1, 2),
            square(2, 0),
            square(2, 1),
            square(2, 2),
        ];
        for (x, out) in out[..count].iter_mut().enumerate() {
            let mut bits = 0;
            for (k, square) in around.iter().enumerate() {
                bits |= u16::from(middle[x] >= square[x]) << (7 - k);
            }
            *out = bits as u8;
        }
    }
    patterns
}

impl Boosted {
    /// Calls with x, y and score of every window that may show a face.
    pub fn scan(&self, map: &Map, step_px: usize, mut passes: impl FnMut(usize, usize, f32)) {
        let Grey { width, height, .. } = map.picture;
        let places: Vec<usize> = self.places.iter().map(|[x, y]| y * width + x).collect();
        for y in (0..=height - WINDOW_PX).step_by(step_px) {
            for x in (0..=width - WINDOW_PX).step_by(step_px) {
                let window = &map.patterns[y * width + x..];
                if let Some(score) = self.score(window, &places).filter(|_| !map.is_blank(x, y)) {
                    passes(x, y, score);
                }
            }
        }
    }

    fn score(&self, window: &[u8], places: &[usize]) -> Option<f32> {
        let mut score = 0.0;
        let groups = places.chunks_exact(GROUP).zip(self.weights.chunks_exact(GROUP));
        for ((places, weights), least) in groups.zip(&self.least) {
            for (place, weights) in places.iter().zip(weights) {
                score += weights[usize::from(window[*place])];
            }
            if score < *least {
                return None;
            }
        }
        Some(score)
    }
}
