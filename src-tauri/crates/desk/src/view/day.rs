//! A reviewer's day and the floor as a screen is given them.

use analyzer::report::Status;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{BatchCode, Deadline, ReasonCode};
use serde::Serialize;
use specta::Type;

/// One reviewer's day at this desk; what was taken back is not counted.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct DayView {
    pub day: NaiveDate,
    pub passed: u32,
    pub rejected: u32,
    /// By the hour of the day in Shanghai, 24 of them.
    pub hours: Vec<HourView>,
    /// Time from a photo on the screen to its decision: the median and the 95th percentile.
    pub median_look_ms: Option<u32>,
    pub long_look_ms: Option<u32>,
    /// Most frequent first.
    pub reasons: Vec<ReasonCount>,
    /// What was decided where the machine said what.
    pub machine: Vec<MachineView>,
    pub blind: BlindView,
    /// What is in hand, by the day it is promised for.
    pub due: Vec<DueView>,
    pub waiting_to_send: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct HourView {
    pub passed: u32,
    pub rejected: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct ReasonCount {
    pub code: ReasonCode,
    pub count: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct MachineView {
    pub machine: Status,
    pub passed: u32,
    pub rejected: u32,
}

/// Photos whose machine verdict was hidden at first, and on how many of them seeing it changed the reviewer's mind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct BlindView {
    pub shown: u32,
    pub changed: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct DueView {
    pub day: NaiveDate,
    pub count: u32,
}

/// The photo centre's day so far.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct FloorView {
    pub at: DateTime<Utc>,
    pub reviewers: Vec<FloorReviewerView>,
    pub batches: Vec<FloorBatchView>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct FloorReviewerView {
    pub display_name: String,
    pub passed: u32,
    pub rejected: u32,
    pub leased: u32,
    pub last_decision_at: Option<DateTime<Utc>>,
    /// Decisions by the hour of the day in Shanghai, 24 of them.
    pub by_hour: Vec<u32>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct FloorBatchView {
    pub code: BatchCode,
    pub school: String,
    pub title: String,
    pub pending: u32,
    /// Of the submission that waits longest.
    pub deadline: Option<Deadline>,
    pub passed: u32,
    pub rejected: u32,
    /// Questions that no supervisor has answered.
    pub questions: u32,
}
