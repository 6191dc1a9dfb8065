//! A mask over nose and mouth, and anything else before the face. Both measures are this project's own.

use super::super::tones::{BARE, Tones, is_fleshy, square, steps};
use super::super::{bare, by_limit, number, reason, up_to};
use crate::colour::Lab;
use crate::face::OVAL;
use crate::profile::Limit;
use crate::report::{Check, Group, Rect, Status, Unit};
use crate::scene::{Scene, region};

/// Points of the mesh that a mask covers: the nose's tip, beside the mouth, the chin.
const MASKED: [usize; 4] = [4, 205, 425, 200];
/// Half the side of the patch around such a point, in eye distances.
const PATCH: f32 = 0.04;

/// Points whose colour is not the skin's: lips, nostrils, brows.
const NOT_SKIN: [usize; 140] = [
    61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185, 76, 77, 90, 180, 85, 16,
    315, 404, 320, 307, 306, 408, 304, 303, 302, 11, 72, 73, 74, 184, 62, 96, 89, 179, 86, 15, 316, 403, 319, 325, 292,
    407, 272, 271, 268, 12, 38, 41, 42, 183, 78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13,
    82, 81, 80, 191, 79, 20, 309, 250, 98, 327, 97, 326, 94, 2, 141, 370, 99, 328, 60, 290, 75, 305, 166, 392, 59, 289,
    238, 458, 241, 461, 242, 462, 218, 438, 219, 439, 239, 459, 237, 457, 44, 274, 125, 354, 70, 63, 105, 66, 107, 46,
    53, 52, 65, 55, 336, 296, 334, 293, 300, 285, 295, 282, 283, 276,
];
/// Around an eye's centre lie lids, lashes and glasses: to either side, above, below, in eye distances.
const EYE: [f32; 3] = [0.42, 0.45, 0.30];
/// Fringes reach down to here; the mesh's outline is off by so much of its half breadth, and at the chin.
const TOP: f32 = -0.30;
const WITHIN: f32 = 0.88;
const CHIN: f32 = 0.08;
/// From this distance (CIELAB, lightness halved) a colour is not this face's: more than light, blush and stubble make.
const FOREIGN: f32 = 16.0;

/// Two open eyes vary alike in lightness: of 80 sitters none has one below 0.84 of the other.
const BLANK: f32 = 0.5;

/// Where a hand before the face, or its arm, comes in: so far outside the cheek's edge, below the ears, to below the chin.
const BESIDE_JAW: [f32; 2] = [0.05, 1.75];
const BELOW_EARS: f32 = 0.85;
const BELOW_CHIN: f32 = 0.3;
const HAND_STEP: f32 = 0.04;
/// A hand's colour (CIELAB, lightness halved) is this near to the face's.
const OWN: f32 = 18.0;

pub fn checks(scene: &Scene, tones: &Tones) -> [Check; 3] {
    let limits = &scene.profile.covering;
    let mask = limits.mask_difference.map(|limit| (mask(scene, tones), limit));
    let foreign = limits.foreign_percent.map(|limit| (foreign(scene, tones), limit));
    let mut occluded = judge(scene, "face_occluded", Unit::Percent, foreign);
    // Something over one eye alone may be too small to count, or a lens that mirrors.
    if occluded.status == Status::Pass
        && let Some(side) = one_blank_eye(scene, tones)
    {
        occluded.status = Status::Unsure;
        occluded.inset = Some(scene.view.around(scene.eyes()[side], 0.4 * scene.eye_distance_px()));
        occluded.confidence = 0.4;
        occluded.reason = reason(Status::Unsure, "face_covered");
    }
    [
        judge(scene, "face_mask", Unit::DeltaE, mask),
        occluded,
        hand(scene, tones),
    ]
}

