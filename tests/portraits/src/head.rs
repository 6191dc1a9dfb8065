//! The head of one sitter: the base face warped into a person's, lids on eyeballs, a skull behind, a mouth inside.
//! Geometry only, in the head's own frame (upright, frontal).

use crate::landmarks::*;
use crate::math::{V3, bell, mix, noise, smooth, v3};
use crate::mesh::{Adjacency, Material, Mesh, Subdivision, sheet};
use crate::sitter::{Face, Sitter};
use std::f32::consts::PI;
use std::sync::LazyLock;

pub const EYE_RADIUS: f32 = 0.235;
pub const IRIS_RADIUS: f32 = 0.094;
const SKULL_CENTRE: V3 = v3(0.0, -0.26, 1.16);
const SKULL_RADII: V3 = v3(1.19, 1.64, 1.52);
const SKULL_RINGS: usize = 14;
/// How much wider a head is whose `head_width` is 1.
pub const BREADTH: f32 = 0.042;

/// Where the closed lips meet, at rest.
const MOUTH_Y: f32 = 1.1105;

pub struct Head {
    pub skin: Mesh,
    /// One subdivision only: throws the shadows.
    pub coarse: Mesh,
    /// The face's 468 points as they lie on the finished skin.
    pub points: Vec<V3>,
    /// Centres of the eyeballs.
    pub eyes: [V3; 2],
    pub inside: Mesh,
    pub teeth: Mesh,
}

/// What no sitter changes.
pub struct HeadTopology {
    pub first: Subdivision,
    pub second: Subdivision,
    pub rest: Vec<V3>,
    pub coarse_rest: Vec<V3>,
    pub lips: Vec<f32>,
    pub adjacency: Adjacency,
}

pub static TOPOLOGY: LazyLock<HeadTopology> = LazyLock::new(|| {
    let neutral = with_skull(&BASE.points, 1.0);
    let mut triangles = BASE.triangles.clone();
    let ring = |k: usize, i: usize| if k == 0 { OUTLINE[i] } else { FACE_POINTS + (k - 1) * 36 + i } as u32;
    for k in 0..SKULL_RINGS {
        for i in 0..36 {
            let (a, b, c, d) = (
                ring(k, i),
                ring(k, (i + 1) % 36),
                ring(k + 1, i),
                ring(k + 1, (i + 1) % 36),
            );
            triangles.extend([[a, b, c], [b, d, c]]);
        }
    }
    let first = Subdivision::of(neutral.len(), &triangles);
    let coarse_rest = first.points(&neutral);
    let second = Subdivision::of(coarse_rest.len(), &first.triangles);
    let mut lips = vec![0.0; neutral.len()];
    for i in LIPS {
        lips[i] = 1.0;
    }
    let rest = second.points(&coarse_rest);
    let adjacency = Adjacency::of(rest.len(), &second.triangles);
    HeadTopology {
        lips: second.numbers(&first.numbers(&lips)),
        rest,
        coarse_rest,
        adjacency,
        first,
        second,
    }
});

impl Head {
    pub fn of(s: &Sitter) -> Head {
        let mut p = BASE.points.clone();
        close_lips(&mut p);
        let corner_drop = s.mouth.opening;
        for (i, q) in p.iter_mut().enumerate() {
            *q = warp(*q, &s.face, s.mouth.smile, s.seed);
            drop_jaw(q, i, corner_drop);
            part_lips(q, i, s.mouth.teeth);
        }
        let eyes = set_lids(&mut p, s);
        let topology = &*TOPOLOGY;
        let width = 1.0 + BREADTH * s.face.head_width;
        let once = topology.first.points(&with_skull(&p, width));
        let mut points = topology.second.points(&once);
        for eye in eyes {
            for q in &mut points {
                let d = *q - eye;
                let (l, least) = (d.length(), EYE_RADIUS * 1.035);
                if d.z < 0.05 && l < least {
                    *q = eye + d * (least / l);
                }
            }
        }
        let mut skin = Mesh::new(Material::Skin);
        skin.marks = topology.lips.iter().map(|l| [*l, 0.0]).collect();
        skin.rest = topology.rest.clone();
        skin.triangles = topology.second.triangles.clone();
        let mut coarse = Mesh::new(Material::Skin);
        coarse.points = once;
        coarse.triangles = topology.first.triangles.clone();
        coarse.rest = topology.coarse_rest.clone();
        coarse.find_normals();
        let face = points[..FACE_POINTS].to_vec();
        skin.points = points;
        let (inside, teeth) = mouth(&face);
        Head {
            skin,
            coarse,
            points: face,
            eyes,
            inside,
            teeth,
        }
    }
}

