//! Profiles: what the carried one says, and that a wrong one is answered with its line.

use analyzer::profile::{Band, Profile, Span};
use analyzer::profiles::{ALL, CHSI_2017, Profiles};
use analyzer::report::{Report, Status};
use portraits::Sitter;

use super::analyzer;

#[test]
fn the_carried_profile_holds_the_published_figures() {
    let profile = Profile::chsi_2017().unwrap();
    assert_eq!((profile.code.as_str(), profile.version.as_str()), ("chsi-2017", "4"));
    assert_eq!(
        (
            profile.standard.width_px,
            profile.standard.height_px,
            profile.standard.dpi
        ),
        (480, 640, Some(Span { min: 300, max: 300 }))
    );
    assert_eq!(profile.file.quality_min, Some(60));
    let bands = &profile.composition;
    let sides = |band: Option<Band>| band.map(|band| (band.min, band.max));
    assert_eq!(sides(bands.face_width_px), Some((180.0, 300.0)));
    assert_eq!(sides(bands.crown_margin_px), Some((50.0, 110.0)));
    assert_eq!(sides(bands.eye_line_px), Some((200.0, 300.0)));
    let colours: Vec<_> = profile
        .background
        .colours
        .iter()
        .map(|c| (c.name.as_str(), c.rgb))
        .collect();
    assert_eq!(
        colours,
        [
            ("light_blue", [100, 197, 255]),
            ("white", [255, 255, 255]),
            ("light_grey", [240, 240, 240])
        ]
    );
}

#[test]
fn every_carried_profile_is_one_and_says_where_it_comes_from() {
    for (code, text) in ALL {
        let profile = Profile::parse(text).unwrap_or_else(|error| panic!("{code}: {error}"));
        assert_eq!(profile.code, code);
        assert!(
            !profile.version.is_empty() && profile.source.chars().count() > 10,
            "{code}"
        );
        assert_eq!(Profile::named(code).unwrap().as_ref(), Some(&profile));
    }
    assert_eq!(Profile::named("no-such").unwrap(), None);
}

#[test]
fn the_siblings_hold_the_published_figures() {
    let of = |code: &str| Profile::named(code).unwrap().unwrap();
    let card = of("id-card-ga461");
    assert_eq!((card.standard.width_px, card.standard.height_px), (358, 441));
    assert_eq!(card.file.quality_min, Some(70));
    let exit = of("exit-entry-2014");
    assert_eq!(exit.standard.smallest_px(), [354, 472]);
    assert_eq!(exit.standard.dpi, Some(Span { min: 300, max: 600 }));
    let visa = of("us-visa");
    assert_eq!(visa.standard.size_for([1000, 1000]), [1000, 1000]);
    assert_eq!(visa.standard.size_for([1000, 900]), [600, 600]);
    let schengen = of("schengen").head_height_percent().unwrap();
    assert!(
        (schengen.min - 71.1).abs() < 0.1 && schengen.max == 80.0,
        "{schengen:?}"
    );
    assert_eq!(of("icao-39794-5").pose.roll_deg.pass, 8.0);
    assert_eq!(of("cn-postgraduate-entry").pose.pitch_deg.pass, 10.0);
}

