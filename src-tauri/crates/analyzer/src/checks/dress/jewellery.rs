//! Signs of jewellery: a chain across the neck, the colour of gold at ears and neck, a pair of earrings. The measures are
//! this project's own. A single stud of silver looks like skin's own lights in a photo of this size: without a sign nothing
//! is said, and the insets of ears and neck leave it to the reviewer.

use super::super::tones::{Axes, square, steps};
use super::super::{bare, number, reason, up_to};
use super::earrings;
use crate::colour::Lab;
use crate::profile::Limit;
use crate::report::{Check, Group, Rect, Status, Unit};
use crate::scene::{Scene, region};

pub const CODE: &str = "jewellery";

/// Where a chain lies: half the breadth and the rows below the chin, in eye distances.
const NECK: f32 = 0.4;
const BELOW_CHIN: [f32; 2] = [0.2, 1.3];
const STEP: f32 = 0.02;
/// A chain is no broader than so many steps: that far above and below lies something else.
const BREADTH: usize = 3;
/// A difference (CIELAB, lightness halved) counts no more than this, so that a gap is not made good by a buckle.
const MOST: f32 = 25.0;
/// The mean difference along the line and the one that it falls short of in so small a share of the columns: a chain goes
/// on, a collar's edge differs from what lies above and below it here more and there less.
const SHORT: f32 = 0.15;
/// Their sum, where it is a sign: of 410 rendered sitters without a chain, a third of them with dark skin or a shaved head,
/// two read more (25.7, 27.2) where the line is as light as metal; 47 chains read from 25.5.
const CHAIN: f32 = 25.0;
/// Lightness of metal: it mirrors the lamps.
const SHINES: f32 = 69.0;

/// Gold, in CIELAB: its hues in degrees, and how much more colour than the skin's.
const HUES: [f32; 2] = [62.0, 100.0];
const CHROMA: f32 = 30.0;
const ABOVE_SKIN: f32 = 8.0;
const LIGHTNESS: f32 = 40.0;
/// Squared eye distances of it that are a sign: 90 places without gold show up to 0.0007, earrings of gold from 0.004.
const GOLD: f32 = 0.0025;
/// An earring hangs so far inside and outside the cheek's edge, and between these heights below the eyes.
const AT_EAR: [f32; 2] = [-0.10, 0.35];
const EAR: [f32; 2] = [0.35, 1.05];

/// Weight of the strongest sign: 1 where it may be jewellery.
pub fn check(scene: &Scene, axes: &Axes, skin: Lab, at_chin: f32) -> Check {
    let Some(most) = scene.profile.dress.jewellery_signs else {
        return bare(CODE, Group::Dress, Status::NotApplicable);
    };
    let rows = [at_chin + BELOW_CHIN[0], at_chin + BELOW_CHIN[1]];
    let neck = [[-NECK, NECK], rows];
    let ears = ears(scene, axes);
    let places = [neck, ears[0], ears[1]];
    let mut signs = places.map(|place| gold(axes, skin, place) / GOLD);
    signs[0] = signs[0].max(chain(axes, rows) / CHAIN);
    if let Some(background) = &scene.background {
        let pair = earrings::pair(axes, skin, background.colour, cheeks(scene, axes));
        signs[1] = signs[1].max(pair);
    }
    let strongest = (0..3).fold(0, |best, k| if signs[k] > signs[best] { k } else { best });
    let value = f64::from(signs[strongest]);
    let status = if value > most {
        Status::Unsure
    } else {
        Status::NotApplicable
    };
    let place = rect(scene, axes, places[strongest]);
    Check {
        measured: number(value, Unit::Ratio),
        required: up_to(&Limit { pass: most, fail: most }, Unit::Ratio),
        evidence: if status == Status::Unsure {
            vec![region(place)]
        } else {
            vec![]
        },
        inset: Some(place),
        confidence: 0.4,
        reason: reason(status, "jewellery"),
        ..bare(CODE, Group::Dress, status)
    }
}

/// Across and down, from and to.
type Place = [[f32; 2]; 2];

fn ears(scene: &Scene, axes: &Axes) -> [Place; 2] {
    let [left, right] = cheeks(scene, axes);
    [(left, -1.0), (right, 1.0)].map(|(edge, side)| {
        let mut across = AT_EAR.map(|out| side * (edge + out));
        across.sort_by(f32::total_cmp);
        [across, EAR]
    })
}

/// How far beside the eyes' middle the cheeks end, at the left and at the right.
fn cheeks(scene: &Scene, axes: &Axes) -> [f32; 2] {
    [234, 454].map(|cheek| axes.place(scene.landmark(cheek))[0].abs())
}

