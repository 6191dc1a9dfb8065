//! Chooses sitters: mostly a Chinese university's graduates, and everybody else too. Every number here is a matter of
//! looks; the frame they sit in is `chsi-2017`'s.

mod features;

use crate::math::{Rng, V3, mix, srgb, v3};
use crate::portrait::locate;
use crate::sitter::*;

/// Backgrounds that the standard allows: light blue, white, light grey.
pub const BACKGROUNDS: [[u8; 3]; 3] = [[100, 197, 255], [255, 255, 255], [240, 240, 240]];

const TONES: [[u8; 3]; 6] = [
    [240, 207, 189],
    [234, 194, 168],
    [219, 174, 143],
    [188, 138, 104],
    [152, 104, 76],
    [122, 84, 64],
];

impl Sitter {
    /// A sitter whose photo conforms to `chsi-2017` at 480×640.
    pub fn conforming(seed: u64) -> Sitter {
        let r = &mut Rng::new(seed, 1);
        let graduate = r.chance(0.8);
        let sex = if r.chance(0.5) { Sex::Female } else { Sex::Male };
        let female = sex == Sex::Female;
        let tone = if graduate {
            [1, 1, 1, 0, 2, 2][r.below(6)]
        } else {
            r.below(6) as u8
        };
        let east_asian = graduate || (tone == 1 && r.chance(0.4));
        let age_years = if graduate {
            r.range(20.0, 25.5)
        } else {
            r.range(18.0, 68.0)
        };
        let face = features::face(r, female, east_asian, tone, age_years);
        let skin = skin(r, female, tone, age_years, graduate);
        let hair = hair(r, female, east_asian, tone, age_years);
        let glasses = r.chance(if graduate { 0.30 } else { 0.2 }).then(|| glasses(r));
        let clothes = clothes(r, female);
        let background = Background {
            colour: BACKGROUNDS[r.weighted(&[0.45, 0.3, 0.25])],
            gradient: 0.0,
            shadow: 0.0,
            things: Vec::new(),
            companion: None,
        };
        let clothes = distinct(clothes, background.colour);
        let mut s = Sitter {
            seed,
            shot: 0,
            sex,
            age_years,
            eyes: Eyes {
                opening: r.range(0.86, 1.06),
                gaze_right_deg: r.normal() * 1.0,
                gaze_down_deg: r.normal() * 0.8,
                iris: iris(r, east_asian, tone),
                liner: if female { r.range(0.1, 0.7) } else { 0.0 },
                winked: [0.0; 2],
            },
            brows: features::brows(r, female),
            mouth: Mouth {
                opening: 0.0,
                smile: (r.normal() * 0.08).clamp(-0.15, 0.2),
                teeth: 0.0,
            },
            face,
            skin,
            hair,
            glasses,
            clothes,
            worn: Worn::default(),
            pose: Pose {
                yaw_deg: r.normal() * 1.3,
                pitch_deg: r.normal() * 1.2,
                roll_deg: r.normal() * 0.7,
                shoulders_deg: 0.0,
            },
            background,
            light: light(r),
            camera: Camera {
                distance: r.range(20.0, 34.0),
                exposure: 1.0,
                blur_px: r.range(0.35, 0.6),
                noise: r.range(0.004, 0.008),
                cast: [1.0; 3],
                red_eye: 0.0,
                motion_px: 0.0,
                motion_deg: 0.0,
                veil: 0.0,
            },
            framing: Framing {
                width_px: 480,
                height_px: 640,
                eye_distance_px: 100.0,
                eyes_x_px: 240.0 + r.normal() * 2.0,
                eyes_y_px: 275.0,
            },
            encoding: Encoding {
                quality: 88 + r.below(6) as u8,
                earlier_quality: None,
                dots_per_inch: Some(300),
            },
            afterwards: Afterwards::default(),
        };
        s.settle(r.range(60.0, 96.0), r.range(190.0, 216.0));
        s
    }

    /// Moves the camera until crown and face width are where the standard wants them.
    pub(crate) fn settle(&mut self, crown_px: f32, face_width_px: f32) {
        let width = locate(self).face_width_px();
        self.framing.eye_distance_px *= face_width_px / width;
        let above = self.framing.eyes_y_px - locate(self).crown_px;
        self.framing.eyes_y_px = (crown_px + above).clamp(212.0, 292.0);
    }
}

