//! The answer of the analyzer: what was measured, what is required, where in the picture, and how sure it is.
//! Plain data, serialisable, with no behaviour that needs pixels.
//!
//! All positions are in pixels of the upright photo (after its EXIF orientation was applied), origin at the top left
//! corner of the top left pixel, x to the right, y down. "left" means at the left of the picture.

use serde::{Deserialize, Serialize};
use specta::Type;

/// Everything the analyzer says of one photo. The same bytes under the same profile give the same report,
/// but for `timings`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Report {
    /// Version of the analyzer that made this report (its crate version).
    pub analyzer_version: String,
    pub profile: ProfileRef,
    /// SHA-256 of the bytes as they came, lower-case hexadecimal.
    pub photo_sha256: String,
    pub image: ImageFacts,
    /// In the order of the profile's groups; a code occurs once.
    pub checks: Vec<Check>,
    /// Absent where not exactly one face could be measured.
    pub geometry: Option<Geometry>,
    /// The part of the upload that becomes the standard photo: where a conforming crop can be cut, that one, else the
    /// nearest to it that lies in the picture. Absent without geometry.
    pub crop: Option<Rect>,
    /// What tells this shot from all others; absent without geometry.
    pub shot: Option<ShotPrint>,
    pub timings: Timings,
}

impl Report {
    /// The verdict that the checks add up to: any `fail` is [`Status::Fail`]; else any `unsure` is
    /// [`Status::Unsure`]; else any `warn` is [`Status::Warn`]; else [`Status::Pass`].
    pub fn verdict(&self) -> Status {
        [Status::Fail, Status::Unsure, Status::Warn]
            .into_iter()
            .find(|status| self.checks.iter().any(|check| check.status == *status))
            .unwrap_or(Status::Pass)
    }

    /// Reason codes that the failed checks suggest, failures before doubts, each once.
    pub fn suggested_reasons(&self) -> Vec<&str> {
        let mut codes: Vec<&str> = Vec::new();
        for status in [Status::Fail, Status::Warn] {
            for check in self.checks.iter().filter(|check| check.status == status) {
                if let Some(code) = check.reason.as_deref()
                    && !codes.contains(&code)
                {
                    codes.push(code);
                }
            }
        }
        codes
    }
}

/// A fingerprint of the shot, see [`crate::same_shot`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ShotPrint {
    /// Only prints of one version can be compared.
    pub version: u32,
    /// Hexadecimal.
    pub bits: String,
}

/// Which limits the photo was judged by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ProfileRef {
    pub code: String,
    pub version: String,
}

/// What the file itself says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct ImageFacts {
    /// By content, not by name: "JPEG", "PNG", …
    pub format: String,
    /// Of the upright photo.
    pub width_px: u32,
    pub height_px: u32,
    pub bytes: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Pass,
    Warn,
    Fail,
    /// The machine can't decide: a person has to look at the place that the evidence shows.
    Unsure,
    NotApplicable,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    File,
    Composition,
    Pose,
    Covering,
    Background,
    Light,
    Sharpness,
    Dress,
    Integrity,
}

/// One rule, judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Check {
    /// Stable, snake_case, unique in a report; the key of its name and words in every language.
    pub code: String,
    pub group: Group,
    pub status: Status,
    pub measured: Option<Measured>,
    pub required: Option<Required>,
    pub evidence: Vec<Evidence>,
    /// The place to look at enlarged; present wherever a person has to decide and there is such a place.
    pub inset: Option<Rect>,
    /// 0 … 1: how far the measurement can be trusted.
    pub confidence: f64,
    /// Code of the rejection reason this check suggests when it fails.
    pub reason: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Measured {
    Number {
        value: f64,
        unit: Unit,
    },
    /// A size in pixels, width × height.
    Size {
        width_px: u32,
        height_px: u32,
    },
    /// A name out of a closed list (a format, a colour): a code, to be worded by the reader.
    Name {
        name: String,
    },
    /// The nearest of a list of colours, by its name, and the difference from it (CIEDE2000).
    Colour {
        name: String,
        delta_e: f64,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Required {
    /// `min ≤ value ≤ max`; an absent side is open. `scale_min … scale_max` is what a gauge should span.
    Range {
        min: Option<f64>,
        max: Option<f64>,
        unit: Unit,
        scale_min: f64,
        scale_max: f64,
    },
    Size {
        width_px: u32,
        height_px: u32,
    },
    OneOf {
        names: Vec<String>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Pixels of the standard photo (the crop scaled to the profile's size), unless the check says otherwise.
    Px,
    /// Millimetres of the standard's print.
    Mm,
    Degrees,
    Percent,
    /// Dots per inch.
    Dpi,
    Bytes,
    /// JPEG quality factor, 1 … 100.
    Quality,
    /// Colour difference, CIEDE2000.
    DeltaE,
    /// A plain count.
    Count,
    /// A quotient without unit.
    Ratio,
    /// Bits a pixel.
    Bits,
    Decibels,
}

/// Where in the picture. Coordinates as in the module's head.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Evidence {
    Region { rect: Rect },
    Line { from: Point, to: Point },
    Points { points: Vec<Point> },
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Point {
    pub x_px: f64,
    pub y_px: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Rect {
    pub x_px: f64,
    pub y_px: f64,
    pub width_px: f64,
    pub height_px: f64,
}

/// The face as measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Geometry {
    pub left_eye_px: Point,
    pub right_eye_px: Point,
    /// Top of the head, hair included: the highest row of the silhouette above the face.
    pub crown_px: Point,
    pub chin_px: Point,
    /// Where the cheeks end at the left and at the right, at the height where the face is widest.
    pub face_left_px: Point,
    pub face_right_px: Point,
    /// Positive: the face turns to the right of the picture.
    pub yaw_deg: f64,
    /// Positive: the face looks down.
    pub pitch_deg: f64,
    /// Positive: clockwise as seen.
    pub roll_deg: f64,
    /// Box of the detected face.
    pub face_box: Rect,
    /// Outline of the person, at most 256 points, closed (straight across the body where the searched square around
    /// the head ends above the picture's lower edge); empty where no silhouette was found.
    pub silhouette: Vec<Point>,
}

/// Milliseconds spent; not part of what must be equal from run to run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct Timings {
    pub decode_ms: f64,
    pub face_ms: f64,
    pub checks_ms: f64,
    pub total_ms: f64,
}
