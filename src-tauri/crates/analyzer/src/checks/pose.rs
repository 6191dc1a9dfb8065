//! Rules about how the head is held.

use super::{bare, by_band, by_limit, either_way, number, reason, within};
use crate::geometry::Measured;
use crate::profile::{Band, Limit};
use crate::report::{Check, Evidence, Group, Unit};
use crate::scene::Scene;

pub const CODES: [&str; 4] = ["roll", "yaw", "pitch", "eyes_open"];

pub fn checks(scene: &Scene) -> Vec<Check> {
    let (measured, limits) = (&scene.measured, &scene.profile.pose);
    let geometry = &measured.geometry;
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
    vec![
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
        eyes_open(measured, &limits.eyes_open_ratio),
    ]
}

/// Opening between the lids of the eye that is more closed, over the distance of its corners. ISO/IEC 29794-5 divides
/// by the distance from the eyes to the chin instead, which a raised chin changes.
fn eyes_open(measured: &Measured, band: &Band) -> Check {
    let (left, right) = (measured.geometry.left_eye_px, measured.geometry.right_eye_px);
    let confidence = 0.7;
    let status = by_band(measured.eyes_open_ratio, band, confidence);
    Check {
        measured: number(measured.eyes_open_ratio, Unit::Ratio),
        required: within(band, Unit::Ratio),
        evidence: vec![Evidence::Points {
            points: vec![left, right],
        }],
        confidence,
        reason: reason(status, "eyes_closed"),
        ..bare("eyes_open", Group::Pose, status)
    }
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
