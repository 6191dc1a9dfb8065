//! `[file]`: what the file must be, before anybody looks at the picture.

use serde::Deserialize;

use super::{Floor, Limit};

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
    /// Colour profiles that need no warning, as the check `icc_profile` names them.
    pub icc_profiles: Option<Vec<String>>,
    /// `upright`, `turned`, `mirrored`: how the pixels may lie without a warning.
    pub orientations: Option<Vec<String>>,
    /// Orders of a JPEG's data that need no warning: `baseline`, `progressive`.
    pub encodings: Option<Vec<String>>,
    /// Parts of the names of programs that change faces.
    pub editors: Option<Vec<String>>,
    /// Thickness of an even bar at an edge, of the photo's side.
    pub padding_percent: Option<Limit>,
    /// What a halving takes away, of what the next one does.
    pub detail_percent: Option<Floor>,
    /// Steps at the borders of an earlier compression's blocks, of the mean step.
    pub other_grid_percent: Option<Limit>,
}
