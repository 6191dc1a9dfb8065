//! Names for the base face's points, in the order of the common 468-point face topology, and the base face itself.

use crate::math::{V3, mix, smooth, v3};
use std::sync::LazyLock;

/// Upper and lower lids, outer corner to inner corner; [0] is the eye at the left of the picture.
pub const UPPER_LID: [[usize; 9]; 2] = [
    [33, 246, 161, 160, 159, 158, 157, 173, 133],
    [263, 466, 388, 387, 386, 385, 384, 398, 362],
];
pub const LOWER_LID: [[usize; 9]; 2] = [
    [33, 7, 163, 144, 145, 153, 154, 155, 133],
    [263, 249, 390, 373, 374, 380, 381, 382, 362],
];
/// The face's outline, clockwise from the top of the forehead.
pub const OUTLINE: [usize; 36] = [
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150,
    136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];
pub const LIPS: [usize; 80] = [
    61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185, 76, 77, 90, 180, 85, 16,
    315, 404, 320, 307, 306, 408, 304, 303, 302, 11, 72, 73, 74, 184, 62, 96, 89, 179, 86, 15, 316, 403, 319, 325, 292,
    407, 272, 271, 268, 12, 38, 41, 42, 183, 78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13,
    82, 81, 80, 191,
];
pub const LOWER_LIP: [usize; 36] = [
    95, 88, 178, 87, 14, 317, 402, 318, 324, 77, 90, 180, 85, 16, 315, 404, 320, 307, 96, 89, 179, 86, 15, 316, 403,
    319, 325, 146, 91, 181, 84, 17, 314, 405, 321, 375,
];
/// Points of the upper and lower inner lip that meet when the mouth closes, left to right.
pub const LIP_PAIRS: [(usize, usize); 9] = [
    (191, 95),
    (80, 88),
    (81, 178),
    (82, 87),
    (13, 14),
    (312, 317),
    (311, 402),
    (310, 318),
    (415, 324),
];
pub const MOUTH_RING: [usize; 20] = [
    78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95,
];
pub const LIP_LINE: [usize; 11] = [78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308];
/// Upper and lower edge of each brow, outer end to inner end.
pub const BROWS: [([usize; 5], [usize; 5]); 2] = [
    ([70, 63, 105, 66, 107], [46, 53, 52, 65, 55]),
    ([300, 293, 334, 296, 336], [276, 283, 282, 295, 285]),
];
/// Pairs of points with a nostril between.
pub const NOSTRILS: [(usize, usize); 2] = [(79, 20), (309, 250)];
pub const FACE_POINTS: usize = 468;

static PRIOR: &str = include_str!("face_prior.txt");

pub struct BaseFace {
    pub points: Vec<V3>,
    pub triangles: Vec<[u32; 3]>,
}

/// Nobody's face: symmetric, neutral, already in the studio's proportions.
pub static BASE: LazyLock<BaseFace> = LazyLock::new(|| {
    let mut words = PRIOR
        .split_ascii_whitespace()
        .map(|w| w.parse::<f32>().unwrap_or(f32::NAN));
    let mut next = || words.next().unwrap_or(f32::NAN);
    let (points, triangles) = (next() as usize, next() as usize);
    let points = (0..points)
        .map(|_| {
            let (x, y, z) = (next(), next(), next());
            let stretch = if y < 0.0 {
                mix(1.0, 1.17, smooth(0.0, -0.4, y))
            } else {
                mix(1.0, 1.27, smooth(0.0, 0.5, y))
            };
            v3(x * 1.04, y * stretch, z * 1.2)
        })
        .collect();
    let triangles = (0..triangles)
        .map(|_| [next() as u32, next() as u32, next() as u32])
        .collect();
    BaseFace { points, triangles }
});
