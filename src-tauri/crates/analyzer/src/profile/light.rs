//! `[light]`: how the face is lit, and whether its colours are true.

use super::{Least, Limit};
use serde::Deserialize;

/// Shares are percentages. What each is of: the checks of the group.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LightLimits {
    pub brightness_min_percent: Least,
    pub brightness_max_percent: Limit,
    pub contrast_percent: Least,
    pub dynamic_range_bits: Least,
    pub under_exposure_percent: Limit,
    pub over_exposure_percent: Limit,
    /// Light of the darker cheek over that of the lighter.
    pub evenness_percent: Least,
    pub hot_spots_percent: Limit,
    /// Distance from the natural box in CIELAB's plane of a* and b*.
    pub skin_colour_distance: Limit,
    pub colour_cast_percent: Limit,
}
