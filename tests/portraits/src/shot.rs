//! The same sitter before the camera again: a moment later, when little has changed and yet nothing is quite the same,
//! or weeks later with other clothes and other hair.

use crate::casting;
use crate::math::Rng;
use crate::sitter::Sitter;

impl Sitter {
    /// The same sitting, a moment later: head, gaze and expression have moved a little, the light has not been touched
    /// but is never quite the same, and the photographer frames anew. `n` counts from 1.
    pub fn another_shot(&self, n: u64) -> Sitter {
        let r = &mut Rng::new(self.seed, 71 ^ n << 8);
        let mut s = self.clone();
        s.shot = n;
        let mut nudge = |from: f32, to: f32| r.range(from, to) * if r.chance(0.5) { -1.0 } else { 1.0 };
        let pose = &mut s.pose;
        pose.yaw_deg += nudge(0.5, 3.0);
        pose.pitch_deg += nudge(0.5, 3.0);
        pose.roll_deg += nudge(0.5, 3.0);
        s.eyes.gaze_right_deg += nudge(0.3, 2.5);
        s.eyes.gaze_down_deg += nudge(0.3, 2.0);
        s.eyes.opening *= 1.0 + nudge(0.0, 0.06);
        s.mouth.smile += nudge(0.01, 0.08);
        s.light.azimuth_deg += nudge(0.0, 2.5);
        s.light.elevation_deg += nudge(0.0, 2.0);
        s.light.level *= 1.0 + nudge(0.0, 0.03);
        let framing = &mut s.framing;
        let apart = framing.eye_distance_px;
        framing.eyes_x_px += nudge(0.01, 0.08) * apart;
        framing.eyes_y_px += nudge(0.01, 0.08) * apart;
        framing.eye_distance_px *= 1.0 + nudge(0.005, 0.05);
        s
    }

    /// Another sitting: other clothes, light and camera, the hair done anew, the skin on another day. `n` counts from 1.
    pub fn weeks_later(&self, n: u64) -> Sitter {
        let r = &mut Rng::new(self.seed, 73 ^ n << 8);
        let mut s = self.another_shot(n + (1 << 32));
        s.clothes = casting::clothes(r, self.sex == crate::sitter::Sex::Female);
        s.light = casting::light(r);
        s.background.colour = r.pick(&casting::BACKGROUNDS);
        s.hair.volume = (s.hair.volume * r.range(0.85, 1.2)).clamp(0.6, 1.45);
        s.hair.wave = (s.hair.wave + r.range(-0.15, 0.15)).max(0.0);
        s.hair.length = (s.hair.length + r.range(-0.3, 0.3)).clamp(0.0, 1.0);
        s.hair.unruly = r.range(0.2, 0.9);
        s.skin.blemishes = (s.skin.blemishes * r.range(0.3, 1.5)).min(1.0);
        s.skin.oil *= r.range(0.85, 1.15);
        s.camera.distance = r.range(20.0, 34.0);
        s.settle(r.range(60.0, 96.0), r.range(190.0, 216.0));
        s
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portrait::{locate, render};

    #[test]
    fn another_shot_is_the_same_sitter_slightly_moved_and_the_same_each_time() {
        let first = Sitter::conforming(11);
        let (second, third) = (first.another_shot(1), first.another_shot(2));
        assert_eq!(
            serde_json::to_string(&second).unwrap(),
            serde_json::to_string(&first.another_shot(1)).unwrap()
        );
        for (a, b) in [(&first, &second), (&first, &third), (&second, &third)] {
            let turned = (a.pose.yaw_deg - b.pose.yaw_deg).abs();
            assert!(turned > 0.0 && turned < 6.1, "{turned}");
            assert_eq!(a.seed, b.seed);
            assert!((locate(a).eye_distance_px() / locate(b).eye_distance_px() - 1.0).abs() < 0.12);
        }
    }

    #[test]
    fn only_the_shot_changes_noise_and_single_hairs() {
        let first = Sitter::conforming(12);
        let mut again = first.clone();
        again.shot = 1;
        let (a, b) = (render(&first), render(&again));
        assert_eq!(a.truth.silhouette.dimensions(), b.truth.silhouette.dimensions());
        assert_eq!(a.truth.left_eye_px, b.truth.left_eye_px);
        let differ = a.pixels.pixels().zip(b.pixels.pixels()).filter(|(a, b)| a != b).count();
        assert!(differ * 2 > a.pixels.pixels().len(), "{differ}");
    }
}
