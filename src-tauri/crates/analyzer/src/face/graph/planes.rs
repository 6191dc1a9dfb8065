//! What is done to planes pixel by pixel or plane by plane: activations, sums, means, pooling, enlarging.

use rten_simd::{Isa, SimdOp};

use super::Shape;

pub enum Activation {
    Relu,
    HardSwish,
    Sigmoid,
    /// Below zero each channel has its own slope.
    Sloped(Vec<f32>),
}

pub enum Plain {
    /// The same again.
    Copy,
    Add,
    /// By a plane of the same shape, or by one number a channel.
    Multiply,
    /// The largest of 2 × 2.
    MaxPool,
    /// One number a channel.
    Mean,
    /// Twice as wide and high, linear between the pixels' centres.
    Double,
    /// Rows and columns double, each pixel spread by a window of 2 × 2 for every channel; one channel comes out.
    Spread {
        weights: Vec<f32>,
        bias: f32,
    },
}

pub struct Work<'a> {
    pub what: &'a Plain,
    pub from: Shape,
    pub inputs: &'a [&'a [f32]],
    pub out: &'a mut [f32],
}

impl SimdOp for Work<'_> {
    type Output = Option<()>;

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) -> Option<()> {
        let Self {
            what,
            from,
            inputs,
            out,
        } = self;
        let input = *inputs.first()?;
        match what {
            Plain::Copy => {
                // Channels that the input doesn't have are zero.
                let (same, more) = out.split_at_mut(input.len());
                same.copy_from_slice(input);
                more.fill(0.0);
            }
            Plain::Add => {
                for ((out, a), b) in out.iter_mut().zip(input).zip(*inputs.get(1)?) {
                    *out = a + b;
                }
            }
            Plain::Multiply => {
                let factors = *inputs.get(1)?;
                let each = input.len() / factors.len();
                for ((out, input), factor) in out.chunks_exact_mut(each).zip(input.chunks_exact(each)).zip(factors) {
                    for (out, value) in out.iter_mut().zip(input) {
                        *out = value * factor;
                    }
                }
            }
            Plain::MaxPool => max_pool(from, input, out),
            Plain::Mean => {
                for (out, plane) in out.iter_mut().zip(input.chunks_exact(from.height * from.width)) {
                    *out = sum(plane) / plane.len() as f32;
                }
            }
            Plain::Double => {
                for (plane, out) in input
                    .chunks_exact(from.height * from.width)
                    .zip(out.chunks_exact_mut(from.height * from.width * 4))
                {
                    double(from, plane, out);
                }
            }
            Plain::Spread { weights, bias } => spread(from, input, out, weights, *bias),
        }
        Some(())
    }
}

#[inline(always)]
fn sum(values: &[f32]) -> f32 {
    let mut sums = [0.0; 16];
    let whole = values.chunks_exact(16);
    let rest: f32 = whole.remainder().iter().sum();
    for chunk in whole {
        for k in 0..16 {
            sums[k] += chunk[k];
        }
    }
    rest + sums.iter().sum::<f32>()
}

#[inline(always)]
fn max_pool(from: Shape, input: &[f32], out: &mut [f32]) {
    let rows = input.chunks_exact(2 * from.width);
    for (pair, out) in rows.zip(out.chunks_exact_mut(from.width / 2)) {
        let (upper, lower) = pair.split_at(from.width);
        for ((a, b), out) in upper.chunks_exact(2).zip(lower.chunks_exact(2)).zip(out) {
            *out = a[0].max(a[1]).max(b[0]).max(b[1]);
        }
    }
}

/// A pixel of the larger plane lies a quarter off its nearest pixel of the smaller one.
#[inline(always)]
fn double(from: Shape, input: &[f32], out: &mut [f32]) {
    let Shape { width, height, .. } = from;
    let (near, far) = (0.75, 0.25);
    for (y, rows) in out.chunks_exact_mut(4 * width).enumerate() {
        let row = |y: usize| &input[y * width..][..width];
        let here = row(y);
        let (upper, lower) = rows.split_at_mut(2 * width);
        for (out, other) in [(upper, row(y.saturating_sub(1))), (lower, row((y + 1).min(height - 1)))] {
            let mut before = near * here[0] + far * other[0];
            let mut at = before;
            for (x, pair) in out.chunks_exact_mut(2).enumerate() {
                let next = (x + 1).min(width - 1);
                let after = near * here[next] + far * other[next];
                pair[0] = near * at + far * before;
                pair[1] = near * at + far * after;
                (before, at) = (at, after);
            }
        }
    }
}

#[inline(always)]
fn spread(from: Shape, input: &[f32], out: &mut [f32], weights: &[f32], bias: f32) {
    out.fill(bias);
    let size = from.height * from.width;
    for (plane, weights) in input.chunks_exact(size).zip(weights.chunks_exact(4)) {
        for (row, out) in plane.chunks_exact(from.width).zip(out.chunks_exact_mut(4 * from.width)) {
            let (upper, lower) = out.split_at_mut(2 * from.width);
            for ((value, a), b) in row.iter().zip(upper.chunks_exact_mut(2)).zip(lower.chunks_exact_mut(2)) {
                a[0] += value * weights[0];
                a[1] += value * weights[1];
                b[0] += value * weights[2];
                b[1] += value * weights[3];
            }
        }
    }
}

pub struct Activate<'a> {
    pub how: &'a Activation,
    pub channels: usize,
    pub values: &'a mut [f32],
}

impl SimdOp for Activate<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) {
        let values = self.values;
        match self.how {
            Activation::Relu => values.iter_mut().for_each(|v| *v = v.max(0.0)),
            Activation::HardSwish => values.iter_mut().for_each(|v| *v *= (*v + 3.0).clamp(0.0, 6.0) / 6.0),
            Activation::Sigmoid => values.iter_mut().for_each(|v| *v = 1.0 / (1.0 + (-*v).exp())),
            Activation::Sloped(slopes) => {
                let size = values.len() / self.channels;
                for (plane, slope) in values.chunks_exact_mut(size).zip(slopes) {
                    plane.iter_mut().for_each(|v| *v = v.max(0.0) + slope * v.min(0.0));
                }
            }
        }
    }
}
