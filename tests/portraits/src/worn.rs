//! Geometry of what is worn or held before the face: `headwear` over the head; here masks, hands and things, jewellery.

pub mod headwear;

use crate::body;
use crate::head::BREADTH;
use crate::math::{V3, curve, mix, smooth, v3};
use crate::mesh::{Material, Mesh, Stuff, sheet, wire};
use crate::sitter::{BeforeFace, Jewellery, Obstacle, Sitter};
use std::f32::consts::TAU;

/// All that this sitter wears or holds, where it is in the scene; `pose` turns what moves with the head.
pub fn meshes(s: &Sitter, skin: &Mesh, torso: &body::Torso, pose: impl Fn(Mesh) -> Mesh) -> Vec<Mesh> {
    let w = &s.worn;
    let mut on_head: Vec<Mesh> = vec![];
    if let Some(h) = &w.headwear {
        on_head.extend(headwear::meshes(h, skin, s, torso));
    }
    on_head.extend(w.mask.iter().flat_map(|colour| mask(skin, *colour)));
    on_head.extend(w.jewellery.iter().flat_map(|j| earrings(j, s)));
    let mut all: Vec<Mesh> = on_head.into_iter().map(pose).collect();
    all.extend(w.before_face.iter().flat_map(before_face));
    if let Some(j) = w.jewellery.as_ref().filter(|j| j.necklace) {
        all.extend(necklace(j, s, torso));
    }
    all
}

/// What throws its shadow; a thing stuck on the picture throws none.
pub fn caster(m: &Mesh) -> Option<Mesh> {
    let mut solid = m.clone();
    let inside = |t: &[u32; 3]| t.iter().all(|i| m.marks[*i as usize][0] >= 0.0);
    solid.triangles.retain(inside);
    (!matches!(m.material, Material::Worn(Stuff::Print, _))).then_some(solid)
}

/// Where a worn mesh is: its first mark counts inwards from its edge.
pub fn is_there(m: &Mesh, triangle: u32, w: [f32; 2]) -> bool {
    let [a, b, c] = m.triangles[triangle as usize].map(|i| m.marks[i as usize][0]);
    a * w[0] + b * w[1] + c * (1.0 - w[0] - w[1]) >= 0.0
}

/// The skin, moved: `inside` counts inwards from the edge of what is worn, by the place on the neutral head.
fn shell(skin: &Mesh, material: Material, inside: impl Fn(V3) -> f32, at: impl Fn(V3, V3, V3) -> V3) -> Mesh {
    let mut m = Mesh::new(material);
    m.marks = skin.rest.iter().map(|c| [inside(*c), 0.0]).collect();
    let is_worn = |t: &&[u32; 3]| t.iter().any(|i| m.marks[*i as usize][0] > 0.0);
    m.triangles = skin.triangles.iter().filter(is_worn).copied().collect();
    m.points = (0..skin.points.len())
        .map(|i| at(skin.points[i], skin.rest[i], skin.normals[i]))
        .collect();
    m.rest = skin.rest.clone();
    m.find_normals();
    m
}

