//! Where hair grows and how it lies: the hairline, the volume under the strands, and the locks with their strands.
//! Geometry in the head's own frame; `flow` knows the styles.

pub mod flow;
pub mod skull;

use crate::body::Torso;
use crate::math::{Rng, V3, bell, mix, noise, smooth, v3};
use crate::mesh::{Material, Mesh};
use crate::sitter::{HairStyle, Sex, Sitter};
use flow::Flow;
use skull::Skull;

/// A lock: strands that leave together and run together towards its tip.
pub struct Lock {
    pub path: Vec<V3>,
    /// Outward at each point of the path.
    pub outward: Vec<V3>,
    /// Half the width at the root.
    pub half: f32,
    /// 0 next to the skin … 1 on top.
    pub layer: f32,
    pub strands: usize,
    pub tone: f32,
    /// 1: strands meet at the tip, 0: they stay apart.
    pub gather: f32,
    pub frizz: f32,
    pub seed: u64,
    /// Locks that fall below the head follow its turning only in part.
    pub hangs: bool,
}

/// How deep inside the hairline a place of the neutral head lies; negative outside.
pub fn scalp_depth(c: V3, s: &Sitter) -> f32 {
    let (ax, male) = (c.x.abs(), s.sex == Sex::Male);
    let seed = (s.seed % 1009) as f32;
    let recess = if male { 0.10 + 0.10 * s.skin.lines } else { 0.04 };
    let mut front = -1.17 - 0.07 * s.face.hairline + 0.34 * (ax / 0.8).powi(2) - recess * bell(ax - 0.50, 0.22);
    if s.hair.style == HairStyle::Bald {
        front = -2.4;
    }
    let burn = if male { 0.20 } else { 0.02 };
    let side = mix(burn, 1.05, smooth(1.02, 1.55, c.z));
    let limit = mix(front, side, smooth(0.36, 0.80, c.z));
    let uneven = 0.032 * noise(v3(c.x * 6.0, c.z * 6.0, seed)) + 0.020 * noise(v3(c.x * 17.0, c.z * 17.0, seed + 3.0));
    let d = limit + uneven - c.y;
    if s.hair.style == HairStyle::Bald {
        d.min(0.35 - smooth(0.1, -0.9, c.y))
    } else {
        d
    }
}

/// Thickness of the hair over the skull.
pub fn thickness(c: V3, s: &Sitter) -> f32 {
    use HairStyle::*;
    let (top, side) = match s.hair.style {
        Bald => (0.0, 0.02),
        Buzz => (0.045, 0.025),
        SidePart => (0.20, 0.034),
        SweptUp => (0.23, 0.032),
        Textured => (0.20, 0.034),
        Forward => (0.19, 0.038),
        Tied | TiedParted => (0.105, 0.065),
        Bob | BobFringe => (0.17, 0.135),
        LongBehind | LongFront | LongFringe => (0.16, 0.10),
        Curls if s.sex == Sex::Female => (0.42, 0.40),
        Curls => (0.20, 0.08),
    };
    let up = smooth(-0.25, -1.25, c.y);
    let mut t = mix(side, top, up) * s.hair.volume;
    if let Some(x) = flow::part_line(s) {
        t -= 0.045 * bell(c.x - x, 0.055) * up * smooth(1.4, 0.9, c.z);
    }
    let lumps = noise(v3(c.x * 2.4, c.y * 2.0, c.z * 2.4 + (s.seed % 31) as f32));
    (t * (1.0 + 0.14 * lumps)).max(0.0) * smooth(0.0, 0.22, scalp_depth(c, s))
}

/// Thinner hair has no body, only strands over tinted skin.
const LEAST: f32 = 0.026;

/// The body's edge is ragged, as if of strands.
pub fn body_is_there(m: &Mesh, triangle: u32, w: [f32; 2]) -> bool {
    let t = m.triangles[triangle as usize].map(|i| i as usize);
    let thick = m.marks[t[0]][0] * w[0] + m.marks[t[1]][0] * w[1] + m.marks[t[2]][0] * (1.0 - w[0] - w[1]);
    if thick > 2.0 * LEAST {
        return true;
    }
    let c = m.rest_at(triangle, w);
    thick > LEAST * (1.0 + 0.8 * noise(v3(c.x * 30.0, c.y * 12.0, c.z * 20.0)))
}

