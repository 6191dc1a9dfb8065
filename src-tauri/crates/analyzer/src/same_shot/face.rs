//! A face in one size, upright, in one tone, without its background, taken apart into waves.

use std::f32::consts::PI;
use std::sync::LazyLock;

use super::patch::{Blur, Grid, Pose, even_tone, inside};
use crate::picture::Pyramid;

/// Samples in one distance between the eyes: at the standard size every third pixel, which half the size still has.
const UNIT: f32 = 32.0;
/// Side of the patch in samples, and where the middle between the eyes lies in it.
const SIDE: usize = 96;
const EYES: [f32; 2] = [48.0, 34.0];
const GRID: Grid = Grid {
    side: SIDE,
    unit: UNIT,
    eyes: EYES,
};
/// Samples of the part that is taken apart, and the patch's samples left of it and above it.
pub const WIDE: usize = 64;
pub const HIGH: usize = 80;
const LEFT: usize = 16;
const ABOVE: usize = 9;
/// Waves across and down that are computed, each half a turn more than the one before.
pub const ACROSS: usize = 18;
pub const DOWN: usize = 22;
/// Deviations of the blur against noise and of the one whose result is the local mean, in samples.
const FINE: f32 = 1.0;
const COARSE: f32 = 5.0;

/// Strengths of the waves; tones reach from 0 to 255.
pub struct Waves(Vec<f32>);

impl Waves {
    pub fn at(&self, [across, down]: [usize; 2]) -> f32 {
        self.0[down * ACROSS + across]
    }
}

/// `eyes`: centres of the irises in pixels of the working picture.
pub fn waves(eyes: [[f32; 2]; 2], pyramid: &Pyramid) -> Waves {
    let tables = &*TABLES;
    let mut patch = Pose::of(eyes).read(&GRID, pyramid);
    let toned = even_tone(&patch, &tables.face);
    let [left, right] = centred(&FINE_BLUR.over(&toned));
    patch = realigned(&patch, left, right);
    let soft = FINE_BLUR.over(&even_tone(&patch, &tables.face));
    let face: Vec<f32> = soft
        .iter()
        .zip(&tables.face)
        .map(|(tone, share)| tone * share)
        .collect();
    let mean = COARSE_BLUR.over(&face);
    let detail = |at: usize| {
        let share = tables.face[at];
        if share > 0.0 {
            tables.worth[at] * (soft[at] - mean[at] / tables.near[at])
        } else {
            0.0
        }
    };
    transformed(tables, detail)
}

/// Half the side of the square around an eye whose lightest place is the measure of dark, in samples; the reach of the
/// pull towards the dark, and its deviation.
const AROUND: isize = 10;
const REACH: isize = 6;
const PULL: f32 = 2.2;
/// How far an iris lies from where the graph saw it, in samples: a brow over a dark skin is as dark and lies farther.
const ASTRAY: f32 = 2.0;
const PULLS: usize = 12;

/// The middles of what is dark about where the iris graph saw the eyes: it wavers by half a hundredth of the distance
/// between them from one size or compression to the next, this by a tenth of that.
fn centred(tone: &[f32]) -> [[f32; 2]; 2] {
    let at = |x: isize, y: isize| {
        let [x, y] = [x, y].map(|k| k.clamp(0, SIDE as isize - 1) as usize);
        tone[y * SIDE + x]
    };
    [-0.5, 0.5].map(|side| {
        let start = [EYES[0] + side * UNIT - 0.5, EYES[1] - 0.5];
        let [x0, y0] = start.map(|k| k as isize);
        let around = -AROUND..=AROUND;
        let lightest = around
            .clone()
            .flat_map(|y| around.clone().map(move |x| (x, y)))
            .map(|(x, y)| at(x0 + x, y0 + y))
            .fold(0.0, f32::max);
        let mut centre = start;
        for _ in 0..PULLS {
            let [x0, y0] = centre.map(|k| k.round() as isize);
            let mut sums = [0.0f32; 3];
            for y in y0 - REACH..=y0 + REACH {
                for x in x0 - REACH..=x0 + REACH {
                    let [u, v] = [x as f32 - centre[0], y as f32 - centre[1]];
                    let [a, b] = [x as f32 - start[0], y as f32 - start[1]];
                    let dark = (lightest - at(x, y)).max(0.0).powi(6);
                    let far = (u * u + v * v) / (PULL * PULL) + (a * a + b * b) / (ASTRAY * ASTRAY);
                    let weight = dark * (-far / 2.0).exp();
                    sums = [sums[0] + weight, sums[1] + weight * u, sums[2] + weight * v];
                }
            }
            if sums[0] > 0.0 {
                centre = [centre[0] + sums[1] / sums[0], centre[1] + sums[2] / sums[0]];
            }
        }
        // What has wandered off was no eye.
        if (centre[0] - start[0]).hypot(centre[1] - start[1]) > REACH as f32 {
            centre = start;
        }
        centre.map(|k| k + 0.5)
    })
}

