//! Rules about what blurs, smears, speckles or squeezes the picture. `sharpness/edges.rs` reads edges and noise,
//! `sharpness/grid.rs` the coder's blocks.
//!
//! Judged on the view, as the standard photo would show it: a larger upload is averaged down, which sharpens a soft one
//! and takes noise and blocks away; a smaller one is blown up, and is as soft as it looks.

mod edges;
mod grid;

use super::{bare, by_limit, number, reason, up_to};
use crate::areas;
use crate::profile::Limit;
use crate::report::{Check, Group, Rect, Status, Unit};
use crate::scene::{Scene, region};
use edges::Edges;

pub const CODES: [&str; 4] = ["focus", "motion_blur", "noise", "compression_artifacts"];

pub fn checks(scene: &Scene) -> Vec<Check> {
    let noise = edges::noise(scene);
    let edges = Edges::of(scene, noise);
    vec![
        focus(scene, &edges),
        motion_blur(scene, &edges),
        grain(scene, noise),
        compression_artifacts(scene),
    ]
}

fn judged(code: &str, value: f64, limit: &Limit, unit: Unit, place: Rect) -> Check {
    let status = by_limit(value, limit);
    Check {
        measured: number(value, unit).filter(|_| value.is_finite()),
        required: up_to(limit, unit),
        evidence: vec![region(place)],
        inset: (status != Status::Pass).then_some(place),
        confidence: if status == Status::Unsure { 0.0 } else { 0.85 },
        ..bare(code, Group::Sharpness, status)
    }
}

fn both_eyes(scene: &Scene) -> Rect {
    let apart = scene.eye_distance_px();
    let [left, right] = scene.eyes();
    let low = [
        left[0].min(right[0]) - 0.45 * apart,
        left[1].min(right[1]) - 0.45 * apart,
    ];
    let high = [
        left[0].max(right[0]) + 0.45 * apart,
        left[1].max(right[1]) + 0.25 * apart,
    ];
    scene.view.rect(low, high)
}

/// Blur of eyes and brows as the deviation of a Gaussian that would cause it, in pixels, along the direction that is
/// sharpest: see [`Edges`]. ISO/IEC 29794-5 feeds Laplacian, mean-difference and Sobel responses over the whole face to a
/// classifier; here their quotient is taken where everybody has edges, so that smooth skin, little contrast and dark
/// skin count for nothing. Not decided where noise drowns the edges.
fn focus(scene: &Scene, edges: &Edges) -> Check {
    let limit = &scene.profile.sharpness.blur_px;
    let check = judged(CODES[0], edges.sharpest(), limit, Unit::Px, both_eyes(scene));
    Check {
        reason: reason(check.status, "not_sharp"),
        ..check
    }
}

/// Blur along one direction over the blur square to it. This project's own. A moved camera smears the edges across its
/// way alone, a lens out of focus smears all. Not decided where noise drowns the edges.
fn motion_blur(scene: &Scene, edges: &Edges) -> Check {
    let limit = &scene.profile.sharpness.motion_ratio;
    let check = judged(CODES[1], edges.direction_ratio(), limit, Unit::Ratio, both_eyes(scene));
    Check {
        reason: reason(check.status, "not_sharp"),
        ..check
    }
}

/// Standard deviation of what differs from pixel to pixel in the flattest of forehead and cheeks, in percent of full
/// scale. This project's own; pores, stubble and strands differ too, hence the flattest.
fn grain(scene: &Scene, noise: f32) -> Check {
    let limit = &scene.profile.sharpness.noise_percent;
    let [cheek, _] = areas::cheeks(scene);
    let [low, high] = cheek.bounds();
    let value = f64::from(noise) / 2.55;
    let check = judged(CODES[2], value, limit, Unit::Percent, scene.view.rect(low, high));
    Check {
        reason: reason(check.status, "not_sharp"),
        ..check
    }
}

/// Steps at the edges of 8 × 8 blocks beyond those within, in percent of full scale: see `grid.rs`. This project's own.
/// It sees the pixels: also blocks of an earlier, worse encoding that the file's tables no longer tell of.
fn compression_artifacts(scene: &Scene) -> Check {
    let limit = &scene.profile.sharpness.blocking_percent;
    let found = scene.face.found.rect();
    let value = f64::from(grid::blocking(scene.pyramid.base(), &found) / scene.view.shrink().max(1.0)) / 2.55;
    let check = judged(CODES[3], value, limit, Unit::Percent, scene.view.photo_rect(&found));
    Check {
        reason: reason(check.status, "over_compressed"),
        ..check
    }
}
