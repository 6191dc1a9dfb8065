//! Builders of files: what `image` writes, and a small JPEG writer of our own for what it doesn't (four components,
//! progressive, sizes that lie, 48 megapixels).

use std::io::Cursor;

use image::codecs::jpeg::{JpegEncoder, PixelDensity};
use image::{DynamicImage, ImageEncoder, ImageFormat, RgbImage};

pub fn jpeg(picture: &RgbImage, quality: u8, dpi: Option<u16>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut out, quality);
    if let Some(dpi) = dpi {
        encoder.set_pixel_density(PixelDensity::dpi(dpi));
    }
    encoder.encode_image(picture).unwrap();
    out
}

/// With an EXIF segment that holds an orientation and, in centimetres, a resolution.
pub fn jpeg_with_exif(picture: &RgbImage, orientation: u16, dots_per_cm: u32) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut out, 92);
    encoder.set_exif_metadata(exif(orientation, dots_per_cm)).unwrap();
    encoder.encode_image(picture).unwrap();
    out
}

/// A TIFF directory, big-endian: orientation, two resolutions, their unit.
fn exif(orientation: u16, dots_per_cm: u32) -> Vec<u8> {
    let mut tiff = b"MM\0\x2a\0\0\0\x08\0\x04".to_vec();
    let short = |tag: u16, value: u16| {
        [
            &tag.to_be_bytes()[..],
            &[0, 3, 0, 0, 0, 1],
            &value.to_be_bytes(),
            &[0, 0],
        ]
        .concat()
    };
    let elsewhere = |tag: u16, at: u32| [&tag.to_be_bytes()[..], &[0, 5, 0, 0, 0, 1], &at.to_be_bytes()].concat();
    // The directory ends at 8 + 2 + 4 × 12 + 4.
    tiff.extend(short(0x0112, orientation));
    tiff.extend(elsewhere(0x011a, 62));
    tiff.extend(elsewhere(0x011b, 62));
    tiff.extend(short(0x0128, 3));
    tiff.extend([0; 4]);
    tiff.extend(dots_per_cm.to_be_bytes());
    tiff.extend(1u32.to_be_bytes());
    tiff
}

/// A JPEG with one more segment, right after its beginning.
pub fn with_segment(jpeg: &[u8], marker: u8, body: &[u8]) -> Vec<u8> {
    let mut out = jpeg[..2].to_vec();
    segment(&mut out, marker, body);
    out.extend(&jpeg[2..]);
    out
}

/// The body of an EXIF segment that names a program.
pub fn exif_software(name: &str) -> Vec<u8> {
    // A TIFF directory, little-endian: one entry, its text behind it.
    let mut out = b"Exif\0\0II\x2a\0\x08\0\0\0\x01\0".to_vec();
    out.extend([0x31, 0x01, 2, 0]);
    out.extend((name.len() as u32 + 1).to_le_bytes());
    out.extend(26u32.to_le_bytes());
    out.extend([0; 4]);
    out.extend(name.as_bytes());
    out.push(0);
    out
}

pub fn jpeg_with_profile(picture: &RgbImage, icc: Vec<u8>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut out, 92);
    encoder.set_icc_profile(icc).unwrap();
    encoder.encode_image(picture).unwrap();
    out
}

pub fn png(picture: impl Into<DynamicImage>) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    picture.into().write_to(&mut out, ImageFormat::Png).unwrap();
    out.into_inner()
}

/// An animation of one frame, from a still PNG.
pub fn animated(png: &[u8], width: u32, height: u32) -> Vec<u8> {
    let frames = [1u32.to_be_bytes(), 0u32.to_be_bytes()].concat();
    let mut control = [0u32, width, height, 0, 0].map(u32::to_be_bytes).concat();
    control.extend([0, 1, 0, 10, 0, 0]);
    // After the signature and IHDR.
    [
        &png[..33],
        &chunk(b"acTL", &frames),
        &chunk(b"fcTL", &control),
        &png[33..],
    ]
    .concat()
}

/// A PNG that claims a size and holds next to nothing.
pub fn png_claiming(width: u32, height: u32) -> Vec<u8> {
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    // Deflated emptiness.
    let data = [0x78, 0x9c, 0x03, 0, 0, 0, 0, 1];
    [
        &b"\x89PNG\r\n\x1a\n"[..],
        &chunk(b"IHDR", &header),
        &chunk(b"IDAT", &data),
        &chunk(b"IEND", &[]),
    ]
    .concat()
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let named = [kind, data].concat();
    [
        &(data.len() as u32).to_be_bytes()[..],
        &named,
        &crc32(&named).to_be_bytes(),
    ]
    .concat()
}

