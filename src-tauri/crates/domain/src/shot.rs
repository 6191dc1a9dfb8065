//! The same shot handed in more than once (同版): what a desk is told of the other submission.

use crate::{BatchCode, SubmissionId, SubmissionState, Verdict};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;
use utoipa::ToSchema;

/// Another submission whose photo is the same shot, or nearly: another student's, or another credential's of the same
/// person. Never an attempt of the same submission's student: those belong to its history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ShotMatch {
    pub submission: SubmissionId,
    /// Bits of the two fingerprints that differ.
    pub distance_bits: u32,
    pub masked_name: String,
    /// Under the same ID number.
    pub same_person: bool,
    pub batch: BatchCode,
    pub school: String,
    pub attempt: u32,
    pub state: SubmissionState,
    pub submitted_at: DateTime<Utc>,
    /// What was decided of it last.
    pub verdict: Option<Verdict>,
    pub photo_sha256: String,
    pub photo_bytes: u32,
    pub eyes: Eyes,
    /// How far the features have moved between the two photos, in percent of the distance between the eyes: the desk
    /// measures it on both, the backend names whatever may be near.
    #[serde(default)]
    pub moved_percent: Option<f64>,
}

/// Where the eyes are in the upright photo, so that two photos can be laid over each other.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type, ToSchema)]
pub struct Eyes {
    pub left_eye_px: Spot,
    pub right_eye_px: Spot,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type, ToSchema)]
pub struct Spot {
    pub x_px: f64,
    pub y_px: f64,
}