/// A hand has the face's own colour: it is seen beside the jaw, where nothing of the face is. A person looks at it.
fn hand(scene: &Scene, tones: &Tones) -> Check {
    const CODE: &str = "hand_at_face";
    let Some(most) = scene.profile.covering.hand_area else {
        return bare(CODE, Group::Covering, Status::NotApplicable);
    };
    let axes = &tones.axes;
    let outline = OVAL.map(|index| axes.place(scene.landmark(index)));
    let [_, chin] = axes.place(scene.landmark(152));
    let behind = scene.background.as_ref().map(|background| background.colour);
    let others = [Some(tones.hair), behind];
    let is_own = |colour: &Lab| {
        let distance = square(*colour, tones.skin);
        let nearer = |other: &Lab| square(*colour, *other) <= distance;
        is_fleshy(colour) && distance < OWN * OWN && !others.iter().flatten().any(nearer)
    };
    let area = |side: f32| {
        let edge = outline.iter().map(|at| side * at[0]).fold(0.0, f32::max);
        let beside = steps([edge + BESIDE_JAW[0], BESIDE_JAW[1]], HAND_STEP);
        let places = steps([BELOW_EARS, chin + BELOW_CHIN], HAND_STEP)
            .flat_map(|down| beside.clone().map(move |out| [side * out, down]));
        let own = places.filter_map(|at| axes.colour(at)).filter(is_own);
        own.count() as f32 * HAND_STEP * HAND_STEP
    };
    let [left, right] = [area(-1.0), area(1.0)];
    let value = f64::from(left.max(right));
    let status = if value > most { Status::Unsure } else { Status::Pass };
    let side = if left > right { -1.0 } else { 1.0 };
    let centre = axes.view([side, (BELOW_EARS + chin + BELOW_CHIN) / 2.0]);
    let place = scene.view.around(centre, 0.8 * scene.eye_distance_px());
    Check {
        measured: number(value, Unit::Ratio),
        required: up_to(&Limit { pass: most, fail: most }, Unit::Ratio),
        evidence: if status == Status::Unsure {
            vec![region(place)]
        } else {
            vec![]
        },
        inset: (status == Status::Unsure).then_some(place),
        confidence: 0.7,
        reason: reason(status, "face_covered"),
        ..bare(CODE, Group::Covering, status)
    }
}

/// A measure may be absent where too little of the face lies in the picture.
fn judge(scene: &Scene, code: &str, unit: Unit, measured: Option<(Option<f64>, Limit)>) -> Check {
    let Some((value, limit)) = measured else {
        return bare(code, Group::Covering, Status::NotApplicable);
    };
    let place = place(scene);
    let status = value.map_or(Status::Unsure, |value| by_limit(value, &limit));
    Check {
        measured: value.and_then(|value| number(value, unit)),
        required: up_to(&limit, unit),
        evidence: vec![region(place)],
        inset: (status != Status::Pass).then_some(place),
        confidence: if value.is_some() { 0.85 } else { 0.0 },
        reason: reason(status, "face_covered"),
        ..bare(code, Group::Covering, status)
    }
}

/// Distance (CIELAB, lightness halved) of that covered place which is most like any of the free ones: a beard leaves the
/// nose, a highlight the chin.
fn mask(scene: &Scene, tones: &Tones) -> Option<f64> {
    let patch = |index: usize| tones.axes.square(tones.axes.place(scene.landmark(index)), PATCH);
    let free: Vec<Lab> = BARE.into_iter().filter_map(patch).filter(is_fleshy).collect();
    let nearest = |colour: Lab| free.iter().map(|skin| square(colour, *skin)).min_by(f32::total_cmp);
    let all: Option<Vec<f32>> = MASKED.into_iter().map(|index| patch(index).and_then(nearest)).collect();
    all?.into_iter().min_by(f32::total_cmp).map(|least| least.sqrt().into())
}

