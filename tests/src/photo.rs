//! Small photos for tests that care about bytes, not about faces.

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, RgbImage};

/// A JPEG of 48×64 pixels; another seed gives other bytes.
pub fn jpeg(seed: u32) -> Vec<u8> {
    let image = RgbImage::from_fn(48, 64, |x, y| {
        let mixed = seed.wrapping_mul(2_654_435_761).wrapping_add(x * 97 + y * 31);
        image::Rgb([(mixed >> 5) as u8, (mixed >> 13) as u8, (mixed >> 21) as u8])
    });
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 90)
        .encode(&image, image.width(), image.height(), ExtendedColorType::Rgb8)
        .unwrap();
    bytes
}
