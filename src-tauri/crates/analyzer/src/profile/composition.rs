//! `[composition]`: where the head and the shoulders lie in the standard photo. A standard states its rules in pixels,
//! in shares or in millimetres, and each in its own selection: whatever is absent isn't asked.

use super::{Band, Floor, Limit};
use serde::Deserialize;

/// `_px`: pixels of the standard photo. `_percent`: of its width or height.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompositionLimits {
    pub face_width_px: Option<Band>,
    /// Cheek to cheek, of the width.
    pub head_width_percent: Option<Band>,
    /// Chin to crown, of the height.
    pub head_height_percent: Option<Band>,
    /// Chin to crown on the print.
    pub head_height_mm: Option<Band>,
    /// Between the eyes' centres, over the width.
    pub inter_eye_ratio: Option<Band>,
    /// Between the eyes' centres.
    pub inter_eye_px: Option<Floor>,
    /// Top of the head to the top edge.
    pub crown_margin_px: Option<Band>,
    /// Midpoint of the eyes to the top edge.
    pub eye_line_px: Option<Band>,
    /// Midpoint of the eyes to the bottom edge.
    pub eyes_from_bottom_px: Option<Floor>,
    pub eyes_from_bottom_percent: Option<Band>,
    /// The crown may come nearer to the top edge than its band where the eyes would get too low otherwise.
    #[serde(default)]
    pub crown_yields_to_eyes: bool,
    /// Midpoint of the eyes from the left edge, of the width.
    pub face_centre_x_percent: Option<Band>,
    /// Midpoint of the eyes from the top edge, of the height.
    pub face_centre_y_percent: Option<Band>,
    /// Chin to the bottom edge.
    pub chin_margin_px: Option<Floor>,
    /// Midpoint of the eyes to the vertical middle line, either side.
    pub centring_px: Option<Limit>,
    /// From the middle of the neck to where the shoulders leave the photo, in distances between the eyes.
    pub shoulders_ratio: Option<Floor>,
    /// Tilt of the line between the shoulders, either way.
    pub shoulders_deg: Option<Limit>,
}

impl CompositionLimits {
    /// Whether any rule says how high the head lies in the photo.
    pub fn knows_heights(&self) -> bool {
        self.crown_margin_px.is_some()
            || self.eye_line_px.is_some()
            || self.eyes_from_bottom_px.is_some()
            || self.eyes_from_bottom_percent.is_some()
            || self.face_centre_y_percent.is_some()
    }
}