/// Share, in percent, of the mesh's points on skin that have not the colour of most of them.
fn foreign(scene: &Scene, tones: &Tones) -> Option<f64> {
    let axes = &tones.axes;
    let outline = OVAL.map(|index| axes.place(scene.landmark(index)));
    let eyes = scene.eyes().map(|eye| axes.place(eye));
    let [_, chin] = axes.place(scene.landmark(152));
    let is_skin = |index: &usize| {
        let [x, y] = axes.place(scene.landmark(*index));
        let at_eye = |eye: &[f32; 2]| (x - eye[0]).abs() < EYE[0] && y > eye[1] - EYE[1] && y < eye[1] + EYE[2];
        let edge = outline_at(&outline, y, x.signum());
        y > TOP && y < chin - CHIN && x.abs() < WITHIN * edge && !eyes.iter().any(at_eye) && !NOT_SKIN.contains(index)
    };
    let points = (0..scene.face.mesh.points.len()).filter(is_skin);
    let colours: Vec<Lab> = points
        .filter_map(|index| axes.square(axes.place(scene.landmark(index)), 0.01))
        .collect();
    // The face has some 120 such points.
    if colours.len() < 40 {
        return None;
    }
    let usual = super::super::tones::median(colours.iter().copied())?;
    let foreign = colours
        .iter()
        .filter(|colour| square(**colour, usual) > FOREIGN * FOREIGN);
    Some(100.0 * foreign.count() as f64 / colours.len() as f64)
}

/// The eye, if it is one, in whose place lightness varies less than half as much as in the other's.
fn one_blank_eye(scene: &Scene, tones: &Tones) -> Option<usize> {
    let spreads = scene.eyes().map(|eye| {
        let [x, y] = tones.axes.place(eye);
        let steps = |half: i32| -half..=half;
        let light: Vec<f32> = steps(7)
            .flat_map(|v| steps(14).map(move |u| [x + u as f32 / 70.0, y + v as f32 / 70.0]))
            .filter_map(|at| tones.axes.colour(at).map(|colour| colour[0]))
            .collect();
        let count = light.len().max(1) as f32;
        let mean = light.iter().sum::<f32>() / count;
        (light.iter().map(|v| (v - mean).powi(2)).sum::<f32>() / count).sqrt()
    });
    let blank = usize::from(spreads[1] < spreads[0]);
    (spreads[blank] < BLANK * spreads[1 - blank]).then_some(blank)
}

/// How far out the outline lies at this height on this side; 0 where it doesn't.
pub fn outline_at(outline: &[[f32; 2]; 36], down: f32, side: f32) -> f32 {
    (0..outline.len())
        .filter_map(|k| {
            let [a, b] = [outline[k], outline[(k + 1) % outline.len()]];
            let crosses = (a[1] - down) * (b[1] - down) <= 0.0 && a[1] != b[1];
            let across = side * (a[0] + (b[0] - a[0]) * (down - a[1]) / (b[1] - a[1]));
            (crosses && across > 0.0).then_some(across)
        })
        .fold(0.0, f32::max)
}

fn place(scene: &Scene) -> Rect {
    let points = OVAL.map(|index| scene.landmark(index));
    let low = points
        .iter()
        .fold([f32::MAX; 2], |low, at| [low[0].min(at[0]), low[1].min(at[1])]);
    let high = points
        .iter()
        .fold([f32::MIN; 2], |high, at| [high[0].max(at[0]), high[1].max(at[1])]);
    scene.view.rect(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outline_is_found_at_each_height_and_not_outside() {
        let circle: [[f32; 2]; 36] = std::array::from_fn(|k| {
            let (sin, cos) = (k as f32 * 10f32.to_radians()).sin_cos();
            [sin, -cos]
        });
        assert!((outline_at(&circle, 0.0, 1.0) - 1.0).abs() < 0.01);
        assert!((outline_at(&circle, 0.6, -1.0) - 0.8).abs() < 0.02);
        assert_eq!(outline_at(&circle, 1.5, 1.0), 0.0);
    }
}
