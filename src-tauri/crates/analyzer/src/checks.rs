//! The rules, judged. One file a group in `checks/`; each rule is a function that says in its comment what it measures
//! and where the definition comes from. Limits come from the profile alone.
//!
//! | code | group | measures | reason when it fails |
//! | --- | --- | --- | --- |
//! | `format` | file | format by content | `not_jpeg` |
//! | `pixels` | file | width × height of the upright photo | `image_size` |
//! | `dpi` | file | resolution tag | – |
//! | `colour_mode` | file | channels and depth | – |
//! | `icc_profile` | file | ICC profile: sRGB or another | – |
//! | `orientation` | file | EXIF orientation | mirrored: `mirrored` |
//! | `jpeg_quality` | file | quality factor of the nearest usual table | `over_compressed` |
//! | `progressive` | file | order of a JPEG's data | – |
//! | `file_bytes` | file | size of the file | `file_too_small`, `file_too_large` |
//! | `padding` | file | even bars at the edges | `border_or_text` |
//! | `upscaled` | file | detail against pixels | `not_sharp` |
//! | `blockiness` | file | blocks of an earlier compression | `over_compressed` |
//! | `editing_software` | file | program that says it wrote the file | `retouched` |
//! | `face_count` | composition | faces | `several_people`; none: `head_position` |
//! | `face_width` | composition | cheek to cheek | `head_too_small`, `head_too_large` |
//! | `crown_margin` | composition | top of the head to the top edge | `crown_or_eyes` |
//! | `eye_line` | composition | eyes to the top edge | `crown_or_eyes` |
//! | `chin` | composition | chin to the bottom edge | `too_little_body` |
//! | `centring` | composition | eyes off the middle line | `not_centred` |
//! | `head_width` | composition | cheek to cheek, of the width | `head_too_small`, `head_too_large` |
//! | `head_height` | composition | chin to crown, of the height or on the print | `head_too_small`, `head_too_large` |
//! | `inter_eye_distance` | composition | between the eyes, pixels / cos(yaw) | `image_size` |
//! | `inter_eye_ratio` | composition | between the eyes, of the width | `head_too_small`, `head_too_large` |
//! | `eyes_from_bottom` | composition | eyes to the bottom edge | `crown_or_eyes` |
//! | `face_centre_x` | composition | eyes across the photo | `not_centred` |
//! | `face_centre_y` | composition | eyes down the photo | `crown_or_eyes` |
//! | `shoulders_in_frame` | composition | how far both shoulders are seen | `too_little_body` |
//! | `shoulders_level` | composition | tilt of the line between the shoulders | `shoulders_uneven` |
//! | `crop_possible` | composition | the best crop of a larger upload | that of the rule it breaks |
//! | `roll` | pose | tilt of the eye line | `head_tilted` |
//! | `yaw` | pose | turn of the face | `face_turned` |
//! | `pitch` | pose | nod of the face | `head_pitched` |
//! | `left_eye_open`, `right_eye_open` | pose | opening between the lids and height of the visible iris | `eyes_closed` |
//! | `gaze` | pose | turn of the irises off the camera | `eyes_closed` |
//! | `mouth_closed` | pose | opening between the lips | `mouth_open` |
//! | `teeth` | pose | height of the teeth in sight | `mouth_open` |
//! | `brows_visible` | covering | share of a brow that hair covers | `hair_over_eyes` |
//! | `eyes_uncovered` | covering | share of an eye's breadth that hair reaches | `hair_over_eyes` |
//! | `left_ear`, `right_ear` | covering | breadth of the ear in sight beside hair | `ears_hidden` |
//! | `glasses` | covering | frame, bridge or rims | – |
//! | `glasses_tint` | covering | light that the lenses keep away | `tinted_glasses` |
//! | `frame_over_eye` | covering | a rim beside both ends of an eye, level with the lids | `frame_over_eyes` |
//! | `glare` | covering | share of a lens that a reflection hides | `glasses_glare` |
//! | `headwear` | covering | signs of cloth over the head: smoothness, colour, straight edge | `headwear` |
//! | `face_mask` | covering | nose, mouth and chin against the skin around the eyes | `face_covered` |
//! | `face_occluded` | covering | share of the face that has not the skin's colour | `face_covered` |
//! | `hand_at_face` | covering | skin beside the jaw: of a hand or an arm | `face_covered` |
//! | `background_colour` | background | nearest allowed colour and the difference from it | `background_colour` |
//! | `background_evenness` | background | difference between its lightest and darkest part | `background_shadow` |
//! | `background_gradient` | background | difference along a slope over the whole | `background_shadow` |
//! | `background_shadow` | background | darkest part against that slope | `background_shadow` |
//! | `background_uniformity` | background | mean gradient | `background_objects` |
//! | `background_objects` | background | share of what is neither sitter nor ground nor shadow | `background_objects` |
//! | `cutout_edges` | background | share of the sitter's edge with a ring or a bare step | `cutout_edges` |
//! | `brightness` | light | mean luminance of the face, a dark skin's allowed for | `under_exposed`, `over_exposed` |
//! | `contrast` | light | spread of the face's luminance over its mean | `not_sharp` |
//! | `dynamic_range` | light | entropy of the face's tones | `not_sharp`; by the mean `under_exposed`, `over_exposed` |
//! | `under_exposure` | light | share of the face that is too dark for its skin | `under_exposed` |
//! | `over_exposure` | light | share of the face that is burnt out | `over_exposed` |
//! | `light_evenness` | light | light of the darker cheek over the lighter | `uneven_light` |
//! | `hot_spots` | light | share of bare skin that mirrors the lamps | `hot_spots` |
//! | `skin_colour` | light | distance of the cheeks' colour from the natural ones | `colour_cast` |
//! | `colour_cast` | light | cast that eye whites and skin or background agree on | `colour_cast` |
//! | `red_eye` | light | red in the pupil | `red_eye` |
//! | `focus` | sharpness | blur of the eyes' and brows' edges | `not_sharp` |
//! | `motion_blur` | sharpness | blur of those edges along one direction over that across | `not_sharp` |
//! | `noise` | sharpness | deviation from pixel to pixel in flat skin | `not_sharp` |
//! | `compression_artifacts` | sharpness | steps at the edges of 8 × 8 blocks | `over_compressed` |
//! | `clothes_contrast` | dress | difference of the clothes from the background | `clothes_like_background` |
//! | `stripes` | dress | share of the clothes that is patterned | `busy_pattern` |
//! | `bare_shoulders` | dress | whether skin goes on from the neck to a shoulder | `bare_shoulders` |
//! | `jewellery` | dress | a thin line across the neck, gold at ears and neck, a pair at the ears; never decided, at most a person is asked | `jewellery` |
//! | `screen` | integrity | peak of the spectrum: a display's pixels, moiré, printing dots | `rephotographed` |
//! | `print` | integrity | sides with a straight edge: of paper | `rephotographed` |
//! | `added_border` | integrity | breadth of a frame of one colour | `border_or_text` |
//! | `added_text` | integrity | signs in the longest row of letters | `border_or_text` |
//! | `mirrored` | integrity | only where letters are found, by a person: a face is as good as its mirror image | `mirrored` |
//! | `rotated` | integrity | quarter turns after which a face is found | `mirrored` |
//! | `same_shot` | integrity | movement against the nearest known photo, once compared with any (`same_shot::compare`) | `same_shot` |
//!
//! Coloured contact lenses can't be told from coloured irises by any measure here: `glasses_tint` sees glasses only, and
//! the rule against such lenses stays with the reviewer, who gets both eyes enlarged.

