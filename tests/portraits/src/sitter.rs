//! The parameters of one portrait: who sits, how, and before which camera. No drawing; choosing them at random is
//! `casting`'s work, spoiling them is `defect`'s.

mod afterwards;
mod behind;
mod worn;

use serde::{Deserialize, Serialize};

pub use afterwards::*;
pub use behind::*;
pub use worn::*;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sitter {
    /// Seeds everything that is not a parameter: pores, strands, folds, sensor noise.
    pub seed: u64,
    /// Which of this sitter's shots: seeds what no two shots share, the sensor's noise and how single hairs lie.
    #[serde(default, skip_serializing_if = "is_first")]
    pub shot: u64,
    pub sex: Sex,
    pub age_years: f32,
    pub face: Face,
    pub skin: Skin,
    pub eyes: Eyes,
    pub brows: Brows,
    pub mouth: Mouth,
    pub hair: Hair,
    pub glasses: Option<Glasses>,
    pub clothes: Clothes,
    #[serde(default, skip_serializing_if = "Worn::is_nothing")]
    pub worn: Worn,
    pub pose: Pose,
    pub background: Background,
    pub light: Light,
    pub camera: Camera,
    pub framing: Framing,
    pub encoding: Encoding,
    #[serde(default, skip_serializing_if = "Afterwards::is_nothing")]
    pub afterwards: Afterwards,
}

fn is_first(shot: &u64) -> bool {
    *shot == 0
}

