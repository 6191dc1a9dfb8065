//! The camera and the picture plane: projection, depth-tested triangles and strokes, on a grid twice as fine as the
//! photo. Knows no materials.

use crate::math::{V3, v3};
use crate::mesh::Mesh;
use crate::sitter::{Framing, Pose};

/// Samples per picture pixel along each side.
pub const FINE: usize = 2;

/// The head turns about the top of the neck, the trunk leans about its foot.
#[derive(Clone, Copy)]
pub struct Turn {
    rows: [V3; 3],
    lean_deg: f32,
}

const PIVOT: V3 = v3(0.0, 0.9, 1.3);
const NECK_FOOT: V3 = v3(0.0, 2.2, 1.1);

impl Turn {
    pub fn of(pose: &Pose) -> Turn {
        let (sy, cy) = pose.yaw_deg.to_radians().sin_cos();
        let (sp, cp) = (-pose.pitch_deg).to_radians().sin_cos();
        let (sr, cr) = pose.roll_deg.to_radians().sin_cos();
        let turn = |q: V3| {
            let q = v3(cy * q.x - sy * q.z, q.y, sy * q.x + cy * q.z);
            let q = v3(q.x, cp * q.y - sp * q.z, sp * q.y + cp * q.z);
            v3(cr * q.x - sr * q.y, sr * q.x + cr * q.y, q.z)
        };
        let (a, b, c) = (
            turn(v3(1.0, 0.0, 0.0)),
            turn(v3(0.0, 1.0, 0.0)),
            turn(v3(0.0, 0.0, 1.0)),
        );
        Turn {
            rows: [v3(a.x, b.x, c.x), v3(a.y, b.y, c.y), v3(a.z, b.z, c.z)],
            lean_deg: pose.shoulders_deg,
        }
    }
    pub fn direction(&self, v: V3) -> V3 {
        v3(self.rows[0].dot(v), self.rows[1].dot(v), self.rows[2].dot(v))
    }
    pub fn point(&self, p: V3) -> V3 {
        self.direction(p - PIVOT) + PIVOT
    }
    pub fn leans(&self) -> bool {
        self.lean_deg != 0.0
    }
    /// Where a point of the trunk is.
    pub fn trunk(&self, p: V3) -> V3 {
        if !self.leans() {
            return p;
        }
        let (s, c) = self.lean_deg.to_radians().sin_cos();
        let q = p - NECK_FOOT;
        v3(c * q.x - s * q.y, s * q.x + c * q.y, q.z) + NECK_FOOT
    }
    /// What hangs between head and trunk follows the head less and less, from `whole` down to `none`.
    pub fn partly(&self, p: V3, whole: f32, none: f32) -> V3 {
        self.trunk(p).lerp(self.point(p), crate::math::smooth(none, whole, p.y))
    }
}

#[derive(Clone, Copy)]
pub struct Camera {
    focal: f32,
    distance: f32,
    shift_x: f32,
    shift_y: f32,
    /// Fine samples per inter-ocular distance at the face.
    pub scale: f32,
}

impl Camera {
    /// The middle between the posed `eyes` lands where the framing wants it.
    pub fn aimed(framing: &Framing, distance: f32, eyes: [V3; 2], depth: f32, apart: f32) -> Camera {
        let fine = FINE as f32;
        let scale = framing.eye_distance_px * fine;
        let focal = scale / apart * (distance + depth);
        let mut c = Camera {
            focal,
            distance,
            shift_x: 0.0,
            shift_y: 0.0,
            scale: scale / apart,
        };
        let m = c.project((eyes[0] + eyes[1]) * 0.5);
        c.shift_x = framing.eyes_x_px * fine - m.x;
        c.shift_y = framing.eyes_y_px * fine - m.y;
        c
    }
    /// Fine samples right and down, and depth.
    pub fn project(&self, p: V3) -> V3 {
        let k = self.focal / (p.z + self.distance);
        v3(self.shift_x + p.x * k, self.shift_y + p.y * k, p.z)
    }
    /// The middle of a picture pixel has a whole coordinate.
    pub fn pixel(&self, p: V3) -> [f32; 2] {
        let q = self.project(p);
        [q.x / FINE as f32 - 0.5, q.y / FINE as f32 - 0.5]
    }
}

pub const NOTHING: u16 = u16::MAX;