#[test]
fn mistakes_are_answered_with_their_line_their_field_and_the_cure() {
    // What is replaced, by what, and what the answer has to name.
    for (right, wrong, field, says) in [
        (
            "width_px = 480",
            "width_px = 0",
            "standard",
            "width_px must lie in 1 to 4096",
        ),
        ("width_px = 480", "width_px = -5", "standard.width_px", "invalid value"),
        (
            "dpi = 300",
            "dpi = \"300\"",
            "standard.dpi",
            "expected a whole number above 0",
        ),
        (
            "dpi = 300",
            "dpi = { min = 300, max = 200 }",
            "standard.dpi",
            "min must not be above max",
        ),
        (
            "quality_min = 60",
            "quality_min = 60\nqualty_max = 90",
            "file.qualty_max",
            "unknown field `qualty_max`, expected one of",
        ),
        (
            "min = 180, max = 300",
            "min = 300, max = 180",
            "composition.face_width_px",
            "min must be below max, here they are 300 and 180",
        ),
        (
            "min = 180, max = 300",
            "min = nan, max = 300",
            "composition.face_width_px",
            "min must be below max",
        ),
        (
            "doubt = 8 }",
            "doubt = -1 }",
            "composition.face_width_px",
            "doubt must be 0 or more",
        ),
        (
            "pass = 24, fail = 36",
            "pass = 36, fail = 24",
            "composition.centring_px",
            "pass must be 0 or more",
        ),
        ("version = \"4\"", "version = ", "version", "string"),
        ("version = \"4\"", "version = \" \"", "version", "start with \"1\""),
        ("chsi-2017\"", "CHSI 2017\"", "code", "must be of a-z, 0-9 and -"),
        (
            "[100, 197, 255]",
            "[100, 197, 256]",
            "background.colours",
            "from 0 to 255",
        ),
        (
            "\"white\"",
            "\"light_blue\"",
            "background.colours",
            "two colours are named `light_blue`",
        ),
        (
            "[composition]",
            "[composition]\nhead_height_mm = { min = 32, max = 36, doubt = 1 }",
            "composition.head_height_mm",
            "add print_mm to [standard]",
        ),
    ] {
        assert!(CHSI_2017.contains(right), "{right}");
        let error = Profile::parse(&CHSI_2017.replacen(right, wrong, 1)).expect_err(wrong);
        let expected = 1 + CHSI_2017[..CHSI_2017.find(right).unwrap()].matches('\n').count();
        // A mistake of a whole table is told at its head, an unknown key where it stands.
        assert!(
            error.line.abs_diff(expected) <= 2,
            "{wrong}: line {} instead of {expected}",
            error.line
        );
        assert!(error.message.contains(says), "{wrong}: {}", error.message);
        assert_eq!(error.field, field, "{wrong}");
        assert!(error.to_string().starts_with(&format!("profile, line {}", error.line)));
    }
}

#[test]
fn a_missing_section_or_key_is_no_default() {
    let without = |key: &str| -> String {
        let rows = CHSI_2017.lines().filter(|line| !line.starts_with(key));
        rows.map(|row| format!("{row}\n")).collect()
    };
    let error = Profile::parse(&without("formats")).unwrap_err();
    assert_eq!(error.field, "file");
    assert!(
        error.message.contains("`formats`") && error.message.contains("nothing is inherited"),
        "{error}"
    );
}

/// A rule that the profile doesn't have is in the report nevertheless.
#[test]
fn a_rule_that_is_not_stated_does_not_apply() {
    let sitter = Sitter::conforming(4100);
    let photo = portraits::taken(&sitter, &portraits::archive()).unwrap();
    let rows = CHSI_2017.lines().filter(|line| !line.starts_with("eye_line_px"));
    let text: String = rows.map(|row| format!("{row}\n")).collect();
    let with = super::report(&photo.jpeg);
    let without = analyzer().report(&photo.jpeg, &Profile::parse(&text).unwrap()).unwrap();
    assert_eq!(super::status(&with, "eye_line"), Status::Pass);
    assert_eq!(super::status(&without, "eye_line"), Status::NotApplicable);
    let codes = |report: &Report| -> Vec<String> { report.checks.iter().map(|c| c.code.clone()).collect() };
    assert_eq!(codes(&with), codes(&without));
}

#[test]
fn a_set_holds_the_carried_profiles_and_those_that_are_added() {
    let stricter = CHSI_2017.replace("quality_min = 60", "quality_min = 90");
    let own = CHSI_2017.replace("\"chsi-2017\"", "\"our-school\"");
    let profiles = Profiles::with([("a.toml", stricter.as_str()), ("b.toml", own.as_str())]).unwrap();
    assert_eq!(profiles.get("chsi-2017").unwrap().file.quality_min, Some(90));
    assert!(profiles.get("our-school").is_some() && profiles.get("us-visa").is_some());
    assert_eq!(profiles.get("none"), None);
    assert_eq!(profiles.codes().count(), ALL.len() + 1);

    let twice = Profiles::with([("a.toml", own.as_str()), ("b.toml", own.as_str())]).unwrap_err();
    let said = twice.to_string();
    assert!(
        said.contains("a.toml") && said.contains("b.toml") && said.contains("our-school"),
        "{said}"
    );
    let broken = Profiles::with([("c.toml", "code = 1")]).unwrap_err();
    assert!(
        broken.to_string().starts_with("c.toml: profile, line 1, code"),
        "{broken}"
    );
}