fn skin(r: &mut Rng, female: bool, tone: u8, age: f32, graduate: bool) -> Skin {
    let [cr, cg, cb] = TONES[tone as usize];
    let base = srgb(cr, cg, cb);
    let other = TONES[(tone as usize + if r.chance(0.5) { 1 } else { 5 }) % 6];
    let near = if (tone == 0 || tone == 5) && (other == TONES[0] || other == TONES[5]) {
        base
    } else {
        srgb(other[0], other[1], other[2])
    };
    let hue = r.normal() * 0.018;
    let colour = base.lerp(near, r.range(0.0, 0.3)) * v3(1.0 + hue, 1.0, 1.0 - hue * 1.6) * r.range(0.96, 1.03);
    Skin {
        tone,
        colour: colour.array(),
        redness: r.range(0.25, 1.0),
        moles: r.weighted(&[0.3, 0.3, 0.2, 0.12, 0.08]) as u8,
        blemishes: if age < 28.0 {
            r.range(0.0, 1.0).powi(2)
        } else {
            r.range(0.0, 0.4)
        },
        oil: r.range(0.5, 1.1) * if female { 0.8 } else { 1.0 },
        beard: match (female, graduate) {
            (true, _) => 0.0,
            (_, true) => r.range(0.02, 0.26),
            _ => [0.1, 0.25, 0.4, 0.7, 1.0][r.below(5)],
        },
        lip_colour: if female { r.range(0.1, 0.65) } else { 0.0 },
        lines: ((age - 24.0) / 40.0).clamp(0.0, 1.0),
        sweat: 0.0,
    }
}

fn iris(r: &mut Rng, east_asian: bool, tone: u8) -> [f32; 3] {
    let dark = v3(0.022, 0.0105, 0.006);
    let brown = v3(0.060, 0.028, 0.013);
    let light = [
        v3(0.062, 0.080, 0.098),
        v3(0.066, 0.074, 0.044),
        v3(0.095, 0.056, 0.024),
    ];
    let c = if east_asian || tone >= 2 {
        dark.lerp(brown, r.unit().powi(2))
    } else {
        r.pick(&light)
    };
    c.array()
}

fn hair(r: &mut Rng, female: bool, east_asian: bool, tone: u8, age: f32) -> Hair {
    use HairStyle::*;
    let style = if tone >= 4 && r.chance(0.7) {
        if female {
            r.pick(&[Curls, Tied, TiedParted, Curls])
        } else {
            r.pick(&[Buzz, Curls, Buzz, Bald])
        }
    } else if female {
        let all = [Tied, TiedParted, Bob, BobFringe, LongBehind, LongFront, LongFringe];
        all[r.weighted(&[0.18, 0.18, 0.16, 0.10, 0.18, 0.09, 0.11])]
    } else {
        let old = ((age - 35.0) / 40.0).max(0.0);
        let all = [SidePart, SweptUp, Textured, Forward, Buzz, Bald];
        all[r.weighted(&[0.32, 0.2, 0.22, 0.18, 0.08, old * 0.5])]
    };
    let black = v3(0.0085, 0.0075, 0.0075);
    let brown = v3(0.026, 0.0155, 0.010);
    let colour: V3 = if east_asian {
        black.lerp(brown, if r.chance(0.3) { r.unit() } else { r.unit() * 0.3 })
    } else if tone >= 3 {
        black.lerp(brown, 0.3 * r.unit())
    } else {
        r.pick(&[
            black,
            brown,
            v3(0.07, 0.038, 0.02),
            v3(0.19, 0.12, 0.06),
            v3(0.36, 0.25, 0.13),
            v3(0.12, 0.04, 0.017),
        ])
    };
    let grey = if age > 42.0 {
        ((age - 42.0) / 30.0 + r.normal() * 0.3).clamp(0.0, 1.0)
    } else {
        0.0
    };
    Hair {
        style,
        colour: colour.array(),
        grey,
        volume: r.range(0.7, 1.35),
        part: r.pick(&[-1.0f32, 1.0])
            * if female {
                [0.0, 0.3, 0.55, 0.8][r.below(4)] + r.range(0.0, 0.12)
            } else {
                r.range(0.45, 0.75)
            },
        wave: if r.chance(0.4) {
            r.range(0.35, 1.3)
        } else {
            r.range(0.0, 0.25)
        },
        length: r.range(0.0, 1.0),
        over_face: 0.0,
        tucked: 1.0,
        unruly: r.range(0.2, 0.9),
    }
}

