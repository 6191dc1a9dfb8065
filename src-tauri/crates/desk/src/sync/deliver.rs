//! Decisions go out, in the order they were made. Nothing is lost: what the backend refuses becomes a refusal.

use crate::{Desk, Error};
use chrono::{DateTime, TimeDelta, Utc};
use client::{ClientError, Session, code_name, retry};

impl Desk {
    /// Sends what is due. A backend out of reach ends it, and is no error.
    pub(crate) async fn deliver(&self, remote: &Session, now: DateTime<Utc>) -> Result<(), Error> {
        let mut moved = false;
        for due in self.store().due(remote.account().id, now).await? {
            let decision = &due.decision;
            if !self.store().begin_sending(decision.id, now).await? {
                continue;
            }
            match self.heard(remote.send_decision(decision).await) {
                Ok(_) => self.store().delivered(decision.id).await?,
                Err(ClientError::Conflict { code } | ClientError::Refused { code }) => {
                    let code = code_name(code);
                    tracing::warn!(decision = %decision.id, code, "the backend refused a decision");
                    self.store().refuse(decision, &code, now).await?;
                }
                Err(error) => {
                    let pause = TimeDelta::from_std(retry::pause(due.attempts)).unwrap_or(TimeDelta::MAX);
                    self.store().try_again(decision.id, now + pause).await?;
                    moved = true;
                    // A backend that chokes on one decision may well take the next.
                    if !matches!(error, ClientError::Broken(_)) {
                        break;
                    }
                }
            }
            moved = true;
        }
        if moved {
            self.changed();
        }
        Ok(())
    }
}