impl Sitter {
    /// The same photo with that many times the pixels along each side.
    pub fn enlarge(&mut self, factor: f32) {
        let f = &mut self.framing;
        f.width_px = (f.width_px as f32 * factor).round() as u32;
        f.height_px = (f.height_px as f32 * factor).round() as u32;
        f.eye_distance_px *= factor;
        f.eyes_x_px *= factor;
        f.eyes_y_px *= factor;
        self.camera.blur_px *= factor;
        self.camera.motion_px *= factor;
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    Female,
    Male,
}

/// Deviations from the neutral face; 0 is the neutral, ±1 is as far as people commonly go.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Face {
    pub length: f32,
    pub head_width: f32,
    pub jaw_width: f32,
    pub jaw_corner: f32,
    pub chin_length: f32,
    pub chin_width: f32,
    pub cheekbone: f32,
    pub cheek_fullness: f32,
    pub temple: f32,
    pub hairline: f32,
    pub nose_width: f32,
    pub nose_length: f32,
    pub nose_bridge: f32,
    pub nose_tip: f32,
    /// Breadth of the tip's ball.
    pub nose_ball: f32,
    /// Above 0 the tip hangs, below it turns up.
    pub nose_droop: f32,
    /// Below 0 the wings sit higher than the tip.
    pub nose_wings: f32,
    pub lip_upper: f32,
    pub lip_lower: f32,
    /// How deep the upper lip's bow is.
    pub lip_bow: f32,
    pub mouth_width: f32,
    pub mouth_height: f32,
    pub mouth_corner: f32,
    pub eye_width: f32,
    pub eye_height: f32,
    pub eye_tilt: f32,
    pub eye_spacing: f32,
    /// Above 0 the eyes lie deep under the brow.
    pub eye_depth: f32,
    /// Where the upper lid peaks: above 0 outwards.
    pub eye_peak: f32,
    /// 0: open inner corner, 1: a full epicanthic fold.
    pub epicanthus: f32,
    /// Height of the lid's crease: 0 is a single lid.
    pub crease: f32,
    pub brow_height: f32,
    pub brow_tilt: f32,
    /// 0 nearly straight … 1 arched.
    pub brow_arch: f32,
    pub brow_length: f32,
    pub ear_size: f32,
    pub ear_angle: f32,
    pub neck_width: f32,
    pub shoulder_width: f32,
    pub shoulder_slope: f32,
    pub asymmetry: f32,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Skin {
    /// 0 fairest … 5 darkest.
    pub tone: u8,
    /// Albedo, linear.
    pub colour: [f32; 3],
    pub redness: f32,
    pub moles: u8,
    pub blemishes: f32,
    pub oil: f32,
    /// 0 clean shaven … 1 a short beard.
    pub beard: f32,
    /// Lip colour, 0 bare … 1 lipstick.
    pub lip_colour: f32,
    pub lines: f32,
    /// 0 dry … 1 wet with sweat: small hard highlights on forehead, nose and cheeks.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub sweat: f32,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Eyes {
    /// 0 closed … 1 naturally open.
    pub opening: f32,
    pub gaze_right_deg: f32,
    pub gaze_down_deg: f32,
    /// Albedo of the iris, linear.
    pub iris: [f32; 3],
    pub liner: f32,
    /// How far the eye at the left and that at the right close on their own: 0 not, 1 wholly.
    #[serde(default, skip_serializing_if = "is_neither")]
    pub winked: [f32; 2],
}

impl Eyes {
    /// Of the eye at the left (0) or at the right (1).
    pub fn opening_of(&self, eye: usize) -> f32 {
        self.opening * (1.0 - self.winked[eye])
    }
}

fn is_neither(shares: &[f32; 2]) -> bool {
    *shares == [0.0; 2]
}

fn is_none(amount: &f32) -> bool {
    *amount == 0.0
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Brows {
    pub thickness: f32,
    pub density: f32,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mouth {
    /// 0 closed … 1 wide open.
    pub opening: f32,
    pub smile: f32,
    /// How far the lips part over closed teeth: 0 not, 1 as broad smiles do.
    #[serde(default, skip_serializing_if = "is_none")]
    pub teeth: f32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HairStyle {
    Bald,
    Buzz,
    /// Short, parted at a side, fringe swept over.
    SidePart,
    /// Short, brushed up and back from the forehead.
    SweptUp,
    /// Short and rough on top.
    Textured,
    /// Short, falling forward over the upper forehead.
    Forward,
    /// Combed back and tied.
    Tied,
    /// Tied with a parting.
    TiedParted,
    /// To the chin or the neck.
    Bob,
    /// The same with a fringe.
    BobFringe,
    /// Long, behind the shoulders.
    LongBehind,
    /// Long, in front of the shoulders.
    LongFront,
    /// Long with a fringe to above the brows.
    LongFringe,
    /// Tight curls.
    Curls,
}

impl HairStyle {
    pub fn has_fringe(self) -> bool {
        matches!(self, HairStyle::LongFringe | HairStyle::BobFringe)
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Hair {
    pub style: HairStyle,
    /// Albedo, linear.
    pub colour: [f32; 3],
    /// Share of grey strands.
    pub grey: f32,
    pub volume: f32,
    /// Where the parting lies: −1 left … 1 right of the picture.
    pub part: f32,
    pub wave: f32,
    pub length: f32,
    /// How far the fringe falls: 0 above the brows, 1 over the eyes.
    pub over_face: f32,
    /// Long hair: 1 behind the ears, 0 over them.
    pub tucked: f32,
    /// Flyaway strands.
    pub unruly: f32,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Glasses {
    pub half_width: f32,
    pub half_height: f32,
    /// 2 round … 5 nearly rectangular.
    pub squareness: f32,
    pub rim_radius: f32,
    /// Albedo, linear.
    pub colour: [f32; 3],
    /// No rim below.
    pub half_rim: bool,
    /// Share of the light that the lens takes away.
    pub tint: f32,
    /// Strength of a reflection over the eyes.
    pub glare: f32,
    /// Shares of red, green and blue that the lens lets through, besides its tint.
    #[serde(default = "clear", skip_serializing_if = "is_clear")]
    pub hue: [f32; 3],
    /// How far they have slid down the nose.
    #[serde(default, skip_serializing_if = "is_none")]
    pub slip: f32,
}

fn clear() -> [f32; 3] {
    [1.0; 3]
}

fn is_clear(hue: &[f32; 3]) -> bool {
    *hue == clear()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Garment {
    RoundNeck,
    VNeck,
    Shirt,
    OpenShirt,
    SuitAndTie,
    SuitOpenShirt,
    Blazer,
    Polo,
    Hoodie,
    SweaterOverShirt,
    StandCollar,
    /// Thin straps; shoulders and arms bare.
    Camisole,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Clothes {
    pub garment: Garment,
    /// Albedo, linear, of the outer garment, what is under it, and the tie.
    pub colour: [f32; 3],
    pub under: [f32; 3],
    pub tie: [f32; 3],
    pub tie_pattern: u8,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<Pattern>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PatternKind {
    Across,
    Upright,
    Checks,
    Dots,
}

/// A second colour woven into the outer garment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pattern {
    pub kind: PatternKind,
    /// From one stripe to the next, about in distances between the eyes.
    pub period: f32,
    /// Albedo, linear.
    pub colour: [f32; 3],
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Pose {
    /// Positive: the face turns to the right of the picture.
    pub yaw_deg: f32,
    /// Positive: the face looks up.
    pub pitch_deg: f32,
    /// Positive: the head leans clockwise as seen in the picture.
    pub roll_deg: f32,
    /// Positive: the trunk leans clockwise, so that the shoulder at the right of the picture is the lower one.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub shoulders_deg: f32,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Background {
    /// As it stands in the finished photo, 8-bit sRGB.
    pub colour: [u8; 3],
    /// Share of the light lost from the upper left to the lower right.
    pub gradient: f32,
    /// Darkness of the sitter's shadow.
    pub shadow: f32,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub things: Vec<Thing>,
    /// Somebody else, farther back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub companion: Option<Companion>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Light {
    /// −1: the main light comes from the left of the picture, 1: from the right.
    pub side: f32,
    pub elevation_deg: f32,
    pub azimuth_deg: f32,
    /// Power of the main light, the filling light and the room.
    pub key: f32,
    pub fill: f32,
    pub room: f32,
    /// Factor on all of it.
    pub level: f32,
    /// Above 0 is warmer.
    pub warmth: f32,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Camera {
    /// In inter-ocular distances; 20 is about 1.3 m.
    pub distance: f32,
    /// Factor on the light of the whole picture.
    pub exposure: f32,
    /// Standard deviation of an added blur, picture pixels.
    pub blur_px: f32,
    /// Standard deviation of the noise, of full scale.
    pub noise: f32,
    /// Factors on linear red, green, blue.
    pub cast: [f32; 3],
    pub red_eye: f32,
    /// How far the camera moved while the shutter was open, picture pixels, and along which line: 0 is level.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub motion_px: f32,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub motion_deg: f32,
    /// Share of every tone that a milky veil over the lens takes: 1 leaves one grey.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub veil: f32,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Framing {
    pub width_px: u32,
    pub height_px: u32,
    /// Distance of the eyes' centres in a frontal picture.
    pub eye_distance_px: f32,
    /// Where the middle between the eyes lands.
    pub eyes_x_px: f32,
    pub eyes_y_px: f32,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Encoding {
    /// 1 … 100.
    pub quality: u8,
    /// The photo was saved at this quality before, and opened again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier_quality: Option<u8>,
    /// Written into the JFIF header; without it the header names no unit.
    pub dots_per_inch: Option<u16>,
}

impl Default for Encoding {
    fn default() -> Encoding {
        Encoding {
            quality: 90,
            earlier_quality: None,
            dots_per_inch: Some(300),
        }
    }
}

/// Parameters that came later are left out of a label where they change nothing: older photos keep their names.
#[allow(clippy::trivially_copy_pass_by_ref)] // serde hands a reference
fn is_zero(value: &f32) -> bool {
    *value == 0.0
}
