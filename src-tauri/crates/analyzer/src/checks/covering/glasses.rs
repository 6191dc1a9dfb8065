//! Glasses: whether there are any, whether their lenses let the light through, whether a rim lies over an eye, whether
//! they mirror. Places are given in eye distances: across from the middle between the eyes, down from their line. The
//! graphs that find the face take no notice of tinted lenses: everything here is read from the pixels.
//! Must not live here: limits.

use crate::checks::{bare, by_limit, number, reason, up_to};
use crate::colour::luminance_of;
use crate::profile::Limit;
use crate::report::{Check, Group, Measured, Rect, Status, Unit};
use crate::scene::{EyeFrame, Scene, region};

/// A bridge or a pair of lower rims as clear as this is a frame: bare faces of every tone read up to 0.17, the thinnest
/// wire from 0.24.
const FRAME: f32 = 0.22;
/// So is such a line beside the corners of both eyes: wrinkles of smiling people read up to 0.57.
const FRAME_BESIDE_EYES: f32 = 0.65;
/// Where each eye's centre lies.
const EYES: [f32; 2] = [-0.5, 0.5];
/// Linear luminance below which a quotient says nothing.
const FLOOR: f32 = 0.005;

/// All are this project's own: ISO/IEC 29794-5 has no such measures.
pub fn checks(scene: &Scene) -> [Check; 4] {
    let lines = Lines {
        scene,
        frame: scene.eye_frame(),
    };
    let seen = scene.shows_eyes();
    let rim = lines.beside_eyes();
    let present = lines.bridge().max(lines.lower_rims()) > FRAME || rim > FRAME_BESIDE_EYES;
    let limits = &scene.profile.glasses;
    let lens = |eye: usize| {
        let at = |across, down| lines.frame.at(EYES[eye] + across, down);
        scene.view.rect(at(-0.42, -0.32), at(0.42, 0.42))
    };
    let judge = |code: &str, (value, eye): (f64, usize), limit: &Option<Limit>, unit: Unit, why: &str| {
        let Some(limit) = limit else {
            return bare(code, Group::Covering, Status::NotApplicable);
        };
        let status = match by_limit(value, limit) {
            _ if !seen => Status::Unsure,
            status if present => status,
            // Dark around both eyes and no frame in sight: lenses without rims, or shadow.
            Status::Fail if code == "glasses_tint" => Status::Unsure,
            _ => return bare(code, Group::Covering, Status::NotApplicable),
        };
        Check {
            measured: number(value, unit),
            required: up_to(limit, unit),
            evidence: vec![region(lens(eye))],
            inset: Some(lens(eye)),
            confidence: if seen { 0.85 } else { 0.0 },
            reason: reason(status, why),
            ..bare(code, Group::Covering, status)
        }
    };
    let tint = judge(
        "glasses_tint",
        tint(scene),
        &limits.tint_percent,
        Unit::Percent,
        "tinted_glasses",
    );
    let over = judge(
        "frame_over_eye",
        (rim.into(), 0),
        &limits.rim_contrast,
        Unit::Ratio,
        "frame_over_eyes",
    );
    let glare = judge(
        "glare",
        glare(scene),
        &limits.glare_percent,
        Unit::Percent,
        "glasses_glare",
    );
    let both = scene
        .view
        .rect(lines.frame.at(-0.95, -0.35), lines.frame.at(0.95, 0.45));
    [presence(present, seen, both), tint, across_both(over, both), glare]
}

/// It decides nothing by itself but whether the other rules apply.
fn presence(present: bool, seen: bool, both: Rect) -> Check {
    let name = if present { "glasses" } else { "no_glasses" };
    Check {
        measured: seen.then(|| Measured::Name { name: name.to_owned() }),
        evidence: vec![region(both)],
        inset: (!seen).then_some(both),
        confidence: if seen { 0.9 } else { 0.0 },
        ..bare(
            "glasses",
            Group::Covering,
            if seen { Status::Pass } else { Status::Unsure },
        )
    }
}

/// A line may be a wrinkle: between the limits a person looks at both eyes.
fn across_both(check: Check, both: Rect) -> Check {
    if check.status == Status::NotApplicable {
        return check;
    }
    let status = match check.status {
        Status::Warn => Status::Unsure,
        status => status,
    };
    Check {
        status,
        evidence: vec![region(both)],
        inset: Some(both),
        ..check
    }
}

