//! The file's tags and its past: colour profile, orientation, order of the data, programs, bars, enlargement, blocks.

use std::sync::LazyLock;

use analyzer::report::{Check, Evidence, Measured, Status};
use image::imageops::{self, FilterType};
use image::{Rgb, RgbImage};
use moxcms::ColorProfile;
use portraits::{Sitter, archive, taken};

use super::bytes::{blown_up, exif_software, jpeg, jpeg_with_exif, jpeg_with_profile, png, with_segment};
use super::{check, name, report, status};

/// As the studio's camera wrote them, and their pixels.
fn sitters() -> &'static [(Vec<u8>, RgbImage)] {
    static SITTERS: LazyLock<Vec<(Vec<u8>, RgbImage)>> = LazyLock::new(|| {
        let photo = |seed| taken(&Sitter::conforming(seed), &archive()).unwrap().jpeg;
        let open = |jpeg: Vec<u8>| (jpeg.clone(), image::load_from_memory(&jpeg).unwrap().to_rgb8());
        (20000..20006).map(|seed| open(photo(seed))).collect()
    });
    &SITTERS
}

fn saved(pixels: &RgbImage, quality: u8) -> Vec<u8> {
    jpeg(pixels, quality, Some(300))
}

fn seen(bytes: &[u8], code: &str) -> Check {
    check(&report(bytes), code).clone()
}

#[test]
fn a_plain_photo_of_the_studio_passes_every_rule_of_the_file() {
    for (photo, _) in sitters() {
        let report = report(photo);
        for code in [
            "icc_profile",
            "orientation",
            "progressive",
            "padding",
            "upscaled",
            "blockiness",
            "editing_software",
        ] {
            assert_eq!(status(&report, code), Status::Pass, "{:?}", check(&report, code));
        }
    }
}

#[test]
fn another_colour_profile_is_named_and_a_warning() {
    let (photo, pixels) = &sitters()[0];
    assert_eq!(name(&report(photo), "icc_profile"), "untagged");
    let of = |profile: ColorProfile| report(&jpeg_with_profile(pixels, profile.encode().unwrap()));
    let srgb = of(ColorProfile::new_srgb());
    assert_eq!(
        (name(&srgb, "icc_profile").as_str(), status(&srgb, "icc_profile")),
        ("srgb", Status::Pass)
    );
    let wide = of(ColorProfile::new_display_p3());
    assert!(name(&wide, "icc_profile").contains("P3"));
    assert_eq!(status(&wide, "icc_profile"), Status::Warn);
}

#[test]
fn a_turned_photo_is_a_warning_and_a_mirrored_one_says_so() {
    let (_, pixels) = &sitters()[0];
    for (orientation, word, reason) in [
        (6, "turned", None),
        (3, "turned", None),
        (2, "mirrored", Some("mirrored")),
    ] {
        let report = report(&jpeg_with_exif(pixels, orientation, 118));
        let check = check(&report, "orientation");
        assert_eq!(
            (name(&report, "orientation").as_str(), check.status),
            (word, Status::Warn)
        );
        assert_eq!(check.reason.as_deref(), reason);
    }
}

#[test]
fn the_order_of_the_data_is_named() {
    let (photo, pixels) = &sitters()[0];
    let small = imageops::resize(pixels, 60, 80, FilterType::Triangle);
    assert_eq!(name(&report(&blown_up(&small, true)), "progressive"), "progressive");
    assert_eq!(name(&report(photo), "progressive"), "baseline");
    assert_eq!(seen(&png(small), "progressive").status, Status::NotApplicable);
}

#[test]
fn programs_that_change_faces_are_named() {
    let (photo, _) = &sitters()[0];
    let xmp = |inside: &str| format!("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>{inside}</x:xmpmeta>").into_bytes();
    for (marker, body, program) in [
        (0xe1, exif_software("美图秀秀 10.2"), "美图秀秀 10.2"),
        (
            0xe1,
            exif_software("Adobe Photoshop 25.1 (Windows)"),
            "Adobe Photoshop 25.1 (Windows)",
        ),
        (0xe1, xmp("<rdf xmp:CreatorTool=\"Facetune 2\"/>"), "Facetune 2"),
        (0xe1, xmp("<xmp:CreatorTool>GIMP 2.10</xmp:CreatorTool>"), "GIMP 2.10"),
        (0xed, b"Photoshop 3.0\08BIM".to_vec(), "Photoshop"),
    ] {
        let check = seen(&with_segment(photo, marker, &body), "editing_software");
        let found = Measured::Name {
            name: program.to_owned(),
        };
        assert_eq!((check.status, check.measured), (Status::Warn, Some(found)));
        assert_eq!(check.reason.as_deref(), Some("retouched"));
    }
    let camera = with_segment(photo, 0xe1, &exif_software("Ver.1.02"));
    assert_eq!(seen(&camera, "editing_software").status, Status::Pass);
}

#[test]
fn bars_at_the_edges_fail_and_are_shown() {
    for (_, pixels) in sitters() {
        let mut letterbox = RgbImage::new(480, 640);
        let inner = imageops::resize(pixels, 480, 600, FilterType::Triangle);
        imageops::replace(&mut letterbox, &inner, 0, 20);
        let mut edged = pixels.clone();
        imageops::replace(&mut edged, &RgbImage::from_pixel(9, 640, Rgb([3; 3])), 471, 0);
        for (spoilt, bars) in [(letterbox, 2), (edged, 1)] {
            let check = seen(&saved(&spoilt, 90), "padding");
            assert_eq!(check.status, Status::Fail, "{check:?}");
            assert_eq!(check.reason.as_deref(), Some("border_or_text"));
            let regions = check
                .evidence
                .iter()
                .filter(|shown| matches!(shown, Evidence::Region { .. }));
            assert_eq!(regions.count(), bars);
            assert!(check.inset.is_some());
        }
    }
}

#[test]
fn an_enlarged_photo_is_found() {
    for (_, pixels) in sitters() {
        let small = imageops::resize(pixels, 240, 320, FilterType::Triangle);
        for filter in [FilterType::Triangle, FilterType::CatmullRom] {
            let check = seen(&saved(&imageops::resize(&small, 480, 640, filter), 90), "upscaled");
            assert_eq!(check.status, Status::Fail, "{check:?}");
            assert!(check.inset.is_some() && check.reason.as_deref() == Some("not_sharp"));
        }
    }
}

#[test]
fn blocks_of_an_earlier_compression_are_found() {
    for (_, pixels) in sitters() {
        let before = image::load_from_memory(&saved(pixels, 30)).unwrap().to_rgb8();
        let cut = imageops::crop_imm(&before, 3, 5, 470, 630).to_image();
        let check = seen(&saved(&cut, 92), "blockiness");
        assert_ne!(check.status, Status::Pass, "{check:?}");
        // Saved again as it lies, the grids are one.
        assert_eq!(seen(&saved(&before, 92), "blockiness").status, Status::Pass);
    }
}
