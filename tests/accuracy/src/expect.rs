//! What the analyzer ought to say of each defect, and the true value behind a measured one.
//! A new defect is one row; a row may be long: a fault seldom comes alone.

use portraits::{Defect, Sitter, Truth};

pub struct Expect {
    pub defect: Defect,
    /// The checks that must not pass it when it is plain (strength 1).
    pub caught_by: &'static [&'static str],
    /// Others that are right to complain too: consequences and neighbours of the defect.
    pub also: &'static [&'static str],
}

const fn row(defect: Defect, caught_by: &'static [&'static str], also: &'static [&'static str]) -> Expect {
    Expect {
        defect,
        caught_by,
        also,
    }
}

pub const EXPECT: &[Expect] = &[
    row(Defect::EyesClosed, &["left_eye_open", "right_eye_open"], &["gaze"]),
    // Either eye: the one that the sitter closes.
    row(Defect::EyeClosed, &[], &["left_eye_open", "right_eye_open", "gaze"]),
    row(Defect::Gaze, &["gaze"], &[]),
    row(Defect::MouthOpen, &["mouth_closed", "teeth"], &["chin"]),
    row(Defect::TeethShown, &["teeth"], &["mouth_closed"]),
    row(
        Defect::TintedGlasses,
        &["glasses_tint"],
        &["left_eye_open", "right_eye_open"],
    ),
    row(Defect::ColouredGlasses, &["glasses_tint"], &[]),
    row(
        Defect::FrameOverEye,
        &["frame_over_eye"],
        &["left_eye_open", "right_eye_open"],
    ),
    // What lies behind a reflection nobody sees.
    row(Defect::Glare, &["glare"], &["left_eye_open", "right_eye_open", "gaze"]),
    row(Defect::RedEye, &["red_eye"], &[]),
    row(
        Defect::HeadTooLarge,
        &["face_width"],
        &[
            "crown_margin",
            "eye_line",
            "chin",
            "shoulders_in_frame",
            "shoulders_level",
        ],
    ),
    row(Defect::HeadTooSmall, &["face_width"], &["crown_margin", "eye_line"]),
    row(Defect::OffCentre, &["centring"], &[]),
    row(Defect::TooHigh, &["eye_line"], &["crown_margin"]),
    row(Defect::TooLow, &["crown_margin"], &["eye_line", "chin"]),
    row(Defect::Roll, &["roll"], &[]),
    row(Defect::Yaw, &["yaw"], &[]),
    row(Defect::Pitch, &["pitch"], &["crown_margin"]),
    row(Defect::BackgroundColour, &["background_colour"], &[]),
    row(
        Defect::BackgroundGradient,
        &["background_evenness", "background_gradient"],
        &["background_colour", "background_shadow"],
    ),
    row(
        Defect::BackgroundShadow,
        &["background_evenness", "background_shadow"],
        &["background_colour", "background_uniformity"],
    ),
    row(
        Defect::BackgroundObject,
        &["background_objects"],
        &[
            "background_uniformity",
            "background_evenness",
            "background_shadow",
            "face_count",
            // A door beside the sitter is a straight edge, and of one colour.
            "added_border",
            "print",
        ],
    ),
    row(
        Defect::SecondPerson,
        &["background_objects"],
        &[
            "face_count",
            "background_uniformity",
            "background_evenness",
            "background_shadow",
            "shoulders_in_frame",
        ],
    ),
    row(
        Defect::HairOverEyes,
        &["brows_visible"],
        &[
            "eyes_uncovered",
            "left_ear",
            "right_ear",
            "face_occluded",
            "face_count",
            "crown_margin",
        ],
    ),
    row(Defect::BrowsCovered, &["brows_visible"], &["left_ear", "right_ear"]),
    row(
        Defect::EyesBehindHair,
        &["eyes_uncovered", "brows_visible"],
        // Of a face behind hair too little may be left to find it.
        &["left_ear", "right_ear", "face_occluded", "face_count"],
    ),
    row(
        Defect::Headwear,
        &["headwear"],
        &["left_ear", "right_ear", "brows_visible", "crown_margin", "stripes"],
    ),
    row(
        Defect::FaceMask,
        &["face_mask"],
        &[
            "face_occluded",
            "left_ear",
            "right_ear",
            "brows_visible",
            "face_count",
            "face_width",
            "mouth_closed",
            "teeth",
            "hot_spots",
            "under_exposure",
        ],
    ),
    row(
        Defect::Occluded,
        &["face_occluded"],
        &[
            "face_mask",
            "face_count",
            "left_ear",
            "right_ear",
            "mouth_closed",
            "teeth",
            "gaze",
            "left_eye_open",
            "right_eye_open",
            "hot_spots",
            "under_exposure",
            "skin_colour",
            "colour_cast",
        ],
    ),
    // A hand has the face's own colour.
    row(
        Defect::HandBeforeFace,
        &["hand_at_face"],
        &["face_occluded", "left_ear", "right_ear"],
    ),
    row(
        Defect::ClothesLikeBackground,
        &["clothes_contrast"],
        &["background_objects", "background_evenness"],
    ),
    row(
        Defect::Stripes,
        &["stripes"],
        &["clothes_contrast", "background_objects"],
    ),
    row(Defect::BareShoulders, &["bare_shoulders"], &[]),
    row(
        Defect::Jewellery,
        &["jewellery"],
        &["left_ear", "right_ear", "bare_shoulders"],
    ),
    row(
        Defect::HairOverEars,
        &["left_ear", "right_ear"],
        // Hair before the cheeks takes light from them.
        &["brows_visible", "eyes_uncovered", "light_evenness", "under_exposure"],
    ),
    row(
        Defect::UnevenLight,
        &["light_evenness"],
        // The dark half is lost, the lit half burns out and shines; at worst no face is seen in it.
        &[
            "face_count",
            "brightness",
            "under_exposure",
            "over_exposure",
            "hot_spots",
        ],
    ),
    row(
        Defect::OverExposed,
        &["over_exposure"],
        &[
            "brightness",
            "contrast",
            "dynamic_range",
            "background_colour",
            "hot_spots",
            "skin_colour",
            "colour_cast",
        ],
    ),
    row(
        Defect::UnderExposed,
        &["brightness"],
        &["under_exposure", "dynamic_range", "background_colour"],
    ),
    row(
        Defect::LowContrast,
        &["contrast", "dynamic_range"],
        &["background_colour", "colour_cast"],
    ),
    row(Defect::HotSpot, &["hot_spots"], &["over_exposure"]),
    row(
        Defect::ColourCast,
        &["colour_cast"],
        &["skin_colour", "background_colour"],
    ),
    row(Defect::Blur, &["focus"], &["motion_blur", "upscaled"]),
    row(Defect::MotionBlur, &["motion_blur"], &["focus", "upscaled"]),
    row(
        Defect::Noise,
        &["noise"],
        &["focus", "motion_blur", "over_exposure", "background_uniformity"],
    ),
    row(
        Defect::HeavyCompression,
        &["jpeg_quality", "compression_artifacts"],
        &["background_uniformity", "dynamic_range", "upscaled"],
    ),
    row(
        Defect::Recompressed,
        &["compression_artifacts"],
        &["background_uniformity", "dynamic_range"],
    ),
    row(
        Defect::CutOut,
        &["cutout_edges"],
        &["background_objects", "background_evenness"],
    ),
    row(
        Defect::Border,
        &["added_border"],
        &[
            "padding",
            "background_objects",
            "background_uniformity",
            "background_evenness",
        ],
    ),
    row(
        Defect::Text,
        &["added_text"],
        &["background_objects", "background_uniformity", "mirrored"],
    ),
    row(
        Defect::ScreenPhoto,
        &["screen"],
        &[
            "background_uniformity",
            "background_evenness",
            "noise",
            "focus",
            "mouth_closed",
            "teeth",
            "added_text",
            "mirrored",
            "background_objects",
        ],
    ),
    row(
        Defect::PrintPhoto,
        &["print"],
        &[
            "screen",
            "background_objects",
            "background_uniformity",
            "background_evenness",
            // The print lies on a table, and its edges throw shadows.
            "background_shadow",
            "crown_margin",
            "shoulders_in_frame",
            "face_width",
        ],
    ),
    row(Defect::Turned, &["rotated"], &["face_count", "pixels"]),
    row(
        Defect::WrongPixels,
        &["pixels"],
        &["file_bytes", "focus", "motion_blur", "crop_possible"],
    ),
    row(Defect::WrongDensity, &["dpi"], &[]),
    row(Defect::ShouldersUneven, &["shoulders_level"], &[]),
    row(
        Defect::TooLittleBody,
        &["shoulders_in_frame", "chin"],
        &["shoulders_level", "crown_margin", "eye_line", "face_width"],
    ),
];

