//! Rules about clothes and what is worn with them. Every measure here is this project's own: no standard defines one.

mod earrings;
mod jewellery;

use super::tones::{Axes, Tones, square, steps};
use super::{bare, by_least, by_limit, not_below, number, reason, up_to};
use crate::colour::{Lab, ciede2000};
use crate::report::{Check, Evidence, Group, Rect, Status, Unit};
use crate::scene::{Scene, region};

pub const CODES: [&str; 4] = ["clothes_contrast", "stripes", "bare_shoulders", jewellery::CODE];

/// Clothes lie at the bottom of the photo beside the middle, where collar, tie and neck are: from and to this far out, in
/// so many eye distances above the lower edge, but below the chin. Shoulders are broader than that.
const BESIDE: [f32; 2] = [0.7, 1.5];
const ABOVE_EDGE: f32 = 0.7;
const BELOW_CHIN: f32 = 0.55;
const STEP: f32 = 0.05;
/// The clothes' edge against the background is the part most like it: this share of the samples.
const MOST_ALIKE: f64 = 0.25;

/// Blocks that are looked at for a pattern: side and samples a side, the free middle's half breadth.
const BLOCK: f32 = 0.22;
const SAMPLES: usize = 11;
const MIDDLE: f32 = 0.5;
/// A block is patterned where lightness (L*) both rises and falls by so much along a line, and varies by so much.
const SWING: f32 = 10.0;
const SPREAD: f32 = 8.0;

/// The way from the neck to a shoulder, in eye distances from below the chin, in so many steps: a wide neckline ends
/// before three quarters of it. A long neck goes so much further down before the way turns aside.
const NECK: [f32; 2] = [0.15, 0.42];
const SHOULDER: [f32; 2] = [0.88, 0.67];
const WAY: usize = 31;
const DOWN: [f32; 4] = [0.0, 0.15, 0.30, 0.45];
const DOWN_STEP: f32 = 0.025;
/// All along it skin is this near (CIELAB, lightness halved) to the neck's, without an edge over four steps, and the neck
/// this near to the cheeks.
const LIKE_NECK: f32 = 14.0;
const NO_EDGE: f32 = 8.0;
const LIKE_CHEEKS: f32 = 20.0;

pub fn checks(scene: &Scene) -> Vec<Check> {
    let tones = Tones::of(scene);
    let at_chin = tones.axes.place(scene.landmark(152))[1];
    let place = place(scene, &tones.axes, at_chin);
    vec![
        contrast(scene, &tones.axes, at_chin, place),
        stripes(scene, &tones.axes, at_chin, place),
        bare_shoulders(scene, &tones, at_chin, place),
        jewellery::check(scene, &tones.axes, tones.skin, at_chin),
    ]
}

/// The lower edge of the view, in eye distances below the eyes.
fn bottom(scene: &Scene) -> f32 {
    (scene.view.picture.height as f32 - scene.composition.eye_line_px as f32) / scene.eye_distance_px().max(1.0)
}

/// CIEDE2000 between the background and the quarter of the clothes that is most like it. The person's mask is not asked:
/// white before white it loses the shoulders; the places where clothes must be are asked instead.
fn contrast(scene: &Scene, axes: &Axes, at_chin: f32, place: Rect) -> Check {
    const CODE: &str = "clothes_contrast";
    let Some(limit) = scene.profile.dress.background_delta_e else {
        return bare(CODE, Group::Dress, Status::NotApplicable);
    };
    let bottom = bottom(scene);
    let from = (at_chin + BELOW_CHIN).max(bottom - ABOVE_EDGE);
    let mut differences: Vec<f64> = Vec::new();
    if let Some(background) = &scene.background {
        for down in steps([from, bottom], STEP) {
            for across in steps(BESIDE, STEP).flat_map(|across| [-across, across]) {
                differences.extend(
                    axes.colour([across, down])
                        .map(|colour| ciede2000(colour, background.colour)),
                );
            }
        }
    }
    // Too little of the body, or too much background that is none: other rules say so.
    if differences.len() < 40 {
        return undecided(CODE, place);
    }
    let alike = (differences.len() as f64 * MOST_ALIKE) as usize;
    let difference = *differences.select_nth_unstable_by(alike, f64::total_cmp).1;
    let status = by_least(difference, &limit);
    Check {
        measured: number(difference, Unit::DeltaE),
        required: not_below(&limit, Unit::DeltaE),
        evidence: vec![region(place)],
        inset: (status != Status::Pass).then_some(place),
        confidence: 0.8,
        reason: reason(status, "clothes_like_background"),
        ..bare(CODE, Group::Dress, status)
    }
}

