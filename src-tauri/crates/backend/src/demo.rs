//! Fills a collection for trying the desk: sample batches or any folder of photos, and one account of each role. Done
//! again it only adds what is new.

use crate::Kept;
use crate::accounts::{self, AccountError};
use crate::import::{self, ImportError, Imported, Progress, USUAL_PROFILE};
use crate::storage::batches::Batch;
use crate::storage::{StorageError, settings};
use chrono::{DateTime, Utc};
use domain::{Account, BatchCode, Role};
use std::path::Path;

pub const REVIEWER: &str = "reviewer";
pub const SUPERVISOR: &str = "supervisor";

/// The file in a folder of samples that lists its batches.
pub const BATCHES: &str = "batches.json";

pub struct Passwords<'a> {
    pub reviewer: &'a str,
    pub supervisor: &'a str,
}

#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error(transparent)]
    Account(#[from] AccountError),
    #[error(transparent)]
    Import(#[from] ImportError),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// The two accounts of a demo.
pub struct Accounts {
    pub reviewer: Account,
    pub supervisor: Account,
}

/// Sees to the accounts [`REVIEWER`] and [`SUPERVISOR`] with the passwords given, and allows overtime.
///
/// # Errors
/// A password that won't do.
pub async fn accounts(kept: &Kept, passwords: Passwords<'_>, now: DateTime<Utc>) -> Result<Accounts, DemoError> {
    let ensure = async |username, display_name, role, password| {
        accounts::ensure(&kept.database, username, display_name, role, password, now).await
    };
    // A newcomer tries the desk at any hour.
    settings::set_overtime(&mut *kept.database.connection().await?, true).await?;
    Ok(Accounts {
        reviewer: ensure(REVIEWER, "审核员 07", Role::Reviewer, passwords.reviewer).await?,
        supervisor: ensure(SUPERVISOR, "审核主管 02", Role::Supervisor, passwords.supervisor).await?,
    })
}

/// Imports the samples, or the folder as one batch where it lists none.
///
/// # Errors
/// Photos that can't be read or stored.
pub async fn photos(
    kept: &Kept,
    samples: &Path,
    now: DateTime<Utc>,
    progress: Progress<'_>,
) -> Result<Imported, DemoError> {
    let list = samples.join(BATCHES);
    if list.is_file() {
        return Ok(import::batches(kept, &list, now, progress).await?);
    }
    let batch = Batch {
        code: BatchCode("LOCAL-1".into()),
        school: "本地文件夹".into(),
        title: "本地照片".into(),
        profile: USUAL_PROFILE.into(),
    };
    Ok(import::folder(kept, &batch, samples, now, progress).await?)
}
