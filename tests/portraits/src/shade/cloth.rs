//! Cloth: which part of the trunk is which garment, its weave, seams and folds.

use super::{Matter, Point, Shader, colour};
use crate::body::collar::{below_leaf, within};
use crate::math::{V3, bell, mix, noise, smooth, v3};

use crate::sitter::Garment::*;
use crate::sitter::{PatternKind, Sitter};

/// Lower edge of the neckline at `x`, in front.
fn neckline(s: &Sitter, x: f32, y: f32) -> f32 {
    let ax = x.abs();
    let wobble = 0.012 * noise(v3(x * 5.0, y * 5.0, (s.seed % 613) as f32));
    wobble
        + match s.clothes.garment {
            RoundNeck => 2.66 - 0.36 * (ax / 0.9).powi(2),
            Blazer => 2.82 - 0.42 * (ax / 0.9).powi(2),
            SweaterOverShirt => 2.74 - 0.40 * (ax / 0.9).powi(2),
            VNeck => 3.05 - 0.90 * (ax / 0.95).powf(0.9),
            // An open collar: a wedge between its leaves.
            OpenShirt | SuitOpenShirt => 3.0 - ax / 0.60,
            Polo => 2.9 - ax / 0.60,
            Shirt => 2.5 - ax / 0.60,
            Hoodie => 2.62 - 0.36 * (ax / 0.9).powi(2),
            StandCollar => 2.52 - 0.40 * (ax / 0.75).powi(2),
            SuitAndTie => 2.0,
            Camisole => 2.55,
        }
}

/// Whether the garment leaves the skin bare here.
pub fn bare(s: &Sitter, c: V3) -> bool {
    // No neckline goes deeper.
    if c.y > 3.12 {
        return false;
    }
    let behind = c.z >= 1.25;
    match s.clothes.garment {
        RoundNeck | VNeck | Blazer if behind => c.y < 2.22,
        _ if behind => false,
        _ if within(s, c.x, c.y) => true,
        SweaterOverShirt => false,
        _ => c.y < neckline(s, c.x, c.y),
    }
}

/// A step up at an edge: how much the light falls off beside it, and the thread along it.
fn edge(distance: f32, width: f32) -> f32 {
    if distance > 0.0 { (-distance / width).exp() } else { 0.0 }
}

/// Whether the trunk itself shows skin: beside and above a garment that hangs from straps.
pub fn skin_of_trunk(s: &Sitter, c: V3) -> bool {
    let (ax, edge) = (
        c.x.abs(),
        3.22 + 0.10 * bell(c.x, 0.5) - 0.10 * bell(c.x.abs() - 0.9, 0.4),
    );
    let strap = (ax - 1.28).abs() < 0.07;
    s.clothes.garment == Camisole && (ax > 2.15 || (c.y < edge && !strap))
}

