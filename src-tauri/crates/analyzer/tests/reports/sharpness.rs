//! Sharpness, noise and what compression leaves, on rendered sitters.

use analyzer::report::Status;
use portraits::Defect;

use super::{check, reports_of, status, value};

const CODES: [&str; 4] = ["focus", "motion_blur", "noise", "compression_artifacts"];

#[test]
fn sharp_sitters_pass() {
    for report in reports_of(Defect::None, 20_000..20_012) {
        for code in CODES {
            assert_eq!(status(&report, code), Status::Pass, "{:?}", check(&report, code));
        }
    }
}

#[test]
fn each_fault_is_found_and_suggests_its_reason() {
    for (defect, code, reason) in [
        (Defect::Blur, "focus", "not_sharp"),
        (Defect::MotionBlur, "motion_blur", "not_sharp"),
        (Defect::Noise, "noise", "not_sharp"),
        (Defect::HeavyCompression, "compression_artifacts", "over_compressed"),
        (Defect::Recompressed, "compression_artifacts", "over_compressed"),
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

/// The file says 92, the pixels tell of the ten before.
#[test]
fn a_second_good_encoding_hides_no_bad_one() {
    for report in reports_of(Defect::Recompressed, 20_002..20_004) {
        assert!(value(&report, "jpeg_quality") > 85.0);
        assert_eq!(status(&report, "jpeg_quality"), Status::Pass);
        assert_eq!(status(&report, "compression_artifacts"), Status::Fail);
    }
}

#[test]
fn noise_hides_the_edges_and_is_not_called_sharp_or_soft_for_sure() {
    for report in reports_of(Defect::Noise, 20_000..20_004) {
        assert!(matches!(status(&report, "focus"), Status::Unsure | Status::Pass));
        assert_ne!(status(&report, "motion_blur"), Status::Fail);
    }
}
