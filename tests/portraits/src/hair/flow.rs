//! The styles: which way hair runs from each root, how long, how high it lies. Paths follow the skull, then fall.

use super::skull::{CENTRE, Skull};
use super::{Lock, scalp_depth, thickness};
use crate::body::Torso;
use crate::math::{Rng, V3, mix, noise, smooth, v3};
use crate::sitter::{HairStyle, Sex, Sitter};

/// 1 where hair can fall over the forehead, little behind.
fn root_in_front(root: V3) -> f32 {
    mix(1.0, 0.15, smooth(0.9, 1.2, root.z))
}

fn in_fringe(root: V3) -> bool {
    root.y < -0.95 && root.z < 0.85 && root.x.abs() < 0.74
}

/// Where the parting lies across, for the styles that have one.
pub fn part_line(s: &Sitter) -> Option<f32> {
    use HairStyle::*;
    match s.hair.style {
        SidePart => Some(s.hair.part * 0.75),
        TiedParted | Bob | LongBehind | LongFront => Some(s.hair.part * 0.62),
        _ => None,
    }
}

pub struct Flow<'a> {
    s: &'a Sitter,
    skull: &'a Skull,
    torso: &'a Torso,
    seed: f32,
}

impl<'a> Flow<'a> {
    pub fn of(s: &'a Sitter, skull: &'a Skull, torso: &'a Torso) -> Flow<'a> {
        Flow {
            s,
            skull,
            torso,
            seed: (s.seed % 509) as f32,
        }
    }

    pub fn long(&self) -> bool {
        use HairStyle::*;
        matches!(self.s.hair.style, Bob | BobFringe | LongBehind | LongFront | LongFringe)
    }

    pub fn count(&self) -> usize {
        use HairStyle::*;
        match self.s.hair.style {
            Bald => 250,
            Buzz => 1500,
            Curls => 1700,
            Tied | TiedParted => 900,
            Bob | BobFringe | LongBehind | LongFront | LongFringe => 950,
            _ => 1300,
        }
    }

    /// Roots on the back of the head show only where long hair hangs from them.
    pub fn seen(&self, rest: V3) -> bool {
        rest.z < if self.long() { 2.5 } else { 1.75 }
    }

    pub fn density(&self, rest: V3) -> f32 {
        let edge = 1.0 + 2.0 * smooth(0.22, 0.0, scalp_depth(rest, self.s));
        let edge = if self.s.hair.style.has_fringe() && in_fringe(rest) {
            3.5
        } else {
            edge
        };
        if self.long() {
            edge * mix(1.0, 0.6, smooth(1.4, 2.2, rest.z))
        } else {
            edge
        }
    }

    fn short_sides(&self) -> bool {
        use HairStyle::*;
        matches!(self.s.hair.style, SidePart | SweptUp | Textured | Forward | Buzz | Bald)
    }

    /// Direction of growth and combing at `p`, a share `t` along the way.
    fn direction(&self, p: V3, root: V3, t: f32, whim: V3) -> V3 {
        use HairStyle::*;
        let s = self.s;
        let top = smooth(-0.60, -1.10, root.y);
        let down = v3(p.x.signum() * 0.05, 1.0, 0.22);
        let lean = if s.hair.part >= 0.0 { -1.0 } else { 1.0 };
        let tie = v3(0.0, -0.25, 2.9);
        let side_of = |x: f32| if p.x > x { 1.0 } else { -1.0 };
        match s.hair.style {
            Bald | Buzz => v3(0.1 * p.x, 0.6, mix(0.3, -0.8, top)) + whim * 0.35,
            SidePart => {
                let x = part_line(s).unwrap_or(0.0);
                let on_far_side = (root.x - x) * lean > 0.0;
                let over = if on_far_side {
                    v3(lean, 0.10 + 0.5 * t, mix(-0.10, 0.5, smooth(0.1, 1.3, root.z)))
                } else {
                    v3(-lean * 0.6, 0.8, 0.3)
                };
                down.lerp(over, top) + whim * 0.28
            }
            SweptUp => down.lerp(v3(lean * 0.45 + 0.4 * p.x, -0.25, 1.0), top) + whim * 0.32,
            Textured => {
                let rough = v3(
                    noise(root * 3.1 + v3(self.seed, 0.0, 0.0)),
                    0.0,
                    noise(root * 3.1 + v3(0.0, self.seed, 5.0)),
                );
                down.lerp(v3(lean * 0.35, 0.25, -0.75) + rough * 1.1, top) + whim * 0.45
            }
            Forward => {
                let crown = v3(0.1 * lean, -1.6, 1.7);
                let out = (p - crown).unit();
                let fall = 1.2 * smooth(-1.1, -0.5, p.y);
                down.lerp(
                    out * (1.0 - 0.5 * fall.min(1.0)) + v3(lean * 0.35, 0.35 + fall, -0.2),
                    top,
                ) + whim * 0.25
            }
            Tied => (tie - p).unit() + v3(0.0, -0.10, 0.0) + whim * 0.07,
            TiedParted => {
                let x = part_line(s).unwrap_or(0.0);
                let away = v3(side_of(x) * 1.0, 0.45, 0.30);
                away.lerp(
                    (tie - p).unit() * 1.2,
                    smooth(0.1, 0.55, t + 0.6 * smooth(0.6, 1.3, p.z)),
                ) + whim * 0.06
            }
            Curls => v3(p.x, p.y + 0.2, p.z - 1.15).unit() * 0.3 + whim * 1.3,
            Bob | BobFringe | LongBehind | LongFront | LongFringe => self.long_direction(p, root, t, whim),
        }
    }

    fn long_direction(&self, p: V3, root: V3, t: f32, whim: V3) -> V3 {
        use HairStyle::*;
        let s = self.s;
        let side = if p.x.abs() > 0.05 {
            p.x.signum()
        } else {
            root.x.signum()
        };
        if s.hair.style.has_fringe() && in_fringe(root) {
            return v3(0.30 * p.x, 1.0, -0.4) + whim * 0.10;
        }
        let x = part_line(s).unwrap_or(0.0);
        let start = if root.x > x { 1.0 } else { -1.0 };
        let over = v3(start, 0.28, mix(0.10, 0.45, smooth(0.2, 1.2, root.z)));
        // Behind the ear, then down.
        let back = 1.15 * smooth(1.42, 1.05, p.z);
        let tucked = v3(
            side * mix(0.25, 0.12, s.hair.tucked),
            0.80,
            mix(-0.15, back, s.hair.tucked),
        );
        // Only the hair of the sides comes forward of the shoulders, and stays beside the neck.
        let forward = s.hair.style == LongFront && root.z < 1.55 && root.x.abs() > 0.35;
        let hang = match s.hair.style {
            _ if forward => {
                let near = 0.80 + 0.30 * noise(root * 4.0 + v3(self.seed, 0.0, 0.0));
                let beside = smooth(near + 0.20, near, p.x.abs()) * smooth(0.9, 1.3, p.y);
                let come = -0.95 * smooth(0.40, 1.1, p.z) * smooth(0.75, 1.4, p.y);
                v3(side * (0.05 + 0.7 * beside), 1.0, come)
            }
            Bob | BobFringe => {
                let come = if root.x.abs() > 0.35 {
                    -0.45 * smooth(0.8, 1.3, p.z) * smooth(0.7, 1.0, p.y)
                } else {
                    0.05
                };
                v3(-side * 0.10 * smooth(0.9, 1.6, p.y), 1.0, come)
            }
            _ => v3(side * 0.03, 1.0, 0.10),
        };
        let w = smooth(-1.30, -0.55, p.y);
        let sides = tucked.lerp(hang, smooth(0.40, 0.80, p.y));
        let wave = 0.55 * s.hair.wave * smooth(0.2, 1.0, t);
        let swing = noise(root * 2.0 + v3(0.0, p.y * 1.1, self.seed));
        over.lerp(sides, w) + whim * 0.06 + v3(swing, 0.0, swing * 0.5) * wave
    }

    fn length(&self, root: V3, r: &mut Rng) -> f32 {
        use HairStyle::*;
        let top = smooth(-0.65, -1.15, root.y);
        let sides = mix(0.05, 0.15, smooth(0.0, -0.7, root.y)) * r.range(0.7, 1.3);
        let h = &self.s.hair;
        match h.style {
            Bald => r.range(0.05, 0.12),
            Buzz => r.range(0.05, 0.09),
            SidePart => mix(sides, r.range(0.55, 0.95), top),
            SweptUp => mix(sides, r.range(0.40, 0.75), top),
            Textured => mix(sides, r.range(0.26, 0.46), top),
            Forward => mix(
                sides,
                r.range(0.35, 0.60) * mix(1.0, 0.45, smooth(0.5, 0.9, root.x.abs())),
                top,
            ),
            Tied | TiedParted => r.range(1.5, 2.2),
            Curls => r.range(0.25, 0.5),
            Bob | BobFringe => r.range(2.0, 2.15) + 0.7 * h.length,
            // From the shoulders to well below them.
            LongBehind | LongFront | LongFringe => r.range(3.0, 3.5) + 2.0 * h.length,
        }
    }

    /// A tail from where the hair is tied, laid over one shoulder. Only the longer hair of the tied styles has one.
    pub fn tail(&self, r: &mut Rng) -> Vec<Lock> {
        let s = self.s;
        if !matches!(s.hair.style, HairStyle::Tied | HairStyle::TiedParted)
            || s.hair.length < 0.45
            || s.sex == Sex::Male
        {
            return vec![];
        }
        let side = if s.hair.part >= 0.0 { 1.0 } else { -1.0 };
        let end = 2.9 + 1.2 * s.hair.length;
        let wave = 0.03 + 0.08 * s.hair.wave;
        (0..90)
            .map(|_| {
                let (u, v, layer) = (r.normal() * 0.5, r.normal() * 0.5, r.unit());
                let stop = end + 0.22 * r.normal() + 0.15 * u;
                let n = 20;
                let (mut path, mut outward) = (vec![], vec![]);
                for i in 0..=n {
                    let y = mix(0.75, stop, i as f32 / n as f32);
                    let wide = 0.10 + 0.20 * smooth(1.2, 2.4, y) - 0.12 * smooth(end - 0.9, end, y);
                    let x = side * mix(0.75, 1.22, smooth(0.9, 1.7, y)) - side * 0.16 * smooth(2.1, end, y);
                    let sway = wave * noise(v3(u * 1.5, y * 1.6, self.seed + v));
                    let q = v3(x + u * wide + sway, y, 0.0);
                    let chest = self.torso.front(q.x, q.y).unwrap_or(0.9);
                    let z = mix(1.75, 0.72, smooth(0.9, 2.0, y));
                    path.push(v3(q.x, y, z.min(chest - 0.05 - 0.10 * layer) + v * 0.5 * wide));
                    outward.push(v3(u * 0.9, -0.1, -1.0).unit());
                }
                Lock {
                    path,
                    outward,
                    half: 0.05,
                    layer,
                    strands: 9,
                    tone: r.range(0.75, 1.3),
                    gather: r.range(0.3, 0.9),
                    frizz: 0.006 + 0.012 * s.hair.unruly,
                    seed: r.next(),
                    hangs: true,
                }
            })
            .collect()
    }

    pub fn lock(&self, root: V3, rest: V3, r: &mut Rng) -> Lock {
        use HairStyle::*;
        let s = self.s;
        let style = s.hair.style;
        let layer = r.unit().sqrt();
        let whim = v3(r.normal(), r.normal(), r.normal());
        let fringe = match style {
            LongFringe | BobFringe => in_fringe(root),
            Forward => true,
            _ => false,
        };
        let mut length = self.length(root, r);
        if fringe && (style.has_fringe() || s.hair.over_face > 0.0) {
            length = 4.0 * root_in_front(root);
        }
        let long = self.long() && !fringe;
        let steps = if long {
            22
        } else {
            (length / 0.07).clamp(3.0, 20.0) as usize
        };
        let step = length / steps as f32;
        // A fringe ends above the brows unless it is asked to hide them.
        let fringe_end =
            mix(-0.60, 0.12, s.hair.over_face) + 0.10 * noise(v3(root.x * 3.0, self.seed, 2.0)) + 0.04 * r.normal()
                - 0.10 * (1.0 - root.x.abs()).max(0.0) * (1.0 - s.hair.over_face);
        let mut p = root;
        let (mut path, mut outward) = (vec![], vec![]);
        let root_thick = thickness(rest, s);
        for i in 0..=steps {
            let t = i as f32 / steps as f32;
            let d = (p - CENTRE).unit();
            let skin = self.skull.radius(d);
            let off = p - CENTRE;
            let near = off.length();
            let here = thickness(p, s);
            let thick = here.max(mix(here, root_thick, 0.6) * smooth(0.0, 0.5, t)).max(0.02);
            let rise = match style {
                SweptUp => 0.10 * smooth(0.0, 0.5, t) * smooth(0.4, 0.0, root.z),
                Textured => 0.07 * smooth(0.0, 1.0, t) * layer,
                Forward => -0.5 * thick * smooth(0.6, 1.0, t),
                SidePart => 0.05 * smooth(0.0, 0.5, t) * smooth(0.5, 0.0, root.z),
                _ => 0.0,
            };
            let lie = (thick * mix(0.72, 1.12, layer) * mix(0.55, 1.0, smooth(0.0, if long { 0.10 } else { 0.30 }, t))
                + rise)
                .max(0.012);
            // Above the ears hair lies on the head, below it only must not enter it.
            let held = if long { smooth(0.35, -0.25, p.y) } else { 1.0 };
            let on_head = CENTRE + d * (skin + lie);
            let mut q = if near < skin + lie {
                on_head
            } else {
                p.lerp(on_head, held)
            };
            if long
                && style == LongFront
                && root.z < 1.55
                && q.z < 1.2
                && q.y > 1.9
                && let Some(front) = self.torso.front(q.x, q.y)
            {
                q.z = q.z.min(front - 0.07 - 0.08 * layer);
            }
            if fringe && q.y > fringe_end && i > 1 {
                break;
            }
            path.push(q);
            outward.push(d);
            let mut go = self.direction(q, root, t, whim).unit();
            let lifted = if held > 0.5 { go - d * go.dot(d) * 0.95 } else { go };
            go = if lifted.length() > 0.05 { lifted.unit() } else { go };
            p = if held > 0.5 {
                CENTRE + d * skin + go * step
            } else {
                q + go * step
            };
        }
        if path.len() < 2 {
            let next = path[0] + v3(0.0, 0.03, 0.0);
            path.push(next);
            outward.push(outward[0]);
        }
        let fine = self.short_sides() && rest.y > -0.75;
        let (half, strands) = match style {
            Buzz | Bald => (0.05, 7),
            Curls => (0.035, 6),
            Tied | TiedParted => (0.055, 9),
            _ if long => (0.06, 8),
            _ if fine => (0.045, 8),
            _ => (0.055, 10),
        };
        Lock {
            path,
            outward,
            half,
            layer,
            strands,
            tone: r.range(0.72, 1.3),
            gather: if fine { 0.0 } else { r.range(0.15, 0.8) },
            frizz: match style {
                Curls => 0.06,
                Tied | TiedParted => 0.002 + 0.005 * s.hair.unruly,
                _ => 0.004 + 0.012 * s.hair.unruly,
            },
            seed: r.next(),
            hangs: long,
        }
    }
}
