//! The studio keeps its word: same bytes, true truth, conforming geometry, backgrounds and defects as named.
#![allow(clippy::unwrap_used, clippy::panic)]

use image::{GrayImage, Rgb, RgbImage};
use portraits::{BACKGROUNDS, Defect, Encoding, Portrait, Sitter, Truth, locate, render};
use std::sync::LazyLock;

fn luminance(p: &Rgb<u8>) -> f32 {
    0.2126 * f32::from(p.0[0]) + 0.7152 * f32::from(p.0[1]) + 0.0722 * f32::from(p.0[2])
}

fn small(mut s: Sitter) -> Portrait {
    s.enlarge(0.5);
    render(&s)
}

/// Mean of `f` over the pixels that `keep` wants.
fn mean(image: &RgbImage, keep: impl Fn(u32, u32) -> bool, f: impl Fn(&Rgb<u8>) -> f32) -> f32 {
    let (mut sum, mut n) = (0.0, 0.0f32);
    for (x, y, p) in image.enumerate_pixels() {
        if keep(x, y) {
            sum += f(p);
            n += 1.0;
        }
    }
    sum / n.max(1.0)
}

/// Background, three pixels away from the sitter at least.
fn backdrop(mask: &GrayImage) -> impl Fn(u32, u32) -> bool + '_ {
    |x, y| {
        let (w, h) = mask.dimensions();
        let near = |d: i64, e: i64| {
            let (u, v) = (
                (i64::from(x) + d).clamp(0, i64::from(w) - 1),
                (i64::from(y) + e).clamp(0, i64::from(h) - 1),
            );
            mask.get_pixel(u as u32, v as u32).0[0] > 0
        };
        ![(0, 0), (12, 0), (-12, 0), (0, 12), (8, 8), (-8, 8)]
            .iter()
            .any(|(d, e)| near(*d, *e))
    }
}

fn face(t: &Truth) -> impl Fn(u32, u32) -> bool + '_ {
    |x, y| {
        let (x, y) = (x as f32, y as f32);
        let width = t.face_width_px();
        (x - (t.face_left_px + t.face_right_px) / 2.0).abs() < width * 0.36
            && y > t.left_eye_px[1] - width * 0.2
            && y < t.chin_px[1] - width * 0.1
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_on_any_thread() {
    let take = |seed| {
        let s = Sitter::conforming(seed);
        let p = render(&s);
        (p.jpeg(&s.encoding), p.truth.silhouette.into_raw())
    };
    let here = take(5);
    let there = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..2).map(|_| scope.spawn(|| take(5))).collect();
        threads.into_iter().map(|t| t.join().unwrap()).collect::<Vec<_>>()
    });
    assert!(there.iter().all(|t| *t == here));
    assert_ne!(take(6).0, here.0);
}

#[test]
fn the_jpeg_says_300_dots_per_inch_and_24_bits() {
    let p = small(Sitter::conforming(3));
    let bytes = p.jpeg(&Encoding::default());
    // JFIF: units at 13 (1: per inch), densities at 14 and 16.
    assert_eq!(&bytes[6..10], b"JFIF");
    assert_eq!((bytes[13], &bytes[14..18]), (1, &[1u8, 44, 1, 44][..]));
    let back = image::load_from_memory(&bytes).unwrap();
    assert_eq!(back.color(), image::ColorType::Rgb8);
    assert_eq!((back.width(), back.height()), p.pixels.dimensions());
}

#[test]
fn conforming_sitters_sit_where_the_standard_wants_them() {
    for seed in 0..400 {
        let s = Sitter::conforming(seed * 7919 + 1);
        let guess = locate(&s);
        let t = if seed < 8 { render(&s).truth } else { guess.clone() };
        assert!(
            (t.crown_px - guess.crown_px).abs() < 9.0,
            "seed {}: crown {} {}",
            s.seed,
            t.crown_px,
            guess.crown_px
        );
        let eyes = (t.left_eye_px[1] + t.right_eye_px[1]) / 2.0;
        let middle = (t.left_eye_px[0] + t.right_eye_px[0]) / 2.0;
        let tilt = (t.right_eye_px[1] - t.left_eye_px[1])
            .atan2(t.right_eye_px[0] - t.left_eye_px[0])
            .to_degrees();
        assert_eq!((s.framing.width_px, s.framing.height_px), (480, 640));
        assert!(
            (50.0..=110.0).contains(&t.crown_px),
            "seed {}: crown {}",
            s.seed,
            t.crown_px
        );
        assert!((200.0..=300.0).contains(&eyes), "seed {}: eyes {eyes}", s.seed);
        assert!(
            (180.0..=300.0).contains(&t.face_width_px()),
            "seed {}: face {}",
            s.seed,
            t.face_width_px()
        );
        assert!((middle - 240.0).abs() < 10.0, "seed {}: middle {middle}", s.seed);
        assert!(tilt.abs() < 4.0, "seed {}: tilt {tilt}", s.seed);
        assert!(BACKGROUNDS.contains(&s.background.colour));
        assert!(s.eyes.opening > 0.8 && s.mouth.opening == 0.0 && s.encoding.quality >= 85);
    }
}

