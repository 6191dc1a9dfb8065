//! A photo of many megapixels at the size of a screen, for programs that show photos one after the other: it is decoded
//! and drawn in a fraction of the time. It is a copy to look at: nothing is measured on it.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageReader, Limits};

use crate::decode;

/// Hardly to be told from the photo at its size on the screen.
const QUALITY: u8 = 92;

/// The photo as an upright JPEG whose longer side has `longer_side_px` pixels, in the photo's own colour space. `None`
/// where the photo is no larger, has transparent parts or inks for colours, or can't be decoded: then show the photo itself.
pub fn rendition(photo: &[u8], longer_side_px: u32) -> Option<Vec<u8>> {
    let facts = decode::readable(photo).ok()?;
    if facts.width_px.max(facts.height_px) <= longer_side_px {
        return None;
    }
    // The decoders are others' code.
    catch_unwind(AssertUnwindSafe(|| render(photo, longer_side_px))).ok()?
}

fn render(photo: &[u8], longer_side_px: u32) -> Option<Vec<u8>> {
    let mut reader = ImageReader::new(Cursor::new(photo)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(decode::DECODE_BUDGET_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    if decoder.color_type().has_alpha() || decoder.original_color_type() == ExtendedColorType::Cmyk8 {
        return None;
    }
    let icc = decoder.icc_profile().ok()?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let whole = DynamicImage::from_decoder(decoder).ok()?;
    let mut small = DynamicImage::ImageRgb8(whole.thumbnail(longer_side_px, longer_side_px).into_rgb8());
    drop(whole);
    small.apply_orientation(orientation);
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    if let Some(icc) = icc {
        encoder.set_icc_profile(icc).ok()?;
    }
    encoder.encode_image(&small).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Rgb, RgbImage, RgbaImage};

    /// Red above blue.
    fn photo(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |_, y| {
            if y < height / 2 {
                Rgb([200, 30, 30])
            } else {
                Rgb([30, 30, 200])
            }
        })
    }

    fn jpeg(picture: &RgbImage, prepare: impl Fn(&mut JpegEncoder<&mut Vec<u8>>)) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 90);
        prepare(&mut encoder);
        encoder.encode_image(picture).unwrap();
        bytes
    }

    #[test]
    fn a_large_photo_is_made_as_large_as_asked_for_and_a_small_one_is_left_alone() {
        let large = jpeg(&photo(600, 800), |_| ());
        let small = image::load_from_memory(&rendition(&large, 200).unwrap())
            .unwrap()
            .into_rgb8();
        assert_eq!(small.dimensions(), (150, 200));
        let near = |at: [u32; 2], colour: [u8; 3]| {
            small
                .get_pixel(at[0], at[1])
                .0
                .iter()
                .zip(colour)
                .all(|(a, b)| a.abs_diff(b) < 12)
        };
        assert!(near([75, 40], [200, 30, 30]) && near([75, 160], [30, 30, 200]));
        assert_eq!(rendition(&large, 800), None);
    }

    #[test]
    fn a_photo_that_lies_on_its_side_is_set_upright() {
        // EXIF: little-endian, one entry, orientation 6 (the top is at the right).
        let exif = [
            0x49, 0x49, 0x2a, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0,
        ];
        let lying = jpeg(&photo(800, 600), |encoder| {
            encoder.set_exif_metadata(exif.to_vec()).unwrap()
        });
        let upright = image::load_from_memory(&rendition(&lying, 200).unwrap())
            .unwrap()
            .into_rgb8();
        assert_eq!(upright.dimensions(), (150, 200));
        // What was above is at the right now.
        assert!(upright.get_pixel(140, 100).0[0] > 150 && upright.get_pixel(10, 100).0[2] > 150);
    }

    #[test]
    fn the_colour_space_stays_the_photo_s_own() {
        let icc = vec![7; 300];
        let tagged = jpeg(&photo(600, 800), |encoder| {
            encoder.set_icc_profile(icc.clone()).unwrap()
        });
        let made = rendition(&tagged, 200).unwrap();
        let mut decoder = ImageReader::new(Cursor::new(&made))
            .with_guessed_format()
            .unwrap()
            .into_decoder()
            .unwrap();
        assert_eq!(decoder.icc_profile().unwrap(), Some(icc));
    }

    #[test]
    fn what_can_t_be_shown_otherwise_is_shown_as_it_is() {
        let mut transparent = Cursor::new(Vec::new());
        RgbaImage::new(600, 800)
            .write_to(&mut transparent, image::ImageFormat::Png)
            .unwrap();
        let cut = &jpeg(&photo(600, 800), |_| ())[..400];
        for photo in [transparent.get_ref().as_slice(), cut, b"", b"no photo"] {
            assert_eq!(rendition(photo, 200), None);
        }
    }
}
