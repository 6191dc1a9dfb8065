//! Any bytes get a report or are refused.
#![no_main]

use std::sync::LazyLock;

use analyzer::{Analyzer, Models, Profile};
use libfuzzer_sys::fuzz_target;

static ANALYZER: LazyLock<(Analyzer, Profile)> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../models/");
    let models = Models::from_files(|name| std::fs::read(format!("{folder}{name}"))).expect("make models");
    let analyzer = Analyzer::with_threads(models, 1).expect("the graphs");
    (analyzer, Profile::chsi_2017().expect("the profile"))
});

fuzz_target!(|bytes: &[u8]| {
    let (analyzer, profile) = &*ANALYZER;
    let _ = analyzer.report(bytes, profile);
});
