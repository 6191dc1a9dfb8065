//! The carried profiles, each with a sitter framed as it asks, who passes its composition, and framed wrongly, who
//! doesn't.

use analyzer::Profile;
use analyzer::profiles::ALL;
use analyzer::report::{Group, Report, Status};
use portraits::{Sitter, locate};

use super::analyzer;
use Size::{Eyes, Face, Head};

/// How large the head is, in pixels of the photo.
#[derive(Clone, Copy, Debug)]
enum Size {
    Face(f32),
    /// Chin to crown.
    Head(f32),
    Eyes(f32),
}

/// The eyes' middle across, and its height or the crown's.
#[derive(Clone, Copy, Debug)]
enum Place {
    EyesAt(f32, f32),
    CrownAt(f32, f32),
}

use Place::{CrownAt, EyesAt};

const SEED: u64 = 4412;

fn report(code: &str, [width_px, height_px]: [u32; 2], size: Size, place: Place) -> Report {
    let mut sitter = Sitter::conforming(SEED);
    let framing = &mut sitter.framing;
    (framing.width_px, framing.height_px, framing.eye_distance_px) = (width_px, height_px, 100.0);
    let seen = locate(&sitter);
    let eyes_y = (seen.left_eye_px[1] + seen.right_eye_px[1]) / 2.0;
    let scale = match size {
        Face(px) => px / seen.face_width_px(),
        Head(px) => px / (seen.chin_px[1] - seen.crown_px),
        Eyes(px) => px / seen.eye_distance_px(),
    };
    let framing = &mut sitter.framing;
    framing.eye_distance_px *= scale;
    (framing.eyes_x_px, framing.eyes_y_px) = match place {
        EyesAt(x, y) => (x, y),
        CrownAt(x, y) => (x, y + (eyes_y - seen.crown_px) * scale),
    };
    let taken = portraits::taken(&sitter, &portraits::archive()).unwrap();
    let profile = Profile::named(code).unwrap().unwrap();
    analyzer().report(&taken.jpeg, &profile).unwrap()
}

fn wrong(report: &Report) -> Vec<(&str, Status)> {
    report
        .checks
        .iter()
        .filter(|check| check.group == Group::Composition)
        .filter(|check| !matches!(check.status, Status::Pass | Status::NotApplicable))
        .map(|check| (check.code.as_str(), check.status))
        .collect()
}

#[test]
fn a_sitter_framed_as_the_profile_asks_passes_its_composition() {
    for (code, size, head, place) in [
        ("chsi-2017", [480, 640], Face(230.0), CrownAt(240.0, 80.0)),
        ("id-card-ga461", [358, 441], Face(207.0), CrownAt(179.0, 14.0)),
        ("exit-entry-2014", [354, 472], Eyes(98.0), CrownAt(177.0, 45.0)),
        ("cn-visa-digital", [420, 560], Eyes(105.0), CrownAt(210.0, 40.0)),
        ("icao-39794-5", [420, 540], Face(250.0), EyesAt(210.0, 240.0)),
        ("us-visa", [600, 600], Head(355.0), EyesAt(300.0, 235.0)),
        ("schengen", [413, 531], Head(401.0), CrownAt(206.0, 40.0)),
        ("cn-postgraduate-entry", [480, 640], Face(230.0), EyesAt(240.0, 256.0)),
    ] {
        let report = report(code, size, head, place);
        assert_eq!(wrong(&report), [], "{code}");
        assert_eq!(super::status(&report, "pixels"), Status::Pass, "{code}");
        // It is a standard photo as it stands: nothing has to be cut.
        assert_eq!(super::status(&report, "crop_possible"), Status::NotApplicable, "{code}");
        assert!(
            report.crop.is_some_and(|crop| crop.width_px == f64::from(size[0])),
            "{code}"
        );
    }
}

#[test]
fn a_sitter_framed_otherwise_fails_the_rule_that_is_broken() {
    for (code, size, head, place, broken) in [
        (
            "id-card-ga461",
            [358, 441],
            Face(165.0),
            CrownAt(179.0, 14.0),
            "face_width",
        ),
        (
            "id-card-ga461",
            [358, 441],
            Face(207.0),
            CrownAt(179.0, 45.0),
            "crown_margin",
        ),
        (
            "id-card-ga461",
            [358, 441],
            Face(207.0),
            EyesAt(179.0, 255.0),
            "eyes_from_bottom",
        ),
        (
            "exit-entry-2014",
            [480, 640],
            Eyes(82.0),
            CrownAt(240.0, 80.0),
            "inter_eye_ratio",
        ),
        (
            "exit-entry-2014",
            [480, 640],
            Eyes(130.0),
            CrownAt(290.0, 60.0),
            "centring",
        ),
        (
            "cn-visa-digital",
            [420, 560],
            Eyes(90.0),
            CrownAt(210.0, 110.0),
            "crown_margin",
        ),
        (
            "icao-39794-5",
            [420, 540],
            Face(170.0),
            EyesAt(210.0, 240.0),
            "head_width",
        ),
        (
            "icao-39794-5",
            [420, 540],
            Face(170.0),
            EyesAt(210.0, 240.0),
            "head_height",
        ),
        (
            "icao-39794-5",
            [420, 540],
            Face(235.0),
            EyesAt(250.0, 240.0),
            "face_centre_x",
        ),
        (
            "icao-39794-5",
            [420, 540],
            Face(235.0),
            EyesAt(210.0, 300.0),
            "face_centre_y",
        ),
        (
            "icao-39794-5",
            [280, 360],
            Face(162.0),
            EyesAt(140.0, 160.0),
            "inter_eye_distance",
        ),
        ("us-visa", [600, 600], Head(260.0), EyesAt(300.0, 235.0), "head_height"),
        (
            "us-visa",
            [600, 600],
            Head(355.0),
            EyesAt(300.0, 310.0),
            "eyes_from_bottom",
        ),
        ("schengen", [413, 531], Head(345.0), CrownAt(206.0, 40.0), "head_height"),
        (
            "cn-postgraduate-entry",
            [480, 640],
            Face(230.0),
            EyesAt(240.0, 350.0),
            "face_centre_y",
        ),
    ] {
        let report = report(code, size, head, place);
        let check = super::check(&report, broken);
        assert_eq!(check.status, Status::Fail, "{code}: {check:?}");
        assert!(
            check.reason.is_some() && !check.evidence.is_empty(),
            "{code}: {check:?}"
        );
    }
}

/// An upload much larger than the photo: the crop is chosen by each profile's own rules.
#[test]
fn from_a_large_upload_every_profile_cuts_a_conforming_photo() {
    for (code, _) in ALL {
        let report = report(code, [1500, 1500], Eyes(190.0), EyesAt(700.0, 700.0));
        assert_eq!(wrong(&report), [], "{code}");
        assert_eq!(super::status(&report, "crop_possible"), Status::Pass, "{code}");
    }
}

#[test]
fn from_a_head_at_the_edge_no_conforming_photo_can_be_cut() {
    for (code, _) in ALL {
        let report = report(code, [1500, 1500], Eyes(190.0), EyesAt(180.0, 700.0));
        let check = super::check(&report, "crop_possible");
        assert_eq!(check.status, Status::Fail, "{code}: {check:?}");
        assert_eq!(check.reason.as_deref(), Some("not_centred"), "{code}");
    }
}
