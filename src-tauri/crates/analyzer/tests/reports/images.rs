//! Files of every sort that hold a sitter: orientation, resolution tags, progressive and very large JPEG, uploads that
//! are larger than the standard photo, two faces, none.

use std::sync::LazyLock;
use std::thread;

use analyzer::Profile;
use analyzer::report::{Point, Report, Status, Timings};
use image::metadata::Orientation;
use image::{DynamicImage, Rgb, RgbImage, imageops};
use portraits::{Portrait, Sitter, render};

use super::bytes::{blown_up, jpeg, jpeg_with_exif, png};
use super::{analyzer, check, report, status, value};

fn sitter() -> &'static Portrait {
    static PORTRAIT: LazyLock<Portrait> = LazyLock::new(|| render(&Sitter::conforming(4300)));
    &PORTRAIT
}

/// Largest distance between what two reports measure, with the second enlarged by `factor`. Of the crown only the row
/// counts: a head is flat on top.
fn apart(a: &Report, b: &Report, factor: f64) -> f64 {
    let points = |report: &Report| {
        let g = report.geometry.clone().unwrap();
        let crown = Point {
            x_px: 0.0,
            ..g.crown_px
        };
        [g.left_eye_px, g.right_eye_px, g.chin_px, crown]
    };
    let off = |(a, b): (Point, Point)| (a.x_px - b.x_px * factor).hypot(a.y_px - b.y_px * factor);
    points(a).into_iter().zip(points(b)).map(off).fold(0.0, f64::max)
}

#[test]
fn a_photo_lies_as_its_exif_says() {
    let upright = report(&jpeg(&sitter().pixels, 92, None));
    for orientation in 1..=8u8 {
        // Six and eight undo each other, the others themselves.
        let inverse = [0, 1, 2, 3, 4, 5, 8, 7, 6][orientation as usize];
        let mut stored = DynamicImage::from(sitter().pixels.clone());
        stored.apply_orientation(Orientation::from_exif(inverse).unwrap());
        let seen = report(&jpeg_with_exif(&stored.to_rgb8(), orientation.into(), 118));
        assert_eq!(
            (seen.image.width_px, seen.image.height_px),
            (480, 640),
            "orientation {orientation}"
        );
        let distance = apart(&upright, &seen, 1.0);
        assert!(distance < 5.0, "orientation {orientation}: {distance:.1} px off");
        // 118 dots a centimetre are 300 an inch.
        assert_eq!(status(&seen, "dpi"), Status::Pass);
    }
}

#[test]
fn the_resolution_tag_is_read_and_never_fails() {
    for (dpi, expected) in [
        (Some(300), Status::Pass),
        (Some(72), Status::Warn),
        (None, Status::Warn),
    ] {
        let seen = report(&jpeg(&sitter().pixels, 90, dpi));
        assert_eq!(status(&seen, "dpi"), expected, "{dpi:?}");
        assert_eq!(check(&seen, "dpi").measured.is_some(), dpi.is_some());
    }
}

#[test]
fn the_quality_factor_is_found_again() {
    for quality in [5, 30, 49, 50, 59, 60, 75, 90, 99, 100] {
        let seen = report(&jpeg(&RgbImage::from_pixel(48, 64, Rgb([9, 120, 200])), quality, None));
        assert_eq!(value(&seen, "jpeg_quality"), f64::from(quality));
        let expected = if quality < 60 { Status::Fail } else { Status::Pass };
        assert_eq!(status(&seen, "jpeg_quality"), expected);
    }
}

#[test]
fn file_size_is_judged_by_the_profile() {
    let bytes = jpeg(&sitter().pixels, 90, None);
    let mut profile = Profile::chsi_2017().unwrap();
    profile.file.bytes_max = Some(bytes.len() as u32 - 1);
    let large = analyzer().report(&bytes, &profile).unwrap();
    assert_eq!(check(&large, "file_bytes").reason.as_deref(), Some("file_too_large"));
    profile.file.bytes_max = Some(2 * bytes.len() as u32);
    profile.file.bytes_min = Some(bytes.len() as u32 + 1);
    let small = analyzer().report(&bytes, &profile).unwrap();
    assert_eq!(check(&small, "file_bytes").reason.as_deref(), Some("file_too_small"));
}

#[test]
fn a_progressive_photo_of_twenty_megapixels_has_a_report() {
    let small = report(&png(sitter().pixels.clone()));
    let seen = report(&blown_up(&sitter().pixels, true));
    assert_eq!((seen.image.width_px, seen.image.height_px), (3840, 5120));
    assert_eq!(status(&seen, "pixels"), Status::Pass);
    let distance = apart(&seen, &small, 8.0);
    assert!(distance < 8.0 * 4.0, "{distance:.1} px off");
}

