//! What a PNG file says of itself: a walk over its chunks, without inflating one.

use super::icc::Icc;
use super::{DecodeError, FileFacts};
use super::{exif, xmp};

/// Longer names of programs are cut.
const NAME_MAX: usize = 60;

pub fn read_facts(bytes: &[u8]) -> Result<FileFacts, DecodeError> {
    let mut at = 8;
    let mut header = None;
    let (mut dpi, mut orientation, mut transparent, mut animated, mut ended) = (None, 1, false, false, false);
    let (mut icc, mut programs) = (None, Vec::new());
    while let Some((kind, data, next)) = chunk(bytes, at) {
        match kind {
            b"IHDR" => header = Some(data),
            b"pHYs" => dpi = dots_per_inch(data),
            b"eXIf" => {
                let exif = exif::parse(data);
                orientation = exif.orientation.unwrap_or(1);
                programs.extend(exif.software);
            }
            // The profile itself is deflated; its name stands before it.
            b"iCCP" => icc = data.split(|byte| *byte == 0).next().map(Icc::named),
            b"sRGB" => icc = Some(Icc::named(b"sRGB")),
            b"tEXt" if data.starts_with(b"Software\0") => {
                programs.push(String::from_utf8_lossy(&data[9..]).chars().take(NAME_MAX).collect());
            }
            b"iTXt" if data.starts_with(b"XML:com.adobe.xmp\0") => programs.extend(xmp::creator_tool(data)),
            b"tRNS" => transparent = true,
            b"acTL" => animated = true,
            b"IEND" => ended = true,
            _ => {}
        }
        if ended {
            break;
        }
        at = next;
    }
    let Some(header) = header else {
        return Err(if at > 8 {
            DecodeError::Damaged
        } else {
            DecodeError::Truncated
        });
    };
    let (Some(width_px), Some(height_px), Some([depth, colour])) =
        (u32_at(header, 0), u32_at(header, 4), header.get(8..10))
    else {
        return Err(DecodeError::Damaged);
    };
    let (channels, colour_mode) = match (colour, depth, transparent) {
        (0, 16, false) => (1, "grey16"),
        (0, _, false) => (1, "grey8"),
        (2, 8, false) => (3, "rgb24"),
        (2, 16, false) => (3, "rgb48"),
        (3, ..) => (4, "palette"),
        (0 | 4, ..) => (2, "grey_alpha"),
        (2 | 6, ..) => (4, "rgb_alpha"),
        _ => return Err(DecodeError::Damaged),
    };
    let sample_bytes = if *depth == 16 { 2 } else { 1 };
    let decode_bytes = u64::from(width_px)
        .saturating_mul(height_px.into())
        .saturating_mul(channels * sample_bytes);
    if !ended && decode_bytes <= super::DECODE_BUDGET_BYTES {
        return Err(DecodeError::Truncated);
    }
    let format = if animated { "APNG" } else { "PNG" };
    Ok(FileFacts {
        format,
        width_px,
        height_px,
        colour_mode,
        dpi,
        quality: None,
        orientation,
        progressive: None,
        icc,
        programs,
        decode_bytes,
    })
}

/// Type, data and the place of the next chunk; nothing where the file ends before the chunk does.
fn chunk(bytes: &[u8], at: usize) -> Option<(&[u8; 4], &[u8], usize)> {
    let length = u32_at(bytes, at)? as usize;
    let kind = bytes.get(at + 4..at + 8)?.try_into().ok()?;
    let data = bytes.get(at + 8..at.checked_add(8)?.checked_add(length)?)?;
    // The check sum after the data is the decoder's to judge; it has to be there.
    let next = at + 12 + length;
    (next <= bytes.len()).then_some((kind, data, next))
}

fn dots_per_inch(data: &[u8]) -> Option<(f64, f64)> {
    // 1: the unit is the metre.
    (data.get(8) == Some(&1)).then_some(())?;
    let inches = |at| u32_at(data, at).map(|per_metre| f64::from(per_metre) * 0.0254);
    Some((inches(0)?, inches(4)?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}
