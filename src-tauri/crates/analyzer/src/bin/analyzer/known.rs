//! Photos that no checked one may be the same shot of.

use std::path::{Path, PathBuf};
use std::{fs, io};

use analyzer::report::{Point, Report};
use analyzer::same_shot::{Fingerprint, Index, Portrait, REACH_BITS, compare, has_rule, is_near};
use analyzer::{Analyzer, Profile};

pub struct Known {
    photos: Vec<(PathBuf, Option<Print>)>,
    index: Index,
}

/// What a known photo is known by.
#[derive(Clone, Copy)]
pub struct Print {
    shot: Fingerprint,
    eyes: [Point; 2],
}

impl Print {
    /// `None` where no single face is seen.
    fn of(report: &Report) -> Option<Self> {
        let geometry = report.geometry.as_ref()?;
        Some(Self {
            shot: Fingerprint::of_report(report)?,
            eyes: [geometry.left_eye_px, geometry.right_eye_px],
        })
    }
}

/// `None` where no single face is seen in it.
pub fn print(analyzer: &Analyzer, profile: &Profile, file: &Path) -> io::Result<Option<Print>> {
    let bytes = fs::read(file)?;
    let report = analyzer.report(&bytes, profile).map_err(io::Error::other)?;
    Ok(Print::of(&report))
}

impl Known {
    /// `prints` in the order of `files`.
    pub fn new(files: Vec<PathBuf>, prints: Vec<Option<Print>>) -> Self {
        let numbered = (0..).zip(&prints);
        let index = numbered.filter_map(|(id, print)| Some((id, (*print)?.shot))).collect();
        Self {
            photos: files.into_iter().zip(prints).collect(),
            index,
        }
    }

    /// Judges the rule `same_shot` and gives the known photo against which the features have moved least, where that is
    /// the same shot or may be one. A file is not compared with itself.
    ///
    /// # Errors
    /// Where a known photo can no longer be read.
    pub fn compare(
        &self,
        file: &Path,
        bytes: &[u8],
        report: &mut Report,
        profile: &Profile,
    ) -> io::Result<Option<&Path>> {
        let Some(print) = Print::of(report).filter(|_| has_rule(profile)) else {
            return Ok(None);
        };
        let open = |bytes: &[u8], eyes| Portrait::open(bytes, eyes).map_err(io::Error::other);
        let itself = file.canonicalize().ok();
        // Most photos are near no other and need not be opened once more.
        let mut this = None;
        let mut nearest: Option<(f64, &Path)> = None;
        for (id, _) in self.index.find(&print.shot, REACH_BITS) {
            let known = usize::try_from(id).ok().and_then(|id| self.photos.get(id));
            let Some((known, Some(other))) = known else { continue };
            if known.canonicalize().ok() == itself {
                continue;
            }
            let other = open(&fs::read(known)?, other.eyes)?;
            let opened = match this.take() {
                Some(opened) => opened,
                None => open(bytes, print.eyes)?,
            };
            let moved = this.insert(opened).moved_percent(&other);
            if let Some(moved) = moved.filter(|moved| nearest.is_none_or(|(least, _)| *moved < least)) {
                nearest = Some((moved, known));
            }
        }
        let nearest = nearest.filter(|(moved, _)| is_near(*moved, profile));
        compare(report, nearest.map(|(moved, _)| moved), profile);
        Ok(nearest.map(|(_, known)| known))
    }
}
