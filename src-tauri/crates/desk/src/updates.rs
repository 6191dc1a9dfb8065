//! Whether there is a newer program. Off unless a person switched it on, and told only.

use crate::view::UpdateView;
use crate::{Desk, Error};

impl Desk {
    /// `None`: this is the newest, or nobody wants to know, or no address is configured.
    ///
    /// # Errors
    /// [`Error::NoUpdates`] where the announcement could not be got, or is not signed.
    pub async fn newer_version(&self, current: &str) -> Result<Option<UpdateView>, Error> {
        let Some(source) = self.inner.updates.as_ref() else {
            return Ok(None);
        };
        if !self.settings().await?.check_updates {
            return Ok(None);
        }
        let found = client::updates::newer(source, current).await;
        let found = found.map_err(|error| {
            tracing::info!(%error, "updates");
            Error::NoUpdates
        })?;
        Ok(found.map(|update| UpdateView {
            version: update.version,
            notes: update.notes,
        }))
    }
}
