//! Rules about how the head is held, and about the face's expression in `pose/`.

mod eyes;
mod mouth;

use super::{bare, by_limit, either_way, number, reason};
use crate::profile::Limit;
use crate::report::{Check, Evidence, Group, Unit};
use crate::scene::Scene;

pub const CODES: [&str; 8] = {
    let [left, right, gaze] = eyes::CODES;
    let [mouth, teeth] = mouth::CODES;
    ["roll", "yaw", "pitch", left, right, gaze, mouth, teeth]
};

pub fn checks(scene: &Scene) -> Vec<Check> {
    let (geometry, limits) = (&scene.measured.geometry, &scene.profile.pose);
    let eyes = Evidence::Line {
        from: geometry.left_eye_px,
        to: geometry.right_eye_px,
    };
    let axis = Evidence::Line {
        from: geometry.crown_px,
        to: geometry.chin_px,
    };
    let cheeks = Evidence::Line {
        from: geometry.face_left_px,
        to: geometry.face_right_px,
    };
    let mut checks = vec![
        // Tilt of the line between the irises; positive: clockwise as seen.
        angle("roll", geometry.roll_deg, &limits.roll_deg, eyes, 0.95, "head_tilted"),
        // Depth of symmetric points of the mesh against their distance; positive: to the right of the picture.
        angle("yaw", geometry.yaw_deg, &limits.yaw_deg, cheeks, 0.8, "face_turned"),
        // Depth of chin against forehead, less the mesh's neutral pitch; positive: downwards.
        angle(
            "pitch",
            geometry.pitch_deg,
            &limits.pitch_deg,
            axis,
            0.7,
            "head_pitched",
        ),
    ];
    checks.extend(eyes::checks(scene));
    checks.extend(mouth::checks(scene));
    checks
}

/// Angles as ISO/IEC 29794-5 wants them judged: in degrees, either way.
fn angle(code: &str, degrees: f64, limit: &Limit, evidence: Evidence, confidence: f64, why: &str) -> Check {
    let status = by_limit(degrees.abs(), limit);
    Check {
        measured: number(degrees, Unit::Degrees),
        required: either_way(limit, Unit::Degrees),
        evidence: vec![evidence],
        confidence,
        reason: reason(status, why),
        ..bare(code, Group::Pose, status)
    }
}
