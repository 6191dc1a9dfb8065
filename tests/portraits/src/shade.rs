//! Light on matter: how a lit point of skin, eye, cloth, hair or frame looks. Linear light in, linear light out.

pub mod cloth;
pub mod skin;

use crate::body::neck_half_width;
use crate::head::IRIS_RADIUS;
use crate::landmarks::{NOSTRILS, UPPER_LID};
use crate::light::{Lit, Rig};
use crate::math::{Rng, V3, bell, curve, grey, mix, noise, smooth, srgb, v3};
use crate::mesh::{Material, Stuff};
use crate::sitter::Sitter;

/// One visible point.
pub struct Point {
    pub place: V3,
    pub rest: V3,
    pub normal: V3,
    pub marks: [f32; 2],
    pub lit: Lit,
}

/// What a matter gives back before light falls on it.
pub struct Matter {
    pub albedo: V3,
    pub normal: V3,
    pub gloss: f32,
    pub gloss_power: f32,
}

/// A mole or a spot.
struct Mark {
    at: V3,
    radius: f32,
    mole: bool,
}

pub struct Shader<'a> {
    s: &'a Sitter,
    rig: &'a Rig,
    skin: V3,
    hair: V3,
    seed: f32,
    /// Half the neck's width.
    neck: f32,
    dark: f32,
    /// How pink the cheeks are against the nose, how dark it is under the eyes: 0..1 and a half.
    bloom: f32,
    tired: f32,
    nostrils: [V3; 2],
    marks: Vec<Mark>,
    half_key: V3,
    half_fill: V3,
    lids: [Vec<V3>; 2],
    eyes: [V3; 2],
}

pub fn colour(c: [f32; 3]) -> V3 {
    v3(c[0], c[1], c[2])
}