fn close_lips(p: &mut [V3]) {
    for (k, (u, l)) in LIP_PAIRS.iter().enumerate() {
        let middle = (p[*u].y + p[*l].y) / 2.0;
        let gap = 0.005 * (1.0 - ((k as f32 - 4.0) / 5.0).powi(2));
        let z = p[*u].z.min(p[*l].z) - 0.01;
        p[*u] = v3(p[*u].x, middle - gap, z);
        p[*l] = v3(p[*l].x, middle + gap, z);
    }
}

/// The neutral face's point moved to where this person has it.
fn warp(q: V3, f: &Face, smile: f32, seed: u64) -> V3 {
    let V3 { x, y, .. } = q;
    let (ax, side) = (x.abs(), x.signum());
    let mut o = q;
    let lip = bell(y - MOUTH_Y, 0.24) * bell(x, 0.55);
    let thickness = if y < MOUTH_Y {
        -0.52 + 0.25 * f.lip_upper
    } else {
        -0.43 + 0.24 * f.lip_lower
    };
    let taper = 0.30 * smooth(0.12, 0.40, ax);
    o.y += (y - MOUTH_Y) * (thickness - taper) * lip;
    // The bow of the upper lip.
    let bow = 1.0 + 0.8 * f.lip_bow;
    o.y += bow * (0.024 * bell(x, 0.055) - 0.016 * bell(ax - 0.12, 0.07)) * bell(y - 0.95, 0.05);
    // The line between the lips: low in the middle, a little lower still at the corners.
    let line = 0.012 * bell(x, 0.07) - 0.006 * bell(ax - 0.17, 0.08) + 0.009 * smooth(0.24, 0.42, ax);
    o.y += line * (0.7 + 0.4 * f.lip_bow) * bell(y - MOUTH_Y, 0.10) * smooth(0.75, 0.5, ax);
    o.z += 0.045 * bell(y - MOUTH_Y, 0.17) * bell(x, 0.40);
    o.x += x * (-0.10 + 0.13 * f.mouth_width) * bell(y - MOUTH_Y, 0.22) * bell(x, 0.6);
    o.y += 0.060 * f.mouth_height * bell(y - 1.13, 0.3) * bell(x, 0.8);
    let corner = bell(ax - 0.43, 0.17) * bell(y - MOUTH_Y, 0.14);
    o.y -= (0.010 * f.mouth_corner + 0.045 * smile) * corner;
    o.x += side * 0.045 * smile * corner;
    let apple = bell(ax - 0.62, 0.26) * bell(y - 0.66, 0.28);
    o.z -= (0.035 * smile + 0.07 * f.cheek_fullness) * apple;
    o.y -= 0.02 * smile * apple;

    o.y += y.max(0.0) * 0.055 * f.length * smooth(0.1, 0.6, y);
    o.x += x * (0.085 * f.jaw_width - 0.050) * smooth(0.45, 1.5, y);
    o.x += side * 0.085 * f.jaw_corner * bell(y - 1.26, 0.30) * smooth(0.5, 0.9, ax);
    o.y += 0.095 * (f.chin_length - 0.28) * smooth(1.2, 1.85, y);
    o.x += x * 0.17 * f.chin_width * smooth(1.45, 1.85, y) * smooth(0.9, 0.4, ax);
    let bone = smooth(0.4, 0.9, ax) * bell(y - 0.36, 0.36);
    o.x += x * 0.050 * f.cheekbone * bone;
    o.z -= 0.08 * f.cheekbone * bell(ax - 0.72, 0.25) * bell(y - 0.36, 0.24);
    o.x += x * 0.050 * f.cheek_fullness * bell(y - 0.95, 0.36) * smooth(0.4, 0.9, ax);
    o.x += x * 0.04 * f.temple * bell(y + 0.6, 0.35) * smooth(0.5, 1.0, ax);

    o.x -= x * 0.16 * bell(x, 0.22) * bell(y - 0.12, 0.30);
    o.x += x * (0.19 * f.nose_width - 0.12) * bell(x, 0.34) * bell(y - 0.55, 0.24);
    o.y += (0.060 * f.nose_length + 0.01) * bell(x, 0.36) * bell(y - 0.56, 0.30);
    o.z -= 0.12 * f.nose_bridge * bell(x, 0.17) * bell(y - 0.08, 0.36);
    o.z -= (0.08 * f.nose_tip - 0.03) * bell(x, 0.2) * bell(y - 0.5, 0.22);
    o.x += x * (0.24 * f.nose_ball - 0.06) * bell(x, 0.17) * bell(y - 0.50, 0.17);
    o.y += 0.045 * f.nose_droop * bell(x, 0.13) * bell(y - 0.60, 0.16);
    o.y += 0.038 * f.nose_wings * bell(ax - 0.27, 0.11) * bell(y - 0.60, 0.14);

    let brow = bell(y + 0.33, 0.17);
    o.y -= (0.060 * f.brow_height + 0.075 * f.brow_tilt * (ax - 0.55)) * brow * smooth(1.05, 0.85, ax);
    // A fold at the inner corner comes with a fuller, flatter lid.
    let full = f.epicanthus * (1.0 - 0.4 * f.crease.min(1.0));
    o.z -= 0.055 * full * bell(ax - 0.50, 0.28) * bell(y + 0.16, 0.12);
    o.z -= 0.050 * full * bell(ax - 0.27, 0.12) * bell(y + 0.08, 0.16);
    o.z += 0.060 * f.eye_depth * bell(ax - 0.50, 0.26) * bell(y + 0.02, 0.15);
    o.z -= 0.050 * f.eye_depth * bell(ax - 0.45, 0.35) * bell(y + 0.34, 0.14);
    o.x += side * 0.034 * f.eye_spacing * bell(ax - 0.52, 0.30) * bell(y + 0.10, 0.36) * smooth(0.0, 0.3, ax);
    o.x *= 1.0 + BREADTH * f.head_width;
    let s = (seed % 997) as f32;
    o.x += f.asymmetry * 0.026 * noise(v3(y * 1.3, 0.5, s));
    o.y += f.asymmetry * 0.020 * noise(v3(x * 1.0, 7.5, s));
    o.z += f.asymmetry * 0.020 * noise(v3(x * 1.6, y * 1.6, s + 0.5));
    o
}

