//! Rules about the photo as a whole: that nobody photographed it again, wrote on it, framed it, turned it or cut the
//! sitter out of it badly. All measures are this project's own.

use super::{bare, by_least, by_limit, number, reason, up_to};
use crate::integrity::{edges, letters, spectrum};
use crate::profile::{Least, Limit};
use crate::report::{Check, Evidence, Group, Point, Rect, Required, Status, Unit};
use crate::scene::{Scene, region};

pub const CODES: [&str; 7] = [
    "screen",
    "print",
    "added_border",
    "added_text",
    "mirrored",
    "rotated",
    SAME_SHOT,
];
pub const SAME_SHOT: &str = "same_shot";

/// A face that was found upright turns the photo no further than `roll` judges.
pub fn checks(scene: &Scene) -> Vec<Check> {
    let (text, row) = text(scene);
    let border = border(scene);
    let print = print(scene, border.status == Status::Fail);
    vec![
        screen(scene),
        print,
        border,
        text.clone(),
        mirrored(&text, row),
        rotated(0),
        // Until it is compared with others.
        bare(SAME_SHOT, Group::Integrity, Status::NotApplicable),
    ]
}

/// Highest peak of the spectrum of the plainest parts of the photo over the usual power of patterns that fine, in
/// decibels; what repeats with JPEG's blocks is left out. A display's pixels, their beat with the camera's (moiré), and
/// printing dots run over all of a photo, cloth and hair do not.
fn screen(scene: &Scene) -> Check {
    let Some(limit) = &scene.profile.integrity.pattern_db else {
        return bare("screen", Group::Integrity, Status::NotApplicable);
    };
    let peak = spectrum::peak(&scene.view.picture);
    let status = peak
        .as_ref()
        .map_or(Status::Unsure, |peak| doubtful(peak.decibels, limit));
    Check {
        measured: peak.as_ref().and_then(|peak| number(peak.decibels, Unit::Decibels)),
        required: up_to(limit, Unit::Decibels),
        inset: Some(scene.view.around(scene.beside_eyes(0.0, 0.6), scene.eye_distance_px())),
        confidence: if peak.is_some() { 0.8 } else { 0.0 },
        reason: reason(status, "rephotographed"),
        ..bare("screen", Group::Integrity, status)
    }
}

/// Sides of the whole photo along which a straight edge runs, perhaps at a slant: of the paper, of the picture on it.
/// Printing dots are `screen`'s; glare on paper is not measured.
fn print(scene: &Scene, is_framed: bool) -> Check {
    let Some(limit) = &scene.profile.integrity.print_sides else {
        return bare("print", Group::Integrity, Status::NotApplicable);
    };
    let base = scene.pyramid.base();
    let lines: Vec<_> = edges::SIDES
        .iter()
        .filter_map(|side| edges::line(base, *side))
        .collect();
    // A frame of one colour was drawn, not photographed.
    let status = if is_framed {
        Status::Pass
    } else {
        doubtful(lines.len() as f64, limit)
    };
    let point = |[x, y]: [usize; 2]| Point {
        x_px: (x as f64 + 0.5) * scene.view.scale(),
        y_px: (y as f64 + 0.5) * scene.view.scale(),
    };
    let line = |[from, to]: &[[usize; 2]; 2]| Evidence::Line {
        from: point(*from),
        to: point(*to),
    };
    Check {
        measured: number(lines.len() as f64, Unit::Count),
        required: up_to(limit, Unit::Count),
        evidence: lines.iter().map(line).collect(),
        inset: Some(scene.photo()),
        confidence: 0.8,
        reason: reason(status, "rephotographed"),
        ..bare("print", Group::Integrity, status)
    }
}

/// Breadth of the widest frame of one colour along a side of the whole photo, in percent of its width.
fn border(scene: &Scene) -> Check {
    let Some(limit) = &scene.profile.integrity.border_percent else {
        return bare("added_border", Group::Integrity, Status::NotApplicable);
    };
    let base = scene.pyramid.base();
    let widths = edges::SIDES.map(|side| edges::frame_px(base, side) as f64);
    let percent = 100.0 * widths.iter().copied().fold(0.0, f64::max) / base.width as f64;
    let status = by_limit(percent, limit);
    let [left, top, right, bottom] = widths;
    let (width, height) = (base.width as f64, base.height as f64);
    let strips = [
        [0.0, 0.0, left, height],
        [0.0, 0.0, width, top],
        [width - right, 0.0, right, height],
        [0.0, height - bottom, width, bottom],
    ]
    .map(|[x_px, y_px, width_px, height_px]| Rect {
        x_px,
        y_px,
        width_px,
        height_px,
    });
    let seen = strips.iter().filter(|strip| strip.width_px.min(strip.height_px) > 0.0);
    Check {
        measured: number(percent, Unit::Percent),
        required: up_to(limit, Unit::Percent),
        evidence: seen.map(|strip| region(scene.view.photo_rect(strip))).collect(),
        confidence: 0.9,
        reason: reason(status, "border_or_text"),
        ..bare("added_border", Group::Integrity, status)
    }
}

