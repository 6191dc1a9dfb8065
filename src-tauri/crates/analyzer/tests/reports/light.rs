//! Light and colour, on rendered sitters.

use analyzer::report::Status;
use portraits::Defect;

use super::{check, reports_of, status, value};

const CODES: [&str; 9] = [
    "brightness",
    "contrast",
    "dynamic_range",
    "under_exposure",
    "over_exposure",
    "light_evenness",
    "hot_spots",
    "skin_colour",
    "colour_cast",
];

#[test]
fn well_lit_sitters_pass() {
    for report in reports_of(Defect::None, 20_000..20_012) {
        for code in CODES {
            assert_eq!(status(&report, code), Status::Pass, "{:?}", check(&report, code));
        }
    }
}

/// Seeds whose skin is of the two darkest tones.
#[test]
fn dark_skin_is_no_lack_of_light() {
    for seed in [20_033, 20_037, 20_039, 20_069] {
        for report in reports_of(Defect::None, seed..seed + 1) {
            for code in CODES {
                assert_ne!(
                    status(&report, code),
                    Status::Fail,
                    "{seed}: {:?}",
                    check(&report, code)
                );
            }
            assert_eq!(status(&report, "brightness"), Status::Pass, "{seed}");
        }
        for report in reports_of(Defect::UnderExposed, seed..seed + 1) {
            let brightness = check(&report, "brightness");
            assert!(
                matches!(brightness.status, Status::Fail | Status::Warn),
                "{seed}: {brightness:?}"
            );
        }
    }
}

#[test]
fn bad_light_is_found_and_suggests_its_reason() {
    for (defect, code, reason) in [
        (Defect::UnderExposed, "under_exposure", "under_exposed"),
        (Defect::UnderExposed, "brightness", "under_exposed"),
        (Defect::OverExposed, "over_exposure", "over_exposed"),
        (Defect::OverExposed, "brightness", "over_exposed"),
        (Defect::UnevenLight, "light_evenness", "uneven_light"),
        (Defect::HotSpot, "hot_spots", "hot_spots"),
        (Defect::LowContrast, "contrast", "not_sharp"),
        (Defect::LowContrast, "dynamic_range", "not_sharp"),
        (Defect::ColourCast, "colour_cast", "colour_cast"),
    ] {
        for report in reports_of(defect, 20_002..20_006) {
            let found = check(&report, code);
            assert!(
                matches!(found.status, Status::Fail | Status::Warn),
                "{defect:?}: {found:?}"
            );
            assert_eq!(found.reason.as_deref(), Some(reason), "{defect:?}");
            assert!(found.inset.is_some(), "{defect:?}: {found:?}");
        }
    }
}

#[test]
fn a_burnt_out_face_leaves_the_skin_undecided() {
    for report in reports_of(Defect::OverExposed, 20_003..20_006) {
        let spots = check(&report, "hot_spots");
        assert_eq!(spots.status, Status::Unsure, "{spots:?}");
        assert!(spots.inset.is_some());
    }
}

#[test]
fn neither_a_blue_background_nor_a_wrong_one_is_a_cast() {
    for report in reports_of(Defect::BackgroundColour, 20_000..20_006) {
        assert!(
            value(&report, "colour_cast") < 12.0,
            "{:?}",
            check(&report, "colour_cast")
        );
    }
}
