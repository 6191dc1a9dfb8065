//! Rules in pixels of the standard photo.

use super::{LANDMARKS, banded, eyes, floored, from_top, not_asked, shown, to_bottom};
use crate::checks::{bare, by_limit, either_way, number};
use crate::profile::{Band, CompositionLimits};
use crate::report::{Check, Evidence, Group, Point, Status, Unit};
use crate::scene::Scene;

pub fn checks(scene: &Scene) -> Vec<Check> {
    vec![
        face_width(scene),
        crown_margin(scene),
        eye_line(scene),
        chin(scene),
        centring(scene),
    ]
}

/// Distance between the cheeks where the face is widest.
fn face_width(scene: &Scene) -> Check {
    let Some(band) = scene.profile.composition.face_width_px else {
        return not_asked("face_width");
    };
    let (value, geometry) = (scene.composition.face_width_px, &scene.measured.geometry);
    let code = too_far(value, &band, ["head_too_small", "head_too_large"]);
    let check = banded("face_width", value, Unit::Px, &band, LANDMARKS);
    shown(
        check,
        (geometry.face_left_px, geometry.face_right_px),
        &scene.crop,
        code,
    )
}

/// Top of the head, hair included, to the top edge. Where the profile lets this rule yield, a crown above its band is
/// right as long as the eyes would lie too low with the crown in it.
fn crown_margin(scene: &Scene) -> Check {
    let limits = &scene.profile.composition;
    let Some(band) = limits.crown_margin_px else {
        return not_asked("crown_margin");
    };
    let composition = &scene.composition;
    let value = composition.crown_margin_px;
    let crown = scene.measured.crown.confidence();
    let mut check = banded("crown_margin", value, Unit::Px, &band, crown);
    if value < band.min && has_to_yield(limits, band.min - value, composition.eyes_from_bottom_px()) {
        check.status = Status::Pass;
    }
    let line = from_top(scene.measured.geometry.crown_px, &scene.crop);
    shown(check, line, &scene.crop, "crown_or_eyes")
}

/// Whether the crown's rule yields: the eyes can't go down by as much as the crown lacks.
fn has_to_yield(limits: &CompositionLimits, lacks_px: f64, eyes_from_bottom_px: f64) -> bool {
    let floor = limits.eyes_from_bottom_px.filter(|_| limits.crown_yields_to_eyes);
    floor.is_some_and(|floor| eyes_from_bottom_px - lacks_px < floor.min)
}

/// Midpoint between the eyes to the top edge.
fn eye_line(scene: &Scene) -> Check {
    let Some(band) = scene.profile.composition.eye_line_px else {
        return not_asked("eye_line");
    };
    let geometry = &scene.measured.geometry;
    let check = banded("eye_line", scene.composition.eye_line_px, Unit::Px, &band, LANDMARKS);
    let mut check = shown(
        check,
        from_top(eyes(geometry), &scene.crop),
        &scene.crop,
        "crown_or_eyes",
    );
    check.evidence.push(Evidence::Line {
        from: geometry.left_eye_px,
        to: geometry.right_eye_px,
    });
    check
}

/// Chin to the bottom edge: how much of the body is in the photo.
fn chin(scene: &Scene) -> Check {
    let Some(floor) = scene.profile.composition.chin_margin_px else {
        return not_asked("chin");
    };
    let check = floored("chin", scene.composition.chin_margin_px, Unit::Px, &floor);
    let line = to_bottom(scene.measured.geometry.chin_px, &scene.crop);
    shown(check, line, &scene.crop, "too_little_body")
}

/// Midpoint of the eyes off the vertical middle line; positive: to the right. (The face centre of ISO/IEC 39794-5.)
fn centring(scene: &Scene) -> Check {
    let Some(limit) = scene.profile.composition.centring_px else {
        return not_asked("centring");
    };
    let off_centre_px = scene.composition.off_centre_px;
    let eyes = eyes(&scene.measured.geometry);
    let axis = Point {
        x_px: scene.crop.x_px + scene.crop.width_px / 2.0,
        y_px: eyes.y_px,
    };
    let check = Check {
        measured: number(off_centre_px, Unit::Px),
        required: either_way(&limit, Unit::Px),
        confidence: LANDMARKS,
        ..bare("centring", Group::Composition, by_limit(off_centre_px.abs(), &limit))
    };
    shown(check, (axis, eyes), &scene.crop, "not_centred")
}

/// Of two reasons the one for the side that a value lies at.
pub(super) fn too_far(value: f64, band: &Band, [small, large]: [&'static str; 2]) -> &'static str {
    if value < (band.min + band.max) / 2.0 {
        small
    } else {
        large
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Profile;

    /// GA 461: the eyes' rule wins where both can't hold.
    #[test]
    fn the_crown_yields_only_where_the_eyes_would_lie_too_low() {
        let card = Profile::named("id-card-ga461").unwrap().unwrap().composition;
        assert!(has_to_yield(&card, 5.0, 210.0));
        assert!(!has_to_yield(&card, 5.0, 240.0));
        let other = Profile::chsi_2017().unwrap().composition;
        assert!(!has_to_yield(&other, 5.0, 210.0));
    }
}
