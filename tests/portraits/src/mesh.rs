//! Triangle meshes and Loop subdivision as reusable weights. No face, no picture.

use crate::math::{V3, v3};
use std::collections::HashMap;

/// What a surface is made of; the shading of each lives in `shade`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Material {
    Skin,
    Ear,
    Neck,
    Eye(usize),
    MouthInside,
    Teeth,
    Hair,
    Garment,
    Collar,
    Tie,
    Frame,
    /// Something worn or held: what it is made of, and its colour, 8-bit sRGB.
    Worn(Stuff, [u8; 3]),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stuff {
    Cloth,
    Knit,
    /// Of a surgical mask.
    Pleats,
    Plastic,
    Metal,
    /// Stuck on the finished picture: no light falls on it.
    Print,
}

#[derive(Clone, Debug)]
pub struct Mesh {
    pub material: Material,
    pub points: Vec<V3>,
    /// Where the point lies on the neutral sitter: textures hang on this, so they move with the skin.
    pub rest: Vec<V3>,
    /// Two free numbers for the material: lip and scalp on skin, across and along on hair and collars.
    pub marks: Vec<[f32; 2]>,
    pub triangles: Vec<[u32; 3]>,
    pub normals: Vec<V3>,
}

impl Mesh {
    pub fn new(material: Material) -> Mesh {
        Mesh {
            material,
            points: vec![],
            rest: vec![],
            marks: vec![],
            triangles: vec![],
            normals: vec![],
        }
    }

    pub fn rest_at(&self, triangle: u32, w: [f32; 2]) -> V3 {
        let [a, b, c] = self.triangles[triangle as usize].map(|i| self.rest[i as usize]);
        a * w[0] + b * w[1] + c * (1.0 - w[0] - w[1])
    }

    pub fn find_normals(&mut self) {
        self.normals = normals(&self.points, &self.triangles);
    }

    /// Turns the sheet so that its normals point away from `inside`, the nearest place within for each point.
    pub fn facing_out(mut self, inside: impl Fn(V3) -> V3) -> Mesh {
        let outward: f32 = self
            .points
            .iter()
            .zip(&self.normals)
            .map(|(p, n)| (*p - inside(*p)).dot(*n))
            .sum();
        if outward < 0.0 {
            for t in &mut self.triangles {
                t.swap(1, 2);
            }
            self.find_normals();
        }
        self
    }

    pub fn moved(mut self, f: impl Fn(V3) -> V3) -> Mesh {
        for p in &mut self.points {
            *p = f(*p);
        }
        self.find_normals();
        self
    }
}

pub fn normals(points: &[V3], triangles: &[[u32; 3]]) -> Vec<V3> {
    let mut n = vec![V3::default(); points.len()];
    for t in triangles {
        let [a, b, c] = t.map(|i| points[i as usize]);
        let f = (b - a).cross(c - a);
        for i in t {
            n[*i as usize] += f;
        }
    }
    n.into_iter().map(V3::unit).collect()
}

/// A sheet of `nu` × `nv` points; `wrap` closes it across.
pub fn sheet(
    nu: usize,
    nv: usize,
    wrap: bool,
    material: Material,
    at: impl Fn(usize, usize) -> (V3, [f32; 2]),
) -> Mesh {
    let mut m = Mesh::new(material);
    for j in 0..nv {
        for i in 0..nu {
            let (p, a) = at(i, j);
            m.points.push(p);
            m.marks.push(a);
        }
    }
    m.rest = m.points.clone();
    for j in 0..nv - 1 {
        for i in 0..if wrap { nu } else { nu - 1 } {
            let (a, b) = ((j * nu + i) as u32, (j * nu + (i + 1) % nu) as u32);
            let (c, d) = (a + nu as u32, b + nu as u32);
            m.triangles.extend([[a, b, c], [b, d, c]]);
        }
    }
    m.find_normals();
    let middle = m.points.iter().fold(V3::default(), |s, p| s + *p) * (1.0 / m.points.len() as f32);
    m.facing_out(|_| middle)
}

/// A round wire along `path`.
pub fn wire(path: &[V3], radius: f32, closed: bool, material: Material) -> Mesh {
    let n = path.len();
    sheet(8, n + usize::from(closed), true, material, |i, j| {
        let j = j % n;
        let before = path[if j > 0 {
            j - 1
        } else if closed {
            n - 1
        } else {
            0
        }];
        let after = path[if j + 1 < n {
            j + 1
        } else if closed {
            0
        } else {
            n - 1
        }];
        let along = (after - before).unit();
        let u = along.cross(v3(0.12, 0.3, 1.0)).unit();
        let v = along.cross(u);
        let (s, c) = (i as f32 / 8.0 * std::f32::consts::TAU).sin_cos();
        (path[j] + u * (radius * c) + v * (radius * s), [0.0, 0.0])
    })
}

