//! Whether something is worn on the head. No standard defines a measure; this one is this project's own: what tells cloth
//! from hair and from a shaved head is weighed up. Hair of any colour has strands and a ragged edge; cloth is smooth or
//! ribbed, may have a colour that hair hasn't, and ends in a straight, sharp line.

use super::super::tones::{Tones, square};
use super::super::{bare, by_band, number, reason};
use crate::profile::Floor;
use crate::report::{Check, Group, Rect, Required, Status, Unit};
use crate::scene::{Scene, region};

/// What each sign weighs. Any one of them alone may be hair; two are none.
const SMOOTH: f64 = 1.0;
const STRAIGHT: f64 = 0.8;
const COLOURED: f64 = 0.6;
const SHARP: f64 = 0.3;

/// The top of the head, in eye distances: half its breadth, and depths below the crown.
const HALF_BREADTH: f32 = 0.6;
const DEPTHS: [f32; 2] = [0.14, 0.42];
const STEP: f32 = 0.02;
/// Steps of lightness (L*) over `STEP`, across and down together, in the median: strands make more of them.
const SMOOTH_MOST: f32 = 2.1;
/// A bald head is no further (CIELAB, lightness halved) from the cheeks than this.
const BALD: f32 = 10.0;
/// Hair's hue lies between these, in degrees, unless it has hardly a colour; no hair is more colourful than the last.
const HUES: [f32; 2] = [20.0, 105.0];
const CHROMA_SOME: f32 = 12.0;
const CHROMA_MOST: f32 = 45.0;
/// The edge is looked for in so many columns over the forehead, from this height up, in eye distances.
const COLUMNS: usize = 45;
const EDGE_BREADTH: f32 = 0.55;
const EDGE_FROM: f32 = -0.45;
const EDGE_STEP: f32 = 0.01;
/// The edge's median distance from a parabola, in eye distances, and its rise from skin to cover over six steps.
const STRAIGHT_MOST: f32 = 0.0055;
const SHARP_LEAST: f32 = 0.97;
/// Steepest lightness at the eyes over the skin's: in a blurred photo hair is smooth too.
const IN_FOCUS: f32 = 0.33;

pub fn check(scene: &Scene, tones: &Tones) -> Check {
    let Some(limit) = scene.profile.covering.headwear_signs else {
        return bare("headwear", Group::Covering, Status::NotApplicable);
    };
    let signs = signs(scene, tones);
    let confidence = 0.8;
    let status = by_band(
        -signs,
        &Floor {
            min: -limit.pass,
            doubt: limit.fail - limit.pass,
        }
        .band(),
        confidence,
    );
    let place = place(scene, tones);
    Check {
        measured: number(signs, Unit::Ratio),
        required: Some(Required::Range {
            min: None,
            max: Some(limit.pass),
            unit: Unit::Ratio,
            scale_min: 0.0,
            scale_max: SMOOTH + STRAIGHT + COLOURED + SHARP,
        }),
        evidence: vec![region(place)],
        inset: (status != Status::Pass).then_some(place),
        confidence,
        reason: reason(status, "headwear"),
        ..bare("headwear", Group::Covering, status)
    }
}

fn signs(scene: &Scene, tones: &Tones) -> f64 {
    if square(tones.hair, tones.skin).sqrt() < BALD {
        return 0.0;
    }
    let mut signs = 0.0;
    if smoothness(tones).is_some_and(|steps| steps < SMOOTH_MOST) {
        signs += if focus(scene, tones) >= IN_FOCUS {
            SMOOTH
        } else {
            SMOOTH / 2.0
        };
    }
    let [_, a, b] = tones.hair;
    let (chroma, hue) = (a.hypot(b), b.atan2(a).to_degrees());
    if chroma > CHROMA_MOST || (chroma > CHROMA_SOME && !(HUES[0]..=HUES[1]).contains(&hue)) {
        signs += COLOURED;
    }
    if let Some(edge) = edge(tones) {
        signs += if edge.bend <= STRAIGHT_MOST { STRAIGHT } else { 0.0 };
        signs += if edge.rise >= SHARP_LEAST { SHARP } else { 0.0 };
    }
    signs
}

/// Median steps of lightness across and down the top of the head.
fn smoothness(tones: &Tones) -> Option<f32> {
    let light = |across: f32, down: f32| tones.axes.colour([across, down]).map(|colour| colour[0]);
    let columns = (2.0 * HALF_BREADTH / STEP) as i32;
    let rows = ((DEPTHS[1] - DEPTHS[0]) / STEP) as i32;
    let (mut across, mut down) = (Vec::new(), Vec::new());
    for row in 0..rows {
        for column in 0..columns {
            let at = [
                column as f32 * STEP - HALF_BREADTH,
                row as f32 * STEP + DEPTHS[0] - tones.up,
            ];
            let Some(here) = light(at[0], at[1]) else { continue };
            across.extend(light(at[0] + STEP, at[1]).map(|next| (next - here).abs()));
            down.extend(light(at[0], at[1] + STEP).map(|next| (next - here).abs()));
        }
    }
    Some(middle(&mut across)? + middle(&mut down)?)
}