pub mod background;
pub mod composition;
pub mod covering;
pub mod dress;
pub mod file;
pub mod integrity;
pub mod light;
pub mod pose;
pub mod sharpness;
mod tones;

use crate::profile::{Band, Floor, Least, Limit};
use crate::report::{Check, Group, Measured, Rect, Required, Status, Unit};
use crate::scene::Scene;

type Judge = fn(&Scene) -> Vec<Check>;

/// The groups that need a measured face: their checks, in the order of the report.
const GROUPS: [(Group, &[&str], Judge); 8] = [
    (Group::Composition, &composition::CODES, composition::checks),
    (Group::Pose, &pose::CODES, pose::checks),
    (Group::Covering, &covering::CODES, covering::checks),
    (Group::Background, &background::CODES, background::checks),
    (Group::Light, &light::CODES, light::checks),
    (Group::Sharpness, &sharpness::CODES, sharpness::checks),
    (Group::Dress, &dress::CODES, dress::checks),
    (Group::Integrity, &integrity::CODES, integrity::checks),
];

/// A fault, and the rules whose measure it spoils: where the first fails, or may hide something of the face, a fail of the
/// others decides nothing, and a person looks.
const SPOILS: [(&str, &[&str]); 24] = [
    (
        "face_mask",
        &[
            "red_eye",
            "mouth_closed",
            "teeth",
            "hot_spots",
            "skin_colour",
            "light_evenness",
            "glasses_tint",
            "pitch",
            "shoulders_level",
        ],
    ),
    (
        "face_occluded",
        &["red_eye", "gaze", "hot_spots", "skin_colour", "colour_cast", "roll"],
    ),
    ("hand_at_face", &["shoulders_in_frame", "shoulders_level"]),
    ("brows_visible", &["hot_spots", "glasses_tint", "face_mask"]),
    ("headwear", &["hot_spots"]),
    ("glasses_tint", &["brightness", "red_eye"]),
    ("noise", &["added_text", "frame_over_eye", "stripes", "mouth_closed"]),
    (
        "light_evenness",
        &[
            "face_occluded",
            "mouth_closed",
            "glare",
            "brows_visible",
            "eyes_uncovered",
        ],
    ),
    ("brightness", &["headwear", "left_ear", "right_ear"]),
    ("under_exposure", &["headwear", "left_ear", "right_ear"]),
    ("hot_spots", &["glare", "left_ear", "right_ear"]),
    ("over_exposure", &["clothes_contrast"]),
    ("contrast", &["bare_shoulders", "clothes_contrast"]),
    ("focus", &["shoulders_level"]),
    // A pattern, or the blocks of a poor JPEG, is coarse detail that nothing fine can match.
    ("stripes", &["screen", "added_text", "upscaled"]),
    ("compression_artifacts", &["upscaled"]),
    ("shoulders_in_frame", &["clothes_contrast", "shoulders_level"]),
    ("teeth", &["added_text"]),
    ("pitch", &["frame_over_eye"]),
    // The neck's middle is told from the head, the shoulders from the sitter's edge, as far as the photo shows both.
    ("roll", &["shoulders_level"]),
    ("centring", &["shoulders_level"]),
    ("cutout_edges", &["shoulders_level"]),
    // A print's gloss hides hair, and it lies aslant.
    ("print", &["headwear", "shoulders_level", "bare_shoulders"]),
    ("screen", &["face_occluded", "mouth_closed", "teeth"]),
];

