//! `[standard]`: the photo that an upload becomes.

use super::Span;
use serde::Deserialize;

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "RawStandard")]
pub struct Standard {
    /// What a larger upload is cut to, and what every picture measure looks at.
    pub width_px: u32,
    pub height_px: u32,
    /// Where a photo of the same shape may have any of these widths; a photo that has one is judged as it is.
    pub widths_px: Option<Span>,
    /// What the resolution tag must say; absent: anything.
    pub dpi: Option<Span>,
    /// Where the standard is a print.
    pub print_mm: Option<Print>,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Print {
    pub width: f64,
    pub height: f64,
}

impl Standard {
    /// The least width and height that a photo may have.
    pub fn smallest_px(&self) -> [u32; 2] {
        let width = self.widths_px.map_or(self.width_px, |span| span.min);
        [width, self.height_at(width)]
    }

    fn height_at(&self, width_px: u32) -> u32 {
        let height = f64::from(width_px) * f64::from(self.height_px) / f64::from(self.width_px);
        height.round() as u32
    }

    /// The size of the standard photo that a picture of `size` gives: its own, where that is one, else the one that
    /// uploads are cut to.
    pub fn size_for(&self, size: [u32; 2]) -> [u32; 2] {
        let [width, height] = size;
        let is_standard = self
            .widths_px
            .is_some_and(|span| (span.min..=span.max).contains(&width) && self.height_at(width).abs_diff(height) <= 1);
        if is_standard {
            size
        } else {
            [self.width_px, self.height_px]
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStandard {
    width_px: u32,
    height_px: u32,
    widths_px: Option<Span>,
    dpi: Option<Span>,
    print_mm: Option<Print>,
}

impl TryFrom<RawStandard> for Standard {
    type Error = String;

    fn try_from(raw: RawStandard) -> Result<Self, Self::Error> {
        let RawStandard {
            width_px,
            height_px,
            widths_px,
            dpi,
            print_mm,
        } = raw;
        // The largest standard photo among the known profiles is 1200 px a side.
        let sensible = 1..=4096;
        for (name, side) in [("width_px", width_px), ("height_px", height_px)] {
            if !sensible.contains(&side) {
                return Err(format!("{name} must lie in 1 to 4096, here it is {side}"));
            }
        }
        if let Some(Span { min, max }) = widths_px
            && !((min..=max).contains(&width_px) && sensible.contains(&max))
        {
            return Err(format!(
                "widths_px must hold width_px, which is {width_px}, and end by 4096; here it goes from {min} to {max}"
            ));
        }
        if let Some(Print { width, height }) = print_mm
            && !(width > 0.0 && height > 0.0 && width.is_finite() && height.is_finite())
        {
            return Err(format!(
                "print_mm must have a width and a height above 0, here they are {width} and {height}"
            ));
        }
        Ok(Self {
            width_px,
            height_px,
            widths_px,
            dpi,
            print_mm,
        })
    }
}
