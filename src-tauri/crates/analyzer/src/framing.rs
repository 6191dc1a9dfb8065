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
    /// Between the eyes' centres, over cos(yaw).
    pub eye_distance_px: f64,
    pub crown_y_px: f64,
    pub chin_y_px: f64,
    pub face_width_px: f64,
}

/// The same in pixels of the standard photo.
#[derive(Clone, Copy, Debug)]
pub struct Composition {
    pub width_px: f64,
    pub height_px: f64,
    pub face_width_px: f64,
    /// Where the crop has fewer pixels than the standard photo: in its own, since blowing up shows nothing more.
    pub inter_eye_px: f64,
    pub inter_eye_ratio: f64,
    pub head_height_px: f64,
    pub crown_margin_px: f64,
    pub eye_line_px: f64,
    pub chin_margin_px: f64,
    /// Signed: positive, the eyes lie right of the middle.
    pub off_centre_px: f64,
}

/// Sizes that are tried, evenly spread between the smallest and the largest crop, and once more around the best.
const SIZES: usize = 240;
/// Any breach of a rule weighs more than all that lies off the middles of bands together, and grows with its size.
const BREACH: f64 = 10.0;
const BREACH_GROWS: f64 = 100.0;
/// Pixels or shares that are only rounding.
const ROUNDING: f64 = 1e-9;
/// As much less a breach weighs of a rule that yields to another.
const YIELDS: f64 = 0.05;
/// Where a profile says nothing of the size or the height of the head: a face half as wide as the photo, eyes at two
/// fifths of its height. A choice among crops that all conform, no limit.
const USUAL_FACE: f64 = 0.5;
const USUAL_EYES: f64 = 0.4;

impl Composition {
    pub fn head_width_percent(&self) -> f64 {
        100.0 * self.face_width_px / self.width_px
    }

    pub fn head_height_percent(&self) -> f64 {
        100.0 * self.head_height_px / self.height_px
    }

    pub fn eyes_from_bottom_px(&self) -> f64 {
        self.height_px - self.eye_line_px
    }

    pub fn eyes_from_bottom_percent(&self) -> f64 {
        100.0 * self.eyes_from_bottom_px() / self.height_px
    }

    pub fn face_centre_x_percent(&self) -> f64 {
        50.0 + 100.0 * self.off_centre_px / self.width_px
    }

    pub fn face_centre_y_percent(&self) -> f64 {
        100.0 * self.eye_line_px / self.height_px
    }
}

/// `standard`: the size that the crop is made.
pub fn compose(head: &Head, crop: &Rect, [width_px, height_px]: [u32; 2]) -> Composition {
    let (width_px, height_px) = (f64::from(width_px), f64::from(height_px));
    let scale = crop.width_px / width_px;
    Composition {
        width_px,
        height_px,
        face_width_px: head.face_width_px / scale,
        inter_eye_px: head.eye_distance_px / scale.max(1.0),
        inter_eye_ratio: head.eye_distance_px / crop.width_px,
        head_height_px: (head.chin_y_px - head.crown_y_px) / scale,
        crown_margin_px: (head.crown_y_px - crop.y_px) / scale,
        eye_line_px: (head.eyes_y_px - crop.y_px) / scale,
        chin_margin_px: (crop.y_px + crop.height_px - head.chin_y_px) / scale,
        off_centre_px: (head.eyes_x_px - crop.x_px) / scale - width_px / 2.0,
    }
}

/// The best crop of a photo of `size`; a standard photo is its own. It is never smaller than the smallest standard photo, unless the photo is.
/// Where any crop keeps every band, one that does is found: of a given size, the rows that keep them are one interval.
pub fn frame(head: &Head, size: [u32; 2], profile: &Profile) -> Rect {
    let standard = profile.standard.size_for(size);
    let [width, height] = size.map(f64::from);
    let whole = Rect {
        x_px: 0.0,
        y_px: 0.0,
        width_px: width,
        height_px: height,
    };
    if standard == size {
        return whole;
    }
    let [standard_width, standard_height] = standard.map(f64::from);
    let largest = (width / standard_width).min(height / standard_height);
    let smallest = largest.min(f64::from(profile.standard.smallest_px()[0]) / standard_width);
    let limits = &profile.composition;
    let at = |scale: f64| {
        let mut crop = Rect {
            x_px: 0.0,
            y_px: 0.0,
            width_px: standard_width * scale,
            height_px: standard_height * scale,
        };
        crop.x_px = (head.eyes_x_px - crop.width_px / 2.0).clamp(0.0, (width - crop.width_px).max(0.0));
        crop.y_px = top(head, scale, crop.height_px, limits).clamp(0.0, (height - crop.height_px).max(0.0));
        (cost(&compose(head, &crop, standard), profile), scale, crop)
    };
    let best = |from: f64, to: f64| {
        let scales = (0..=SIZES).map(|step| from + (to - from) * step as f64 / SIZES as f64);
        scales.map(at).min_by(|a, b| a.0.total_cmp(&b.0))
    };
    let step = (largest - smallest) / SIZES as f64;
    let found = best(smallest, largest).and_then(|coarse| {
        let fine = best((coarse.1 - step).max(smallest), (coarse.1 + step).min(largest))?;
        Some(if fine.0 < coarse.0 { fine } else { coarse })
    });
    found.map_or(whole, |(_, _, crop)| crop)
}