/// Deviation, as a share of the mean, of what a passer-by would see first.
#[test]
fn sitters_differ_in_their_proportions() {
    let of = |f: &dyn Fn(&Truth) -> f32| {
        let all: Vec<f32> = (0..300)
            .map(|seed| f(&locate(&Sitter::conforming(seed * 31 + 5))))
            .collect();
        let mean = all.iter().sum::<f32>() / all.len() as f32;
        (all.iter().map(|v| (v - mean).powi(2)).sum::<f32>() / all.len() as f32).sqrt() / mean
    };
    let long = of(&|t| (t.chin_px[1] - t.left_eye_px[1]) / t.face_width_px());
    let wide = of(&|t| t.eye_distance_px() / t.face_width_px());
    assert!(long > 0.055 && wide > 0.025, "{long} {wide}");
}

#[test]
fn the_truth_agrees_with_the_silhouette() {
    for seed in [2, 11, 23, 31] {
        let t = render(&Sitter::conforming(seed)).truth;
        let inside = |x: f32, y: f32| t.silhouette.get_pixel(x.round() as u32, y.round() as u32).0[0] == 255;
        let top = t
            .silhouette
            .enumerate_pixels()
            .filter(|p| p.2.0[0] > 0)
            .map(|p| p.1)
            .min()
            .unwrap();
        assert_eq!(top as f32, t.crown_px, "seed {seed}");
        let cheek_y = t.left_eye_px[1] * 0.8 + t.chin_px[1] * 0.2;
        assert!(
            inside(t.face_left_px + 2.0, cheek_y) && inside(t.face_right_px - 2.0, cheek_y),
            "seed {seed}"
        );
        assert!(inside(t.chin_px[0], t.chin_px[1]) && inside(t.left_eye_px[0], t.left_eye_px[1]));
        let order = [t.crown_px, t.left_eye_px[1], t.chin_px[1]];
        assert!(order.is_sorted(), "seed {seed}: {order:?}");
    }
}

/// The irises are the darkest round things near the eyes: their centre of darkness is the truth's eye.
#[test]
fn dark_irises_lie_where_the_truth_has_the_eyes() {
    let mut s = Sitter::conforming(16);
    (s.glasses, s.eyes.gaze_right_deg, s.eyes.gaze_down_deg) = (None, 0.0, 0.0);
    let p = render(&s);
    for [ex, ey] in [p.truth.left_eye_px, p.truth.right_eye_px] {
        let reach = p.truth.eye_distance_px() * 0.11;
        let (mut sum, mut at) = (0.0, 0.0);
        for (x, y, pixel) in p.pixels.enumerate_pixels() {
            let (dx, dy) = (x as f32 - ex, y as f32 - ey);
            if dx.hypot(dy) < reach {
                let weight = (90.0 - luminance(pixel)).max(0.0);
                sum += weight;
                at += weight * dx;
            }
        }
        assert!(
            sum > 0.0 && (at / sum).abs() < 0.025 * p.truth.eye_distance_px(),
            "{} px off",
            at / sum
        );
    }
}

#[test]
fn the_truth_follows_the_frame() {
    let mut s = Sitter::conforming(8);
    let before = render(&s).truth;
    s.enlarge(2.0);
    s.framing.height_px += 300;
    s.framing.eyes_y_px += 300.0;
    let p = render(&s);
    assert_eq!(p.pixels.dimensions(), (960, 1580));
    let expect = [before.left_eye_px[0] * 2.0 + 0.5, before.left_eye_px[1] * 2.0 + 300.5];
    assert!((p.truth.left_eye_px[0] - expect[0]).abs() < 0.1 && (p.truth.left_eye_px[1] - expect[1]).abs() < 0.1);
    assert!((p.truth.crown_px - before.crown_px * 2.0 - 300.0).abs() < 5.0);
}