fn glasses(r: &mut Rng) -> Glasses {
    let metal = r.chance(0.62);
    let colours = [srgb(28, 27, 28), srgb(60, 40, 30), srgb(20, 24, 38), srgb(45, 45, 48)];
    let metals = [
        srgb(120, 120, 125),
        srgb(40, 40, 42),
        srgb(168, 130, 84),
        srgb(180, 140, 128),
    ];
    Glasses {
        half_width: r.range(0.385, 0.43),
        half_height: r.range(0.27, 0.35),
        squareness: r.range(2.0, 4.2),
        rim_radius: if metal {
            r.range(0.010, 0.015)
        } else {
            r.range(0.018, 0.03)
        },
        colour: if metal { r.pick(&metals) } else { r.pick(&colours) }.array(),
        half_rim: r.chance(0.2),
        tint: 0.015,
        glare: 0.0,
        hue: [1.0; 3],
        slip: 0.0,
    }
}

pub(crate) fn clothes(r: &mut Rng, female: bool) -> Clothes {
    use Garment::*;
    let garment = if female {
        let all = [
            RoundNeck,
            VNeck,
            Shirt,
            OpenShirt,
            Blazer,
            SuitOpenShirt,
            Polo,
            Hoodie,
            SweaterOverShirt,
            StandCollar,
        ];
        all[r.weighted(&[0.14, 0.1, 0.12, 0.16, 0.1, 0.18, 0.05, 0.06, 0.06, 0.03])]
    } else {
        let all = [
            RoundNeck,
            Shirt,
            OpenShirt,
            SuitAndTie,
            SuitOpenShirt,
            Polo,
            Hoodie,
            SweaterOverShirt,
            StandCollar,
            VNeck,
        ];
        all[r.weighted(&[0.14, 0.1, 0.14, 0.26, 0.08, 0.1, 0.08, 0.06, 0.02, 0.02])]
    };
    let darks = [
        srgb(30, 34, 52),
        srgb(38, 38, 42),
        srgb(24, 24, 27),
        srgb(52, 56, 66),
        srgb(44, 40, 44),
    ];
    let casual = [
        srgb(52, 66, 96),
        srgb(120, 38, 44),
        srgb(88, 96, 84),
        srgb(34, 60, 66),
        srgb(148, 126, 104),
        srgb(40, 40, 44),
        srgb(110, 120, 138),
        srgb(78, 52, 88),
        srgb(176, 120, 118),
        srgb(36, 42, 60),
        srgb(142, 132, 96),
    ];
    let shirts = [
        srgb(226, 228, 233),
        srgb(226, 228, 233),
        srgb(168, 190, 222),
        srgb(214, 196, 204),
        srgb(210, 214, 206),
    ];
    let ties = [
        srgb(110, 22, 34),
        srgb(26, 38, 84),
        srgb(40, 44, 52),
        srgb(86, 30, 62),
        srgb(34, 72, 88),
    ];
    let vary = |r: &mut Rng, c: V3| c * r.range(0.85, 1.15);
    let (colour, under) = match garment {
        SuitAndTie | SuitOpenShirt | Blazer => (r.pick(&darks), r.pick(&shirts)),
        Shirt | OpenShirt => {
            let c = if r.chance(0.8) {
                r.pick(&shirts)
            } else {
                r.pick(&casual)
            };
            (c, c)
        }
        SweaterOverShirt => (r.pick(&casual), r.pick(&shirts)),
        _ => (r.pick(&casual), srgb(225, 225, 222)),
    };
    Clothes {
        garment,
        colour: vary(r, colour).array(),
        under: under.array(),
        tie: r.pick(&ties).array(),
        tie_pattern: r.below(4) as u8,
        pattern: None,
    }
}

/// White cloth before a white or light grey backdrop has no edge: such a sitter comes in pale blue.
fn distinct(mut clothes: Clothes, [red, ..]: [u8; 3]) -> Clothes {
    let [r, g, b] = clothes.colour;
    if red >= 240 && 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.52 {
        let pale = srgb(146, 172, 212);
        clothes.colour = pale.array();
        if matches!(clothes.garment, Garment::Shirt | Garment::OpenShirt) {
            clothes.under = clothes.colour;
        }
    }
    clothes
}

pub(crate) fn light(r: &mut Rng) -> Light {
    let key = r.range(0.56, 0.72);
    Light {
        side: r.pick(&[-1.0, 1.0]),
        elevation_deg: r.range(20.0, 37.0),
        azimuth_deg: r.range(16.0, 38.0),
        key,
        fill: mix(0.28, 0.18, (key - 0.56) / 0.16) + r.range(-0.03, 0.03),
        room: r.range(0.22, 0.29),
        level: r.range(0.95, 1.05),
        warmth: r.normal() * 0.012,
    }
}
