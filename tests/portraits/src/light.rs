//! The studio's lamps: soft boxes and a bright room, sampled as directions, each with a map of what it reaches.
//! Light arrives per point of a surface; under skin it spreads.

use crate::frame::scan;
use crate::math::{V3, bell, v3};
use crate::mesh::{Adjacency, Material, Mesh};
use crate::sitter::Light;
use std::f32::consts::{PI, TAU};

const MAP: usize = 224;
/// The lamps' maps see this far around the middle of head and shoulders.
const REACH: f32 = 3.1;
const MIDDLE: V3 = v3(0.0, 0.75, 1.0);

struct Lamp {
    towards: V3,
    power: V3,
    u: V3,
    v: V3,
    depth: Vec<f32>,
}

pub struct Rig {
    lamps: Vec<Lamp>,
    /// Towards the middle of the main and the filling light.
    pub key: V3,
    pub fill: V3,
    keys: usize,
    fills: usize,
    pub key_power: f32,
    pub fill_power: f32,
}

/// Light at one point of a surface.
#[derive(Clone, Copy, Default)]
pub struct Lit {
    pub colour: V3,
    /// How the light grows as the normal turns.
    pub slope: V3,
    /// Shares of the main and the filling light that arrive.
    pub key: f32,
    pub fill: f32,
}

impl Rig {
    pub fn of(light: &Light) -> Rig {
        let aim = |azimuth: f32, elevation: f32| {
            let (sa, ca) = azimuth.to_radians().sin_cos();
            let (se, ce) = elevation.to_radians().sin_cos();
            v3(sa * ce, -se, -ca * ce)
        };
        let key = aim(light.side * light.azimuth_deg, light.elevation_deg);
        let fill = aim(-light.side * 42.0, 10.0);
        let box_of = |middle: V3, half_deg: f32, n: usize| -> Vec<V3> {
            let u = middle.cross(v3(0.0, 1.0, 0.0)).unit();
            let v = middle.cross(u);
            (0..n)
                .map(|i| {
                    if i == 0 {
                        return middle;
                    }
                    let (s, c) = (i as f32 / (n - 1) as f32 * TAU).sin_cos();
                    (middle + (u * c + v * s) * half_deg.to_radians().tan()).unit()
                })
                .collect()
        };
        let tint = v3(1.0 + light.warmth, 1.0, 1.0 - 1.4 * light.warmth);
        let mut wanted: Vec<(V3, V3)> = vec![];
        let keys = box_of(key, 17.0, 7);
        let fills = box_of(fill, 20.0, 4);
        wanted.extend(keys.iter().map(|d| (*d, tint * (light.key / 7.0))));
        wanted.extend(fills.iter().map(|d| (*d, tint * (light.fill / 4.0))));
        // A lamp for the hair, and the bright background that wraps round the edges.
        wanted.push((v3(-0.25 * light.side, -0.85, 0.45).unit(), tint * 0.11));
        for side in [-1.0, 1.0] {
            wanted.push((v3(side * 0.9, -0.15, 0.42).unit(), tint * (0.20 * light.room)));
        }
        let room = 13;
        for i in 0..room {
            let y = 1.0 - 2.0 * (i as f32 + 0.5) / room as f32;
            let (s, c) = (i as f32 * PI * (3.0 - 5f32.sqrt())).sin_cos();
            let r = (1.0 - y * y).sqrt();
            let d = v3(r * c, y, r * s);
            // The floor is darker and warmer than the ceiling, the room behind the camera dimmer than the walls.
            let share = (1.25 - 0.45 * y) * (1.0 - 0.25 * bell(d.z + 1.0, 0.7));
            let hue = v3(1.0 + 0.06 * y, 1.0, 1.0 - 0.05 * y);
            wanted.push((d, hue * tint * (4.0 * light.room * share / room as f32)));
        }
        let flat = 1.0 / light.level
            * wanted
                .iter()
                .fold(0.0, |s, (d, p)| s + p.y * facing(d.dot(v3(0.0, -0.1, -0.995))));
        let lamps = wanted
            .into_iter()
            .map(|(towards, power)| {
                let u = towards.cross(v3(0.03, 1.0, 0.02)).unit();
                let v = towards.cross(u);
                Lamp {
                    towards,
                    power: power * (1.0 / flat),
                    u,
                    v,
                    depth: vec![f32::INFINITY; MAP * MAP],
                }
            })
            .collect();
        Rig {
            lamps,
            key,
            fill,
            keys: keys.len(),
            fills: fills.len(),
            key_power: light.key / flat,
            fill_power: light.fill / flat,
        }
    }