/// Light that the clearer lens keeps from the skin right below the eye, in per cent of what the cheek of that side sends,
/// in the channel that loses most: grey and coloured lenses alike. With the lens's eye.
fn tint(scene: &Scene) -> (f64, usize) {
    let lost = [0, 1].map(|eye| {
        let (lens, cheek) = (scene.median_colour([EYES[eye], 0.195], [0.16, 0.045]), scene.cheek(eye));
        // A little stray light keeps the quotient of dark skin's blue quiet.
        let kept = [0, 1, 2].map(|channel| (lens[channel] + 0.003) / (cheek[channel] + 0.003));
        1.0 - kept.into_iter().fold(f32::MAX, f32::min)
    });
    let eye = usize::from(lost[1] < lost[0]);
    (f64::from(100.0 * lost[eye].max(0.0)), eye)
}

/// Share of the lens, in per cent, that is brighter than the brighter cheek and whitened by at least [`VEIL`] of that
/// cheek's luminance; the eye itself, whose white and lights are bright by nature, is left out. With the worse eye.
fn glare(scene: &Scene) -> (f64, usize) {
    const BRIGHTER: f32 = 1.05;
    const VEIL: f32 = 0.45;
    /// Half the sides of the lens's ellipse and of the eye's, and how far down the lens's middle lies.
    const LENS: [f32; 2] = [0.35, 0.24];
    const EYE: [f32; 2] = [0.21, 0.10];
    const DOWN: f32 = 0.05;
    const STEP: f32 = 0.02;
    let cheeks = [scene.cheek(0), scene.cheek(1)];
    let skin = cheeks[usize::from(luminance_of(cheeks[1]) > luminance_of(cheeks[0]))];
    let light = luminance_of(skin).max(FLOOR);
    // The white that was added to light of the skin's colour, by green and by blue: the lesser is sure.
    let warm = [1, 2].map(|channel| (skin[0] / skin[channel].max(1e-3)).max(1.15));
    let added = |rgb: [f32; 3]| {
        let by = |k: usize| (warm[k] * rgb[k + 1] - rgb[0]) / (warm[k] - 1.0);
        by(0).min(by(1)) / light
    };
    let frame = scene.eye_frame();
    let inside = |[u, v]: [f32; 2], half: [f32; 2]| (u / half[0]).powi(2) + (v / half[1]).powi(2) < 1.0;
    let share = |eye: usize| {
        let (mut all, mut hidden) = (0, 0);
        for row in -12..=12 {
            for column in -17..=17 {
                let [u, v] = [column as f32 * STEP, row as f32 * STEP];
                if !inside([u, v], LENS) || inside([u, v + DOWN], EYE) {
                    continue;
                }
                let rgb = scene.view.linear_at(frame.at(EYES[eye] + u, DOWN + v));
                all += 1;
                hidden += usize::from(luminance_of(rgb) > BRIGHTER * light && added(rgb) > VEIL);
            }
        }
        100.0 * hidden as f64 / f64::from(all.max(1))
    };
    let shares = [share(0), share(1)];
    let eye = usize::from(shares[1] > shares[0]);
    (shares[eye], eye)
}

/// Thin lines across the face, as frames draw them.
struct Lines<'a> {
    scene: &'a Scene<'a>,
    frame: EyeFrame,
}

/// Distance from a line's middle to the skin above and below it: more than half of the thickest rim.
const CLEAR: f32 = 0.05;
/// Rows lie this far apart.
const ROW: f32 = 0.01;

