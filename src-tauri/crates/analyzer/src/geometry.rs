//! From what the graphs say to the head's geometry in pixels of the upright photo. Must not live here: limits.

use crate::background::crown_by_border;
use crate::face::Face;
use crate::framing::Head;
use crate::picture::{Pyramid, point};
use crate::report::{Geometry, Point, Rect};

/// The mesh puts the chin this much too high, in distances between the eyes.
const CHIN_DROP: f32 = 0.08;
/// Crowns by mask and by border that lie further apart than this, in distances between the eyes, contradict each other.
const CROWNS_AGREE: f64 = 0.12;

pub struct Measured {
    pub geometry: Geometry,
    pub head: Head,
    pub crown: Crown,
}

/// How the crown was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Crown {
    /// The mask and the edge of a plain background agree.
    Sure,
    /// By the mask alone: the background is not plain.
    ByMask,
    /// Mask and edge contradict each other, or the head leaves the picture or the mask.
    Doubtful,
}

impl Crown {
    pub fn confidence(self) -> f64 {
        match self {
            Self::Sure => 0.95,
            Self::ByMask => 0.7,
            Self::Doubtful => 0.3,
        }
    }
}

/// `scale`: pixels of the photo in one of the working picture.
pub fn measure(face: &Face, pyramid: &Pyramid, scale: f64) -> Measured {
    let [left, right] = face.eyes.map(|eye| eye.centre);
    let middle = [(left[0] + right[0]) / 2.0, (left[1] + right[1]) / 2.0];
    let apart = (right[0] - left[0]).hypot(right[1] - left[1]);
    let [cheek_left, cheek_right] = face.mesh.cheeks();
    let chin = chin(face, apart);
    let (crown, how) = crown(face, pyramid, middle, apart);

    let upright = |at: [f32; 2]| {
        let Point { x_px, y_px } = point(at);
        Point {
            x_px: x_px * scale,
            y_px: y_px * scale,
        }
    };
    let found = face.found.rect();
    let geometry = Geometry {
        left_eye_px: upright(left),
        right_eye_px: upright(right),
        crown_px: upright(crown),
        chin_px: upright(chin),
        face_left_px: upright(cheek_left),
        face_right_px: upright(cheek_right),
        yaw_deg: face.mesh.yaw_deg().into(),
        pitch_deg: face.mesh.pitch_deg().into(),
        roll_deg: f64::from((right[1] - left[1]).atan2(right[0] - left[0]).to_degrees()),
        face_box: Rect {
            x_px: found.x_px * scale,
            y_px: found.y_px * scale,
            width_px: found.width_px * scale,
            height_px: found.height_px * scale,
        },
        silhouette: face
            .mask
            .outline(middle, [pyramid.base().width, pyramid.base().height])
            .into_iter()
            .map(upright)
            .collect(),
    };
    let head = Head {
        eyes_x_px: f64::from(middle[0]) * scale,
        eyes_y_px: f64::from(middle[1]) * scale,
        // Of a face turned by more than 60 degrees nothing is known.
        eye_distance_px: f64::from(apart) * scale / geometry.yaw_deg.to_radians().cos().max(0.5),
        crown_y_px: geometry.crown_px.y_px,
        chin_y_px: geometry.chin_px.y_px,
        face_width_px: f64::from((cheek_right[0] - cheek_left[0]).hypot(cheek_right[1] - cheek_left[1])) * scale,
    };
    Measured {
        geometry,
        head,
        crown: how,
    }
}

/// The mesh's chin, moved down along the face.
fn chin(face: &Face, apart: f32) -> [f32; 2] {
    let [x, y] = face.mesh.at(152);
    let (sin, cos) = face.mesh.roll_rad().sin_cos();
    [x - sin * CHIN_DROP * apart, y + cos * CHIN_DROP * apart]
}

/// The mask's crown, checked and where possible sharpened by the edge of a plain background.
fn crown(face: &Face, pyramid: &Pyramid, middle: [f32; 2], apart: f32) -> ([f32; 2], Crown) {
    let half = 1.1 * apart;
    let (from_x, to_x) = (middle[0] - half, middle[0] + half);
    let Some(by_mask) = face.mask.crown(middle, from_x, to_x) else {
        // The eyes lie outside the silhouette: all that is known is that the head goes on above them.
        return ([middle[0], (middle[1] - 1.6 * apart).max(0.0)], Crown::Doubtful);
    };
    if by_mask[1] <= face.mask.cell_px() || face.mask.is_cut_above() {
        return ([by_mask[0], by_mask[1].max(0.0)], Crown::Doubtful);
    }
    let base = pyramid.base();
    let clip = |value: f32, most: usize| f64::from(value.clamp(0.0, most as f32));
    let left = clip(middle[0] - 2.6 * apart, base.width);
    let top = clip(by_mask[1] - apart, base.height);
    let window = Rect {
        x_px: left,
        y_px: top,
        width_px: clip(middle[0] + 2.6 * apart, base.width) - left,
        height_px: (f64::from(middle[1]) - top).max(0.0),
    };
    match crown_by_border(pyramid, &window, [from_x, to_x].map(f64::from)) {
        None => (by_mask, Crown::ByMask),
        Some(y) if (y - f64::from(by_mask[1])).abs() <= CROWNS_AGREE * f64::from(apart) => {
            ([by_mask[0], y as f32], Crown::Sure)
        }
        Some(_) => (by_mask, Crown::Doubtful),
    }
}
