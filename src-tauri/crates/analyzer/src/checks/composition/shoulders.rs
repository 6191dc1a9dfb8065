//! Whether both shoulders are in the photo, and level: this project's own measures, from the edge of the silhouette.

use super::{not_asked, shown};
use crate::checks::{at_least, bare, by_band, by_limit, either_way, number};
use crate::report::{Check, Group, Point, Status, Unit};
use crate::scene::Scene;

/// Columns that are looked at on each side of the neck: from here, so far apart, so many; in eye distances. Nearer lies
/// the neck, and beyond, an arm.
const FIRST: f32 = 0.9;
const STEP: f32 = 0.05;
const COLUMNS: usize = 44;
/// What rises above the chin by more than this is hair or a hood and no shoulder; in eye distances.
const ABOVE_CHIN: f32 = 0.1;
/// A column whose edge lies this far from its neighbour's, in eye distances, belongs to something else.
const LEAP: f32 = 0.12;
/// From here the slope of the shoulders is alike on both sides whatever the collar; in eye distances.
const LEVEL_FROM: f32 = 1.2;
/// As many columns on both sides make a measurement of the tilt.
const ENOUGH: usize = 3;
/// The middle of the neck lies so far below and behind the eyes; in eye distances. The face turns about it.
const NECK_BELOW: f32 = 0.9;
const NECK_BEHIND: f32 = 1.3;
/// Trust in the mask's edge.
const MASK: f64 = 0.8;

pub fn checks(scene: &Scene) -> Vec<Check> {
    let shoulders = Shoulders::of(scene);
    vec![in_frame(scene, &shoulders), level(scene, &shoulders)]
}

/// The upper edge of the trunk at the left and at the right, in pixels of the view, from the neck outwards; nothing
/// where hair hides it, and beyond its end.
struct Shoulders {
    /// Across, where the neck is.
    middle: f32,
    eye_distance: f32,
    edges: [[Option<f32>; COLUMNS]; 2],
}

const SIDES: [f32; 2] = [-1.0, 1.0];

impl Shoulders {
    fn of(scene: &Scene) -> Self {
        let eye_distance = scene.eye_distance_px().max(1.0);
        let geometry = &scene.measured.geometry;
        let (yaw, roll) = (geometry.yaw_deg as f32, geometry.roll_deg as f32);
        let aside = NECK_BELOW * roll.to_radians().sin() + NECK_BEHIND * yaw.to_radians().sin();
        let middle = scene.beside_eyes(0.0, 0.0)[0] - aside * eye_distance;
        let highest = scene.view.of_photo(geometry.chin_px)[1] - ABOVE_CHIN * eye_distance;
        let edges = SIDES.map(|side| {
            let mut edge: [Option<f32>; COLUMNS] = [None; COLUMNS];
            for (column, place) in edge.iter_mut().enumerate() {
                *place = upper_edge(scene, middle + side * reach(column) * eye_distance, highest);
            }
            keep_longest_run(&mut edge, LEAP * eye_distance);
            edge
        });
        Self {
            middle,
            eye_distance,
            edges,
        }
    }

    fn at(&self, side: usize, column: usize) -> Option<[f32; 2]> {
        let y = self.edges[side][column]?;
        Some([self.middle + SIDES[side] * reach(column) * self.eye_distance, y])
    }

    /// How far the shoulder is seen on the side where it is seen less, in eye distances from the neck's middle.
    fn reach(&self) -> f32 {
        let furthest = |edge: &[Option<f32>; COLUMNS]| edge.iter().rposition(Option::is_some).map_or(0.0, reach);
        furthest(&self.edges[0]).min(furthest(&self.edges[1]))
    }

    /// Middle value of the tilts of all lines between columns at equal distance, and its column; positive: the right
    /// one is lower.
    fn tilt_deg(&self) -> Option<(f32, usize)> {
        let tilt = |column: usize| {
            let ([x0, y0], [x1, y1]) = (self.at(0, column)?, self.at(1, column)?);
            Some(((y1 - y0).atan2(x1 - x0).to_degrees(), column))
        };
        let first = ((LEVEL_FROM - FIRST) / STEP).round() as usize;
        let mut tilts: Vec<(f32, usize)> = (first..COLUMNS).filter_map(tilt).collect();
        if tilts.len() < ENOUGH {
            return None;
        }
        tilts.sort_by(|a, b| a.0.total_cmp(&b.0));
        Some(tilts[tilts.len() / 2])
    }

    /// The outermost places seen of the shoulders, or where they would be.
    fn ends(&self, scene: &Scene) -> (Point, Point) {
        let lowest = scene.view.picture.height as f32 - 1.0;
        let [left, right] = [0, 1].map(|side| {
            let last = self.edges[side].iter().rposition(Option::is_some);
            let beside_neck = [self.middle + SIDES[side] * FIRST * self.eye_distance, lowest];
            let end = last.and_then(|column| self.at(side, column)).unwrap_or(beside_neck);
            scene.view.to_photo(end)
        });
        (left, right)
    }