fn drop_jaw(q: &mut V3, i: usize, opening: f32) {
    let share = if LOWER_LIP.contains(&i) {
        (1.0 - (q.x / 0.40).powi(2)).max(0.0)
    } else if q.y > MOUTH_Y + 0.05 {
        smooth(MOUTH_Y + 0.03, MOUTH_Y + 0.14, q.y) * smooth(1.05, 0.25, q.x.abs())
    } else {
        0.0
    };
    let d = share * opening;
    q.z += 0.10 * d * smooth(MOUTH_Y + 0.1, 1.7, q.y);
    q.y += 0.30 * d;
}

/// Draws the lips apart and thin while the jaw stays closed.
fn part_lips(q: &mut V3, i: usize, teeth: f32) {
    if !LIPS.contains(&i) {
        return;
    }
    let share = (1.0 - (q.x / 0.43).powi(2)).max(0.0).sqrt() * teeth;
    // The lips' outer edges move less.
    let inner = 1.0 - 0.5 * smooth(0.02, 0.12, (q.y - MOUTH_Y).abs());
    q.y += share * inner * if LOWER_LIP.contains(&i) { 0.075 } else { -0.060 };
}

/// Places the lids of both eyes, draws the skin near them along, and says where the eyeballs sit.
fn set_lids(p: &mut [V3], s: &Sitter) -> [V3; 2] {
    let f = &s.face;
    let single = if f.crease <= 0.0 { 0.95 } else { 1.0 };
    let upper_open = -0.105 * (1.0 + 0.24 * f.eye_height) * single;
    let lower = 0.053 * (1.0 + 0.18 * f.eye_height);
    let mut eyes = [V3::default(); 2];
    for (e, eye) in eyes.iter_mut().enumerate() {
        let (before, open) = (p.to_vec(), s.eyes.opening_of(e));
        let (outer, inner) = (p[UPPER_LID[e][0]], p[UPPER_LID[e][8]]);
        let centre = (outer + inner) * 0.5;
        let width = 1.04 + 0.085 * f.eye_width;
        for k in 0..9 {
            let t = k as f32 / 8.0;
            // The upper lid peaks inwards of the pupil, the lower one sags outwards of it.
            let arch = |lean: f32| (PI * (t + lean * t * (1.0 - t))).sin().max(0.0);
            let fold = f.epicanthus * smooth(0.62, 0.95, t);
            let up = mix(0.050, upper_open, open) * arch(-0.12 - 0.30 * f.eye_peak).powf(0.70) * (1.0 - 0.22 * fold);
            let low = lower * arch(0.18).powf(0.8);
            let base = centre + (outer.lerp(inner, t) - centre) * width;
            let lift = -(0.006 + 0.026 * f.eye_tilt) * (1.0 - 2.0 * t) + 0.012 * f.epicanthus * smooth(0.75, 1.0, t);
            let reach = (inner.x - outer.x).signum() * 0.018 * f.epicanthus * smooth(0.7, 1.0, t);
            for (lid, dy) in [(&UPPER_LID, up), (&LOWER_LID, low)] {
                let q = &mut p[lid[e][k]];
                q.x = base.x + reach;
                q.y = base.y + dy + lift + 0.006;
            }
        }
        let mut depth = 0.0;
        for k in 1..8 {
            for lid in [&UPPER_LID, &LOWER_LID] {
                let q = before[lid[e][k]];
                let off = (q.x - centre.x).powi(2) + (q.y - centre.y).powi(2);
                depth += q.z + (EYE_RADIUS * EYE_RADIUS - off).max(0.0).sqrt();
            }
        }
        *eye = v3(centre.x, centre.y - 0.010, depth / 14.0 + 0.03);
        let on: Vec<usize> = UPPER_LID[e].iter().chain(&LOWER_LID[e]).copied().collect();
        for i in (0..FACE_POINTS).filter(|i| !on.contains(i)) {
            let (mut sum, mut total, mut nearest) = (V3::default(), 0.0, 0f32);
            for &j in &on {
                let d = before[i] - before[j];
                let d2 = d.x * d.x + d.y * d.y;
                let w = 1.0 / (d2 + 1e-4).powi(2);
                sum += (p[j] - before[j]) * w;
                total += w;
                nearest = nearest.max(bell(d2.sqrt(), 0.13));
            }
            p[i] += sum * (0.8 * nearest / total);
        }
    }
    eyes
}

