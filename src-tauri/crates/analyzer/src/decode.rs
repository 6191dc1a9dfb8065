//! Bytes → an upright working picture and the facts of the file, within a memory budget and without a panic.
//!
//! What a file claims about itself is read by the small parsers in `decode/`; pixels come from the `image` crate, which
//! is asked only after the claims fit the budget. Must not live here: any judgement of what was found.

mod exif;
mod icc;
mod jpeg;
mod png;
mod traces;
mod xmp;

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::{ColorType, ImageDecoder, ImageError, Limits};

use crate::picture::{Picture, Samples};
use icc::Icc;

/// What one photo may take while it is decoded. The promise is 256 MiB a photo; the rest is for the working picture
/// and the graphs.
pub(crate) const DECODE_BUDGET_BYTES: u64 = 224 << 20;
/// No camera writes a photo file larger than this.
const FILE_BYTES_MAX: usize = 64 << 20;
/// No camera makes a longer side; formats that can say more are refused before anything is allocated.
const SIDE_PX_MAX: u32 = 20_000;

/// Why there is no report. The words are for whoever handed the file in; the code is for programs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Send it again: nothing arrived.
    #[error("the file is empty")]
    Empty,
    /// Send a photo: this is something else.
    #[error("the file is not an image")]
    NotAnImage,
    /// Save it as JPEG.
    #[error("{format} files can't be read here; save the photo as JPEG")]
    Unsupported { format: &'static str },
    /// Send it again: the end is missing.
    #[error("the file ends too early; a part of it is missing")]
    Truncated,
    /// Make it smaller.
    #[error("{width} × {height} pixels are too many to open")]
    TooLarge { width: u32, height: u32 },
    /// Make it smaller.
    #[error("the file is too large to open ({bytes} bytes)")]
    TooManyBytes { bytes: usize },
    /// Save it anew: the content contradicts itself.
    #[error("the file is damaged and can't be opened")]
    Damaged,
}

impl DecodeError {
    /// Stable, snake_case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NotAnImage => "not_an_image",
            Self::Unsupported { .. } => "unsupported",
            Self::Truncated => "truncated",
            Self::TooLarge { .. } => "too_large",
            Self::TooManyBytes { .. } => "too_many_bytes",
            Self::Damaged => "damaged",
        }
    }
}

/// What the file says of itself. Sizes are of the stored picture, before it is turned upright.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FileFacts {
    /// "JPEG", "PNG" or "APNG".
    pub format: &'static str,
    pub width_px: u32,
    pub height_px: u32,
    /// One of the names that the check `colour_mode` lists.
    pub colour_mode: &'static str,
    /// Dots per inch, across and down, where the file has them in a unit of length.
    pub dpi: Option<(f64, f64)>,
    /// JPEG only: quality factor of the nearest table of the usual family.
    pub quality: Option<u8>,
    /// EXIF orientation, 1 to 8.
    pub orientation: u8,
    /// JPEG only.
    pub progressive: Option<bool>,
    pub icc: Option<Icc>,
    /// Those that say they wrote the file.
    pub programs: Vec<String>,
    /// What the decoder will allocate at most.
    decode_bytes: u64,
}

pub(crate) struct Decoded {
    /// In sRGB.
    pub picture: Picture,
    pub upload: Upload,
}

/// The file as it came.
pub(crate) struct Upload {
    /// Pixels of the upright photo in one pixel of the picture.
    pub scale: f64,
    /// Of the upright photo.
    pub width_px: u32,
    pub height_px: u32,
    pub bytes: usize,
    pub facts: FileFacts,
    /// See [`traces::other_grid`].
    pub other_grid: Option<f64>,
}

/// What the file says of itself, where its pixels may be asked for.
pub(crate) fn readable(bytes: &[u8]) -> Result<FileFacts, DecodeError> {
    let facts = read_facts(bytes)?;
    let (width, height) = (facts.width_px, facts.height_px);
    if width == 0 || height == 0 {
        return Err(DecodeError::Damaged);
    }
    if width.max(height) > SIDE_PX_MAX || facts.decode_bytes + bytes.len() as u64 > DECODE_BUDGET_BYTES {
        return Err(DecodeError::TooLarge { width, height });
    }
    Ok(facts)
}

pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    let facts = readable(bytes)?;
    let (width, height) = (facts.width_px, facts.height_px);
    // The decoders are others' code. Should one of them panic on a file nobody thought of, the queue goes on.
    let (samples, buffer) =
        catch_unwind(AssertUnwindSafe(|| read_pixels(bytes, &facts))).unwrap_or(Err(DecodeError::Damaged))?;
    let [stored_width, stored_height] = [width, height].map(|side| side as usize);
    let other_grid = traces::other_grid(stored_width, stored_height, |x, y| {
        samples.luma(&buffer, y * stored_width + x)
    });
    let (picture, factor) = Picture::shrunk(buffer, stored_width, stored_height, samples);
    let picture = match &facts.icc {
        // Profiles are followed by others' code too.
        Some(icc) if samples.channels > 2 => {
            let plain = picture.clone();
            catch_unwind(AssertUnwindSafe(|| icc.to_srgb(picture))).unwrap_or(plain)
        }
        _ => picture,
    };
    let turned = facts.orientation >= 5;
    let (width_px, height_px) = if turned { (height, width) } else { (width, height) };
    Ok(Decoded {
        picture: picture.upright(facts.orientation),
        upload: Upload {
            scale: factor as f64,
            width_px,
            height_px,
            bytes: bytes.len(),
            facts,
            other_grid,
        },
    })
}

