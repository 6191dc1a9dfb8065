//! What a person may set, and what supervisors set for everybody.

use crate::view::Settings;
use crate::{Desk, Error};
use client::USUAL_BLIND_PERCENT;
use serde::Serialize;

const NAME: &str = "settings";
const HOLD_S: std::ops::RangeInclusive<u32> = 0..=60;
/// Names of what supervisors last set, kept for when the backend is away.
const OVERTIME: &str = "overtime";
const BLIND_PERCENT: &str = "blind_percent";
const LEASE_AHEAD: std::ops::RangeInclusive<u32> = 1..=client::MOST_LEASES;

const SCALE_PERCENT: std::ops::RangeInclusive<u32> = 100..=200;
const BREATH_MOST_MS: u32 = 5_000;

impl Desk {
    /// Whether desks may decide outside working hours, as last heard.
    pub(crate) async fn overtime(&self) -> Result<bool, Error> {
        Ok(self.store().setting(OVERTIME).await?.unwrap_or(false))
    }

    pub(crate) async fn keep_overtime(&self, allowed: bool) -> Result<(), Error> {
        self.keep_heard(OVERTIME, self.overtime().await?, allowed).await
    }

    /// On how many photos of a hundred the machine's verdict stays hidden at first, as last heard.
    pub(crate) async fn blind_percent(&self) -> Result<u32, Error> {
        Ok(self
            .store()
            .setting(BLIND_PERCENT)
            .await?
            .unwrap_or(USUAL_BLIND_PERCENT))
    }

    pub(crate) async fn keep_blind_percent(&self, percent: u32) -> Result<(), Error> {
        self.keep_heard(BLIND_PERCENT, self.blind_percent().await?, percent)
            .await
    }

    async fn keep_heard<T: PartialEq + Serialize>(&self, name: &str, before: T, now: T) -> Result<(), Error> {
        if before != now {
            self.store().keep_setting(name, &now).await?;
            self.changed();
        }
        Ok(())
    }

    /// Sets for every desk on how many photos of a hundred the machine's verdict stays hidden at first: 0 … 100.
    ///
    /// # Errors
    /// [`Error::NotAllowed`], [`Error::Offline`].
    pub async fn set_blind_percent(&self, percent: u32) -> Result<(), Error> {
        self.supervisor()?;
        let remote = self.remote()?;
        let percent = percent.min(100);
        self.heard(remote.set_blind_percent(percent).await)?;
        self.keep_blind_percent(percent).await
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
