//! Who and what stands behind the sitter. No drawing.

use serde::{Deserialize, Serialize};

/// Another sitter behind this one: the conforming one of that seed, smaller and elsewhere.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Companion {
    pub seed: u64,
    /// Of this sitter's eye distance.
    pub size: f32,
    /// Where the middle between the eyes lands, in widths of the picture.
    pub x: f32,
    pub y: f32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThingKind {
    DoorFrame,
    Shelf,
    Plant,
    Socket,
    Poster,
    HalfHead,
}

/// An object behind the sitter. Places and sizes in widths of the picture.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Thing {
    pub kind: ThingKind,
    pub seed: u64,
    /// Counted from the right edge instead of the left.
    pub at_right: bool,
    pub x: f32,
    pub y: f32,
    pub size: f32,
    pub colour: [u8; 3],
    /// 1 solid … 0 nothing.
    pub opacity: f32,
}
