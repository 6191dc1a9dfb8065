//! Fine drawing over the shaded head: lids, lashes, brows, the lips' line, creases, lights in the eyes, lenses.

use crate::body::Spectacles;
use crate::frame::{Camera, Frame, Pen, Turn, scan};
use crate::head::{EYE_RADIUS, Head};
use crate::landmarks::*;
use crate::light::Rig;
use crate::math::{Rng, V3, curve, grey, mix, noise, smooth, v3};
use crate::shade::colour;
use crate::sitter::Sitter;
use std::f32::consts::PI;

pub struct Drawing<'a> {
    pub s: &'a Sitter,
    pub head: &'a Head,
    pub turn: Turn,
    pub camera: Camera,
}

impl Drawing<'_> {
    fn at(&self, p: V3) -> V3 {
        self.camera.project(self.turn.point(p))
    }

    fn pen(&self, width: f32, colour: V3, opacity: f32, bias: f32) -> Pen {
        Pen {
            width,
            colour,
            opacity,
            bias,
            soft: false,
            covers: false,
        }
    }

    /// Light on the middle of the face, for what is drawn without shading of its own.
    pub fn face(&self, frame: &mut Frame, level: f32) {
        let mut r = Rng::new(self.s.seed, 31);
        self.creases(frame);
        for e in 0..2 {
            self.eye(frame, e, level, &mut r);
        }
        if self.s.mouth.opening < 0.1 && self.s.mouth.teeth <= 0.0 {
            self.lip_line(frame);
        }
        self.brows(frame, level, &mut r);
    }

    /// Multiplies along a curve, `strength` 0..1 by the place along it.
    fn fold(&self, frame: &mut Frame, path: &[V3], width: f32, strength: impl Fn(f32) -> f32) {
        let n = path.len() - 1;
        for k in 0..n {
            let g = strength((k as f32 + 0.5) / n as f32);
            let factor = v3(1.0 - 0.72 * g, 1.0 - 0.92 * g, 1.0 - g);
            frame.shade_stroke(
                self.at(path[k]),
                self.at(path[k + 1]),
                self.camera.scale * width,
                factor,
                0.12,
            );
        }
    }

    fn through(&self, of: &[usize], n: usize) -> Vec<V3> {
        curve(&of.iter().map(|i| self.head.points[*i]).collect::<Vec<_>>(), n)
    }

    fn creases(&self, frame: &mut Frame) {
        // Round the nostrils' wings.
        for wing in [[198usize, 129, 64, 98], [420, 358, 294, 327]] {
            let path = self.through(&wing, 16);
            self.fold(frame, &path, 0.075, |t| 0.26 * (PI * t).sin().max(0.0).sqrt());
        }
        // Under the lower lip.
        let chin: Vec<V3> = [182usize, 83, 18, 313, 406]
            .iter()
            .map(|i| self.head.points[*i] + v3(0.0, 0.02, 0.0))
            .collect();
        self.fold(frame, &curve(&chin, 16), 0.13, |t| 0.12 * (PI * t).sin());
        // The corners of the mouth.
        for (corner, side) in [(61usize, -1.0), (291, 1.0)] {
            let q = self.head.points[corner];
            let path = [
                q + v3(-side * 0.05, 0.0, 0.0),
                q + v3(side * 0.01, 0.0, 0.0),
                q + v3(side * 0.035, 0.02, 0.01),
            ];
            self.fold(frame, &curve(&path, 8), 0.06, |t| 0.14 * (PI * t).sin());
        }
    }

    fn lip_line(&self, frame: &mut Frame) {
        let line = self.through(&LIP_LINE, 61);
        self.fold(frame, &line, 0.026, |t| mix(0.84, 0.40, (t - 0.5).abs() * 2.0));
        let below: Vec<V3> = line.iter().map(|p| *p + v3(0.0, -0.018, 0.0)).collect();
        self.fold(frame, &below, 0.07, |t| 0.08 * (PI * t).sin());
    }

    fn eye(&self, frame: &mut Frame, e: usize, level: f32, r: &mut Rng) {
        let s = self.s;
        let scale = self.camera.scale;
        let outward = if e == 0 { -1.0 } else { 1.0 };
        let skin = colour(s.skin.colour) * level;
        let upper = self.through(&UPPER_LID[e], 41);
        let lower = self.through(&LOWER_LID[e], 41);
        let open = s.eyes.opening_of(e).min(1.0);
        // Pink of the inner corner.
        let corner = upper[39].lerp(lower[39], 0.5) + v3(outward * 0.012, 0.0, -0.01);
        let pen = Pen {
            soft: true,
            ..self.pen(scale * 0.035, skin * v3(0.78, 0.42, 0.40), 0.55 * open, 0.1)
        };
        frame.stroke(self.at(corner), self.at(corner + v3(outward * 0.022, 0.004, 0.0)), pen);
        // The wet edge of the lower lid.
        for k in 3..38 {
            let raise = v3(0.0, -0.007, 0.0);
            let pen = self.pen(scale * 0.010, skin * v3(0.95, 0.74, 0.70), 0.35 * open, 0.1);
            frame.stroke(self.at(lower[k] + raise), self.at(lower[k + 1] + raise), pen);
        }
        let under: Vec<V3> = lower.iter().map(|p| *p + v3(0.0, 0.010, 0.0)).collect();
        self.fold(frame, &under, 0.020, |t| 0.34 * mix(1.0, 0.6, t));
        let bag: Vec<V3> = lower
            .iter()
            .enumerate()
            .map(|(k, p)| *p + v3(0.0, 0.045 + 0.035 * (PI * k as f32 / 40.0).sin(), 0.0))
            .collect();
        self.fold(frame, &bag, 0.05, |t| (0.11 + 0.14 * s.skin.lines) * (PI * t).sin());
        // The upper lid: crease or fullness, then the line of the lashes.
        let height = s.face.crease;
        if height > 0.0 {
            let crease: Vec<V3> = (0..41)
                .map(|k| {
                    let t = k as f32 / 40.0;
                    let rise = 0.022
                        + (0.020 + 0.040 * height)
                            * (PI * t).sin().max(0.0).powf(0.8)
                            * mix(1.25, 0.75, t * s.face.epicanthus.max(0.4));
                    upper[k] + v3(outward * 0.020 * (1.0 - t), -rise - 0.03 * (1.0 - open), 0.01)
                })
                .collect();
            self.fold(frame, &crease, 0.024, |t| {
                mix(0.50, 0.30, self.tone_dark()) * smooth(0.0, 0.15, t) * smooth(1.0, 0.8, t)
            });
            let above: Vec<V3> = crease.iter().map(|p| *p + v3(0.0, -0.02, 0.0)).collect();
            self.fold(frame, &above, 0.09, |t| 0.13 * (PI * t).sin());
        } else {
            let over: Vec<V3> = upper.iter().map(|p| *p + v3(0.0, -0.022, 0.0)).collect();
            self.fold(frame, &over, 0.05, |t| 0.20 * (PI * t).sin());
            let socket: Vec<V3> = upper.iter().map(|p| *p + v3(0.0, -0.12, 0.0)).collect();
            self.fold(frame, &socket, 0.10, |t| 0.06 * (PI * t).sin());
        }
        let liner = s.eyes.liner;
        self.fold(frame, &upper, 0.030 + 0.012 * liner, |t| {
            mix(0.80, 0.62, t) + 0.12 * liner
        });
        let lash = v3(0.012, 0.009, 0.008).lerp(skin * 0.15, 0.25);
        for _ in 0..70 + (60.0 * liner) as usize {
            let t = r.unit();
            let k = (t * 39.9) as usize;
            let l = r.range(0.028, 0.052) * (0.75 + 0.6 * liner);
            let rise = -l * (0.20 + 0.55 * open) + l * 0.9 * (1.0 - open);
            let tip = v3(outward * mix(0.8, -0.25, t) * l + r.normal() * 0.006, rise, -0.03);
            frame.stroke(
                self.at(upper[k]),
                self.at(upper[k] + tip),
                self.pen(0.9, lash, 0.42, 0.15),
            );
        }
        for _ in 0..26 {
            let t = r.range(0.0, 0.8);
            let k = (t * 39.9) as usize;
            let l = r.range(0.014, 0.026);
            let tip = v3(outward * mix(0.7, -0.2, t) * l, l, -0.02);
            frame.stroke(
                self.at(lower[k]),
                self.at(lower[k] + tip),
                self.pen(0.7, lash, 0.22, 0.15),
            );
        }
    }

    fn tone_dark(&self) -> f32 {
        smooth(0.30, 0.06, self.s.skin.colour[1])
    }

    /// Soft boxes mirrored on the wet eye.
    pub fn eye_lights(&self, frame: &mut Frame, rig: &Rig, eye_mesh: [u16; 2]) {
        for (e, on) in eye_mesh.into_iter().enumerate() {
            if self.s.eyes.opening_of(e) < 0.3 {
                continue;
            }
            for (towards, power, size) in [(rig.key, 0.9, 0.0135), (rig.fill, 0.22, 0.011)] {
                let spot = self.head.eyes[e] + v3(towards.x * 0.075, towards.y * 0.06 - 0.004, -EYE_RADIUS - 0.012);
                let q = self.at(spot);
                let half = size * self.camera.scale;
                for y in (q.y - half * 1.4).max(0.0) as usize
                    ..(q.y + half * 1.4 + 1.0).clamp(0.0, frame.height as f32) as usize
                {
                    for x in (q.x - half * 1.4).max(0.0) as usize
                        ..(q.x + half * 1.4 + 1.0).clamp(0.0, frame.width as f32) as usize
                    {
                        let i = y * frame.width + x;
                        if frame.hits[i].mesh != on {
                            continue;
                        }
                        let (dx, dy) = ((x as f32 + 0.5 - q.x) / half, (y as f32 + 0.5 - q.y) / half);
                        let d = (dx * dx + dy * dy).sqrt();
                        let k = smooth(1.25, 0.6, d) * 0.8 * power;
                        frame.colour[i] = frame.colour[i].lerp(grey(0.85), k);
                    }
                }
            }
        }
    }

    fn brows(&self, frame: &mut Frame, level: f32, r: &mut Rng) {
        let s = self.s;
        let scale = self.camera.scale;
        let hair = colour(s.hair.colour).lerp(grey(0.22), 0.45 * s.hair.grey);
        let skin = colour(s.skin.colour);
        let ink = hair.lerp(v3(0.025, 0.018, 0.014), 0.5).lerp(skin, 0.05) * level;
        let thick = s.brows.thickness;
        for (upper, lower) in BROWS {
            let (up, low) = (self.through(&upper, 41), self.through(&lower, 41));
            // t runs from the tail to the inner end; the middle of the brow bends a little above.
            let middle = |t: f32| {
                let k = (t * 39.9) as usize;
                let (tail, inner) = (up[1].lerp(low[1], 0.5), up[38].lerp(low[38], 0.5));
                let p = up[k].lerp(low[k], 0.60);
                v3(
                    p.x,
                    mix(p.y, mix(tail.y, inner.y, t), 0.75 - 0.85 * s.face.brow_arch),
                    p.z,
                )
            };
            let half = |t: f32| 0.072 * thick * mix(0.30, 1.0, smooth(0.0, 0.5, t)) * mix(1.0, 0.9, t);
            // The tail may end early.
            let end = (0.10 - 0.12 * s.face.brow_length).max(0.0);
            let body: Vec<V3> = (0..=30)
                .map(|k| middle(mix(0.04 + end, 0.94, k as f32 / 30.0)))
                .collect();
            let n = body.len() - 1;
            for k in 0..n {
                let t = k as f32 / n as f32;
                let g = s.brows.density * 0.50 * smooth(0.0, 0.2, t) * smooth(1.02, 0.75, t);
                let factor = grey(1.0).lerp(hair.lerp(grey(0.12), 0.3), g);
                frame.shade_stroke(
                    self.at(body[k]),
                    self.at(body[k + 1]),
                    scale * half(t) * 2.6,
                    factor,
                    0.12,
                );
            }
            let count = (mix(330.0, 560.0, s.brows.density) * (0.6 + 0.4 * thick)) as usize;
            for _ in 0..count {
                let t = r.unit();
                let v = (r.unit() + r.unit()) - 1.0;
                let fade = smooth(end, end + 0.12, t) * smooth(1.04, 0.84, t);
                let k = (t * 38.9) as usize;
                let along = (up[k].lerp(low[k], 0.5) - up[k + 1].lerp(low[k + 1], 0.5)).unit();
                let q = middle(t) + v3(0.0, v * half(t) * 1.15, -0.012);
                let rise =
                    -0.75 * smooth(0.45, 1.0, t) - 0.30 * v.max(0.0) + 0.35 * (-v).max(0.0) * smooth(0.7, 0.3, t);
                let l = r.range(0.045, 0.085);
                let tip = (along + v3(0.0, rise, 0.0) + v3(r.normal(), r.normal(), 0.0) * 0.10).unit() * l;
                let pen = self.pen(
                    scale * 0.0060 + 0.30,
                    ink * r.range(0.8, 1.8),
                    0.50 * fade * s.brows.density.sqrt(),
                    0.12,
                );
                frame.stroke(self.at(q), self.at(q + tip + v3(0.0, 0.0, 0.02)), pen);
            }
        }
    }

    pub fn lenses(&self, frame: &mut Frame, spectacles: &Spectacles, rig: &Rig) {
        let Some(g) = &self.s.glasses else { return };
        let scale = self.camera.scale;
        let seed = (self.s.seed % 71) as f32;
        let (width, height) = (frame.width, frame.height);
        let (eye, side) = (self.at(self.head.eyes[0]), rig.key.x.signum());
        let Frame { hits, colour, .. } = frame;
        scan(
            &spectacles.lenses,
            |p| self.at(p),
            width,
            height,
            |i, _, _, z| {
                if z >= hits[i].z {
                    return;
                }
                let (x, y) = ((i % width) as f32 - eye.x, (i / width) as f32 - eye.y);
                let band = smooth(0.35, 1.0, noise(v3((x * 0.8 + y * 0.6) / (scale * 0.6), 3.0, seed)));
                let seen = colour[i] * (1.0 - g.tint) * crate::shade::colour(g.hue);
                let mut shine = grey(0.004 + 0.022 * band);
                if g.glare > 0.0 {
                    let window = noise(v3(
                        (x + side * 0.55 * y) / (scale * 0.33),
                        y / (scale * 0.9),
                        seed + 2.0,
                    ));
                    shine += v3(0.80, 0.90, 1.0) * (g.glare * smooth(-0.25, 0.12, window));
                }
                colour[i] = seen + shine;
            },
        );
    }
}
