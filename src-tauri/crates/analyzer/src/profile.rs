//! A profile: the limits a photo is judged by, read from TOML. Limits are data and live in `profiles/*.toml`, each beside
//! its source; no other file of this crate holds one.
//!
//! Must not live here: anything that looks at pixels, and any default that a profile file could leave out.

use serde::Deserialize;

use crate::profiles;
use crate::report::ProfileRef;

/// Every limit for one kind of photo.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    pub code: String,
    pub version: String,
    /// Where the figures come from, in words.
    pub source: String,
    pub standard: Standard,
    pub file: FileLimits,
    pub composition: CompositionLimits,
    pub pose: PoseLimits,
    pub background: BackgroundLimits,
}

/// The standard photo that the upload becomes.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "RawStandard")]
pub struct Standard {
    pub width_px: u32,
    pub height_px: u32,
    pub dpi: u32,
}

/// What the file must be, before anybody looks at the picture.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileLimits {
    /// Names as in [`crate::report::ImageFacts::format`].
    pub formats: Vec<String>,
    /// Names as the check `colour_mode` measures them.
    pub colour_modes: Vec<String>,
    pub quality_min: u8,
    pub bytes_min: u32,
    pub bytes_max: u32,
}

/// Bands in pixels of the standard photo.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompositionLimits {
    pub face_width_px: Band,
    /// Top of the head to the top edge.
    pub crown_margin_px: Band,
    /// Midpoint of the eyes to the top edge.
    pub eye_line_px: Band,
    /// Chin to the bottom edge.
    pub chin_margin_px: Band,
    /// Midpoint of the eyes to the vertical middle line, either side.
    pub centring_px: Limit,
}

/// Angles either way.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PoseLimits {
    pub roll_deg: Limit,
    pub yaw_deg: Limit,
    pub pitch_deg: Limit,
    /// Opening between the lids over the distance of the eye's corners.
    pub eyes_open_ratio: Band,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackgroundLimits {
    pub colours: Vec<BackgroundColour>,
    pub colour_delta_e: Limit,
    pub evenness_delta_e: Limit,
    pub uniformity_gradient: Limit,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackgroundColour {
    /// A code, worded by the reader.
    pub name: String,
    /// sRGB.
    pub rgb: [u8; 3],
}

/// From `min` to `max` is right; up to `doubt` outside nobody can tell from the measurement; beyond is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(try_from = "RawBand")]
pub struct Band {
    pub min: f64,
    pub max: f64,
    pub doubt: f64,
}

/// Up to `pass` is right, above `fail` is wrong, between is a warning.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(try_from = "RawLimit")]
pub struct Limit {
    pub pass: f64,
    pub fail: f64,
}

/// The file has to be corrected by whoever wrote it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("profile, line {line}: {message}")]
pub struct ProfileError {
    /// From 1.
    pub line: usize,
    pub message: String,
}

impl Profile {
    pub fn parse(text: &str) -> Result<Self, ProfileError> {
        toml::from_str(text).map_err(|error| ProfileError {
            line: line_of(text, error.span().map_or(0, |span| span.start)),
            message: error.message().to_owned(),
        })
    }

    /// The embedded `chsi-2017`.
    pub fn chsi_2017() -> Result<Self, ProfileError> {
        Self::parse(profiles::CHSI_2017)
    }

    pub fn reference(&self) -> ProfileRef {
        ProfileRef {
            code: self.code.clone(),
            version: self.version.clone(),
        }
    }
}

fn line_of(text: &str, offset: usize) -> usize {
    1 + text.bytes().take(offset).filter(|byte| *byte == b'\n').count()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStandard {
    width_px: u32,
    height_px: u32,
    dpi: u32,
}

impl TryFrom<RawStandard> for Standard {
    type Error = &'static str;

    fn try_from(
        RawStandard {
            width_px,
            height_px,
            dpi,
        }: RawStandard,
    ) -> Result<Self, Self::Error> {
        // The largest standard photo among the known profiles is 1200 px a side.
        let sensible = 1..=4096;
        if !sensible.contains(&width_px) || !sensible.contains(&height_px) || dpi == 0 {
            return Err("width_px and height_px must lie in 1 to 4096, dpi must be above 0");
        }
        Ok(Self {
            width_px,
            height_px,
            dpi,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBand {
    min: f64,
    max: f64,
    doubt: f64,
}

impl TryFrom<RawBand> for Band {
    type Error = &'static str;

    fn try_from(RawBand { min, max, doubt }: RawBand) -> Result<Self, Self::Error> {
        // Written so that NaN and infinity fail too.
        if !(min < max && max.is_finite() && min.is_finite()) {
            return Err("min must be below max");
        }
        if !(doubt >= 0.0 && doubt.is_finite()) {
            return Err("doubt must be 0 or more");
        }
        Ok(Self { min, max, doubt })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLimit {
    pass: f64,
    fail: f64,
}

impl TryFrom<RawLimit> for Limit {
    type Error = &'static str;

    fn try_from(RawLimit { pass, fail }: RawLimit) -> Result<Self, Self::Error> {
        if !(pass >= 0.0 && pass <= fail && fail.is_finite()) {
            return Err("pass must be 0 or more and not above fail");
        }
        Ok(Self { pass, fail })
    }
}