/// The dark body under the strands.
pub fn body(skin: &Mesh, s: &Sitter) -> Option<Mesh> {
    let thick: Vec<f32> = skin.rest.iter().map(|c| thickness(*c, s) * 0.80).collect();
    let mut m = Mesh::new(Material::Hair);
    m.triangles = skin
        .triangles
        .iter()
        .filter(|t| t.iter().any(|i| thick[*i as usize] > LEAST))
        .copied()
        .collect();
    if m.triangles.is_empty() {
        return None;
    }
    m.points = (0..skin.points.len())
        .map(|i| {
            let c = skin.rest[i];
            let outward = v3(c.x * 0.9, c.y + 0.2, (c.z - 1.15) * 0.8).unit();
            let n = (skin.normals[i] + outward * 0.5).unit();
            skin.points[i] + n * if thick[i] > 0.004 { thick[i] } else { -0.03 }
        })
        .collect();
    m.rest = skin.rest.clone();
    m.marks = thick.iter().map(|t| [*t, 0.0]).collect();
    m.find_normals();
    Some(m)
}

pub fn locks(skin: &Mesh, s: &Sitter, torso: &Torso) -> Vec<Lock> {
    let mut r = Rng::new(s.seed, 11);
    let skull = Skull::of(&skin.points);
    let flow = Flow::of(s, &skull, torso);
    // Roots lie evenly over the scalp.
    let mut areas = vec![];
    let mut sum = 0.0;
    for (k, t) in skin.triangles.iter().enumerate() {
        let [a, b, c] = t.map(|i| skin.points[i as usize]);
        let middle = t.iter().fold(V3::default(), |m, i| m + skin.rest[*i as usize]) * (1.0 / 3.0);
        if scalp_depth(middle, s) < -0.01 || !flow.seen(middle) {
            continue;
        }
        sum += (b - a).cross(c - a).length() * flow.density(middle);
        areas.push((sum, k));
    }
    if areas.is_empty() {
        return vec![];
    }
    let mut out = vec![];
    for _ in 0..flow.count() {
        let at = r.unit() * sum;
        let (_, k) = areas[areas.partition_point(|a| a.0 < at).min(areas.len() - 1)];
        let t = skin.triangles[k];
        let (mut u, mut v) = (r.unit(), r.unit());
        if u + v > 1.0 {
            (u, v) = (1.0 - u, 1.0 - v);
        }
        let on = |of: &[V3]| {
            let [a, b, c] = t.map(|i| of[i as usize]);
            a * (1.0 - u - v) + b * u + c * v
        };
        let (root, rest) = (on(&skin.points), on(&skin.rest));
        if scalp_depth(rest, s) < r.unit() * 0.02 {
            continue;
        }
        out.push(flow.lock(root, rest, &mut r));
    }
    out.extend(flow.tail(&mut r));
    // Far locks first, inner ones before outer ones.
    out.sort_by(|a, b| {
        let depth = |l: &Lock| -l.path[l.path.len() / 2].z + 0.6 * l.layer;
        depth(a).total_cmp(&depth(b))
    });
    out
}

/// A few broad ribbons that stand for hanging hair where shadows are cast.
pub fn shadow_ribbons(locks: &[Lock]) -> Option<Mesh> {
    let mut m = Mesh::new(Material::Hair);
    for lock in locks.iter().filter(|l| l.hangs).step_by(5) {
        let first = m.points.len() as u32;
        let (mut rows, step) = (0, 3);
        for i in (0..lock.path.len()).step_by(step).filter(|i| lock.path[*i].y < 2.3) {
            let along = lock.path[(i + 1).min(lock.path.len() - 1)] - lock.path[i.saturating_sub(1)];
            let across = along.cross(lock.outward[i]).unit() * 0.12;
            m.points.extend([lock.path[i] - across, lock.path[i] + across]);
            rows += 1;
        }
        for k in 1..rows {
            let a = first + 2 * (k - 1);
            m.triangles.extend([[a, a + 1, a + 2], [a + 1, a + 3, a + 2]]);
        }
    }
    (!m.triangles.is_empty()).then_some(m)
}
