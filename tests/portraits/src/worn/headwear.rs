//! Caps, beanies, headscarves, graduation caps: shells over the head, with what stands off them. Geometry only.

use super::shell;
use crate::body::Torso;
use crate::hair;
use crate::math::{V3, bell, curve, mix, noise, smooth, v3};
use crate::mesh::{Material, Mesh, Stuff, sheet, wire};
use crate::sitter::{Headwear, HeadwearKind, Sitter};
use HeadwearKind::*;
use std::f32::consts::TAU;

/// How far inside the edge a place of the neutral head lies; negative outside.
pub fn inside(kind: HeadwearKind, c: V3) -> f32 {
    let rim = |front: f32, side: f32, back: f32| {
        mix(mix(front, side, smooth(0.1, 0.9, c.z)), back, smooth(1.0, 1.9, c.z)) - c.y
    };
    match kind {
        Cap => rim(-0.84, -0.42, -0.10),
        Beanie => rim(-0.74, -0.02, 0.30),
        GraduationCap => rim(-1.00, -0.55, -0.10),
        Headscarf => {
            let oval = ((c.x / 0.94).powi(2) + ((c.y - 0.40) / 1.38).powi(2)).sqrt() - 1.0;
            oval.max(c.z - 0.72)
        }
    }
}

fn thickness(kind: HeadwearKind, c: V3, s: &Sitter) -> f32 {
    let depth = inside(kind, c);
    let up = smooth(-0.9, -1.7, c.y);
    let own = match kind {
        Cap => 0.07 + 0.15 * up,
        // The turned-up edge is double.
        Beanie => 0.09 + 0.06 * smooth(0.34, 0.28, depth) + 0.20 * up,
        GraduationCap => 0.06 + 0.03 * up,
        Headscarf => 0.11 + 0.02 * noise(c * 3.0),
    };
    own.max(1.15 * hair::thickness(c, s) + 0.06)
}

pub fn meshes(h: &Headwear, skin: &Mesh, s: &Sitter, torso: &Torso) -> Vec<Mesh> {
    let stuff = match h.kind {
        Beanie => Stuff::Knit,
        _ => Stuff::Cloth,
    };
    let material = Material::Worn(stuff, h.colour);
    let crown = shell(
        skin,
        material,
        |c| inside(h.kind, c),
        |p, c, n| {
            let outward = v3(c.x * 0.9, c.y + 0.2, (c.z - 1.15) * 0.8).unit();
            p + (n + outward * 0.8).unit() * thickness(h.kind, c, s)
        },
    );
    let mut out = vec![crown];
    match h.kind {
        Cap => out.push(peak(material)),
        Beanie => {}
        Headscarf => out.push(drape(material, torso)),
        GraduationCap => out.extend(board(material)),
    }
    out
}

fn peak(material: Material) -> Mesh {
    sheet(33, 10, false, material, |i, j| {
        let (u, v) = (i as f32 / 16.0 - 1.0, j as f32 / 9.0);
        let (sine, cosine) = (u * 1.02).sin_cos();
        let rim = v3(1.06 * sine, -0.86 + 0.10 * sine * sine, 0.68 - 1.00 * cosine);
        let reach = 0.62 * (1.0 - u.powi(4)).max(0.0).sqrt();
        let out = v3(0.10 * sine, 0.26 + 0.30 * sine * sine, -0.95 * cosine);
        (rim + out * (v * reach), [0.0, 0.0])
    })
}

/// From under the chin over the shoulders.
fn drape(material: Material, torso: &Torso) -> Mesh {
    sheet(72, 30, true, material, |i, j| {
        let t = j as f32 / 29.0;
        let (s, c) = (i as f32 / 72.0 * TAU).sin_cos();
        let y = 1.25 + 1.75 * t + 0.10 * c * t;
        let wide = 1.02 + 0.10 * t + 1.15 * smooth(0.5, 1.0, t);
        let deep = 0.78 + 0.30 * t;
        let folds = 0.035 * noise(v3(s * 4.0, c * 4.0, t * 2.0)) + 0.03 * bell((t * 5.0 + s).fract() - 0.5, 0.2);
        let x = s * (wide + folds);
        let front = mix(1.12, 0.95, t) - c * (deep + folds);
        let chest = torso.front(x, y).unwrap_or(f32::MAX);
        let z = if c > 0.0 { front.min(chest - 0.13) } else { front };
        // Under the jaw it lies in front of the throat and behind the chin.
        (v3(x, y, z + 0.10 * smooth(0.25, 0.0, t) * c.max(0.0)), [0.0, 0.0])
    })
}

/// The square board, its button and the tassel at one side.
fn board(material: Material) -> Vec<Mesh> {
    let at = |u: f32, v: f32| {
        // Seen from a little below, corner to the front.
        let (x, z) = ((u - v) * 0.80, (u + v) * 0.80);
        v3(x, -1.98 + 0.10 * z, 1.0 + z)
    };
    let plate = sheet(13, 13, false, material, |i, j| {
        (at(i as f32 / 6.0 - 1.0, j as f32 / 6.0 - 1.0), [0.0, 0.0])
    });
    let edge = wire(&[at(1.0, -1.0), at(-1.0, -1.0), at(-1.0, 1.0)], 0.035, false, material);
    let corner = at(-0.15, -0.95) + v3(0.0, -0.02, -0.03);
    let hang = [
        at(0.0, 0.0),
        corner,
        corner + v3(-0.03, 0.35, -0.06),
        corner + v3(-0.04, 0.85, -0.02),
    ];
    let tassel = wire(
        &curve(&hang, 24),
        0.035,
        false,
        Material::Worn(Stuff::Cloth, [204, 164, 60]),
    );
    vec![plate, edge, tassel]
}
