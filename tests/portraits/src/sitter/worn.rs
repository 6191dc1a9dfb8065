//! What a sitter wears over head, face and neck, or holds before the face. Nobody's by default.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Worn {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headwear: Option<Headwear>,
    /// A surgical mask of this colour, 8-bit sRGB.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mask: Option<[u8; 3]>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_face: Option<BeforeFace>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jewellery: Option<Jewellery>,
}

impl Worn {
    pub fn is_nothing(&self) -> bool {
        *self == Worn::default()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeadwearKind {
    /// With a peak over the forehead.
    Cap,
    /// Knitted, with a turned-up edge.
    Beanie,
    /// Over hair, ears and neck; the face stays free.
    Headscarf,
    GraduationCap,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Headwear {
    pub kind: HeadwearKind,
    /// 8-bit sRGB.
    pub colour: [u8; 3],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    Hand,
    Phone,
    /// Stuck on the picture afterwards.
    Sticker,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BeforeFace {
    pub thing: Obstacle,
    /// Right of and below the middle between the eyes, about in distances between them.
    pub at: [f32; 2],
    /// 1 is a thing's usual size.
    pub size: f32,
    /// 8-bit sRGB.
    pub colour: [u8; 3],
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Jewellery {
    /// Hanging rings, else studs.
    pub rings: bool,
    pub necklace: bool,
    /// 8-bit sRGB.
    pub colour: [u8; 3],
}
