//! `[sharpness]`: what blurs, smears, speckles or squeezes the picture.

use super::Limit;
use serde::Deserialize;

/// In pixels of the standard photo, and in percent of the full scale of tones.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharpnessLimits {
    pub blur_px: Limit,
    /// Blur along one direction over that square to it.
    pub motion_ratio: Limit,
    pub noise_percent: Limit,
    pub blocking_percent: Limit,
}