impl Lines<'_> {
    /// How much darker (first) and how much brighter (second) a place is than both the place above and the place below.
    fn line(&self, across: f32, down: f32) -> [f32; 2] {
        contrast([0.0, -CLEAR, CLEAR].map(|off| self.scene.view.light_at(self.frame.at(across, down + off))))
    }

    /// The same either way, in luminance or in blue, whichever is clearer: gold is as bright as fair skin, but less blue.
    fn wire(&self, across: f32, down: f32) -> f32 {
        let blue = |off| self.scene.view.linear_at(self.frame.at(across, down + off))[2];
        let ([darker, brighter], [less, more]) = (self.line(across, down), contrast([0.0, -CLEAR, CLEAR].map(blue)));
        darker.max(brighter).max(less).max(more)
    }

    /// The clearest row from `from` down to `to`: there at least all but `share` of the columns show a line so clear.
    fn across<const N: usize>(&self, columns: [f32; N], [from, to]: [f32; 2], share: usize, kind: usize) -> f32 {
        let rows = ((to - from) / ROW) as usize;
        let row = |k: usize| {
            let mut lines = columns.map(|across| self.line(across, from + k as f32 * ROW)[kind]);
            *lines.select_nth_unstable_by(share.min(N - 1), f32::total_cmp).1
        };
        (0..rows).map(row).fold(0.0, f32::max)
    }

    /// The bridge: a dark line over the nose, from above the eye line to where slipped glasses carry it.
    fn bridge(&self) -> f32 {
        let columns: [f32; 7] = std::array::from_fn(|k| (k as f32 - 3.0) / 60.0);
        self.across(columns, [-0.12, 0.34], 3, 0)
    }

    /// The lower rims below both eyes, dark or bright; the fainter one counts.
    fn lower_rims(&self) -> f32 {
        let rim = |eye: f32| {
            let columns: [f32; 13] = std::array::from_fn(|k| eye + (k as f32 - 6.0) / 50.0);
            let kind = |kind| self.across(columns, [0.2, 0.75], 3, kind);
            kind(0).max(kind(1))
        };
        rim(EYES[0]).min(rim(EYES[1]))
    }

    /// A rim level with the lids. Over the eye itself it is lost among lashes and iris, but it goes on over the skin
    /// beyond both corners, where nothing else lies. Geometric mean of both eyes.
    fn beside_eyes(&self) -> f32 {
        let clarity = EYES.map(|eye| {
            let ends = [-1.0, 1.0].map(|side| self.beyond_corner(eye, side));
            let mut clearest = 0.0f32;
            for (i, a) in ends[0].iter().enumerate() {
                for (j, b) in ends[1].iter().enumerate() {
                    // Both ends nearly level, and the rim between them within 0.1 of the iris' middle.
                    let middle = (i + j) as f32 / 2.0 * ROW - 0.3;
                    if i.abs_diff(j) < 9 && (middle + 0.01).abs() < 0.1 {
                        clearest = clearest.max(a.min(*b));
                    }
                }
            }
            clearest
        });
        (clarity[0] * clarity[1]).sqrt()
    }

    /// For every row from 0.3 above the eye line to 0.3 below it: the clearest line, level or slanting, through at least
    /// four of five columns beyond a corner of the eye.
    fn beyond_corner(&self, eye: f32, side: f32) -> [f32; 61] {
        const PAD: usize = 3;
        const ROWS: usize = 61;
        let mut lines = [[0.0; ROWS + 2 * PAD]; 5];
        for (column, rows) in lines.iter_mut().enumerate() {
            let across = eye + side * (0.23 + 0.02 * column as f32);
            for (k, line) in rows.iter_mut().enumerate() {
                *line = self.wire(across, (k as f32 - PAD as f32) * ROW - 0.3);
            }
        }
        std::array::from_fn(|row| {
            let slanting = |slant: i32| {
                let mut through: [f32; 5] = std::array::from_fn(|column| {
                    let drop = (slant as f32 * (column as f32 / 2.0 - 1.0)).round() as i32;
                    lines[column][(row + PAD).saturating_add_signed(drop as isize)]
                });
                *through.select_nth_unstable_by(1, f32::total_cmp).1
            };
            (-(PAD as i32)..=PAD as i32).map(slanting).fold(0.0, f32::max)
        })
    }
}

/// Of a place, the place above and the place below: how much darker and how much brighter it is than both.
fn contrast([here, above, below]: [f32; 3]) -> [f32; 2] {
    let (darker, brighter) = (above.min(below), above.max(below));
    [
        (darker - here) / (darker + FLOOR),
        (here - brighter) / (brighter + FLOOR),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stands_out_from_both_sides_and_an_edge_does_not() {
        for (places, darker, brighter) in [
            ([0.02, 0.4, 0.4], true, false),
            ([0.6, 0.3, 0.3], false, true),
            // The edge of a shadow, a slope, nothing.
            ([0.1, 0.1, 0.4], false, false),
            ([0.3, 0.2, 0.4], false, false),
            ([0.3, 0.3, 0.3], false, false),
            // A black frame on the darkest skin.
            ([0.012, 0.04, 0.05], true, false),
        ] {
            let [dark, bright] = contrast(places);
            assert_eq!(
                [dark > 0.3, bright > 0.3],
                [darker, brighter],
                "{places:?}: {dark} {bright}"
            );
        }
    }
}
