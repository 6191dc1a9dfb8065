//! Which pixels of a view are the person: the mask's, and the hair that the mask overlooks.
//! Must not live here: what the rest is.

use std::collections::VecDeque;

use super::border::Plane;
use super::{BACKGROUND, Sight, evenness};
use crate::colour::{Lab, distance};
use crate::face::Mask;

/// From this probability a pixel is surely somebody.
const SURE: f32 = 0.5;
/// The mask's edge may lie this share of the view's width off: as far anything that is not background is the person …
const EDGE_REACH: f64 = 0.04;
/// … and hair, known by its colour, goes on this much farther.
const HAIR_REACH: f64 = 0.12;
/// CIELAB distance from the blends of hair and background within which a colour is such a blend.
const BLEND: f32 = 14.0;
/// A sitter's hair reaches this far to either side, in distances from the eyes to the chin: studio sitters up to 0.8.
const FAR: f64 = 1.05;
/// As far below the eyes, in the same measure, shoulders don't rise.
const FAR_ROWS: f64 = 0.4;
/// CIELAB distance from the background that noise and JPEG don't reach.
const OTHER: f32 = 6.0;

pub struct Person {
    /// The sitter with hair, and all that lies outside the mask's square.
    pub with_hair: Vec<bool>,
    /// The same with hair so thin that it might be a shadow.
    pub with_loose: Vec<bool>,
    /// What the mask takes for a person and is not this sitter: apart from it, or too far to the side.
    pub others: Vec<bool>,
}

/// `start`: between the sitter's eyes, in cells of the view.
pub fn find(sight: &Sight, mask: &Mask, start: [f64; 2]) -> Person {
    let (width, rows) = (sight.width, sight.rows);
    let chance: Vec<Option<f32>> = (0..width * rows)
        .map(|index| {
            let (x, y) = ((index % width) as f64 + 0.5, (index / width) as f64 + 0.5);
            mask.person_at([
                (sight.crop.x_px + x * sight.step[0]) as f32,
                (sight.crop.y_px + y * sight.step[1]) as f32,
            ])
        })
        .collect();
    let mut person: Vec<bool> = chance.iter().map(|p| p.is_none_or(|p| p >= BACKGROUND)).collect();
    let sure: Vec<bool> = chance.iter().map(|p| p.is_some_and(|p| p >= SURE)).collect();
    let sitter = flood(&[nearest(&sure, width, start)], width, |index| sure[index], sure.len());
    let hair = hair_colour(&sitter, sight);
    let ground = {
        let open: Vec<bool> = person.iter().map(|p| !p).collect();
        evenness::ground(sight, &open).map(|(ground, _)| ground)
    };
    let down = rows as f64 - start[1];
    let is_other = |index: usize| {
        let (x, y) = ((index % width) as f64, (index / width) as f64);
        let far = y < start[1] + FAR_ROWS * down && (x - start[0]).abs() > FAR * down;
        // Hair may stand off wide, and the mask's square ends somewhere in it.
        let is_hair = || {
            hair.zip(ground.as_ref())
                .is_none_or(|(hair, ground)| is_blend(sight.colours[index], ground.at(sight.at(index)), hair))
        };
        sure[index] && (far || !sitter[index]) && !is_hair()
    };
    let others: Vec<bool> = (0..sure.len()).map(is_other).collect();
    let loose = match hair.zip(ground.as_ref()) {
        Some((hair, ground)) => add_hair(&mut person, sight, ground, hair),
        None => person.clone(),
    };
    Person {
        with_hair: person,
        with_loose: loose,
        others,
    }
}

/// Before a plain background, what is not background and hangs together with the person is the person too: close to the
/// mask's edge all of it, farther off what is a blend of hair and background. Answers the person with loose hair as well.
fn add_hair(person: &mut [bool], sight: &Sight, ground: &Plane, hair: Lab) -> Vec<bool> {
    let (width, size) = (sight.width, person.len());
    let reach = |share: f64| (share * width as f64) as usize;
    let at_edge = grow(person, width, reach(EDGE_REACH));
    let near = grow(person, width, reach(HAIR_REACH));
    let plain = |index: usize| ground.at(sight.at(index));
    let is_loose = |index: usize| {
        let colour = sight.colours[index];
        near[index]
            && distance(colour, plain(index)) > OTHER
            && (at_edge[index] || is_blend(colour, plain(index), hair))
    };
    // Hair that lets much of the light through looks like a shadow: it counts as the person only where things are sought.
    let is_hair = |index: usize| is_loose(index) && !evenness::is_shadow(sight.colours[index], plain(index));
    let edge: Vec<usize> = (0..size).filter(|index| person[*index]).collect();
    let loose = flood(&edge, width, |index| !person[index] && is_loose(index), size);
    let grown = flood(&edge, width, |index| !person[index] && is_hair(index), size);
    person.copy_from_slice(&grown);
    grow(&loose, width, 1)
}