/// Everything that is judged of a measured face.
pub fn of(scene: &Scene) -> Vec<Check> {
    GROUPS.iter().flat_map(|(_, _, checks)| checks(scene)).collect()
}

/// Leaves to a person what another fault may have spoilt, among all checks of a photo; `whole`: its inset where the check
/// names no other.
pub fn doubt_spoilt(judged: &mut [Check], whole: Rect) {
    let faults: Vec<String> = judged
        .iter()
        .filter(|check| match check.status {
            Status::Fail => true,
            Status::Warn | Status::Unsure => check.group == Group::Covering,
            Status::Pass | Status::NotApplicable => false,
        })
        .map(|check| check.code.clone())
        .collect();
    let is_spoilt = |code: &str| {
        let mut spoiling = SPOILS.iter().filter(|(_, spoilt)| spoilt.contains(&code));
        spoiling.any(|(fault, _)| faults.iter().any(|found| found == fault))
    };
    for check in judged.iter_mut().filter(|check| check.status == Status::Fail) {
        if is_spoilt(&check.code) {
            check.status = Status::Unsure;
            check.confidence = check.confidence.min(DECIDES);
            check.inset = check.inset.or(Some(whole));
        }
    }
}

/// The same checks, undecided, where no single face was measured.
pub fn without_face(face_count: Check, status: Status) -> Vec<Check> {
    let undecided = GROUPS.iter().flat_map(|(group, codes, _)| {
        let check = move |code: &&str| Check {
            confidence: 0.0,
            ..bare(code, *group, status)
        };
        codes.iter().map(check)
    });
    std::iter::once(face_count).chain(undecided).collect()
}

/// Below this confidence a measurement decides nothing.
const DECIDES: f64 = 0.5;

/// A check without a measurement.
fn bare(code: &str, group: Group, status: Status) -> Check {
    Check {
        code: code.to_owned(),
        group,
        status,
        measured: None,
        required: None,
        evidence: Vec::new(),
        inset: None,
        confidence: 1.0,
        reason: None,
    }
}