/// Signs in the longest row of letters outside the face and its hair: strokes of one ink, in shapes of one size, side by
/// side. Nothing is read. A print on a shirt is one as well; a person looks at short rows and at bands of joined strokes.
fn text(scene: &Scene) -> (Check, Option<Rect>) {
    let Some(limit) = &scene.profile.integrity.text_signs else {
        return (bare("added_text", Group::Integrity, Status::NotApplicable), None);
    };
    let view = &scene.view;
    let chin_y = scene.chin_y_px();
    let letters::Writing { row, band } = letters::writing(&view.picture, |x, y| {
        let at = [x as f32 + 0.5, y as f32 + 0.5];
        at[1] < chin_y && scene.person_at(at).is_none_or(|person| person > 0.05)
    });
    // What is told from a length alone a person decides.
    let by_length = (band.signs as f64).min(limit.fail);
    let (signs, row) = if by_length > row.signs as f64 {
        (by_length, band)
    } else {
        (row.signs as f64, row)
    };
    let place = (signs > limit.pass).then(|| {
        let margin = (row.high[1] - row.low[1]) / 2.0;
        view.rect(row.low.map(|v| v - margin), row.high.map(|v| v + margin))
    });
    let status = doubtful(signs, limit);
    let check = Check {
        measured: number(signs, Unit::Count),
        required: up_to(limit, Unit::Count),
        evidence: place.into_iter().map(region).collect(),
        inset: place,
        confidence: 0.7,
        reason: reason(status, "border_or_text"),
        ..bare("added_text", Group::Integrity, status)
    };
    (check, place)
}

/// A face is as good as its mirror image: only letters tell. Without any the rule can't be judged from one photo.
fn mirrored(text: &Check, row: Option<Rect>) -> Check {
    let status = match row {
        Some(_) if text.status != Status::Pass => Status::Unsure,
        _ => Status::NotApplicable,
    };
    Check {
        inset: row,
        confidence: 0.0,
        reason: reason(status, "mirrored"),
        ..bare("mirrored", Group::Integrity, status)
    }
}

/// Quarter turns, in degrees clockwise, after which the photo shows a face. Other angles are `roll`'s.
fn rotated(turns: u8) -> Check {
    let status = if turns == 0 { Status::Pass } else { Status::Fail };
    Check {
        measured: number(f64::from(turns) * 90.0, Unit::Degrees),
        confidence: 0.9,
        reason: reason(status, "mirrored"),
        ..bare("rotated", Group::Integrity, status)
    }
}

/// Among the checks of a photo that shows no face as it stands: that it does after so many quarter turns.
pub fn note_turn(checks: &mut [Check], turns: Option<u8>) {
    let place = checks.iter_mut().find(|check| check.code == "rotated");
    if let Some((check, turns)) = place.zip(turns) {
        *check = rotated(turns);
    }
}

/// Movement of the features against those of the nearest known photo, in percent of the distance between the eyes: none
/// but for noise in the same shot. Between the limits a person looks at both. `None` where no known photo is near.
pub fn same_shot(face: Rect, moved_percent: Option<f64>, limit: &Least) -> Check {
    let status = match moved_percent.map(|moved| by_least(moved, limit)) {
        None => Status::Pass,
        Some(Status::Warn) => Status::Unsure,
        Some(status) => status,
    };
    Check {
        measured: moved_percent.and_then(|moved| number(moved, Unit::Percent)),
        required: Some(Required::Range {
            min: Some(limit.pass),
            max: None,
            unit: Unit::Percent,
            scale_min: 0.0,
            scale_max: 2.0 * limit.pass,
        }),
        inset: Some(face),
        confidence: 0.9,
        reason: reason(status, SAME_SHOT),
        ..bare(SAME_SHOT, Group::Integrity, status)
    }
}

/// Between the limits a person looks.
fn doubtful(value: f64, limit: &Limit) -> Status {
    match by_limit(value, limit) {
        Status::Warn => Status::Unsure,
        status => status,
    }
}
