//! `[eyes]`: open, on the camera, not red. An absent limit: the standard says nothing of it.

use super::{Band, Limit};
use serde::Deserialize;

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EyeLimits {
    /// Opening of an eye over the distance of its corners.
    pub open_ratio: Option<Band>,
    /// Turn of the eyes, either way.
    pub gaze_deg: Option<Limit>,
    /// Red light of a pupil that its green doesn't account for, of the skin's red.
    pub red_percent: Option<Limit>,
}