#[derive(Clone, Copy)]
pub struct Hit {
    pub z: f32,
    pub mesh: u16,
    pub triangle: u32,
    pub weights: [f32; 2],
}

pub struct Frame {
    pub width: usize,
    pub height: usize,
    pub hits: Vec<Hit>,
    /// Linear light.
    pub colour: Vec<V3>,
    /// Share of the sample that the sitter covers.
    pub cover: Vec<f32>,
}

impl Frame {
    pub fn new(width_px: u32, height_px: u32) -> Frame {
        let (width, height) = (width_px as usize * FINE, height_px as usize * FINE);
        let empty = Hit {
            z: f32::INFINITY,
            mesh: NOTHING,
            triangle: 0,
            weights: [0.0; 2],
        };
        Frame {
            width,
            height,
            hits: vec![empty; width * height],
            colour: vec![V3::default(); width * height],
            cover: vec![0.0; width * height],
        }
    }

    /// Draws what of the mesh is `there`, asked by triangle and weights.
    pub fn draw(&mut self, index: u16, mesh: &Mesh, camera: &Camera, there: impl Fn(u32, [f32; 2]) -> bool) {
        let hits = &mut self.hits;
        scan(
            mesh,
            |p| camera.project(p),
            self.width,
            self.height,
            |i, triangle, weights, z| {
                if z < hits[i].z && there(triangle, weights) {
                    hits[i] = Hit {
                        z,
                        mesh: index,
                        triangle,
                        weights,
                    };
                }
            },
        );
    }

    /// A straight stroke; `bias` lets it lie that deep under the surface, `solid` makes it hide what comes later.
    pub fn stroke(&mut self, a: V3, b: V3, pen: Pen) {
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let length2 = (dx * dx + dy * dy).max(1e-6);
        let reach = pen.width / 2.0 + if pen.soft { 0.7 } else { 0.5 };
        let (x0, x1) = (
            (a.x.min(b.x) - reach).max(0.0),
            (a.x.max(b.x) + reach).min(self.width as f32 - 1.0),
        );
        let (y0, y1) = (
            (a.y.min(b.y) - reach).max(0.0),
            (a.y.max(b.y) + reach).min(self.height as f32 - 1.0),
        );
        if !(x1 >= 0.0 && y1 >= 0.0 && x0 <= x1 && y0 <= y1) {
            return;
        }
        let inverse = 1.0 / length2.sqrt();
        let thin = pen.width.min(1.0);
        // Walk along the longer side; across it only as far as the pen reaches.
        let steep = dy.abs() > dx.abs();
        let (slope, (m0, m1), (c0, c1)) = if steep {
            (dx / dy, (y0, y1), (x0, x1))
        } else {
            (dy / dx.abs().max(1e-6) * dx.signum(), (x0, x1), (y0, y1))
        };
        let side = reach * (1.0 + slope * slope).sqrt();
        for m in m0 as usize..=m1 as usize {
            let middle = if steep {
                a.x + (m as f32 + 0.5 - a.y) * slope
            } else {
                a.y + (m as f32 + 0.5 - a.x) * slope
            };
            let (from, to) = ((middle - side - 0.5).ceil().max(c0), (middle + side - 0.5).min(c1));
            if from > to {
                continue;
            }
            for c in from as usize..=to as usize {
                let (x, y) = if steep { (c, m) } else { (m, c) };
                self.dab(x, y, a, (dx, dy, b.z - a.z), (length2, inverse, reach, thin), &pen);
            }
        }
    }

    #[inline]
    fn dab(&mut self, x: usize, y: usize, a: V3, along: (f32, f32, f32), pre: (f32, f32, f32, f32), pen: &Pen) {
        let (dx, dy, dz) = along;
        let (length2, inverse, reach, thin) = pre;
        let (px, py) = (x as f32 + 0.5 - a.x, y as f32 + 0.5 - a.y);
        let t = (px * dx + py * dy) / length2;
        if !(0.0..1.0).contains(&t) {
            return;
        }
        let away = (px * dy - py * dx).abs() * inverse;
        let ink = if pen.soft {
            (1.0 - away / reach).max(0.0).powi(2)
        } else {
            (pen.width / 2.0 + 0.5 - away).clamp(0.0, 1.0) * thin
        };
        if ink <= 0.0 {
            return;
        }
        let i = y * self.width + x;
        let z = a.z + dz * t;
        if z - pen.bias > self.hits[i].z {
            return;
        }
        let k = ink * pen.opacity;
        self.colour[i] = self.colour[i].lerp(pen.colour, k);
        if pen.covers {
            self.cover[i] += (1.0 - self.cover[i]) * k;
            if k > 0.6 && z < self.hits[i].z {
                self.hits[i].z = z;
            }
        }
    }

