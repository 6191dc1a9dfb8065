//! Spoiling what a sitter wears: hair let down, headwear, clothes, things before the face.

use crate::math::{Rng, srgb, v3};
use crate::sitter::*;

impl Sitter {
    /// A fringe that falls `over_face`: 1 reaches the lids.
    pub(super) fn let_fall(&mut self, over_face: f32) {
        self.hair.style = if self.sex == Sex::Female {
            HairStyle::LongFringe
        } else {
            HairStyle::Forward
        };
        self.hair.over_face = over_face;
        self.hair.volume = self.hair.volume.max(1.0);
    }

    pub(super) fn cover_head(&mut self, r: &mut Rng) {
        let kind = r.pick(&[
            HeadwearKind::Cap,
            HeadwearKind::Beanie,
            HeadwearKind::Headscarf,
            HeadwearKind::GraduationCap,
        ]);
        let colours = [
            [30, 32, 38],
            [178, 38, 44],
            [36, 58, 110],
            [214, 208, 198],
            [74, 92, 70],
            [150, 126, 160],
        ];
        let colour = match kind {
            HeadwearKind::GraduationCap => [24, 24, 28],
            _ => r.pick(&colours),
        };
        if kind == HeadwearKind::Headscarf {
            self.clothes.garment = Garment::RoundNeck;
        }
        // What is under it lies flat.
        self.hair.volume = self.hair.volume.min(0.6);
        self.worn.headwear = Some(Headwear { kind, colour });
    }

    /// The outer garment as it stands in the photo nearly the backdrop's colour.
    pub(super) fn dress_like_background(&mut self, k: f32, r: &mut Rng) {
        self.clothes.garment = r.pick(&[Garment::RoundNeck, Garment::Shirt, Garment::Hoodie, Garment::Polo]);
        let [red, green, blue] = self.background.colour;
        let alike = srgb(red, green, blue) * r.range(0.94, 1.04);
        let own = self.clothes.colour;
        let own = v3(own[0], own[1], own[2]);
        self.clothes.colour = own.lerp(alike, k).array();
        self.clothes.under = self.clothes.colour;
    }

    pub(super) fn dress_in_pattern(&mut self, k: f32, r: &mut Rng) {
        self.clothes.garment = r.pick(&[
            Garment::RoundNeck,
            Garment::Shirt,
            Garment::Polo,
            Garment::SuitAndTie,
            Garment::Blazer,
        ]);
        let pairs = [
            ([236, 236, 236], [28, 34, 62]),
            ([232, 230, 226], [160, 32, 40]),
            ([30, 30, 34], [214, 214, 216]),
            ([196, 60, 52], [34, 44, 34]),
            ([226, 206, 150], [60, 78, 120]),
        ];
        let ([a, b, c], [d, e, f]) = r.pick(&pairs);
        let (main, other) = (srgb(a, b, c), srgb(d, e, f));
        self.clothes.colour = main.array();
        self.clothes.pattern = Some(Pattern {
            kind: r.pick(&[
                PatternKind::Across,
                PatternKind::Upright,
                PatternKind::Checks,
                PatternKind::Dots,
            ]),
            period: r.range(0.13, 0.26),
            colour: main.lerp(other, k).array(),
        });
    }
}

pub(super) fn before_face(r: &mut Rng, side: f32) -> BeforeFace {
    let thing = r.pick(&[Obstacle::Phone, Obstacle::Sticker]);
    let spots = [[0.10 * side, 1.10], [0.42 * side, 0.35], [0.50 * side, -0.10]];
    let (at, colour) = match thing {
        Obstacle::Phone => (
            [0.55 * side, 0.35],
            r.pick(&[[22, 22, 26], [206, 206, 210], [60, 92, 150]]),
        ),
        _ => (
            r.pick(&spots),
            r.pick(&[[255, 204, 40], [240, 104, 156], [250, 250, 250], [90, 196, 120]]),
        ),
    };
    BeforeFace {
        thing,
        at,
        size: r.range(0.9, 1.15),
        colour,
    }
}
