//! Getting a photo: the very bytes that were leased, or none.

use crate::{ClientError, Session, answer, retry};
use domain::{Submission, SubmissionId};
use protocol::paths;
use reqwest::RequestBuilder;
use sha2::{Digest, Sha256};
use std::time::Duration;

/// No photo that a student can upload is larger.
pub const MOST_PHOTO_BYTES: u32 = 64 * 1024 * 1024;
const PHOTO_TIMEOUT: Duration = Duration::from_secs(30);

impl Session {
    /// The photo of a leased submission, its size and hash checked.
    ///
    /// # Errors
    /// [`ClientError::WrongPhoto`] where other bytes came than those that were leased.
    pub async fn photo(&self, submission: &Submission) -> Result<Vec<u8>, ClientError> {
        self.photo_of(submission.id, &submission.photo_sha256, submission.photo_bytes)
            .await
    }

    /// The photo of any submission that the caller may see, its size and hash checked.
    ///
    /// # Errors
    /// As [`Session::photo`].
    pub async fn photo_of(&self, submission: SubmissionId, sha256: &str, bytes: u32) -> Result<Vec<u8>, ClientError> {
        let expected_bytes = bytes.min(MOST_PHOTO_BYTES) as usize;
        let path = paths::PHOTO.replace("{submission}", &submission.to_string());
        let bytes = retry::repeatable(|| fetch(self.get(&path).timeout(PHOTO_TIMEOUT), expected_bytes)).await?;
        if hex::encode(Sha256::digest(&bytes)) != sha256 {
            return Err(ClientError::WrongPhoto);
        }
        Ok(bytes)
    }
}

async fn fetch(request: RequestBuilder, expected_bytes: usize) -> Result<Vec<u8>, ClientError> {
    match answer::body(answer::send(request).await?, expected_bytes).await {
        Err(ClientError::Broken(_)) => Err(ClientError::WrongPhoto),
        other => other,
    }
}
