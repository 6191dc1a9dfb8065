//! A profile: the limits a photo is judged by, read from TOML. Limits are data and live in `profiles/*.toml`, each beside
//! its source; no other file of this crate holds one.
//!
//! One file a section in `profile/`. Every profile file states every section whole: nothing is inherited, so a limit is
//! read where it counts. A limit that a standard may lack is an `Option`; its check is then `not_applicable`.
//!
//! Must not live here: anything that looks at pixels, and any default that a profile file could leave out.

mod background;
mod composition;
mod covering;
mod dress;
mod eyes;
mod file;
mod glasses;
mod integrity;
mod light;
mod limits;
mod mouth;
mod place;
mod pose;
mod sharpness;
mod standard;

use serde::Deserialize;

pub use background::{BackgroundColour, BackgroundLimits};
pub use composition::CompositionLimits;
pub use covering::CoveringLimits;
pub use dress::DressLimits;
pub use eyes::EyeLimits;
pub use file::FileLimits;
pub use glasses::GlassesLimits;
pub use integrity::IntegrityLimits;
pub use light::LightLimits;
pub use limits::{Band, Floor, Least, Limit, Span};
pub use mouth::MouthLimits;
pub use pose::PoseLimits;
pub use sharpness::SharpnessLimits;
pub use standard::{Print, Standard};

use crate::profiles;
use crate::report::ProfileRef;
use place::{field_at, line_of, line_of_field};

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
    pub eyes: EyeLimits,
    pub mouth: MouthLimits,
    pub glasses: GlassesLimits,
    pub covering: CoveringLimits,
    pub background: BackgroundLimits,
    pub light: LightLimits,
    pub sharpness: SharpnessLimits,
    pub dress: DressLimits,
    pub integrity: IntegrityLimits,
}

/// The file has to be corrected by whoever wrote it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("profile, line {line}, {field}: {message}")]
pub struct ProfileError {
    /// From 1.
    pub line: usize,
    /// `section.key`, or the section or key that surrounds the mistake.
    pub field: String,
    /// What is wrong, and what would be right.
    pub message: String,
}

impl Profile {
    pub fn parse(text: &str) -> Result<Self, ProfileError> {
        let profile: Self = toml::from_str(text).map_err(|error| {
            let line = line_of(text, error.span().map_or(0, |span| span.start));
            ProfileError {
                line,
                field: field_at(text, line),
                message: with_cure(error.message()),
            }
        })?;
        match profile.contradiction() {
            None => Ok(profile),
            Some((field, message)) => Err(ProfileError {
                line: line_of_field(text, field),
                field: field.to_owned(),
                message,
            }),
        }
    }

    /// The embedded `chsi-2017`.
    pub fn chsi_2017() -> Result<Self, ProfileError> {
        Self::parse(profiles::CHSI_2017)
    }

    /// The embedded profile of that code, where there is one.
    pub fn named(code: &str) -> Result<Option<Self>, ProfileError> {
        let text = profiles::ALL.iter().find(|(known, _)| *known == code);
        text.map(|(_, text)| Self::parse(text)).transpose()
    }

    pub fn reference(&self) -> ProfileRef {
        ProfileRef {
            code: self.code.clone(),
            version: self.version.clone(),
        }
    }

    /// Chin to crown, of the height of the photo, however the profile states it.
    pub fn head_height_percent(&self) -> Option<Band> {
        let on_print = self.composition.head_height_mm.zip(self.standard.print_mm);
        let by_print = on_print.map(|(band, print)| band.scaled(100.0 / print.height));
        self.composition.head_height_percent.or(by_print)
    }

    /// The first field that contradicts another or can't be meant.
    fn contradiction(&self) -> Option<(&'static str, String)> {
        let in_code = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let composition = &self.composition;
        let mut names: Vec<&str> = self.background.colours.iter().map(|c| c.name.as_str()).collect();
        names.sort_unstable();
        let twice = names.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0]);
        let wrong = |field, message: &str| Some((field, message.to_owned()));
        match () {
            () if self.code.is_empty() || !self.code.chars().all(in_code) => {
                wrong("code", "must be of a-z, 0-9 and -, like \"chsi-2017\"")
            }
            () if self.version.trim().is_empty() => wrong("version", "must not be empty: start with \"1\""),
            () if self.source.trim().is_empty() => wrong("source", "must say where the figures come from"),
            () if let Some(name) = twice => Some((
                "background.colours",
                format!("two colours are named `{name}`: rename one"),
            )),
            () if composition.head_height_percent.is_some() && composition.head_height_mm.is_some() => wrong(
                "composition.head_height_mm",
                "states what head_height_percent states: keep one of them",
            ),
            () if composition.eyes_from_bottom_percent.is_some() && composition.eyes_from_bottom_px.is_some() => wrong(
                "composition.eyes_from_bottom_percent",
                "states what eyes_from_bottom_px states: keep one of them",
            ),
            () if composition.head_height_mm.is_some() && self.standard.print_mm.is_none() => wrong(
                "composition.head_height_mm",
                "needs the size of the print: add print_mm to [standard]",
            ),
            () => None,
        }
    }
}

fn with_cure(message: &str) -> String {
    if message.starts_with("missing field") {
        format!("{message}: every profile states it, nothing is inherited")
    } else {
        message.to_owned()
    }
}
