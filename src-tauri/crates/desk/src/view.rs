//! What a screen is given: plain data, ready to be shown, with names masked. The front end's types are generated from
//! these. No pixels: a photo is asked for by its submission through the shell's photo scheme.

mod audit;
mod day;

pub use audit::{BundleView, BundledDecision, ExportView, Mark, Seal};
pub use day::{
    BlindView, DayView, DueView, FloorBatchView, FloorReviewerView, FloorView, HourView, MachineView, ReasonCount,
};

use analyzer::report::{Report, Status};
use chrono::{DateTime, Utc};
use domain::{
    Account, BatchCode, Deadline, DecisionId, Eyes, MessageCard, Pinned, Question, ReasonCode, SubmissionId,
    SubmissionState, Verdict,
};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct SessionView {
    /// Who is signed in; absent: nobody.
    pub account: Option<Account>,
    pub connection: Connection,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Connection {
    /// The backend answered the last call.
    Online,
    /// It did not; work goes on with what is leased.
    Offline,
    /// It answers, but wants a new sign-in: the session ended, or this one was opened without it.
    SignInAgain,
}

/// The answer to signing out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct SignedOutView {
    /// Decisions that could not be sent; they are when the same person signs in again.
    pub unsent: u32,
}

/// Everything around the photo, in one answer.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct QueueView {
    /// What this desk holds and has not decided, due first first.
    pub photos: Vec<QueuedPhoto>,
    /// Pending review and leased by nobody, as last heard; absent: never heard.
    pub waiting_at_backend: Option<u32>,
    /// Decided, but not yet taken by the backend; newest first.
    pub outbox: Vec<OutboxItem>,
    /// What the backend took of today's decisions, the last few, newest first: all that can be done is to correct them.
    pub sent: Vec<SentDecision>,
    /// Decisions that the backend refused; newest first. They stay until they are acknowledged.
    pub refused: Vec<RefusedDecision>,
    pub connection: Connection,
    pub decided_today: u32,
    pub hours: HoursView,
    /// On how many photos of a hundred the machine's verdict stays hidden until the first key, as a supervisor set it:
    /// 0 … 100.
    pub blind_percent: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct QueuedPhoto {
    pub submission: SubmissionId,
    pub masked_name: String,
    pub school: String,
    pub batch: BatchCode,
    pub attempt: u32,
    pub submitted_at: DateTime<Utc>,
    /// Absent where the calendar has no data for the year (see [`HoursView::missing_year`]).
    pub deadline: Option<Deadline>,
    pub urgency: Urgency,
    /// Whether photo and report are on this machine.
    pub ready: bool,
    /// How many others handed in the same shot; absent: not compared yet.
    pub same_shots: Option<u32>,
    /// What the checks add up to; absent: not analysed yet, or the photo can't be read.
    pub machine: Option<Status>,
    /// As [`PhotoView::blind`]: `machine` stays hidden at first.
    pub blind: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// Past the latest time.
    Overdue,
    /// Past the promised time, or due today.
    DueToday,
    Later,
    /// No deadline could be computed.
    Unknown,
}

#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct HoursView {
    /// Whether the working calendar has the desk open now; absent: no data.
    pub open: Option<bool>,
    /// When it next closes (while open) or opens (while closed).
    pub next_change_at: Option<DateTime<Utc>>,
    /// A year the calendar lacks.
    pub missing_year: Option<i32>,
    /// Whether a supervisor lets the desks decide outside working hours.
    pub overtime: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct OutboxItem {
    pub decision: DecisionId,
    pub submission: SubmissionId,
    pub masked_name: String,
    pub verdict: Verdict,
    pub reasons: Vec<ReasonCode>,
    pub note: String,
    pub decided_at: DateTime<Utc>,
    /// Until then it can be undone; after it, it is being sent.
    pub held_until: DateTime<Utc>,
    /// How often sending was tried.
    pub attempts: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct SentDecision {
    pub decision: DecisionId,
    pub submission: SubmissionId,
    pub masked_name: String,
    pub verdict: Verdict,
    pub decided_at: DateTime<Utc>,
    /// It took the place of an earlier one.
    pub correction: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct RefusedDecision {
    pub decision: DecisionId,
    pub submission: SubmissionId,
    pub masked_name: String,
    pub verdict: Verdict,
    pub decided_at: DateTime<Utc>,
    /// An error code of the backend, such as `lease_ended` or `already_decided`.
    pub code: String,
}

/// One photo with its checks.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct PhotoView {
    pub submission: SubmissionId,
    pub masked_name: String,
    pub masked_id_number: String,
    pub student_no: String,
    pub school: String,
    pub batch: BatchCode,
    pub attempt: u32,
    pub submitted_at: DateTime<Utc>,
    pub deadline: Option<Deadline>,
    /// Absent: the photo can't be read, see `unreadable`.
    pub report: Option<Report>,
    /// Code of the analyzer's decode error.
    pub unreadable: Option<String>,
    /// Reasons that the failed checks suggest, in their order.
    pub suggested: Vec<ReasonCode>,
    /// The machine's verdict stays hidden until the reviewer has chosen: one of the sample that measures its pull.
    pub blind: bool,
    /// What a reviewer asks the supervisor about it.
    pub question: Option<Question>,
    /// Who else handed in the same shot, the nearest first; absent: not compared yet.
    pub same_shots: Option<Vec<SameShotView>>,
}

/// Another submission with the same shot, or nearly.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct SameShotView {
    pub submission: SubmissionId,
    pub masked_name: String,
    /// Under the same ID number.
    pub same_person: bool,
    pub batch: BatchCode,
    pub school: String,
    pub attempt: u32,
    pub state: SubmissionState,
    pub submitted_at: DateTime<Utc>,
    pub verdict: Option<Verdict>,
    /// How far the features have moved between the two photos, in percent of the distance between the eyes; absent where an
    /// older desk compared them.
    pub moved_percent: Option<f64>,
    pub eyes: Eyes,
}