/// The upper edge that serves every rule of heights best: the middle of the rows that keep all of them, or, where no
/// row does, the middle between those that contradict each other.
fn top(head: &Head, scale: f64, height: f64, limits: &CompositionLimits) -> f64 {
    // The upper edges that keep a place at `y` so far from the top, or from the bottom, edge.
    let below = |y: f64, band: Band, unit: f64| (y - band.max * unit, y - band.min * unit);
    let above = |y: f64, band: Band, unit: f64| (y + band.min * unit - height, y + band.max * unit - height);
    let percent = height / 100.0;
    let eyes = head.eyes_y_px;
    let crown = limits.crown_margin_px.map(|band| below(head.crown_y_px, band, scale));
    let others = [
        limits.eye_line_px.map(|band| below(eyes, band, scale)),
        limits.face_centre_y_percent.map(|band| below(eyes, band, percent)),
        limits.eyes_from_bottom_px.map(|floor| above(eyes, floor.band(), scale)),
        limits.eyes_from_bottom_percent.map(|band| above(eyes, band, percent)),
        limits
            .chin_margin_px
            .map(|floor| above(head.chin_y_px, floor.band(), scale)),
    ];
    let both = |a: (f64, f64), b: (f64, f64)| (a.0.max(b.0), a.1.min(b.1));
    let whole_head = (f64::NEG_INFINITY, head.crown_y_px);
    let without_crown = others.into_iter().flatten().fold(whole_head, both);
    let (low, high) = crown.map_or(without_crown, |crown| both(without_crown, crown));
    let usual = eyes - USUAL_EYES * height;
    let wanted = match (low.is_finite(), high.is_finite()) {
        (true, true) => (low + high) / 2.0,
        _ => usual.clamp(low.min(high), high.max(low)),
    };
    if low > high && limits.crown_yields_to_eyes && without_crown.0 <= without_crown.1 {
        // As near to the crown's band as the others allow.
        let towards = crown.map_or(wanted, |(low, high)| (low + high) / 2.0);
        return towards.clamp(without_crown.0, without_crown.1);
    }
    wanted
}

fn cost(it: &Composition, profile: &Profile) -> f64 {
    let limits = &profile.composition;
    let sizes = [
        (it.face_width_px, limits.face_width_px),
        (it.head_width_percent(), limits.head_width_percent),
        (it.head_height_percent(), profile.head_height_percent()),
        (it.inter_eye_ratio, limits.inter_eye_ratio),
    ];
    let places = [
        (it.eye_line_px, limits.eye_line_px),
        (it.eyes_from_bottom_percent(), limits.eyes_from_bottom_percent),
        (it.face_centre_x_percent(), limits.face_centre_x_percent),
        (it.face_centre_y_percent(), limits.face_centre_y_percent),
    ];
    let floors = [
        (it.inter_eye_px, limits.inter_eye_px.map(|floor| floor.min)),
        (
            it.eyes_from_bottom_px(),
            limits.eyes_from_bottom_px.map(|floor| floor.min),
        ),
        (it.chin_margin_px, limits.chin_margin_px.map(|floor| floor.min)),
        // Whatever the profile says, the head is whole.
        (it.crown_margin_px, Some(0.0)),
    ];
    let banded = |(value, band): (f64, Option<Band>)| band.map_or(0.0, |band| off(value, &band));
    let crown = limits
        .crown_margin_px
        .map_or(0.0, |band| off(it.crown_margin_px, &band));
    let unit_px = USUAL_FACE * it.width_px;
    let short = |(value, least): (f64, Option<f64>)| least.map_or(0.0, |least| breach((least - value) / unit_px));
    let centring = limits
        .centring_px
        .map_or(0.0, |limit| breach((it.off_centre_px.abs() - limit.pass) / unit_px));
    let usual = |value: f64, usual: f64| ((value - usual) / usual).powi(2);
    let mut sum = sizes.into_iter().chain(places).map(banded).sum::<f64>();
    sum += floors.into_iter().map(short).sum::<f64>() + centring;
    sum += crown * if limits.crown_yields_to_eyes { YIELDS } else { 1.0 };
    if sizes.iter().all(|(_, band)| band.is_none()) {
        sum += usual(it.face_width_px / it.width_px, USUAL_FACE);
    }
    if !limits.knows_heights() {
        sum += usual(it.eye_line_px / it.height_px, USUAL_EYES);
    }
    sum
}

fn off(value: f64, band: &Band) -> f64 {
    let half = (band.max - band.min) / 2.0;
    let from_middle = (value - (band.min + band.max) / 2.0).abs() / half;
    from_middle.powi(2) / 4.0 + breach(from_middle - 1.0)
}

