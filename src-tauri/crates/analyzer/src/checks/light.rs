//! Rules about the light on the face and its colours. `light/tones.rs` measures light and dark, `light/spots.rs`
//! highlights, `light/hues.rs` colours, `light/red_eye.rs` red pupils. Judged on the view: what the standard photo would
//! show.
//!
//! Skin of any tone must be judged alike. Where a measure of ISO/IEC 29794-5 takes dark skin for little light, it is
//! adapted by [`Tones::reflectance`]: how bright this skin can be, as its hue tells.

mod hues;
mod red_eye;
mod spots;
mod tones;

use super::{bare, by_least, by_limit, not_below, number, reason, up_to};
use crate::areas;
use crate::report::{Check, Evidence, Group, Measured, Rect, Required, Status, Unit};
use crate::scene::{Scene, region};
use hues::Hues;
use tones::Tones;
pub(super) use tones::rank;

pub const CODES: [&str; 10] = [
    "brightness",
    "contrast",
    "dynamic_range",
    "under_exposure",
    "over_exposure",
    "light_evenness",
    "hot_spots",
    "skin_colour",
    "colour_cast",
    "red_eye",
];

/// With more of the face burnt out, the film on a skin and its hue can't be told from the light.
const BURNT: f64 = 0.3;

pub fn checks(scene: &Scene) -> Vec<Check> {
    let tones = Tones::of(scene);
    let hues = Hues::of(scene);
    let face = rect(scene, &tones.face);
    vec![
        brightness(scene, &tones, face),
        contrast(scene, &tones, face),
        dynamic_range(scene, &tones, face),
        under_exposure(scene, &tones, face),
        over_exposure(scene, &tones, face),
        evenness(scene, &tones, face),
        hot_spots(scene, &tones, face),
        skin_colour(scene, &tones, &hues, face),
        colour_cast(scene, &tones, &hues, face),
        red_eye::check(scene),
    ]
}

fn rect(scene: &Scene, area: &areas::Area) -> Rect {
    let [low, high] = area.bounds();
    scene.view.rect(low, high)
}

/// A check of the whole face; the place to look at is the face.
fn judged(code: &str, status: Status, value: f64, unit: Unit, required: Option<Required>, face: Rect) -> Check {
    Check {
        measured: measured(value, unit),
        required,
        evidence: vec![region(face)],
        inset: (status != Status::Pass).then_some(face),
        confidence: if status == Status::Unsure { 0.0 } else { 0.85 },
        ..bare(code, Group::Light, status)
    }
}

/// What could not be measured has no value.
fn measured(value: f64, unit: Unit) -> Option<Measured> {
    number(value, unit).filter(|_| value.is_finite())
}

/// Mean luminance of the face (ISO/IEC 29794-5, luminance mean), in percent of white. The darker it is the more a skin's
/// own tone counts: see [`Tones::brightness`].
fn brightness(scene: &Scene, tones: &Tones, face: Rect) -> Check {
    let limits = &scene.profile.light;
    let value = 100.0 * tones.brightness();
    let dark = by_least(value, &limits.brightness_min_percent);
    let (status, code) = match dark {
        Status::Pass => (by_limit(value, &limits.brightness_max_percent), "over_exposed"),
        _ => (dark, "under_exposed"),
    };
    let (low, high) = (limits.brightness_min_percent.pass, limits.brightness_max_percent.pass);
    let required = Required::Range {
        min: Some(low),
        max: Some(high),
        unit: Unit::Percent,
        scale_min: 0.0,
        scale_max: 100.0,
    };
    Check {
        reason: reason(status, code),
        ..judged(CODES[0], status, value, Unit::Percent, Some(required), face)
    }
}

/// Standard deviation of the face's luminance over its mean, in percent. ISO/IEC 29794-5 takes the variance, which falls
/// with the square of a skin's tone; this quotient does not.
fn contrast(scene: &Scene, tones: &Tones, face: Rect) -> Check {
    let least = &scene.profile.light.contrast_percent;
    let value = 100.0 * tones.deviation / tones.mean;
    let status = by_least(value, least);
    Check {
        reason: reason(status, "not_sharp"),
        ..judged(
            CODES[1],
            status,
            value,
            Unit::Percent,
            not_below(least, Unit::Percent),
            face,
        )
    }
}

/// Entropy of the histogram (256 steps) of the face's luminance, in bits (ISO/IEC 29794-5, dynamic range). Here on
/// sRGB's curve, whose steps are as fine for dark skin as for fair.
fn dynamic_range(scene: &Scene, tones: &Tones, face: Rect) -> Check {
    let limits = &scene.profile.light;
    let status = by_least(tones.entropy_bits, &limits.dynamic_range_bits);
    let brightness = 100.0 * tones.brightness();
    let code = match () {
        () if brightness < limits.brightness_min_percent.pass => "under_exposed",
        () if brightness > limits.brightness_max_percent.pass => "over_exposed",
        () => "not_sharp",
    };
    Check {
        reason: reason(status, code),
        ..judged(
            CODES[2],
            status,
            tones.entropy_bits,
            Unit::Bits,
            not_below(&limits.dynamic_range_bits, Unit::Bits),
            face,
        )
    }
}

