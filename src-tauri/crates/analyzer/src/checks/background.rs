//! Rules about what lies behind the person.

use super::{bare, by_limit, number, reason, up_to};
use crate::background::Background;
use crate::colour::{ciede2000, lab};
use crate::integrity::cut_out;
use crate::profile::{BackgroundColour, BackgroundLimits, Limit};
use crate::report::{Check, Evidence, Group, Measured, Rect, Required, Status, Unit};
use crate::scene::{Scene, region};

pub const CODES: [&str; 7] = [
    "background_colour",
    "background_evenness",
    "background_gradient",
    "background_shadow",
    "background_uniformity",
    "background_objects",
    "cutout_edges",
];

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
    let place = |rect: &Rect| scene.view.photo_rect(rect);
    let both = |places: &[Rect; 2]| places.iter().map(|rect| region(place(rect))).collect::<Vec<_>>();
    let whole = vec![region(place(&background.bounds))];
    vec![
        colour(background, limits, whole.clone()),
        evenness(background, limits, both(&background.range.places)),
        gradient(background, limits, both(&background.slope.places)),
        shadow(background, limits, place(&background.shadow.place)),
        uniformity(background, limits, whole),
        objects(scene, background, limits),
        cutout_edges(scene, background, limits),
    ]
}

/// Mean colour of the background in CIELAB: the nearest allowed colour, and how far off it is, CIEDE2000.
fn colour(background: &Background, limits: &BackgroundLimits, evidence: Vec<Evidence>) -> Check {
    let differs = |allowed: &BackgroundColour| ciede2000(background.colour, lab(allowed.rgb));
    let nearest = limits
        .colours
        .iter()
        .map(|allowed| (allowed, differs(allowed)))
        .min_by(|a, b| a.1.total_cmp(&b.1));
    let Some((nearest, delta_e)) = nearest else {
        return bare("background_colour", Group::Background, Status::NotApplicable);
    };
    let status = by_limit(delta_e, &limits.colour_delta_e);
    let names = limits.colours.iter().map(|allowed| allowed.name.clone()).collect();
    Check {
        measured: Some(Measured::Colour {
            name: nearest.name.clone(),
            delta_e,
        }),
        required: if status == Status::Pass {
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

/// A difference of two parts of the background.
fn difference(code: &str, delta_e: f64, limit: &Limit, evidence: Vec<Evidence>) -> Check {
    let status = by_limit(delta_e, limit);
    Check {
        measured: number(delta_e, Unit::DeltaE),
        required: up_to(limit, Unit::DeltaE),
        evidence,
        confidence: 0.8,
        reason: reason(status, "background_shadow"),
        ..bare(code, Group::Background, status)
    }
}

/// CIEDE2000 between the two blocks of the background that differ most, whatever the cause.
fn evenness(background: &Background, limits: &BackgroundLimits, evidence: Vec<Evidence>) -> Check {
    difference(
        "background_evenness",
        background.range.delta_e,
        &limits.evenness_delta_e,
        evidence,
    )
}

/// CIEDE2000 along the plane through the lit part of the background, from its lightest to its darkest place: a smooth
/// slope over all of it.
fn gradient(background: &Background, limits: &BackgroundLimits, evidence: Vec<Evidence>) -> Check {
    difference(
        "background_gradient",
        background.slope.delta_e,
        &limits.gradient_delta_e,
        evidence,
    )
}

/// CIEDE2000 between that plane and the part that is darkest against it, each with its neighbours: a shadow.
fn shadow(background: &Background, limits: &BackgroundLimits, place: Rect) -> Check {
    Check {
        inset: Some(place),
        ..difference(
            "background_shadow",
            background.shadow.delta_e,
            &limits.shadow_delta_e,
            vec![region(place)],
        )
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

/// Share of the view, above the chin, that is neither the sitter nor the ground behind nor a soft shadow on it: of another
/// colour, or an edge. Between the limits a
/// person looks: it may be a strand of hair; and before a ground so rough that a thing need not stand out of it.
fn objects(scene: &Scene, background: &Background, limits: &BackgroundLimits) -> Check {
    let clutter = &background.clutter;
    let percent = 100.0 * clutter.share;
    let status = match by_limit(percent, &limits.objects_percent) {
        Status::Warn => Status::Unsure,
        Status::Pass if !clutter.is_plain => Status::Unsure,
        status => status,
    };
    let places: Vec<Rect> = clutter.places.iter().map(|rect| scene.view.photo_rect(rect)).collect();
    Check {
        measured: number(percent, Unit::Percent),
        required: up_to(&limits.objects_percent, Unit::Percent),
        inset: places.first().copied().or(Some(scene.crop)),
        evidence: places.into_iter().map(region).collect(),
        confidence: 0.8,
        reason: reason(status, "background_objects"),
        ..bare("background_objects", Group::Background, status)
    }
}

/// How the sitter's edge before a plain background looks, this project's own measure: the share of it that has a ring of
/// one colour, neither the sitter's nor the background's (left over from another background), and the share where the two
/// meet without a pixel between them (a staircase, which no lens draws). Of the two the one nearer its limit is shown.
/// A cut along which hair was rounded off but blended well goes unseen.
fn cutout_edges(scene: &Scene, background: &Background, limits: &BackgroundLimits) -> Check {
    let (Some(ring), Some(stair)) = (&limits.ring_percent, &limits.stair_percent) else {
        return bare("cutout_edges", Group::Background, Status::NotApplicable);
    };
    // Before things or a pattern nobody can tell what belongs to the edge; both are failed already.
    let is_plain = background.clutter.is_plain
        && 100.0 * background.clutter.share <= limits.objects_percent.fail
        && background.gradient <= limits.uniformity_gradient.fail;
    let is_sitter = |at| scene.person_at(at).is_some_and(|person| person > 0.5);
    let edges = is_plain
        .then(|| cut_out::edges(&scene.view.picture, is_sitter))
        .flatten();
    let Some(edges) = edges else {
        return bare("cutout_edges", Group::Background, Status::NotApplicable);
    };
    let (by_ring, by_stair) = (100.0 * edges.ring, 100.0 * edges.stair);
    let (percent, limit) = if by_ring / ring.fail >= by_stair / stair.fail {
        (by_ring, ring)
    } else {
        (by_stair, stair)
    };
    let status = match by_limit(percent, limit) {
        Status::Warn => Status::Unsure,
        status => status,
    };
    let half = scene.view.picture.width as f32 / 12.0;
    let inset = edges
        .places
        .get(edges.places.len() / 2)
        .map(|at| scene.view.around(*at, half));
    let is_shown = status != Status::Pass;
    Check {
        measured: number(percent, Unit::Percent),
        required: up_to(limit, Unit::Percent),
        evidence: if is_shown {
            vec![Evidence::Points {
                points: edges
                    .places
                    .iter()
                    .step_by(8)
                    .map(|at| scene.view.to_photo(*at))
                    .collect(),
            }]
        } else {
            Vec::new()
        },
        inset,
        confidence: 0.7,
        reason: reason(status, "cutout_edges"),
        ..bare("cutout_edges", Group::Background, status)
    }
}