/// Squared eye distances that have the colour of gold.
fn gold(axes: &Axes, skin: Lab, [across, down]: Place) -> f32 {
    let chroma_min = CHROMA.max(skin[1].hypot(skin[2]) + ABOVE_SKIN);
    let is_gold = |[lightness, a, b]: &Lab| {
        *lightness > LIGHTNESS && a.hypot(*b) > chroma_min && (HUES[0]..HUES[1]).contains(&b.atan2(*a).to_degrees())
    };
    let places = steps(down, STEP).flat_map(|y| steps(across, STEP).map(move |x| [x, y]));
    let count = places.filter_map(|at| axes.colour(at)).filter(is_gold).count();
    count as f32 * STEP * STEP
}

/// How much the thin line from side to side stands out of what lies above and below it, where it does so most; it rises
/// or falls by one row a step at most. 0 where that line doesn't shine.
fn chain(axes: &Axes, down: [f32; 2]) -> f32 {
    let columns: Vec<Vec<Option<Lab>>> = steps([-NECK, NECK], STEP)
        .map(|across| steps(down, STEP).map(|y| axes.colour([across, y])).collect())
        .collect();
    // Of every column: how much each row differs, and the row of the column before from which the line comes.
    let mut ways: Vec<Vec<(f32, usize)>> = Vec::with_capacity(columns.len());
    let mut sums: Vec<f32> = Vec::new();
    for column in &columns {
        let last = std::mem::take(&mut sums);
        let before = |row: usize| {
            let near = row.saturating_sub(1)..(row + 2).min(last.len());
            near.max_by(|a, b| last[*a].total_cmp(&last[*b])).unwrap_or(row)
        };
        let way: Vec<(f32, usize)> = (0..column.len())
            .map(|row| (differs(column, row), before(row)))
            .collect();
        sums = way
            .iter()
            .map(|(differs, from)| differs + last.get(*from).copied().unwrap_or(0.0))
            .collect();
        ways.push(way);
    }
    let end = (0..sums.len()).max_by(|a, b| sums[*a].total_cmp(&sums[*b]));
    let Some(mut row) = end else { return 0.0 };
    let mean = sums[row] / ways.len() as f32;
    let (mut along, mut light) = (Vec::with_capacity(ways.len()), Vec::with_capacity(ways.len()));
    for (way, column) in ways.iter().zip(&columns).rev() {
        let (differs, from) = way[row];
        along.push(differs);
        light.extend(column[row].map(|colour| colour[0]));
        row = from;
    }
    let middle = light.len() / 2;
    if light.is_empty() || *light.select_nth_unstable_by(middle, f32::total_cmp).1 < SHINES {
        return 0.0;
    }
    let short = (SHORT * along.len() as f32) as usize;
    mean + *along.select_nth_unstable_by(short, f32::total_cmp).1
}

/// From what lies above and below, the lesser.
fn differs(column: &[Option<Lab>], row: usize) -> f32 {
    let at = |row: Option<usize>| row.and_then(|row| *column.get(row)?);
    let [here, above, below] = [Some(row), row.checked_sub(BREADTH), Some(row + BREADTH)].map(at);
    let apart = |other: Option<Lab>| Some(square(here?, other?).sqrt());
    apart(above).zip(apart(below)).map_or(0.0, |(a, b)| a.min(b).min(MOST))
}

fn rect(scene: &Scene, axes: &Axes, [across, down]: Place) -> Rect {
    let corners = [0, 1].map(|k| axes.view([across[k], down[k]]));
    let low = [0, 1].map(|k| corners[0][k].min(corners[1][k]));
    let high = [0, 1].map(|k| corners[0][k].max(corners[1][k]));
    scene.view.rect(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::Picture;

    /// Skin with a line of this colour, so many rows broad, across it.
    fn neck(line: [u8; 3], rows: usize) -> Picture {
        let pixel = |y: usize| {
            if (60..60 + rows).contains(&y) {
                line
            } else {
                [220, 180, 150]
            }
        };
        Picture {
            width: 100,
            height: 150,
            rgb: (0..100 * 150).flat_map(|index| pixel(index / 100)).collect(),
        }
    }

    #[test]
    fn a_thin_line_is_a_chain_and_a_broad_one_a_collar() {
        let signs = |picture: &Picture| chain(&Axes::upright(picture, [50.0, 20.0], 60.0), [0.0, 1.3]);
        assert!(signs(&neck([222, 222, 226], 2)) > CHAIN);
        assert_eq!(signs(&neck([220, 180, 150], 2)), 0.0);
        assert!(signs(&neck([30, 30, 60], 40)) < CHAIN / 2.0);
    }

    #[test]
    fn gold_is_told_from_skin() {
        let picture = neck([226, 178, 84], 6);
        let axes = Axes::upright(&picture, [50.0, 20.0], 60.0);
        let skin = axes.patch([0.0, 0.0]).unwrap();
        assert!(gold(&axes, skin, [[-NECK, NECK], [0.0, 1.3]]) > GOLD);
        assert_eq!(gold(&axes, skin, [[-NECK, NECK], [0.0, 0.6]]), 0.0);
    }
}
