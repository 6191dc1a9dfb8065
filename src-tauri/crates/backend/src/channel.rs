//! How a message reaches a student. The first channel is an inbox that the backend itself shows as a page.

use crate::storage::{Database, inbox};
use chrono::{DateTime, Utc};
use domain::{DecisionId, MessageCard, StudentId, SubmissionId};
use std::pin::Pin;

/// One message on its way.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// The idempotency key: a channel that has taken it once takes it again without effect.
    pub decision: DecisionId,
    pub student: StudentId,
    pub submission: SubmissionId,
    pub card: MessageCard,
}

/// Why a channel did not take a message; the words go on record and hold nothing personal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// To be tried again later.
    #[error("not now: {0}")]
    Transient(String),
    /// Trying again is of no use.
    #[error("never: {0}")]
    Permanent(String),
}

pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<(), SendError>> + Send + 'a>>;

pub trait Channel: Send + Sync {
    fn send<'a>(&'a self, message: &'a Outgoing, now: DateTime<Utc>) -> Sending<'a>;
}

/// The demonstration channel.
pub struct Inbox {
    pub database: Database,
}

impl Channel for Inbox {
    fn send<'a>(&'a self, message: &'a Outgoing, now: DateTime<Utc>) -> Sending<'a> {
        Box::pin(async move {
            let delivered = async {
                let mut conn = self.database.connection().await?;
                inbox::add(&mut conn, message, now).await
            };
            delivered.await.map_err(|error| SendError::Transient(error.to_string()))
        })
    }
}
