//! Rendered sitters, whose truth is exact: conforming ones pass, each defect is found, geometry is near the truth.

use std::ops::Range;
use std::sync::{LazyLock, Mutex};
use std::thread;

use analyzer::report::{Evidence, Geometry, Point, Report, Status};
use portraits::{Defect, Sitter, Truth, render};

use super::{check, report, status, value};

const SITTERS: u64 = 24;
const FIRST_SEED: u64 = 4100;

fn photographed<T: Send>(seeds: Range<u64>, defect: Defect, see: impl Fn(Report, Truth) -> T + Sync) -> Vec<T> {
    let open = Mutex::new(seeds);
    let seen = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let Some(seed) = open.lock().unwrap().next() else {
                        return;
                    };
                    let sitter = Sitter::with_defect(seed, defect);
                    let portrait = render(&sitter);
                    let outcome = see(report(&portrait.jpeg(&sitter.encoding)), portrait.truth);
                    seen.lock().unwrap().push((seed, outcome));
                }
            });
        }
    });
    let mut seen = seen.into_inner().unwrap();
    seen.sort_by_key(|(seed, _)| *seed);
    seen.into_iter().map(|(_, outcome)| outcome).collect()
}

fn conforming() -> &'static [(Report, Truth)] {
    static SEEN: LazyLock<Vec<(Report, Truth)>> = LazyLock::new(|| {
        photographed(FIRST_SEED..FIRST_SEED + SITTERS, Defect::None, |report, truth| {
            (report, truth)
        })
    });
    &SEEN
}

#[test]
fn conforming_sitters_fail_nothing() {
    for (index, (report, _)) in conforming().iter().enumerate() {
        let failed: Vec<_> = report
            .checks
            .iter()
            .filter(|check| check.status == Status::Fail)
            .collect();
        assert!(failed.is_empty(), "sitter {}: {failed:?}", FIRST_SEED + index as u64);
        assert_eq!(
            status(report, "face_count"),
            Status::Pass,
            "sitter {}",
            FIRST_SEED + index as u64
        );
    }
    let passed = conforming()
        .iter()
        .filter(|(report, _)| report.verdict() == Status::Pass)
        .count();
    assert!(
        passed * 10 >= conforming().len() * 8,
        "only {passed} of {} pass without a doubt",
        conforming().len()
    );
}

#[test]
fn geometry_is_near_the_truth() {
    let of = |error: &dyn Fn(&Geometry, &Truth) -> f64| -> (f64, f64) {
        let mut errors: Vec<f64> = conforming()
            .iter()
            .map(|(report, truth)| error(report.geometry.as_ref().unwrap(), truth))
            .collect();
        errors.sort_by(f64::total_cmp);
        (errors[errors.len() / 2], errors[errors.len() - 1])
    };
    let eyes = of(&|geometry, truth| {
        let apart = f64::from(truth.eye_distance_px());
        distance(geometry.left_eye_px, truth.left_eye_px).max(distance(geometry.right_eye_px, truth.right_eye_px))
            / apart
    });
    // The truth counts from pixel middles, the report from pixel edges; a row's upper edge is its number.
    let crown = of(&|geometry, truth| (geometry.crown_px.y_px - f64::from(truth.crown_px)).abs());
    let chin = of(&|geometry, truth| (geometry.chin_px.y_px - f64::from(truth.chin_px[1]) - 0.5).abs());
    let width = of(&|geometry, truth| {
        (geometry.face_right_px.x_px - geometry.face_left_px.x_px - f64::from(truth.face_width_px())).abs()
    });
    let roll = of(&|geometry, truth| (geometry.roll_deg - f64::from(truth.roll_deg)).abs());
    let yaw = of(&|geometry, truth| (geometry.yaw_deg - f64::from(truth.yaw_deg)).abs());
    // The studio counts upwards.
    let pitch = of(&|geometry, truth| (geometry.pitch_deg + f64::from(truth.pitch_deg)).abs());
    println!("median and largest error over {SITTERS} sitters");
    for (what, (median, largest)) in [
        ("eyes / distance", eyes),
        ("crown px", crown),
        ("chin px", chin),
        ("face width px", width),
        ("roll °", roll),
        ("yaw °", yaw),
        ("pitch °", pitch),
    ] {
        println!("{what:>16} {median:7.3} {largest:7.3}");
    }
    assert!(eyes.0 <= 0.03 && eyes.1 <= 0.06, "eyes {eyes:?}");
    assert!(crown.0 <= 4.0 && crown.1 <= 12.0, "crown {crown:?}");
    assert!(chin.0 <= 8.0, "chin {chin:?}");
    assert!(width.0 <= 8.0, "face width {width:?}");
    assert!(
        roll.0 <= 1.0 && yaw.0 <= 2.0 && pitch.0 <= 4.0,
        "angles {roll:?} {yaw:?} {pitch:?}"
    );
}

fn distance(at: Point, [x, y]: [f32; 2]) -> f64 {
    (at.x_px - f64::from(x) - 0.5).hypot(at.y_px - f64::from(y) - 0.5)
}

