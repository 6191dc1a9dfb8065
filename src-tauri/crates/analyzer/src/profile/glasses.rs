//! `[glasses]`: what glasses may do to a photo. An absent limit: the standard says nothing of it.

use super::Limit;
use serde::Deserialize;

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GlassesLimits {
    /// Light that the clearer lens keeps from the skin behind it, in the channel that loses most.
    pub tint_percent: Option<Limit>,
    /// How clearly a rim stands out beside the eyes at the height of the lids: 0 not, 1 black before skin.
    pub rim_contrast: Option<Limit>,
    /// Share of a lens that a reflection hides.
    pub glare_percent: Option<Limit>,
}