/// Rings from the face's outline onto the back of an ellipsoid.
fn with_skull(face: &[V3], width: f32) -> Vec<V3> {
    let (c, r) = (SKULL_CENTRE, v3(SKULL_RADII.x * width, SKULL_RADII.y, SKULL_RADII.z));
    let mut out = face.to_vec();
    for k in 1..=SKULL_RINGS {
        for i in OUTLINE {
            let q = face[i];
            let v = v3((q.x - c.x) / r.x, (q.y - c.y) / r.y, (q.z - c.z) / r.z).unit();
            let (from, around) = ((-v.z).clamp(-1.0, 1.0).acos(), v.y.atan2(v.x));
            let t = k as f32 / SKULL_RINGS as f32;
            let on = |a: f32| {
                v3(
                    c.x + r.x * a.sin() * around.cos(),
                    c.y + r.y * a.sin() * around.sin(),
                    c.z - r.z * a.cos(),
                )
            };
            let a = mix(from, PI, t);
            out.push(on(a) + (q - on(from)) * (1.0 - smooth(0.0, 0.62, t)));
        }
    }
    out
}

fn mouth(face: &[V3]) -> (Mesh, Mesh) {
    let centre = MOUTH_RING.iter().fold(V3::default(), |a, i| a + face[*i]) * (1.0 / 20.0);
    let inside = sheet(20, 4, true, Material::MouthInside, |i, j| {
        let t = j as f32 / 3.0;
        (
            face[MOUTH_RING[i]].lerp(centre, t) + v3(0.0, 0.0, 0.02 + 0.25 * t),
            [0.0, 0.0],
        )
    });
    let (top, front) = (face[13].y - 0.05, face[13].z.max(face[14].z) + 0.07);
    let teeth = sheet(25, 3, false, Material::Teeth, |i, j| {
        let x = (i as f32 / 12.0 - 1.0) * 0.30;
        let drop = j as f32 * 0.075 * (1.0 - 0.3 * (x / 0.3).powi(2));
        (v3(x, top + drop, front + x * x * 0.9), [x, j as f32 / 2.0])
    });
    (inside, teeth)
}