/// Each defect makes its check fail (or, where a person has to decide, makes it no pass) and suggests its reason.
#[test]
fn defects_are_found_and_suggest_their_reason() {
    for (defect, code, reason) in [
        (Defect::HeadTooLarge, "face_width", "head_too_large"),
        (Defect::HeadTooSmall, "face_width", "head_too_small"),
        (Defect::OffCentre, "centring", "not_centred"),
        (Defect::TooHigh, "eye_line", "crown_or_eyes"),
        (Defect::TooLow, "crown_margin", "crown_or_eyes"),
        (Defect::Roll, "roll", "head_tilted"),
        (Defect::Yaw, "yaw", "face_turned"),
        (Defect::BackgroundColour, "background_colour", "background_colour"),
        (Defect::HeavyCompression, "jpeg_quality", "over_compressed"),
        (Defect::WrongPixels, "pixels", "image_size"),
    ] {
        for report in photographed(4200..4202, defect, |report, _| report) {
            assert_eq!(
                status(&report, code),
                Status::Fail,
                "{defect:?}: {:?}",
                check(&report, code)
            );
            assert!(
                report.suggested_reasons().contains(&reason),
                "{defect:?}: {:?}",
                report.suggested_reasons()
            );
        }
    }
    for (defect, code, reason) in [
        (Defect::Pitch, "pitch", "head_pitched"),
        (Defect::BackgroundGradient, "background_evenness", "background_shadow"),
        (Defect::BackgroundShadow, "background_evenness", "background_shadow"),
        (Defect::WrongDensity, "dpi", ""),
    ] {
        for report in photographed(4200..4202, defect, |report, _| report) {
            let check = check(&report, code);
            assert_ne!(check.status, Status::Pass, "{defect:?}: {check:?}");
            assert_eq!(check.reason.as_deref().unwrap_or_default(), reason);
        }
    }
}

#[test]
fn every_check_of_geometry_and_background_shows_its_place() {
    let (report, truth) = &conforming()[0];
    for code in [
        "face_count",
        "face_width",
        "crown_margin",
        "eye_line",
        "chin",
        "centring",
        "roll",
        "yaw",
        "pitch",
        "left_eye_open",
        "right_eye_open",
        "gaze",
        "mouth_closed",
        "teeth",
        "glasses",
        "red_eye",
    ] {
        assert!(!check(report, code).evidence.is_empty(), "{code}");
    }
    for code in [
        "background_colour",
        "background_evenness",
        "background_shadow",
        "background_uniformity",
    ] {
        for evidence in &check(report, code).evidence {
            let Evidence::Region { rect } = evidence else {
                panic!("{code} shows {evidence:?}")
            };
            assert!(
                rect.x_px >= 0.0 && rect.y_px >= 0.0 && rect.x_px + rect.width_px <= 480.0,
                "{code}: {rect:?}"
            );
        }
    }
    let crown = value(report, "crown_margin");
    assert!((crown - f64::from(truth.crown_px)).abs() < 12.0, "{crown}");
}

/// Share of an outline's points that lie near the truth's edge: within 12 px there is sitter and background, or the
/// picture's end. Where the graph's square around the head ends above the picture's, the outline is closed by a straight
/// line across the body, which is nobody's edge and not counted.
fn share_on_the_edge(report: &Report, truth: &Truth) -> f64 {
    let outline = &report.geometry.as_ref().unwrap().silhouette;
    assert!((60..=256).contains(&outline.len()), "{} points", outline.len());
    let lowest = outline.iter().map(|at| at.y_px).fold(0.0, f64::max);
    let mask = &truth.silhouette;
    let is_near = |at: &&Point| {
        let around = (-12..=12).flat_map(|dy| (-12..=12).map(move |dx| (at.x_px as i64 + dx, at.y_px as i64 + dy)));
        let (mut person, mut other) = (false, false);
        for (x, y) in around {
            let inside = u32::try_from(x)
                .ok()
                .zip(u32::try_from(y).ok())
                .filter(|(x, y)| *x < 480 && *y < 640);
            let is_person = inside.is_some_and(|(x, y)| mask.get_pixel(x, y).0[0] > 0);
            (person, other) = (person || is_person, other || !is_person);
        }
        person && other
    };
    let edge: Vec<&Point> = outline.iter().filter(|at| at.y_px < lowest - 2.0).collect();
    edge.iter().copied().filter(|at| is_near(at)).count() as f64 / edge.len() as f64
}

#[test]
fn the_silhouette_goes_round_the_sitter() {
    let mut shares: Vec<f64> = conforming()
        .iter()
        .map(|(report, truth)| share_on_the_edge(report, truth))
        .collect();
    shares.sort_by(f64::total_cmp);
    // White cloth before a white background has no edge that a mask could follow: one sitter in ten may have such.
    let all_but_a_tenth = shares[shares.len() / 10];
    assert!(all_but_a_tenth > 0.9, "of the outline lies on the edge: {shares:.2?}");
}
