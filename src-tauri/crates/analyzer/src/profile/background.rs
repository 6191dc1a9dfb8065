//! `[background]`: what lies behind the person.

use super::Limit;
use serde::Deserialize;

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
