//! What a person may set.

use crate::view::Settings;
use crate::{Desk, Error};

const NAME: &str = "settings";
const HOLD_S: std::ops::RangeInclusive<u32> = 0..=60;
/// Name of what a supervisor last allowed, kept for when the backend is away.
const OVERTIME: &str = "overtime";
const LEASE_AHEAD: std::ops::RangeInclusive<u32> = 1..=client::MOST_LEASES;

const SCALE_PERCENT: std::ops::RangeInclusive<u32> = 100..=200;
const BREATH_MOST_MS: u32 = 5_000;

impl Desk {
    /// Whether desks may decide outside working hours, as last heard.
    pub(crate) async fn overtime(&self) -> Result<bool, Error> {
        Ok(self.store().setting(OVERTIME).await?.unwrap_or(false))
    }

    pub(crate) async fn keep_overtime(&self, allowed: bool) -> Result<(), Error> {
        if self.overtime().await? != allowed {
            self.store().keep_setting(OVERTIME, &allowed).await?;
            self.changed();
        }
        Ok(())
    }

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
            blind_percent: settings.blind_percent.min(100),
            scale_percent: settings
                .scale_percent
                .clamp(*SCALE_PERCENT.start(), *SCALE_PERCENT.end()),
            breath_ms: settings.breath_ms.min(BREATH_MOST_MS),
            ..settings
        };
        self.store().keep_setting(NAME, &kept).await?;
        self.inner.wake_exchange.notify_one();
        self.changed();
        Ok(kept)
    }
}
