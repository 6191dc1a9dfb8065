//! `[composition]`: where the head lies in the standard photo.

use super::{Band, Limit};
use serde::Deserialize;

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
