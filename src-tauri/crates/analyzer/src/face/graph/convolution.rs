//! Convolutions over planes (channel, row, column), each chosen by its shape:
//! a window over one channel or a few is summed tap by tap; a window over many becomes a matrix product.

use rten_gemm::{BiasVector, GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedAMatrix};
use rten_simd::{Isa, SimdOp};
use rten_tensor::NdTensorView;

use super::Shape;

/// Rows at least this wide are summed one by one; narrower planes as one long row, padding included.
const WIDE: usize = 48;
/// Up to so many channels a window over all of them is summed tap by tap.
pub const FEW_CHANNELS: usize = 4;
/// Sums side by side in a product with a single column.
const LANES: usize = 16;

/// Where a window of `side` × `side` goes.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    pub side: usize,
    pub stride: usize,
    /// Rows above and columns at the left that are nothing but zeros.
    pub above: usize,
    pub before: usize,
}

/// A window summed tap by tap: over each channel by itself, or over all of a few.
pub struct Taps {
    pub window: Window,
    pub from: Shape,
    pub to: Shape,
    /// (out, in, row, column); one in where each channel is by itself.
    pub weights: Vec<f32>,
    pub bias: Vec<f32>,
}

/// One plane with its margin, split so that the pixels which one tap meets lie side by side: `stride` × `stride` parts,
/// each `height` × `width`.
struct Split {
    width: usize,
    height: usize,
}

impl Taps {
    fn is_depthwise(&self) -> bool {
        self.weights.len() == self.to.channels * self.window.side * self.window.side
            && self.from.channels == self.to.channels
    }

    fn split(&self) -> Split {
        let reach = (self.window.side - 1) / self.window.stride;
        Split {
            width: self.to.width + reach,
            height: self.to.height + reach,
        }
    }

    #[inline(always)]
    fn sum_all(&self, input: &[f32], out: &mut [f32], room: &mut Vec<f32>) {
        let split = self.split();
        let part = split.width * split.height;
        let plane = part * self.window.stride * self.window.stride;
        let (size, taps) = (self.from.height * self.from.width, self.window.side * self.window.side);
        let long = (self.to.height - 1) * split.width + self.to.width;
        let depthwise = self.is_depthwise();
        let planes = if depthwise { 1 } else { self.from.channels };
        room.resize(planes * plane + long, 0.0);
        let (margins, line) = room.split_at_mut(planes * plane);
        margins.fill(0.0);
        if !depthwise {
            for (from, to) in input.chunks_exact(size).zip(margins.chunks_exact_mut(plane)) {
                self.spread(from, to, &split);
            }
        }
        let outs = out.chunks_exact_mut(self.to.height * self.to.width);
        for (channel, (out, bias)) in outs.zip(&self.bias).enumerate() {
            if depthwise {
                self.spread(&input[channel * size..][..size], margins, &split);
            }
            let weights = &self.weights[channel * planes * taps..][..planes * taps];
            if self.to.width >= WIDE {
                for (y, row) in out.chunks_exact_mut(self.to.width).enumerate() {
                    row.fill(*bias);
                    for (from, weights) in margins.chunks_exact(plane).zip(weights.chunks_exact(taps)) {
                        self.add(&from[y * split.width..], row, weights, &split);
                    }
                }
            } else {
                line.fill(*bias);
                for (from, weights) in margins.chunks_exact(plane).zip(weights.chunks_exact(taps)) {
                    self.add(from, line, weights, &split);
                }
                for (row, from) in out.chunks_exact_mut(self.to.width).zip(line.chunks(split.width)) {
                    row.copy_from_slice(&from[..self.to.width]);
                }
            }
        }
    }

    /// Writes a plane into its parts; the margin is zero already and stays so.
    #[inline(always)]
    fn spread(&self, from: &[f32], to: &mut [f32], split: &Split) {
        let Window {
            stride, above, before, ..
        } = self.window;
        for (y, row) in from.chunks_exact(self.from.width).enumerate() {
            let y = y + above;
            if y / stride >= split.height {
                break;
            }
            let rows = &mut to[(y % stride) * stride * split.width * split.height..];
            let start = y / stride * split.width;
            if stride == 1 {
                let width = row.len().min(split.width - before);
                rows[start + before..][..width].copy_from_slice(&row[..width]);
                continue;
            }
            // Even columns of the margin lie in the first part, odd ones in the second.
            let (even, odd) = rows.split_at_mut(split.width * split.height);
            let (even, odd) = (&mut even[start..][..split.width], &mut odd[start..][..split.width]);
            let (row, at) = if before % 2 == 1 {
                odd[before / 2] = row[0];
                (&row[1..], before / 2 + 1)
            } else {
                (row, before / 2)
            };
            for ((pair, even), odd) in row.chunks_exact(2).zip(&mut even[at..]).zip(&mut odd[at..]) {
                (*even, *odd) = (pair[0], pair[1]);
            }
            if let ([last], Some(even)) = (row.chunks_exact(2).remainder(), even.get_mut(at + row.len() / 2)) {
                *even = *last;
            }
        }
    }

