//! Vectors, smooth curves, noise and the random stream. Nothing here knows of faces.
//!
//! Space: x to the right of the picture, y down, z away from the camera; 1 is the distance between the eyes' centres.

use std::ops::{Add, AddAssign, Mul, Neg, Sub};

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct V3 {
    pub x: f32,
    pub y: f32,
    pub z: f32,
}

pub const fn v3(x: f32, y: f32, z: f32) -> V3 {
    V3 { x, y, z }
}

pub const fn grey(v: f32) -> V3 {
    v3(v, v, v)
}

impl V3 {
    pub fn dot(self, o: V3) -> f32 {
        self.x * o.x + self.y * o.y + self.z * o.z
    }
    pub fn cross(self, o: V3) -> V3 {
        v3(
            self.y * o.z - self.z * o.y,
            self.z * o.x - self.x * o.z,
            self.x * o.y - self.y * o.x,
        )
    }
    pub fn length(self) -> f32 {
        self.dot(self).sqrt()
    }
    /// Towards the camera where there is no direction.
    pub fn unit(self) -> V3 {
        let l = self.length();
        if l > 1e-9 { self * (1.0 / l) } else { v3(0.0, 0.0, -1.0) }
    }
    pub fn lerp(self, o: V3, t: f32) -> V3 {
        self * (1.0 - t) + o * t
    }
    pub fn map(self, f: impl Fn(f32) -> f32) -> V3 {
        v3(f(self.x), f(self.y), f(self.z))
    }
    pub fn array(self) -> [f32; 3] {
        [self.x, self.y, self.z]
    }
}

impl Add for V3 {
    type Output = V3;
    fn add(self, o: V3) -> V3 {
        v3(self.x + o.x, self.y + o.y, self.z + o.z)
    }
}
impl AddAssign for V3 {
    fn add_assign(&mut self, o: V3) {
        *self = *self + o;
    }
}
impl Sub for V3 {
    type Output = V3;
    fn sub(self, o: V3) -> V3 {
        v3(self.x - o.x, self.y - o.y, self.z - o.z)
    }
}
impl Neg for V3 {
    type Output = V3;
    fn neg(self) -> V3 {
        self * -1.0
    }
}
impl Mul<f32> for V3 {
    type Output = V3;
    fn mul(self, k: f32) -> V3 {
        v3(self.x * k, self.y * k, self.z * k)
    }
}
/// Channel by channel: colours are vectors too.
impl Mul<V3> for V3 {
    type Output = V3;
    fn mul(self, o: V3) -> V3 {
        v3(self.x * o.x, self.y * o.y, self.z * o.z)
    }
}

/// Linear light of an 8-bit sRGB colour.
pub fn srgb(r: u8, g: u8, b: u8) -> V3 {
    v3(r as f32, g as f32, b as f32).map(|v| decode(v / 255.0))
}

pub fn decode(v: f32) -> f32 {
    if v <= 0.04045 {
        v / 12.92
    } else {
        ((v + 0.055) / 1.055).powf(2.4)
    }
}

pub fn encode(v: f32) -> f32 {
    if v <= 0.003_130_8 {
        v * 12.92
    } else {
        1.055 * v.powf(1.0 / 2.4) - 0.055
    }
}

pub fn mix(a: f32, b: f32, t: f32) -> f32 {
    a + (b - a) * t
}

/// 0 at `a`, 1 at `b`, smooth between; `a` may be the larger.
pub fn smooth(a: f32, b: f32, x: f32) -> f32 {
    let t = ((x - a) / (b - a)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

pub fn bell(x: f32, width: f32) -> f32 {
    (-x * x / (width * width)).exp()
}

/// A splitmix stream: the same numbers for the same seed on every machine.
#[derive(Clone)]
pub struct Rng(u64);

impl Rng {
    pub fn new(seed: u64, stream: u64) -> Rng {
        let mut r = Rng(seed.wrapping_mul(0x2545_F491_4F6C_DD1D) ^ stream.wrapping_mul(0x9E6C_63D0_876A_68EE));
        r.next();
        r.next();
        r
    }
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
    /// Evenly in 0..1.
    pub fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / 16_777_216.0
    }
    pub fn range(&mut self, a: f32, b: f32) -> f32 {
        a + (b - a) * self.unit()
    }
    /// Near enough a normal variate, never beyond 3.5 deviations.
    pub fn normal(&mut self) -> f32 {
        (self.unit() + self.unit() + self.unit() + self.unit() - 2.0) * 1.732
    }
    pub fn chance(&mut self, p: f32) -> bool {
        self.unit() < p
    }
    pub fn below(&mut self, n: usize) -> usize {
        ((self.unit() * n as f32) as usize).min(n.saturating_sub(1))
    }
    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
    /// The index of one of `weights`, each as likely as it is heavy.
    pub fn weighted(&mut self, weights: &[f32]) -> usize {
        let mut at = self.unit() * weights.iter().sum::<f32>();
        for (i, w) in weights.iter().enumerate() {
            at -= w;
            if at < 0.0 {
                return i;
            }
        }
        weights.len() - 1
    }
}

/// The lattice's steps along each axis.
const STEP: [u32; 3] = [0x8da6_b343, 0xd816_3841, 0xcb1a_b31f];

#[inline(always)]
fn lattice(mut h: u32) -> f32 {
    h ^= h >> 15;
    h = h.wrapping_mul(0x2c1b_3c6d);
    h ^= h >> 12;
    h = h.wrapping_mul(0x297a_2d39);
    (h >> 8) as f32 / 8_388_607.5 - 1.0
}

/// Smooth value noise in −1..1, one lump per unit.
#[inline]
pub fn noise(p: V3) -> f32 {
    // Cheaper than a call of the library's floor.
    let floor = |v: f32| v as i32 - i32::from(v < 0.0);
    let (x, y, z) = (floor(p.x), floor(p.y), floor(p.z));
    let ease = |t: f32| t * t * (3.0 - 2.0 * t);
    let (u, v, w) = (ease(p.x - x as f32), ease(p.y - y as f32), ease(p.z - z as f32));
    let step = |of: i32, k: usize| (of as u32).wrapping_mul(STEP[k]);
    let corner = step(x, 0).wrapping_add(step(y, 1)).wrapping_add(step(z, 2));
    // All eight corners at once: bit 0 is a step along x, bit 1 along y, bit 2 along z.
    let value: [f32; 8] = std::array::from_fn(|k| {
        let way = |k: usize, bit: usize| if k >> bit & 1 == 1 { STEP[bit] } else { 0 };
        lattice(
            corner
                .wrapping_add(way(k, 0))
                .wrapping_add(way(k, 1))
                .wrapping_add(way(k, 2)),
        )
    });
    let edge = |k: usize| mix(value[k], value[k + 1], u);
    mix(mix(edge(0), edge(2), v), mix(edge(4), edge(6), v), w)
}

/// A Catmull-Rom curve through `points`, sampled `n` times.
pub fn curve(points: &[V3], n: usize) -> Vec<V3> {
    let last = points.len() as isize - 1;
    let at = |j: isize| points[j.clamp(0, last) as usize];
    (0..n)
        .map(|i| {
            let t = i as f32 / (n - 1) as f32 * last as f32;
            let k = (t as isize).min(last - 1);
            let u = t - k as f32;
            let (a, b, c, d) = (at(k - 1), at(k), at(k + 1), at(k + 2));
            (b * 2.0
                + (c - a) * u
                + (a * 2.0 - b * 5.0 + c * 4.0 - d) * (u * u)
                + (b * 3.0 - a - c * 3.0 + d) * (u * u * u))
                * 0.5
        })
        .collect()
}
