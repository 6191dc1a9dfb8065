//! What was done to a photo after it was taken: photographed again, framed, written on, turned, cut out.

use analyzer::Profile;
use analyzer::report::{Check, Evidence, Report, Status};
use analyzer::same_shot::{Portrait, compare, has_rule, is_near};
use portraits::{Defect, Reuse, Sitter, archive, reused, taken};

use super::{check, report, status, value};

const SEEDS: std::ops::Range<u64> = 20_000..20_006;

fn of(seed: u64, defect: Defect) -> Report {
    let photo = taken(&Sitter::with_defect(seed, defect), &archive()).unwrap();
    report(&photo.jpeg)
}

fn found(defect: Defect, code: &str, reason: &str) -> Vec<Check> {
    let see = |seed| {
        let check = check(&of(seed, defect), code).clone();
        assert!(
            matches!(check.status, Status::Fail | Status::Unsure),
            "{defect:?} {seed}: {check:?}"
        );
        assert_eq!(check.reason.as_deref(), Some(reason));
        assert!(
            check.status != Status::Unsure || check.inset.is_some(),
            "{defect:?} {seed}"
        );
        check
    };
    SEEDS.map(see).collect()
}

#[test]
fn a_photographed_display_shows_its_pixels() {
    found(Defect::ScreenPhoto, "screen", "rephotographed");
}

#[test]
fn a_print_shows_its_edges() {
    for check in found(Defect::PrintPhoto, "print", "rephotographed") {
        assert!(matches!(check.evidence[0], Evidence::Line { .. }));
    }
}

#[test]
fn a_frame_is_found_as_broad_as_it_is() {
    for (seed, check) in SEEDS.zip(found(Defect::Border, "added_border", "border_or_text")) {
        let drawn = Sitter::with_defect(seed, Defect::Border).afterwards.border.unwrap();
        let widest = drawn.sides.iter().copied().fold(0.0, f32::max);
        let measured = value(&of(seed, Defect::Border), "added_border");
        assert!((measured - 100.0 * f64::from(widest)).abs() < 0.5, "{seed}: {check:?}");
    }
}

#[test]
fn letters_are_found_and_make_a_person_look_for_a_mirror() {
    // A date, a watermark and a number.
    for seed in [20_001, 20_004, 20_006, 20_008] {
        let report = of(seed, Defect::Text);
        assert_eq!(
            status(&report, "added_text"),
            Status::Fail,
            "{seed}: {:?}",
            check(&report, "added_text")
        );
        assert_eq!(status(&report, "mirrored"), Status::Unsure);
        assert!(check(&report, "mirrored").inset.is_some());
    }
}

#[test]
fn a_turned_photo_is_told_from_one_without_a_face() {
    for seed in SEEDS {
        let turns = Sitter::with_defect(seed, Defect::Turned).afterwards.quarter_turns;
        let report = of(seed, Defect::Turned);
        if turns == 2 {
            // The cascade now and then takes an upside-down face for an upright one; then other rules must refuse it.
            assert_eq!(report.verdict(), Status::Fail, "{seed}");
            continue;
        }
        assert_eq!(status(&report, "rotated"), Status::Fail, "{seed} {turns}");
        // As many quarter turns as bring the picture back.
        assert_eq!(value(&report, "rotated"), f64::from(4 - turns) * 90.0);
        assert!(report.suggested_reasons().contains(&"mirrored"));
    }
}

#[test]
fn a_bad_cut_out_shows_along_the_edge() {
    found(Defect::CutOut, "cutout_edges", "cutout_edges");
}

#[test]
fn a_photo_as_it_was_taken_shows_none_of_this() {
    for seed in SEEDS {
        let report = of(seed, Defect::None);
        for code in [
            "screen",
            "print",
            "added_border",
            "added_text",
            "rotated",
            "cutout_edges",
        ] {
            assert_eq!(
                status(&report, code),
                Status::Pass,
                "{seed}: {:?}",
                check(&report, code)
            );
        }
        assert_eq!(status(&report, "mirrored"), Status::NotApplicable);
        assert_eq!(
            status(&report, "same_shot"),
            Status::NotApplicable,
            "compared with nothing"
        );
    }
}

#[test]
fn movement_against_a_known_photo_is_judged_by_the_profile() {
    let mut report = of(20_000, Defect::None);
    let profile = Profile::chsi_2017().unwrap();
    let limit = profile.integrity.same_shot_moved_percent.unwrap();
    for (moved, expected) in [
        (None, Status::Pass),
        (Some(limit.pass), Status::Pass),
        (Some(limit.pass - 1e-6), Status::Unsure),
        (Some(limit.fail), Status::Unsure),
        (Some(limit.fail - 1e-6), Status::Fail),
        (Some(0.0), Status::Fail),
    ] {
        compare(&mut report, moved, &profile);
        let check = check(&report, "same_shot");
        assert_eq!(check.status, expected, "{moved:?}");
        assert!(check.inset.is_some());
        assert_eq!(check.reason.is_some(), expected != Status::Pass);
        let near = moved.is_some_and(|moved| is_near(moved, &profile));
        assert_eq!(near, expected != Status::Pass, "{moved:?}");
    }
    assert_eq!(value(&report, "same_shot"), 0.0);

    let visa = Profile::named("us-visa").unwrap().unwrap();
    assert!(
        has_rule(&profile) && !has_rule(&visa) && !is_near(0.0, &visa),
        "a standard without the rule"
    );
}

fn portrait(photo: &[u8]) -> Portrait {
    let geometry = report(photo).geometry.unwrap();
    Portrait::open(photo, [geometry.left_eye_px, geometry.right_eye_px]).unwrap()
}

/// Shares of many sitters: the accuracy tests.
#[test]
fn features_stay_where_they_are_in_the_same_shot_and_move_in_the_next() {
    let limit = Profile::chsi_2017().unwrap().integrity.same_shot_moved_percent.unwrap();
    for seed in [3_000_001, 3_000_002] {
        let sitter = Sitter::conforming(seed);
        let photo = taken(&sitter, &archive()).unwrap().jpeg;
        let first = portrait(&photo);
        assert_eq!(first.moved_percent(&portrait(&photo)), Some(0.0), "itself");
        for how in [
            Reuse::Jpeg(30),
            Reuse::Resize(0.5),
            Reuse::Gamma(1.4),
            Reuse::Border,
            Reuse::Crop,
        ] {
            let again = portrait(&reused(&photo, None, how, seed).unwrap());
            let moved = first.moved_percent(&again).unwrap();
            assert!(moved < limit.pass, "{seed} {how:?}: {moved}");
            let back = again.moved_percent(&first).unwrap();
            assert!((moved - back).abs() < 0.02, "{seed} {how:?}: {moved} {back}");
        }
        for n in 1..=3 {
            let next = portrait(&taken(&sitter.another_shot(n), &archive()).unwrap().jpeg);
            let moved = first.moved_percent(&next);
            assert!(moved.is_none_or(|moved| moved > limit.pass), "{seed} {n}: {moved:?}");
        }
        let stranger = portrait(&taken(&Sitter::conforming(seed + 7), &archive()).unwrap().jpeg);
        assert_eq!(first.moved_percent(&stranger), None, "{seed}");
    }
}
