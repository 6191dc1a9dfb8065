//! One link of the chain: what happened, when, who did it, and the hash of the link before.
//!
//! An entry has exactly one spelling in JSON, the one that [`Entry::to_json`] writes. Its hash is over that spelling
//! without the hash itself.

use crate::hash::{ENTRY_MARK, Hash};
use chrono::{DateTime, SubsecRound, Utc};
use domain::{Decision, DecisionId, ReviewerId, SubmissionId};
use serde::{Deserialize, Serialize};

/// Where a chain stands: the number and hash of its last entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    pub seq: u64,
    pub hash: Hash,
}

impl Link {
    /// Before the first entry.
    pub const START: Link = Link {
        seq: 0,
        hash: Hash::NONE,
    };
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// From 1, without gaps.
    pub seq: u64,
    /// Hash of the entry before this one.
    pub prev: Hash,
    pub hash: Hash,
    /// To the millisecond.
    pub at: DateTime<Utc>,
    pub actor: ReviewerId,
    pub body: Body,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Body {
    Decision(Box<Decided>),
    /// The decision was taken back within its hold: the student never heard of it.
    Undo {
        decision: DecisionId,
    },
    /// The backend refused the decision: the student never heard of it.
    Refused {
        decision: DecisionId,
        code: String,
    },
    /// A supervisor's opinion of a decision in the audit file whose last entry has the hash `head`.
    Mark {
        decision: DecisionId,
        head: Hash,
        right: bool,
        note: String,
    },
}

/// A decision and what was on the screen when it was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decided {
    pub decision: Decision,
    pub masked_name: String,
    pub school: String,
    pub attempt: u32,
    pub submitted_at: DateTime<Utc>,
    /// Of the very bytes of the report; absent where the photo could not be read.
    pub report_sha256: Option<Hash>,
    /// Code of the decode error of a photo that could not be read.
    pub unreadable: Option<String>,
    /// Submissions that were shown beside it as the same shot, the nearest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub same_shots: Vec<SubmissionId>,
}

#[derive(Debug, thiserror::Error)]
pub enum EntryError {
    #[error("not an entry, or not in the one spelling that an entry has")]
    Unreadable,
    #[error("the entry can't be written")]
    Unwritable(#[source] serde_json::Error),
}

/// All of an entry that its hash is over.
#[derive(Serialize)]
struct Hashed<'a> {
    seq: u64,
    prev: Hash,
    at: DateTime<Utc>,
    actor: ReviewerId,
    body: &'a Body,
}

impl Entry {
    /// The entry that comes after `last`.
    ///
    /// # Errors
    /// Where the body can't be written as JSON.
    pub fn after(last: Link, at: DateTime<Utc>, actor: ReviewerId, body: Body) -> Result<Entry, EntryError> {
        let mut entry = Entry {
            seq: last.seq + 1,
            prev: last.hash,
            hash: Hash::NONE,
            at: at.trunc_subsecs(3),
            actor,
            body,
        };
        entry.hash = entry.own_hash()?;
        Ok(entry)
    }

    /// What the hash has to be.
    ///
    /// # Errors
    /// As [`Entry::after`].
    pub fn own_hash(&self) -> Result<Hash, EntryError> {
        let Entry {
            seq,
            prev,
            at,
            actor,
            body,
            ..
        } = self;
        let hashed = Hashed {
            seq: *seq,
            prev: *prev,
            at: *at,
            actor: *actor,
            body,
        };
        let bytes = serde_json::to_vec(&hashed).map_err(EntryError::Unwritable)?;
        Ok(Hash::marked(ENTRY_MARK, &bytes))
    }

    /// The one spelling.
    ///
    /// # Errors
    /// As [`Entry::after`].
    pub fn to_json(&self) -> Result<Vec<u8>, EntryError> {
        serde_json::to_vec(self).map_err(EntryError::Unwritable)
    }

    /// # Errors
    /// Anything but the one spelling. The hash is not looked at.
    pub fn from_json(bytes: &[u8]) -> Result<Entry, EntryError> {
        let entry: Entry = serde_json::from_slice(bytes).map_err(|_| EntryError::Unreadable)?;
        if entry.to_json()? != bytes {
            return Err(EntryError::Unreadable);
        }
        Ok(entry)
    }

    pub fn link(&self) -> Link {
        Link {
            seq: self.seq,
            hash: self.hash,
        }
    }

    /// The decision that this entry makes or is about.
    pub fn decision(&self) -> DecisionId {
        match &self.body {
            Body::Decision(decided) => decided.decision.id,
            Body::Undo { decision } | Body::Refused { decision, .. } | Body::Mark { decision, .. } => *decision,
        }
    }
}

impl Body {
    pub fn kind(&self) -> &'static str {
        match self {
            Body::Decision(_) => "decision",
            Body::Undo { .. } => "undo",
            Body::Refused { .. } => "refused",
            Body::Mark { .. } => "mark",
        }
    }
}