/// Steepest step of lightness over two pixels at the blurrier eye, but for the steepest fiftieth, over the skin's.
fn focus(scene: &Scene, tones: &Tones) -> f32 {
    let apart = scene.eye_distance_px().max(1.0);
    let steepest = [0, 1].map(|side| {
        let [x, y] = tones.axes.place(scene.eyes()[side]);
        let pixel = 1.0 / apart;
        let mut steps: Vec<f32> = Vec::new();
        for row in -6..6 {
            for column in -10..10 {
                let at = [x + column as f32 * 0.025, y + row as f32 * 0.025];
                let [above, below] = [-pixel, pixel].map(|step| tones.axes.colour([at[0], at[1] + step]));
                steps.extend(above.zip(below).map(|(a, b)| (a[0] - b[0]).abs()));
            }
        }
        if steps.is_empty() {
            return 0.0;
        }
        let most = steps.len() * 49 / 50;
        *steps.select_nth_unstable_by(most, f32::total_cmp).1
    });
    steepest[0].min(steepest[1]) / tones.skin[0].max(10.0)
}

struct Edge {
    bend: f32,
    rise: f32,
}

/// Where, going up the forehead, the cover begins, column by column.
fn edge(tones: &Tones) -> Option<Edge> {
    let steps = ((tones.up - 0.1 + EDGE_FROM) / EDGE_STEP).clamp(0.0, 400.0) as usize;
    let mut points: Vec<[f32; 2]> = Vec::with_capacity(COLUMNS);
    let mut rises = Vec::with_capacity(COLUMNS);
    let mut cover = Vec::with_capacity(steps);
    for column in 0..COLUMNS {
        let across = EDGE_BREADTH * (2.0 * column as f32 / (COLUMNS - 1) as f32 - 1.0);
        cover.clear();
        cover.extend((0..steps).map(|step| {
            let colour = tones.axes.colour([across, EDGE_FROM - step as f32 * EDGE_STEP]);
            colour.map_or(0.0, |colour| tones.hairiness(colour))
        }));
        let begins = |k: &usize| cover[*k] > 0.5 && cover[*k..].iter().take(10).filter(|c| **c > 0.5).count() > 8;
        // A walk that starts on the cover has not seen its edge.
        let Some(first) = (0..steps).find(begins).filter(|first| *first > 0) else {
            continue;
        };
        points.push([across, first as f32 * EDGE_STEP]);
        rises.push(cover[(first + 3).min(steps - 1)] - cover[first.saturating_sub(3)]);
    }
    if points.len() * 3 < COLUMNS * 2 {
        return None;
    }
    let [a, b, c] = parabola(&points)?;
    let mut off: Vec<f32> = points.iter().map(|[x, y]| (y - a - b * x - c * x * x).abs()).collect();
    Some(Edge {
        bend: middle(&mut off)?,
        rise: middle(&mut rises)?,
    })
}

/// Least squares, by Cramer's rule.
fn parabola(points: &[[f32; 2]]) -> Option<[f32; 3]> {
    let mut s = [0.0f64; 5];
    let mut t = [0.0f64; 3];
    for [x, y] in points.iter().map(|at| at.map(f64::from)) {
        for (k, sum) in s.iter_mut().enumerate() {
            *sum += x.powi(k as i32);
        }
        for (k, sum) in t.iter_mut().enumerate() {
            *sum += y * x.powi(k as i32);
        }
    }
    let rows = [[s[0], s[1], s[2]], [s[1], s[2], s[3]], [s[2], s[3], s[4]]];
    let determinant = |m: [[f64; 3]; 3]| {
        m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
            + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0])
    };
    let whole = determinant(rows);
    (whole.abs() > 1e-12).then(|| {
        std::array::from_fn(|k| {
            let mut replaced = rows;
            for (row, value) in replaced.iter_mut().zip(t) {
                row[k] = value;
            }
            (determinant(replaced) / whole) as f32
        })
    })
}

fn middle(values: &mut [f32]) -> Option<f32> {
    let half = values.len() / 2;
    (!values.is_empty()).then(|| *values.select_nth_unstable_by(half, f32::total_cmp).1)
}

fn place(scene: &Scene, tones: &Tones) -> Rect {
    let corners = [
        [-1.3, -tones.up - 0.2],
        [1.3, -tones.up - 0.2],
        [-1.3, -0.3],
        [1.3, -0.3],
    ]
    .map(|at| tones.axes.view(at));
    let low = corners
        .iter()
        .fold([f32::MAX; 2], |low, at| [low[0].min(at[0]), low[1].min(at[1])]);
    let high = corners
        .iter()
        .fold([f32::MIN; 2], |high, at| [high[0].max(at[0]), high[1].max(at[1])]);
    scene.view.rect(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parabola_goes_through_its_points() {
        let points: Vec<[f32; 2]> = (-5..=5)
            .map(|k| k as f32 / 5.0)
            .map(|x| [x, 0.3 - 0.2 * x + 0.7 * x * x])
            .collect();
        let [a, b, c] = parabola(&points).unwrap();
        assert!(
            (a - 0.3).abs() < 1e-5 && (b + 0.2).abs() < 1e-5 && (c - 0.7).abs() < 1e-5,
            "{a} {b} {c}"
        );
        assert!(parabola(&points[..2]).is_none());
    }
}
