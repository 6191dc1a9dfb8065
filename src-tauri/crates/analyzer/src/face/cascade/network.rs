//! The finer classifiers: slopes of brightness, summed over cells of the window, into small networks of neurons.

use super::WINDOW_PX;
use crate::wide::wide;

/// Slopes across where the slope down is not negative, their amounts, both where it is; the same with across and down
/// exchanged (SURF cells, Li and Zhang, CVPR 2013).
const CHANNELS: usize = 8;
/// Cells of a patch, two by two.
const CELLS: usize = 4;
/// Numbers of a patch.
pub const PATCH: usize = CELLS * CHANNELS;
/// One row and one column of zeros before the window's own.
const SUMS: usize = WINDOW_PX + 1;
/// Neurons that are summed up side by side: so many as the layer has that most windows go through.
const LANES: usize = 40;
/// Of a face, with the box that it gives.
pub const ANSWERS: usize = 4;

/// A part of the window.
#[derive(Clone, Copy)]
pub struct Patch {
    x: usize,
    y: usize,
    width: usize,
    height: usize,
}

/// All patches that were there to choose from when the networks were trained, in their order.
pub fn patches() -> Vec<Patch> {
    const SHAPES: [[usize; 2]; 5] = [[1, 1], [1, 2], [2, 1], [2, 3], [3, 2]];
    const SIDE_MIN_PX: usize = 16;
    const MOVES_PX: usize = 16;
    let sizes = SHAPES.into_iter().flat_map(|[across, down]| {
        let heights = (SIDE_MIN_PX..=WINDOW_PX).filter(move |height| height % 2 == 0 && height % down == 0);
        heights.map(move |height| [height / down * across, height])
    });
    let sizes = sizes.filter(|[width, _]| width % 2 == 0 && (SIDE_MIN_PX..=WINDOW_PX).contains(width));
    let places = |side: usize| (0..=WINDOW_PX - side).step_by(MOVES_PX);
    let patches = sizes.flat_map(|[width, height]| {
        places(height).flat_map(move |y| places(width).map(move |x| Patch { x, y, width, height }))
    });
    patches.collect()
}

/// Of every channel the sum of all that lies above and to the left of a pixel of the window.
pub struct Sums(Vec<[i32; CHANNELS]>);

impl Default for Sums {
    fn default() -> Self {
        Self(vec![[0; CHANNELS]; SUMS * SUMS])
    }
}

impl Sums {
    /// Takes the place of what was there before. `window`: its pixels row by row.
    pub fn of(&mut self, window: &[u8]) {
        wide(
            #[inline(always)]
            || self.add_up(window),
        );
    }

    #[inline(always)]
    fn add_up(&mut self, window: &[u8]) {
        const LAST: usize = WINDOW_PX - 1;
        let row = |y: usize| -> &[u8] { &window[y * WINDOW_PX..][..WINDOW_PX] };
        // At the edge the slope to the only neighbour counts twice.
        let slope = |before: u8, after: u8, at: usize| {
            let slope = i32::from(after) - i32::from(before);
            if at == 0 || at == LAST { 2 * slope } else { slope }
        };
        for y in 0..WINDOW_PX {
            let (above, here, below) = (row(y.saturating_sub(1)), row(y), row((y + 1).min(LAST)));
            let (before, rest) = self.0[y * SUMS..].split_at_mut(SUMS);
            let mut sum = [0; CHANNELS];
            for x in 0..WINDOW_PX {
                let across = slope(here[x.saturating_sub(1)], here[(x + 1).min(LAST)], x);
                let down = slope(above[x], below[x], y);
                let masks = [down, across].map(|slope| !(slope >> 31));
                let values = [across, across.abs(), down, down.abs()];
                let channels = [
                    values[0] & masks[0],
                    values[1] & masks[0],
                    values[0] & !masks[0],
                    values[1] & !masks[0],
                    values[2] & masks[1],
                    values[3] & masks[1],
                    values[2] & !masks[1],
                    values[3] & !masks[1],
                ];
                for k in 0..CHANNELS {
                    sum[k] += channels[k];
                    rest[x + 1][k] = before[x + 1][k] + sum[k];
                }
            }
        }
    }

    /// The sums over its cells, at unit length.
    fn read(&self, patch: &Patch, out: &mut [f32]) {
        let (width, height) = (patch.width / 2, patch.height / 2);
        let mut values = [0; PATCH];
        for (cell, values) in values.chunks_exact_mut(CHANNELS).enumerate() {
            let (x, y) = (patch.x + cell % 2 * width, patch.y + cell / 2 * height);
            let at = |x: usize, y: usize| &self.0[y * SUMS + x];
            let (a, b) = (at(x, y), at(x + width, y));
            let (c, d) = (at(x, y + height), at(x + width, y + height));
            for (k, value) in values.iter_mut().enumerate() {
                *value = d[k] + a[k] - b[k] - c[k];
            }
        }
        let length = values.iter().map(|value| f64::from(*value).powi(2)).sum::<f64>().sqrt() as f32;
        for (out, value) in out.iter_mut().zip(values) {
            *out = if length == 0.0 { 0.0 } else { value as f32 / length };
        }
    }
}

pub struct Network {
    pub patches: Vec<Patch>,
    /// Above it the window shows a face.
    pub threshold: f32,
    pub layers: Vec<Layer>,
}

impl Network {
    /// How surely it is a face, 0 … 1, and how the box is to be moved across and down and sized; `None` where it is none.
    pub fn judge(&self, sums: &Sums) -> Option<[f32; ANSWERS]> {
        let mut values = vec![0.0; self.patches.len() * PATCH];
        for (patch, values) in self.patches.iter().zip(values.chunks_exact_mut(PATCH)) {
            sums.read(patch, values);
        }
        for (k, layer) in self.layers.iter().enumerate() {
            let is_last = k + 1 == self.layers.len();
            values = wide(
                #[inline(always)]
                || layer.run(&values),
            );
            for value in &mut values {
                *value = if is_last {
                    1.0 / (1.0 + (-*value).exp())
                } else {
                    value.max(0.0)
                };
            }
        }
        let answers: [f32; ANSWERS] = values.try_into().ok()?;
        (answers[0] > self.threshold).then_some(answers)
    }
}

pub struct Layer {
    inputs: usize,
    biases: Vec<f32>,
    /// For so many neurons in turn: of each input, their weights.
    weights: Vec<[f32; LANES]>,
}

impl Layer {
    /// `weights`: of each neuron in turn, for each input.
    pub fn new(inputs: usize, weights: &[f32], biases: Vec<f32>) -> Self {
        let blocks = (0..biases.len()).step_by(LANES);
        let weight = |neuron: usize, input: usize| weights.get(neuron * inputs + input).copied().unwrap_or(0.0);
        let weights = blocks
            .flat_map(|first| (0..inputs).map(move |input| std::array::from_fn(|lane| weight(first + lane, input))))
            .collect();
        Self {
            inputs,
            biases,
            weights,
        }
    }

    /// Each sum in the order of the inputs.
    #[inline(always)]
    fn run(&self, input: &[f32]) -> Vec<f32> {
        let mut out = Vec::with_capacity(self.biases.len());
        let blocks = self.weights.chunks_exact(self.inputs);
        for (weights, biases) in blocks.zip(self.biases.chunks(LANES)) {
            let mut sums = [0.0; LANES];
            for (value, weights) in input.iter().zip(weights) {
                for k in 0..LANES {
                    sums[k] += value * weights[k];
                }
            }
            out.extend(sums.iter().zip(biases).map(|(sum, bias)| sum + bias));
        }
        out
    }
}
