//! Profiles: what the carried one says, and that a wrong one is answered with its line.

use analyzer::profile::{Band, Profile};
use analyzer::profiles::CHSI_2017;

#[test]
fn the_carried_profile_holds_the_published_figures() {
    let profile = Profile::chsi_2017().unwrap();
    assert_eq!((profile.code.as_str(), profile.version.as_str()), ("chsi-2017", "1"));
    assert_eq!(
        (
            profile.standard.width_px,
            profile.standard.height_px,
            profile.standard.dpi
        ),
        (480, 640, 300)
    );
    assert_eq!(profile.file.quality_min, 60);
    let bands = &profile.composition;
    let sides = |band: &Band| (band.min, band.max);
    assert_eq!(sides(&bands.face_width_px), (180.0, 300.0));
    assert_eq!(sides(&bands.crown_margin_px), (50.0, 110.0));
    assert_eq!(sides(&bands.eye_line_px), (200.0, 300.0));
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
fn mistakes_are_answered_with_their_line() {
    // What is replaced, by what, and what the answer has to name.
    for (right, wrong, says) in [
        ("width_px = 480", "width_px = 0", "width_px"),
        ("width_px = 480", "width_px = -5", "invalid value"),
        ("dpi = 300", "dpi = \"300\"", "invalid type"),
        (
            "quality_min = 60",
            "quality_min = 60\nqualty_max = 90",
            "unknown field `qualty_max`",
        ),
        ("min = 180, max = 300", "min = 300, max = 180", "min must be below max"),
        ("min = 180, max = 300", "min = nan, max = 300", "min must be below max"),
        ("doubt = 8 }", "doubt = -1 }", "doubt must be 0 or more"),
        ("pass = 24, fail = 36", "pass = 36, fail = 24", "pass must be 0 or more"),
        ("version = \"1\"", "version = ", "string"),
        ("[100, 197, 255]", "[100, 197, 256]", "invalid value"),
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
        assert!(error.to_string().starts_with(&format!("profile, line {}", error.line)));
    }
}

#[test]
fn a_missing_limit_is_no_default() {
    let text: String = CHSI_2017
        .lines()
        .filter(|line| !line.starts_with("eye_line_px"))
        .map(|l| format!("{l}\n"))
        .collect();
    let error = Profile::parse(&text).unwrap_err();
    assert!(error.message.contains("eye_line_px"), "{error}");
}
