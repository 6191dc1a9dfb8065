//! What a JPEG file says of itself: a walk over its segments (ITU-T T.81, annex B), without decoding a pixel.

use super::exif::{self, Exif};
use super::icc::Icc;
use super::{DecodeError, FileFacts, xmp};

const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
const ICC: &[u8] = b"ICC_PROFILE\0";
/// How a segment of image resources is named among the programs.
const PHOTOSHOP: &str = "Photoshop";

#[derive(Default)]
struct Segments {
    frame: Option<Frame>,
    /// Of the luminance, in the order of the file (zigzag).
    table: Option<[u16; 64]>,
    jfif_dpi: Option<(f64, f64)>,
    exif: Exif,
    /// Of the XMP packet.
    creator_tool: Option<String>,
    photoshop: bool,
    /// Parts of the colour profile by their number.
    icc: Vec<(u8, Vec<u8>)>,
    progressive: bool,
    /// The decoder keeps all coefficients: progressive, or components in scans of their own.
    buffered: bool,
    ended: bool,
}

struct Frame {
    precision: u8,
    width_px: u32,
    height_px: u32,
    /// Samples across × down for each component.
    sampling: Vec<(u8, u8)>,
}

pub fn read_facts(bytes: &[u8]) -> Result<FileFacts, DecodeError> {
    let segments = walk(bytes)?;
    let Some(frame) = &segments.frame else {
        return Err(if segments.ended {
            DecodeError::Damaged
        } else {
            DecodeError::Truncated
        });
    };
    // A header that asks for too much is refused as too large even where the rest of it is missing.
    let channels = if frame.sampling.len() == 1 { 1 } else { 3 };
    let pixels = u64::from(frame.width_px) * u64::from(frame.height_px);
    let decode_bytes =
        pixels * channels + bytes.len() as u64 + if segments.buffered { coefficient_bytes(frame) } else { 0 };
    if !segments.ended && decode_bytes <= super::DECODE_BUDGET_BYTES {
        return Err(DecodeError::Truncated);
    }
    let Segments {
        exif,
        creator_tool,
        photoshop,
        ..
    } = &segments;
    let photoshop = photoshop.then(|| PHOTOSHOP.to_owned());
    let programs = [exif.software.clone(), creator_tool.clone(), photoshop];
    let mut icc = segments.icc.clone();
    icc.sort_by_key(|(number, _)| *number);
    Ok(FileFacts {
        format: "JPEG",
        width_px: frame.width_px,
        height_px: frame.height_px,
        colour_mode: match (frame.precision, frame.sampling.len()) {
            (8, 1) => "grey8",
            (8, 3) => "rgb24",
            (8, 4) => "cmyk",
            _ => {
                return Err(DecodeError::Unsupported {
                    format: "JPEG of this kind",
                });
            }
        },
        dpi: exif.dpi.or(segments.jfif_dpi),
        quality: segments.table.as_ref().map(quality_of),
        orientation: exif.orientation.unwrap_or(1),
        progressive: Some(segments.progressive),
        icc: Icc::of(icc.into_iter().flat_map(|(_, part)| part).collect()),
        programs: programs.into_iter().flatten().filter(|name| !name.is_empty()).collect(),
        decode_bytes,
    })
}

fn walk(bytes: &[u8]) -> Result<Segments, DecodeError> {
    let mut found = Segments::default();
    let mut at = 2;
    loop {
        // Fill bytes may stand before a marker.
        while bytes.get(at) == Some(&0xff) && bytes.get(at + 1) == Some(&0xff) {
            at += 1;
        }
        let Some([mark, marker]) = bytes.get(at..at + 2) else {
            return Ok(found);
        };
        if *mark != 0xff {
            return Err(DecodeError::Damaged);
        }
        at += 2;
        if *marker == 0xd9 {
            found.ended = true;
            return Ok(found);
        }
        if matches!(*marker, 0x01 | 0xd0..=0xd8) {
            continue;
        }
        let Some(length) = u16_at(bytes, at) else {
            return Ok(found);
        };
        let Some(body) = bytes.get(at + 2..at + usize::from(length)) else {
            return if length < 2 {
                Err(DecodeError::Damaged)
            } else {
                Ok(found)
            };
        };
        at += usize::from(length);
        match *marker {
            0xe0 => found.jfif_dpi = found.jfif_dpi.or(jfif_dpi(body)),
            0xe1 if body.starts_with(b"Exif\0\0") => found.exif = exif::parse(&body[6..]),
            0xe1 if body.starts_with(XMP) => found.creator_tool = xmp::creator_tool(&body[XMP.len()..]),
            // Parts are numbered from 1; their count follows the number.
            0xe2 if body.starts_with(ICC) && body.len() > ICC.len() + 2 => {
                found.icc.push((body[ICC.len()], body[ICC.len() + 2..].to_vec()));
            }
            0xed if body.starts_with(b"Photoshop 3.0\0") => found.photoshop = true,
            0xdb => read_tables(body, &mut found.table),
            0xc0..=0xc2 => {
                found.frame = Some(frame(body).ok_or(DecodeError::Damaged)?);
                found.progressive = *marker == 0xc2;
                found.buffered |= found.progressive;
            }
            0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                return Err(DecodeError::Unsupported {
                    format: "JPEG of this kind",
                });
            }
            0xda => {
                let components = found.frame.as_ref().map_or(0, |frame| frame.sampling.len());
                found.buffered |= body.first().is_some_and(|count| usize::from(*count) < components);
                at = after_scan(bytes, at);
            }
            _ => {}
        }
    }
}