#[test]
fn backgrounds_are_the_standards_colours_and_even() {
    for (seed, colour) in [(4, BACKGROUNDS[0]), (5, BACKGROUNDS[1]), (6, BACKGROUNDS[2])] {
        let mut s = Sitter::conforming(seed);
        s.background.colour = colour;
        let p = small(s);
        let keep = backdrop(&p.truth.silhouette);
        for (k, wanted) in colour.into_iter().enumerate() {
            let is = mean(&p.pixels, &keep, |p| f32::from(p.0[k]));
            assert!((is - f32::from(wanted)).abs() < 2.5, "channel {k}: {is} for {wanted}");
        }
        let left = mean(&p.pixels, |x, y| x < 60 && keep(x, y), luminance);
        let right = mean(&p.pixels, |x, y| x >= 180 && keep(x, y), luminance);
        assert!((left - right).abs() < 1.0);
    }
}

static PLAIN: LazyLock<Portrait> = LazyLock::new(|| small(Sitter::conforming(47)));

struct Seen {
    before: &'static Portrait,
    after: Portrait,
}

fn seen(defect: Defect) -> Seen {
    Seen {
        before: &PLAIN,
        after: small(Sitter::with_defect(47, defect)),
    }
}

/// Mean luminance of the face after and before.
fn face_luminance(s: &Seen) -> (f32, f32) {
    let of = |p: &Portrait| mean(&p.pixels, face(&p.truth), luminance);
    (of(&s.after), of(s.before))
}

#[test]
fn defects_of_pose_and_place_are_in_the_truth() {
    let truth = |d| seen(d).after.truth;
    let plain = truth(Defect::None);
    assert!(truth(Defect::EyesClosed).eye_opening < 0.05);
    assert!(truth(Defect::MouthOpen).mouth_opening > 0.4);
    assert!(truth(Defect::MouthOpen).chin_px[1] > plain.chin_px[1] + 3.0);
    // The frame is half of 480×640 here, and so are the limits.
    assert!(truth(Defect::HeadTooLarge).face_width_px() > 150.0);
    assert!(truth(Defect::HeadTooSmall).face_width_px() < 90.0);
    let t = truth(Defect::OffCentre);
    assert!(((t.left_eye_px[0] + t.right_eye_px[0]) / 2.0 - 120.0).abs() > 20.0);
    assert!(truth(Defect::TooHigh).crown_px < 25.0);
    assert!(truth(Defect::TooLow).left_eye_px[1] > 150.0);
    let t = truth(Defect::Roll);
    let tilt = (t.right_eye_px[1] - t.left_eye_px[1])
        .atan2(t.right_eye_px[0] - t.left_eye_px[0])
        .to_degrees();
    assert!(
        t.roll_deg.abs() > 7.0 && (tilt - t.roll_deg).abs() < 2.5,
        "{tilt} for {}",
        t.roll_deg
    );
    let t = truth(Defect::Yaw);
    assert!(t.yaw_deg.abs() > 12.0 && t.eye_distance_px() < plain.eye_distance_px());
    assert!(truth(Defect::Pitch).pitch_deg.abs() > 11.0);
}

#[test]
fn defects_of_light_and_lens_are_in_the_pixels() {
    let (after, before) = face_luminance(&seen(Defect::OverExposed));
    assert!(after > before + 25.0, "{after} {before}");
    let (after, before) = face_luminance(&seen(Defect::UnderExposed));
    assert!(after < before * 0.65, "{after} {before}");
    let halves = |p: &Portrait| {
        let (keep, t) = (face(&p.truth), &p.truth);
        let middle = (t.face_left_px + t.face_right_px) / 2.0;
        let left = mean(&p.pixels, |x, y| keep(x, y) && (x as f32) < middle, luminance);
        (left - mean(&p.pixels, |x, y| keep(x, y) && x as f32 >= middle, luminance)).abs()
    };
    let s = seen(Defect::UnevenLight);
    assert!(
        halves(&s.after) > 30.0 && halves(s.before) < 25.0,
        "{} {}",
        halves(&s.after),
        halves(s.before)
    );
    let edges = |p: &Portrait| {
        let (keep, image) = (face(&p.truth), &p.pixels);
        let step = |x: u32, y: u32| (luminance(image.get_pixel(x + 1, y)) - luminance(image.get_pixel(x, y))).abs();
        let all: Vec<f32> = (0..image.width() - 1)
            .flat_map(|x| (0..image.height()).map(move |y| (x, y)))
            .filter(|(x, y)| keep(*x, *y))
            .map(|(x, y)| step(x, y))
            .collect();
        all.iter().sum::<f32>() / all.len() as f32
    };
    let s = seen(Defect::Blur);
    assert!(edges(&s.after) < 0.6 * edges(s.before));
    let s = seen(Defect::Noise);
    assert!(edges(&s.after) > 2.0 * edges(s.before));
    let s = seen(Defect::ColourCast);
    // Red, green or blue moves against the others.
    let hue = |p: &Portrait| {
        let of = |k: usize| mean(&p.pixels, face(&p.truth), |p| f32::from(p.0[k]));
        [of(0) - of(1), of(2) - of(1)]
    };
    let (after, before) = (hue(&s.after), hue(s.before));
    assert!(
        (after[0] - before[0]).abs() + (after[1] - before[1]).abs() > 15.0,
        "{after:?} {before:?}"
    );
    let s = seen(Defect::HeavyCompression);
    let bytes = |d| s.before.jpeg(&Sitter::with_defect(47, d).encoding).len();
    assert!(bytes(Defect::HeavyCompression) * 2 < bytes(Defect::None));
}

