//! Who looks at a photo before the reviewer does.

use analyzer::report::Report;
use analyzer::{Analyzer, Profile, ProfileError};
use std::sync::Arc;

/// From a photo's bytes to a report. Called on a thread of its own; may take its time.
pub trait Judge: Send + Sync {
    /// `profile`: code of the limits that the batch asks for.
    ///
    /// # Errors
    /// Where there can be no report.
    fn judge(&self, bytes: &[u8], profile: &str) -> Result<Report, Unjudged>;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unjudged {
    /// The bytes are no photo that can be read; the code says why. A person decides.
    #[error("the photo can't be read: {0}")]
    Unreadable(&'static str),
    /// This program has no limits of that name: it needs an update before it can judge such a photo.
    #[error("no profile of that name")]
    UnknownProfile,
}

/// The analyzer with every profile there is.
pub struct Examiner {
    analyzer: Arc<Analyzer>,
    profiles: Vec<Profile>,
}

impl Examiner {
    /// # Errors
    /// Where an embedded profile is not one, which the analyzer's tests exclude.
    pub fn new(analyzer: Arc<Analyzer>) -> Result<Examiner, ProfileError> {
        Ok(Examiner {
            analyzer,
            profiles: vec![Profile::chsi_2017()?],
        })
    }
}

impl Judge for Examiner {
    fn judge(&self, bytes: &[u8], profile: &str) -> Result<Report, Unjudged> {
        let profile = self
            .profiles
            .iter()
            .find(|known| known.code == profile)
            .ok_or(Unjudged::UnknownProfile)?;
        self.analyzer
            .report(bytes, profile)
            .map_err(|error| Unjudged::Unreadable(error.code()))
    }
}