    /// A stroke that multiplies what is there: shadow in a fold.
    pub fn shade_stroke(&mut self, a: V3, b: V3, width: f32, factor: V3, bias: f32) {
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let length2 = (dx * dx + dy * dy).max(1e-6);
        let (x0, x1) = (
            (a.x.min(b.x) - width).max(0.0),
            (a.x.max(b.x) + width).min(self.width as f32 - 1.0),
        );
        let (y0, y1) = (
            (a.y.min(b.y) - width).max(0.0),
            (a.y.max(b.y) + width).min(self.height as f32 - 1.0),
        );
        if !(x1 >= 0.0 && y1 >= 0.0 && x0 <= x1 && y0 <= y1) {
            return;
        }
        for y in y0 as usize..=y1 as usize {
            for x in x0 as usize..=x1 as usize {
                let (px, py) = (x as f32 + 0.5 - a.x, y as f32 + 0.5 - a.y);
                let t = (px * dx + py * dy) / length2;
                if !(0.0..1.0).contains(&t) {
                    continue;
                }
                let away = (px * dy - py * dx).abs() / length2.sqrt() / (width * 0.5);
                let k = (-away * away * 1.5).exp();
                let i = y * self.width + x;
                if k < 0.02 || a.z - bias > self.hits[i].z {
                    continue;
                }
                self.colour[i] = self.colour[i] * v3(1.0, 1.0, 1.0).lerp(factor, k);
            }
        }
    }
}

#[derive(Clone, Copy)]
pub struct Pen {
    pub width: f32,
    pub colour: V3,
    pub opacity: f32,
    pub bias: f32,
    /// Fades from the middle line to the edge.
    pub soft: bool,
    /// Belongs to the silhouette and hides what lies behind.
    pub covers: bool,
}

/// Visits every sample that a triangle of `mesh` covers: sample, triangle, first two barycentric weights, depth.
pub fn scan(
    mesh: &Mesh,
    project: impl Fn(V3) -> V3,
    width: usize,
    height: usize,
    mut visit: impl FnMut(usize, u32, [f32; 2], f32),
) {
    let q: Vec<V3> = mesh.points.iter().map(|p| project(*p)).collect();
    for (index, t) in mesh.triangles.iter().enumerate() {
        let [a, b, c] = t.map(|i| q[i as usize]);
        let area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
        if area.abs() < 1e-6 {
            continue;
        }
        let x0 = a.x.min(b.x).min(c.x).floor().max(0.0);
        let x1 = a.x.max(b.x).max(c.x).ceil().min(width as f32 - 1.0);
        let y0 = a.y.min(b.y).min(c.y).floor().max(0.0);
        let y1 = a.y.max(b.y).max(c.y).ceil().min(height as f32 - 1.0);
        if !(x0 <= x1 && y0 <= y1) {
            continue;
        }
        let inverse = 1.0 / area;
        // Barycentric weights are linear: their steps right and down.
        let (right0, down0) = ((b.y - c.y) * inverse, (c.x - b.x) * inverse);
        let (right1, down1) = ((c.y - a.y) * inverse, (a.x - c.x) * inverse);
        let (px, py) = (x0 + 0.5, y0 + 0.5);
        let mut row0 = ((b.x - px) * (c.y - py) - (b.y - py) * (c.x - px)) * inverse;
        let mut row1 = ((c.x - px) * (a.y - py) - (c.y - py) * (a.x - px)) * inverse;
        for y in y0 as usize..=y1 as usize {
            let (mut w0, mut w1) = (row0, row1);
            for x in x0 as usize..=x1 as usize {
                let w2 = 1.0 - w0 - w1;
                if w0 >= -1e-4 && w1 >= -1e-4 && w2 >= -1e-4 {
                    visit(y * width + x, index as u32, [w0, w1], w0 * a.z + w1 * b.z + w2 * c.z);
                }
                w0 += right0;
                w1 += right1;
            }
            row0 += down0;
            row1 += down1;
        }
    }
}
