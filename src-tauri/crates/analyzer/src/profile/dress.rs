//! `[dress]`: what may be worn. Absent limits: the standard says nothing of it.

use super::{Least, Limit};
use serde::Deserialize;

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DressLimits {
    /// CIEDE2000 between clothes and background: from `pass` up is right, below `fail` is wrong, between is a warning.
    pub background_delta_e: Option<Least>,
    /// Share of the clothes that is patterned.
    pub patterned_percent: Option<Limit>,
    /// Whether shoulders have to be covered.
    pub covered_shoulders: bool,
    /// Weight of the signs of jewellery up to which nobody has to look.
    pub jewellery_signs: Option<f64>,
}
