//! Eyes, mouth and glasses of rendered sitters: what is wrong with them is found where it is, and nothing else is.

use analyzer::report::Status;
use portraits::{Defect, Sitter, archive, taken};

use super::{check, name, report, status};

/// Seeds: dark and fair, with and without glasses of their own.
const SEEDS: std::ops::Range<u64> = 4300..4304;
/// Everything that is judged of eyes, mouth and glasses.
const CODES: [&str; 9] = [
    "left_eye_open",
    "right_eye_open",
    "gaze",
    "mouth_closed",
    "teeth",
    "glasses_tint",
    "frame_over_eye",
    "glare",
    "red_eye",
];

fn seen(sitter: &Sitter) -> analyzer::report::Report {
    report(&taken(sitter, &archive()).unwrap().jpeg)
}

/// The defect passes none of these checks and fails most, and of all others in [`CODES`] only those may complain.
fn fails(defect: Defect, codes: &[&str], may: &[&str], reason: &str) {
    let mut failed = 0;
    for seed in SEEDS {
        let report = seen(&Sitter::with_defect(seed, defect));
        for code in CODES {
            let check = check(&report, code);
            if codes.contains(&code) {
                let is_caught = matches!(check.status, Status::Fail | Status::Warn | Status::Unsure);
                assert!(is_caught, "{defect:?}, sitter {seed}: {check:?}");
                failed += usize::from(check.status == Status::Fail);
                assert_eq!(check.reason.as_deref(), Some(reason));
                assert!(check.inset.is_some() && !check.evidence.is_empty(), "{check:?}");
            } else if !may.contains(&code) {
                let fine = matches!(check.status, Status::Pass | Status::NotApplicable);
                assert!(fine, "{defect:?}, sitter {seed}: {check:?}");
            }
        }
    }
    let most = 3 * codes.len() * SEEDS.count() / 4;
    assert!(failed >= most, "{defect:?}: only {failed} fail");
}

#[test]
fn nothing_is_wrong_with_a_conforming_sitters_eyes_and_mouth() {
    fails(Defect::None, &[], &[], "");
    for seed in SEEDS {
        let sitter = Sitter::conforming(seed);
        let expected = if sitter.glasses.is_some() {
            "glasses"
        } else {
            "no_glasses"
        };
        assert_eq!(name(&seen(&sitter), "glasses"), expected, "sitter {seed}");
    }
}

#[test]
fn closed_eyes_are_found() {
    fails(
        Defect::EyesClosed,
        &["left_eye_open", "right_eye_open"],
        &[],
        "eyes_closed",
    );
}

#[test]
fn the_one_closed_eye_is_found_and_not_the_other() {
    for seed in SEEDS {
        let sitter = Sitter::with_defect(seed, Defect::EyeClosed);
        let report = seen(&sitter);
        for (eye, code) in ["left_eye_open", "right_eye_open"].into_iter().enumerate() {
            let expected = if sitter.eyes.winked[eye] > 0.0 {
                Status::Fail
            } else {
                Status::Pass
            };
            assert_eq!(
                status(&report, code),
                expected,
                "sitter {seed}: {:?}",
                check(&report, code)
            );
        }
        assert_eq!(status(&report, "gaze"), Status::NotApplicable);
    }
}

#[test]
fn eyes_that_look_aside_are_found() {
    fails(Defect::Gaze, &["gaze"], &[], "eyes_closed");
}

#[test]
fn open_mouths_and_teeth_are_found_and_a_closed_smile_passes() {
    fails(Defect::MouthOpen, &["mouth_closed", "teeth"], &[], "mouth_open");
    fails(Defect::TeethShown, &["teeth"], &["mouth_closed"], "mouth_open");
    for seed in SEEDS {
        let mut sitter = Sitter::conforming(seed);
        sitter.mouth.smile = 0.8;
        let report = seen(&sitter);
        for code in ["mouth_closed", "teeth"] {
            assert_eq!(
                status(&report, code),
                Status::Pass,
                "sitter {seed}: {:?}",
                check(&report, code)
            );
        }
    }
}

#[test]
fn tinted_and_coloured_lenses_are_found() {
    for defect in [Defect::TintedGlasses, Defect::ColouredGlasses] {
        fails(
            defect,
            &["glasses_tint"],
            &["left_eye_open", "right_eye_open"],
            "tinted_glasses",
        );
    }
}

#[test]
fn a_rim_over_the_eyes_is_found() {
    fails(
        Defect::FrameOverEye,
        &["frame_over_eye"],
        &["left_eye_open", "right_eye_open"],
        "frame_over_eyes",
    );
}

#[test]
fn glare_is_found_and_an_eye_behind_it_is_nobodys_to_judge() {
    fails(
        Defect::Glare,
        &["glare"],
        &["left_eye_open", "right_eye_open"],
        "glasses_glare",
    );
    let report = seen(&Sitter::with_defect(20360, Defect::Glare));
    let left = check(&report, "left_eye_open");
    assert!(left.status == Status::Unsure && left.inset.is_some(), "{left:?}");
}

#[test]
fn red_eyes_are_found() {
    fails(Defect::RedEye, &["red_eye"], &[], "red_eye");
}