    pub fn cast(&mut self, mesh: &Mesh) {
        for lamp in &mut self.lamps {
            let (u, v, towards) = (lamp.u, lamp.v, lamp.towards);
            let depth = &mut lamp.depth;
            scan(
                mesh,
                |p| on_map(u, v, towards, p),
                MAP,
                MAP,
                |i, _, _, z| depth[i] = depth[i].min(z),
            );
        }
    }

    pub fn at(&self, p: V3, n: V3) -> Lit {
        let mut lit = Lit::default();
        let from = p + n * 0.035;
        for (i, lamp) in self.lamps.iter().enumerate() {
            let facing_cos = lamp.towards.dot(n);
            let share = facing(facing_cos);
            if share <= 0.0 {
                continue;
            }
            let seen = lamp.reaches(from);
            let power = lamp.power * (share * seen);
            lit.colour += power;
            if facing_cos > -0.1 {
                lit.slope += lamp.towards * (lamp.power.y * seen);
            }
            if i < self.keys {
                lit.key += seen / self.keys as f32;
            } else if i < self.keys + self.fills {
                lit.fill += seen / self.fills as f32;
            }
        }
        lit
    }

    pub fn on(&self, mesh: &Mesh) -> Vec<Lit> {
        let thin = matches!(mesh.material, Material::Collar | Material::Frame);
        let lit = |(p, n): (&V3, &V3)| match n.z > 0.6 {
            true if thin => self.at(*p, -*n),
            true => Lit::default(),
            false => self.at(*p, *n),
        };
        mesh.points.iter().zip(&mesh.normals).map(lit).collect()
    }
}

/// A large lamp reaches a little round the edge.
fn facing(cos: f32) -> f32 {
    const WRAP: f32 = 0.12;
    ((cos + WRAP) / (1.0 + WRAP)).max(0.0)
}

fn on_map(u: V3, v: V3, towards: V3, p: V3) -> V3 {
    let d = p - MIDDLE;
    let k = MAP as f32 / (2.0 * REACH);
    v3((d.dot(u) + REACH) * k, (d.dot(v) + REACH) * k, -d.dot(towards))
}

impl Lamp {
    fn reaches(&self, p: V3) -> f32 {
        let q = on_map(self.u, self.v, self.towards, p);
        let (x, y) = (q.x - 0.5, q.y - 0.5);
        if !(x >= 0.0 && y >= 0.0 && x < (MAP - 1) as f32 && y < (MAP - 1) as f32) {
            return 1.0;
        }
        let (i, j) = (x as usize, y as usize);
        let (fx, fy) = (x - i as f32, y - j as f32);
        let clear = |i: usize, j: usize| if q.z - 0.02 < self.depth[j * MAP + i] { 1.0 } else { 0.0 };
        let top = clear(i, j) * (1.0 - fx) + clear(i + 1, j) * fx;
        let bottom = clear(i, j + 1) * (1.0 - fx) + clear(i + 1, j + 1) * fx;
        top * (1.0 - fy) + bottom * fy
    }
}

/// Red light travels farther under the skin than green, green farther than blue.
pub fn scatter(lit: &mut [Lit], touching: &Adjacency, rounds: [usize; 3]) {
    let most = rounds.iter().copied().max().unwrap_or(0);
    for round in 0..most {
        let before: Vec<V3> = lit.iter().map(|l| l.colour).collect();
        for (i, l) in lit.iter_mut().enumerate() {
            let near = touching.of_point(i);
            let mean =
                near.iter().fold(V3::default(), |s, j| s + before[*j as usize]) * (1.0 / near.len().max(1) as f32);
            let soft = before[i].lerp(mean, 0.6);
            if round < rounds[0] {
                l.colour.x = soft.x;
            }
            if round < rounds[1] {
                l.colour.y = soft.y;
            }
            if round < rounds[2] {
                l.colour.z = soft.z;
            }
        }
    }
}
