//! `[covering]`: what may lie over the head and the face. Absent limits: the standard says nothing of it.

use super::{Band, Limit};
use serde::Deserialize;

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoveringLimits {
    /// Share of a brow that hair covers.
    pub brow_covered_percent: Option<Limit>,
    /// Share of an eye's breadth that hair reaches.
    pub eye_covered_percent: Option<Limit>,
    /// Breadth of the visible ear over the distance between the eyes; at most is no limit.
    pub ear_ratio: Option<Band>,
    /// With hair along less of the cheek than this an ear counts as uncovered.
    pub ear_hair_percent: Option<f64>,
}
