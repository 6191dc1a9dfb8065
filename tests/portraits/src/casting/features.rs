//! A face by chance: its proportions, each on an axis of its own, and its brows. Deviations follow what is known of
//! adult faces: heads differ little in width, mouths and noses more, lips most.

use crate::math::{Rng, smooth};
use crate::sitter::{Brows, Face};

pub fn face(r: &mut Rng, female: bool, east_asian: bool, tone: u8, age: f32) -> Face {
    let by_sex = |f: f32, m: f32| if female { f } else { m };
    let by_descent = |east: f32, dark: f32, other: f32| match (east_asian, tone >= 4) {
        (true, _) => east,
        (_, true) => dark,
        _ => other,
    };
    let heavy = smooth(22.0, 60.0, age);
    // Three traits that a face carries as a whole: long or short, lean or full, fine or coarse.
    let (long, full, coarse) = (r.normal() * 0.45, r.normal() * 0.45 + 0.3 * heavy, r.normal() * 0.4);
    let mut n = |mean: f32, spread: f32| (mean + r.normal() * spread * 1.3).clamp(-1.35, 1.35);
    let mut f = Face {
        length: n(by_sex(-0.2, 0.1) + 0.8 * long, 0.35),
        head_width: n(-0.4 * long + 0.4 * full, 0.4),
        jaw_width: n(by_sex(-0.35, 0.2) + 0.6 * full, 0.5).max(-0.95),
        jaw_corner: n(by_sex(-0.3, 0.25) + 0.4 * coarse, 0.55).max(-0.6),
        chin_length: n(by_sex(-0.25, 0.1) + 0.4 * long, 0.5),
        chin_width: n(by_sex(-0.5, 0.15) + 0.3 * coarse, 0.55).max(-1.0),
        cheekbone: n(by_descent(0.35, 0.1, 0.0), 0.55),
        cheek_fullness: n(full, 0.4),
        temple: n(0.0, 0.55),
        hairline: n(by_sex(0.0, -0.1) - heavy * 0.3, 0.5),
        nose_width: n(by_sex(-0.4, 0.1) + 0.5 * coarse + by_descent(0.0, 0.8, -0.3), 0.5),
        nose_length: n(0.4 * long + 0.25 * heavy, 0.55),
        nose_bridge: n(by_descent(-0.3, -0.3, 0.45) - 0.2 * coarse, 0.55),
        nose_tip: n(by_sex(-0.25, 0.1) + by_descent(-0.1, -0.2, 0.3), 0.55),
        nose_ball: n(by_sex(-0.35, 0.0) + 0.5 * coarse, 0.55),
        nose_droop: n(by_sex(-0.25, 0.15) + 0.3 * heavy, 0.55),
        nose_wings: n(0.0, 0.55),
        lip_upper: n(by_descent(-0.1, 0.7, -0.35) - 0.35 * heavy, 0.55),
        lip_lower: n(by_descent(0.0, 0.6, -0.1) - 0.25 * heavy, 0.55),
        lip_bow: n(by_sex(0.3, 0.0), 0.55),
        mouth_width: n(by_sex(-0.3, 0.1) + 0.3 * coarse, 0.55),
        mouth_height: n(0.0, 0.55),
        mouth_corner: n(-0.2 * heavy, 0.35),
        eye_width: n(by_sex(0.35, 0.0), 0.55),
        eye_height: n(by_sex(0.35, -0.1) - 0.3 * heavy, 0.5).max(-0.7),
        eye_tilt: n(by_descent(0.4, 0.0, 0.0) - 0.3 * heavy, 0.55),
        eye_spacing: n(0.0, 0.5),
        eye_depth: n(by_descent(-0.4, 0.0, 0.5) + by_sex(-0.2, 0.2), 0.5),
        eye_peak: n(0.0, 0.55),
        epicanthus: 0.0,
        crease: 0.0,
        brow_height: n(by_sex(0.15, -0.2), 0.55),
        brow_tilt: n(0.0, 0.55),
        brow_arch: by_sex(0.25, 0.1) + n(0.25, 0.35).clamp(-0.3, 0.75),
        brow_length: n(0.0, 0.5),
        ear_size: n(0.2 * heavy, 0.55),
        ear_angle: n(0.0, 0.55),
        neck_width: n(0.5 * full, 0.5),
        shoulder_width: n(0.0, 0.55),
        shoulder_slope: n(0.2, 0.55),
        asymmetry: n(0.7, 0.3).max(0.2),
    };
    if east_asian {
        f.epicanthus = r.range(0.1, 1.0);
        f.crease = if r.chance(by_sex(0.6, 0.42)) {
            r.range(0.15, 0.85)
        } else {
            0.0
        };
    } else {
        f.crease = r.range(0.5, 1.15);
    }
    f
}

/// From plucked thin to bushy; thin ones are often sparse too.
pub fn brows(r: &mut Rng, female: bool) -> Brows {
    let (thin, thick) = if female { (0.38, 0.85) } else { (0.58, 1.30) };
    let thickness = r.range(thin, thick);
    let share = (thickness - thin) / (thick - thin);
    Brows {
        thickness,
        density: ((if female { 0.5 } else { 0.6 }) + 0.25 * share + r.range(-0.12, 0.2)).clamp(0.35, 1.0),
    }
}
