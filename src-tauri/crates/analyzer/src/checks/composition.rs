//! Rules about the place of head and shoulders in the standard photo, and whether one can be cut from the upload.

mod crop;
mod head;
mod shares;
mod shoulders;

use super::{at_least, bare, by_band, number, reason, within};
use crate::face::FaceBox;
use crate::profile::{Band, Floor};
use crate::report::{Check, Evidence, Geometry, Group, Point, Rect, Required, Status, Unit};
use crate::scene::{Scene, scaled};

pub const CODES: [&str; 15] = [
    "face_width",
    "crown_margin",
    "eye_line",
    "chin",
    "centring",
    "head_width",
    "head_height",
    "inter_eye_distance",
    "inter_eye_ratio",
    "eyes_from_bottom",
    "face_centre_x",
    "face_centre_y",
    "shoulders_in_frame",
    "shoulders_level",
    "crop_possible",
];

/// Trust in points of the mesh and the iris: a few pixels off at most.
const LANDMARKS: f64 = 0.9;

/// A check whose rule the profile doesn't have.
fn not_asked(code: &str) -> Check {
    bare(code, Group::Composition, Status::NotApplicable)
}

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
    let mut checks = head::checks(scene);
    checks.extend(shares::checks(scene));
    checks.extend(shoulders::checks(scene));
    checks.push(crop::possible(scene, &checks));
    checks
}

fn banded(code: &str, value: f64, unit: Unit, band: &Band, confidence: f64) -> Check {
    Check {
        measured: number(value, unit),
        required: within(band, unit),
        confidence,
        ..bare(code, Group::Composition, by_band(value, band, confidence))
    }
}

fn floored(code: &str, value: f64, unit: Unit, floor: &Floor) -> Check {
    Check {
        measured: number(value, unit),
        required: at_least(floor, unit),
        confidence: LANDMARKS,
        ..bare(code, Group::Composition, by_band(value, &floor.band(), LANDMARKS))
    }
}

/// The place that a doubtful check needs looked at enlarged: around a line, a quarter of the crop at least.
fn around(from: Point, to: Point, crop: &Rect) -> Rect {
    let half = crop.width_px / 8.0;
    let side = |a: f64, b: f64, low: f64, length: f64| {
        let start = (a.min(b) - half).max(low);
        (start, (a.max(b) + half).min(low + length) - start)
    };
    let (x_px, width_px) = side(from.x_px, to.x_px, crop.x_px, crop.width_px);
    let (y_px, height_px) = side(from.y_px, to.y_px, crop.y_px, crop.height_px);
    Rect {
        x_px,
        y_px,
        width_px: width_px.max(1.0),
        height_px: height_px.max(1.0),
    }
}

fn from_top(at: Point, crop: &Rect) -> (Point, Point) {
    let edge = Point {
        x_px: at.x_px,
        y_px: crop.y_px,
    };
    (edge, at)
}

fn to_bottom(at: Point, crop: &Rect) -> (Point, Point) {
    let edge = Point {
        x_px: at.x_px,
        y_px: crop.y_px + crop.height_px,
    };
    (at, edge)
}

fn eyes(geometry: &Geometry) -> Point {
    let (a, b) = (geometry.left_eye_px, geometry.right_eye_px);
    Point {
        x_px: (a.x_px + b.x_px) / 2.0,
        y_px: (a.y_px + b.y_px) / 2.0,
    }
}

/// The check with the line that it measured, the reason that it suggests, and a place to look at where it is in doubt.
fn shown(check: Check, (from, to): (Point, Point), crop: &Rect, code: &str) -> Check {
    Check {
        evidence: vec![Evidence::Line { from, to }],
        inset: (check.status == Status::Unsure).then(|| around(from, to, crop)),
        reason: reason(check.status, code),
        ..check
    }
}
