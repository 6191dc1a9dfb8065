//! Sends what is queued. Each message is claimed, sent, and marked: a program that dies in between sends it again later,
//! and the channel, which knows the message by its decision's id, makes once of at least once.

use crate::channel::{Channel, SendError};
use crate::storage::{Database, StorageError, messages};
use chrono::{DateTime, TimeDelta, Utc};

/// How long a claimed message is left to whoever claimed it.
const CLAIM: TimeDelta = TimeDelta::seconds(60);
const FIRST_PAUSE: TimeDelta = TimeDelta::seconds(2);
const LONGEST_PAUSE: TimeDelta = TimeDelta::minutes(15);

/// What one round came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    pub sent: u32,
    pub put_off: u32,
    pub given_up: u32,
}

/// Sends every message that is due at `now`, each at most once.
///
/// # Errors
/// What the database says; whatever was claimed by then comes back by itself.
pub async fn deliver_due(
    database: &Database,
    channel: &dyn Channel,
    now: DateTime<Utc>,
) -> Result<Delivered, StorageError> {
    let mut round = Delivered::default();
    loop {
        let mut tx = database.begin().await?;
        let claimed = messages::claim(&mut tx, database.dialect(), now, CLAIM).await?;
        tx.commit().await?;
        let Some((message, attempt)) = claimed else {
            return Ok(round);
        };
        let outcome = channel.send(&message, now).await;
        let mut conn = database.connection().await?;
        match outcome {
            Ok(()) => {
                messages::mark_sent(&mut conn, message.decision, now).await?;
                round.sent += 1;
            }
            Err(SendError::Transient(why)) => {
                messages::put_off(&mut conn, message.decision, now + pause(attempt), &why).await?;
                round.put_off += 1;
            }
            Err(SendError::Permanent(why)) => {
                messages::mark_undeliverable(&mut conn, message.decision, &why).await?;
                round.given_up += 1;
            }
        }
    }
}

/// Doubles with each attempt, the first being 1, up to a longest.
pub fn pause(attempt: u32) -> TimeDelta {
    let doubled = 1_i32.checked_shl(attempt.saturating_sub(1).min(20)).unwrap_or(i32::MAX);
    FIRST_PAUSE
        .checked_mul(doubled)
        .map_or(LONGEST_PAUSE, |pause| pause.min(LONGEST_PAUSE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_doubles_up_to_a_quarter_of_an_hour() {
        let seconds: Vec<i64> = [1, 2, 3, 9, 10, 1_000]
            .map(|attempt| pause(attempt).num_seconds())
            .into();
        assert_eq!(seconds, [2, 4, 8, 512, 900, 900]);
    }
}