pub fn of(defect: Defect) -> Option<&'static Expect> {
    EXPECT.iter().find(|row| row.defect == defect)
}

/// Whether this check's complaint about a photo with this defect is right or at least no false alarm.
pub fn is_deserved(defect: Defect, code: &str) -> bool {
    of(defect).is_some_and(|row| row.caught_by.contains(&code) || row.also.contains(&code))
}

/// The value that a faultless measurement would read, in the check's own unit, where the studio knows it. Lengths hold
/// for photos of the standard size only.
pub fn true_value(code: &str, sitter: &Sitter, truth: &Truth) -> Option<f64> {
    let eyes_y = (truth.left_eye_px[1] + truth.right_eye_px[1]) / 2.0 + 0.5;
    let eyes_x = (truth.left_eye_px[0] + truth.right_eye_px[0]) / 2.0 + 0.5;
    let (width, height) = (sitter.framing.width_px, sitter.framing.height_px);
    let value = match code {
        "roll" => truth.roll_deg,
        "yaw" => truth.yaw_deg,
        // The studio counts upwards.
        "pitch" => -truth.pitch_deg,
        _ if (width, height) != (480, 640) => return None,
        "face_width" => truth.face_width_px(),
        "crown_margin" => truth.crown_px,
        "eye_line" => eyes_y,
        "chin" => height as f32 - truth.chin_px[1] - 0.5,
        "centring" => eyes_x - width as f32 / 2.0,
        _ => return None,
    };
    Some(value.into())
}
