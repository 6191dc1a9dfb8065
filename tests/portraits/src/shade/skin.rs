//! Skin: its mottling, blood, moles, pores, stubble, lips and lines, all hung on the neutral face.

use super::{Matter, Point, Shader};
use crate::hair::scalp_depth;
use crate::math::{V3, bell, grey, mix, noise, smooth, v3};
use crate::mesh::Material;
use crate::sitter::{HairStyle, Sex};

impl Shader<'_> {
    pub(super) fn skin(&self, material: Material, p: &Point) -> Matter {
        let s = self.s;
        let c = p.rest;
        let ax = c.x.abs();
        let face = material == Material::Skin;
        let (grain, cross, pore) = (noise(c * 36.0), noise(c * 36.0 + v3(9.1, 3.0, 7.0)), noise(c * 85.0));
        let mottle = 0.034 * noise(c * 2.3 + grey(self.seed))
            + 0.036 * noise(c * 7.0 + grey(self.seed))
            + 0.034 * noise(c * 19.0)
            + 0.022 * (grain - cross);
        let mut a = self.skin * (1.0 + mottle);
        let blood = match material {
            Material::Ear => 0.75 + 0.25 * bell(p.marks[1] - 0.9, 0.15),
            Material::Neck => 0.15,
            _ => {
                self.bloom * 0.75 * bell(ax - 0.66, 0.34) * bell(c.y - 0.55, 0.30)
                    + 0.85 * bell(ax, 0.20) * bell(c.y - 0.53, 0.17)
                    + 0.30 * bell(ax, 0.30) * bell(c.y - 1.62, 0.20)
                    + 0.35 * bell(ax - 0.52, 0.25) * bell(c.y + 0.05, 0.14)
            }
        };
        // Blood shows in patches everywhere.
        let patches = noise(c * 4.5 + grey(self.seed));
        let flush = (blood * (1.0 + 0.6 * patches) + 0.16 * patches) * s.skin.redness * mix(0.21, 0.10, self.dark);
        a = a * v3(1.0 - 0.12 * flush, 1.0 - flush, 1.0 - 0.88 * flush);
        if face {
            a = self.face_colour(a, c);
        } else if material == Material::Neck {
            // Under the jaw little light arrives.
            let jaw = smooth(0.68, 0.44, p.marks[1]);
            a = a * v3(0.96, 0.93, 0.91) * (1.0 - 0.24 * jaw);
        }
        for m in self.marks.iter().filter(|_| face) {
            let d = (c - m.at).length() / m.radius;
            if d < 2.0 {
                let k = smooth(1.4, 0.7, d);
                a = if m.mole {
                    a.lerp(self.skin * v3(0.16, 0.10, 0.08), 0.85 * k)
                } else {
                    a * v3(1.0, 1.0, 1.0).lerp(v3(0.92, 0.76, 0.76), 0.7 * k)
                };
            }
        }
        let pores = if face {
            0.8 + 0.8 * bell(ax, 0.5) * bell(c.y - 0.5, 0.5)
        } else {
            0.7
        };
        let rough = 0.034 + 0.020 * s.skin.lines;
        let bump = v3(grain + pores * pore, cross - pores * pore, 0.0);
        let t_zone = bell(ax, 0.24) * smooth(1.0, 0.3, c.y) + 0.5 * bell(ax - 0.55, 0.2) * bell(c.y - 0.38, 0.2);
        let mut gloss = mix(0.26, 0.62, self.dark) * s.skin.oil * if face { 0.45 + 0.75 * t_zone } else { 0.35 };
        // Oil lies unevenly, pores break it.
        gloss *= (1.0 + 0.45 * pore) * (1.0 + 0.35 * noise(c * 3.3 + grey(self.seed + 5.0)));
        let mut power = 9.0;
        if face && s.skin.sweat > 0.0 {
            // A wet film mirrors the lamps harder, in patches on forehead, nose and cheekbones.
            let zones = (bell(ax, 0.42) * bell(c.y + 0.72, 0.30))
                .max(bell(ax, 0.13) * smooth(0.80, 0.45, c.y) * smooth(-0.1, 0.1, c.y))
                .max(bell(ax - 0.62, 0.24) * bell(c.y - 0.40, 0.22));
            let film = s.skin.sweat * zones * (0.8 + 0.5 * noise(c * 2.6 + grey(self.seed + 11.0))).max(0.0);
            gloss = mix(gloss, 3.2, film.min(1.0));
            power = mix(power, 24.0, film.min(1.0));
        }
        let lip = if face {
            smooth(0.52, 0.92, p.marks[0] + 0.08 * noise(c * 16.0))
        } else {
            0.0
        };
        if lip > 0.0 {
            let grain = 0.10 * noise(v3(c.x * 38.0, c.y * 7.0, c.z * 7.0)) + 0.05 * noise(c * 30.0);
            a = a.lerp(self.lip_colour() * (1.0 + grain), 0.82 * lip);
            gloss = mix(gloss, 0.20, lip);
            power = mix(power, 22.0, lip);
        }
        if face {
            for n in self.nostrils {
                let d = ((c.x - n.x) / 0.068).powi(2)
                    + ((c.y - n.y - 0.012) / 0.030).powi(2)
                    + ((c.z - n.z) / 0.12).powi(2);
                let k = (-d * d).exp();
                a = a * v3(1.0, 1.0, 1.0).lerp(v3(0.20, 0.12, 0.10), k);
                gloss *= 1.0 - k;
            }
        }
        Matter {
            albedo: a,
            normal: (p.normal + bump * rough).unit(),
            gloss,
            gloss_power: power,
        }
    }

    fn lip_colour(&self) -> V3 {
        let s = self.s;
        let bare = self.skin * v3(0.85, 0.59, 0.59).lerp(v3(0.98, 0.62, 0.64), self.dark);
        let painted = v3(0.46, 0.105, 0.115).lerp(v3(0.36, 0.13, 0.12), 0.5 + 0.5 * (self.seed * 1.7).sin());
        bare.lerp(painted, 0.55 * s.skin.lip_colour)
    }

    fn face_colour(&self, mut a: V3, c: V3) -> V3 {
        let s = self.s;
        let ax = c.x.abs();
        // Under the eyes, on the lids, beside the nose.
        let bags = (0.05 + 0.15 * self.tired + 0.08 * s.skin.lines) * bell(ax - 0.44, 0.22) * bell(c.y - 0.17, 0.075)
            + 0.04 * bell(ax - 0.50, 0.24) * bell(c.y + 0.09, 0.08)
            + 0.07 * bell(ax - 0.30, 0.07) * bell(c.y - 0.62, 0.10);
        a = a * v3(1.0 - 0.8 * bags, 1.0 - bags, 1.0 - 0.85 * bags);
        // The forehead is sallower, the jaw cooler and, of men, greyer.
        let brow = smooth(-0.20, -0.65, c.y);
        let jaw =
            smooth(0.95, 1.45, c.y + 0.35 * smooth(0.5, 1.0, ax)) * (1.0 - bell(ax, 0.38) * bell(c.y - 1.11, 0.2));
        let cool = if s.sex == Sex::Male { 0.055 } else { 0.030 } * jaw;
        a = a * v3(
            1.0 - 0.9 * cool,
            1.0 - 0.8 * cool + 0.008 * brow,
            1.0 - 0.45 * cool - 0.035 * brow,
        );
        let fold = (0.045 + 0.16 * s.skin.lines)
            * bell(ax - mix(0.30, 0.55, smooth(0.55, 1.05, c.y)), 0.04)
            * smooth(0.5, 0.66, c.y)
            * smooth(1.15, 0.95, c.y);
        let brow_lines = if c.y > -0.4 || s.skin.lines < 0.3 {
            0.0
        } else {
            0.11 * (s.skin.lines - 0.3).max(0.0)
                * smooth(0.35, 0.8, noise(v3(c.x * 1.4, c.y * 16.0, self.seed)))
                * smooth(-0.45, -0.60, c.y)
                * smooth(0.8, 0.4, ax)
        };
        a = a * (1.0 - fold - brow_lines);
        let beard = s.skin.beard;
        if beard > 0.0 && c.y > 0.7 {
            let jaw = smooth(1.12, 1.36, c.y + 0.42 * smooth(0.62, 1.0, ax) - 0.05 * noise(c * 7.0));
            let moustache = bell(c.y - 0.86, 0.085) * smooth(0.44, 0.30, ax);
            let zone = jaw.max(moustache) * (1.0 - 0.85 * bell(ax, 0.36) * bell(c.y - 1.11, 0.12));
            let grain = 0.5 + 0.5 * noise(c * 78.0);
            let shade = zone * beard * (0.20 + 0.75 * grain * grain.max(beard));
            a = a.lerp(self.hair_tone(0.6) * 0.9 + self.skin * 0.06, shade.clamp(0.0, 0.85));
        }
        let maybe_hair = c.y < -0.45 || c.z > 0.35;
        let depth = if maybe_hair { scalp_depth(c, s) } else { -1.0 };
        if depth > -0.08 {
            let thin = match s.hair.style {
                HairStyle::Buzz => 0.70,
                HairStyle::Bald => 0.45,
                _ if s.sex == Sex::Male => mix(0.97, 0.52, smooth(-0.75, 0.05, c.y) * smooth(1.5, 0.9, c.z)),
                _ => 0.95,
            };
            let grain = noise(v3(c.x * 46.0, c.y * 16.0, c.z * 30.0));
            let k = smooth(-0.05, 0.15, depth + 0.05 * grain) * (thin + (1.0 - thin) * 0.6 * grain).clamp(0.0, 1.0);
            a = a.lerp(self.hair_tone(0.5) * 1.2, k);
        }
        a
    }
}
