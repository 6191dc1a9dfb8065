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
mod file;
mod limits;
mod pose;
mod standard;

use serde::Deserialize;

pub use background::{BackgroundColour, BackgroundLimits};
pub use composition::CompositionLimits;
pub use covering::CoveringLimits;
pub use file::FileLimits;
pub use limits::{Band, Limit};
pub use pose::PoseLimits;
pub use standard::Standard;

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
    pub covering: CoveringLimits,
    pub background: BackgroundLimits,
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