/// Median colour of the rim of the sitter, which above the chin is mostly hair.
fn hair_colour(sitter: &[bool], sight: &Sight) -> Option<Lab> {
    let outside: Vec<bool> = sitter.iter().map(|s| !s).collect();
    let rim = grow(&outside, sight.width, (EDGE_REACH * sight.width as f64) as usize);
    let mut channels: [Vec<f32>; 3] = Default::default();
    for index in (0..sitter.len()).filter(|index| sitter[*index] && rim[*index]) {
        for (channel, value) in channels.iter_mut().zip(sight.colours[index]) {
            channel.push(value);
        }
    }
    if channels[0].is_empty() {
        return None;
    }
    Some(channels.map(|mut values| {
        let middle = values.len() / 2;
        *values.select_nth_unstable_by(middle, f32::total_cmp).1
    }))
}

/// Whether the colour lies near the line between the two.
fn is_blend(colour: Lab, plain: Lab, hair: Lab) -> bool {
    let along: Lab = std::array::from_fn(|k| hair[k] - plain[k]);
    let from: Lab = std::array::from_fn(|k| colour[k] - plain[k]);
    let length = along.iter().map(|v| v * v).sum::<f32>().max(1.0);
    let share = (0..3).map(|k| along[k] * from[k]).sum::<f32>() / length;
    // Strands shine and lie in their own shadow: darker than the rim's median is hair as well.
    let on_line: Lab = std::array::from_fn(|k| plain[k] + along[k] * share.clamp(0.0, 1.3));
    distance(colour, on_line) < BLEND
}

fn nearest(cells: &[bool], width: usize, [x, y]: [f64; 2]) -> usize {
    let off = |index: usize| ((index % width) as f64 - x).hypot((index / width) as f64 - y);
    (0..cells.len())
        .filter(|index| cells[*index])
        .min_by(|a, b| off(*a).total_cmp(&off(*b)))
        .unwrap_or(0)
}

/// All places that hang together with `from` through places that `joins`, itself included.
pub fn flood(from: &[usize], width: usize, joins: impl Fn(usize) -> bool, size: usize) -> Vec<bool> {
    let mut reached = vec![false; size];
    let mut open: VecDeque<usize> = from.iter().copied().filter(|index| *index < size).collect();
    for index in &open {
        reached[*index] = true;
    }
    while let Some(index) = open.pop_front() {
        let x = index % width;
        let neighbours = [
            (x > 0).then(|| index - 1),
            (x + 1 < width).then_some(index + 1),
            index.checked_sub(width),
            Some(index + width),
        ];
        for next in neighbours.into_iter().flatten().filter(|next| *next < size) {
            if !reached[next] && joins(next) {
                reached[next] = true;
                open.push_back(next);
            }
        }
    }
    reached
}

/// Every place within `radius` (a square) of a true one.
pub fn grow(cells: &[bool], width: usize, radius: usize) -> Vec<bool> {
    // How many more places the last true one reaches.
    let reach = u16::try_from(radius + 1).unwrap_or(u16::MAX);
    let spread = |left: &mut u16, here: &mut bool| {
        *left = if *here { reach } else { left.saturating_sub(1) };
        *here = *left > 0;
    };
    let sweep_rows = |from: &[bool]| -> [Vec<bool>; 2] {
        let (mut there, mut back) = (from.to_vec(), from.to_vec());
        for (there, back) in there.chunks_exact_mut(width).zip(back.chunks_exact_mut(width)) {
            let (mut left, mut right) = (0, 0);
            there.iter_mut().for_each(|here| spread(&mut left, here));
            back.iter_mut().rev().for_each(|here| spread(&mut right, here));
        }
        [there, back]
    };
    let sweep_columns = |from: &[bool]| -> [Vec<bool>; 2] {
        let (mut there, mut back) = (from.to_vec(), from.to_vec());
        let (mut above, mut below) = (vec![0u16; width], vec![0u16; width]);
        for row in there.chunks_exact_mut(width) {
            row.iter_mut()
                .zip(&mut above)
                .for_each(|(here, left)| spread(left, here));
        }
        for row in back.chunks_exact_mut(width).rev() {
            row.iter_mut()
                .zip(&mut below)
                .for_each(|(here, left)| spread(left, here));
        }
        [there, back]
    };
    let either = |[a, b]: [Vec<bool>; 2]| -> Vec<bool> { a.iter().zip(&b).map(|(a, b)| a | b).collect() };
    let across = either(sweep_rows(cells));
    either(sweep_columns(&across))
}
