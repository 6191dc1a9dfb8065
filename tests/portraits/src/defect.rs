//! What can be wrong with a photo, and how a conforming sitter is spoilt to show it. A new defect is one variant, one
//! line in `Defect::ALL` and one arm in `spoil`.

mod particulars;
mod worn;

use crate::math::{Rng, srgb};
use crate::sitter::*;
use clap::ValueEnum;
use particulars::{bad_cut, border, texts, thing};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub enum Defect {
    None,
    EyesClosed,
    MouthOpen,
    HeadTooLarge,
    HeadTooSmall,
    OffCentre,
    TooHigh,
    TooLow,
    Roll,
    Yaw,
    Pitch,
    Gaze,
    BackgroundColour,
    BackgroundGradient,
    BackgroundShadow,
    UnevenLight,
    OverExposed,
    UnderExposed,
    Blur,
    Noise,
    HeavyCompression,
    ColourCast,
    HairOverEyes,
    HairOverEars,
    TintedGlasses,
    Glare,
    RedEye,
    EyeClosed,
    TeethShown,
    ColouredGlasses,
    FrameOverEye,
    WrongPixels,
    WrongDensity,
    BackgroundObject,
    SecondPerson,
    CutOut,
    Border,
    Text,
    ScreenPhoto,
    PrintPhoto,
    Turned,
    HotSpot,
    LowContrast,
    MotionBlur,
    Recompressed,
    ShouldersUneven,
    TooLittleBody,
    BrowsCovered,
    EyesBehindHair,
    Headwear,
    FaceMask,
    Occluded,
    HandBeforeFace,
    ClothesLikeBackground,
    Stripes,
    Jewellery,
    BareShoulders,
}

impl Defect {
    pub const ALL: [Defect; 57] = [
        Defect::None,
        Defect::EyesClosed,
        Defect::MouthOpen,
        Defect::HeadTooLarge,
        Defect::HeadTooSmall,
        Defect::OffCentre,
        Defect::TooHigh,
        Defect::TooLow,
        Defect::Roll,
        Defect::Yaw,
        Defect::Pitch,
        Defect::Gaze,
        Defect::BackgroundColour,
        Defect::BackgroundGradient,
        Defect::BackgroundShadow,
        Defect::UnevenLight,
        Defect::OverExposed,
        Defect::UnderExposed,
        Defect::Blur,
        Defect::Noise,
        Defect::HeavyCompression,
        Defect::ColourCast,
        Defect::HairOverEyes,
        Defect::HairOverEars,
        Defect::TintedGlasses,
        Defect::Glare,
        Defect::RedEye,
        Defect::EyeClosed,
        Defect::TeethShown,
        Defect::ColouredGlasses,
        Defect::FrameOverEye,
        Defect::WrongPixels,
        Defect::WrongDensity,
        Defect::BackgroundObject,
        Defect::SecondPerson,
        Defect::CutOut,
        Defect::Border,
        Defect::Text,
        Defect::ScreenPhoto,
        Defect::PrintPhoto,
        Defect::Turned,
        Defect::HotSpot,
        Defect::LowContrast,
        Defect::MotionBlur,
        Defect::Recompressed,
        Defect::ShouldersUneven,
        Defect::TooLittleBody,
        Defect::BrowsCovered,
        Defect::EyesBehindHair,
        Defect::Headwear,
        Defect::FaceMask,
        Defect::Occluded,
        Defect::HandBeforeFace,
        Defect::ClothesLikeBackground,
        Defect::Stripes,
        Defect::Jewellery,
        Defect::BareShoulders,
    ];
}

/// Backgrounds that no standard photo may have.
const WRONG_BACKGROUNDS: [[u8; 3]; 6] = [
    [196, 38, 44],
    [24, 52, 118],
    [62, 128, 76],
    [118, 118, 120],
    [214, 190, 150],
    [67, 142, 219],
];

impl Sitter {
    /// The conforming sitter of this seed with one thing wrong, plainly.
    pub fn with_defect(seed: u64, defect: Defect) -> Sitter {
        let mut s = Sitter::conforming(seed);
        s.spoil(defect, 1.0);
        s
    }

