//! Whether each ear is in sight. The measure is this project's own: no standard defines one.

use super::super::tones::{Tones, square};
use super::super::{at_least, bare, by_band, number, reason};
use super::face::outline_at;
use crate::colour::Lab;
use crate::face::OVAL;
use crate::report::{Check, Group, Rect, Status, Unit};
use crate::scene::{Scene, region};

/// Heights between which ears lie below the eye line, and the rows walked there, in eye distances.
const TOP: f32 = -0.05;
const BOTTOM: f32 = 0.85;
const ROWS: usize = 46;
/// Each row is walked from inside the cheek outwards, in steps, in eye distances.
const INSIDE: f32 = 0.18;
const OUTSIDE: f32 = 0.50;
const STEP: f32 = 0.01;
/// The mesh's outline may lie so far inside the cheek's edge.
const EDGE: f32 = 0.03;
/// So far out from the cheek's outline it is asked what lies beside it, in eye distances.
const BESIDE: f32 = 0.20;
/// A lobe shows its full breadth in a twentieth of the rows at least.
const BROADEST: f32 = 0.95;
/// Skin and hair closer than this (CIELAB, lightness halved) are mistaken for each other.
const CONTRAST_MIN: f32 = 22.0;

/// What a side of the head shows.
struct Side {
    /// Breadth of the skin outside the cheek's outline where it is broadest, in eye distances.
    ear: f64,
    /// Share of the rows where hair lies next to the cheek.
    beside_hair: f64,
}

#[derive(Clone, Copy, PartialEq)]
enum Matter {
    Skin,
    Hair,
    Background,
    Outside,
}

pub fn checks(scene: &Scene, tones: &Tones) -> [Check; 2] {
    [("left_ear", -1.0), ("right_ear", 1.0)].map(|(code, side)| judge(scene, tones, code, side))
}

/// An ear is hidden where hair lies along the cheek and no skin outside the cheek comes out from under it. Where no hair
/// lies there, nothing hides the ear: it passes without a measured breadth, be it ever so close to the head.
fn judge(scene: &Scene, tones: &Tones, code: &str, side: f32) -> Check {
    let limits = &scene.profile.covering;
    let (Some(floor), Some(hair_min)) = (limits.ear_ratio, limits.ear_hair_percent) else {
        return bare(code, Group::Covering, Status::NotApplicable);
    };
    let rect = place(scene, tones, side);
    let Some(seen) = look(scene, tones, side) else {
        return Check {
            confidence: 0.0,
            inset: Some(rect),
            ..bare(code, Group::Covering, Status::Unsure)
        };
    };
    if seen.beside_hair * 100.0 < hair_min {
        return Check {
            evidence: vec![region(rect)],
            confidence: 0.8,
            ..bare(code, Group::Covering, Status::Pass)
        };
    }
    // Hair that looks like skin may pass for an ear, unless there is much of it.
    let alike = tones.contrast() < CONTRAST_MIN && seen.ear < 2.0 * floor.min;
    let confidence = if alike { 0.4 } else { 0.8 };
    let status = by_band(seen.ear, &floor.band(), confidence);
    Check {
        measured: number(seen.ear, Unit::Ratio),
        required: at_least(&floor, Unit::Ratio),
        evidence: vec![region(rect)],
        inset: (status != Status::Pass).then_some(rect),
        confidence,
        reason: reason(status, "ears_hidden"),
        ..bare(code, Group::Covering, status)
    }
}

/// `None` where most of the place lies outside the picture.
fn look(scene: &Scene, tones: &Tones, side: f32) -> Option<Side> {
    let axes = &tones.axes;
    let outline = OVAL.map(|index| axes.place(scene.landmark(index)));
    // Of its own cheek: light often comes from one side.
    let skin = axes.patch([side * 0.75, 0.55]).unwrap_or(tones.skin);
    let behind = scene.background.as_ref().map(|background| background.colour);
    let matter = |colour: Option<Lab>| {
        let Some(colour) = colour else { return Matter::Outside };
        let [to_skin, to_hair] = [skin, tones.hair].map(|of| square(colour, of));
        let to_background = behind.map_or(f32::INFINITY, |of| square(colour, of));
        match () {
            () if to_skin <= to_hair && to_skin <= to_background => Matter::Skin,
            () if to_hair <= to_background => Matter::Hair,
            () => Matter::Background,
        }
    };
    let mut breadths = Vec::with_capacity(ROWS);
    let mut hairy = 0;
    for row in 0..ROWS {
        let down = TOP + (BOTTOM - TOP) * row as f32 / (ROWS - 1) as f32;
        let edge = outline_at(&outline, down, side);
        if edge == 0.0 {
            continue;
        }
        let steps = ((INSIDE + OUTSIDE) / STEP) as usize;
        let (mut counted, mut skin_steps, mut beside, mut hair_steps) = (0, 0, 0, 0);
        for step in 0..steps {
            let across = edge - INSIDE + step as f32 * STEP;
            let matter = matter(axes.colour([side * across, down]));
            if matter == Matter::Outside {
                break;
            }
            counted += 1;
            skin_steps += usize::from(matter == Matter::Skin && across > edge + EDGE);
            if (edge..edge + BESIDE).contains(&across) {
                beside += 1;
                hair_steps += usize::from(matter == Matter::Hair);
            }
        }
        if counted * 2 > steps {
            breadths.push(skin_steps as f32 * STEP);
            hairy += usize::from(hair_steps * 2 > beside);
        }
    }
    if breadths.len() * 2 < ROWS {
        return None;
    }
    let broad = (breadths.len() as f32 * BROADEST) as usize;
    let ear = *breadths.select_nth_unstable_by(broad, f32::total_cmp).1;
    Some(Side {
        ear: ear.into(),
        beside_hair: hairy as f64 / breadths.len() as f64,
    })
}

fn place(scene: &Scene, tones: &Tones, side: f32) -> Rect {
    let centre = tones.axes.view([side * 1.05, (TOP + BOTTOM) / 2.0]);
    scene.view.around(centre, 0.6 * scene.eye_distance_px())
}
