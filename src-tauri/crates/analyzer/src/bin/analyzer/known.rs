//! Photos that no checked one may be the same shot of.

use std::path::{Path, PathBuf};
use std::{fs, io};

use analyzer::report::Report;
use analyzer::same_shot::{Fingerprint, Index, compare, reach_bits};
use analyzer::{Analyzer, Profile};

pub struct Known {
    files: Vec<PathBuf>,
    index: Index,
}

/// What a known photo is known by; `None` where no single face is seen in it.
pub fn fingerprint(analyzer: &Analyzer, profile: &Profile, file: &Path) -> io::Result<Option<Fingerprint>> {
    let bytes = fs::read(file)?;
    let report = analyzer.report(&bytes, profile).map_err(io::Error::other)?;
    Ok(Fingerprint::of_report(&report))
}

impl Known {
    /// `fingerprints` in the order of `files`.
    pub fn new(files: Vec<PathBuf>, fingerprints: Vec<Option<Fingerprint>>) -> Self {
        let numbered = (0..).zip(fingerprints);
        let index = numbered.filter_map(|(id, print)| Some((id, print?))).collect();
        Self { files, index }
    }

    /// Judges the rule `same_shot` and gives the nearest known photo within reach. A file is not compared with itself.
    pub fn compare(&self, file: &Path, report: &mut Report, profile: &Profile) -> Option<&Path> {
        let print = Fingerprint::of_report(report)?;
        let [_, doubt] = reach_bits(profile)?;
        let itself = file.canonicalize().ok();
        let others = self.index.find(&print, doubt).into_iter();
        let mut others = others.filter_map(|(id, bits)| Some((self.files.get(usize::try_from(id).ok()?)?, bits)));
        let nearest = others.find(|(known, _)| known.canonicalize().ok() != itself);
        compare(report, nearest.map(|(_, bits)| bits), profile);
        nearest.map(|(known, _)| known.as_path())
    }
}
