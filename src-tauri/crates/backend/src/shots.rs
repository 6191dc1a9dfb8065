//! Which submissions show the same shot (同版): the fingerprints that desks measured, in memory and in the database.
//! What a bit means is the analyzer's; no photo is looked at here.

use crate::storage::{Database, StorageError, shots};
use analyzer::report::ShotPrint;
use analyzer::same_shot::{Fingerprint, Index, VERSION};
use chrono::{DateTime, Utc};
use domain::{ShotMatch, SubmissionId};
use protocol::{MOST_DISTANCE_BITS, MOST_MATCHES, Shot};
use tokio::sync::Mutex;

/// So many are read at once.
const PAGE: u32 = 10_000;

/// Every fingerprint there is. One at a time adds and looks, so that of two that come together one finds the other.
#[derive(Default)]
pub struct Shots {
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    /// By their numbers in the table.
    index: Index,
    last: i64,
}

#[derive(Debug, thiserror::Error)]
pub enum ShotError {
    #[error("not a fingerprint of version {VERSION}")]
    OtherPrint,
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl Shots {
    /// With all that the database holds.
    ///
    /// # Errors
    /// What the database says.
    pub async fn open(database: &Database) -> Result<Shots, StorageError> {
        let shots = Shots::default();
        shots.known.lock().await.catch_up(database).await?;
        Ok(shots)
    }

    /// Keeps what the submission's photo is known by, and answers the same shot of others, the nearest first. The others
    /// are to hear of this one too.
    ///
    /// # Errors
    /// [`ShotError::OtherPrint`]
    pub async fn add(
        &self,
        database: &Database,
        submission: SubmissionId,
        shot: &Shot,
        now: DateTime<Utc>,
    ) -> Result<Vec<ShotMatch>, ShotError> {
        let print = ShotPrint {
            version: shot.version,
            bits: shot.bits.clone(),
        };
        let print = Fingerprint::read(&print).ok_or(ShotError::OtherPrint)?;
        let near = {
            let mut known = self.known.lock().await;
            let mut conn = database.connection().await?;
            shots::add(&mut conn, submission, shot).await?;
            // Before it is looked for: whoever comes from now on is one to be told of again.
            shots::told(&mut conn, submission).await?;
            known.catch_up(database).await?;
            known.index.find(&print, shot.within_bits.min(MOST_DISTANCE_BITS))
        };
        let mut conn = database.connection().await?;
        let mut matches = Vec::new();
        for (number, distance_bits) in near {
            if matches.len() == MOST_MATCHES {
                break;
            }
            if let Some(found) = shots::matched(&mut conn, submission, number as i64, distance_bits).await? {
                shots::name(&mut conn, submission, found.submission, now).await?;
                matches.push(found);
            }
        }
        Ok(matches)
    }
}

impl Known {
    /// Reads what came since the last look, whoever added it.
    async fn catch_up(&mut self, database: &Database) -> Result<(), StorageError> {
        let mut conn = database.connection().await?;
        loop {
            let rows = shots::after(&mut conn, VERSION, self.last, PAGE).await?;
            for (number, bits) in &rows {
                let print = ShotPrint {
                    version: VERSION,
                    bits: bits.clone(),
                };
                let print = Fingerprint::read(&print).ok_or(StorageError::Corrupt("fingerprint"))?;
                self.index.insert(*number as u64, print);
                self.last = *number;
            }
            if rows.len() < PAGE as usize {
                return Ok(());
            }
        }
    }
}