/// A surgical mask from the bridge of the nose to below the chin, and its loops.
fn mask(skin: &Mesh, colour: [u8; 3]) -> Vec<Mesh> {
    let inside = |c: V3| {
        let ax = c.x.abs();
        let (top, bottom) = (0.20 + 0.20 * ax.powf(1.3), 2.02 - 0.55 * ax * ax);
        (c.y - top).min(bottom - c.y).min(0.96 - ax).min(0.62 - c.z)
    };
    // How far the cloth stands out along the middle.
    let middle = |y: f32| {
        const PROFILE: [(f32, f32); 6] = [
            (0.2, -0.42),
            (0.55, -0.80),
            (1.1, -0.76),
            (1.6, -0.58),
            (1.9, -0.36),
            (2.2, 0.0),
        ];
        let k = PROFILE
            .iter()
            .skip(1)
            .position(|p| p.0 >= y)
            .unwrap_or(PROFILE.len() - 2);
        let ((y0, a), (y1, b)) = (PROFILE[k], PROFILE[k + 1]);
        mix(a, b, ((y - y0) / (y1 - y0)).clamp(0.0, 1.0))
    };
    let cloth = shell(skin, Material::Worn(Stuff::Pleats, colour), inside, |p, _, _| {
        v3(p.x, p.y, (p.z - 0.045).min(middle(p.y) + 0.62 * p.x * p.x))
    });
    let loops = [-1.0, 1.0].into_iter().flat_map(|side| {
        let paths = [
            [
                v3(side * 0.92, 0.48, 0.16),
                v3(side * 1.08, 0.22, 0.62),
                v3(side * 1.16, 0.02, 1.0),
            ],
            [
                v3(side * 0.86, 1.44, 0.36),
                v3(side * 1.05, 1.06, 0.70),
                v3(side * 1.15, 0.70, 1.02),
            ],
        ];
        paths.map(|path| {
            wire(
                &curve(&path, 12),
                0.016,
                false,
                Material::Worn(Stuff::Cloth, [236, 236, 236]),
            )
        })
    });
    std::iter::once(cloth).chain(loops.collect::<Vec<_>>()).collect()
}

/// What is held or stuck before the face, in the camera's frame.
fn before_face(b: &BeforeFace) -> Vec<Mesh> {
    let side = if b.at[0] < 0.0 { -1.0 } else { 1.0 };
    let [x, y] = b.at;
    match b.thing {
        Obstacle::Hand => hand(v3(x, y, -0.86), side, b.size),
        Obstacle::Phone => {
            let body = disc(
                v3(x, y, -1.12),
                [0.40 * b.size, 0.80 * b.size],
                7.0,
                Material::Worn(Stuff::Plastic, b.colour),
            );
            let lens = |dy: f32| {
                let at = v3(x - side * 0.20 * b.size, y - (0.62 - dy) * b.size, -1.14);
                disc(
                    at,
                    [0.07 * b.size; 2],
                    2.0,
                    Material::Worn(Stuff::Plastic, [12, 12, 16]),
                )
            };
            let fingers = (0..4).map(|k| {
                let at = y + (0.10 + 0.24 * k as f32) * b.size;
                let path = [
                    v3(x + side * 0.62, at + 0.10, -0.95),
                    v3(x + side * 0.42, at, -1.22),
                    v3(x + side * 0.16, at - 0.02, -1.20),
                ];
                finger(&path, 0.105)
            });
            [body, lens(0.0), lens(0.2)].into_iter().chain(fingers).collect()
        }
        Obstacle::Sticker => vec![disc(
            v3(x, y, -1.05),
            [0.50 * b.size, 0.46 * b.size],
            2.0,
            Material::Worn(Stuff::Print, b.colour),
        )],
    }
}

/// Four fingers across the face, the palm at one side, the wrist below.
fn hand(tips: V3, side: f32, size: f32) -> Vec<Mesh> {
    let palm = tips + v3(side * 0.95, 0.42, 0.06) * size;
    let fingers = (0..4).map(|k| {
        let k = k as f32 - 1.5;
        let tip = tips + v3(side * 0.10 * k.abs(), 0.25 * k, 0.03 * k.abs()) * size;
        let knuckle = palm + v3(-side * 0.30, 0.19 * k - 0.16, -0.05) * size;
        finger(
            &[
                palm + v3(0.0, 0.12 * k, 0.0),
                knuckle,
                (knuckle + tip) * 0.5 + v3(0.0, -0.02, -0.05),
                tip,
            ],
            0.122 * size,
        )
    });
    let thumb = [
        palm + v3(0.0, 0.2, 0.0),
        palm + v3(-side * 0.1, 0.55, 0.02),
        palm + v3(-side * 0.42, 0.66, 0.10),
    ];
    let wrist = [
        palm + v3(-side * 0.02, 0.0, 0.02),
        palm + v3(side * 0.25, 0.75, 0.12),
        palm + v3(side * 0.6, 2.6, 0.35),
    ];
    let back = sheet(24, 15, true, Material::Ear, |i, j| {
        let (s, c) = (i as f32 / 24.0 * TAU).sin_cos();
        let (sv, cv) = (j as f32 / 14.0 * TAU / 2.0).sin_cos();
        (palm + v3(0.40 * sv * c, 0.46 * cv, 0.17 * sv * s) * size, [0.0, 0.3])
    });
    fingers
        .chain([finger(&thumb, 0.13 * size), finger(&wrist, 0.30 * size), back])
        .collect()
}

