//! Rules about what covers the head and the face. One file a kind of covering in `covering/`; `tones.rs` has the
//! colours that they compare. Must not live here: a measure, a limit.

mod ears;
mod glasses;
mod hair;
mod tones;

use crate::report::Check;
use crate::scene::Scene;
use tones::Tones;

pub const CODES: [&str; 8] = {
    let [glasses, tint, frame, glare] = glasses::CODES;
    let hair = ["brows_visible", "eyes_uncovered", "left_ear", "right_ear"];
    [hair[0], hair[1], hair[2], hair[3], glasses, tint, frame, glare]
};

pub fn checks(scene: &Scene) -> Vec<Check> {
    let tones = Tones::of(scene);
    let mut checks = hair::checks(scene, &tones).to_vec();
    checks.extend(ears::checks(scene, &tones));
    checks.extend(glasses::checks(scene));
    checks
}
