//! What is done to a finished photo. No drawing.

use serde::{Deserialize, Serialize};

/// What was done to the finished photo.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Afterwards {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cut_out: Option<CutOut>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub border: Option<Border>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub texts: Vec<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub screen: Option<Screen>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub print: Option<Print>,
    /// Clockwise.
    #[serde(skip_serializing_if = "is_zero")]
    pub quarter_turns: u8,
}

impl Afterwards {
    pub fn is_nothing(&self) -> bool {
        self.cut_out.is_none()
            && self.border.is_none()
            && self.texts.is_empty()
            && self.screen.is_none()
            && self.print.is_none()
            && self.quarter_turns == 0
    }
}

fn is_zero(turns: &u8) -> bool {
    *turns == 0
}

/// The background exchanged along a bad matte.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CutOut {
    /// What the sitter really sat before, 8-bit sRGB.
    pub before: [u8; 3],
    /// How far the matte is blurred before it is cut: loose hair goes.
    pub rounded_px: f32,
    /// Above 0 a ring of the old background stays.
    pub grown_px: f32,
    /// How far the knife strays.
    pub ragged_px: f32,
    /// Width of the edge; 0 is a staircase.
    pub soft_px: f32,
}

/// A frame over the edges, in widths of the picture: left, top, right, bottom.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Border {
    pub sides: [f32; 4],
    pub colour: [u8; 3],
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Text {
    pub words: String,
    /// Upper middle, of the picture's width and height.
    pub x: f32,
    pub y: f32,
    /// Of a letter, in widths of the picture.
    pub height: f32,
    pub turn_deg: f32,
    pub mirrored: bool,
    /// Breadth of the pen in sixths of a letter's height.
    pub pen: f32,
    pub colour: [u8; 3],
    pub opacity: f32,
}

/// Photographed from a display.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Screen {
    /// Display pixels in one of the photo's.
    pub pitch: f32,
    pub turn_deg: f32,
    /// How clearly the pixels are seen.
    pub depth: f32,
}

/// Photographed from a print on a table.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Print {
    /// Size of the picture on the print in the new photo.
    pub scale: f32,
    /// The print's white edge, in widths of the old picture.
    pub paper: f32,
    pub turn_deg: f32,
    pub keystone: f32,
    /// From one halftone dot to the next.
    pub dots_px: f32,
    pub depth: f32,
    pub glare: f32,
    pub glare_at: [f32; 2],
}