/// Share of the clothes' blocks in which lightness goes up and down: folds, seams and lapels do so here and there, a
/// pattern everywhere.
fn stripes(scene: &Scene, axes: &Axes, at_chin: f32, place: Rect) -> Check {
    let Some(limit) = scene.profile.dress.patterned_percent else {
        return bare("stripes", Group::Dress, Status::NotApplicable);
    };
    let bottom = bottom(scene);
    let (mut blocks, mut patterned) = (0, 0);
    let mut down = at_chin + 0.5;
    while down + BLOCK < bottom && blocks < 400 {
        for column in 0..(2.0 * BESIDE[1] / BLOCK) as usize {
            let across = column as f32 * BLOCK - BESIDE[1];
            if (across + BLOCK / 2.0).abs() < MIDDLE {
                continue;
            }
            let Some(is_patterned) = block(axes, [across, down]) else {
                continue;
            };
            blocks += 1;
            patterned += usize::from(is_patterned);
        }
        down += BLOCK;
    }
    if blocks < 8 {
        return undecided("stripes", place);
    }
    let percent = 100.0 * patterned as f64 / blocks as f64;
    let status = by_limit(percent, &limit);
    Check {
        measured: number(percent, Unit::Percent),
        required: up_to(&limit, Unit::Percent),
        evidence: vec![region(place)],
        inset: (status != Status::Pass).then_some(place),
        confidence: 0.8,
        reason: reason(status, "busy_pattern"),
        ..bare("stripes", Group::Dress, status)
    }
}

/// `None` where the block is not all in the picture.
fn block(axes: &Axes, [across, down]: [f32; 2]) -> Option<bool> {
    let mut light = [[0.0f32; SAMPLES]; SAMPLES];
    for (row, line) in light.iter_mut().enumerate() {
        for (column, value) in line.iter_mut().enumerate() {
            let step = BLOCK / SAMPLES as f32;
            *value = axes.colour([across + column as f32 * step, down + row as f32 * step])?[0];
        }
    }
    let count = (SAMPLES * SAMPLES) as f32;
    let mean = light.iter().flatten().sum::<f32>() / count;
    let spread = (light.iter().flatten().map(|v| (v - mean).powi(2)).sum::<f32>() / count).sqrt();
    // Mean over the lines of what lightness gains and of what it loses along one.
    let swing = |step: &dyn Fn(usize, usize) -> f32| {
        let (mut up, mut down) = (0.0f32, 0.0f32);
        for line in 0..SAMPLES {
            for k in 1..SAMPLES {
                let rise = step(line, k);
                (up, down) = (up + rise.max(0.0), down - rise.min(0.0));
            }
        }
        up.min(down) / SAMPLES as f32
    };
    let along = swing(&|line, k| light[line][k] - light[line][k - 1]);
    let across = swing(&|line, k| light[k][line] - light[k - 1][line]);
    Some(along.max(across) > SWING && spread > SPREAD)
}

/// Whether skin goes on from the neck to a shoulder without the edge of a garment. Both sides decide, one is a doubt:
/// cloth of the skin's colour can look like it.
fn bare_shoulders(scene: &Scene, tones: &Tones, at_chin: f32, place: Rect) -> Check {
    const CODE: &str = "bare_shoulders";
    if !scene.profile.dress.covered_shoulders {
        return bare(CODE, Group::Dress, Status::NotApplicable);
    }
    let bare_sides = [-1.0, 1.0]
        .into_iter()
        .filter(|side| is_bare(&tones.axes, tones.skin, at_chin, *side))
        .count();
    let status = [Status::Pass, Status::Unsure, Status::Fail][bare_sides];
    Check {
        measured: number(bare_sides as f64, Unit::Count),
        evidence: vec![
            way(scene, &tones.axes, at_chin, -1.0),
            way(scene, &tones.axes, at_chin, 1.0),
        ],
        inset: (status != Status::Pass).then_some(place),
        confidence: if bare_sides == 1 { 0.5 } else { 0.8 },
        reason: reason(status, CODE),
        ..bare(CODE, Group::Dress, status)
    }
}

fn on_way(at_chin: f32, side: f32, share: f32) -> [f32; 2] {
    let at = |k: usize| NECK[k] + (SHOULDER[k] - NECK[k]) * share;
    [side * at(0), at_chin + at(1)]
}

fn is_bare(axes: &Axes, skin: Lab, at_chin: f32, side: f32) -> bool {
    let Some(neck) = axes.patch([0.0, at_chin + 0.35]) else {
        return false;
    };
    if square(neck, skin) > LIKE_CHEEKS * LIKE_CHEEKS {
        return false;
    }
    DOWN.into_iter().any(|down| {
        let [across, below] = on_way(at_chin, side, 0.0);
        let along = (0..WAY).map(|k| on_way(at_chin + down, side, k as f32 / (WAY - 1) as f32));
        let way = steps([below, below + down], DOWN_STEP)
            .map(|y| [across, y])
            .chain(along);
        goes_on(way.map(|at| axes.square(at, 0.025)), neck)
    })
}

