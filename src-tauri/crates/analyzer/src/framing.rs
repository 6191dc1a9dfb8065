//! Where the standard photo is cut from the upload: the crop of the profile's shape in which the composition's bands
//! hold, or the nearest to it that lies in the picture. A photo that has the standard size is its own crop.

use crate::profile::{Band, CompositionLimits, Profile};
use crate::report::Rect;

/// What the composition depends on, in pixels of the upright photo.
#[derive(Clone, Copy, Debug)]
pub struct Head {
    /// Midpoint of the eyes.
    pub eyes_x_px: f64,
    pub eyes_y_px: f64,
    pub crown_y_px: f64,
    pub chin_y_px: f64,
    pub face_width_px: f64,
}

/// The same in pixels of the standard photo.
#[derive(Clone, Copy, Debug)]
pub struct Composition {
    pub face_width_px: f64,
    pub crown_margin_px: f64,
    pub eye_line_px: f64,
    pub chin_margin_px: f64,
    /// Signed: positive, the eyes lie right of the middle.
    pub off_centre_px: f64,
}

/// Sizes that are tried, evenly spread between the smallest and the largest crop.
const SIZES: usize = 240;
/// A breach of a band weighs this much more than lying off its middle.
const BREACH: f64 = 100.0;

pub fn compose(head: &Head, crop: &Rect, profile: &Profile) -> Composition {
    let scale = crop.width_px / f64::from(profile.standard.width_px);
    Composition {
        face_width_px: head.face_width_px / scale,
        crown_margin_px: (head.crown_y_px - crop.y_px) / scale,
        eye_line_px: (head.eyes_y_px - crop.y_px) / scale,
        chin_margin_px: (crop.y_px + crop.height_px - head.chin_y_px) / scale,
        off_centre_px: (head.eyes_x_px - crop.x_px) / scale - f64::from(profile.standard.width_px) / 2.0,
    }
}

/// The best crop of a photo of `width_px` × `height_px`. It is never smaller than the standard photo, unless the photo is.
pub fn frame(head: &Head, width_px: u32, height_px: u32, profile: &Profile) -> Rect {
    let (width, height) = (f64::from(width_px), f64::from(height_px));
    let standard_width = f64::from(profile.standard.width_px);
    let standard_height = f64::from(profile.standard.height_px);
    let largest = (width / standard_width).min(height / standard_height);
    let smallest = largest.min(1.0);
    let mut best = (
        f64::INFINITY,
        Rect {
            x_px: 0.0,
            y_px: 0.0,
            width_px: width,
            height_px: height,
        },
    );
    for step in 0..=SIZES {
        let scale = smallest + (largest - smallest) * step as f64 / SIZES as f64;
        let mut crop = Rect {
            x_px: 0.0,
            y_px: 0.0,
            width_px: standard_width * scale,
            height_px: standard_height * scale,
        };
        crop.x_px = (head.eyes_x_px - crop.width_px / 2.0).clamp(0.0, (width - crop.width_px).max(0.0));
        crop.y_px = top(head, scale, &profile.composition).clamp(0.0, (height - crop.height_px).max(0.0));
        let cost = cost(&compose(head, &crop, profile), &profile.composition);
        if cost < best.0 {
            best = (cost, crop);
        }
    }
    best.1
}

/// The upper edge that serves crown and eyes best: the middle of the rows that keep both bands, or, where no row does,
/// the middle between the two.
fn top(head: &Head, scale: f64, limits: &CompositionLimits) -> f64 {
    let (crown, eyes) = (limits.crown_margin_px, limits.eye_line_px);
    let low = (head.crown_y_px - crown.max * scale).max(head.eyes_y_px - eyes.max * scale);
    let high = (head.crown_y_px - crown.min * scale).min(head.eyes_y_px - eyes.min * scale);
    (low + high) / 2.0
}

fn cost(composition: &Composition, limits: &CompositionLimits) -> f64 {
    let off_centre = composition.off_centre_px.abs();
    off(composition.face_width_px, &limits.face_width_px)
        + off(composition.crown_margin_px, &limits.crown_margin_px)
        + off(composition.eye_line_px, &limits.eye_line_px)
        + BREACH * (limits.chin_margin_px.min - composition.chin_margin_px).max(0.0) / limits.face_width_px.min
        + BREACH * (off_centre - limits.centring_px.pass).max(0.0) / limits.face_width_px.min
}

fn off(value: f64, band: &Band) -> f64 {
    let half = (band.max - band.min) / 2.0;
    let from_middle = (value - (band.min + band.max) / 2.0).abs() / half;
    from_middle.powi(2) / 4.0 + BREACH * (from_middle - 1.0).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(scale: f64, x: f64, y: f64) -> Head {
        Head {
            eyes_x_px: x,
            eyes_y_px: y,
            crown_y_px: y - 165.0 * scale,
            chin_y_px: y + 160.0 * scale,
            face_width_px: 220.0 * scale,
        }
    }

    #[test]
    fn a_standard_photo_is_its_own_crop() {
        let profile = Profile::chsi_2017().unwrap();
        let crop = frame(&head(1.0, 300.0, 400.0), 480, 640, &profile);
        assert_eq!(
            crop,
            Rect {
                x_px: 0.0,
                y_px: 0.0,
                width_px: 480.0,
                height_px: 640.0
            }
        );
    }

    #[test]
    fn a_large_upload_is_cut_so_that_every_band_holds() {
        let profile = Profile::chsi_2017().unwrap();
        let head = head(2.5, 1900.0, 1300.0);
        let crop = frame(&head, 4000, 3000, &profile);
        let composition = compose(&head, &crop, &profile);
        assert!(cost(&composition, &profile.composition) < 1.0, "{composition:?}");
        assert!(composition.off_centre_px.abs() < 1e-6);
        assert!((crop.width_px / crop.height_px - 0.75).abs() < 1e-9);
    }

    #[test]
    fn a_head_at_the_edge_gets_the_nearest_crop_inside_the_picture() {
        let profile = Profile::chsi_2017().unwrap();
        let crop = frame(&head(2.0, 150.0, 700.0), 3000, 4000, &profile);
        assert_eq!(crop.x_px, 0.0);
        assert!(crop.y_px >= 0.0 && crop.y_px + crop.height_px <= 4000.0);
    }
}
