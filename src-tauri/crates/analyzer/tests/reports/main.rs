//! The analyzer from outside: bytes in, reports or named errors out. One program, so that the graphs are loaded once.
#![cfg(test)]

mod background;
mod bad;
mod bytes;
mod cli;
mod covering;
mod dress;
mod eyes;
mod files;
mod images;
mod integrity;
mod light;
mod models;
mod people;
mod profile;
mod sharpness;
mod shoulders;
mod siblings;
mod sitters;

use std::ops::Range;
use std::path::PathBuf;
use std::sync::LazyLock;

use analyzer::report::{Check, Measured, Report, Status};
use analyzer::{Analyzer, Models, Profile};
use portraits::{Defect, Sitter, archive, taken};

/// From `make models`.
pub fn models_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../models")
}

pub fn analyzer() -> &'static Analyzer {
    static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| {
        let models = Models::from_files(|name| std::fs::read(models_folder().join(name))).unwrap();
        Analyzer::new(models).unwrap()
    });
    &ANALYZER
}

pub fn report(bytes: &[u8]) -> Report {
    analyzer().report(bytes, &Profile::chsi_2017().unwrap()).unwrap()
}

/// Of rendered sitters with this defect.
pub fn reports_of(defect: Defect, seeds: Range<u64>) -> Vec<Report> {
    let one = |seed| report(&taken(&Sitter::with_defect(seed, defect), &archive()).unwrap().jpeg);
    seeds.map(one).collect()
}

pub fn check<'a>(report: &'a Report, code: &str) -> &'a Check {
    report
        .checks
        .iter()
        .find(|check| check.code == code)
        .unwrap_or_else(|| panic!("no check {code}"))
}

pub fn status(report: &Report, code: &str) -> Status {
    check(report, code).status
}

pub fn value(report: &Report, code: &str) -> f64 {
    match check(report, code).measured {
        Some(Measured::Number { value, .. }) => value,
        ref other => panic!("{code} measures {other:?}"),
    }
}

pub fn name(report: &Report, code: &str) -> String {
    match &check(report, code).measured {
        Some(Measured::Name { name }) => name.clone(),
        other => panic!("{code} measures {other:?}"),
    }
}
