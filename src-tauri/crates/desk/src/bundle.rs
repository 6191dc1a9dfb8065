//! Looking through an audit file, with no backend needed, and marking its decisions as right or wrong.

use crate::long::Told;
use crate::photo::suggested;
use crate::queue::deadline;
use crate::view::{BundleView, BundledDecision, Mark, PhotoView, Seal};
use crate::{Desk, Error};
use analyzer::report::Report;
use audit::{Body, Decided, Hash, Opened, Span, VerifyError};
use domain::{Account, Decision, DecisionId, Reason};
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::StoredMark;
use tokio::task::spawn_blocking;

/// The file that is being looked through. Photos stay in it until they are asked for.
pub(crate) struct OpenBundle {
    path: PathBuf,
    opened: Opened,
}

impl Desk {
    /// Opens an audit file and verifies all of it. For supervisors.
    ///
    /// # Errors
    /// [`Error::NotAllowed`], [`Error::NotAnAuditFile`], [`Error::UnreadableFile`], [`Error::Cancelled`]. A broken file is no error, see
    /// [`BundleView::seal`].
    pub async fn open_audit(&self, path: &Path) -> Result<BundleView, Error> {
        self.supervisor()?;
        let owned = path.to_owned();
        let under_way = self.begin_long();
        let long = Arc::clone(&under_way.long);
        let opened = spawn_blocking(move || {
            let file = File::open(owned).map_err(Error::UnreadableFile)?;
            let told = Told {
                all: file.metadata().map_err(Error::UnreadableFile)?.len(),
                inner: file,
                long: Arc::clone(&long),
                done: 0,
            };
            audit::open(BufReader::new(told)).map_err(|error| long.error(unread(error)))
        })
        .await
        .map_err(|_| Error::Internal("reading an audit file stopped"))??;
        drop(under_way);
        let marks = self.store().marks().await?;
        let decisions = bundled(&opened, marks);
        let view = BundleView {
            path: path.display().to_string(),
            from: opened.about.from,
            to: opened.about.to,
            exported_at: opened.about.exported_at,
            seal: seal(&opened),
            decisions,
            reasons: words(&opened),
        };
        // Whoever signed out meanwhile leaves nothing open.
        let mut state = self.state();
        if state.signed_in.is_some() {
            state.bundle = Some(Arc::new(OpenBundle {
                path: path.to_owned(),
                opened,
            }));
        }
        Ok(view)
    }

    /// # Errors
    /// [`Error::UnknownDecision`] where the open file does not hold it.
    pub async fn audit_photo(&self, decision: DecisionId) -> Result<PhotoView, Error> {
        let (bundle, decided) = self.in_file(decision)?;
        let report: Option<Report> = match decided.report_sha256 {
            None => None,
            Some(sha256) => {
                let span = *bundle.opened.reports.get(&sha256).ok_or(Error::UnknownDecision)?;
                let bytes = read(bundle, sha256, span).await?;
                Some(serde_json::from_slice(&bytes).map_err(|_| Error::NewerAuditFile)?)
            }
        };
        let calendar = self.store().rules().await?.map(|rules| rules.calendar);
        Ok(PhotoView {
            submission: decided.decision.submission,
            masked_name: decided.masked_name,
            // The file holds neither, not even masked.
            masked_id_number: String::new(),
            student_no: String::new(),
            school: decided.school,
            batch: decided.decision.batch,
            attempt: decided.attempt,
            submitted_at: decided.submitted_at,
            deadline: deadline(calendar.as_ref(), decided.submitted_at),
            suggested: report.as_ref().map(suggested).unwrap_or_default(),
            report,
            unreadable: decided.unreadable,
            blind: false,
            question: None,
            same_shots: None,
        })
    }

    /// The very bytes that were on the screen.
    ///
    /// # Errors
    /// [`Error::UnknownDecision`], or [`Error::UnreadableFile`] where the file has changed since it was opened.
    pub async fn audit_photo_bytes(&self, decision: DecisionId) -> Result<Vec<u8>, Error> {
        let (bundle, decided) = self.in_file(decision)?;
        let sha256: Hash = decided
            .decision
            .photo_sha256
            .parse()
            .map_err(|_| Error::UnknownDecision)?;
        let span = *bundle.opened.photos.get(&sha256).ok_or(Error::UnknownDecision)?;
        read(bundle, sha256, span).await
    }

    /// A supervisor's opinion of a decision in the open file: kept in this desk's own chain, shown again whenever a file
    /// with that decision is opened. The last one counts.
    ///
    /// # Errors
    /// [`Error::NotAllowed`], [`Error::UnknownDecision`], [`Error::LongNote`].
    pub async fn mark_decision(&self, decision: DecisionId, right: bool, note: &str) -> Result<Mark, Error> {
        let Account { id: supervisor, .. } = self.supervisor()?;
        let (bundle, _) = self.in_file(decision)?;
        let note = note.trim();
        let (got, max) = (note.chars().count(), Decision::NOTE_MAX_CHARS);
        if got > max {
            return Err(Error::LongNote { got, max });
        }
        let stored = StoredMark {
            decision,
            supervisor,
            right,
            note: note.to_owned(),
            marked_at: self.now(),
        };
        self.store().add_mark(&stored, bundle.opened.about.head).await?;
        self.changed();
        Ok(mark(stored))
    }

