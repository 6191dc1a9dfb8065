//! `[background]`: what lies behind the person.

use super::Limit;
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackgroundLimits {
    pub colours: Vec<BackgroundColour>,
    pub colour_delta_e: Limit,
    pub evenness_delta_e: Limit,
    pub gradient_delta_e: Limit,
    pub shadow_delta_e: Limit,
    pub uniformity_gradient: Limit,
    /// Of the part of the standard photo above the chin.
    pub objects_percent: Limit,
    /// Share of the sitter's edge with a ring of another background.
    pub ring_percent: Option<Limit>,
    /// Share of the sitter's edge that is a bare step.
    pub stair_percent: Option<Limit>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackgroundColour {
    /// A code, worded by the reader.
    pub name: String,
    /// sRGB.
    #[serde(deserialize_with = "rgb")]
    pub rgb: [u8; 3],
}

fn rgb<'de, D: Deserializer<'de>>(deserializer: D) -> Result<[u8; 3], D::Error> {
    let channels = <[i64; 3]>::deserialize(deserializer)?;
    let mut rgb = [0; 3];
    for (byte, channel) in rgb.iter_mut().zip(channels) {
        *byte = u8::try_from(channel).map_err(|_| {
            D::Error::custom(format!(
                "rgb holds three whole numbers from 0 to 255, one of them is {channel}"
            ))
        })?;
    }
    Ok(rgb)
}
