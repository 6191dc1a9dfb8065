//! Eyeballs, ears, neck, torso, glasses: the sheets and wires around the head; `collar` has what lies round the neck.
//! Geometry only.

pub mod collar;

use crate::head::{BREADTH, EYE_RADIUS, IRIS_RADIUS};
use crate::math::{V3, bell, curve, mix, smooth, v3};
use crate::mesh::{Material, Mesh, sheet, wire};
use crate::sitter::{Garment, Glasses, Sex, Sitter};
use std::f32::consts::TAU;

/// `look` is the direction of gaze. Marks are the place on the eyeball's front, in the gaze's own frame.
pub fn eyeball(eye: usize, centre: V3, look: V3) -> Mesh {
    let right = v3(0.0, 1.0, 0.0).cross(-look).unit();
    let down = (-look).cross(right).unit();
    sheet(40, 25, true, Material::Eye(eye), |i, j| {
        let (s, c) = (j as f32 / 24.0 * 1.75).sin_cos();
        let (v, u) = (i as f32 / 40.0 * TAU).sin_cos();
        let bulge = (1.0 - (s * EYE_RADIUS / IRIS_RADIUS).powi(2)).max(0.0) * 0.012;
        let out = right * (s * u) + down * (s * v) + look * c;
        (
            centre + out * EYE_RADIUS + look * bulge,
            [s * u * EYE_RADIUS, s * v * EYE_RADIUS],
        )
    })
}

pub fn ear(side: f32, s: &Sitter) -> Mesh {
    let size = 0.97 * (1.0 + 0.06 * s.face.ear_size);
    let open = 0.40 + 0.10 * s.face.ear_angle;
    let width = 1.0 + BREADTH * s.face.head_width;
    let root = v3(side * 1.035 * width, 0.24, 0.98);
    let across = v3(side * open, 0.05, 0.85).unit();
    let up = v3(-side * 0.06, -1.0, 0.22).unit();
    let n = across.cross(up).unit();
    let out = if n.x * side < 0.0 { -n } else { n };
    sheet(40, 15, true, Material::Ear, |i, j| {
        let (sy, sx) = (i as f32 / 40.0 * TAU).sin_cos();
        let r = j as f32 / 14.0;
        // Wide above, a lobe below.
        let half = 0.27 * mix(0.66, 1.15, smooth(-0.9, 0.6, sy));
        let front = smooth(-0.2, -0.9, sx);
        let helix = bell(r - 0.87, 0.09) * (1.0 - front) * smooth(-0.95, -0.5, sy) * 0.085;
        let antihelix = bell(r - 0.58, 0.11) * 0.055 * smooth(-0.5, 0.3, sx) * smooth(-0.9, -0.2, sy);
        let concha = -0.10 * bell(r - 0.10, 0.33);
        let tragus = 0.05 * bell(r - 0.42, 0.12) * front * bell(sy + 0.1, 0.35);
        let rim = -0.10 * smooth(0.93, 1.0, r);
        let flat = across * (0.18 + half * sx * r) + up * (0.47 * sy * r);
        (
            root + (flat + out * (helix + antihelix + concha + tragus + rim)) * size,
            [0.0, r],
        )
    })
}

pub fn neck_half_width(s: &Sitter) -> f32 {
    (if s.sex == Sex::Female { 0.675 } else { 0.80 }) * (1.0 + 0.05 * s.face.neck_width)
}

/// Runs on under the garment, just inside the trunk, so that bare skin is one surface from jaw to chest.
pub fn neck(half: f32, male: bool, torso: &Torso) -> Mesh {
    sheet(72, 40, true, Material::Neck, |i, j| {
        neck_at(half, male, torso, i as f32 / 72.0 * TAU, j as f32 / 39.0)
    })
}