    fn in_file(&self, decision: DecisionId) -> Result<(Arc<OpenBundle>, Decided), Error> {
        self.supervisor()?;
        let bundle = self.state().bundle.clone().ok_or(Error::UnknownDecision)?;
        let decided = bundle
            .opened
            .entries
            .iter()
            .filter_map(|entry| decision_of(&entry.body))
            .find(|decided| decided.decision.id == decision)
            .cloned()
            .ok_or(Error::UnknownDecision)?;
        Ok((bundle, decided))
    }
}

fn decision_of(body: &Body) -> Option<&Decided> {
    match body {
        Body::Decision(decided) => Some(decided),
        _ => None,
    }
}

/// What became of a decision afterwards, as far as the file tells.
#[derive(Default)]
struct Fate {
    undone: bool,
    refused: Option<String>,
    corrected_by: Option<DecisionId>,
}

fn bundled(opened: &Opened, mut marks: HashMap<DecisionId, StoredMark>) -> Vec<BundledDecision> {
    let mut fates: HashMap<DecisionId, Fate> = HashMap::new();
    for entry in &opened.entries {
        match &entry.body {
            Body::Undo { decision } => fates.entry(*decision).or_default().undone = true,
            Body::Refused { decision, code } => fates.entry(*decision).or_default().refused = Some(code.clone()),
            Body::Decision(decided) => {
                if let Some(old) = decided.decision.corrects {
                    fates.entry(old).or_default().corrected_by = Some(decided.decision.id);
                }
            }
            Body::Mark { .. } => {}
        }
    }
    // A correction that the backend refused corrected nothing.
    let refused: HashSet<DecisionId> = fates
        .iter()
        .filter(|(_, fate)| fate.refused.is_some())
        .map(|(id, _)| *id)
        .collect();
    for fate in fates.values_mut() {
        fate.corrected_by = fate.corrected_by.filter(|correction| !refused.contains(correction));
    }
    let decisions = opened.entries.iter().filter_map(|entry| decision_of(&entry.body));
    decisions
        .map(
            |Decided {
                 decision,
                 masked_name,
                 same_shots,
                 ..
             }| {
                let Fate {
                    undone,
                    refused,
                    corrected_by,
                } = fates.remove(&decision.id).unwrap_or_default();
                BundledDecision {
                    decision: decision.id,
                    submission: decision.submission,
                    masked_name: masked_name.clone(),
                    batch: decision.batch.clone(),
                    reviewer: decision.reviewer,
                    reviewer_name: opened.about.people.get(&decision.reviewer).cloned().unwrap_or_default(),
                    verdict: decision.verdict,
                    reasons: decision.reasons.clone(),
                    note: decision.note.clone(),
                    decided_at: decision.decided_at,
                    undone,
                    refused,
                    corrects: decision.corrects,
                    corrected_by,
                    same_shots: same_shots.clone(),
                    mark: marks.remove(&decision.id).map(mark),
                }
            },
        )
        .collect()
}

fn mark(stored: StoredMark) -> Mark {
    let StoredMark {
        supervisor,
        right,
        note,
        marked_at,
        ..
    } = stored;
    Mark {
        right,
        note,
        marked_at,
        supervisor,
    }
}

fn seal(opened: &Opened) -> Seal {
    match &opened.broken {
        None => Seal::Intact {
            entries: opened.about.entries,
            head: opened.about.head.to_string(),
        },
        Some(broken) => Seal::Broken {
            entry: broken.entry,
            problem: broken.problem.code().to_owned(),
        },
    }
}

/// Every reason once; where versions differ, in the words of the later one.
fn words(opened: &Opened) -> Vec<Reason> {
    let mut words: Vec<Reason> = Vec::new();
    let mut places = HashMap::new();
    for reason in opened.reasons.iter().flat_map(|catalogue| &catalogue.reasons) {
        match places.get(&reason.code) {
            Some(place) => words[*place] = reason.clone(),
            None => {
                places.insert(reason.code.clone(), words.len());
                words.push(reason.clone());
            }
        }
    }
    words
}

async fn read(bundle: Arc<OpenBundle>, sha256: Hash, span: Span) -> Result<Vec<u8>, Error> {
    spawn_blocking(move || {
        let mut file = File::open(&bundle.path)?;
        file.seek(SeekFrom::Start(span.offset))?;
        let mut bytes = Vec::new();
        file.take(span.bytes).read_to_end(&mut bytes)?;
        if Hash::of(&bytes) != sha256 {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "the file has changed since it was opened",
            ));
        }
        Ok(bytes)
    })
    .await
    .map_err(|_| Error::Internal("reading an audit file stopped"))?
    .map_err(Error::UnreadableFile)
}

fn unread(error: VerifyError) -> Error {
    match error {
        VerifyError::NotAnAuditFile => Error::NotAnAuditFile,
        VerifyError::UnknownVersion(_) => Error::NewerAuditFile,
        VerifyError::Io(error) => Error::UnreadableFile(error),
        // Broken before the first entry: there is nothing to look through.
        VerifyError::Broken(_) => Error::NotAnAuditFile,
    }
}
