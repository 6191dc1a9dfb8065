//! How far the features of a face have moved between two photos: nothing, but for noise, where both are the same shot; a
//! head that turned by half a degree, or a smile, shows.
//!
//! Both faces are read in one size and tone and freed of what light does to large areas. One is laid over the other by
//! shifting, scaling and turning it as a whole; what then is left of movement is measured at a hundred places, by the
//! slope of the tones there (Lucas and Kanade, 1981), and weighed by how well each place can tell it. A crop, a size, a
//! compression, a brightness, a background or a frame moves no feature against another.

use std::sync::LazyLock;

use super::patch::{Blur, Grid, Pose, even_tone, inside};
use crate::decode::{DecodeError, decode};
use crate::picture::Pyramid;
use crate::report::Point;

/// From the forehead to below the chin.
const GRID: Grid = Grid {
    side: 120,
    unit: 48.0,
    eyes: [60.0, 38.0],
};
/// Blur against noise in each round, in samples: what lies far apart at first must overlap to be pulled together.
const FINE: [f32; 4] = [3.0, 1.8, 1.2, 1.2];
/// Deviation of the blur whose result is the local mean and power, in samples.
const COARSE: f32 = 8.0;
/// Tones: weaker detail counts as the noise that it is.
const FLOOR: f32 = 3.0;
/// Deviation of a window, in distances between the eyes; in the first round a wider one.
const WINDOW: f32 = 0.12;
const WIDER: f32 = 1.5;
/// A round moves a face no further than this, in distances between the eyes.
const STEP_MOST: f32 = 0.1;
/// Faces less like each other are two people's or none: there is nothing to lay over each other. Photos of the same shot
/// have 0.997 and more, another shot of the same sitter 0.99.
const CORRELATION_LEAST: f32 = 0.9;
/// A place without detail tells nothing: so much is added to the squares of its slopes.
const RIDGE: f32 = 1e-4;
/// How much the turn of the head counts beside the movement of single features.
const TURN: f64 = 0.4;

/// A photo's face, ready to be compared with others.
pub struct Portrait {
    pyramid: Pyramid,
    pose: Pose,
}

impl Portrait {
    /// `eyes`: centres of the irises in pixels of the upright photo, the one at the left of the picture first, as a report
    /// has them.
    ///
    /// # Errors
    /// Where the bytes are no photo.
    pub fn open(bytes: &[u8], eyes: [Point; 2]) -> Result<Self, DecodeError> {
        let decoded = decode(bytes)?;
        let scale = decoded.upload.scale;
        Ok(Self {
            pose: Pose::of(eyes.map(|eye| [eye.x_px, eye.y_px].map(|k| (k / scale) as f32))),
            pyramid: Pyramid::new(decoded.picture),
        })
    }

    /// How far the features have moved against each other, in percent of the distance between the eyes: root of the mean
    /// square, weighed by how well each place can tell it, with a part of the head's turn. `None` where the faces are too
    /// unlike to be laid over each other, so that they are no same shot. Either way round the same but for noise.
    pub fn moved_percent(&self, other: &Portrait) -> Option<f64> {
        let here = self.pose.read(&GRID, &self.pyramid);
        let mut pose = other.pose;
        let mut windows = Vec::new();
        for (round, fine) in FINE.into_iter().enumerate() {
            let [a, b] = [&here, &pose.read(&GRID, &other.pyramid)].map(|patch| plain(patch, fine));
            let window = if round == 0 { WIDER * WINDOW } else { WINDOW };
            let is_last = round + 1 == FINE.len();
            let alike = correlation(&a, &b);
            // Not a number where one shows no detail at all.
            if is_last && (alike.is_nan() || alike < CORRELATION_LEAST) {
                return None;
            }
            windows = flow(&a, &b, window);
            if !is_last {
                pose = moved(&pose, fitted(&windows, whole));
            }
        }
        let whole_only = fitted(&windows, whole);
        let turned = fitted(&windows, whole_and_turn);
        let (mut left, mut all) = (0.0, 0.0);
        for window in &windows {
            let rows = whole(window.at);
            let [x, y] = [0, 1].map(|k| {
                let fit: f64 = rows.iter().zip(whole_only).map(|(row, by)| row[k] * by).sum();
                window.by[k] - fit
            });
            let [xx, xy, yy] = window.sure;
            left += xx * x * x + 2.0 * xy * x * y + yy * y * y;
            all += xx + yy;
        }
        let turn = turned[4].hypot(turned[5]);
        let percent = 100.0 * (left / all).sqrt().hypot(TURN * turn);
        percent.is_finite().then_some(percent)
    }
}

