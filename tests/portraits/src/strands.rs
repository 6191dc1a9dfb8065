//! Draws locks of hair strand by strand, lit as fibres.

use crate::features::Drawing;
use crate::frame::{Frame, Pen};
use crate::hair::Lock;
use crate::light::Rig;
use crate::math::{Rng, V3, grey, mix, noise, smooth, v3};
use crate::shade::Shader;

impl Drawing<'_> {
    pub fn strands(&self, frame: &mut Frame, locks: &[Lock], rig: &Rig, shader: &Shader) {
        let half = (rig.key + v3(0.0, 0.0, -1.0)).unit();
        let top_half = (v3(0.0, -0.85, 0.35).unit() + v3(0.0, 0.0, -1.0)).unit();
        let place = |l: &Lock, p: V3| {
            if l.hangs {
                self.turn.partly(p, 1.0, 2.6)
            } else {
                self.turn.point(p)
            }
        };
        let wide = (self.camera.scale / 200.0).max(0.7);
        for lock in locks {
            let mut r = Rng::new(lock.seed, 5 ^ self.s.shot << 8);
            let n = lock.path.len();
            let path: Vec<V3> = lock.path.iter().map(|p| place(lock, *p)).collect();
            let hidden = |p: &V3| {
                let q = self.camera.project(*p);
                let (x, y) = (q.x.max(0.0) as usize, q.y.max(0.0) as usize);
                x >= frame.width || y >= frame.height || frame.hits[y * frame.width + x].z < q.z - 0.15
            };
            let hidden: Vec<bool> = path.iter().map(hidden).collect();
            if hidden.iter().all(|h| *h) {
                continue;
            }
            let outward: Vec<V3> = lock.outward.iter().map(|d| self.turn.direction(*d)).collect();
            // Light along the lock, at a few places.
            let lit: Vec<_> = (0..4)
                .map(|k| {
                    let i = k * (n - 1) / 3;
                    rig.at(path[i] + outward[i] * if lock.hangs { 0.15 } else { 0.06 }, outward[i])
                })
                .collect();
            let tangent = |i: usize| (path[(i + 1).min(n - 1)] - path[i.saturating_sub(1)]).unit();
            let across: Vec<V3> = (0..n).map(|i| tangent(i).cross(outward[i]).unit()).collect();
            let glint: Vec<f32> = (0..n)
                .map(|i| {
                    let t = tangent(i);
                    let lobe = |h: V3, p: f32| (1.0 - t.dot(h).powi(2)).max(0.0).powf(p);
                    let l = &lit[(i * 3 / (n - 1)).min(3)];
                    0.055 * l.key.max(if lock.hangs { 0.4 } else { 0.0 }) * lobe(half, 14.0)
                        + 0.05 * lobe(top_half, 10.0) * l.colour.y.min(1.0)
                })
                .collect();
            let depth = mix(0.45, 1.0, lock.layer);
            // Every other hanging lock has a broad dark ribbon behind its strands.
            let first = usize::from(!lock.hangs || lock.seed & 1 == 0);
            for strand in first..=lock.strands {
                let base = strand == 0;
                let (u, v) = (r.normal() * 0.6, r.normal() * 0.35);
                let order = if base { 0.5 } else { r.unit() };
                let tone = shader.hair_tone(order) * (lock.tone * r.range(0.65, 1.45) * depth);
                let shine = r.range(0.15, 1.0) * if base { 0.3 } else { 1.0 };
                // A few of the top strands fly away from the rest.
                let flies = !base && lock.layer > 0.75 && lock.frizz < 0.03 && r.chance(0.09);
                let stray = lock.frizz * r.range(0.3, 1.6) * if flies { 3.5 } else { 1.0 };
                let phase = r.range(0.0, 40.0);
                let end = if base { 0.86 } else { r.range(0.80, 1.0) };
                let width = if base {
                    lock.half * 0.9 * self.camera.scale
                } else {
                    1.25 * wide
                };
                let last = ((n - 1) as f32 * end).ceil().max(1.0) as usize;
                let mut before: Option<V3> = None;
                for i in 0..=last {
                    let t = i as f32 / (n - 1) as f32;
                    let spread = lock.half * mix(1.0, 1.0 - lock.gather, t * t);
                    let mut p = path[i];
                    if !base {
                        p += across[i] * (u * spread) + outward[i] * (v * spread * 0.5);
                        let w = noise(v3(phase, t * 5.0, 1.0));
                        p += across[i] * (w * stray * (0.4 + 3.0 * t))
                            + outward[i] * (noise(v3(phase, t * 4.0, 9.0)) * stray * (0.3 + 2.0 * t));
                    }
                    let q = self.camera.project(p);
                    if let Some(b) = before
                        && !(hidden[i] && hidden[i - 1])
                    {
                        let l = &lit[(i * 3 / (n - 1)).min(3)];
                        let light = l.colour * (0.55 + 0.45 * (1.0 - tangent(i).dot(rig.key).powi(2)).max(0.0).sqrt());
                        let floor = grey(if lock.hangs { 0.34 } else { 0.10 });
                        let light = v3(light.x.max(floor.x), light.y.max(floor.y), light.z.max(floor.z));
                        let c = tone * light * 1.15 + grey(1.0).lerp(tone * 3.0, 0.25) * (glint[i] * shine * depth);
                        let taper = smooth(1.02, if base { 0.60 } else { 0.72 }, t / end);
                        let rooted = if t < 0.12 && !lock.hangs { 0.75 } else { 1.0 };
                        let pen = if base {
                            let c = tone * light * 0.75;
                            Pen {
                                width: width * mix(0.5, 1.0, taper),
                                colour: c,
                                opacity: 0.66 * taper,
                                bias: 0.02,
                                soft: false,
                                covers: true,
                            }
                        } else {
                            Pen {
                                width: width * mix(0.55, 1.0, taper),
                                colour: c,
                                opacity: if flies { 0.40 } else { 0.62 } * mix(0.35, 1.0, taper) * rooted,
                                bias: 0.05,
                                soft: false,
                                covers: true,
                            }
                        };
                        frame.stroke(b, q, pen);
                    }
                    before = Some(q);
                }
            }
        }
    }
}
