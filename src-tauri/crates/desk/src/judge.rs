//! Who looks at a photo before the reviewer does.

use crate::profiles::ProfileFolder;
use analyzer::profiles::ProfilesError;
use analyzer::report::Report;
use analyzer::{Analyzer, Profile};
use std::path::PathBuf;
use std::sync::Arc;

/// From a photo's bytes to a report. Called on a thread of its own; may take its time.
pub trait Judge: Send + Sync {
    /// `profile`: code of the limits that the batch asks for.
    ///
    /// # Errors
    /// Where there can be no report.
    fn judge(&self, bytes: &[u8], profile: &str) -> Result<Report, Unjudged>;

    /// The limits of that name, for what is judged beside other photos; without them nothing is.
    fn profile(&self, _code: &str) -> Option<Profile> {
        None
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unjudged {
    /// The bytes are no photo that can be read; the code says why. A person decides.
    #[error("the photo can't be read: {0}")]
    Unreadable(&'static str),
    /// This desk has no limits of that name: it needs an update, or a file of them, before it can judge such a photo.
    #[error("no profile of that name")]
    UnknownProfile,
}

/// The analyzer with every profile there is, the deployment's own among them.
pub struct Examiner {
    analyzer: Arc<Analyzer>,
    profiles: ProfileFolder,
}

impl Examiner {
    /// `own_profiles`: the folder of the deployment's own files, which need not exist.
    ///
    /// # Errors
    /// Where an embedded profile is not one, which the analyzer's tests exclude.
    pub fn new(analyzer: Arc<Analyzer>, own_profiles: PathBuf) -> Result<Examiner, ProfilesError> {
        Ok(Examiner {
            analyzer,
            profiles: ProfileFolder::new(own_profiles)?,
        })
    }
}

impl Judge for Examiner {
    fn judge(&self, bytes: &[u8], profile: &str) -> Result<Report, Unjudged> {
        let profiles = self.profiles.current();
        let profile = profiles.get(profile).ok_or(Unjudged::UnknownProfile)?;
        self.analyzer
            .report(bytes, profile)
            .map_err(|error| Unjudged::Unreadable(error.code()))
    }

    fn profile(&self, code: &str) -> Option<Profile> {
        self.profiles.current().get(code).cloned()
    }
}
