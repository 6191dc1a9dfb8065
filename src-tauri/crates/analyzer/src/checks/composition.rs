//! Rules about the place of the head in the standard photo. All lengths are pixels of the standard photo.

use super::{bare, by_band, by_limit, either_way, number, reason, within};
use crate::face::FaceBox;
use crate::framing::Composition;
use crate::geometry::Crown;
use crate::profile::{Band, Profile};
use crate::report::{Check, Evidence, Geometry, Group, Point, Rect, Required, Status, Unit};
use crate::scene::{Scene, scaled};

pub const CODES: [&str; 5] = ["face_width", "crown_margin", "eye_line", "chin", "centring"];

/// Trust in points of the mesh and the iris: a few pixels off at most.
const LANDMARKS: f64 = 0.9;

/// How many faces there are, and how sure that is: of the boxes that the cascade found, those that the mesh takes for
/// faces too. A box below the sure score makes a doubt, not a person.
pub fn face_count(faces: &[(FaceBox, bool)], scale: f64) -> Check {
    let sure = faces
        .iter()
        .filter(|(found, is_face)| found.is_sure() && *is_face)
        .count();
    let doubtful = faces.len() - sure;
    let (status, code, confidence) = match (sure, doubtful) {
        (1, 0) => (Status::Pass, "", 0.98),
        (0, 0) => (Status::Fail, "head_position", 0.9),
        (2.., _) => (Status::Fail, "several_people", 0.95),
        (1, _) => (Status::Unsure, "several_people", 0.5),
        (0, _) => (Status::Unsure, "head_position", 0.5),
    };
    let region = |(found, _): &(FaceBox, bool)| Evidence::Region {
        rect: scaled(&found.rect(), scale),
    };
    Check {
        measured: number(sure.max(usize::from(doubtful > 0)) as f64, Unit::Count),
        required: Some(Required::Range {
            min: Some(1.0),
            max: Some(1.0),
            unit: Unit::Count,
            scale_min: 0.0,
            scale_max: 4.0,
        }),
        evidence: faces.iter().map(region).collect(),
        confidence,
        reason: reason(status, code),
        ..bare("face_count", Group::Composition, status)
    }
}

pub fn checks(scene: &Scene) -> Vec<Check> {
    let (composition, measured, crop, profile) = (&scene.composition, &scene.measured, &scene.crop, scene.profile);
    let (geometry, limits) = (&measured.geometry, &profile.composition);
    vec![
        face_width(composition, geometry, &limits.face_width_px),
        crown_margin(composition, geometry, measured.crown, crop, &limits.crown_margin_px),
        eye_line(composition, geometry, crop, &limits.eye_line_px),
        chin(composition, geometry, crop, &limits.chin_margin_px),
        centring(composition, geometry, crop, profile),
    ]
}

fn banded(code: &str, value: f64, band: &Band, confidence: f64) -> Check {
    Check {
        measured: number(value, Unit::Px),
        required: within(band, Unit::Px),
        confidence,
        ..bare(code, Group::Composition, by_band(value, band, confidence))
    }
}

/// Distance between the cheeks where the face is widest.
fn face_width(composition: &Composition, geometry: &Geometry, band: &Band) -> Check {
    let value = composition.face_width_px;
    let check = banded("face_width", value, band, LANDMARKS);
    let code = if value < band.min {
        "head_too_small"
    } else {
        "head_too_large"
    };
    Check {
        evidence: vec![Evidence::Line {
            from: geometry.face_left_px,
            to: geometry.face_right_px,
        }],
        reason: reason(check.status, code),
        ..check
    }
}

/// Top of the head, hair included, to the top edge.
fn crown_margin(composition: &Composition, geometry: &Geometry, crown: Crown, crop: &Rect, band: &Band) -> Check {
    let check = banded("crown_margin", composition.crown_margin_px, band, crown.confidence());
    Check {
        evidence: vec![from_top(geometry.crown_px, crop)],
        reason: reason(check.status, "crown_or_eyes"),
        ..check
    }
}

/// Midpoint between the eyes to the top edge.
fn eye_line(composition: &Composition, geometry: &Geometry, crop: &Rect, band: &Band) -> Check {
    let check = banded("eye_line", composition.eye_line_px, band, LANDMARKS);
    let (left, right) = (geometry.left_eye_px, geometry.right_eye_px);
    Check {
        evidence: vec![
            from_top(middle(left, right), crop),
            Evidence::Line { from: left, to: right },
        ],
        reason: reason(check.status, "crown_or_eyes"),
        ..check
    }
}

/// Chin to the bottom edge: how much of the body is in the photo.
fn chin(composition: &Composition, geometry: &Geometry, crop: &Rect, band: &Band) -> Check {
    let check = banded("chin", composition.chin_margin_px, band, LANDMARKS);
    let foot = Point {
        x_px: geometry.chin_px.x_px,
        y_px: crop.y_px + crop.height_px,
    };
    Check {
        evidence: vec![Evidence::Line {
            from: geometry.chin_px,
            to: foot,
        }],
        reason: reason(check.status, "too_little_body"),
        ..check
    }
}

/// Midpoint of the eyes off the vertical middle line; positive: to the right. (The face centre of ISO/IEC 39794-5.)
fn centring(composition: &Composition, geometry: &Geometry, crop: &Rect, profile: &Profile) -> Check {
    let limit = &profile.composition.centring_px;
    let status = by_limit(composition.off_centre_px.abs(), limit);
    let eyes = middle(geometry.left_eye_px, geometry.right_eye_px);
    let axis = Point {
        x_px: crop.x_px + crop.width_px / 2.0,
        y_px: eyes.y_px,
    };
    Check {
        measured: number(composition.off_centre_px, Unit::Px),
        required: either_way(limit, Unit::Px),
        evidence: vec![Evidence::Line { from: axis, to: eyes }],
        confidence: LANDMARKS,
        reason: reason(status, "not_centred"),
        ..bare("centring", Group::Composition, status)
    }
}

fn from_top(at: Point, crop: &Rect) -> Evidence {
    Evidence::Line {
        from: Point {
            x_px: at.x_px,
            y_px: crop.y_px,
        },
        to: at,
    }
}

fn middle(a: Point, b: Point) -> Point {
    Point {
        x_px: (a.x_px + b.x_px) / 2.0,
        y_px: (a.y_px + b.y_px) / 2.0,
    }
}
