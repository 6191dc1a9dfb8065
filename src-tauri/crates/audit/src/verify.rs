//! Reading an audit file as a stream, in bounded memory, and naming the first thing that is not right.

use crate::archive::{Reader, Stop};
use crate::bundle::{self, About, FORMAT, Needs, Seen, VERSION};
use crate::entry::{Entry, Link};
use crate::hash::Hash;
use domain::{DecisionId, ReasonCatalogue};
use std::collections::HashMap;
use std::fmt;
use std::io::{self, Read};

/// Far above what this program writes; they bound the memory of whoever verifies.
const MOST_JSON_BYTES: u64 = 16 * 1024 * 1024;
const MOST_PHOTO_BYTES: u64 = 256 * 1024 * 1024;

/// A file that is what was exported.
#[derive(Clone, Debug, PartialEq)]
pub struct Verified {
    pub about: About,
    /// Hash of the last entry.
    pub head: Hash,
}

/// The first thing that is not right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", describe(*entry, *decision, *problem))]
pub struct Broken {
    /// Number of the entry in the file, from 1; absent: the file as a whole.
    pub entry: Option<u32>,
    pub decision: Option<DecisionId>,
    pub problem: Problem,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// `about.json` is altered, or disagrees with the entries.
    About,
    /// `reasons.json` is altered.
    Reasons,
    /// The entry is not in the spelling that this program writes.
    EntryFormat,
    /// The entry's hash is not that of its content.
    EntryHash,
    /// The entry does not follow the one before it.
    Chain,
    /// The photo is not the one that was on the screen.
    Photo,
    /// The report is not the one that was beside it.
    Report,
    /// A member is missing, out of place or superfluous, or its header is altered.
    Structure,
    /// The last entry is not the one that `about.json` names.
    Head,
    /// The seal does not fit the file.
    Seal,
    /// The file ends too early.
    Truncated,
    /// There is something behind the end.
    Trailing,
}

