//! A photo as a camera of many pixels would have written it: enlarged, with the grain of its sensor, so that its file has
//! the bytes of such a camera's.

use crate::math::Rng;
use image::RgbImage;
use image::imageops::{self, FilterType};

/// `size_px`: width and height. `grain`: its deviation, of 255. The same seed gives the same photo.
pub fn with_grain(photo: &RgbImage, size_px: [u32; 2], grain: f32, seed: u64) -> RgbImage {
    let mut photo = imageops::resize(photo, size_px[0], size_px[1], FilterType::Triangle);
    let rng = &mut Rng::new(seed, 91);
    // One table of draws serves all: where each pixel begins to read in it is drawn.
    let draws: Vec<f32> = (0..8192).map(|_| grain * rng.normal()).collect();
    for row in photo.rows_mut() {
        let mut at = rng.range(0.0, 8192.0) as usize;
        for pixel in row {
            at += 1;
            let draw = draws[at % draws.len()];
            for value in &mut pixel.0 {
                *value = (f32::from(*value) + draw).round().clamp(0.0, 255.0) as u8;
            }
        }
    }
    photo
}