fn number(value: f64, unit: Unit) -> Option<Measured> {
    Some(Measured::Number { value, unit })
}

/// The reason belongs to a check that is not passed.
fn reason(status: Status, code: &str) -> Option<String> {
    matches!(status, Status::Fail | Status::Warn | Status::Unsure).then(|| code.to_owned())
}

fn by_band(value: f64, band: &Band, confidence: f64) -> Status {
    let outside = (band.min - value).max(value - band.max);
    match () {
        // Too far out for any error of the measurement to mend.
        () if outside > 4.0 * band.doubt => Status::Fail,
        () if value.is_nan() || confidence < DECIDES => Status::Unsure,
        () if outside > band.doubt => Status::Fail,
        () if outside > 0.0 => Status::Unsure,
        () => Status::Pass,
    }
}

fn by_limit(value: f64, limit: &Limit) -> Status {
    match () {
        () if value.is_nan() => Status::Unsure,
        () if value > limit.fail => Status::Fail,
        () if value > limit.pass => Status::Warn,
        () => Status::Pass,
    }
}

fn by_least(value: f64, least: &Least) -> Status {
    match () {
        () if value.is_nan() => Status::Unsure,
        () if value < least.fail => Status::Fail,
        () if value < least.pass => Status::Warn,
        () => Status::Pass,
    }
}

/// A gauge that shows the band in its middle half.
fn within(band: &Band, unit: Unit) -> Option<Required> {
    let half = (band.max - band.min) / 2.0;
    Some(Required::Range {
        min: Some(band.min),
        max: Some(band.max),
        unit,
        scale_min: (band.min - half).max(0.0),
        scale_max: band.max + half,
    })
}

/// At least, from 0.
fn at_least(floor: &Floor, unit: Unit) -> Option<Required> {
    Some(Required::Range {
        min: Some(floor.min),
        max: None,
        unit,
        scale_min: 0.0,
        scale_max: 2.0 * floor.min,
    })
}

/// At most, from 0.
fn up_to(limit: &Limit, unit: Unit) -> Option<Required> {
    Some(Required::Range {
        min: None,
        max: Some(limit.pass),
        unit,
        scale_min: 0.0,
        scale_max: 2.0 * limit.fail,
    })
}

/// At least; the gauge shows it in its middle.
fn not_below(least: &Least, unit: Unit) -> Option<Required> {
    Some(Required::Range {
        min: Some(least.pass),
        max: None,
        unit,
        scale_min: 0.0,
        scale_max: 2.0 * least.pass,
    })
}

/// At most, either way.
fn either_way(limit: &Limit, unit: Unit) -> Option<Required> {
    let scale = 2.0 * limit.fail;
    Some(Required::Range {
        min: Some(-limit.pass),
        max: Some(limit.pass),
        unit,
        scale_min: -scale,
        scale_max: scale,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_a_limit_nobody_knows_and_far_from_it_everybody() {
        let band = Band {
            min: 50.0,
            max: 110.0,
            doubt: 6.0,
        };
        for (value, sure, unsure) in [
            (80.0, Status::Pass, Status::Unsure),
            (50.0, Status::Pass, Status::Unsure),
            (46.0, Status::Unsure, Status::Unsure),
            (115.0, Status::Unsure, Status::Unsure),
            (43.0, Status::Fail, Status::Unsure),
            (120.0, Status::Fail, Status::Unsure),
            (140.0, Status::Fail, Status::Fail),
            (f64::NAN, Status::Unsure, Status::Unsure),
        ] {
            assert_eq!(by_band(value, &band, 0.9), sure, "{value}");
            assert_eq!(by_band(value, &band, 0.3), unsure, "{value} with little confidence");
        }
    }

    #[test]
    fn between_pass_and_fail_is_a_warning() {
        let limit = Limit { pass: 5.0, fail: 8.0 };
        let expected = [
            (5.0, Status::Pass),
            (5.1, Status::Warn),
            (8.0, Status::Warn),
            (8.1, Status::Fail),
        ];
        for (value, status) in expected {
            assert_eq!(by_limit(value, &limit), status, "{value}");
        }
        assert_eq!(by_limit(f64::NAN, &limit), Status::Unsure);
    }
}