/// Round, and rounded off at its end.
fn finger(path: &[V3], radius: f32) -> Mesh {
    let n = 26;
    let line = curve(path, n);
    sheet(14, n, true, Material::Ear, |i, j| {
        let along = (line[(j + 1).min(n - 1)] - line[j.saturating_sub(1)]).unit();
        let u = along.cross(v3(0.1, 0.2, 1.0)).unit();
        let v = along.cross(u);
        let t = j as f32 / (n - 1) as f32;
        let end = ((t - 0.86) / 0.14).max(0.0);
        let r = radius * (1.0 - end * end).max(0.0).sqrt() * mix(1.08, 0.90, t);
        let (s, c) = (i as f32 / 14.0 * TAU).sin_cos();
        (line[j] + u * (r * c) + v * (r * s), [0.0, 0.3])
    })
}

/// Flat, towards the camera: 2 is an ellipse, more is squarer.
fn disc(centre: V3, half: [f32; 2], squareness: f32, material: Material) -> Mesh {
    sheet(64, 8, true, material, |i, j| {
        let r = j as f32 / 7.0;
        let (s, c) = (i as f32 / 64.0 * TAU).sin_cos();
        let round = |v: f32| v.signum() * v.abs().powf(2.0 / squareness);
        // A little vaulted, so that it has a front.
        let z = 0.02 * r * r;
        (
            centre + v3(half[0] * r * round(c), half[1] * r * round(s), z),
            [1.0 - r, 0.0],
        )
    })
}

fn ball(centre: V3, radius: f32, material: Material) -> Mesh {
    sheet(16, 11, true, material, |i, j| {
        let (s, c) = (i as f32 / 16.0 * TAU).sin_cos();
        let (sv, cv) = (j as f32 / 10.0 * TAU / 2.0).sin_cos();
        (centre + v3(sv * c, cv, sv * s) * radius, [0.0, 0.0])
    })
}

/// At the lobes; in the head's frame.
fn earrings(j: &Jewellery, s: &Sitter) -> Vec<Mesh> {
    let metal = Material::Worn(Stuff::Metal, j.colour);
    [-1.0, 1.0]
        .map(|side| {
            let lobe = v3(side * 1.13 * (1.0 + BREADTH * s.face.head_width), 0.68, 0.90);
            if j.rings {
                let ring: Vec<V3> = (0..28)
                    .map(|k| {
                        let (s, c) = (k as f32 / 28.0 * TAU).sin_cos();
                        lobe + v3(0.15 * s * side.signum(), 0.16 - 0.16 * c, 0.05 * s)
                    })
                    .collect();
                wire(&ring, 0.026, true, metal)
            } else {
                ball(lobe, 0.065, metal)
            }
        })
        .into()
}

/// Round the neck, deeper in front, with a pendant.
fn necklace(j: &Jewellery, s: &Sitter, torso: &body::Torso) -> Vec<Mesh> {
    let metal = Material::Worn(Stuff::Metal, j.colour);
    let half = body::neck_half_width(s);
    let line: Vec<V3> = (0..96)
        .map(|k| {
            let a = k as f32 / 96.0;
            let front = smooth(0.30, 0.0, (a - a.round()).abs());
            body::neck_at(
                half,
                s.sex == crate::sitter::Sex::Male,
                torso,
                a * TAU,
                mix(0.58, 0.685, front),
            )
            .0
        })
        .map(|p| p + v3(p.x * 0.02, 0.0, -0.025))
        .collect();
    let pendant = line[0] + v3(0.0, 0.06, -0.02);
    vec![wire(&line, 0.020, true, metal), ball(pendant, 0.06, metal)]
}
