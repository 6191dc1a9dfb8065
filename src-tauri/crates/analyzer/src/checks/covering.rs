//! Rules about what covers the head and the face. One file a kind of covering in `covering/`; `tones.rs` has the
//! colours that they compare. Must not live here: a measure, a limit.

mod ears;
mod hair;
mod tones;

use crate::report::Check;
use crate::scene::Scene;
use tones::Tones;

pub const CODES: [&str; 4] = ["brows_visible", "eyes_uncovered", "left_ear", "right_ear"];

pub fn checks(scene: &Scene) -> Vec<Check> {
    let tones = Tones::of(scene);
    let [brows, eyes] = hair::checks(scene, &tones);
    let [left, right] = ears::checks(scene, &tones);
    vec![brows, eyes, left, right]
}