#[test]
fn a_larger_upload_is_judged_by_the_crop_that_can_be_cut() {
    // The sitter at 1.5 times the size, off to the right in a wide picture of the same background.
    let (width, height) = (720, 960);
    let large = imageops::resize(&sitter().pixels, width, height, imageops::FilterType::Triangle);
    let mut upload = RgbImage::from_pixel(1600, 1000, *sitter().pixels.get_pixel(4, 4));
    imageops::replace(&mut upload, &large, 700, 40);
    let seen = report(&jpeg(&upload, 92, Some(300)));
    let standard = report(&jpeg(&sitter().pixels, 92, Some(300)));
    assert_eq!(status(&seen, "pixels"), Status::Pass);
    for code in ["face_width", "crown_margin", "eye_line", "chin", "centring"] {
        assert_eq!(status(&seen, code), Status::Pass, "{:?}", check(&seen, code));
    }
    assert!(value(&seen, "centring").abs() < 2.0);
    let crop = seen.crop.unwrap();
    assert!(
        (crop.width_px / crop.height_px - 0.75).abs() < 1e-6 && crop.width_px >= 480.0,
        "{crop:?}"
    );
    assert!(crop.x_px >= 0.0 && crop.x_px + crop.width_px <= 1600.0 && crop.y_px + crop.height_px <= 1000.0 + 1e-6);
    let eyes = |report: &Report| report.geometry.as_ref().unwrap().left_eye_px;
    assert!((eyes(&seen).x_px - (700.0 + 1.5 * eyes(&standard).x_px)).abs() < 5.0);
}

#[test]
fn an_upload_smaller_than_the_standard_photo_is_still_measured() {
    let small = imageops::resize(&sitter().pixels, 360, 480, imageops::FilterType::Triangle);
    let seen = report(&jpeg(&small, 92, Some(300)));
    assert_eq!(check(&seen, "pixels").reason.as_deref(), Some("image_size"));
    assert_eq!(status(&seen, "eye_line"), Status::Pass);
    let crop = seen.crop.unwrap();
    assert_eq!((crop.width_px, crop.height_px), (360.0, 480.0));
}

#[test]
fn two_people_are_too_many() {
    let other = render(&Sitter::conforming(4301));
    let mut both = RgbImage::new(960, 640);
    imageops::replace(&mut both, &sitter().pixels, 0, 0);
    imageops::replace(&mut both, &other.pixels, 480, 0);
    let seen = report(&jpeg(&both, 92, Some(300)));
    assert_eq!(
        (status(&seen, "face_count"), value(&seen, "face_count")),
        (Status::Fail, 2.0)
    );
    assert_eq!(check(&seen, "face_count").evidence.len(), 2);
    assert!(seen.geometry.is_none() && seen.crop.is_none());
    assert_eq!(status(&seen, "face_width"), Status::NotApplicable);
    assert!(seen.suggested_reasons().contains(&"several_people"));
}

#[test]
fn no_face_fails_and_measures_nothing() {
    let wall = RgbImage::from_fn(480, 640, |x, y| Rgb([100, 190 + (x % 7) as u8, 240 + (y % 9) as u8]));
    let seen = report(&jpeg(&wall, 90, Some(300)));
    assert_eq!(
        (status(&seen, "face_count"), value(&seen, "face_count")),
        (Status::Fail, 0.0)
    );
    assert!(seen.geometry.is_none());
    assert_eq!(seen.verdict(), Status::Fail);
}

#[test]
fn the_same_bytes_give_the_same_report_from_many_threads() {
    let bytes = jpeg(&sitter().pixels, 92, Some(300));
    let timeless = |report: Report| Report {
        timings: Timings::default(),
        ..report
    };
    let first = timeless(report(&bytes));
    thread::scope(|scope| {
        let others: Vec<_> = (0..4).map(|_| scope.spawn(|| timeless(report(&bytes)))).collect();
        for other in others {
            assert_eq!(other.join().unwrap(), first);
        }
    });
}

#[test]
fn a_code_occurs_once_and_every_reason_is_known() {
    let reasons = include_str!("../../../backend/data/reasons.json");
    for seen in [
        report(&png(RgbImage::new(100, 200))),
        report(&jpeg(&sitter().pixels, 20, None)),
    ] {
        let mut codes: Vec<_> = seen.checks.iter().map(|check| check.code.as_str()).collect();
        let count = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), count, "a code occurs twice");
        for check in &seen.checks {
            assert!(
                check
                    .reason
                    .as_deref()
                    .is_none_or(|reason| reasons.contains(&format!("{{\"code\": \"{reason}\","))),
                "{check:?}"
            );
            assert!((0.0..=1.0).contains(&check.confidence));
        }
    }
}
