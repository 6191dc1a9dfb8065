//! Colour arithmetic: sRGB, linear luminance, CIELAB (D65) and CIEDE2000.

use std::sync::LazyLock;

pub type Lab = [f32; 3];

/// sRGB (IEC 61966-2-1) to linear light, 0 … 1.
static LINEAR: LazyLock<[f32; 256]> = LazyLock::new(|| {
    std::array::from_fn(|value| {
        let v = value as f32 / 255.0;
        if v <= 0.04045 {
            v / 12.92
        } else {
            ((v + 0.055) / 1.055).powf(2.4)
        }
    })
});

/// The way back at even steps of 0 … 1; the steps are finer than a 255th everywhere.
static ENCODED: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let curve = |light: f32| {
        if light <= 0.003_130_8 {
            12.92 * light
        } else {
            1.055 * light.powf(1.0 / 2.4) - 0.055
        }
    };
    (0..=ENCODED_STEPS)
        .map(|step| (255.0 * curve(step as f32 / ENCODED_STEPS as f32) + 0.5) as u8)
        .collect()
});
const ENCODED_STEPS: usize = 16_384;

/// CIELAB's cube root, straight near 0, at even steps of 0 … 1.
static CUBE_ROOT: LazyLock<[f32; CUBE_ROOT_STEPS + 2]> = LazyLock::new(|| {
    let root = |t: f32| {
        if t > 0.008_856 {
            t.cbrt()
        } else {
            7.787 * t + 16.0 / 116.0
        }
    };
    std::array::from_fn(|step| root(step as f32 / CUBE_ROOT_STEPS as f32))
});
const CUBE_ROOT_STEPS: usize = 4096;

/// Between two steps of the table: off by less than 1e-5.
#[inline(always)]
fn cube_root(table: &[f32; CUBE_ROOT_STEPS + 2], t: f32) -> f32 {
    let place = t.clamp(0.0, 1.0) * CUBE_ROOT_STEPS as f32;
    let step = (place as u32 as usize).min(CUBE_ROOT_STEPS);
    let (low, high) = (table[step], table[step + 1]);
    low + (high - low) * (place - step as f32)
}

/// Linear light of each channel, 0 … 1.
pub fn linear(rgb: [u8; 3]) -> [f32; 3] {
    let linear = &*LINEAR;
    rgb.map(|v| linear[usize::from(v)])
}

/// Linear light of each channel, back from CIELAB; below 0 or above 1 where sRGB does not reach.
pub fn linear_of(colour: Lab) -> [f32; 3] {
    let [x, y, z] = tristimulus(colour);
    let (x, z) = (0.950_47 * x, 1.088_83 * z);
    [
        3.240_454 * x - 1.537_139 * y - 0.498_531 * z,
        -0.969_266 * x + 1.876_011 * y + 0.041_556 * z,
        0.055_643 * x - 0.204_026 * y + 1.057_225 * z,
    ]
}

/// Linear light, 0 … 1, on sRGB's curve, 0 … 255.
pub fn encoded(light: f32) -> u8 {
    ENCODED[(light.clamp(0.0, 1.0) * ENCODED_STEPS as f32) as usize]
}

/// Linear luminance, 0 … 1 (ISO/IEC 29794-5).
pub fn luminance(rgb: [u8; 3]) -> f32 {
    luminance_of(linear(rgb))
}

