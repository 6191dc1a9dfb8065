//! The profiles that the analyzer carries, and a set of profiles by their code: the carried ones and those that a
//! deployment adds. Only texts come in here: who reads the files is the caller's affair.

use std::collections::BTreeMap;

use crate::profile::{Profile, ProfileError};

/// The credential photo of China's higher-education registration.
pub const CHSI_2017: &str = include_str!("../profiles/chsi-2017.toml");

/// Code and text of every carried profile.
pub const ALL: [(&str, &str); 8] = [
    ("chsi-2017", CHSI_2017),
    ("id-card-ga461", include_str!("../profiles/id-card-ga461.toml")),
    ("exit-entry-2014", include_str!("../profiles/exit-entry-2014.toml")),
    ("cn-visa-digital", include_str!("../profiles/cn-visa-digital.toml")),
    ("icao-39794-5", include_str!("../profiles/icao-39794-5.toml")),
    ("us-visa", include_str!("../profiles/us-visa.toml")),
    ("schengen", include_str!("../profiles/schengen.toml")),
    (
        "cn-postgraduate-entry",
        include_str!("../profiles/cn-postgraduate-entry.toml"),
    ),
];

/// Profiles by code.
#[derive(Clone, Debug, PartialEq)]
pub struct Profiles {
    by_code: BTreeMap<String, Profile>,
}

/// Which of the added files has to be corrected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProfilesError {
    #[error("{name}: {error}")]
    Wrong { name: String, error: ProfileError },
    #[error("{first} and {second} both say code = \"{code}\": one of them needs another code")]
    Twice {
        code: String,
        first: String,
        second: String,
    },
}

impl Profiles {
    /// The carried ones.
    pub fn carried() -> Result<Self, ProfilesError> {
        Self::with([])
    }

    /// The carried ones and the `added`, as name and text; an added one takes the place of a carried one of its code.
    pub fn with<'a>(added: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, ProfilesError> {
        let parsed = |(name, text): (&str, &str)| {
            Profile::parse(text).map_err(|error| ProfilesError::Wrong {
                name: name.to_owned(),
                error,
            })
        };
        let mut by_code = BTreeMap::new();
        for carried in ALL {
            let profile = parsed(carried)?;
            by_code.insert(profile.code.clone(), profile);
        }
        let mut names: BTreeMap<String, &str> = BTreeMap::new();
        for (name, text) in added {
            let profile = parsed((name, text))?;
            if let Some(first) = names.insert(profile.code.clone(), name) {
                return Err(ProfilesError::Twice {
                    code: profile.code,
                    first: first.to_owned(),
                    second: name.to_owned(),
                });
            }
            by_code.insert(profile.code.clone(), profile);
        }
        Ok(Self { by_code })
    }

    pub fn get(&self, code: &str) -> Option<&Profile> {
        self.by_code.get(code)
    }

    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.by_code.keys().map(String::as_str)
    }
}
