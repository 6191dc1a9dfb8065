//! The profiles that photos are judged by: the carried ones and, over them, the files of a folder in which a deployment
//! keeps its own. The folder is looked at whenever a photo is judged, and read again when a file in it changed.

use analyzer::profiles::{Profiles, ProfilesError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;
use std::{fs, io};

pub struct ProfileFolder {
    /// It need not exist.
    folder: PathBuf,
    seen: Mutex<Seen>,
}

struct Seen {
    files: Vec<Stamp>,
    profiles: Arc<Profiles>,
}

/// By which a changed file is known.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Stamp {
    path: PathBuf,
    modified: Option<SystemTime>,
    bytes: u64,
}

impl ProfileFolder {
    /// # Errors
    /// Where a carried profile is not one, which the analyzer's tests exclude.
    pub fn new(folder: PathBuf) -> Result<ProfileFolder, ProfilesError> {
        Ok(ProfileFolder {
            folder,
            seen: Mutex::new(Seen {
                files: Vec::new(),
                profiles: Arc::new(Profiles::carried()?),
            }),
        })
    }

    /// As the folder says now. While a file in it is wrong, the last right set stays.
    pub fn current(&self) -> Arc<Profiles> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let files = stamps(&self.folder);
        if files != seen.files {
            match read(&files) {
                Ok(profiles) => seen.profiles = Arc::new(profiles),
                Err(error) => tracing::error!(%error, "the profiles of this desk can't be used"),
            }
            seen.files = files;
        }
        Arc::clone(&seen.profiles)
    }
}

/// The folder's profile files in the order of their names; none where there is no folder.
fn stamps(folder: &Path) -> Vec<Stamp> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let stamp = |entry: fs::DirEntry| {
        let path = entry.path();
        let is_profile = path.extension().is_some_and(|extension| extension == "toml");
        let about = fs::metadata(&path).ok().filter(|about| is_profile && about.is_file())?;
        Some(Stamp {
            path,
            modified: about.modified().ok(),
            bytes: about.len(),
        })
    };
    let mut stamps: Vec<Stamp> = entries.filter_map(stamp).collect();
    stamps.sort();
    stamps
}

fn read(files: &[Stamp]) -> Result<Profiles, FolderError> {
    let read = |file: &Stamp| {
        let name = file.path.display().to_string();
        match fs::read_to_string(&file.path) {
            Ok(text) => Ok((name, text)),
            Err(error) => Err(FolderError::Unreadable(name, error)),
        }
    };
    let texts = files.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let added = texts.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    Ok(Profiles::with(added)?)
}

#[derive(Debug, thiserror::Error)]
enum FolderError {
    #[error("{0}: {1}")]
    Unreadable(String, io::Error),
    #[error(transparent)]
    Wrong(#[from] ProfilesError),
}

#[cfg(test)]
mod tests {
    use super::*;
    use analyzer::Profile;
    use analyzer::profiles::CHSI_2017;

    #[test]
    fn a_file_put_into_the_folder_is_used_at_once_and_a_wrong_one_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().join("profiles");
        let profiles = ProfileFolder::new(own.clone()).unwrap();
        assert!(profiles.current().get("us-visa").is_some());
        assert!(profiles.current().get("our-school").is_none());

        fs::create_dir(&own).unwrap();
        let carried = format!("version = \"{}\"", Profile::chsi_2017().unwrap().version);
        let text = CHSI_2017
            .replace("\"chsi-2017\"", "\"our-school\"")
            .replace(&carried, "version = \"ours\"");
        fs::write(own.join("school.toml"), &text).unwrap();
        fs::write(own.join("notes.txt"), "no profile").unwrap();
        let first = profiles.current();
        assert_eq!(
            first.get("our-school").map(|profile| profile.version.as_str()),
            Some("ours")
        );
        assert!(Arc::ptr_eq(&first, &profiles.current()), "read once");

        fs::write(own.join("school.toml"), text.replace("\"ours\"", "\"2 of ours\"")).unwrap();
        let version = |profiles: &ProfileFolder| profiles.current().get("our-school").map(|p| p.version.clone());
        assert_eq!(version(&profiles).as_deref(), Some("2 of ours"));

        fs::write(own.join("school.toml"), "code = ").unwrap();
        assert_eq!(version(&profiles).as_deref(), Some("2 of ours"));
        fs::remove_file(own.join("school.toml")).unwrap();
        assert_eq!(version(&profiles), None);
    }
}
