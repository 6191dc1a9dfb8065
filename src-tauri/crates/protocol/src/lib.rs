//! The HTTP contract between a desk and the collection backend: paths, bodies, error codes. Data only, no behaviour.
//!
//! Every body is JSON but a photo, which is the very bytes the student uploaded. A desk names itself by the bearer token
//! it got at sign-in. Personal data is only ever in bodies, never in a path or a query.

pub mod paths;

use chrono::{DateTime, Utc};
use domain::{
    Account, AsideKind, BatchCode, Calendar, Decision, DecisionId, Eyes, Lease, LeaseId, MessageCard, Question,
    ReasonCatalogue, ReviewerId, ShotMatch, Student, Submission, SubmissionId, SubmissionState,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `POST` [`paths::SIGN_IN`]
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct SignIn {
    pub username: String,
    pub password: String,
}

/// Answer to [`SignIn`].
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct SignedIn {
    /// Bearer token; opaque.
    pub token: String,
    pub expires_at: DateTime<Utc>,
    pub account: Account,
}

/// `GET` [`paths::RULES`]: the data that decisions are made under.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Rules {
    pub reasons: ReasonCatalogue,
    pub calendar: Calendar,
}

/// `GET` [`paths::QUEUE`]: what is waiting, for everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Queue {
    /// Pending review and leased by nobody.
    pub waiting: u32,
    /// Pending review and leased by the one who asks.
    pub leased_by_me: u32,
    /// Pending review and leased by others.
    pub leased_by_others: u32,
    pub batches: Vec<QueuedBatch>,
    /// Whether a supervisor lets the desks decide outside working hours.
    #[serde(default)]
    pub overtime: bool,
    /// On how many photos of a hundred the machine's verdict stays hidden until the reviewer has chosen, so that its pull
    /// can be measured.
    #[serde(default = "usual_blind_percent")]
    pub blind_percent: u32,
    /// Of those leased to the one who asks: since their shots were compared, the same came from somebody else. Their desk
    /// compares them again.
    #[serde(default)]
    pub compare_again: Vec<SubmissionId>,
}

/// Where no supervisor has set another.
pub const USUAL_BLIND_PERCENT: u32 = 5;

fn usual_blind_percent() -> u32 {
    USUAL_BLIND_PERCENT
}

/// `POST` [`paths::BLIND_PERCENT`], for supervisors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BlindPercent {
    /// 0 … 100
    pub percent: u32,
}

/// `POST` [`paths::OVERTIME`], for supervisors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Overtime {
    pub allowed: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QueuedBatch {
    pub code: BatchCode,
    pub school: String,
    pub title: String,
    /// Pending review, leased or not.
    pub pending: u32,
}

/// `POST` [`paths::LEASES`]: ask for submissions, those due first first. What one desk holds no other is given.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct TakeLeases {
    /// At most [`MOST_LEASES`] at once.
    pub count: u32,
    /// Only from this batch.
    pub batch: Option<BatchCode>,
}

pub const MOST_LEASES: u32 = 100;

/// Answer to [`TakeLeases`]: what this call gave, maybe fewer than asked, maybe none. And to `GET` [`paths::LEASES`]: every
/// live lease of the one who asks, so that a desk that lost its data finds its work again.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct TakenLeases {
    pub leases: Vec<LeasedSubmission>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LeasedSubmission {
    pub lease: Lease,
    pub submission: Submission,
    /// What a reviewer asks the supervisor about it; supervisors alone are given such submissions.
    #[serde(default)]
    pub question: Option<Question>,
}

/// `POST` [`paths::SET_ASIDE`]: the lease is given up, and the submission is for somebody else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SetAside {
    pub lease: LeaseId,
    pub kind: AsideKind,
    /// Why; at most [`NOTE_MAX_CHARS`] characters. A question needs one.
    pub note: String,
}

pub const NOTE_MAX_CHARS: usize = 200;

/// `POST` [`paths::RENEW_LEASES`] (the heartbeat) or [`paths::RELEASE_LEASES`].
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct LeaseIds {
    pub leases: Vec<LeaseId>,
}

/// Answer to a heartbeat.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct RenewedLeases {
    pub renewed: Vec<Lease>,
    /// Those that are no longer the caller's.
    pub lost: Vec<LeaseId>,
}

/// `POST` [`paths::DECISIONS`]: body is a [`domain::Decision`]. The same decision may be sent any number of times.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DecisionReceipt {
    pub decision: DecisionId,
    /// Whether this very call applied it; `false` where it had been applied before.
    pub applied_now: bool,
    pub received_at: DateTime<Utc>,
}