/// The answer to a keystroke: the decision is on disk.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct DecisionView {
    pub decision: DecisionId,
    pub submission: SubmissionId,
    pub verdict: Verdict,
    pub held_until: DateTime<Utc>,
    /// The student's message with the name masked.
    pub message: MessageCard,
}

/// Where a reviewer is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PlaceView {
    /// The photo in front.
    pub submission: Option<SubmissionId>,
    /// Rejections that are half made.
    pub drafts: Vec<DraftView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DraftView {
    pub submission: SubmissionId,
    pub reasons: Vec<ReasonCode>,
    pub note: String,
}

/// What a person may set. Kept in the desk's store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct Settings {
    pub language: Language,
    pub theme: Theme,
    /// How long a decision is held, and can be undone, before it is sent: 0 … 60.
    pub hold_s: u32,
    /// How many submissions the desk leases ahead: 1 … 100.
    pub lease_ahead: u32,
    /// Size of everything but the photo: 100 … 200.
    pub scale_percent: u32,
    /// Keys that a person chose, by action; what is not named has its usual key.
    pub keys: BTreeMap<String, String>,
    /// A streak with less time a photo than this asks for a breath: 0 … 5000; 0: never.
    pub breath_ms: u32,
    /// Which panes and overlays are open, by name; what is not named is as usual.
    pub panes: BTreeMap<String, bool>,
    /// The guided tour was taken, or declined.
    pub tour_seen: bool,
    /// Whether to ask, at the start, if there is a newer program.
    pub check_updates: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            language: Language::Zh,
            theme: Theme::System,
            hold_s: 10,
            lease_ahead: 20,
            scale_percent: 100,
            keys: BTreeMap::new(),
            breath_ms: 600,
            panes: BTreeMap::new(),
            tour_seen: false,
            check_updates: false,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub enum Language {
    #[serde(rename = "zh-CN")]
    Zh,
    #[serde(rename = "en")]
    En,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    System,
    Light,
    Dark,
}

/// How far a long action is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct ProgressView {
    pub percent: u32,
}

/// A newer program that is announced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct UpdateView {
    pub version: String,
    /// What is new; may be empty.
    pub notes: String,
}

/// Every attempt of a student, oldest first.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct LifeView {
    pub attempts: Vec<AttemptView>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct AttemptView {
    pub submission: SubmissionId,
    pub attempt: u32,
    pub state: SubmissionState,
    pub submitted_at: DateTime<Utc>,
    pub decisions: Vec<PastDecision>,
    /// As sent, with the name masked.
    pub messages: Vec<PastMessage>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct PastDecision {
    pub decision: DecisionId,
    pub verdict: Verdict,
    pub reasons: Vec<ReasonCode>,
    pub note: String,
    pub reviewer_name: String,
    pub decided_at: DateTime<Utc>,
    pub received_at: DateTime<Utc>,
    pub pinned: Pinned,
    /// The decision that this one took the place of.
    pub corrects: Option<DecisionId>,
    /// Whether whoever is signed in may correct it now, as far as the desk can tell.
    pub correctable: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct PastMessage {
    pub card: MessageCard,
    /// When the channel took it; absent: not yet.
    pub sent_at: Option<DateTime<Utc>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct SearchView {
    pub found: Vec<FoundView>,
    /// There are more than these.
    pub more: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct FoundView {
    pub submission: SubmissionId,
    pub masked_name: String,
    pub student_no: String,
    pub batch: BatchCode,
    pub school: String,
    pub attempt: u32,
    pub state: SubmissionState,
    pub submitted_at: DateTime<Utc>,
}
