//! What lies behind rendered sitters: slopes, shadows, things and people, each told apart.

use analyzer::report::{Check, Evidence, Report, Status};
use portraits::{Defect, Sitter, archive, taken};

use super::{check, report, status};

fn of(seed: u64, defect: Defect) -> Report {
    let photo = taken(&Sitter::with_defect(seed, defect), &archive()).unwrap();
    report(&photo.jpeg)
}

const SEEDS: std::ops::Range<u64> = 20_100..20_106;

fn found(defect: Defect, code: &str, reason: &str) -> Vec<(Report, Check)> {
    let see = |seed| {
        let report = of(seed, defect);
        let check = check(&report, code).clone();
        assert_ne!(check.status, Status::Pass, "{defect:?} {seed}: {check:?}");
        assert_eq!(check.reason.as_deref(), Some(reason), "{defect:?} {seed}");
        (report, check)
    };
    SEEDS.map(see).collect()
}

#[test]
fn a_slope_is_no_shadow_and_a_shadow_no_slope() {
    for (report, _) in found(Defect::BackgroundGradient, "background_gradient", "background_shadow") {
        assert_ne!(status(&report, "background_shadow"), Status::Fail);
        assert_eq!(status(&report, "background_objects"), Status::Pass);
    }
    for (report, check) in found(Defect::BackgroundShadow, "background_shadow", "background_shadow") {
        assert_eq!(status(&report, "background_gradient"), Status::Pass);
        assert_eq!(status(&report, "background_objects"), Status::Pass);
        assert!(check.inset.is_some());
    }
}

#[test]
fn things_and_people_behind_are_seen_where_they_are() {
    for defect in [Defect::BackgroundObject, Defect::SecondPerson] {
        for (_, check) in found(defect, "background_objects", "background_objects") {
            let Some(Evidence::Region { rect }) = check.evidence.first() else {
                panic!("{defect:?}: {check:?}")
            };
            // Both stand beside the sitter.
            let middle = rect.x_px + rect.width_px / 2.0;
            assert!(!(200.0..280.0).contains(&middle), "{defect:?}: {rect:?}");
        }
    }
}

#[test]
fn loose_hair_is_no_object() {
    // Long hair before white that the mask loses in part.
    for seed in [20_104, 20_115, 20_000, 20_001] {
        let report = of(seed, Defect::None);
        for code in [
            "background_objects",
            "background_shadow",
            "background_gradient",
            "background_evenness",
        ] {
            assert_eq!(
                status(&report, code),
                Status::Pass,
                "{seed}: {:?}",
                check(&report, code)
            );
        }
    }
}