/// Whether all of a way has the neck's colour, without an edge. Most ways end at a collar, where the walk does too.
fn goes_on(mut way: impl Iterator<Item = Option<Lab>>, neck: Lab) -> bool {
    let mut last: [Option<Lab>; 4] = [None; 4];
    way.all(|colour| {
        colour.is_some_and(|colour| {
            let is_skin = square(colour, neck) < LIKE_NECK * LIKE_NECK;
            let is_even = last[0].is_none_or(|before| square(before, colour) < NO_EDGE * NO_EDGE);
            last = [last[1], last[2], last[3], Some(colour)];
            is_skin && is_even
        })
    })
}

fn way(scene: &Scene, axes: &Axes, at_chin: f32, side: f32) -> Evidence {
    let [from, to] = [0.0, 1.0].map(|share| scene.view.to_photo(axes.view(on_way(at_chin, side, share))));
    Evidence::Line { from, to }
}

fn undecided(code: &str, place: Rect) -> Check {
    Check {
        confidence: 0.0,
        inset: Some(place),
        ..bare(code, Group::Dress, Status::Unsure)
    }
}

/// From the chin to the lower edge.
fn place(scene: &Scene, axes: &Axes, at_chin: f32) -> Rect {
    let [_, top] = axes.view([0.0, at_chin]);
    let size = [scene.view.picture.width as f32, scene.view.picture.height as f32];
    scene.view.rect([0.0, top], size)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::Picture;

    /// Whether a block of cloth is patterned whose pixel is as light as `light` says.
    fn is_patterned(light: impl Fn(usize, usize) -> u8) -> bool {
        let rgb = (0..80 * 80)
            .flat_map(|index| [light(index % 80, index / 80); 3])
            .collect();
        let picture = Picture {
            width: 80,
            height: 80,
            rgb,
        };
        block(&Axes::upright(&picture, [0.0, 0.0], 100.0), [0.2, 0.2]).unwrap()
    }

    #[test]
    fn stripes_checks_and_dots_are_patterns_and_folds_and_edges_are_none() {
        assert!(is_patterned(|x, _| if x / 5 % 2 == 0 { 230 } else { 40 }));
        assert!(is_patterned(|_, y| if y / 4 % 2 == 0 { 200 } else { 90 }));
        assert!(is_patterned(|x, y| if (x / 4 + y / 4) % 2 == 0 { 230 } else { 60 }));
        assert!(!is_patterned(|_, _| 120));
        assert!(!is_patterned(|x, y| 90 + x as u8 / 2 + y as u8 / 4));
        // A lapel on a shirt.
        assert!(!is_patterned(|x, y| if x + y < 60 { 235 } else { 30 }));
    }

    #[test]
    fn a_long_neck_hides_no_bare_shoulder_and_a_wide_neckline_is_none() {
        // Eyes at 100, 20 with 100 pixels between them; the chin one below.
        let is_bare = |colour: &dyn Fn(f32, f32) -> [u8; 3]| {
            let at = |index: usize| ((index % 200) as f32 / 100.0 - 1.0, (index / 200) as f32 / 100.0 - 0.2);
            let rgb = (0..200 * 300).flat_map(|index| {
                let (across, down) = at(index);
                colour(across.abs(), down)
            });
            let picture = Picture {
                width: 200,
                height: 300,
                rgb: rgb.collect(),
            };
            let axes = Axes::upright(&picture, [100.0, 20.0], 100.0);
            let skin = axes.patch([0.0, 0.5]).unwrap();
            super::is_bare(&axes, skin, 1.0, 1.0)
        };
        let (skin, cloth, wall) = ([220, 180, 150], [40, 60, 120], [255; 3]);
        assert!(is_bare(&|_, _| skin));
        // The shoulders begin one eye distance below the chin.
        assert!(is_bare(&|across, down| if across > 0.3 && down < 1.75 {
            wall
        } else {
            skin
        }));
        // A collar, a neckline that is cut wide, and a blouse of the skin's colour below a collar.
        assert!(!is_bare(&|_, down| if down > 1.5 { cloth } else { skin }));
        assert!(!is_bare(&|across, down| if across > 0.7 && down > 1.4 {
            cloth
        } else {
            skin
        }));
        assert!(!is_bare(&|_, down| if (1.45..1.55).contains(&down) {
            cloth
        } else {
            skin
        }));
    }
}
