//! The photos, kept as files named by the SHA-256 of their bytes. What is read is checked against its name, so that a
//! reviewer never judges a damaged photo. No decoding: a bad photo is for the desk's analyzer to report.

use axum::body::Bytes;
use object_store::ObjectStoreExt;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::Arc;

/// The largest photo that is taken in.
pub const PHOTO_MAX_BYTES: u64 = 32 * 1024 * 1024;

#[derive(Clone, Debug)]
pub struct Photos {
    store: Arc<LocalFileSystem>,
}

#[derive(Debug, thiserror::Error)]
pub enum PhotoError {
    #[error("the photo folder can't be used")]
    Folder(#[source] std::io::Error),
    #[error("the photo store failed")]
    Store(#[source] object_store::Error),
    /// The file is gone.
    #[error("the photo is missing from the store")]
    Missing,
    /// The file holds other bytes than were put in.
    #[error("the photo in the store is damaged")]
    Damaged,
}

/// Where a photo went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPhoto {
    pub key: String,
    /// Lower-case hexadecimal.
    pub sha256: String,
    pub size_bytes: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoKind {
    Jpeg,
    Png,
}

impl PhotoKind {
    /// What the first bytes say; the name of a file says nothing.
    pub fn of(bytes: &[u8]) -> Option<PhotoKind> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(PhotoKind::Jpeg),
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(PhotoKind::Png),
            _ => None,
        }
    }

    pub fn content_type(self) -> &'static str {
        match self {
            PhotoKind::Jpeg => "image/jpeg",
            PhotoKind::Png => "image/png",
        }
    }
}

impl Photos {
    /// # Errors
    /// [`PhotoError::Folder`] where it can't be made or is no folder.
    pub fn open(folder: &Path) -> Result<Photos, PhotoError> {
        std::fs::create_dir_all(folder).map_err(PhotoError::Folder)?;
        let store = LocalFileSystem::new_with_prefix(folder)
            .map_err(PhotoError::Store)?
            .with_fsync(true);
        Ok(Photos { store: Arc::new(store) })
    }

    /// # Errors
    /// [`PhotoError::Store`].
    pub async fn put(&self, bytes: Bytes) -> Result<StoredPhoto, PhotoError> {
        let sha256 = hex::encode(Sha256::digest(&bytes));
        let key = format!("{}/{sha256}", &sha256[..2]);
        let size_bytes = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        self.store
            .put(&Key::from(key.as_str()), bytes.into())
            .await
            .map_err(PhotoError::Store)?;
        Ok(StoredPhoto {
            key,
            sha256,
            size_bytes,
        })
    }

    /// # Errors
    /// [`PhotoError::Missing`], [`PhotoError::Damaged`] or [`PhotoError::Store`].
    pub async fn get(&self, key: &str, sha256: &str) -> Result<Bytes, PhotoError> {
        let failed = |error| match error {
            object_store::Error::NotFound { .. } => PhotoError::Missing,
            error => PhotoError::Store(error),
        };
        let found = self.store.get(&Key::from(key)).await.map_err(failed)?;
        let bytes = found.bytes().await.map_err(failed)?;
        if hex::encode(Sha256::digest(&bytes)) == sha256 {
            Ok(bytes)
        } else {
            Err(PhotoError::Damaged)
        }
    }
}