static FACE: LazyLock<Vec<f32>> = LazyLock::new(|| GRID.places().map(inside).collect());
static MEAN: LazyLock<Blur> = LazyLock::new(|| Blur::new(COARSE));
/// The face, blurred like the mean.
static NEAR: LazyLock<Vec<f32>> = LazyLock::new(|| MEAN.over(&FACE).iter().map(|near| near.max(1e-6)).collect());

/// Detail of the face alone, everywhere about as strong.
fn plain(patch: &[f32], fine: f32) -> Vec<f32> {
    let (face, near) = (&*FACE, &*NEAR);
    let soft = Blur::new(fine).over(&even_tone(patch, face));
    let within: Vec<f32> = soft.iter().zip(face).map(|(tone, share)| tone * share).collect();
    let mean = MEAN.over(&within);
    let mut detail: Vec<f32> = (0..soft.len())
        .map(|at| {
            if face[at] > 0.0 {
                soft[at] - mean[at] / near[at]
            } else {
                0.0
            }
        })
        .collect();
    let squares: Vec<f32> = detail.iter().zip(face).map(|(v, share)| v * v * share).collect();
    let power = MEAN.over(&squares);
    for (at, value) in detail.iter_mut().enumerate() {
        *value /= (power[at] / near[at] + FLOOR * FLOOR).sqrt();
    }
    detail
}

fn correlation(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0f32; 3];
    for ((a, b), share) in a.iter().zip(b).zip(&*FACE) {
        sums = [
            sums[0] + share * a * a,
            sums[1] + share * b * b,
            sums[2] + share * a * b,
        ];
    }
    sums[2] / (sums[0] * sums[1]).sqrt()
}

/// Movement at one place, from between the eyes, in distances between them.
struct Window {
    at: [f64; 2],
    by: [f64; 2],
    /// How sure it is, as the inverse of a covariance up to a factor: xx, xy, yy.
    sure: [f64; 3],
}

static PLACES: LazyLock<Vec<[f32; 2]>> = LazyLock::new(|| {
    let rows = (-4..=11).map(|row| row as f32 * 0.125);
    rows.flat_map(|y| (-7..=7).map(move |column| [column as f32 * 0.1, y]))
        .filter(|place| inside(*place) > 0.3)
        .collect()
});

/// What has moved by where from `a` to `b`, which must lie within a blur's width of each other.
fn flow(a: &[f32], b: &[f32], window: f32) -> Vec<Window> {
    let side = GRID.side;
    // Slopes of both pictures' mean: those of one alone would take noise for movement.
    let mean = |at: usize| a[at] + b[at];
    let mut terms = vec![[0.0f32; 7]; a.len()];
    for y in 1..side - 1 {
        for at in y * side + 1..(y + 1) * side - 1 {
            let share = FACE[at];
            if share > 0.0 {
                let [u, v] = [mean(at + 1) - mean(at - 1), mean(at + side) - mean(at - side)].map(|k| k / 4.0);
                let d = a[at] - b[at];
                terms[at] = [u * u, u * v, v * v, u * d, v * d, d * d, 1.0].map(|term| share * term);
            }
        }
    }
    let deviation = window * GRID.unit;
    let reach = (2.5 * deviation).ceil();
    let one = |place: &[f32; 2]| {
        let centre = [0, 1].map(|k| GRID.eyes[k] + place[k] * GRID.unit);
        let [across, down] = centre.map(|k| (k - reach).max(0.0) as usize..((k + reach) as usize).min(side));
        let fall = |at: usize, centre: f32| (-0.5 * ((at as f32 + 0.5 - centre) / deviation).powi(2)).exp();
        let columns: Vec<f32> = across.clone().map(|x| fall(x, centre[0])).collect();
        let mut sums = [0.0f32; 7];
        for y in down {
            let row = fall(y, centre[1]);
            for (terms, column) in terms[y * side..][across.clone()].iter().zip(&columns) {
                for (sum, term) in sums.iter_mut().zip(terms) {
                    *sum += row * column * term;
                }
            }
        }
        let [xx, xy, yy, xd, yd, dd, all] = sums;
        let (xx, yy) = (xx + RIDGE * all, yy + RIDGE * all);
        let surface = xx * yy - xy * xy;
        let by = [(yy * xd - xy * yd) / surface, (xx * yd - xy * xd) / surface];
        // What no movement explains is noise.
        let noise = ((dd - by[0] * xd - by[1] * yd).max(0.0) / all).max(1e-6);
        Window {
            at: place.map(f64::from),
            by: by.map(|k| f64::from(k / GRID.unit)),
            sure: [xx, xy, yy].map(|k| f64::from(k / noise)),
        }
    };
    PLACES.iter().map(one).collect()
}