/// The skin at the angle `a` from the front, `t` of the way from jaw to chest.
pub fn neck_at(half: f32, male: bool, torso: &Torso, a: f32, t: f32) -> (V3, [f32; 2]) {
    let y = 0.7 + t * 2.7;
    let flare = smooth(0.50, 1.0, t);
    let waist = 1.0 + 0.07 * smooth(0.42, 0.18, t);
    let rx = half * (waist + 0.98 * flare * flare);
    let rz = 0.92 * half * (1.0 + 0.30 * flare);
    let join = smooth(2.12, 2.62, y);
    let (rx, rz) = (
        mix(rx, torso.half_width(y) - 0.015, join),
        mix(rz, Torso::half_depth(y) - 0.015, join),
    );
    let middle = mix(1.14 + 0.10 * t - 0.22 * flare, Torso::middle(y), join);
    let (sx, cz) = (a.sin(), -a.cos());
    let (px, pz) = (
        mix(sx, sx.signum() * sx.abs().powf(0.85), join),
        mix(cz, cz.signum() * cz.abs().powf(0.8), join),
    );
    let mut z = middle + rz * pz;
    let front = smooth(0.3, 1.0, -cz);
    // The throat, the two muscles that run to the notch, the notch, the collar bones.
    z -= if male { 0.055 } else { 0.02 } * bell(sx, 0.20) * front * bell(t - 0.56, 0.08);
    z -= 0.055 * front * bell(sx.abs() - mix(0.78, 0.13, smooth(0.3, 0.82, t)), 0.15) * smooth(0.35, 0.7, t);
    z += 0.10 * front * bell(sx, 0.10) * smooth(0.76, 0.84, t) * smooth(0.98, 0.88, t);
    let bone = 0.86 - 0.05 * smooth(0.1, 0.9, sx.abs());
    z -= 0.05 * front * bell(t - bone, 0.022) * smooth(0.08, 0.16, sx.abs());
    z += 0.05 * front * bell(t - bone + 0.05, 0.03) * smooth(0.2, 0.5, sx.abs());
    let drop = torso.slope * 0.12 * smooth(1.0, 3.0, (rx * px).abs()) * (rx * px).abs() * join;
    (v3(rx * px, y + drop, z), [0.0, t])
}

/// The trunk from the collar down.
#[derive(Clone, Copy)]
pub struct Torso {
    neck: f32,
    width: f32,
    slope: f32,
}

impl Torso {
    pub fn of(s: &Sitter) -> Torso {
        let width = if s.sex == Sex::Female { 0.83 } else { 0.97 } + 0.045 * s.face.shoulder_width;
        let slope = (0.35 + 0.3 * s.face.shoulder_slope).clamp(0.0, 1.0);
        let thick = match s.clothes.garment {
            Garment::SuitAndTie | Garment::SuitOpenShirt | Garment::Blazer => 0.10,
            Garment::Hoodie | Garment::SweaterOverShirt => 0.07,
            _ => 0.0,
        };
        Torso {
            neck: neck_half_width(s) + 0.02,
            width: width + thick,
            slope,
        }
    }

    fn half_width(&self, y: f32) -> f32 {
        const OUTLINE: [(f32, f32); 11] = [
            (2.02, 0.66),
            (2.22, 0.88),
            (2.38, 1.10),
            (2.51, 1.50),
            (2.65, 2.02),
            (2.84, 2.52),
            (3.08, 2.90),
            (3.40, 3.13),
            (3.8, 3.30),
            (4.4, 3.36),
            (9.0, 3.30),
        ];
        let k = OUTLINE
            .iter()
            .skip(1)
            .position(|o| o.0 >= y)
            .unwrap_or(OUTLINE.len() - 2);
        let ((y0, a), (y1, b)) = (OUTLINE[k], OUTLINE[k + 1]);
        let full = self.neck + (mix(a, b, ((y - y0) / (y1 - y0)).clamp(0.0, 1.0)) - 0.8) * self.width;
        full * mix(0.60, 1.0, smooth(2.08, 2.50, y))
    }

    fn half_depth(y: f32) -> f32 {
        mix(0.50, 0.94, smooth(2.0, 2.6, y)) + 0.38 * smooth(2.3, 3.6, y)
    }

    fn middle(y: f32) -> f32 {
        1.14 - 0.25 * smooth(2.2, 3.6, y)
    }

    /// Depth of the chest at a place of the picture plane, where the trunk is that wide.
    pub fn front(&self, x: f32, y: f32) -> Option<f32> {
        let y = y - self.slope * 0.12 * smooth(1.0, 3.0, x.abs()) * x.abs();
        let u = x.abs() / self.half_width(y);
        (y > 2.06 && u < 1.0).then(|| {
            let sine = u.powf(1.0 / 0.85);
            Torso::middle(y) - Torso::half_depth(y) * (1.0 - sine * sine).max(0.0).sqrt().powf(0.8)
        })
    }

