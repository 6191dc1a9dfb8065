//! What lies round the neck: shirt collars with stand and leaves, bands, hoods, the tie's knot. Geometry only.

use super::{Torso, neck_half_width};
use crate::math::{bell, mix, noise, smooth, v3};
use crate::mesh::{Material, Mesh, sheet};
use crate::sitter::{Garment, Sitter};
use Garment::*;
use std::f32::consts::{PI, TAU};

/// Room that a collar leaves the throat in front.
const THROAT: f32 = 0.07;

/// The cut of a shirt's collar.
struct Cut {
    /// Radius of the fold, as a factor on the neck's.
    tightness: f32,
    /// How far the leaves stand apart at the button.
    gap: f32,
    /// Where the leaf's point lies.
    point: (f32, f32),
    /// 0 starched … 1 knitted.
    soft: f32,
}

fn cut(s: &Sitter) -> Option<Cut> {
    // Collars of one kind differ too.
    let whim = (s.seed % 17) as f32 / 16.0 - 0.5;
    let cut = |tightness, gap, x: f32, y: f32, soft| {
        Some(Cut {
            tightness,
            gap,
            point: (x + 0.14 * whim, y - 0.08 * whim.abs()),
            soft,
        })
    };
    match s.clothes.garment {
        Shirt => cut(1.05, 0.025, 0.37, 2.95, 0.15),
        SuitAndTie => cut(1.04, 0.030, 0.40, 2.93, 0.0),
        SweaterOverShirt => cut(1.05, 0.040, 0.35, 2.90, 0.15),
        OpenShirt | SuitOpenShirt => cut(1.07, 0.20, 0.54, 2.98, 0.3),
        Polo => cut(1.07, 0.15, 0.44, 2.86, 1.0),
        _ => None,
    }
}

/// Where a leaf's free edge meets the shoulder, as an angle round the neck and a height.
const SIDE: (f32, f32) = (1.22, 2.56);

/// How far below a leaf's lower edge a place of the chest lies; negative under the leaf or where there is none.
pub fn below_leaf(s: &Sitter, neck: f32, x: f32, y: f32) -> f32 {
    let Some(c) = cut(s) else { return -1.0 };
    let (px, py) = c.point;
    let sx = (neck * c.tightness + 0.20) * SIDE.0.sin();
    let t = (x.abs() - px) / (sx - px);
    if (-0.35..1.1).contains(&t) {
        y - mix(py, SIDE.1, t.max(0.0)) + 0.8 * (px - x.abs()).max(0.0)
    } else {
        -1.0
    }
}

/// Whether a place of the front lies within the collar, above its fold: there the trunk is cut away.
pub fn within(s: &Sitter, x: f32, y: f32) -> bool {
    cut(s).is_some_and(|c| {
        let sine = x.abs() / (neck_half_width(s) * c.tightness + 0.06);
        sine < 1.0 && y < fold_y(sine.asin()) + 0.10
    })
}

pub fn collar(s: &Sitter, neck: f32, torso: &Torso) -> Vec<Mesh> {
    let lumps = (s.seed % 89) as f32;
    let mut out = vec![];
    if let Some(c) = cut(s) {
        out.push(stand(&c, neck, torso));
        out.extend([-1.0, 1.0].map(|side| leaf(&c, side, neck, lumps, torso)));
    }
    match s.clothes.garment {
        StandCollar => out.push(band(neck * 1.06, (2.16, 2.44), 0.34, 0.03, lumps, torso)),
        Hoodie => out.push(band(neck * 1.16, (2.02, 2.50), 0.42, 0.26, lumps, torso)),
        _ => {}
    }
    if s.clothes.garment == SuitAndTie {
        out.push(sheet(14, 10, false, Material::Tie, |i, j| {
            let (u, v) = (i as f32 / 13.0 * 2.0 - 1.0, j as f32 / 9.0);
            let half = mix(0.20, 0.115, v) * (1.0 + 0.06 * noise(v3(v * 3.0, 1.0, lumps)));
            let y = 2.49 + 0.30 * v;
            let z = torso.front(0.0, y).unwrap_or(0.3) - 0.10 - 0.09 * (1.0 - u * u) * (0.7 + 0.3 * (v * 3.0).sin());
            (v3(u * half, y, z + 0.06 * u * u), [u, v])
        }));
    }
    out
}

/// The fold at an angle round the neck, 0 in front: high behind, low at the button.
fn fold_y(a: f32) -> f32 {
    mix(2.47, 2.06, smooth(-0.6, 2.1, a) * 1.16 - 0.16)
}

