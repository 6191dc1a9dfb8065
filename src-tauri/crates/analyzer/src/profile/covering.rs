//! `[covering]`: what may lie over the head and the face. Absent limits: the standard says nothing of it.

use super::{Floor, Limit};
use serde::Deserialize;

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoveringLimits {
    /// Share of a brow that hair covers.
    pub brow_covered_percent: Option<Limit>,
    /// Share of an eye's breadth that hair reaches.
    pub eye_covered_percent: Option<Limit>,
    /// Breadth of the visible ear over the distance between the eyes.
    pub ear_ratio: Option<Floor>,
    /// With hair along less of the cheek than this an ear counts as uncovered.
    pub ear_hair_percent: Option<f64>,
    /// Weight of the signs of cloth over the head: up to `pass` none is worn, above `fail` one is, between nobody can tell.
    pub headwear_signs: Option<Limit>,
    /// Distance in CIELAB (lightness halved) between the lower and the upper face.
    pub mask_difference: Option<Limit>,
    /// Share of the face that has not the skin's colour.
    pub foreign_percent: Option<Limit>,
    /// Skin beside the jaw, in squared distances between the eyes, up to which it is no hand.
    pub hand_area: Option<f64>,
}