    pub fn mesh(&self, across: usize, down: usize) -> Mesh {
        sheet(across, down, true, Material::Garment, |i, j| {
            let t = j as f32 / (down - 1) as f32;
            let y = 2.06 + t * t * 5.4 + t * 0.4;
            let wx = self.half_width(y);
            let (s, c) = (i as f32 / across as f32 * TAU).sin_cos();
            let (px, pz) = (s.signum() * s.abs().powf(0.85), -c.signum() * c.abs().powf(0.8));
            let x = wx * px;
            let drop = self.slope * 0.12 * smooth(1.0, 3.0, x.abs()) * x.abs();
            (
                v3(x, y + drop, Torso::middle(y) + Torso::half_depth(y) * pz),
                [0.0, 0.0],
            )
        })
    }
}

pub struct Spectacles {
    pub frame: Vec<Mesh>,
    pub lenses: Mesh,
}

pub fn spectacles(g: &Glasses, eyes: &[V3; 2], face: &[V3]) -> Spectacles {
    let middle = (eyes[0] + eyes[1]) * 0.5;
    // The bridge rests on the nose; the rims clear lashes and cheeks.
    let depth = (face[168].z.min(face[6].z) - 0.07).min(middle.z - EYE_RADIUS - 0.13);
    let rim = |e: usize, from: f32, to: f32, n: usize| -> Vec<V3> {
        let outward = if e == 0 { -1.0 } else { 1.0 };
        (0..n)
            .map(|i| {
                let (s, c) = mix(from, to, i as f32 / n as f32).sin_cos();
                let round = |v: f32| v.signum() * v.abs().powf(2.0 / g.squareness);
                let x = eyes[e].x + outward * 0.015 + g.half_width * round(c);
                let y = eyes[e].y + 0.055 + g.slip + g.half_height * round(s) * (1.0 - 0.08 * s);
                v3(x, y, depth + 0.14 * (x.abs() - 0.1).max(0.0).powi(2))
            })
            .collect()
    };
    let r = g.rim_radius;
    let mut frame = vec![];
    for (e, eye) in eyes.iter().enumerate() {
        let outward = if e == 0 { -1.0 } else { 1.0 };
        let whole = rim(e, 0.0, TAU, 48);
        frame.push(if g.half_rim {
            wire(&rim(e, TAU * 0.49, TAU * 1.01, 26), r * 1.15, false, Material::Frame)
        } else {
            wire(&whole, r, true, Material::Frame)
        });
        let x = eye.x + outward * (g.half_width + 0.015);
        let hinge = v3(x, eye.y - 0.04 + g.slip, depth + 0.14 * (x.abs() - 0.1).powi(2));
        let path = [
            hinge,
            hinge + v3(outward * 0.05, -0.005, 0.06),
            v3(outward * (x.abs() + 0.12).max(1.10), eye.y - 0.03, 0.45),
            v3(outward * 1.15, eye.y + 0.0, 1.05),
        ];
        frame.push(wire(&curve(&path, 20), r * 1.1, false, Material::Frame));
        let pad = v3(outward * 0.17, eye.y + 0.16 + g.slip, depth + 0.05);
        frame.push(wire(
            &[
                pad,
                pad + v3(outward * 0.02, 0.05, 0.02),
                pad + v3(outward * 0.03, 0.1, 0.03),
            ],
            0.018,
            false,
            Material::Frame,
        ));
    }
    let (a, b) = (eyes[0].x + g.half_width - 0.03, eyes[1].x - g.half_width + 0.03);
    let y = middle.y - 0.02 + g.slip;
    let bridge = [
        v3(a, y + 0.01, depth),
        v3(a * 0.5, y - 0.05, depth - 0.03),
        v3(b * 0.5, y - 0.05, depth - 0.03),
        v3(b, y + 0.01, depth),
    ];
    frame.push(wire(&curve(&bridge, 14), r, false, Material::Frame));
    let mut lenses = Mesh::new(Material::Frame);
    for e in 0..2 {
        let ring = rim(e, 0.0, TAU, 48);
        let first = lenses.points.len() as u32;
        lenses
            .points
            .push(ring.iter().fold(V3::default(), |s, p| s + *p) * (1.0 / 48.0));
        lenses.points.extend(&ring);
        lenses
            .triangles
            .extend((0..48).map(|i| [first, first + 1 + i, first + 1 + (i + 1) % 48]));
    }
    lenses.rest = lenses.points.clone();
    lenses.marks = vec![[0.0; 2]; lenses.points.len()];
    Spectacles { frame, lenses }
}
