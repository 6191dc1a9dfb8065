//! What covers the head and the face, on rendered sitters.

use analyzer::report::Status;
use portraits::Defect;

use super::{check, reports_of, status};

const CODES: [&str; 8] = [
    "brows_visible",
    "eyes_uncovered",
    "left_ear",
    "right_ear",
    "headwear",
    "face_mask",
    "face_occluded",
    "hand_at_face",
];

#[test]
fn uncovered_sitters_pass() {
    for report in reports_of(Defect::None, 20_000..20_008) {
        for code in CODES {
            assert_eq!(status(&report, code), Status::Pass, "{:?}", check(&report, code));
        }
    }
}

#[test]
fn hair_over_the_brows_is_found_and_shown_enlarged() {
    for report in reports_of(Defect::HairOverEyes, 20_000..20_004) {
        let brows = check(&report, "brows_visible");
        assert_eq!(brows.status, Status::Fail, "{brows:?}");
        assert_eq!(brows.reason.as_deref(), Some("hair_over_eyes"));
        assert!(brows.inset.is_some());
    }
}

#[test]
fn hidden_ears_are_found_each() {
    for report in reports_of(Defect::HairOverEars, 20_000..20_004) {
        for code in ["left_ear", "right_ear"] {
            let ear = check(&report, code);
            assert_eq!(ear.status, Status::Fail, "{ear:?}");
            assert_eq!(ear.reason.as_deref(), Some("ears_hidden"));
            assert!(ear.inset.is_some());
        }
    }
}

#[test]
fn eyes_behind_hair_are_found() {
    for report in reports_of(Defect::EyesBehindHair, 20_000..20_003) {
        assert_ne!(status(&report, "eyes_uncovered"), Status::Pass);
    }
}

/// Of two signs that speak against each other a person decides; whatever is worn never passes.
#[test]
fn headwear_of_every_kind_is_found() {
    for report in reports_of(Defect::Headwear, 20_000..20_008) {
        let headwear = check(&report, "headwear");
        assert!(matches!(headwear.status, Status::Fail | Status::Unsure), "{headwear:?}");
        assert_eq!(headwear.reason.as_deref(), Some("headwear"));
        assert!(headwear.inset.is_some());
    }
}

#[test]
fn masks_and_things_before_the_face_are_found() {
    for (defect, code, seeds) in [
        (Defect::FaceMask, "face_mask", 20_003..20_007),
        (Defect::Occluded, "face_occluded", 20_000..20_006),
        (Defect::HandBeforeFace, "hand_at_face", 20_000..20_006),
    ] {
        for report in reports_of(defect, seeds) {
            let found = check(&report, code);
            assert!(matches!(found.status, Status::Fail | Status::Unsure), "{found:?}");
            assert_eq!(found.reason.as_deref(), Some("face_covered"));
            assert!(found.inset.is_some());
        }
    }
}
