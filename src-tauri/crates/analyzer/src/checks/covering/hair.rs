//! Hair over the brows and over the eyes. Both measures are this project's own: no standard defines one.

use super::super::tones::Tones;
use super::super::{DECIDES, bare, by_limit, number, reason, up_to};
use crate::profile::Limit;
use crate::report::{Check, Group, Rect, Status, Unit};
use crate::scene::{Scene, region};

/// Upper and lower edge of each brow, by points of the mesh, from the left of the picture to the right.
const BROWS: [([usize; 5], [usize; 5]); 2] = [
    ([70, 63, 105, 66, 107], [46, 53, 52, 65, 55]),
    ([336, 296, 334, 293, 300], [285, 295, 282, 283, 276]),
];
/// Columns that are walked over each brow; its outer tenths are left out.
const COLUMNS: usize = 21;
/// A walk starts so far above the brow and goes in such steps, in eye distances.
const ABOVE: f32 = 0.30;
const STEP: f32 = 0.01;
/// From this share of the way from skin to hair a pixel is no skin any more.
const HAIRY: f32 = 0.45;
/// So many steps of skin end the hair: between two strands there are fewer.
const SKIN_STEPS: usize = 5;
/// Hair that comes nearer to the iris' centre than this, in eye distances, lies over the eye: the lashes' height.
const LID: f32 = 0.10;
/// Skin and hair closer than this (CIELAB, lightness halved) can't be told apart …
const CONTRAST_MIN: f32 = 15.0;
/// … and closer than this there is no hair over the forehead: a shaved head's top is skin.
const BALD: f32 = 9.0;

/// Of one side: shares of the brow's columns that hair covers, and of those where it reaches the eye.
#[derive(Clone, Copy, Debug, Default)]
struct Cover {
    brow: f32,
    eye: f32,
}

pub fn checks(scene: &Scene, tones: &Tones) -> [Check; 2] {
    let covers = [0, 1].map(|side| cover(scene, tones, side));
    let limits = &scene.profile.covering;
    [
        judge(
            scene,
            tones,
            "brows_visible",
            covers.map(|c| c.brow),
            limits.brow_covered_percent,
        ),
        judge(
            scene,
            tones,
            "eyes_uncovered",
            covers.map(|c| c.eye),
            limits.eye_covered_percent,
        ),
    ]
}

/// Hair hangs from above without a gap of skin. Down each column of a brow it is followed to its end.
fn cover(scene: &Scene, tones: &Tones, side: usize) -> Cover {
    if tones.contrast() < BALD {
        return Cover::default();
    }
    let axes = &tones.axes;
    let upper = BROWS[side].0.map(|index| axes.place(scene.landmark(index)));
    let [_, eye] = axes.place(scene.eyes()[side]);
    let (from, to) = (upper[0][0], upper[4][0]);
    let mut cover = Cover::default();
    for column in 0..COLUMNS {
        let across = from + (to - from) * (0.1 + 0.8 * column as f32 / (COLUMNS - 1) as f32);
        let brow = height_at(&upper, across);
        let end = hair_end(tones, across, brow - ABOVE, eye + 2.0 * LID);
        cover.brow += f32::from(u8::from(end > brow + 0.02));
        cover.eye += f32::from(u8::from(end > eye - LID));
    }
    Cover {
        brow: cover.brow / COLUMNS as f32,
        eye: cover.eye / COLUMNS as f32,
    }
}

/// Where the first gap of skin begins, walking down.
fn hair_end(tones: &Tones, across: f32, from: f32, to: f32) -> f32 {
    let mut gap = 0;
    let steps = ((to - from) / STEP).clamp(0.0, 200.0) as usize;
    for step in 0..steps {
        let down = from + step as f32 * STEP;
        let is_skin = tones
            .axes
            .colour([across, down])
            .is_some_and(|c| tones.hairiness(c) < HAIRY);
        gap = if is_skin { gap + 1 } else { 0 };
        if gap == SKIN_STEPS {
            return down - (SKIN_STEPS - 1) as f32 * STEP;
        }
    }
    to
}

/// On a line through points that go from left to right.
fn height_at(line: &[[f32; 2]; 5], across: f32) -> f32 {
    let next = line.iter().skip(1).position(|at| at[0] >= across).unwrap_or(3);
    let [a, b] = [line[next], line[next + 1]];
    let share = (across - a[0]) / (b[0] - a[0]).max(1e-3);
    a[1] + (b[1] - a[1]) * share.clamp(0.0, 1.0)
}

/// The worse side counts.
fn judge(scene: &Scene, tones: &Tones, code: &str, shares: [f32; 2], limit: Option<Limit>) -> Check {
    let Some(limit) = limit else {
        return bare(code, Group::Covering, Status::NotApplicable);
    };
    let worse = usize::from(shares[1] > shares[0]);
    let percent = f64::from(shares[worse]) * 100.0;
    let contrast = tones.contrast();
    let confidence = if (BALD..CONTRAST_MIN).contains(&contrast) {
        0.4
    } else {
        0.9
    };
    let status = match by_limit(percent, &limit) {
        Status::Pass => Status::Pass,
        _ if confidence < DECIDES => Status::Unsure,
        status => status,
    };
    Check {
        measured: number(percent, Unit::Percent),
        required: up_to(&limit, Unit::Percent),
        evidence: [0, 1].map(|side| region(place(scene, side))).to_vec(),
        inset: (status != Status::Pass).then(|| place(scene, worse)),
        confidence,
        reason: reason(status, "hair_over_eyes"),
        ..bare(code, Group::Covering, status)
    }
}

/// Brow and eye of one side.
fn place(scene: &Scene, side: usize) -> Rect {
    let apart = scene.eye_distance_px();
    let [x, y] = scene.eyes()[side];
    scene.view.rect(
        [x - 0.42 * apart, y - 0.55 * apart],
        [x + 0.42 * apart, y + 0.22 * apart],
    )
}