fn read_facts(bytes: &[u8]) -> Result<FileFacts, DecodeError> {
    if bytes.is_empty() {
        return Err(DecodeError::Empty);
    }
    if bytes.len() > FILE_BYTES_MAX {
        return Err(DecodeError::TooManyBytes { bytes: bytes.len() });
    }
    match container(bytes) {
        Some("JPEG") => jpeg::read_facts(bytes),
        Some("PNG") => png::read_facts(bytes),
        Some(format) => Err(DecodeError::Unsupported { format }),
        None => Err(DecodeError::NotAnImage),
    }
}

/// The kind of file by its first bytes; the name of the file is never asked.
fn container(bytes: &[u8]) -> Option<&'static str> {
    let brand = bytes.get(4..12).unwrap_or_default();
    let riff = bytes.get(8..12).unwrap_or_default();
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some("JPEG"),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some("PNG"),
        [b'G', b'I', b'F', b'8', ..] => Some("GIF"),
        [b'R', b'I', b'F', b'F', ..] if riff == b"WEBP" => Some("WebP"),
        [b'B', b'M', ..] if bytes.len() > 26 => Some("BMP"),
        [b'I', b'I', 0x2a, 0, ..] | [b'M', b'M', 0, 0x2a, ..] => Some("TIFF"),
        [b'%', b'P', b'D', b'F', ..] => Some("PDF"),
        [b'8', b'B', b'P', b'S', ..] => Some("PSD"),
        [0, 0, 0, 0x0c, b'j', b'P', ..] => Some("JPEG 2000"),
        [0xff, 0x0a, ..] | [0, 0, 0, 0x0c, b'J', b'X', ..] => Some("JPEG XL"),
        _ => match brand {
            b"ftypavif" | b"ftypavis" => Some("AVIF"),
            b"ftypheic" | b"ftypheix" | b"ftyphevc" | b"ftypmif1" | b"ftypmsf1" | b"ftypheim" => Some("HEIC"),
            _ => None,
        },
    }
}

fn read_pixels(bytes: &[u8], facts: &FileFacts) -> Result<(Samples, Vec<u8>), DecodeError> {
    let read = |error| named(error, facts);
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODE_BUDGET_BYTES);
    if facts.format == "JPEG" {
        pixels_of(JpegDecoder::new(Cursor::new(bytes)).map_err(read)?, facts)
    } else {
        pixels_of(
            PngDecoder::with_limits(Cursor::new(bytes), limits).map_err(read)?,
            facts,
        )
    }
}

fn pixels_of(decoder: impl ImageDecoder, facts: &FileFacts) -> Result<(Samples, Vec<u8>), DecodeError> {
    let samples = match decoder.color_type() {
        ColorType::L8 => Samples { channels: 1, bytes: 1 },
        ColorType::La8 => Samples { channels: 2, bytes: 1 },
        ColorType::Rgb8 => Samples { channels: 3, bytes: 1 },
        ColorType::Rgba8 => Samples { channels: 4, bytes: 1 },
        ColorType::L16 => Samples { channels: 1, bytes: 2 },
        ColorType::La16 => Samples { channels: 2, bytes: 2 },
        ColorType::Rgb16 => Samples { channels: 3, bytes: 2 },
        ColorType::Rgba16 => Samples { channels: 4, bytes: 2 },
        _ => return Err(DecodeError::Unsupported { format: facts.format }),
    };
    // The parser of this crate and the decoder must speak of the same picture.
    if decoder.dimensions() != (facts.width_px, facts.height_px) {
        return Err(DecodeError::Damaged);
    }
    let size = decoder.total_bytes();
    if size > DECODE_BUDGET_BYTES {
        return Err(DecodeError::TooLarge {
            width: facts.width_px,
            height: facts.height_px,
        });
    }
    let mut buffer = vec![0; size as usize];
    decoder.read_image(&mut buffer).map_err(|error| named(error, facts))?;
    Ok((samples, buffer))
}

fn named(error: ImageError, facts: &FileFacts) -> DecodeError {
    match error {
        ImageError::Limits(_) => DecodeError::TooLarge {
            width: facts.width_px,
            height: facts.height_px,
        },
        ImageError::Unsupported(_) => DecodeError::Unsupported { format: facts.format },
        ImageError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => DecodeError::Truncated,
        _ => DecodeError::Damaged,
    }
}