    /// 1 is plainly wrong, less is subtler, 0 changes nothing that has a degree.
    pub fn spoil(&mut self, defect: Defect, strength: f32) {
        let k = strength;
        let r = &mut Rng::new(self.seed, 51);
        let side = r.pick(&[-1.0f32, 1.0]);
        let f = &mut self.framing;
        match defect {
            Defect::None => {}
            Defect::EyesClosed => self.eyes.opening *= 1.0 - k,
            Defect::MouthOpen => {
                self.mouth.opening = k * r.range(0.45, 0.75);
                self.mouth.smile = self.mouth.smile.max(0.4);
            }
            Defect::HeadTooLarge => {
                f.eye_distance_px *= 1.0 + k * r.range(0.62, 0.75);
                f.eyes_y_px += 12.0 * k;
            }
            Defect::HeadTooSmall => f.eye_distance_px *= 1.0 - k * r.range(0.30, 0.40),
            Defect::OffCentre => f.eyes_x_px += side * k * r.range(45.0, 75.0),
            Defect::TooHigh => f.eyes_y_px -= k * r.range(85.0, 105.0),
            Defect::TooLow => f.eyes_y_px += k * r.range(75.0, 110.0),
            Defect::Roll => self.pose.roll_deg += side * k * r.range(9.0, 15.0),
            Defect::Yaw => self.pose.yaw_deg += side * k * r.range(16.0, 24.0),
            Defect::Pitch => self.pose.pitch_deg += side * k * r.range(15.0, 21.0),
            Defect::Gaze => self.eyes.gaze_right_deg += side * k * r.range(20.0, 27.0),
            Defect::BackgroundColour => self.background.colour = r.pick(&WRONG_BACKGROUNDS),
            Defect::BackgroundGradient => self.background.gradient = k * r.range(0.45, 0.65),
            Defect::BackgroundShadow => self.background.shadow = k * r.range(0.40, 0.60),
            Defect::UnevenLight => {
                let l = &mut self.light;
                l.azimuth_deg += k * (84.0 - l.azimuth_deg);
                l.elevation_deg += k * (10.0 - l.elevation_deg);
                l.key *= 1.0 + 1.4 * k;
                // The lit half would burn out.
                l.level *= 1.0 - 0.5 * k;
                l.fill *= 1.0 - k;
                l.room *= 1.0 - 0.92 * k;
            }
            Defect::OverExposed => self.camera.exposure *= 1.0 + k * r.range(0.85, 1.2),
            Defect::UnderExposed => self.camera.exposure *= 1.0 - k * r.range(0.68, 0.78),
            Defect::Blur => self.camera.blur_px += k * r.range(2.6, 4.2),
            Defect::Noise => self.camera.noise += k * r.range(0.06, 0.09),
            Defect::HeavyCompression => {
                self.encoding.quality = (f32::from(self.encoding.quality) * (1.0 - k) + k * r.range(8.0, 18.0)) as u8;
            }
            Defect::ColourCast => {
                let cast = r.pick(&[[1.20, 0.98, 0.68], [0.78, 0.98, 1.28], [0.88, 1.14, 0.84]]);
                self.camera.cast = cast.map(|c: f32| 1.0 + k * (c - 1.0));
            }
            Defect::HairOverEyes => self.let_fall(k),
            Defect::HairOverEars => {
                self.hair.style = HairStyle::LongFront;
                self.hair.tucked = 1.0 - k;
            }
            Defect::TintedGlasses => {
                let mut g = self.glasses.take().unwrap_or_else(|| plain_glasses(r));
                g.tint = k * r.range(0.78, 0.93);
                self.glasses = Some(g);
            }
            Defect::Glare => {
                let mut g = self.glasses.take().unwrap_or_else(|| plain_glasses(r));
                g.glare = k * r.range(0.75, 1.0);
                self.glasses = Some(g);
            }
            Defect::RedEye => self.camera.red_eye = k,
            Defect::EyeClosed => self.eyes.winked[usize::from(side > 0.0)] = k,
            Defect::TeethShown => {
                self.mouth.teeth = k * r.range(0.7, 1.0);
                self.mouth.smile = self.mouth.smile.max(k * r.range(0.6, 1.0));
            }
            Defect::ColouredGlasses => {
                let mut g = self.glasses.take().unwrap_or_else(|| plain_glasses(r));
                // Brown, yellow, rose, blue, green.
                let hues = [
                    [0.62, 0.40, 0.22],
                    [0.80, 0.66, 0.22],
                    [0.78, 0.42, 0.50],
                    [0.30, 0.46, 0.74],
                    [0.34, 0.60, 0.36],
                ];
                g.hue = r.pick(&hues).map(|c: f32| 1.0 + k * (c - 1.0));
                self.glasses = Some(g);
            }
            Defect::FrameOverEye => {
                let mut g = self.glasses.take().unwrap_or_else(|| plain_glasses(r));
                g.half_rim = false;
                // A wire is hard to see on the eye, so is it here: most frames that hide an eye are thick.
                g.rim_radius = g.rim_radius.max(0.016);
                // Down the nose, or made for reading and too low for the face: the upper rim lies on the iris.
                if r.chance(0.5) {
                    g.half_height += k * (r.range(0.15, 0.18) - g.half_height);
                }
                let upper_rim = 1.08 * g.half_height - 0.055;
                g.slip = k * (upper_rim + r.range(-0.05, 0.03));
                self.glasses = Some(g);
            }
            Defect::WrongPixels => {
                let to = r.pick(&[358.0f32, 295.0, 413.0]) / f.width_px as f32;
                f.width_px = (f.width_px as f32 * to).round() as u32;
                f.height_px = (f.height_px as f32 * to).round() as u32;
                f.eye_distance_px *= to;
                f.eyes_x_px *= to;
                f.eyes_y_px *= to;
            }
            Defect::ShouldersUneven => self.pose.shoulders_deg += side * k * r.range(10.0, 15.0),
            Defect::TooLittleBody => {
                f.eye_distance_px *= 1.0 + k * r.range(0.10, 0.20);
                // The picture ends at the neck.
                let lowest = f.height_px as f32 - r.range(1.70, 1.85) * f.eye_distance_px;
                f.eyes_y_px += k * (lowest - f.eyes_y_px);
            }
            Defect::WrongDensity => self.encoding.dots_per_inch = r.pick(&[None, Some(72), Some(96)]),
            Defect::BackgroundObject => self.background.things.push(thing(r, k)),
            Defect::SecondPerson => {
                self.background.companion = Some(Companion {
                    seed: r.next() >> 16,
                    size: r.range(0.42, 0.62),
                    x: 0.5 + side * r.range(0.34, 0.44),
                    y: r.range(0.40, 0.62),
                });
            }
            Defect::CutOut => self.afterwards.cut_out = Some(bad_cut(r, k)),
            Defect::Border => self.afterwards.border = Some(border(r, k, self.background.colour)),
            Defect::Text => self.afterwards.texts = texts(r, k),
            Defect::ScreenPhoto => {
                self.afterwards.screen = Some(Screen {
                    pitch: [r.range(0.30, 0.46), r.range(0.87, 0.94), r.range(1.07, 1.16)][r.below(3)],
                    turn_deg: side * r.range(0.2, 2.5),
                    depth: k * r.range(0.22, 0.40),
                });
            }
            Defect::PrintPhoto => {
                self.afterwards.print = Some(Print {
                    scale: r.range(0.80, 0.88),
                    paper: r.range(0.02, 0.05),
                    turn_deg: side * r.range(0.3, 2.5),
                    keystone: r.range(-0.05, 0.05),
                    dots_px: r.range(2.8, 4.5),
                    depth: k * r.range(0.15, 0.35),
                    glare: k * r.range(0.0, 0.5),
                    glare_at: [0.5 + side * r.range(0.1, 0.3), r.range(0.15, 0.8)],
                });
            }
            Defect::Turned => self.afterwards.quarter_turns = r.pick(&[1, 2, 3]),
            Defect::HotSpot => self.skin.sweat = k * r.range(0.75, 1.0),
            Defect::LowContrast => self.camera.veil = k * r.range(0.55, 0.70),
            Defect::MotionBlur => {
                self.camera.motion_px = k * r.range(9.0, 16.0);
                self.camera.motion_deg = r.range(0.0, 180.0);
            }
            Defect::Recompressed => {
                // A messenger squeezed it, an editor saved it well.
                self.encoding.earlier_quality = Some((90.0 * (1.0 - k) + k * r.range(8.0, 14.0)) as u8);
                self.encoding.quality = 92;
            }
            Defect::BrowsCovered => self.let_fall(0.8 * k),
            Defect::EyesBehindHair => self.let_fall(1.5 * k),
            Defect::Headwear => self.cover_head(r),
            Defect::FaceMask => {
                self.worn.mask = Some(r.pick(&[[236, 238, 240], [126, 176, 214], [34, 34, 38], [168, 206, 222]]));
            }
            Defect::Occluded => self.worn.before_face = Some(worn::before_face(r, side)),
            Defect::HandBeforeFace => {
                self.worn.before_face = Some(BeforeFace {
                    thing: Obstacle::Hand,
                    at: r.pick(&[[0.10 * side, 1.10], [0.42 * side, 0.35]]),
                    size: r.range(0.9, 1.15),
                    colour: [0; 3],
                });
            }
            Defect::ClothesLikeBackground => self.dress_like_background(k, r),
            Defect::Stripes => self.dress_in_pattern(k, r),
            Defect::Jewellery => {
                self.clothes.garment = r.pick(&[Garment::RoundNeck, Garment::VNeck, Garment::OpenShirt]);
                self.worn.jewellery = Some(Jewellery {
                    rings: r.chance(0.5),
                    necklace: r.chance(0.7),
                    colour: r.pick(&[[226, 178, 84], [222, 222, 226], [236, 226, 214]]),
                });
            }
            Defect::BareShoulders => {
                self.clothes.garment = Garment::Camisole;
                self.hair.style = match self.hair.style {
                    HairStyle::LongFront | HairStyle::LongFringe => HairStyle::LongBehind,
                    style => style,
                };
            }
        }
    }
}

fn plain_glasses(r: &mut Rng) -> Glasses {
    Glasses {
        half_width: r.range(0.39, 0.43),
        half_height: r.range(0.28, 0.34),
        squareness: r.range(2.2, 3.6),
        rim_radius: r.range(0.012, 0.022),
        colour: srgb(34, 33, 34).array(),
        half_rim: false,
        tint: 0.03,
        glare: 0.0,
        hue: [1.0; 3],
        slip: 0.0,
    }
}