/// A leaf falls from the fold to a straight free edge that ends in its point.
fn leaf(c: &Cut, side: f32, neck: f32, lumps: f32, torso: &Torso) -> Mesh {
    let (fold, free) = (neck * c.tightness + 0.060, neck * c.tightness + 0.20);
    sheet(40, 12, false, Material::Collar, |i, j| {
        let (t, v) = (i as f32 / 39.0, j as f32 / 11.0);
        let a = 2.75 * t * mix(0.55, 1.0, t);
        let in_front = (1.0 - a / SIDE.0).max(0.0);
        let opening = c.gap * in_front * in_front;
        let (xf, yf) = (fold * a.sin() + opening, fold_y(a) + 0.05 * opening);
        let (xe, ye) = if a < SIDE.0 {
            let sx = free * SIDE.0.sin();
            // A knitted leaf's edge sags, its point is blunt.
            let sag = c.soft * (0.05 * (PI * in_front).sin() - 0.05 * bell(in_front - 1.0, 0.12));
            (mix(sx, c.point.0, in_front), mix(SIDE.1, c.point.1, in_front) + sag)
        } else {
            (free * a.sin(), SIDE.1 - 0.20 * smooth(SIDE.0, 2.6, a))
        };
        let (x, y) = (mix(xf, xe, v), mix(yf, ye, v));
        let r = mix(fold, free, v);
        // Rolls over the fold, then lies on the shirt.
        let z = 1.13 - (0.95 * r + 0.02) * a.cos() - THROAT * a.cos().max(0.0) - 0.045 * (PI * v.powf(0.7)).sin();
        let chest = torso.front(x, y).map_or(z, |f| z.min(f - 0.034 - 0.02 * v));
        let crumple = (0.004 + 0.006 * c.soft) * noise(v3(side * x * 2.5, y * 2.5, lumps)) * v;
        (v3(side * x, y, mix(z, chest, smooth(1.75, 1.2, a)) + crumple), [t, v])
    })
    .facing_out(|p| v3(0.0, p.y - 0.1, 1.13))
}

/// The band that the leaves fall from, seen between them.
fn stand(c: &Cut, neck: f32, torso: &Torso) -> Mesh {
    sheet(65, 5, false, Material::Collar, |i, j| {
        let v = j as f32 / 4.0;
        let r = neck * c.tightness + 0.048;
        // Unbuttoned, it stands open in front.
        let open = if c.gap > 0.1 { 0.50 + 0.12 * v } else { 0.0 };
        let a = mix(open, TAU - open, i as f32 / 64.0);
        let a = if a > PI { a - TAU } else { a };
        let in_front = (1.0 - a.abs() / SIDE.0).max(0.0);
        let opening = c.gap * in_front * in_front;
        let (x, y) = (r * a.sin() + a.signum() * opening, fold_y(a.abs()) + 0.012 + 0.24 * v);
        let z = 1.13 - 0.95 * r * a.cos() - THROAT * a.cos().max(0.0);
        let chest = torso.front(x, y).map_or(z, |f| z.min(f - 0.055));
        (
            v3(x, y, mix(z, chest, smooth(1.75, 1.2, a.abs()))),
            [0.5, 0.3 + 0.4 * v],
        )
    })
    .facing_out(|p| v3(0.0, p.y, 1.13))
}

/// A standing or lying band round the neck.
fn band(radius: f32, (back_y, front_y): (f32, f32), height: f32, lean: f32, lumps: f32, torso: &Torso) -> Mesh {
    sheet(72, 10, true, Material::Collar, |i, j| {
        let v = j as f32 / 9.0;
        let (s, c) = (i as f32 / 72.0 * TAU).sin_cos();
        let top = mix(back_y, front_y, smooth(-0.6, 1.0, c));
        let r = radius + lean * v + 0.05 * (v * PI).sin();
        let crumple = 0.03 * noise(v3(s * 2.0, v * 2.0, lumps + c));
        let (x, y) = (r * s, top + height * v);
        let z = 1.12 - (r * 1.02 + crumple) * c - 0.10 * v * smooth(0.0, 1.0, c);
        let on_chest = torso.front(x, y).map_or(z, |f| z.min(f - 0.02 - 0.07 * (1.0 - v)));
        (v3(x, y, mix(z, on_chest, smooth(0.0, 0.3, c))), [i as f32 / 72.0, v])
    })
}
