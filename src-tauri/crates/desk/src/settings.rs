//! What a person may set.

use crate::view::Settings;
use crate::{Desk, Error};

const NAME: &str = "settings";
const HOLD_S: std::ops::RangeInclusive<u32> = 0..=60;
const LEASE_AHEAD: std::ops::RangeInclusive<u32> = 1..=client::MOST_LEASES;

impl Desk {
    /// # Errors
    /// What the disk says.
    pub async fn settings(&self) -> Result<Settings, Error> {
        Ok(self.store().setting(NAME).await?.unwrap_or_default())
    }

    /// Keeps the settings, each brought into its range; as kept.
    ///
    /// # Errors
    /// What the disk says.
    pub async fn save_settings(&self, settings: Settings) -> Result<Settings, Error> {
        let kept = Settings {
            hold_s: settings.hold_s.clamp(*HOLD_S.start(), *HOLD_S.end()),
            lease_ahead: settings.lease_ahead.clamp(*LEASE_AHEAD.start(), *LEASE_AHEAD.end()),
            ..settings
        };
        self.store().keep_setting(NAME, &kept).await?;
        self.inner.wake_exchange.notify_one();
        self.changed();
        Ok(kept)
    }
}
