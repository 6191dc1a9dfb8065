//! Audit files as a screen is given them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{BatchCode, DecisionId, Reason, ReasonCode, ReviewerId, SubmissionId, Verdict};
use serde::{Deserialize, Serialize};
use specta::Type;

/// An audit file that was written.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct ExportView {
    pub path: String,
    pub decisions: u32,
    pub bytes: f64,
    /// Hash of the last entry, to be noted and compared with [`Seal::Intact`] where the file is opened.
    pub head: String,
}

/// An audit file that was opened.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct BundleView {
    pub path: String,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub exported_at: DateTime<Utc>,
    pub seal: Seal,
    /// In the order they were made; those behind a broken entry are not shown.
    pub decisions: Vec<BundledDecision>,
    /// The words of the reasons that its decisions and reports name, as they were when it was written.
    pub reasons: Vec<Reason>,
}

/// Whether a file is what was exported.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Seal {
    Intact {
        entries: u32,
        /// Hash of the last entry, to be compared with the one noted at export.
        head: String,
    },
    Broken {
        /// 1-based number of the first bad entry in the file; absent: the file as a whole.
        entry: Option<u32>,
        /// What is wrong: a code.
        problem: String,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct BundledDecision {
    pub decision: DecisionId,
    pub submission: SubmissionId,
    pub masked_name: String,
    pub batch: BatchCode,
    pub reviewer: ReviewerId,
    pub reviewer_name: String,
    pub verdict: Verdict,
    pub reasons: Vec<ReasonCode>,
    pub note: String,
    pub decided_at: DateTime<Utc>,
    /// Taken back within the hold; the student never heard of it.
    pub undone: bool,
    /// Error code with which the backend refused it; the student never heard of it.
    pub refused: Option<String>,
    /// The decision that this one took the place of; it may stand in an earlier file.
    pub corrects: Option<DecisionId>,
    /// The decision of this file that took the place of this one.
    pub corrected_by: Option<DecisionId>,
    /// Submissions that were shown beside it as the same shot, the nearest first.
    pub same_shots: Vec<SubmissionId>,
    pub mark: Option<Mark>,
}

/// A supervisor's opinion of a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Mark {
    pub right: bool,
    pub note: String,
    pub marked_at: DateTime<Utc>,
    pub supervisor: ReviewerId,
}
