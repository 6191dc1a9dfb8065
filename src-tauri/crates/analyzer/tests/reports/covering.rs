//! What covers the head and the face, on rendered sitters.

use analyzer::report::Status;
use portraits::Defect;

use super::{check, reports_of, status};

const CODES: [&str; 4] = ["brows_visible", "eyes_uncovered", "left_ear", "right_ear"];

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