/// The position of the first marker after entropy-coded data.
fn after_scan(bytes: &[u8], start: usize) -> usize {
    /// Bytes that are looked through at once for one that may begin a marker.
    const CHUNK: usize = 64;
    let tail = bytes.get(start..).unwrap_or_default();
    // A stuffed zero and the restart markers belong to the data.
    let is_marker = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xd0..=0xd7 | 0xff);
    let chunks = tail.chunks(CHUNK).enumerate();
    let mut markers = chunks
        .filter(|(_, chunk)| chunk.contains(&0xff))
        .filter_map(|(number, _)| {
            let first = number * CHUNK;
            let mut pairs = tail[first..].windows(2).take(CHUNK);
            pairs.position(is_marker).map(|at| first + at)
        });
    start + markers.next().unwrap_or(tail.len())
}

fn frame(body: &[u8]) -> Option<Frame> {
    let (precision, count) = (*body.first()?, usize::from(*body.get(5)?));
    let sampling = (0..count)
        .map(|index| body.get(7 + 3 * index).map(|factors| (factors >> 4, factors & 15)))
        .collect::<Option<Vec<_>>>()?;
    Some(Frame {
        precision,
        height_px: u16_at(body, 1)?.into(),
        width_px: u16_at(body, 3)?.into(),
        sampling,
    })
}

/// Two bytes a coefficient, every component in whole units of 8 × 8.
fn coefficient_bytes(frame: &Frame) -> u64 {
    let most = |side: fn(&(u8, u8)) -> u8| u64::from(frame.sampling.iter().map(side).max().unwrap_or(1).max(1));
    let (across, down) = (most(|s| s.0), most(|s| s.1));
    let units = u64::from(frame.width_px).div_ceil(8 * across) * u64::from(frame.height_px).div_ceil(8 * down);
    frame
        .sampling
        .iter()
        .map(|(x, y)| units * u64::from(*x) * u64::from(*y) * 64 * 2)
        .sum()
}

fn jfif_dpi(body: &[u8]) -> Option<(f64, f64)> {
    let density = |at| u16_at(body, at).filter(|dots| *dots > 0).map(f64::from);
    let (across, down) = (density(8)?, density(10)?);
    match (body.starts_with(b"JFIF\0"), body.get(7)?) {
        (true, 1) => Some((across, down)),
        (true, 2) => Some((across * 2.54, down * 2.54)),
        _ => None,
    }
}

fn read_tables(mut body: &[u8], luminance: &mut Option<[u16; 64]>) {
    while let Some((head, rest)) = body.split_first() {
        let wide = head >> 4 != 0;
        let size = if wide { 128 } else { 64 };
        let Some(values) = rest.get(..size) else { return };
        if head & 15 == 0 {
            let value = |k: usize| {
                if wide {
                    u16_at(values, 2 * k).unwrap_or(0)
                } else {
                    values[k].into()
                }
            };
            *luminance = Some(std::array::from_fn(value));
        }
        body = &rest[size..];
    }
}

/// The luminance table that T.81 gives as an example (table K.1), in zigzag order: the family that nearly every encoder
/// scales by its quality factor.
const EXAMPLE_TABLE: [u16; 64] = [
    16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51, 61,
    60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103, 104, 103, 62, 77, 113,
    121, 112, 100, 120, 92, 101, 103, 99,
];

/// The factor whose table lies nearest; of equals, the higher.
fn quality_of(table: &[u16; 64]) -> u8 {
    let distance = |quality: u8| -> u32 {
        let percent = if quality < 50 {
            5000 / u32::from(quality)
        } else {
            200 - 2 * u32::from(quality)
        };
        let scaled = |example: u16| ((u32::from(example) * percent + 50) / 100).clamp(1, 255);
        table
            .iter()
            .zip(EXAMPLE_TABLE)
            .map(|(value, example)| u32::from(*value).abs_diff(scaled(example)))
            .sum()
    };
    (1..=100).rev().min_by_key(|quality| distance(*quality)).unwrap_or(100)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_scan_is_found_wherever_it_lies() {
        for length in [0, 1, 62, 63, 64, 65, 127, 128, 200] {
            // Stuffed bytes and restart markers belong to the scan.
            let mut bytes: Vec<u8> = (0..length).map(|k| (k * 37 % 255) as u8).collect();
            bytes.extend([0xff, 0x00, 0xff, 0xd3, 7, 0xff, 0xff]);
            assert_eq!(after_scan(&bytes, 0), bytes.len());
            let end = bytes.len() - 1;
            bytes.extend([0xd9, 1, 2]);
            assert_eq!(after_scan(&bytes, 0), end);
            assert_eq!(after_scan(&bytes, end + 1), bytes.len());
        }
    }
}