    fn line(&self, scene: &Scene, column: usize) -> (Point, Point) {
        match (self.at(0, column), self.at(1, column)) {
            (Some(left), Some(right)) => (scene.view.to_photo(left), scene.view.to_photo(right)),
            _ => self.ends(scene),
        }
    }
}

/// Blanks everything but the most columns in which the edge goes on without a leap: the others are hair that falls over
/// the shoulder, or an arm.
fn keep_longest_run(edge: &mut [Option<f32>; COLUMNS], leap: f32) {
    let (mut longest, mut start) = (0..0, 0);
    let mut last: Option<f32> = None;
    for (column, place) in edge.iter().enumerate() {
        match (last, *place) {
            (_, None) => {}
            (Some(last), Some(y)) if (y - last).abs() <= leap => {}
            (_, Some(_)) => start = column,
        }
        if place.is_some() && column + 1 - start > longest.len() {
            longest = start..column + 1;
        }
        last = place.or(last);
    }
    for (column, place) in edge.iter_mut().enumerate() {
        if !longest.contains(&column) {
            *place = None;
        }
    }
}

/// Of a column from the neck's middle, in eye distances.
fn reach(column: usize) -> f32 {
    FIRST + STEP * column as f32
}

/// Where the person begins in a column, walked up from the lowest row of view and mask; nothing where it doesn't begin
/// below `highest`.
fn upper_edge(scene: &Scene, x: f32, highest: f32) -> Option<f32> {
    let (width, height) = (scene.view.picture.width as f32, scene.view.picture.height as f32);
    if !(0.0..width).contains(&x) {
        return None;
    }
    let mut y = height - 0.5;
    // The mask may end above the view.
    while scene.person_at([x, y]).is_none() {
        y -= 1.0;
        if y < highest.max(0.0) {
            return None;
        }
    }
    let is_person = |y: f32| scene.person_at([x, y]).is_some_and(|p| p >= 0.5);
    if !is_person(y) {
        return None;
    }
    while is_person(y - 1.0) {
        y -= 1.0;
        if y < highest {
            return None;
        }
    }
    Some(y)
}

/// How far both shoulders are in the photo: from the middle of the neck to the end of the shoulder's line, on the side
/// where less of it is seen, in distances between the eyes.
fn in_frame(scene: &Scene, shoulders: &Shoulders) -> Check {
    let Some(floor) = scene.profile.composition.shoulders_ratio else {
        return not_asked("shoulders_in_frame");
    };
    let value = f64::from(shoulders.reach());
    let check = Check {
        measured: number(value, Unit::Ratio),
        required: at_least(&floor, Unit::Ratio),
        confidence: MASK,
        ..bare(
            "shoulders_in_frame",
            Group::Composition,
            by_band(value, &floor.band(), MASK),
        )
    };
    shown(check, shoulders.ends(scene), &scene.crop, "too_little_body")
}

/// Tilt of the line between the shoulders; positive: clockwise as seen. Where too little of both is seen nobody knows.
fn level(scene: &Scene, shoulders: &Shoulders) -> Check {
    let Some(limit) = scene.profile.composition.shoulders_deg else {
        return not_asked("shoulders_level");
    };
    let Some((tilt, column)) = shoulders.tilt_deg() else {
        let unknown = Check {
            required: either_way(&limit, Unit::Degrees),
            confidence: 0.0,
            ..bare("shoulders_level", Group::Composition, Status::Unsure)
        };
        return shown(unknown, shoulders.ends(scene), &scene.crop, "shoulders_uneven");
    };
    let tilt = f64::from(tilt);
    let check = Check {
        measured: number(tilt, Unit::Degrees),
        required: either_way(&limit, Unit::Degrees),
        confidence: MASK,
        ..bare("shoulders_level", Group::Composition, by_limit(tilt.abs(), &limit))
    };
    shown(check, shoulders.line(scene, column), &scene.crop, "shoulders_uneven")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hair_over_the_shoulder_and_an_arm_are_left_out() {
        let mut edge = [None; COLUMNS];
        for (column, place) in edge.iter_mut().enumerate() {
            *place = match column {
                0..4 => Some(380.0),
                5 => None,
                4..30 => Some(430.0 + 2.0 * column as f32),
                30..34 => Some(600.0),
                _ => None,
            };
        }
        keep_longest_run(&mut edge, 25.0);
        let kept: Vec<usize> = (0..COLUMNS).filter(|column| edge[*column].is_some()).collect();
        assert_eq!(kept, (4..30).filter(|column| *column != 5).collect::<Vec<_>>());
    }
}
