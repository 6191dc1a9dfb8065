//! Rules about what lies behind the person.

use super::{bare, by_limit, number, reason, up_to};
use crate::background::Background;
use crate::colour::{ciede2000, lab};
use crate::profile::{BackgroundColour, BackgroundLimits};
use crate::report::{Check, Evidence, Group, Measured, Rect, Required, Status, Unit};
use crate::scene::{Scene, region};

pub const CODES: [&str; 3] = ["background_colour", "background_evenness", "background_uniformity"];

/// Where too little background is in sight a person has to look.
pub fn checks(scene: &Scene) -> Vec<Check> {
    let limits = &scene.profile.background;
    let Some(background) = &scene.background else {
        let unsure = |code: &&str| Check {
            confidence: 0.0,
            inset: Some(scene.crop),
            ..bare(code, Group::Background, Status::Unsure)
        };
        return CODES.iter().map(unsure).collect();
    };
    let region = |rect: &Rect| region(scene.view.photo_rect(rect));
    let whole = vec![region(&background.bounds)];
    let extremes = background.extremes.iter().map(region).collect();
    vec![
        colour(background, limits, whole.clone()),
        evenness(background, limits, extremes),
        uniformity(background, limits, whole),
    ]
}

/// Mean colour of the background in CIELAB against the nearest allowed one, CIEDE2000. The colour's name is measured
/// where the difference passes; else the difference is.
fn colour(background: &Background, limits: &BackgroundLimits, evidence: Vec<Evidence>) -> Check {
    let differs = |allowed: &BackgroundColour| ciede2000(background.colour, lab(allowed.rgb));
    let nearest = limits
        .colours
        .iter()
        .map(|allowed| (allowed, differs(allowed)))
        .min_by(|a, b| a.1.total_cmp(&b.1));
    let Some((nearest, difference)) = nearest else {
        return bare("background_colour", Group::Background, Status::NotApplicable);
    };
    let status = by_limit(difference, &limits.colour_delta_e);
    let passed = status == Status::Pass;
    let names = limits.colours.iter().map(|allowed| allowed.name.clone()).collect();
    Check {
        measured: if passed {
            Some(Measured::Name {
                name: nearest.name.clone(),
            })
        } else {
            number(difference, Unit::DeltaE)
        },
        required: if passed {
            Some(Required::OneOf { names })
        } else {
            up_to(&limits.colour_delta_e, Unit::DeltaE)
        },
        evidence,
        confidence: 0.9,
        reason: reason(status, "background_colour"),
        ..bare("background_colour", Group::Background, status)
    }
}

/// CIEDE2000 between the two blocks of the background that differ most: gradients and shadows.
fn evenness(background: &Background, limits: &BackgroundLimits, evidence: Vec<Evidence>) -> Check {
    let status = by_limit(background.range, &limits.evenness_delta_e);
    Check {
        measured: number(background.range, Unit::DeltaE),
        required: up_to(&limits.evenness_delta_e, Unit::DeltaE),
        evidence,
        confidence: 0.8,
        reason: reason(status, "background_shadow"),
        ..bare("background_evenness", Group::Background, status)
    }
}

/// Mean Sobel gradient of linear luminance over the eroded background (ISO/IEC 29794-5, background uniformity), here
/// on the crop at half its standard size with luminance 0 … 255: objects, patterns, cloth.
fn uniformity(background: &Background, limits: &BackgroundLimits, evidence: Vec<Evidence>) -> Check {
    let status = by_limit(background.gradient, &limits.uniformity_gradient);
    Check {
        measured: number(background.gradient, Unit::Ratio),
        required: up_to(&limits.uniformity_gradient, Unit::Ratio),
        evidence,
        confidence: 0.8,
        reason: reason(status, "background_objects"),
        ..bare("background_uniformity", Group::Background, status)
    }
}
