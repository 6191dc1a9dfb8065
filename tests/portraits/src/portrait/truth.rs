//! What is true of a portrait, from its geometry.

use crate::frame::{Camera, Turn};
use crate::head::Head;
use crate::math::V3;
use crate::sitter::Sitter;
use image::GrayImage;
use serde::{Deserialize, Serialize};

/// Where things are in the picture; a whole number is a pixel's middle. Left and right are the picture's.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Truth {
    pub left_eye_px: [f32; 2],
    pub right_eye_px: [f32; 2],
    /// Topmost row of the head with its hair.
    pub crown_px: f32,
    /// Lowest point of the chin.
    pub chin_px: [f32; 2],
    /// The cheeks' outermost face skin.
    pub face_left_px: f32,
    pub face_right_px: f32,
    pub yaw_deg: f32,
    pub pitch_deg: f32,
    pub roll_deg: f32,
    #[serde(default)]
    pub shoulders_deg: f32,
    /// Of the eye that is more closed.
    pub eye_opening: f32,
    pub mouth_opening: f32,
    /// Share of the picture where other people or things are seen behind the sitter.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub clutter_share: f32,
    /// 255 where the sitter is.
    #[serde(skip)]
    pub silhouette: GrayImage,
}

fn is_zero(share: &f32) -> bool {
    *share == 0.0
}

impl Truth {
    /// Moves every place, as the photo was turned or photographed again. The silhouette stays behind and goes.
    pub(crate) fn place(&mut self, to: impl Fn([f32; 2]) -> [f32; 2]) {
        let middle = (self.face_left_px + self.face_right_px) / 2.0;
        let eyes_y = (self.left_eye_px[1] + self.right_eye_px[1]) / 2.0;
        self.crown_px = to([middle, self.crown_px])[1];
        self.face_left_px = to([self.face_left_px, eyes_y])[0];
        self.face_right_px = to([self.face_right_px, eyes_y])[0];
        for at in [&mut self.left_eye_px, &mut self.right_eye_px, &mut self.chin_px] {
            *at = to(*at);
        }
        self.silhouette = GrayImage::default();
    }

    pub fn eye_distance_px(&self) -> f32 {
        (self.left_eye_px[0] - self.right_eye_px[0]).hypot(self.left_eye_px[1] - self.right_eye_px[1])
    }
    pub fn face_width_px(&self) -> f32 {
        self.face_right_px - self.face_left_px
    }
}

pub fn of(s: &Sitter, head: &Head, turn: &Turn, camera: &Camera, eyes: [V3; 2], silhouette: Vec<u8>) -> Truth {
    let (w, h) = (s.framing.width_px, s.framing.height_px);
    let pixel = |p: V3| camera.pixel(turn.point(p));
    let [left_eye_px, right_eye_px] = eyes.map(pixel);
    let chin_px = head
        .points
        .iter()
        .map(|p| pixel(*p))
        .fold([0.0, f32::MIN], |a, b| if b[1] > a[1] { b } else { a });
    let (face_left_px, face_right_px) = cheeks(head, pixel);
    let silhouette = GrayImage::from_raw(w, h, silhouette).unwrap_or_default();
    let crown_px = silhouette
        .enumerate_pixels()
        .find(|(_, _, v)| v.0[0] > 0)
        .map_or(0.0, |(_, y, _)| y as f32);
    Truth {
        left_eye_px,
        right_eye_px,
        crown_px,
        chin_px,
        face_left_px,
        face_right_px,
        yaw_deg: s.pose.yaw_deg,
        pitch_deg: s.pose.pitch_deg,
        roll_deg: s.pose.roll_deg,
        shoulders_deg: s.pose.shoulders_deg,
        eye_opening: s.eyes.opening_of(0).min(s.eyes.opening_of(1)),
        mouth_opening: s.mouth.opening,
        clutter_share: 0.0,
        silhouette,
    }
}

fn cheeks(head: &Head, pixel: impl Fn(V3) -> [f32; 2]) -> (f32, f32) {
    let at_cheek = |c: &V3| c.y > 0.2 && c.y < 0.75 && c.z < 0.9;
    (head
        .skin
        .points
        .iter()
        .zip(&head.skin.rest)
        .filter(|(_, c)| at_cheek(c))
        .map(|(p, _)| pixel(*p)[0]))
    .fold((f32::MAX, f32::MIN), |(l, r), x| (l.min(x), r.max(x)))
}
