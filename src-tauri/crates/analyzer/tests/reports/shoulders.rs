//! Shoulders: in the photo and level, from the edge of the silhouette.

use analyzer::report::Status;
use portraits::{Defect, Sitter, archive, taken};

use super::{check, report, reports_of, status, value};

#[test]
fn a_leaning_trunk_is_measured_and_fails() {
    for seed in 20100..20106 {
        let sitter = Sitter::with_defect(seed, Defect::ShouldersUneven);
        let photo = taken(&sitter, &archive()).unwrap();
        let report = report(&photo.jpeg);
        let level = check(&report, "shoulders_level");
        assert_eq!(level.status, Status::Fail, "sitter {seed}: {level:?}");
        assert_eq!(level.reason.as_deref(), Some("shoulders_uneven"));
        assert!(!level.evidence.is_empty());
        let off = value(&report, "shoulders_level") - f64::from(photo.truth.shoulders_deg);
        assert!(off.abs() < 4.0, "sitter {seed}: {off:.1} degrees off");
    }
}

/// Neither a tilted nor a turned head moves the shoulders.
#[test]
fn the_head_alone_makes_no_shoulder_uneven() {
    for defect in [Defect::None, Defect::Roll, Defect::Yaw, Defect::OffCentre] {
        for (index, report) in reports_of(defect, 20200..20204).iter().enumerate() {
            for code in ["shoulders_level", "shoulders_in_frame"] {
                assert_eq!(
                    status(report, code),
                    Status::Pass,
                    "{defect:?} {index}: {:?}",
                    check(report, code)
                );
            }
        }
    }
}

#[test]
fn a_photo_that_ends_at_the_neck_has_too_little_body() {
    for (index, report) in reports_of(Defect::TooLittleBody, 20140..20146).iter().enumerate() {
        let seen = check(report, "shoulders_in_frame");
        assert_eq!(seen.status, Status::Fail, "{index}: {seen:?}");
        assert_eq!(seen.reason.as_deref(), Some("too_little_body"));
        // How level they are nobody can say then.
        let level = check(report, "shoulders_level");
        assert!(
            level.status == Status::Unsure && level.inset.is_some(),
            "{index}: {level:?}"
        );
    }
}
