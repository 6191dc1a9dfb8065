//! The key that the store is encrypted with, and the file that it is kept in.

use rand::TryRngCore;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

/// 256 bits, used as they are.
#[derive(Clone, PartialEq, Eq)]
pub struct Key([u8; 32]);

/// Shows nothing.
impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key")
    }
}

#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("the key file can't be read or written")]
    Io(#[from] io::Error),
    /// Bring back the right file: without it the store stays closed.
    #[error("the key file does not hold a key of 64 hexadecimal digits")]
    Malformed,
    #[error("the machine gives no random numbers")]
    NoRandomness,
}

impl Key {
    pub fn new(bytes: [u8; 32]) -> Key {
        Key(bytes)
    }

    /// Reads the key kept at `path`; makes a new one where there is none. Only its owner can read the file.
    ///
    /// # Errors
    /// A file that is there is never replaced.
    pub fn open_or_create(path: &Path) -> Result<Key, KeyError> {
        match Key::open(path) {
            Err(KeyError::Io(error)) if error.kind() == io::ErrorKind::NotFound => Key::create(path),
            other => other,
        }
    }

    /// Reads the key kept at `path`.
    ///
    /// # Errors
    /// Also where there is no such file.
    pub fn open(path: &Path) -> Result<Key, KeyError> {
        let mut text = String::new();
        // A key and a line end; more is no key.
        File::open(path)?
            .take(128)
            .read_to_string(&mut text)
            .map_err(|error| match error.kind() {
                io::ErrorKind::InvalidData => KeyError::Malformed,
                _ => KeyError::Io(error),
            })?;
        let mut bytes = [0; 32];
        hex::decode_to_slice(text.trim_end(), &mut bytes).map_err(|_| KeyError::Malformed)?;
        Ok(Key(bytes))
    }

    /// The whole key is on disk under another name before it appears under its own, so that a crash leaves no half key.
    fn create(path: &Path) -> Result<Key, KeyError> {
        let mut bytes = [0; 32];
        rand::rngs::OsRng
            .try_fill_bytes(&mut bytes)
            .map_err(|_| KeyError::NoRandomness)?;
        let part = path.with_extension("key.part");
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&part)?;
        writeln!(file, "{}", hex::encode(bytes))?;
        file.sync_all()?;
        drop(file);
        // Unlike a rename, a link does not replace what another process put there in the meantime.
        let linked = std::fs::hard_link(&part, path);
        std::fs::remove_file(&part)?;
        match linked {
            Ok(()) => Ok(Key(bytes)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Key::open(path),
            Err(error) => Err(error.into()),
        }
    }

    /// As SQLCipher takes a raw key.
    pub(crate) fn pragma(&self) -> String {
        format!("\"x'{}'\"", hex::encode(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_only_its_owner_reads_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("desk.key");
        let made = Key::open_or_create(&path).unwrap();
        assert_eq!(Key::open_or_create(&path).unwrap(), made);
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert_eq!(format!("{made:?}"), "Key");
    }

    #[test]
    fn a_spoilt_key_file_is_said_and_never_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("desk.key");
        for spoilt in [&b""[..], b"abc", b"\xff\xfe", &[b'0'; 66]] {
            std::fs::write(&path, spoilt).unwrap();
            assert!(matches!(Key::open_or_create(&path), Err(KeyError::Malformed)));
            assert_eq!(std::fs::read(&path).unwrap(), spoilt);
        }
    }
}
