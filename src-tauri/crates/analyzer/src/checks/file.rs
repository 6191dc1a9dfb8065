//! Rules about the file itself: its encoding here, its tags in `file/tags.rs`, its past in `file/traces.rs`.

mod tags;
mod traces;

use super::{bare, number, reason};
use crate::decode::{FileFacts, Upload};
use crate::picture::Pyramid;
use crate::profile::{FileLimits, Profile, Standard};
use crate::report::{Check, Group, Measured, Required, Status, Unit};

pub fn checks(upload: &Upload, pyramid: &Pyramid, profile: &Profile) -> Vec<Check> {
    let (facts, limits, standard) = (&upload.facts, &profile.file, &profile.standard);
    vec![
        format(facts, limits),
        pixels(upload.width_px, upload.height_px, standard),
        dpi(facts, standard),
        colour_mode(facts, limits),
        tags::icc_profile(facts, limits),
        tags::orientation(facts, limits),
        jpeg_quality(facts, limits),
        tags::progressive(facts, limits),
        file_bytes(upload.bytes, limits),
        traces::padding(pyramid, upload, limits),
        traces::upscaled(pyramid, upload, standard, limits),
        traces::blockiness(upload, limits),
        tags::editing_software(facts, limits),
    ]
}

/// The format by the file's content. Source: the profile's encoding rule.
fn format(facts: &FileFacts, limits: &FileLimits) -> Check {
    let status = if limits.formats.iter().any(|name| name == facts.format) {
        Status::Pass
    } else {
        Status::Fail
    };
    Check {
        measured: Some(Measured::Name {
            name: facts.format.to_owned(),
        }),
        required: Some(Required::OneOf {
            names: limits.formats.clone(),
        }),
        reason: reason(status, "not_jpeg"),
        ..bare("format", Group::File, status)
    }
}

/// Width × height of the upright photo. The standard size is right; a larger photo is right too, since a crop of the
/// standard size or more can be cut from it; a smaller one would have to be blown up.
fn pixels(width_px: u32, height_px: u32, standard: &Standard) -> Check {
    let [width_min, height_min] = standard.smallest_px();
    let enough = width_px >= width_min && height_px >= height_min;
    let status = if enough { Status::Pass } else { Status::Fail };
    Check {
        measured: Some(Measured::Size { width_px, height_px }),
        required: Some(Required::Size {
            width_px: width_min,
            height_px: height_min,
        }),
        reason: reason(status, "image_size"),
        ..bare("pixels", Group::File, status)
    }
}

/// The resolution tag: EXIF where it has one, else the JFIF density, PNG's pHYs. Dots per inch, the lower direction.
/// It never fails: the tag changes no pixel and is rewritten with the standard photo.
fn dpi(facts: &FileFacts, standard: &Standard) -> Check {
    let Some(wanted) = standard.dpi else {
        return bare("dpi", Group::File, Status::NotApplicable);
    };
    let (min, max) = (f64::from(wanted.min), f64::from(wanted.max));
    let dots = facts.dpi.map(|(across, down)| across.min(down));
    let within = |dots: f64| dots > min - 1.0 && dots < max + 1.0;
    let right = facts.dpi.is_some_and(|(across, down)| within(across) && within(down));
    Check {
        measured: dots.and_then(|value| number(value, Unit::Dpi)),
        required: Some(Required::Range {
            min: Some(min),
            max: Some(max),
            unit: Unit::Dpi,
            scale_min: 0.0,
            scale_max: 2.0 * max,
        }),
        ..bare("dpi", Group::File, if right { Status::Pass } else { Status::Warn })
    }
}

/// Channels and depth: `rgb24`, `grey8`, `grey16`, `rgb48`, `cmyk`, `palette`, `grey_alpha`, `rgb_alpha`.
fn colour_mode(facts: &FileFacts, limits: &FileLimits) -> Check {
    let right = limits.colour_modes.iter().any(|name| name == facts.colour_mode);
    Check {
        measured: Some(Measured::Name {
            name: facts.colour_mode.to_owned(),
        }),
        required: Some(Required::OneOf {
            names: limits.colour_modes.clone(),
        }),
        ..bare(
            "colour_mode",
            Group::File,
            if right { Status::Pass } else { Status::Fail },
        )
    }
}

/// The quality factor whose luminance table lies nearest to the file's (ITU-T T.81 table K.1, scaled as is usual).
/// Encoders with tables of their own get the factor of the same coarseness, hence the confidence.
fn jpeg_quality(facts: &FileFacts, limits: &FileLimits) -> Check {
    let (Some(quality), Some(least)) = (facts.quality, limits.quality_min) else {
        return bare("jpeg_quality", Group::File, Status::NotApplicable);
    };
    let status = if quality >= least { Status::Pass } else { Status::Fail };
    Check {
        measured: number(quality.into(), Unit::Quality),
        required: Some(Required::Range {
            min: Some(least.into()),
            max: None,
            unit: Unit::Quality,
            scale_min: 0.0,
            scale_max: 100.0,
        }),
        confidence: 0.9,
        reason: reason(status, "over_compressed"),
        ..bare("jpeg_quality", Group::File, status)
    }
}

/// Size of the file as it came.
fn file_bytes(bytes: usize, limits: &FileLimits) -> Check {
    let (least, most) = (limits.bytes_min, limits.bytes_max);
    if least.is_none() && most.is_none() {
        return bare("file_bytes", Group::File, Status::NotApplicable);
    }
    let (status, code) = match () {
        () if least.is_some_and(|least| bytes < least as usize) => (Status::Fail, "file_too_small"),
        () if most.is_some_and(|most| bytes > most as usize) => (Status::Fail, "file_too_large"),
        () => (Status::Pass, ""),
    };
    Check {
        measured: number(bytes as f64, Unit::Bytes),
        required: Some(Required::Range {
            min: least.map(f64::from),
            max: most.map(f64::from),
            unit: Unit::Bytes,
            scale_min: 0.0,
            scale_max: most.or(least).map_or(0.0, f64::from) * 1.2,
        }),
        reason: reason(status, code),
        ..bare("file_bytes", Group::File, status)
    }
}