/// Shift across and down, turn, growth: what each moves at a place.
fn whole([x, y]: [f64; 2]) -> [[f64; 2]; 4] {
    [[1.0, 0.0], [0.0, 1.0], [-y, x], [x, y]]
}

/// The same, and the head's turn sideways and its nod: by how much a place lies before the others.
fn whole_and_turn(at: [f64; 2]) -> [[f64; 2]; 6] {
    let [shift, fall, turn, growth] = whole(at);
    let [x, y] = at;
    // A nose before an ellipsoid, in distances between the eyes.
    let nose = 0.35 * (-(x / 0.22).powi(2) - ((y - 0.5) / 0.35).powi(2)).exp();
    let depth = nose - 0.45 * (x / 0.8).powi(2) - 0.25 * ((y - 0.4) / 1.2).powi(2);
    [shift, fall, turn, growth, [depth, 0.0], [0.0, depth]]
}

/// How much of each movement explains the windows' best: weighted least squares.
fn fitted<const N: usize>(windows: &[Window], moves: impl Fn([f64; 2]) -> [[f64; 2]; N]) -> [f64; N] {
    let (mut matrix, mut right) = ([[0.0; N]; N], [0.0; N]);
    for window in windows {
        let rows = moves(window.at);
        let [xx, xy, yy] = window.sure;
        for (i, [x, y]) in rows.iter().enumerate() {
            let weighed = [xx * x + xy * y, xy * x + yy * y];
            let with = |[x, y]: &[f64; 2]| weighed[0] * x + weighed[1] * y;
            right[i] += with(&window.by);
            for (sum, row) in matrix[i].iter_mut().zip(&rows) {
                *sum += with(row);
            }
        }
    }
    solved(matrix, right)
}

/// Gauss's elimination; the matrix is positive definite.
fn solved<const N: usize>(mut matrix: [[f64; N]; N], mut right: [f64; N]) -> [f64; N] {
    for i in 0..N {
        for j in i + 1..N {
            let (above, row) = (matrix[i], &mut matrix[j]);
            let factor = row[i] / above[i];
            for (value, above) in row.iter_mut().zip(&above).skip(i) {
                *value -= factor * above;
            }
            right[j] -= factor * right[i];
        }
    }
    for i in (0..N).rev() {
        let rest: f64 = (i + 1..N).map(|j| matrix[i][j] * right[j]).sum();
        right[i] = (right[i] - rest) / matrix[i][i];
    }
    right
}

/// The pose under which the patch lies back by that movement.
fn moved(pose: &Pose, by: [f64; 4]) -> Pose {
    let [x, y, turn, growth] = by.map(|k| (k as f32).clamp(-STEP_MOST, STEP_MOST));
    let (sin, cos) = pose.turn_rad.sin_cos();
    let [u, v] = [x * pose.apart_px, y * pose.apart_px];
    Pose {
        middle: [pose.middle[0] + u * cos - v * sin, pose.middle[1] + u * sin + v * cos],
        apart_px: pose.apart_px * (1.0 + growth),
        turn_rad: pose.turn_rad + turn,
    }
}
