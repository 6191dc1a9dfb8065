//! Rules about what covers the head and the face. One file a kind of covering in `covering/`; `../tones.rs` has
//! the colours that they compare. Must not live here: a measure, a limit.

mod ears;
mod face;
mod glasses;
mod hair;
mod headwear;

use super::tones::Tones;
use crate::report::Check;
use crate::scene::Scene;

pub const CODES: [&str; 12] = [
    "brows_visible",
    "eyes_uncovered",
    "left_ear",
    "right_ear",
    "glasses",
    "glasses_tint",
    "frame_over_eye",
    "glare",
    "headwear",
    "face_mask",
    "face_occluded",
    "hand_at_face",
];

pub fn checks(scene: &Scene) -> Vec<Check> {
    let tones = Tones::of(scene);
    let mut checks = hair::checks(scene, &tones).to_vec();
    checks.extend(ears::checks(scene, &tones));
    checks.extend(glasses::checks(scene));
    checks.push(headwear::check(scene, &tones));
    checks.extend(face::checks(scene, &tones));
    checks
}