pub fn crc32(data: &[u8]) -> u32 {
    !data.iter().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 }
        })
    })
}

/// A JPEG of flat blocks of 8 × 8: each pixel of the source becomes a block.
pub struct Blocks<'a> {
    pub width: u32,
    pub height: u32,
    /// What the header says instead, if anything.
    pub claims: Option<[u16; 2]>,
    pub progressive: bool,
    /// Values of a block's components (1: grey, 3: YCbCr, 4: CMYK).
    pub at: &'a dyn Fn(u32, u32) -> Vec<u8>,
}

impl Blocks<'_> {
    pub fn bytes(&self) -> Vec<u8> {
        let components = (self.at)(0, 0).len();
        let [width, height] = self
            .claims
            .unwrap_or([self.width, self.height].map(|side| (side * 8) as u16));
        let mut out = vec![0xff, 0xd8];
        // One step of every coefficient is 8: a flat block's value is its DC coefficient.
        segment(&mut out, 0xdb, &[&[0][..], &[8; 64]].concat());
        let mut frame = [
            &[8][..],
            &height.to_be_bytes(),
            &width.to_be_bytes(),
            &[components as u8],
        ]
        .concat();
        frame.extend((1..=components as u8).flat_map(|id| [id, 0x11, 0]));
        segment(&mut out, if self.progressive { 0xc2 } else { 0xc0 }, &frame);
        // DC: twelve codes of four bits, one a category. AC: one code of one bit, the end of the block.
        let lengths = |at: usize, count: u8| std::array::from_fn::<u8, 16, _>(|k| if k == at { count } else { 0 });
        segment(
            &mut out,
            0xc4,
            &[
                &[0x00][..],
                &lengths(3, 12),
                &std::array::from_fn::<u8, 12, _>(|k| k as u8),
            ]
            .concat(),
        );
        segment(&mut out, 0xc4, &[&[0x10][..], &lengths(0, 1), &[0]].concat());
        let mut scan = vec![components as u8];
        scan.extend((1..=components as u8).flat_map(|id| [id, 0]));
        scan.extend(if self.progressive { [0, 0, 0] } else { [0, 63, 0] });
        segment(&mut out, 0xda, &scan);
        self.entropy(&mut out, components);
        out.extend([0xff, 0xd9]);
        out
    }

    fn entropy(&self, out: &mut Vec<u8>, components: usize) {
        let (mut bits, mut count) = (0u32, 0);
        let mut put = |out: &mut Vec<u8>, value: u32, length: u32| {
            bits = bits << length | value;
            count += length;
            while count >= 8 {
                count -= 8;
                let byte = (bits >> count) as u8;
                out.push(byte);
                if byte == 0xff {
                    out.push(0);
                }
                bits &= (1 << count) - 1;
            }
        };
        let mut before = vec![0i32; components];
        for y in 0..self.height {
            for x in 0..self.width {
                for (value, before) in (self.at)(x, y).into_iter().zip(&mut before) {
                    let level = i32::from(value) - 128;
                    let step = level - *before;
                    *before = level;
                    let category = 32 - step.unsigned_abs().leading_zeros();
                    put(out, category, 4);
                    let coded = if step < 0 { step - 1 } else { step };
                    put(out, coded as u32 & ((1 << category) - 1), category);
                    if !self.progressive {
                        put(out, 0, 1);
                    }
                }
            }
        }
        put(out, 0x7f, 7);
    }
}

fn segment(out: &mut Vec<u8>, marker: u8, body: &[u8]) {
    out.extend([0xff, marker]);
    out.extend((body.len() as u16 + 2).to_be_bytes());
    out.extend(body);
}

/// A picture whose every pixel is a block of 8 × 8.
pub fn blown_up(picture: &RgbImage, progressive: bool) -> Vec<u8> {
    let at = |x: u32, y: u32| {
        let [r, g, b] = picture.get_pixel(x, y).0.map(f32::from);
        let luma = 0.299 * r + 0.587 * g + 0.114 * b;
        [luma, 128.0 + 0.564 * (b - luma), 128.0 + 0.713 * (r - luma)]
            .map(|v| v.round() as u8)
            .to_vec()
    };
    Blocks {
        width: picture.width(),
        height: picture.height(),
        claims: None,
        progressive,
        at: &at,
    }
    .bytes()
}