impl Shader<'_> {
    /// The outer garment's own colour at a place, its pattern included.
    fn cloth_colour(&self, c: V3) -> V3 {
        let plain = colour(self.s.clothes.colour);
        let Some(pattern) = &self.s.clothes.pattern else {
            return plain;
        };
        let wave = |v: f32| (v / pattern.period * std::f32::consts::TAU).sin();
        // Threads end sharply, but not sharper than a pixel.
        let stripe = |v: f32| smooth(-0.25, 0.25, wave(v));
        let share = match pattern.kind {
            PatternKind::Across => stripe(c.y + 0.03 * c.x.abs()),
            PatternKind::Upright => stripe(c.x),
            PatternKind::Checks => 0.5 * (stripe(c.x) + stripe(c.y)),
            PatternKind::Dots => smooth(0.45, 0.65, wave(c.x) * wave(c.y)),
        };
        plain.lerp(colour(pattern.colour), share)
    }

    pub(super) fn garment(&self, p: &Point) -> Matter {
        let s = self.s;
        let c = p.rest;
        let (x, ax, y) = (c.x, c.x.abs(), c.y);
        let front = c.z < 1.25;
        let main = self.cloth_colour(c);
        let under = colour(s.clothes.under);
        let mut a = main;
        let mut shadow = 1.0;
        let mut lift = V3::default();
        let knit = matches!(s.clothes.garment, Hoodie | SweaterOverShirt | RoundNeck | VNeck | Polo);
        match s.clothes.garment {
            RoundNeck | VNeck | SweaterOverShirt | Blazer => {
                let below = y - if front { neckline(s, x, y) } else { 2.22 };
                if below < 0.0 {
                    a = under;
                    shadow = mix(0.62, 1.0, smooth(0.0, 0.2, -below));
                } else if s.clothes.garment != Blazer || below < 0.03 {
                    let band = 0.10;
                    if below < band {
                        let rib = (x * 60.0 + y * 20.0).sin();
                        a = a * (0.94 + if knit { 0.05 * rib } else { 0.0 });
                        lift.y -= 0.30 * smooth(0.05, 0.0, below);
                    }
                    shadow *= 1.0 - 0.45 * edge(below - band, 0.02);
                }
                if s.clothes.garment == Blazer {
                    if let Some(jacket) = self.jacket(c, 0.98, &mut shadow, &mut lift) {
                        a = jacket;
                    } else if below >= 0.0 {
                        a = under;
                    }
                }
            }
            Shirt | OpenShirt | Polo => {
                let placket = ax - 0.115;
                if placket < 0.0 && (s.clothes.garment != Polo || y < 3.35) {
                    a = a * 1.02;
                    shadow *= 1.0 - 0.25 * bell(x.abs() - 0.10, 0.008);
                    let button = ((y - 2.75) / 0.55 - ((y - 2.75) / 0.55).round()) * 0.55;
                    let d = (x * x + button * button).sqrt();
                    if d < 0.034 {
                        a = a.lerp(v3(0.7, 0.68, 0.62), 0.6);
                        shadow *= 1.0 - 0.5 * bell(d - 0.032, 0.006);
                    }
                } else {
                    shadow *= 1.0 - 0.30 * edge(placket, 0.015);
                }
            }
            SuitAndTie | SuitOpenShirt => {
                if let Some(jacket) = self.jacket(c, 1.02, &mut shadow, &mut lift) {
                    a = jacket;
                } else {
                    a = under;
                    if s.clothes.garment == SuitAndTie {
                        let half = 0.105 + 0.085 * (y - 2.76).max(0.0);
                        if ax < half && y > 2.72 {
                            let m = self.tie(&Point {
                                place: p.place,
                                rest: c,
                                normal: p.normal,
                                marks: [x / half, y],
                                lit: p.lit,
                            });
                            a = m.albedo;
                            lift.x += 0.5 * x / half;
                            shadow *= mix(0.75, 1.0, smooth(0.0, 0.25, y - 2.74));
                        } else {
                            shadow *= 1.0 - 0.45 * edge(ax - half, 0.05) * smooth(2.6, 2.75, y);
                        }
                    }
                }
            }
            Hoodie => {
                for side in [-1.0, 1.0] {
                    let d = (x - side * (0.36 + 0.04 * (y * 3.0).sin())).abs();
                    if y < 3.9 && d < 0.026 {
                        a = v3(0.62, 0.61, 0.58);
                        lift.x += 6.0 * (x - side * 0.36);
                    }
                    shadow *= 1.0 - 0.3 * edge(d - 0.026, 0.03);
                }
            }
            Camisole => {}
            StandCollar => shadow *= 1.0 - 0.5 * bell(x - 0.02, 0.014) * smooth(2.4, 2.5, y),
        }
        // A leaf of the collar keeps the light from what is below it.
        shadow *= 1.0 - 0.42 * edge(below_leaf(s, self.neck, x, y), 0.045);
        // The sleeve's seam over the shoulder, and the gap between arm and trunk below.
        let seam = ax - (2.42 - 0.30 * smooth(3.3, 2.7, y));
        shadow *= 1.0 - 0.16 * bell(seam, 0.022) - 0.42 * bell(seam - 0.02, 0.09) * smooth(3.9, 4.6, y);
        lift.x += x.signum() * 0.30 * (bell(seam - 0.12, 0.12) - bell(seam + 0.12, 0.12)) * smooth(3.0, 4.2, y);
        let stiff = match s.clothes.garment {
            SuitAndTie | SuitOpenShirt | Blazer => 0.55,
            Shirt | OpenShirt => 0.9,
            _ => 1.0,
        };
        let normal = (p.normal + self.folds(c) * stiff + lift).unit();
        let weave = 1.0 + 0.045 * noise(p.rest * 55.0) + 0.03 * noise(p.rest * 130.0);
        let gloss = if knit { 0.012 } else { 0.028 };
        Matter {
            albedo: a * (weave * shadow),
            normal,
            gloss,
            gloss_power: 7.0,
        }
    }

    /// Long soft folds that run from the shoulders' points and the armpits, small ones across.
    pub(super) fn folds(&self, c: V3) -> V3 {
        let side = c.x.signum();
        let from = v3(side * 2.5, 3.9, 0.5) - c;
        let around = from.y.atan2(from.x * side);
        let far = from.length();
        let ray = noise(v3(around * 4.2, far * 0.35, self.seed + side))
            * smooth(0.05, 0.5, c.x.abs())
            * smooth(3.2, 1.2, far)
            * smooth(0.5, 1.1, far);
        let soft =
            noise(v3(c.x * 1.3, c.y * 0.9, self.seed + 4.0)) + 0.5 * noise(v3(c.x * 3.2, c.y * 2.2, self.seed + 8.0));
        let across = noise(v3(c.x * 2.0 + c.y * 3.5, c.y * 1.5, self.seed + 2.0));
        v3(
            0.30 * ray * side + 0.20 * soft,
            0.22 * ray + 0.10 * soft + 0.10 * across,
            0.0,
        )
    }

    /// Lapels and what they leave open: `None` inside the opening.
    fn jacket(&self, c: V3, width: f32, shadow: &mut f32, lift: &mut V3) -> Option<V3> {
        let (x, y, ax, main) = (c.x, c.y, c.x.abs(), self.cloth_colour(c));
        let open = (width - (y - 2.22) * 0.46).max(0.0);
        if ax < open {
            *shadow *= 1.0 - 0.5 * edge(open - ax, 0.06);
            return None;
        }
        // The lapel's outer edge, its notch, the collar above it.
        let notch = 2.86;
        let outer = if y < notch {
            open + 0.40 - 0.10 * (notch - y)
        } else {
            open + 0.52 - 0.20 * (y - notch)
        };
        let over = ax - outer;
        let in_notch = (y - notch).abs() < 0.05 * smooth(outer - 0.30, outer, ax) && over < 0.0;
        if over < 0.0 && !in_notch {
            *shadow *= 1.0
                - 0.25 * bell(over, 0.012)
                - 0.30 * bell(y - notch + 0.02, 0.010) * smooth(outer - 0.30, outer - 0.1, ax);
            lift.x += x.signum() * (0.20 * smooth(-0.08, 0.0, over) - 0.22 * smooth(open + 0.10, open, ax));
            return Some(main * 1.06);
        }
        *shadow *= 1.0 - 0.55 * edge(over.max(0.0), 0.045) - if in_notch { 0.45 } else { 0.0 };
        Some(main)
    }

    pub(super) fn collar(&self, p: &Point) -> Matter {
        let s = self.s;
        let [t, v] = p.marks;
        let base = match s.clothes.garment {
            SuitAndTie | SuitOpenShirt | SweaterOverShirt => colour(s.clothes.under),
            _ => self.cloth_colour(p.rest),
        };
        // A stitched line along the edges; a knitted collar has a ribbed edge instead.
        let (line, rib) = if s.clothes.garment == Polo {
            (0.0, 0.10 * smooth(0.55, 0.60, v) * (1.0 - 0.5 * bell(v - 0.8, 0.05)))
        } else {
            (0.14 * bell(v - 0.88, 0.018).max(bell(t - 0.022, 0.004)), 0.0)
        };
        let seam = 1.0 - line - rib - 0.25 * smooth(0.975, 1.0, v) - 0.18 * smooth(0.008, 0.0, t);
        let weave = 1.0 + 0.035 * noise(p.rest * 60.0) + 0.025 * noise(p.rest * 6.0);
        let soft = v3(noise(p.rest * 4.0 + v3(self.seed, 0.0, 0.0)), noise(p.rest * 4.0), 0.0) * 0.10;
        Matter {
            albedo: base * (seam * weave),
            normal: (p.normal + soft).unit(),
            gloss: 0.02,
            gloss_power: 7.0,
        }
    }

    pub(super) fn tie(&self, p: &Point) -> Matter {
        let c = colour(self.s.clothes.tie);
        let (x, y) = (p.rest.x, p.rest.y);
        let phase = |v: f32| v - v.floor();
        let light = c * 2.2 + v3(0.05, 0.05, 0.05);
        let a = match self.s.clothes.tie_pattern {
            0 => c,
            1 => c.lerp(
                light,
                smooth(0.30, 0.26, phase((x * 0.8 + y) * 4.2)) * smooth(0.0, 0.04, phase((x * 0.8 + y) * 4.2)),
            ),
            2 => {
                let (u, v) = (phase((x + y) * 7.0) - 0.5, phase((x - y) * 7.0) - 0.5);
                c.lerp(light, 0.7 * smooth(0.18, 0.14, (u * u + v * v).sqrt()))
            }
            _ => c * (1.0 + 0.25 * (x * 90.0 + y * 90.0).sin()),
        };
        let weave = 1.0 + 0.06 * noise(v3(x * 80.0, y * 80.0, 1.0));
        let side = p.marks[0].clamp(-1.0, 1.0);
        let normal = (p.normal + v3(0.25 * side, 0.0, 0.0)).unit();
        Matter {
            albedo: a * (weave * (1.0 - 0.35 * side.powi(6))),
            normal,
            gloss: 0.06,
            gloss_power: 10.0,
        }
    }
}
