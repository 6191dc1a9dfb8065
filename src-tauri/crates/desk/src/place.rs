//! Where a reviewer is: the photo in front and the rejections half made, so that a crash loses nothing of it.

use crate::view::PlaceView;
use crate::{Desk, Error};
use domain::{Decision, ReviewerId};

/// No desk has more in hand.
const MOST_DRAFTS: usize = client::MOST_LEASES as usize;

fn name(reviewer: ReviewerId) -> String {
    format!("place {reviewer}")
}

impl Desk {
    /// Where whoever is signed in was last at this desk.
    ///
    /// # Errors
    /// [`Error::NotSignedIn`], or what the disk says.
    pub async fn place(&self) -> Result<PlaceView, Error> {
        let account = self.account()?;
        Ok(self.store().setting(&name(account.id)).await?.unwrap_or_default())
    }

    /// # Errors
    /// [`Error::NotSignedIn`], or what the disk says.
    pub async fn keep_place(&self, mut place: PlaceView) -> Result<(), Error> {
        let account = self.account()?;
        place.drafts.truncate(MOST_DRAFTS);
        for draft in &mut place.drafts {
            draft.note = draft.note.chars().take(Decision::NOTE_MAX_CHARS).collect();
        }
        Ok(self.store().keep_setting(&name(account.id), &place).await?)
    }

    /// Photos are given back: nothing half made is kept of them.
    pub(crate) async fn leave_place(&self, reviewer: ReviewerId) -> Result<(), Error> {
        Ok(self
            .store()
            .keep_setting(&name(reviewer), &PlaceView::default())
            .await?)
    }
}