/// Share of the pixels with luminance 0–25 of 255 (ISO/IEC 29794-5, under-exposure prevention), in percent: here of the
/// face below the eyes, where neither fringe nor glasses are. On dark skin the 25 shrink with its reflectance, so that a
/// skin is not taken for a shadow.
fn under_exposure(scene: &Scene, tones: &Tones, face: Rect) -> Check {
    let limit = &scene.profile.light.under_exposure_percent;
    let value = 100.0 * tones.dark_share;
    let status = by_limit(value, limit);
    Check {
        reason: reason(status, "under_exposed"),
        ..judged(
            CODES[3],
            status,
            value,
            Unit::Percent,
            up_to(limit, Unit::Percent),
            face,
        )
    }
}

/// Share of the face's pixels that are burnt out, in percent: ISO/IEC 29794-5 (over-exposure prevention) counts
/// luminance 247–255 of 255; here any channel from 250 of its 255 counts, because skin loses its red long before.
fn over_exposure(scene: &Scene, tones: &Tones, face: Rect) -> Check {
    let limit = &scene.profile.light.over_exposure_percent;
    let value = 100.0 * tones.burnt_share;
    let status = by_limit(value, limit);
    Check {
        reason: reason(status, "over_exposed"),
        ..judged(
            CODES[4],
            status,
            value,
            Unit::Percent,
            up_to(limit, Unit::Percent),
            face,
        )
    }
}

/// Luminance (its third quartile) of the darker cheek's square over that of the lighter, in percent. The squares are those of
/// ISO/IEC 29794-5 (illumination uniformity, side 0.3 × eye distance); the overlap of their histograms, as it defines,
/// is near 0 for many a well lit face, since a cheek's own histogram is narrow.
fn evenness(scene: &Scene, tones: &Tones, face: Rect) -> Check {
    let least = &scene.profile.light.evenness_percent;
    let [left, right] = tones.cheeks;
    let value = 100.0 * left.min(right) / left.max(right);
    let status = by_least(value, least);
    Check {
        evidence: areas::cheeks(scene)
            .iter()
            .map(|area| region(rect(scene, area)))
            .collect(),
        reason: reason(status, "uneven_light"),
        ..judged(
            CODES[5],
            status,
            value,
            Unit::Percent,
            not_below(least, Unit::Percent),
            face,
        )
    }
}

/// Share of the bare skin of forehead, nose and cheeks that mirrors the lamps: brighter than the skin around and less
/// coloured (see `spots.rs`), in percent. This project's own. Not decided where the face is burnt out.
fn hot_spots(scene: &Scene, tones: &Tones, face: Rect) -> Check {
    let limit = &scene.profile.light.hot_spots_percent;
    let spots = spots::find(scene);
    let value = 100.0 * spots.share;
    let status = if tones.burnt_share > BURNT {
        Status::Unsure
    } else {
        by_limit(value, limit)
    };
    let hottest = rect(scene, &spots.hottest);
    Check {
        evidence: vec![Evidence::Region { rect: hottest }],
        inset: (status != Status::Pass).then_some(hottest),
        reason: reason(status, "hot_spots"),
        ..judged(
            CODES[6],
            status,
            value,
            Unit::Percent,
            up_to(limit, Unit::Percent),
            face,
        )
    }
}

/// Distance of the cheeks' mean colour from the box a* 5–25, b* 5–35 in CIELAB (ISO/IEC 29794-5, natural colour). Not
/// decided where the face is burnt out.
fn skin_colour(scene: &Scene, tones: &Tones, hues: &Hues, face: Rect) -> Check {
    let limit = &scene.profile.light.skin_colour_distance;
    let status = match tones.burnt_share > BURNT {
        true if hues.skin_distance > limit.pass => Status::Unsure,
        _ => by_limit(hues.skin_distance, limit),
    };
    Check {
        evidence: areas::cheeks(scene)
            .iter()
            .map(|area| region(rect(scene, area)))
            .collect(),
        reason: reason(status, "colour_cast"),
        ..judged(
            CODES[7],
            status,
            hues.skin_distance,
            Unit::Ratio,
            up_to(limit, Unit::Ratio),
            face,
        )
    }
}

/// By how much one channel is too strong, as far as the eye whites and another witness (skin, background) agree, in
/// percent: see [`Hues::cast`]. This project's own. Not decided where the face is burnt out or no eye white is in sight.
fn colour_cast(scene: &Scene, tones: &Tones, hues: &Hues, face: Rect) -> Check {
    let limit = &scene.profile.light.colour_cast_percent;
    let value = 100.0 * hues.cast();
    let status = match tones.burnt_share > BURNT {
        true if value > limit.pass => Status::Unsure,
        _ => by_limit(value, limit),
    };
    Check {
        reason: reason(status, "colour_cast"),
        ..judged(
            CODES[8],
            status,
            value,
            Unit::Percent,
            up_to(limit, Unit::Percent),
            face,
        )
    }
}
