//! What is worn, on rendered sitters.

use analyzer::report::Status;
use portraits::{Defect, Sitter, archive, taken};

use super::{check, report, reports_of, status};

#[test]
fn usual_clothes_pass() {
    for report in reports_of(Defect::None, 20_000..20_008) {
        for code in ["clothes_contrast", "stripes", "bare_shoulders"] {
            assert_eq!(status(&report, code), Status::Pass, "{:?}", check(&report, code));
        }
        // Without a sign of it nothing is said: silver at an ear may go unseen.
        let jewellery = check(&report, "jewellery");
        assert_eq!(jewellery.status, Status::NotApplicable, "{jewellery:?}");
        assert!(jewellery.inset.is_some());
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

/// A chain of pearls on fair skin may go unseen.
#[test]
fn a_chain_or_gold_makes_a_person_look_at_it() {
    let (mut wearing, mut found) = (0, 0);
    for seed in 20_000..20_010 {
        let sitter = Sitter::with_defect(seed, Defect::Jewellery);
        let worn = sitter.worn.jewellery.as_ref().unwrap();
        let is_gold = worn.colour[2] < 100;
        if !worn.necklace && !is_gold {
            continue;
        }
        wearing += 1;
        let report = report(&taken(&sitter, &archive()).unwrap().jpeg);
        let jewellery = check(&report, "jewellery");
        if jewellery.status == Status::Unsure {
            found += 1;
            assert_eq!(jewellery.reason.as_deref(), Some("jewellery"));
            assert!(jewellery.inset.is_some());
        }
    }
    assert!(wearing >= 6 && found + 1 >= wearing, "{found} of {wearing}");
}
