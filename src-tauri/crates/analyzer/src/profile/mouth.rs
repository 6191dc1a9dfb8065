//! `[mouth]`: closed, without teeth. An absent limit: the standard says nothing of it.

use super::Limit;
use serde::Deserialize;

/// Heights over the distance from the eyes to the chin.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MouthLimits {
    /// Largest opening between the lips.
    pub open_ratio: Option<Limit>,
    /// Mean height of the teeth in sight.
    pub teeth_ratio: Option<Limit>,
}