/// The same of linear light.
pub fn luminance_of([red, green, blue]: [f32; 3]) -> f32 {
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// Luma, 0 … 255 (ITU-R BT.601).
pub fn luma([r, g, b]: [u8; 3]) -> f32 {
    0.299 * f32::from(r) + 0.587 * f32::from(g) + 0.114 * f32::from(b)
}

pub fn lab(rgb: [u8; 3]) -> Lab {
    lab_by(&LINEAR, &CUBE_ROOT, rgb)
}

/// The same of many pixels, three bytes each.
pub fn labs(rgb: &[u8]) -> Vec<Lab> {
    let (linear, roots) = (&*LINEAR, &*CUBE_ROOT);
    let pixels = rgb.as_chunks::<3>().0;
    pixels.iter().map(|pixel| lab_by(linear, roots, *pixel)).collect()
}

#[inline(always)]
fn lab_by(linear: &[f32; 256], roots: &[f32; CUBE_ROOT_STEPS + 2], rgb: [u8; 3]) -> Lab {
    let [r, g, b] = rgb.map(|v| linear[usize::from(v)]);
    // Each row already divided by the white point.
    let x = (0.412_456 * r + 0.357_576 * g + 0.180_438 * b) / 0.950_47;
    let y = 0.212_673 * r + 0.715_152 * g + 0.072_175 * b;
    let z = (0.019_334 * r + 0.119_192 * g + 0.950_304 * b) / 1.088_83;
    let [fx, fy, fz] = [x, y, z].map(|t| cube_root(roots, t));
    [116.0 * fy - 16.0, 500.0 * (fx - fy), 200.0 * (fy - fz)]
}

/// CIE XYZ over the white point, back from CIELAB.
pub fn tristimulus([l, a, b]: Lab) -> [f32; 3] {
    let fy = (l + 16.0) / 116.0;
    [fy + a / 500.0, fy, fy - b / 200.0].map(|f| {
        if f > 0.206_893 {
            f.powi(3)
        } else {
            (f - 16.0 / 116.0) / 7.787
        }
    })
}

/// Euclidean distance in CIELAB (CIE 1976): quick, for comparing near colours pixel by pixel.
pub fn distance(a: Lab, b: Lab) -> f32 {
    (0..3).map(|k| (a[k] - b[k]).powi(2)).sum::<f32>().sqrt()
}

/// CIEDE2000 (CIE 142-2001) with all weights 1.
pub fn ciede2000(a: Lab, b: Lab) -> f64 {
    let [l1, a1, b1] = a.map(f64::from);
    let [l2, a2, b2] = b.map(f64::from);
    let mean_c7 = ((a1.hypot(b1) + a2.hypot(b2)) / 2.0).powi(7);
    let g = 0.5 * (1.0 - (mean_c7 / (mean_c7 + 25f64.powi(7))).sqrt());
    let (a1, a2) = (a1 * (1.0 + g), a2 * (1.0 + g));
    let (c1, c2) = (a1.hypot(b1), a2.hypot(b2));
    let hue = |a: f64, b: f64| {
        if a == 0.0 && b == 0.0 {
            0.0
        } else {
            b.atan2(a).to_degrees().rem_euclid(360.0)
        }
    };
    let (h1, h2) = (hue(a1, b1), hue(a2, b2));

    let (dl, dc) = (l2 - l1, c2 - c1);
    let dh = if c1 * c2 == 0.0 {
        0.0
    } else {
        (h2 - h1 + 540.0).rem_euclid(360.0) - 180.0
    };
    let dhh = 2.0 * (c1 * c2).sqrt() * (dh / 2.0).to_radians().sin();

    let (ml, mc) = ((l1 + l2) / 2.0, (c1 + c2) / 2.0);
    let mh = match (c1 * c2 == 0.0, (h1 - h2).abs() <= 180.0) {
        (true, _) => h1 + h2,
        (_, true) => (h1 + h2) / 2.0,
        _ => ((h1 + h2 + 360.0) / 2.0).rem_euclid(360.0),
    };
    let cos = |degrees: f64| degrees.to_radians().cos();
    let t =
        1.0 - 0.17 * cos(mh - 30.0) + 0.24 * cos(2.0 * mh) + 0.32 * cos(3.0 * mh + 6.0) - 0.20 * cos(4.0 * mh - 63.0);
    let sl = 1.0 + 0.015 * (ml - 50.0).powi(2) / (20.0 + (ml - 50.0).powi(2)).sqrt();
    let (sc, sh) = (1.0 + 0.045 * mc, 1.0 + 0.015 * mc * t);
    let rc = 2.0 * (mc.powi(7) / (mc.powi(7) + 25f64.powi(7))).sqrt();
    let rt = -rc * (60.0 * (-((mh - 275.0) / 25.0).powi(2)).exp()).to_radians().sin();
    let (l, c, h) = (dl / sl, dc / sc, dhh / sh);
    (l * l + c * c + h * h + rt * c * h).max(0.0).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pairs of the published test data (Sharma, Wu, Dalal 2005), with the traps of the hue mean among them.
    #[test]
    fn ciede2000_agrees_with_the_published_pairs() {
        let pairs: [(Lab, Lab, f64); 7] = [
            ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
            ([50.0, -1.3802, -84.2814], [50.0, 0.0, -82.7485], 1.0000),
            ([50.0, 2.5, 0.0], [50.0, 0.0, -2.5], 4.3065),
            ([50.0, 2.49, -0.001], [50.0, -2.49, 0.0009], 7.1792),
            ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
            ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
            ([2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082),
        ];
        for (a, b, expected) in pairs {
            let got = ciede2000(a, b);
            assert!(
                (got - expected).abs() < 2e-4,
                "{a:?} {b:?}: {got} instead of {expected}"
            );
        }
    }

    #[test]
    fn linear_light_goes_back_to_the_tone_it_came_from() {
        for tone in 0..=255 {
            let back = encoded(linear([tone; 3])[0]);
            assert!(back.abs_diff(tone) <= 1, "{tone}: {back}");
        }
    }

    #[test]
    fn white_and_primaries_have_their_lab_values() {
        for (rgb, expected) in [
            ([255, 255, 255], [100.0, 0.0, 0.0]),
            ([0, 0, 0], [0.0, 0.0, 0.0]),
            ([255, 0, 0], [53.24, 80.09, 67.20]),
            ([0, 0, 255], [32.30, 79.19, -107.86]),
        ] {
            assert!(distance(lab(rgb), expected) < 0.05, "{rgb:?}: {:?}", lab(rgb));
        }
    }
}
