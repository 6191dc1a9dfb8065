//! Rules in shares of the standard photo, in millimetres of its print, or from its bottom edge: what other standards than
//! the one in pixels ask.

use super::head::too_far;
use super::{LANDMARKS, banded, eyes, floored, from_top, not_asked, shown, to_bottom};
use crate::profile::Band;
use crate::report::{Check, Point, Unit};
use crate::scene::Scene;

pub fn checks(scene: &Scene) -> Vec<Check> {
    vec![
        head_width(scene),
        head_height(scene),
        inter_eye_distance(scene),
        inter_eye_ratio(scene),
        eyes_from_bottom(scene),
        face_centre_x(scene),
        face_centre_y(scene),
    ]
}

const SIZES: [&str; 2] = ["head_too_small", "head_too_large"];

/// Head width over the width of the photo (ISO/IEC 39794-5: between the places where the ears join), here between the
/// mesh's outermost points of the face, which lie just before the ears.
fn head_width(scene: &Scene) -> Check {
    let Some(band) = scene.profile.composition.head_width_percent else {
        return not_asked("head_width");
    };
    let (value, geometry) = (scene.composition.head_width_percent(), &scene.measured.geometry);
    let check = banded("head_width", value, Unit::Percent, &band, LANDMARKS);
    let line = (geometry.face_left_px, geometry.face_right_px);
    shown(check, line, &scene.crop, too_far(value, &band, SIZES))
}

/// Chin to crown, hair included, over the height of the photo (ISO/IEC 39794-5: head length), or on its print.
fn head_height(scene: &Scene) -> Check {
    let profile = scene.profile;
    let percent = scene.composition.head_height_percent();
    let on_print = profile.composition.head_height_mm.zip(profile.standard.print_mm);
    let (value, unit, band): (f64, Unit, Band) = match (profile.composition.head_height_percent, on_print) {
        (Some(band), _) => (percent, Unit::Percent, band),
        (None, Some((band, print))) => (percent * print.height / 100.0, Unit::Mm, band),
        (None, None) => return not_asked("head_height"),
    };
    let geometry = &scene.measured.geometry;
    let trust = LANDMARKS.min(scene.measured.crown.confidence());
    let check = banded("head_height", value, unit, &band, trust);
    let line = (geometry.crown_px, geometry.chin_px);
    shown(check, line, &scene.crop, too_far(value, &band, SIZES))
}

/// ISO/IEC 29794-5, inter-eye distance: pixels between the eyes' centres over cos(yaw). Pixels of the standard photo,
/// or of the upload where that has fewer.
fn inter_eye_distance(scene: &Scene) -> Check {
    let Some(floor) = scene.profile.composition.inter_eye_px else {
        return not_asked("inter_eye_distance");
    };
    let check = floored("inter_eye_distance", scene.composition.inter_eye_px, Unit::Px, &floor);
    shown(check, between_eyes(scene), &scene.crop, "image_size")
}

/// The same distance over the width of the photo.
fn inter_eye_ratio(scene: &Scene) -> Check {
    let Some(band) = scene.profile.composition.inter_eye_ratio else {
        return not_asked("inter_eye_ratio");
    };
    let value = scene.composition.inter_eye_ratio;
    let check = banded("inter_eye_ratio", value, Unit::Ratio, &band, LANDMARKS);
    shown(check, between_eyes(scene), &scene.crop, too_far(value, &band, SIZES))
}

/// Midpoint of the eyes to the bottom edge.
fn eyes_from_bottom(scene: &Scene) -> Check {
    let (limits, composition) = (&scene.profile.composition, &scene.composition);
    let code = "eyes_from_bottom";
    let check = match (limits.eyes_from_bottom_px, limits.eyes_from_bottom_percent) {
        (Some(floor), _) => floored(code, composition.eyes_from_bottom_px(), Unit::Px, &floor),
        (None, Some(band)) => {
            let value = composition.eyes_from_bottom_percent();
            banded(code, value, Unit::Percent, &band, LANDMARKS)
        }
        (None, None) => return not_asked(code),
    };
    let line = to_bottom(eyes(&scene.measured.geometry), &scene.crop);
    shown(check, line, &scene.crop, "crown_or_eyes")
}

/// ISO/IEC 39794-5: the face centre, midpoint of the eyes, across the photo.
fn face_centre_x(scene: &Scene) -> Check {
    let Some(band) = scene.profile.composition.face_centre_x_percent else {
        return not_asked("face_centre_x");
    };
    let value = scene.composition.face_centre_x_percent();
    let eyes = eyes(&scene.measured.geometry);
    let edge = Point {
        x_px: scene.crop.x_px,
        y_px: eyes.y_px,
    };
    let check = banded("face_centre_x", value, Unit::Percent, &band, LANDMARKS);
    shown(check, (edge, eyes), &scene.crop, "not_centred")
}

/// ISO/IEC 39794-5: the face centre, midpoint of the eyes, down the photo.
fn face_centre_y(scene: &Scene) -> Check {
    let Some(band) = scene.profile.composition.face_centre_y_percent else {
        return not_asked("face_centre_y");
    };
    let value = scene.composition.face_centre_y_percent();
    let check = banded("face_centre_y", value, Unit::Percent, &band, LANDMARKS);
    let line = from_top(eyes(&scene.measured.geometry), &scene.crop);
    shown(check, line, &scene.crop, "crown_or_eyes")
}

fn between_eyes(scene: &Scene) -> (Point, Point) {
    let geometry = &scene.measured.geometry;
    (geometry.left_eye_px, geometry.right_eye_px)
}