impl<'a> Shader<'a> {
    pub fn of(s: &'a Sitter, rig: &'a Rig, rest: &[V3], points: &[V3], eyes: [V3; 2]) -> Shader<'a> {
        let mut r = Rng::new(s.seed, 21);
        let mut marks = vec![];
        let spots = (s.skin.blemishes * 9.0) as usize;
        for i in 0..s.skin.moles as usize + spots {
            let at = rest[r.below(468)];
            let near_mouth = at.x.abs() < 0.5 && (at.y - 1.12).abs() < 0.2;
            let near_eye = (at.x.abs() - 0.52).abs() < 0.32 && at.y.abs() < 0.16;
            if near_mouth || near_eye {
                continue;
            }
            let mole = i < s.skin.moles as usize;
            let radius = if mole {
                r.range(0.010, 0.021)
            } else {
                r.range(0.016, 0.036)
            };
            marks.push(Mark {
                at: at + v3(r.normal(), r.normal(), 0.0) * 0.05,
                radius,
                mole,
            });
        }
        let lids = [0, 1].map(|e: usize| {
            let lid: Vec<V3> = UPPER_LID[e].iter().map(|i| points[*i] - eyes[e]).collect();
            curve(&lid, 33)
        });
        let view = v3(0.0, 0.0, -1.0);
        let skin = colour(s.skin.colour);
        let (bloom, tired) = (r.range(0.4, 1.5), r.unit());
        Shader {
            s,
            rig,
            skin,
            hair: colour(s.hair.colour),
            seed: (s.seed % 613) as f32,
            neck: neck_half_width(s),
            dark: smooth(0.30, 0.06, skin.y),
            bloom,
            tired,
            nostrils: NOSTRILS.map(|(a, b)| (rest[a] + rest[b]) * 0.5),
            marks,
            half_key: (rig.key + view).unit(),
            half_fill: (rig.fill + view).unit(),
            lids,
            eyes,
        }
    }

    pub fn look(&self, material: Material, p: &Point) -> V3 {
        match material {
            Material::Skin | Material::Ear | Material::Neck => self.on_skin(self.skin(material, p), p),
            Material::Eye(e) => self.eye(e, p),
            Material::MouthInside => v3(0.030, 0.007, 0.006) * p.lit.colour.y,
            Material::Teeth => self.teeth(p),
            Material::Hair => self.hair_body(p),
            Material::Garment if cloth::skin_of_trunk(self.s, p.rest) => {
                let p = &Point {
                    marks: [0.0, 0.9],
                    ..*p
                };
                self.on_skin(self.skin(Material::Neck, p), p)
            }
            Material::Garment => self.on_cloth(self.garment(p), p),
            Material::Collar => self.on_cloth(self.collar(p), p),
            Material::Tie => self.on_cloth(self.tie(p), p),
            Material::Worn(Stuff::Print, rgb) => srgb(rgb[0], rgb[1], rgb[2]),
            Material::Worn(stuff, rgb) => self.on_cloth(self.worn(stuff, rgb, p), p),
            Material::Frame => {
                let c = self.s.glasses.as_ref().map_or(grey(0.02), |g| colour(g.colour));
                let m = Matter {
                    albedo: c,
                    normal: p.normal,
                    gloss: 0.55,
                    gloss_power: 40.0,
                };
                self.on_cloth(m, p)
            }
        }
    }

    fn worn(&self, stuff: Stuff, [r, g, b]: [u8; 3], p: &Point) -> Matter {
        let c = p.rest;
        let weave = 1.0 + 0.05 * noise(c * 55.0) + 0.04 * noise(c * 9.0);
        // Ribs run up over the head, pleats across the face.
        let ribs = (c.x.atan2(1.2 - c.z) * 46.0).sin();
        let pleats = bell(((c.y - 0.62) / 0.34).fract() - 0.5, 0.10) * smooth(0.55, 0.65, c.y) * smooth(1.62, 1.5, c.y);
        let (shade, lift, gloss, gloss_power) = match stuff {
            Stuff::Knit => (1.0 + 0.14 * ribs, v3(0.22 * ribs, 0.0, 0.0), 0.01, 6.0),
            Stuff::Pleats => (1.0 - 0.10 * pleats, v3(0.0, 0.5 * pleats, 0.0), 0.02, 8.0),
            Stuff::Plastic => (1.0, V3::default(), 0.25, 30.0),
            Stuff::Metal => (1.0, V3::default(), 1.3, 24.0),
            Stuff::Cloth | Stuff::Print => (1.0, self.folds(c) * 0.4, 0.02, 7.0),
        };
        Matter {
            albedo: srgb(r, g, b) * (shade * if stuff == Stuff::Plastic { 1.0 } else { weave }),
            normal: (p.normal + lift).unit(),
            gloss,
            gloss_power,
        }
    }

    fn gloss(&self, m: &Matter, p: &Point) -> f32 {
        let edge = 0.35 + 0.9 * (1.0 + m.normal.z).clamp(0.0, 1.0).powi(2);
        let lobe = |half: V3| {
            let c = m.normal.dot(half).max(0.0).powf(m.gloss_power);
            c + 0.45 * c * c * c * c
        };
        let key = self.rig.key_power * p.lit.key * lobe(self.half_key);
        let fill = self.rig.fill_power * p.lit.fill * lobe(self.half_fill);
        m.gloss * edge * (key + fill)
    }

    fn on_skin(&self, m: Matter, p: &Point) -> V3 {
        let turn = p.lit.slope.dot(m.normal - p.normal);
        let light = v3(
            p.lit.colour.x + 0.45 * turn,
            p.lit.colour.y + 0.8 * turn,
            p.lit.colour.z + turn,
        );
        // What is nearly dark under the skin still glows red.
        let light = light.map(|v| v.max(0.02)) + v3(0.022, 0.006, 0.003);
        m.albedo * light + grey(self.gloss(&m, p))
    }

    fn on_cloth(&self, m: Matter, p: &Point) -> V3 {
        let turn = p.lit.slope.dot(m.normal - p.normal);
        // A fold turned away still sees the room.
        let turn = turn.max(-0.6 * p.lit.colour.y);
        m.albedo * (p.lit.colour + grey(turn)).map(|v| v.max(0.01)) + grey(self.gloss(&m, p))
    }

    fn hair_body(&self, p: &Point) -> V3 {
        let c = p.rest;
        let streak = noise(v3(c.x * 34.0, c.y * 7.0, c.z * 11.0 + self.seed))
            + 0.6 * noise(v3(c.x * 80.0, c.y * 12.0, c.z * 24.0));
        let sheen = |half: V3| p.normal.dot(half).max(0.0).powi(7);
        let shine = 0.017 * p.lit.key * sheen(self.half_key) + 0.010 * p.lit.fill * sheen(self.half_fill);
        self.hair_tone(0.5) * ((0.62 + 0.25 * streak) * p.lit.colour.y.min(0.9))
            + grey(shine * (0.55 + 0.5 * streak).max(0.0))
    }

    /// Hair's colour where a share `grey` of all strands (ordered 0..1) has lost it.
    pub fn hair_tone(&self, order: f32) -> V3 {
        let white = v3(0.42, 0.42, 0.43);
        self.hair.lerp(
            white,
            0.85 * smooth(order - 0.25, order + 0.25, self.s.hair.grey * 1.4 - 0.28),
        )
    }

    fn teeth(&self, p: &Point) -> V3 {
        let x = p.marks[0] / 0.062;
        let gap = smooth(0.07, 0.0, (x - x.round()).abs().mul_add(-1.0, 0.5).abs());
        v3(0.72, 0.66, 0.56) * (p.lit.colour.y.max(0.25) * 0.8) * (1.0 - 0.45 * gap) * smooth(1.05, 0.85, x.abs() / 5.0)
    }

    fn eye(&self, e: usize, p: &Point) -> V3 {
        let s = self.s;
        let [u, v] = p.marks;
        let r = (u * u + v * v).sqrt() / IRIS_RADIUS;
        let around = v.atan2(u);
        let local = p.rest - self.eyes[e];
        let inward = if e == 0 { local.x } else { -local.x };
        // The white: bluish grey, pink towards the corners, a few veins.
        let veins = smooth(0.25, 0.6, noise(v3(u * 55.0, v * 90.0, self.seed)).abs()) * 0.10;
        let pink =
            (0.10 + 0.75 * smooth(0.13, 0.22, inward) + 0.35 * smooth(0.10, 0.22, -inward) + veins).clamp(0.0, 1.0);
        let white = v3(0.56, 0.535, 0.525).lerp(v3(0.50, 0.29, 0.25), pink) * (1.0 - 0.25 * self.dark);
        let fibres = 0.35 * noise(v3(around * 11.0, r * 2.5, self.seed))
            + 0.20 * noise(v3(around * 23.0, r * 4.0, self.seed + 9.0));
        let ring = 1.0 - 0.78 * smooth(0.74, 1.0, r);
        let iris = colour(s.eyes.iris) * ((1.0 + fibres + 0.45 * bell(r - 0.56, 0.22)) * ring).max(0.1);
        let mut c = iris.lerp(white, smooth(0.91, 1.09, r));
        let pupil = smooth(0.42, 0.33, r);
        let red = s.camera.red_eye;
        c = c.lerp(grey(0.003).lerp(v3(0.75, 0.035, 0.03), red), pupil);
        c = c.lerp(v3(0.45, 0.03, 0.025), 0.75 * red * smooth(0.85, 0.5, r));
        // Shadow of the upper lid and its lashes, and the ball's own roundness.
        let lid = &self.lids[e];
        let (from, to) = (lid[0].x, lid[32].x);
        let k = ((local.x - from) / (to - from) * 32.0).clamp(0.0, 32.0) as usize;
        let under = local.y - lid[k].y;
        let shade = mix(0.34, 1.0, smooth(-0.015, 0.075, under)) * mix(1.0, 0.78, smooth(0.10, 0.235, local.x.abs()));
        let light = (p.lit.colour * 0.5 + grey(0.50)) * shade;
        c * light
    }
}