/// The patch with these eyes where they belong.
fn realigned(patch: &[f32], left: [f32; 2], right: [f32; 2]) -> Vec<f32> {
    let [x, y] = [0, 1].map(|k| (right[k] - left[k]) / UNIT);
    let middle = [0, 1].map(|k| (left[k] + right[k]) / 2.0);
    let mut out = Vec::with_capacity(SIDE * SIDE);
    for row in 0..SIDE {
        let v = row as f32 + 0.5 - EYES[1];
        for column in 0..SIDE {
            let u = column as f32 + 0.5 - EYES[0];
            let at = [middle[0] + u * x - v * y - 0.5, middle[1] + u * y + v * x - 0.5];
            let [px, py] = at.map(|k| k.clamp(0.0, (SIDE - 1) as f32 - 1e-3));
            let (i, j, fx, fy) = (px as usize, py as usize, px.fract(), py.fract());
            let here = &patch[j * SIDE + i..];
            let upper = here[0] + (here[1] - here[0]) * fx;
            let lower = here[SIDE] + (here[SIDE + 1] - here[SIDE]) * fx;
            out.push(upper + (lower - upper) * fy);
        }
    }
    out
}

struct Tables {
    /// Share of a sample that belongs to the face.
    face: Vec<f32>,
    /// The same, blurred coarsely.
    near: Vec<f32>,
    /// How much a sample counts: where another shot differs most against what compression does.
    worth: Vec<f32>,
    /// Cosines, a row a wave.
    across: Vec<f32>,
    down: Vec<f32>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let face: Vec<f32> = GRID.places().map(inside).collect();
    let worth = GRID.places().zip(&face).map(|(place, face)| face * worth(place));
    Tables {
        near: COARSE_BLUR.over(&face),
        worth: worth.collect(),
        face,
        across: cosines(WIDE, ACROSS),
        down: cosines(HIGH, DOWN),
    }
});

/// Eyes, the nose's base and the mouth's corners before cheeks, chin and forehead.
fn worth([x, y]: [f32; 2]) -> f32 {
    // Each: place (both sides), deviations, weight.
    const PARTS: [([f32; 2], [f32; 2], f32); 5] = [
        ([0.5, -0.06], [0.23, 0.19], 1.0),
        ([0.0, 0.0], [0.19, 0.22], 0.5),
        ([0.0, 0.69], [0.25, 0.19], 1.3),
        ([0.375, 1.06], [0.125, 0.16], 0.8),
        ([0.0, 1.1], [0.25, 0.16], 0.5),
    ];
    const ELSEWHERE: f32 = 0.2;
    let here: f32 = PARTS
        .iter()
        .map(|([px, py], [dx, dy], weight)| {
            weight * (-0.5 * (((x.abs() - px) / dx).powi(2) + ((y - py) / dy).powi(2))).exp()
        })
        .sum();
    ELSEWHERE + (1.0 - ELSEWHERE) * here.min(1.0)
}

fn cosines(samples: usize, waves: usize) -> Vec<f32> {
    let places = |wave: usize| {
        let scale = if wave == 0 { 1.0 } else { 2.0f32 };
        (0..samples).map(move |place| {
            (scale / samples as f32).sqrt() * (PI * (place as f32 + 0.5) * wave as f32 / samples as f32).cos()
        })
    };
    (0..waves).flat_map(places).collect()
}

/// The discrete cosine transform (II, orthonormal), as many waves as are wanted.
fn transformed(tables: &Tables, detail: impl Fn(usize) -> f32) -> Waves {
    let mut waves = vec![0.0; ACROSS * DOWN];
    let mut row = [0.0; WIDE];
    for y in 0..HIGH {
        for (x, value) in row.iter_mut().enumerate() {
            *value = detail((y + ABOVE) * SIDE + x + LEFT);
        }
        for across in 0..ACROSS {
            let cosines = &tables.across[across * WIDE..][..WIDE];
            let strength: f32 = cosines.iter().zip(&row).map(|(c, v)| c * v).sum();
            for down in 0..DOWN {
                waves[down * ACROSS + across] += tables.down[down * HIGH + y] * strength;
            }
        }
    }
    Waves(waves)
}

static FINE_BLUR: LazyLock<Blur> = LazyLock::new(|| Blur::new(FINE));
static COARSE_BLUR: LazyLock<Blur> = LazyLock::new(|| Blur::new(COARSE));