impl Problem {
    /// A stable code, to be worded by the reader.
    pub fn code(self) -> &'static str {
        match self {
            Problem::About => "about",
            Problem::Reasons => "reasons",
            Problem::EntryFormat => "entry_format",
            Problem::EntryHash => "entry_hash",
            Problem::Chain => "chain",
            Problem::Photo => "photo",
            Problem::Report => "report",
            Problem::Structure => "structure",
            Problem::Head => "head",
            Problem::Seal => "seal",
            Problem::Truncated => "truncated",
            Problem::Trailing => "trailing",
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

fn describe(entry: Option<u32>, decision: Option<DecisionId>, problem: Problem) -> String {
    match (entry, decision) {
        (Some(entry), Some(decision)) => format!("entry {entry}, decision {decision}: {problem}"),
        (Some(entry), None) => format!("entry {entry}: {problem}"),
        (None, _) => format!("the file as a whole: {problem}"),
    }
}

#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    #[error(transparent)]
    Broken(#[from] Broken),
    #[error("not an audit file")]
    NotAnAuditFile,
    #[error("an audit file of version {0}, which this program does not know")]
    UnknownVersion(u32),
    #[error("the file can't be read")]
    Io(#[from] io::Error),
}

/// Where a member's bytes lie in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub offset: u64,
    pub bytes: u64,
}

/// A file made ready to be looked through: everything but the photos' and reports' bytes, up to the first thing that is
/// not right.
#[derive(Clone, Debug)]
pub struct Opened {
    pub about: About,
    pub reasons: Vec<ReasonCatalogue>,
    /// Those whose own photo and report are right.
    pub entries: Vec<Entry>,
    pub photos: HashMap<Hash, Span>,
    pub reports: HashMap<Hash, Span>,
    pub broken: Option<Broken>,
}

/// Reads the whole file and checks all of it: headers, chain, photos, reports, seal, and that nothing is missing or
/// superfluous.
///
/// # Errors
/// [`VerifyError::Broken`] names the first thing that is not right.
pub fn verify(file: impl Read) -> Result<Verified, VerifyError> {
    let (mut walk, about) = Walk::begin(file)?;
    walk.reasons(&about)?;
    for number in 1..=about.entries {
        walk.entry(&about, number)?;
    }
    walk.finish(&about)?;
    Ok(Verified {
        head: about.head,
        about,
    })
}

/// As [`verify`], and keeps what a reader wants to see. A file that is broken after its beginning is opened up to there.
///
/// # Errors
/// Where not even the beginning can be read.
pub fn open(file: impl Read) -> Result<Opened, VerifyError> {
    let (mut walk, about) = Walk::begin(file)?;
    let reasons = walk.reasons(&about)?;
    let (photos, reports) = (HashMap::new(), HashMap::new());
    let mut opened = Opened {
        about,
        reasons,
        entries: Vec::new(),
        photos,
        reports,
        broken: None,
    };
    match collect(walk, &mut opened) {
        Ok(()) => Ok(opened),
        Err(VerifyError::Broken(broken)) => {
            opened.broken = Some(broken);
            Ok(opened)
        }
        Err(other) => Err(other),
    }
}

fn collect(mut walk: Walk<impl Read>, opened: &mut Opened) -> Result<(), VerifyError> {
    for number in 1..=opened.about.entries {
        let read = walk.entry(&opened.about, number)?;
        opened.photos.extend(read.photo);
        opened.reports.extend(read.report);
        opened.entries.push(read.entry);
    }
    walk.finish(&opened.about)
}

struct ReadEntry {
    entry: Entry,
    photo: Option<(Hash, Span)>,
    report: Option<(Hash, Span)>,
}

struct Walk<R> {
    file: Reader<R>,
    last: Option<Link>,
    seen: Seen,
}

/// What is being read, so that a stop can be blamed on it.
#[derive(Clone, Copy, Default)]
struct Place {
    entry: Option<u32>,
    decision: Option<DecisionId>,
}

impl Place {
    fn broken(self, problem: Problem) -> VerifyError {
        Broken {
            entry: self.entry,
            decision: self.decision,
            problem,
        }
        .into()
    }

    /// `altered`: the problem where the bytes are there and are not the right ones.
    fn stopped(self, stop: Stop, altered: Problem) -> VerifyError {
        match stop {
            Stop::Io(error) => error.into(),
            Stop::Truncated => self.broken(Problem::Truncated),
            Stop::Trailing => self.broken(Problem::Trailing),
            Stop::Altered | Stop::TooLarge => self.broken(altered),
        }
    }
}

impl<R: Read> Walk<R> {
    fn begin(file: R) -> Result<(Walk<R>, About), VerifyError> {
        let place = Place::default();
        let mut file = Reader::new(file);
        let stopped = |stop| place.stopped(stop, Problem::About);
        let Some((size, mtime_s)) = file.first(bundle::ABOUT, FORMAT).map_err(stopped)? else {
            return Err(VerifyError::NotAnAuditFile);
        };
        let bytes = file.bytes(size, MOST_JSON_BYTES).map_err(stopped)?;
        let about: About = serde_json::from_slice(&bytes).map_err(|_| place.broken(Problem::About))?;
        if about.format != FORMAT {
            return Err(place.broken(Problem::About));
        }
        if about.version != VERSION {
            return Err(VerifyError::UnknownVersion(about.version));
        }
        if bundle::mtime_s(about.exported_at) != mtime_s {
            return Err(place.broken(Problem::About));
        }
        file.set_mtime(mtime_s);
        Ok((
            Walk {
                file,
                last: None,
                seen: Seen::default(),
            },
            about,
        ))
    }

    fn reasons(&mut self, about: &About) -> Result<Vec<ReasonCatalogue>, VerifyError> {
        let place = Place::default();
        let stopped = |stop| place.stopped(stop, Problem::Reasons);
        let size = self.file.expect(bundle::REASONS).map_err(stopped)?;
        let bytes = self.file.bytes(size, MOST_JSON_BYTES).map_err(stopped)?;
        if Hash::of(&bytes) != about.reasons_sha256 {
            return Err(place.broken(Problem::Reasons));
        }
        serde_json::from_slice(&bytes).map_err(|_| place.broken(Problem::Reasons))
    }

    fn entry(&mut self, about: &About, number: u32) -> Result<ReadEntry, VerifyError> {
        let mut place = Place {
            entry: Some(number),
            decision: None,
        };
        let size = self
            .file
            .expect(&bundle::entry_name(number))
            .map_err(|stop| place.stopped(stop, Problem::Structure))?;
        let bytes = self
            .file
            .bytes(size, MOST_JSON_BYTES)
            .map_err(|stop| place.stopped(stop, Problem::Structure))?;
        let entry = Entry::from_json(&bytes).map_err(|_| place.broken(Problem::EntryFormat))?;
        place.decision = Some(entry.decision());
        if entry.own_hash().ok() != Some(entry.hash) {
            return Err(place.broken(Problem::EntryHash));
        }
        match self.last {
            Some(last) if entry.prev != last.hash || entry.seq != last.seq + 1 => {
                return Err(place.broken(Problem::Chain));
            }
            // The entry is sound in itself, so it is the head of the file that disagrees with it.
            None if entry.prev != about.anchor => return Err(Place::default().broken(Problem::About)),
            _ => {}
        }
        let needs: Needs = self
            .seen
            .needs(&entry)
            .ok_or_else(|| place.broken(Problem::EntryFormat))?;
        let mut member = |sha256: Option<Hash>, name: fn(Hash) -> String, most, problem| {
            sha256
                .map(|sha256| {
                    self.member(sha256, &name(sha256), most, place, problem)
                        .map(|span| (sha256, span))
                })
                .transpose()
        };
        let photo = member(needs.photo, bundle::photo_name, MOST_PHOTO_BYTES, Problem::Photo)?;
        let report = member(needs.report, bundle::report_name, MOST_JSON_BYTES, Problem::Report)?;
        self.seen.add(needs);
        self.last = Some(entry.link());
        Ok(ReadEntry { entry, photo, report })
    }

    fn member(
        &mut self,
        sha256: Hash,
        name: &str,
        most: u64,
        place: Place,
        problem: Problem,
    ) -> Result<Span, VerifyError> {
        let bytes = self
            .file
            .expect(name)
            .map_err(|stop| place.stopped(stop, Problem::Structure))?;
        let span = Span {
            offset: self.file.at(),
            bytes,
        };
        let found = self
            .file
            .hash(bytes, most)
            .map_err(|stop| place.stopped(stop, problem))?;
        if found == sha256 {
            Ok(span)
        } else {
            Err(place.broken(problem))
        }
    }

    fn finish(mut self, about: &About) -> Result<(), VerifyError> {
        let place = Place::default();
        if self.last.map_or(about.anchor, |last| last.hash) != about.head {
            return Err(place.broken(Problem::Head));
        }
        let seal = format!("{}\n", self.file.so_far());
        let size = self
            .file
            .expect(bundle::SEAL)
            .map_err(|stop| place.stopped(stop, Problem::Structure))?;
        let found = self
            .file
            .bytes(size, MOST_JSON_BYTES)
            .map_err(|stop| place.stopped(stop, Problem::Seal))?;
        if found != seal.as_bytes() {
            return Err(place.broken(Problem::Seal));
        }
        self.file.end().map_err(|stop| place.stopped(stop, Problem::Structure))
    }
}
