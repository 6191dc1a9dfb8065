//! Photos that were taken before: rendering costs a third of a second, reading a file nothing. Kept under a name that
//! follows from the drawing's version and every parameter of the sitter.

use crate::portrait::{Truth, render};
use crate::sitter::Sitter;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Changes whenever the same parameters give another picture. (Other parameters for the same seed are another name anyway.)
const DRAWING_VERSION: u32 = 5;

/// A finished photo as a file holds it. The truth comes without its silhouette.
#[derive(Clone, Debug)]
pub struct Taken {
    pub jpeg: Vec<u8>,
    pub truth: Truth,
}

#[derive(Serialize, Deserialize)]
struct Label {
    sitter: Sitter,
    truth: Truth,
}

/// `$PHOTO_DESK_PORTRAITS`, else `target/portraits` of the workspace.
pub fn archive() -> PathBuf {
    env::var_os("PHOTO_DESK_PORTRAITS").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/portraits")),
        PathBuf::from,
    )
}

/// The photo of this sitter out of the folder, or taken now and put there.
///
/// # Errors
/// Where the folder can't be written.
pub fn taken(sitter: &Sitter, folder: &Path) -> io::Result<Taken> {
    let parameters = serde_json::to_vec(sitter)?;
    let mut hash = Sha256::new();
    hash.update(DRAWING_VERSION.to_le_bytes());
    hash.update(&parameters);
    let name: String = hash.finalize().iter().take(12).map(|b| format!("{b:02x}")).collect();
    let folder = folder.join(&name[..2]);
    let (photo, label) = (folder.join(format!("{name}.jpg")), folder.join(format!("{name}.json")));
    if let (Ok(jpeg), Ok(label)) = (fs::read(&photo), fs::read(&label))
        && let Ok(Label { truth, .. }) = serde_json::from_slice(&label)
    {
        return Ok(Taken { jpeg, truth });
    }
    let portrait = render(sitter);
    let taken = Taken {
        jpeg: portrait.jpeg(&sitter.encoding),
        truth: portrait.truth,
    };
    fs::create_dir_all(&folder)?;
    put(&photo, &taken.jpeg)?;
    let truth = taken.truth.clone();
    put(
        &label,
        &serde_json::to_vec(&Label {
            sitter: sitter.clone(),
            truth,
        })?,
    )?;
    Ok(taken)
}

/// Whole or not at all, also where two write the same.
fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let thread = format!("{:?}", std::thread::current().id()).replace(|c: char| !c.is_ascii_digit(), "");
    let part = path.with_extension(format!("{}-{thread}", std::process::id()));
    fs::write(&part, bytes)?;
    fs::rename(part, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photo_is_taken_once_and_another_sitter_is_another_photo() {
        let folder = tempfile::tempdir().unwrap();
        let sitter = Sitter::conforming(7);
        let first = taken(&sitter, folder.path()).unwrap();
        let files = || walk(folder.path());
        assert_eq!(files().len(), 2);
        // What lies in the folder is what is answered: a changed file comes back changed.
        let photo = files()
            .into_iter()
            .find(|p| p.extension().is_some_and(|e| e == "jpg"))
            .unwrap();
        fs::write(&photo, b"kept").unwrap();
        assert_eq!(taken(&sitter, folder.path()).unwrap().jpeg, b"kept");
        assert_eq!(
            taken(&sitter, folder.path()).unwrap().truth.crown_px,
            first.truth.crown_px
        );
        let mut other = sitter;
        other.camera.noise += 0.01;
        assert_ne!(taken(&other, folder.path()).unwrap().jpeg, first.jpeg);
        assert_eq!(files().len(), 4);
    }

    fn walk(folder: &Path) -> Vec<PathBuf> {
        fs::read_dir(folder)
            .unwrap()
            .flat_map(|entry| {
                let path = entry.unwrap().path();
                if path.is_dir() { walk(&path) } else { vec![path] }
            })
            .collect()
    }
}
