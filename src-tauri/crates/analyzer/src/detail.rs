//! Whether a picture holds the detail that its pixels could hold. Must not live here: how little is too little.

use crate::picture::Picture;

/// Less than this tells nothing.
const SIDE_MIN_PX: usize = 64;
/// Mean detail of the coarser scale below which the picture is blank, of 255.
const BLANK: f64 = 0.1;

/// What is lost when the picture is halved and enlarged again, over what the halved picture loses by the same: about a
/// half for a sharp picture, next to nothing for one that was enlarged or is out of focus. `None` where it is too small
/// or too blank to tell. This project's own measure.
pub fn ratio(picture: &Picture) -> Option<f64> {
    if picture.width.min(picture.height) < 4 * SIDE_MIN_PX {
        return None;
    }
    let whole = Plane {
        width: picture.width / 4 * 4,
        values: luma(picture),
    };
    let half = whole.half();
    let coarse = half.loses();
    (coarse >= BLANK).then(|| whole.loses() / coarse)
}

/// Luma (ITU-R BT.601) of whole fours of rows and columns.
fn luma(picture: &Picture) -> Vec<f32> {
    let width = picture.width / 4 * 4;
    let rows = picture.rgb.chunks_exact(picture.width * 3).take(picture.height / 4 * 4);
    let pixels = rows.flat_map(|row| row[..width * 3].chunks_exact(3));
    pixels
        .map(|p| 0.299 * f32::from(p[0]) + 0.587 * f32::from(p[1]) + 0.114 * f32::from(p[2]))
        .collect()
}

struct Plane {
    width: usize,
    values: Vec<f32>,
}

impl Plane {
    fn half(&self) -> Self {
        let pairs = self.values.chunks_exact(2 * self.width);
        let values = pairs.flat_map(|rows| {
            let (upper, lower) = rows.split_at(self.width);
            let blocks = upper.chunks_exact(2).zip(lower.chunks_exact(2));
            blocks.map(|(a, b)| (a[0] + a[1] + b[0] + b[1]) / 4.0)
        });
        Self {
            values: values.collect(),
            width: self.width / 2,
        }
    }

    /// Mean difference from its own half, enlarged again: linear between the centres of the half's pixels.
    fn loses(&self) -> f64 {
        let half = self.half();
        let (width, height) = (half.width, half.values.len() / half.width);
        let mut sum = 0.0;
        for y in 1..height - 1 {
            let row = |y: usize| &half.values[y * width..][..width];
            for (own, other) in [(2 * y, y - 1), (2 * y + 1, y + 1)] {
                let own = &self.values[own * self.width..][..self.width];
                let (near, far) = (row(y), row(other));
                let at = |x: usize| 0.75 * near[x] + 0.25 * far[x];
                let mut lost = 0.0;
                for x in 1..width - 1 {
                    let [before, here, after] = [at(x - 1), at(x), at(x + 1)];
                    lost += (own[2 * x] - 0.75 * here - 0.25 * before).abs();
                    lost += (own[2 * x + 1] - 0.75 * here - 0.25 * after).abs();
                }
                sum += f64::from(lost);
            }
        }
        sum / (4 * (width - 2) * (height - 2)) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{RgbImage, imageops};

    fn of(pixels: &RgbImage) -> Option<f64> {
        ratio(&Picture {
            width: pixels.width() as usize,
            height: pixels.height() as usize,
            rgb: pixels.as_raw().clone(),
        })
    }

    /// Discs of all sizes with sharp edges.
    fn discs(side: u32) -> RgbImage {
        let inside = |x: f32, y: f32, r: f32| (x % (2.2 * r) - 1.1 * r).hypot(y % (2.2 * r) - 1.1 * r) < r;
        RgbImage::from_fn(side, side, |x, y| {
            let (x, y) = (x as f32, y as f32);
            let count = [5.0, 17.0, 53.0].iter().filter(|r| inside(x, y, **r)).count();
            image::Rgb([60 + 60 * count as u8; 3])
        })
    }

    #[test]
    fn an_enlarged_picture_has_less_detail_than_its_pixels() {
        let sharp = of(&discs(320)).unwrap();
        let small = imageops::resize(&discs(640), 160, 160, imageops::FilterType::Triangle);
        let large = of(&imageops::resize(&small, 320, 320, imageops::FilterType::Triangle)).unwrap();
        assert!(sharp > 0.5 && large < 0.45, "{sharp} {large}");
    }

    #[test]
    fn blank_and_tiny_pictures_tell_nothing() {
        assert_eq!(of(&RgbImage::from_pixel(400, 400, image::Rgb([200; 3]))), None);
        assert_eq!(of(&discs(200)), None);
    }
}
