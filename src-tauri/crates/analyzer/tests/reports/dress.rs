//! What is worn, on rendered sitters.

use analyzer::report::Status;
use portraits::Defect;

use super::{check, reports_of, status};

#[test]
fn usual_clothes_pass() {
    for report in reports_of(Defect::None, 20_000..20_008) {
        for code in ["clothes_contrast", "stripes", "bare_shoulders"] {
            assert_eq!(status(&report, code), Status::Pass, "{:?}", check(&report, code));
        }
    }
}

#[test]
fn clothes_like_the_background_patterns_and_bare_shoulders_are_found() {
    for (defect, code, reason) in [
        (
            Defect::ClothesLikeBackground,
            "clothes_contrast",
            "clothes_like_background",
        ),
        (Defect::Stripes, "stripes", "busy_pattern"),
        (Defect::BareShoulders, "bare_shoulders", "bare_shoulders"),
    ] {
        for report in reports_of(defect, 20_000..20_004) {
            let found = check(&report, code);
            assert_ne!(found.status, Status::Pass, "{found:?}");
            assert_eq!(found.reason.as_deref(), Some(reason));
            assert!(found.inset.is_some());
        }
    }
}