/// One step of Loop subdivision, kept as weights: the same connectivity serves every sitter.
pub struct Subdivision {
    rows: Vec<Vec<(u32, f32)>>,
    pub triangles: Vec<[u32; 3]>,
}

impl Subdivision {
    /// Open edges stay smooth curves.
    pub fn of(points: usize, triangles: &[[u32; 3]]) -> Subdivision {
        let mut edges: HashMap<(u32, u32), (u32, Vec<u32>)> = HashMap::new();
        let mut order = vec![];
        for t in triangles {
            for k in 0..3 {
                let (a, b, opposite) = (t[k], t[(k + 1) % 3], t[(k + 2) % 3]);
                let key = (a.min(b), a.max(b));
                let e = edges.entry(key).or_insert_with(|| {
                    order.push(key);
                    (0, vec![])
                });
                e.1.push(opposite);
            }
        }
        let mut neighbours = vec![vec![]; points];
        let mut border = vec![vec![]; points];
        for (i, key) in order.iter().enumerate() {
            let Some(e) = edges.get_mut(key) else { continue };
            e.0 = (points + i) as u32;
            neighbours[key.0 as usize].push(key.1);
            neighbours[key.1 as usize].push(key.0);
            if e.1.len() == 1 {
                border[key.0 as usize].push(key.1);
                border[key.1 as usize].push(key.0);
            }
        }
        let mut rows: Vec<Vec<(u32, f32)>> = (0..points)
            .map(|i| match (&border[i][..], neighbours[i].len()) {
                (&[a, b], _) => vec![(i as u32, 0.75), (a, 0.125), (b, 0.125)],
                ([], n) if n > 0 => {
                    let b = if n == 3 { 3.0 / 16.0 } else { 3.0 / (8.0 * n as f32) };
                    let mut row = vec![(i as u32, 1.0 - n as f32 * b)];
                    row.extend(neighbours[i].iter().map(|j| (*j, b)));
                    row
                }
                _ => vec![(i as u32, 1.0)],
            })
            .collect();
        for key in &order {
            rows.push(match &edges[key].1[..] {
                &[c, d] => vec![(key.0, 0.375), (key.1, 0.375), (c, 0.125), (d, 0.125)],
                _ => vec![(key.0, 0.5), (key.1, 0.5)],
            });
        }
        let middle = |a: u32, b: u32| edges[&(a.min(b), a.max(b))].0;
        let triangles = triangles
            .iter()
            .flat_map(|&[a, b, c]| {
                let (x, y, z) = (middle(a, b), middle(b, c), middle(c, a));
                [[a, x, z], [x, b, y], [z, y, c], [x, y, z]]
            })
            .collect();
        Subdivision { rows, triangles }
    }

    pub fn points(&self, coarse: &[V3]) -> Vec<V3> {
        let sum = |row: &Vec<(u32, f32)>| row.iter().fold(V3::default(), |s, (i, w)| s + coarse[*i as usize] * *w);
        self.rows.iter().map(sum).collect()
    }

    pub fn numbers(&self, coarse: &[f32]) -> Vec<f32> {
        self.rows
            .iter()
            .map(|row| row.iter().map(|(i, w)| coarse[*i as usize] * w).sum())
            .collect()
    }
}

/// Who touches whom, for smoothing over a surface.
pub struct Adjacency {
    starts: Vec<u32>,
    others: Vec<u32>,
}

impl Adjacency {
    pub fn of(points: usize, triangles: &[[u32; 3]]) -> Adjacency {
        let mut lists = vec![vec![]; points];
        for t in triangles {
            for k in 0..3 {
                lists[t[k] as usize].push(t[(k + 1) % 3]);
                lists[t[(k + 1) % 3] as usize].push(t[k]);
            }
        }
        let (mut starts, mut others) = (vec![0], vec![]);
        for mut l in lists {
            l.sort_unstable();
            l.dedup();
            others.extend(l);
            starts.push(others.len() as u32);
        }
        Adjacency { starts, others }
    }

    pub fn of_point(&self, i: usize) -> &[u32] {
        &self.others[self.starts[i] as usize..self.starts[i + 1] as usize]
    }
}
