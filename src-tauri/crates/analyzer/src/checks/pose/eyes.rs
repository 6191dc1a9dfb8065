//! Whether each eye is open, and where both look. Must not live here: limits.

use crate::checks::{bare, by_band, by_limit, either_way, number, reason, within};
use crate::report::{Check, Evidence, Group, Rect, Status, Unit};
use crate::scene::Scene;

pub const CODES: [&str; 3] = ["left_eye_open", "right_eye_open", "gaze"];

/// The lids stand open, this much further apart than anything dark shows between them: something hides the pupil.
const HIDDEN: f32 = 0.16;
/// An iris and its pupil send less than this share of the green light that the skin below the eye sends: brown, blue and
/// green ones, on the darkest skin too.
const DARK: f32 = 0.35;
/// Turn of the eyes when the irises lie one distance of the corners off, fitted over rendered sitters (1.6° spread).
const DEGREES_A_WIDTH: f32 = 164.0;

pub fn checks(scene: &Scene) -> [Check; 3] {
    let (left, right) = (open(scene, 0), open(scene, 1));
    let shut = [&left, &right]
        .iter()
        .any(|eye| matches!(eye.status, Status::Fail | Status::Unsure));
    // An eye that is shut or hidden looks nowhere, and says so itself.
    let gaze = match shut && scene.shows_eyes() {
        true => bare("gaze", Group::Pose, Status::NotApplicable),
        false => gaze(scene),
    };
    [left, right, gaze]
}

/// An eye with what surrounds it.
fn inset(scene: &Scene, eye: usize) -> Rect {
    scene.view.around(scene.eyes()[eye], 0.4 * scene.eye_distance_px())
}

/// Opening over the distance of the eye's corners: the mean of what the iris graph reads between the lids and of the
/// height of iris and pupil that is in sight. The graph alone reads narrow open eyes like some closed ones; a closed eye
/// shows no more than the line of its lashes. ISO/IEC 29794-5 takes the lids and divides by the distance from the eyes to
/// the chin instead, which a raised chin changes.
fn open(scene: &Scene, eye: usize) -> Check {
    let code = CODES[eye];
    let Some(band) = &scene.profile.eyes.open_ratio else {
        return bare(code, Group::Pose, Status::NotApplicable);
    };
    let (lids, iris) = (scene.face.eyes[eye].opening, iris_height(scene, eye));
    let value = f64::from((lids + iris) / 2.0);
    let hidden = f64::from(lids) > band.min && lids - iris > HIDDEN;
    let seen = scene.shows_eyes() && !hidden;
    let confidence = if seen { 0.9 } else { 0.3 };
    let status = if seen {
        by_band(value, band, confidence)
    } else {
        Status::Unsure
    };
    let corners = [0, 8].map(|k| scene.view.to_photo(lid(scene, eye, k)));
    Check {
        measured: number(value, Unit::Ratio),
        required: within(band, Unit::Ratio),
        evidence: vec![Evidence::Points {
            points: vec![corners[0], scene.view.to_photo(scene.eyes()[eye]), corners[1]],
        }],
        inset: Some(inset(scene, eye)),
        confidence,
        reason: reason(status, "eyes_closed"),
        ..bare(code, Group::Pose, status)
    }
}

/// Height of what is dark in the middle of the eye, over the distance of its corners.
fn iris_height(scene: &Scene, eye: usize) -> f32 {
    // In eye distances: half the breadth and half the height that is looked at. It ends below the brow.
    const HALF: [f32; 2] = [0.045, 0.14];
    const STEPS: [usize; 2] = [9, 41];
    let middle = [-0.5, 0.5][eye];
    let skin = scene.median_colour([middle, 0.26], [0.08, 0.06])[1];
    let frame = scene.eye_frame();
    let place = |step: usize, k: usize| (2.0 * step as f32 / (STEPS[k] - 1) as f32 - 1.0) * HALF[k];
    let mut dark = 0;
    for row in 0..STEPS[1] {
        for column in 0..STEPS[0] {
            let at = frame.at(middle + place(column, 0), place(row, 1));
            // Green: red pupils are dark in it.
            dark += usize::from(scene.view.linear_at(at)[1] < DARK * skin);
        }
    }
    let share = dark as f32 / (STEPS[0] * STEPS[1]) as f32;
    share * 2.0 * HALF[1] * scene.eye_distance_px() / width_px(scene, eye)
}

/// Turn of the eyes, positive to the right of the picture: off the camera or off the way the face looks, whichever is
/// less, as a turned face is judged by `yaw`. From the irises' places between the corners, mean of both eyes. Up and down
/// isn't judged: the lids follow the gaze and hide it. This project's own: ISO/IEC 29794-5 has no such measure.
fn gaze(scene: &Scene) -> Check {
    let Some(limit) = &scene.profile.eyes.gaze_deg else {
        return bare("gaze", Group::Pose, Status::NotApplicable);
    };
    let in_head = f64::from(DEGREES_A_WIDTH * (aside(scene, 0) + aside(scene, 1)) / 2.0);
    let to_camera = in_head + scene.measured.geometry.yaw_deg;
    let degrees = if in_head.abs() < to_camera.abs() {
        in_head
    } else {
        to_camera
    };
    let seen = scene.shows_eyes();
    let status = if seen {
        by_limit(degrees.abs(), limit)
    } else {
        Status::Unsure
    };
    let lines = [0, 1].map(|eye| Evidence::Line {
        from: scene.view.to_photo(middle(scene, eye)),
        to: scene.view.to_photo(scene.eyes()[eye]),
    });
    let low = scene.beside_eyes(-0.9, -0.35);
    let high = scene.beside_eyes(0.9, 0.35);
    Check {
        measured: number(degrees, Unit::Degrees),
        required: either_way(limit, Unit::Degrees),
        evidence: lines.to_vec(),
        inset: Some(scene.view.rect(low, high)),
        confidence: if seen { 0.8 } else { 0.0 },
        reason: reason(status, "eyes_closed"),
        ..bare("gaze", Group::Pose, status)
    }
}

/// How far the iris lies to the right of the middle of the eye's corners, over their distance.
fn aside(scene: &Scene, eye: usize) -> f32 {
    let [a, b] = scene.eyes();
    let [x, y] = [b[0] - a[0], b[1] - a[1]];
    let (iris, middle) = (scene.eyes()[eye], middle(scene, eye));
    ((iris[0] - middle[0]) * x + (iris[1] - middle[1]) * y) / x.hypot(y).max(1e-3) / width_px(scene, eye)
}

fn lid(scene: &Scene, eye: usize, index: usize) -> [f32; 2] {
    scene.view.of_working(scene.face.eyes[eye].lids[index])
}

/// Of the corners.
fn middle(scene: &Scene, eye: usize) -> [f32; 2] {
    let (outer, inner) = (lid(scene, eye, 0), lid(scene, eye, 8));
    [(outer[0] + inner[0]) / 2.0, (outer[1] + inner[1]) / 2.0]
}

fn width_px(scene: &Scene, eye: usize) -> f32 {
    let (outer, inner) = (lid(scene, eye, 0), lid(scene, eye, 8));
    (outer[0] - inner[0]).hypot(outer[1] - inner[1]).max(1e-3)
}
