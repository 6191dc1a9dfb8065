//! What is done to a photo before it is handed in again: cut, scaled, saved anew, brightened, framed, put before another
//! background. The shot stays the same. Must not live here: another shot of the sitter (`shot`).

use crate::math::{Rng, mix};
use image::codecs::jpeg::JpegEncoder;
use image::imageops::{self, FilterType};
use image::{GrayImage, ImageResult, Rgb, RgbImage};

/// Numbers are factors, but for a JPEG's quality; what has none is done at random.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reuse {
    Crop,
    Resize(f32),
    Jpeg(u8),
    Backdrop,
    Brightness(f32),
    Gamma(f32),
    Contrast(f32),
    Border,
    Colour,
    /// Several of all these at once.
    Mixed,
}

/// As photo programs save.
const USUAL_QUALITY: u8 = 88;

impl Reuse {
    pub const ALL: [Reuse; 24] = [
        Reuse::Crop,
        Reuse::Crop,
        Reuse::Resize(0.5),
        Reuse::Resize(0.7),
        Reuse::Resize(1.3),
        Reuse::Resize(1.5),
        Reuse::Jpeg(30),
        Reuse::Jpeg(45),
        Reuse::Jpeg(70),
        Reuse::Jpeg(95),
        Reuse::Backdrop,
        Reuse::Backdrop,
        Reuse::Brightness(0.75),
        Reuse::Brightness(1.25),
        Reuse::Gamma(0.7),
        Reuse::Gamma(1.4),
        Reuse::Contrast(0.7),
        Reuse::Contrast(1.3),
        Reuse::Border,
        Reuse::Colour,
        Reuse::Mixed,
        Reuse::Mixed,
        Reuse::Mixed,
        Reuse::Mixed,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Reuse::Crop => "cropped",
            Reuse::Resize(_) => "scaled 0.5–1.5",
            Reuse::Jpeg(_) => "saved at 30–95",
            Reuse::Backdrop => "other background",
            Reuse::Brightness(_) => "brightness ± 25 %",
            Reuse::Gamma(_) => "gamma 0.7, 1.4",
            Reuse::Contrast(_) => "contrast ± 30 %",
            Reuse::Border => "framed",
            Reuse::Colour => "colours shifted",
            Reuse::Mixed => "several of these",
        }
    }
}

/// The photo done so, as a JPEG. `silhouette`: 255 where the sitter is; without it the background stays. The same seed
/// gives the same photo.
///
/// # Errors
/// Where the bytes are no picture.
pub fn reused(photo: &[u8], silhouette: Option<&GrayImage>, how: Reuse, seed: u64) -> ImageResult<Vec<u8>> {
    let picture = image::load_from_memory(photo)?.to_rgb8();
    let r = &mut Rng::new(seed, 81);
    let (done, quality) = match how {
        Reuse::Crop => (cropped(&picture, r), USUAL_QUALITY),
        Reuse::Resize(by) => (resized(&picture, by), USUAL_QUALITY),
        Reuse::Jpeg(quality) => (picture, quality),
        Reuse::Backdrop => (before_another(&picture, silhouette, r), USUAL_QUALITY),
        Reuse::Brightness(by) => (toned(&picture, |v| v * by), USUAL_QUALITY),
        Reuse::Gamma(power) => (toned(&picture, |v| v.powf(power)), USUAL_QUALITY),
        Reuse::Contrast(by) => (toned(&picture, |v| (v - 0.5) * by + 0.5), USUAL_QUALITY),
        Reuse::Border => (framed(&picture, r), USUAL_QUALITY),
        Reuse::Colour => (shifted(&picture, r), USUAL_QUALITY),
        Reuse::Mixed => mixed(picture, silhouette, r),
    };
    let mut bytes = vec![];
    JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(&done)?;
    Ok(bytes)
}

fn mixed(mut picture: RgbImage, silhouette: Option<&GrayImage>, r: &mut Rng) -> (RgbImage, u8) {
    if r.chance(0.5) {
        picture = before_another(&picture, silhouette, r);
    }
    if r.chance(0.75) {
        let (power, by, lift) = (r.range(0.75, 1.35), r.range(0.8, 1.2), r.range(-0.06, 0.06));
        picture = toned(&picture, |v| (v.powf(power) - 0.5) * by + 0.5 + lift);
    }
    if r.chance(0.5) {
        picture = shifted(&picture, r);
    }
    if r.chance(0.75) {
        picture = cropped(&picture, r);
    }
    picture = resized(&picture, r.range(0.5, 1.5));
    if r.chance(0.25) {
        picture = framed(&picture, r);
    }
    (picture, r.range(30.0, 95.0) as u8)
}

