//! `[standard]`: the photo that an upload becomes.

use serde::Deserialize;

/// The standard photo that the upload becomes.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "RawStandard")]
pub struct Standard {
    pub width_px: u32,
    pub height_px: u32,
    pub dpi: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStandard {
    width_px: u32,
    height_px: u32,
    dpi: u32,
}

impl TryFrom<RawStandard> for Standard {
    type Error = &'static str;

    fn try_from(
        RawStandard {
            width_px,
            height_px,
            dpi,
        }: RawStandard,
    ) -> Result<Self, Self::Error> {
        // The largest standard photo among the known profiles is 1200 px a side.
        let sensible = 1..=4096;
        if !sensible.contains(&width_px) || !sensible.contains(&height_px) || dpi == 0 {
            return Err("width_px and height_px must lie in 1 to 4096, dpi must be above 0");
        }
        Ok(Self {
            width_px,
            height_px,
            dpi,
        })
    }
}
