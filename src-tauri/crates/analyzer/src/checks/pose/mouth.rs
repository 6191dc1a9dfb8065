//! Whether the lips are closed and whether teeth show. Must not live here: limits.

use crate::checks::{bare, by_limit, number, reason, up_to};
use crate::colour::luminance_of;
use crate::profile::Limit;
use crate::report::{Check, Group, Rect, Status, Unit};
use crate::scene::{Scene, region};

pub const CODES: [&str; 2] = ["mouth_closed", "teeth"];

/// Corners of the inner lips, the upper lip's upper edge, the lower lip's lower edge: points of the mesh.
const CORNERS: [usize; 2] = [78, 308];
const UPPER: [usize; 3] = [37, 0, 267];
const LOWER: [usize; 3] = [84, 17, 314];
/// Columns over the middle 60 % of the mouth, rows from edge to edge of the lips.
const COLUMNS: usize = 25;
const ROWS: usize = 61;
/// Teeth are whiter than skin: of the skin's red over green, less 1, they have less than this share. Lips have more than
/// the skin.
const WHITE: f32 = 0.55;
/// Of the skin's luminance: teeth send more than this, the inside of the mouth less than the other.
const LIT: f32 = 0.15;
const DARK: f32 = 0.12;

struct Mouth {
    /// Largest height of a column that is neither lip nor skin, and mean height of its teeth, over the distance from the
    /// eyes to the chin.
    opening: f64,
    teeth: f64,
    whole: Rect,
    seen: bool,
}

/// The lips' opening over the distance from the eyes to the chin (ISO/IEC 29794-5, mouth closed), here counted in the
/// picture, column by column, as teeth or darkness between the lips: the mesh reads lips parted over closed teeth as
/// closed, and some closed ones as open. The teeth are this project's own.
pub fn checks(scene: &Scene) -> [Check; 2] {
    let limits = &scene.profile.mouth;
    let mouth = measure(scene);
    [
        judged("mouth_closed", mouth.opening, limits.open_ratio.as_ref(), &mouth),
        judged("teeth", mouth.teeth, limits.teeth_ratio.as_ref(), &mouth),
    ]
}

fn judged(code: &str, value: f64, limit: Option<&Limit>, mouth: &Mouth) -> Check {
    let Some(limit) = limit else {
        return bare(code, Group::Pose, Status::NotApplicable);
    };
    let status = if mouth.seen {
        by_limit(value, limit)
    } else {
        Status::Unsure
    };
    Check {
        measured: number(value, Unit::Ratio),
        required: up_to(limit, Unit::Ratio),
        evidence: vec![region(mouth.whole)],
        inset: Some(mouth.whole),
        confidence: if mouth.seen { 0.9 } else { 0.0 },
        reason: reason(status, "mouth_open"),
        ..bare(code, Group::Pose, status)
    }
}

fn measure(scene: &Scene) -> Mouth {
    let [left, right] = CORNERS.map(|index| scene.landmark(index));
    let width = (right[0] - left[0]).hypot(right[1] - left[1]).max(1e-3);
    let across = [(right[0] - left[0]) / width, (right[1] - left[1]) / width];
    let down = |index: usize| {
        let at = scene.landmark(index);
        (at[1] - left[1]) * across[0] - (at[0] - left[0]) * across[1]
    };
    let top = UPPER.map(down).into_iter().fold(f32::MAX, f32::min);
    let bottom = LOWER.map(down).into_iter().fold(f32::MIN, f32::max);
    let place = |u: f32, v: f32| {
        [
            left[0] + u * across[0] - v * across[1],
            left[1] + u * across[1] + v * across[0],
        ]
    };
    let skin = [0, 1, 2].map(|channel| (scene.cheek(0)[channel] + scene.cheek(1)[channel]) / 2.0);
    let skin_light = luminance_of(skin);
    let white = 1.0 + WHITE * (skin[0] / skin[1].max(1e-3) - 1.0);
    let (mut largest, mut all_teeth) = (0, 0);
    for column in 0..COLUMNS {
        let u = (0.2 + 0.6 * column as f32 / (COLUMNS - 1) as f32) * width;
        let (mut open, mut teeth) = (0, 0);
        for row in 0..ROWS {
            let v = top + (bottom - top) * row as f32 / (ROWS - 1) as f32;
            let rgb = scene.view.linear_at(place(u, v));
            let light = luminance_of(rgb);
            let is_tooth = light > LIT * skin_light && rgb[0] < white * (rgb[1] + 1e-3);
            teeth += usize::from(is_tooth);
            open += usize::from(is_tooth || light < DARK * skin_light);
        }
        largest = largest.max(open);
        all_teeth += teeth;
    }
    let row = (bottom - top) / (ROWS - 1) as f32 / eyes_to_chin_px(scene);
    // The lips' edges and a little around them.
    let margin = 0.2 * width;
    let corners = [place(-margin, top - margin), place(width + margin, bottom + margin)];
    let seen = corners.into_iter().all(|at| scene.view.shows(at)) && scene.shows_eyes() && bottom > top;
    Mouth {
        opening: f64::from(largest as f32 * row),
        teeth: f64::from(all_teeth as f32 / COLUMNS as f32 * row),
        whole: scene.view.rect(corners[0], corners[1]),
        seen,
    }
}

/// In pixels of the view.
fn eyes_to_chin_px(scene: &Scene) -> f32 {
    let geometry = &scene.measured.geometry;
    let (left, right, chin) = (geometry.left_eye_px, geometry.right_eye_px, geometry.chin_px);
    let apart = (right.x_px - left.x_px).hypot(right.y_px - left.y_px);
    let middle = [(left.x_px + right.x_px) / 2.0, (left.y_px + right.y_px) / 2.0];
    let long = (chin.x_px - middle[0]).hypot(chin.y_px - middle[1]);
    (long / apart.max(1e-3)) as f32 * scene.eye_distance_px().max(1e-3)
}
