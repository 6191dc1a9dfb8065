//! `[pose]`: how the head is held.

use super::Limit;
use serde::Deserialize;

/// Angles either way.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PoseLimits {
    pub roll_deg: Limit,
    pub yaw_deg: Limit,
    pub pitch_deg: Limit,
}