    #[inline(always)]
    fn add(&self, from: &[f32], out: &mut [f32], weights: &[f32], split: &Split) {
        let (side, stride) = (self.window.side, self.window.stride);
        let tap = |k: usize| {
            let (y, x) = (k / side, k % side);
            let part = (y % stride * stride + x % stride) * split.width * split.height;
            &from[part + y / stride * split.width + x / stride..]
        };
        match side {
            3 => add_taps::<9>(out, std::array::from_fn(tap), weights),
            5 => {
                for y in 0..5 {
                    let row: [&[f32]; 5] = std::array::from_fn(|x| tap(y * 5 + x));
                    add_taps::<5>(out, row, &weights[y * 5..]);
                }
            }
            _ => {
                for (k, weight) in weights.iter().enumerate() {
                    add_taps::<1>(out, [tap(k)], std::slice::from_ref(weight));
                }
            }
        }
    }
}

#[inline(always)]
fn add_taps<const N: usize>(out: &mut [f32], taps: [&[f32]; N], weights: &[f32]) {
    let length = out.len();
    let taps = taps.map(|tap| &tap[..length]);
    let weights: [f32; N] = std::array::from_fn(|k| weights[k]);
    for x in 0..length {
        let mut sum = out[x];
        for k in 0..N {
            sum += taps[k][x] * weights[k];
        }
        out[x] = sum;
    }
}

/// Compiled once for every instruction set and dispatched by what the processor has.
pub struct SumTaps<'a> {
    pub taps: &'a Taps,
    pub input: &'a [f32],
    pub out: &'a mut [f32],
    pub room: &'a mut Vec<f32>,
}

impl SimdOp for SumTaps<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) {
        self.taps.sum_all(self.input, self.out, self.room);
    }
}

/// A window over all channels as a product of the weights, (out) × (in, row, column), with the windows' pixels.
pub struct Product {
    window: Window,
    from: Shape,
    to: Shape,
    packed: PackedAMatrix<f32>,
    /// Kept where there is but one window: then each row is one sum.
    rows: Vec<f32>,
    bias: Vec<f32>,
}

impl Product {
    pub fn new(window: Window, from: Shape, to: Shape, weights: Vec<f32>, bias: Vec<f32>) -> Self {
        let depth = from.channels * window.side * window.side;
        let matrix = NdTensorView::from_data([to.channels, depth], weights.as_slice());
        Self {
            packed: GemmExecutor::<f32>::new().prepack_a(matrix),
            rows: if to.height * to.width == 1 { weights } else { Vec::new() },
            window,
            from,
            to,
            bias,
        }
    }

    pub fn run(&self, gemm: &GemmExecutor, input: &[f32], out: &mut [f32], room: &mut Vec<f32>) -> Option<()> {
        let columns = if self.window.side == 1 && self.window.stride == 1 {
            input
        } else {
            self.unroll(input, room);
            room.as_slice()
        };
        let count = self.to.height * self.to.width;
        if count == 1 {
            Rows {
                rows: &self.rows,
                column: columns,
                bias: &self.bias,
                out,
            }
            .dispatch();
            return Some(());
        }
        let depth = columns.len() / count;
        let options = GemmOptions {
            bias: Some(BiasVector::Column(&self.bias)),
            ..GemmOptions::default()
        };
        let columns = NdTensorView::from_data([depth, count], columns);
        gemm.gemm(
            out,
            GemmInputA::Packed(&self.packed),
            GemmInputB::Unpacked(columns),
            options,
        )
        .ok()
    }

    /// The pixels under every window: a row for each channel and tap, a column for each window.
    fn unroll(&self, input: &[f32], room: &mut Vec<f32>) {
        let Window {
            side,
            stride,
            above,
            before,
        } = self.window;
        room.clear();
        for plane in input.chunks_exact(self.from.height * self.from.width) {
            for (tap_y, tap_x) in (0..side * side).map(|k| (k / side, k % side)) {
                for y in 0..self.to.height {
                    let row = (y * stride + tap_y)
                        .checked_sub(above)
                        .filter(|y| *y < self.from.height);
                    room.extend((0..self.to.width).map(|x| {
                        let column = (x * stride + tap_x)
                            .checked_sub(before)
                            .filter(|x| *x < self.from.width);
                        row.zip(column).map_or(0.0, |(y, x)| plane[y * self.from.width + x])
                    }));
                }
            }
        }
    }
}

struct Rows<'a> {
    rows: &'a [f32],
    column: &'a [f32],
    bias: &'a [f32],
    out: &'a mut [f32],
}

impl SimdOp for Rows<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) {
        let rows = self.rows.chunks_exact(self.column.len());
        for ((row, bias), out) in rows.zip(self.bias).zip(self.out) {
            let mut sums = [0.0; LANES];
            let (row, column) = (row.chunks_exact(LANES), self.column.chunks_exact(LANES));
            let rest: f32 = row.remainder().iter().zip(column.remainder()).map(|(a, b)| a * b).sum();
            for (a, b) in row.zip(column) {
                for k in 0..LANES {
                    sums[k] += a[k] * b[k];
                }
            }
            *out = bias + rest + sums.iter().sum::<f32>();
        }
    }
}
