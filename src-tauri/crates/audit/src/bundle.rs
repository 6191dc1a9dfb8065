//! Writing a span of the chain as one file, in this order:
//!
//! ```text
//! about.json                 what this file is; names the hash before its first entry and that of its last
//! reasons.json               the reason catalogues that its decisions were made under
//! entries/000001.json        and, right behind the first entry that shows them:
//! photos/<sha256>            the bytes that were on the screen
//! reports/<sha256>.json      the report that was beside them
//! entries/000002.json …
//! seal                       SHA-256 of every byte before it
//! ```

use crate::archive::Writer;
use crate::entry::{Body, Entry, EntryError, Link};
use crate::hash::Hash;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{ReasonCatalogue, ReviewerId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};
use std::io::{self, Write};

pub const FORMAT: &str = "photo-review-desk audit";
pub const VERSION: u32 = 1;

pub(crate) const ABOUT: &str = "about.json";
pub(crate) const REASONS: &str = "reasons.json";
pub(crate) const SEAL: &str = "seal";

pub(crate) fn entry_name(number: u32) -> String {
    format!("entries/{number:06}.json")
}

pub(crate) fn photo_name(sha256: Hash) -> String {
    format!("photos/{sha256}")
}

pub(crate) fn report_name(sha256: Hash) -> String {
    format!("reports/{sha256}.json")
}

/// The first member: what the file is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct About {
    /// [`FORMAT`]
    pub format: String,
    /// [`VERSION`]
    pub version: u32,
    /// The desk whose chain this is; a random name, given when its store was made.
    pub desk: String,
    /// First and last day, both included, in Asia/Shanghai.
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// To the second.
    pub exported_at: DateTime<Utc>,
    /// Hash of the entry before the first one of this file.
    pub anchor: Hash,
    /// Hash of the last entry of this file.
    pub head: Hash,
    pub entries: u32,
    pub decisions: u32,
    pub reasons_sha256: Hash,
    /// What colleagues call those who acted.
    pub people: BTreeMap<ReviewerId, String>,
}

/// What the writer wants beside an entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    pub photo: Option<Hash>,
    pub report: Option<Hash>,
}

#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error("the file can't be written")]
    Io(#[from] io::Error),
    #[error("entry {seq} does not follow the one before it")]
    NotAChain { seq: u64 },
    #[error("what was given beside entry {seq} is not what the entry names")]
    NotTheSame { seq: u64 },
    #[error("the entries are not those that were announced")]
    Incomplete,
    #[error("an entry can't be written")]
    Entry(#[from] EntryError),
    #[error("the head of the file can't be written")]
    Unwritable(#[from] serde_json::Error),
}

pub struct BundleWriter<W> {
    out: Writer<W>,
    about: About,
    last: Option<Link>,
    written: u32,
    seen: Seen,
}

/// The photos and reports that are in the file already.
#[derive(Default)]
pub(crate) struct Seen {
    photos: HashSet<Hash>,
    reports: HashSet<Hash>,
}

impl Seen {
    /// What has to stand behind this entry. `None`: the entry's photo hash is no hash.
    pub(crate) fn needs(&self, entry: &Entry) -> Option<Needs> {
        let Body::Decision(decided) = &entry.body else {
            return Some(Needs::default());
        };
        let photo: Hash = decided.decision.photo_sha256.parse().ok()?;
        Some(Needs {
            photo: Some(photo).filter(|sha256| !self.photos.contains(sha256)),
            report: decided.report_sha256.filter(|sha256| !self.reports.contains(sha256)),
        })
    }

    pub(crate) fn add(&mut self, needs: Needs) {
        self.photos.extend(needs.photo);
        self.reports.extend(needs.report);
    }
}

impl<W: Write> BundleWriter<W> {
    /// Starts a file. `about.reasons_sha256` is filled in here.
    ///
    /// # Errors
    /// Where nothing can be written.
    pub fn begin(out: W, mut about: About, reasons: &[ReasonCatalogue]) -> Result<BundleWriter<W>, WriteError> {
        let reasons = serde_json::to_vec(reasons)?;
        about.reasons_sha256 = Hash::of(&reasons);
        let mut out = Writer::new(out, mtime_s(about.exported_at));
        out.member(ABOUT, &serde_json::to_vec_pretty(&about)?)?;
        out.member(REASONS, &reasons)?;
        Ok(BundleWriter {
            out,
            about,
            last: None,
            written: 0,
            seen: Seen::default(),
        })
    }

    /// What [`BundleWriter::entry`] wants to be given for this entry.
    pub fn needs(&self, entry: &Entry) -> Needs {
        self.seen.needs(entry).unwrap_or_default()
    }

    /// Writes the next entry with what it needs. Nothing false gets into the file: the chain and the hashes are
    /// checked here too.
    ///
    /// # Errors
    /// Where the entry doesn't follow, where photo or report are not the ones, or where nothing can be written.
    pub fn entry(&mut self, entry: &Entry, photo: Option<&[u8]>, report: Option<&[u8]>) -> Result<(), WriteError> {
        let seq = entry.seq;
        let follows = match self.last {
            None => entry.prev == self.about.anchor,
            Some(last) => entry.prev == last.hash && seq == last.seq + 1,
        };
        if !follows || entry.own_hash()? != entry.hash {
            return Err(WriteError::NotAChain { seq });
        }
        let needs = self.seen.needs(entry).ok_or(WriteError::NotTheSame { seq })?;
        if photo.map(Hash::of) != needs.photo || report.map(Hash::of) != needs.report {
            return Err(WriteError::NotTheSame { seq });
        }
        self.written += 1;
        self.out.member(&entry_name(self.written), &entry.to_json()?)?;
        if let (Some(sha256), Some(bytes)) = (needs.photo, photo) {
            self.out.member(&photo_name(sha256), bytes)?;
        }
        if let (Some(sha256), Some(bytes)) = (needs.report, report) {
            self.out.member(&report_name(sha256), bytes)?;
        }
        self.seen.add(needs);
        self.last = Some(entry.link());
        Ok(())
    }

    /// Seals the file.
    ///
    /// # Errors
    /// Where entries are missing, or where nothing can be written.
    pub fn finish(mut self) -> Result<W, WriteError> {
        let head = self.last.map_or(self.about.anchor, |last| last.hash);
        if self.written != self.about.entries || head != self.about.head {
            return Err(WriteError::Incomplete);
        }
        let seal = format!("{}\n", self.out.so_far());
        self.out.member(SEAL, seal.as_bytes())?;
        Ok(self.out.end()?)
    }
}

/// The time of every member, so that the file shows the day of its making when it is unpacked.
pub(crate) fn mtime_s(exported_at: DateTime<Utc>) -> u64 {
    u64::try_from(exported_at.timestamp()).unwrap_or(0)
}
