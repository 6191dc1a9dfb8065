//! The flash's red light out of the pupils. Must not live here: limits.

use crate::checks::{bare, by_limit, number, reason, up_to};
use crate::report::{Check, Group, Status, Unit};
use crate::scene::{Scene, region};

/// Half the side of the square that is looked at, in eye distances: the pupil and most of the iris.
const HALF: f32 = 0.07;
const STEPS: usize = 11;

/// The redder eye counts. This project's own measure: ISO/IEC 29794-5 has none.
pub fn check(scene: &Scene) -> Check {
    let Some(limit) = &scene.profile.eyes.red_percent else {
        return bare("red_eye", Group::Light, Status::NotApplicable);
    };
    let redness = [0, 1].map(|eye| redness(scene, eye));
    let eye = usize::from(redness[1] > redness[0]);
    let seen = scene.shows_eyes();
    let status = if seen {
        by_limit(redness[eye], limit)
    } else {
        Status::Unsure
    };
    let half_px = scene.eye_distance_px();
    let around = |half: f32| scene.view.around(scene.eyes()[eye], half * half_px);
    Check {
        measured: number(redness[eye], Unit::Percent),
        required: up_to(limit, Unit::Percent),
        evidence: vec![region(around(0.12))],
        inset: Some(around(0.4)),
        confidence: if seen { 0.9 } else { 0.0 },
        reason: reason(status, "red_eye"),
        ..bare("red_eye", Group::Light, status)
    }
}

/// Red light of the pupil beyond what matter of the skin's colour with the same green would send, of the skin's red: a
/// dark iris, brown or blue, has none and neither has a closed lid.
fn redness(scene: &Scene, eye: usize) -> f64 {
    let skin = scene.cheek(eye);
    let warm = skin[0] / skin[1].max(1e-3);
    let frame = scene.eye_frame();
    let place = |step: usize| (2.0 * step as f32 / (STEPS - 1) as f32 - 1.0) * HALF;
    let mut excess = [0.0; STEPS * STEPS];
    for (k, value) in excess.iter_mut().enumerate() {
        let across = [-0.5, 0.5][eye] + place(k % STEPS);
        let [red, green, _] = scene.view.linear_at(frame.at(across, place(k / STEPS)));
        *value = (red - warm * green) / skin[0].max(1e-3);
    }
    // A red pupil fills a quarter of the square at least.
    let (_, quarter, _) = excess.select_nth_unstable_by(STEPS * STEPS * 3 / 4, f32::total_cmp);
    f64::from(100.0 * quarter.max(0.0))
}