fn breach(extent: f64) -> f64 {
    if extent > ROUNDING {
        BREACH + BREACH_GROWS * extent
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(scale: f64, x: f64, y: f64) -> Head {
        Head {
            eyes_x_px: x,
            eyes_y_px: y,
            eye_distance_px: 100.0 * scale,
            crown_y_px: y - 165.0 * scale,
            chin_y_px: y + 160.0 * scale,
            face_width_px: 220.0 * scale,
        }
    }

    #[test]
    fn a_standard_photo_is_its_own_crop() {
        let profile = Profile::chsi_2017().unwrap();
        let crop = frame(&head(1.0, 300.0, 400.0), [480, 640], &profile);
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
        let crop = frame(&head, [4000, 3000], &profile);
        let composition = compose(&head, &crop, [480, 640]);
        assert!(cost(&composition, &profile) < 1.0, "{composition:?}");
        assert!(composition.off_centre_px.abs() < 1e-6);
        assert!((crop.width_px / crop.height_px - 0.75).abs() < 1e-9);
    }

    #[test]
    fn a_head_at_the_edge_gets_the_nearest_crop_inside_the_picture() {
        let profile = Profile::chsi_2017().unwrap();
        let crop = frame(&head(2.0, 150.0, 700.0), [3000, 4000], &profile);
        assert_eq!(crop.x_px, 0.0);
        assert!(crop.y_px >= 0.0 && crop.y_px + crop.height_px <= 4000.0);
    }

    /// Whether a crop keeps every rule, by the cost alone: a breach costs more than all that lies off the middle.
    fn keeps_all(head: &Head, crop: &Rect, size: [u32; 2], profile: &Profile) -> bool {
        let composition = compose(head, crop, profile.standard.size_for(size));
        let limits = &profile.composition;
        let within =
            |value: f64, band: Option<Band>| band.is_none_or(|b| (b.min - 1e-6..=b.max + 1e-6).contains(&value));
        let it = &composition;
        within(it.face_width_px, limits.face_width_px)
            && within(it.head_width_percent(), limits.head_width_percent)
            && within(it.head_height_percent(), profile.head_height_percent())
            && within(it.inter_eye_ratio, limits.inter_eye_ratio)
            && within(it.inter_eye_px, limits.inter_eye_px.map(|floor| floor.band()))
            && within(it.crown_margin_px, limits.crown_margin_px)
            && within(it.eye_line_px, limits.eye_line_px)
            && within(
                it.eyes_from_bottom_px(),
                limits.eyes_from_bottom_px.map(|floor| floor.band()),
            )
            && within(it.eyes_from_bottom_percent(), limits.eyes_from_bottom_percent)
            && within(it.face_centre_x_percent(), limits.face_centre_x_percent)
            && within(it.face_centre_y_percent(), limits.face_centre_y_percent)
            && within(it.chin_margin_px, limits.chin_margin_px.map(|floor| floor.band()))
            && it.crown_margin_px >= 0.0
            && limits
                .centring_px
                .is_none_or(|limit| it.off_centre_px.abs() <= limit.pass + 1e-6)
    }

    /// Heads at many places and sizes in a large picture, some near its edges: where a coarse search over all crops
    /// finds one that keeps every rule, `frame` found one too.
    #[test]
    fn where_any_crop_keeps_every_rule_one_is_found() {
        let size = [2000_u32, 1500];
        let mut conforming = 0;
        for (code, text) in crate::profiles::ALL {
            let profile = Profile::parse(text).unwrap();
            let [width, height] = [profile.standard.width_px, profile.standard.height_px].map(f64::from);
            let largest = (2000.0 / width).min(1500.0 / height);
            for case in 0..60 {
                let part = |k: u32| f64::from(case * k % 59) / 59.0;
                let head = head(0.8 + 1.6 * part(7), 2000.0 * part(11), 1500.0 * part(23));
                let any = (0..40).any(|step| {
                    let scale = 1.0 + (largest - 1.0) * f64::from(step) / 39.0;
                    let (w, h) = (width * scale, height * scale);
                    let at = |i: i32, j: i32| Rect {
                        x_px: (2000.0 - w) * f64::from(i) / 24.0,
                        y_px: (1500.0 - h) * f64::from(j) / 24.0,
                        width_px: w,
                        height_px: h,
                    };
                    (0..=24).any(|i| (0..=24).any(|j| keeps_all(&head, &at(i, j), size, &profile)))
                });
                let found = frame(&head, size, &profile);
                conforming += u32::from(any);
                assert!(
                    !any || keeps_all(&head, &found, size, &profile),
                    "{code} {head:?}: {found:?}"
                );
                assert!(
                    found.x_px >= 0.0 && found.x_px + found.width_px <= 2000.0 + 1e-6,
                    "{code}"
                );
                assert!(
                    found.y_px >= 0.0 && found.y_px + found.height_px <= 1500.0 + 1e-6,
                    "{code}"
                );
            }
        }
        assert!(conforming > 50, "only {conforming} cases have a crop at all");
    }
}