/// Less at each side, so that the head stays whole.
fn cropped(picture: &RgbImage, r: &mut Rng) -> RgbImage {
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let [left, right] = [0.14, 0.14].map(|most| (r.range(0.0, most) * width) as u32);
    let [above, below] = [0.08, 0.20].map(|most| (r.range(0.0, most) * height) as u32);
    let size = [picture.width() - left - right, picture.height() - above - below];
    imageops::crop_imm(picture, left, above, size[0], size[1]).to_image()
}

fn resized(picture: &RgbImage, by: f32) -> RgbImage {
    let [width, height] = [picture.width(), picture.height()].map(|side| ((side as f32 * by) as u32).max(1));
    imageops::resize(picture, width, height, FilterType::CatmullRom)
}

fn before_another(picture: &RgbImage, silhouette: Option<&GrayImage>, r: &mut Rng) -> RgbImage {
    let colour = r.pick(&[
        [196, 38, 44],
        [67, 142, 219],
        [255, 255, 255],
        [240, 240, 240],
        [100, 197, 255],
        [60, 60, 64],
    ]);
    let darker = r.range(0.0, 0.3);
    let mut done = picture.clone();
    let Some(silhouette) = silhouette else {
        return done;
    };
    // A cut-out's edge, softened as programs do.
    let cover = imageops::blur(silhouette, 0.8);
    for ((_, y, pixel), cover) in done.enumerate_pixels_mut().zip(cover.pixels()) {
        let light = 1.0 - darker * y as f32 / picture.height() as f32;
        let cover = f32::from(cover.0[0]) / 255.0;
        for (value, behind) in pixel.0.iter_mut().zip(colour) {
            *value = mix(behind as f32 * light, f32::from(*value), cover).round() as u8;
        }
    }
    done
}

fn toned(picture: &RgbImage, tone: impl Fn(f32) -> f32) -> RgbImage {
    let table: Vec<u8> = (0..=255u8)
        .map(|v| (tone(f32::from(v) / 255.0) * 255.0).round().clamp(0.0, 255.0) as u8)
        .collect();
    let mut done = picture.clone();
    done.pixels_mut()
        .flat_map(|pixel| &mut pixel.0)
        .for_each(|v| *v = table[usize::from(*v)]);
    done
}

/// Warmer or cooler, paler or stronger.
fn shifted(picture: &RgbImage, r: &mut Rng) -> RgbImage {
    let gains = [r.range(0.93, 1.07), r.range(0.96, 1.04), r.range(0.93, 1.07)];
    let strength = r.range(0.8, 1.25);
    let mut done = picture.clone();
    for Rgb(pixel) in done.pixels_mut() {
        let [red, green, blue] = [0, 1, 2].map(|k| f32::from(pixel[k]) * gains[k]);
        let grey = 0.299 * red + 0.587 * green + 0.114 * blue;
        *pixel = [red, green, blue].map(|v| mix(grey, v, strength).round().clamp(0.0, 255.0) as u8);
    }
    done
}

fn framed(picture: &RgbImage, r: &mut Rng) -> RgbImage {
    let width = r.range(8.0, 40.0) as u32;
    let colour = Rgb([r.pick(&[0u8, 255]); 3]);
    let mut done = RgbImage::from_pixel(picture.width() + 2 * width, picture.height() + 2 * width, colour);
    imageops::replace(&mut done, picture, width.into(), width.into());
    done
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sitter::Encoding;
    use crate::{Sitter, render};

    #[test]
    fn each_reuse_changes_the_file_and_leaves_a_picture() {
        let portrait = render(&Sitter::conforming(21));
        let photo = portrait.jpeg(&Encoding::default());
        for how in Reuse::ALL {
            let done = reused(&photo, Some(&portrait.truth.silhouette), how, 4).unwrap();
            let picture = image::load_from_memory(&done).unwrap();
            assert!(picture.width() > 200 && done != photo, "{how:?}");
            assert_eq!(done, reused(&photo, Some(&portrait.truth.silhouette), how, 4).unwrap());
        }
        assert!(reused(b"no picture", None, Reuse::Crop, 4).is_err());
    }
}
