//! `[file]`: what the file must be, before anybody looks at the picture.

use serde::Deserialize;

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileLimits {
    /// Names as in [`crate::report::ImageFacts::format`].
    pub formats: Vec<String>,
    /// Names as the check `colour_mode` measures them.
    pub colour_modes: Vec<String>,
    pub quality_min: Option<u8>,
    pub bytes_min: Option<u32>,
    pub bytes_max: Option<u32>,
}