#[test]
fn defects_of_background_hair_and_glasses_are_in_the_pixels() {
    let wrong = Sitter::with_defect(47, Defect::BackgroundColour).background.colour;
    assert!(!BACKGROUNDS.contains(&wrong));
    let s = seen(Defect::BackgroundGradient);
    let keep = backdrop(&s.after.truth.silhouette);
    let rows = |from: u32, to: u32| mean(&s.after.pixels, |x, y| (from..to).contains(&y) && keep(x, y), luminance);
    assert!(rows(0, 40) > rows(160, 220) + 10.0);
    let s = seen(Defect::BackgroundShadow);
    let keep = backdrop(&s.after.truth.silhouette);
    let darkest = |p: &Portrait| {
        p.pixels
            .enumerate_pixels()
            .filter(|(x, y, _)| keep(*x, *y))
            .map(|(_, _, p)| luminance(p))
            .fold(255.0, f32::min)
    };
    assert!(darkest(&s.after) < darkest(s.before) - 25.0);

    let eye_boxes = |p: &Portrait, f: &dyn Fn(&Rgb<u8>) -> f32| {
        let eyes = [p.truth.left_eye_px, p.truth.right_eye_px];
        let near = |x: u32, y: u32, r: f32| eyes.iter().any(|e| (x as f32 - e[0]).hypot(y as f32 - e[1]) < r);
        mean(&p.pixels, |x, y| near(x, y, p.truth.eye_distance_px() * 0.16), f)
    };
    let s = seen(Defect::TintedGlasses);
    assert!(eye_boxes(&s.after, &luminance) < 0.7 * eye_boxes(s.before, &luminance));
    let s = seen(Defect::Glare);
    assert!(eye_boxes(&s.after, &luminance) > eye_boxes(s.before, &luminance) + 20.0);
    let red = |p: &Rgb<u8>| f32::from(p.0[0]) - f32::from(p.0[1]);
    let s = seen(Defect::RedEye);
    assert!(eye_boxes(&s.after, &red) > eye_boxes(s.before, &red) + 4.0);
    let s = seen(Defect::HairOverEyes);
    let forehead = |p: &Portrait| {
        let (t, reach) = (&p.truth, p.truth.eye_distance_px());
        let middle = (t.left_eye_px[0] + t.right_eye_px[0]) / 2.0;
        let keep = |x: u32, y: u32| {
            (x as f32 - middle).abs() < reach * 0.6
                && (y as f32) < t.left_eye_px[1] - reach * 0.18
                && (y as f32) > t.left_eye_px[1] - reach * 0.6
        };
        mean(&p.pixels, keep, luminance)
    };
    assert!(
        forehead(&s.after) < forehead(s.before) * 0.75,
        "{} {}",
        forehead(&s.after),
        forehead(s.before)
    );
}

#[test]
fn defects_of_the_file_are_in_the_file() {
    let s = Sitter::with_defect(47, Defect::WrongPixels);
    assert_ne!((s.framing.width_px, s.framing.height_px), (480, 640));
    assert_ne!(
        Sitter::with_defect(47, Defect::WrongDensity).encoding.dots_per_inch,
        Some(300)
    );
    let p = small(Sitter::conforming(47));
    let bytes = p.jpeg(&Encoding {
        quality: 90,
        dots_per_inch: None,
        ..Encoding::default()
    });
    assert_eq!(bytes[13], 0, "no unit");
}

#[test]
fn a_defect_without_strength_changes_nothing() {
    let plain = serde_json::to_string(&Sitter::conforming(9)).unwrap();
    for d in [
        Defect::EyesClosed,
        Defect::Roll,
        Defect::Blur,
        Defect::OverExposed,
        Defect::HeadTooSmall,
        Defect::RedEye,
    ] {
        let mut s = Sitter::conforming(9);
        s.spoil(d, 0.0);
        assert_eq!(serde_json::to_string(&s).unwrap(), plain, "{d:?}");
    }
}