/// `GET` [`paths::MESSAGES`] with a submission's id: what its student was told, word for word, oldest first.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct SentMessages {
    pub messages: Vec<SentMessage>,
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct SentMessage {
    pub decision: DecisionId,
    pub submission: SubmissionId,
    pub card: MessageCard,
    pub state: MessageState,
    /// When the channel took it.
    pub sent_at: Option<DateTime<Utc>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MessageState {
    Queued,
    Sent,
    /// Given up: on the dead-letter list.
    Undeliverable,
}

/// `GET` [`paths::HISTORY`]: the attempts of the submission's student, oldest first.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct History {
    pub student: Student,
    pub batch: BatchCode,
    pub school: String,
    /// The photo profile of the batch.
    pub profile: String,
    pub attempts: Vec<Attempt>,
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Attempt {
    pub submission: SubmissionId,
    pub attempt: u32,
    pub state: SubmissionState,
    pub submitted_at: DateTime<Utc>,
    pub photo_sha256: String,
    pub photo_bytes: u32,
    /// Oldest first.
    pub decisions: Vec<ReceivedDecision>,
    pub messages: Vec<SentMessage>,
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ReceivedDecision {
    pub decision: Decision,
    pub reviewer_name: String,
    pub received_at: DateTime<Utc>,
}

/// `POST` [`paths::SHOT`]: what the submission's photo is known by, measured by a desk. It is kept, and what is near it is
/// answered. The same may be sent any number of times.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Shot {
    /// Of the fingerprint: only those of one version are compared.
    pub version: u32,
    /// The fingerprint, hexadecimal.
    pub bits: String,
    pub eyes: Eyes,
    /// So many bits may differ; at most [`MOST_DISTANCE_BITS`].
    pub within_bits: u32,
}

/// Fingerprints have 256 bits, and strangers' differ in about half of them: what is asked beyond this is not answered, so
/// that nobody sees photos that have nothing to do with the one in hand. The analyzer's reach.
pub const MOST_DISTANCE_BITS: u32 = 90;

/// Answer to [`Shot`]: at most [`MOST_MATCHES`] submissions, the nearest first. Their photos are for the caller to see as
/// long as the submission itself is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ShotMatches {
    pub matches: Vec<ShotMatch>,
}

pub const MOST_MATCHES: usize = 10;

/// `POST` [`paths::SEARCH`]: a part of a name (`*` stands for anything), a student number, the end of an ID number, or a
/// batch's code.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Search {
    pub text: String,
}

pub const MOST_FOUND: u32 = 50;

/// Answer to [`Search`]: at most [`MOST_FOUND`], newest first. A reviewer finds what is leased to or was decided by them,
/// a supervisor everything.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Found {
    pub submissions: Vec<FoundSubmission>,
    /// There are more than these.
    pub more: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct FoundSubmission {
    pub submission: SubmissionId,
    pub student: Student,
    pub batch: BatchCode,
    pub school: String,
    pub attempt: u32,
    pub state: SubmissionState,
    pub submitted_at: DateTime<Utc>,
}

/// `GET` [`paths::FLOOR`]: the day so far (midnight in Shanghai to now), for supervisors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Floor {
    pub at: DateTime<Utc>,
    /// Who decided something today or holds a lease.
    pub reviewers: Vec<FloorReviewer>,
    pub batches: Vec<FloorBatch>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FloorReviewer {
    pub reviewer: ReviewerId,
    pub display_name: String,
    pub passed: u32,
    pub rejected: u32,
    /// Live leases.
    pub leased: u32,
    pub last_decision_at: Option<DateTime<Utc>>,
    /// Decisions by the hour of the day in Shanghai, 24 of them.
    pub by_hour: Vec<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FloorBatch {
    pub code: BatchCode,
    pub school: String,
    pub title: String,
    /// Waiting for a decision, leased or not.
    pub pending: u32,
    /// When the one that waits longest was handed in.
    pub oldest_submitted_at: Option<DateTime<Utc>>,
    pub passed: u32,
    pub rejected: u32,
    /// Questions that no supervisor has answered.
    pub questions: u32,
}

/// The body of every answer that is not a success.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ErrorBody {
    pub code: ErrorCode,
    /// For a developer; without personal data.
    pub message: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// 400: the body is not of the contract; 405: nor is the method; 413: nor is the size.
    BadRequest,
    /// 401: no account of that name with that password; which of the two is not said.
    WrongPassword,
    /// 401: no token, or one that has ended.
    NotSignedIn,
    /// 403: the account's role does not allow it.
    NotAllowed,
    /// 404
    NotFound,
    /// 409: the lease that the decision was made under has ended or was never the caller's.
    LeaseEnded,
    /// 409: somebody decided it first, or the student withdrew it.
    AlreadyDecided,
    /// 409: another decision was sent under the same id.
    IdReused,
    /// 409: the decision that was to be corrected has been corrected already.
    AlreadyCorrected,
    /// 409: the student has handed in another photo since.
    NewAttempt,
    /// 409: the standard photo is made already, or the student withdrew the photo.
    PastCorrection,
    /// 422: verdict, reasons and note do not belong together, or the photo is not the one that was leased.
    InvalidDecision,
    /// 429: too many wrong passwords in a row; try again later.
    TooManyAttempts,
    /// 500
    Internal,
    /// 503: the backend can't work just now; try again later.
    Unavailable,
}
