//! Photos as they are shown, in memory up to a budget of bytes: what the window asks for twice (for the strip and for the
//! stage) is read, decrypted and made small once. What was asked for longest ago gives way.

use std::collections::VecDeque;
use std::sync::Arc;

/// Fifty photos of a screen's size, or more than a hundred of the usual size.
const BUDGET_BYTES: usize = 32 * 1024 * 1024;

pub(crate) struct Encoded {
    budget_bytes: usize,
    bytes: usize,
    /// By hash; what was asked for last stands last.
    photos: VecDeque<(String, Arc<Vec<u8>>)>,
}

impl Default for Encoded {
    fn default() -> Encoded {
        Encoded::within(BUDGET_BYTES)
    }
}

impl Encoded {
    fn within(budget_bytes: usize) -> Encoded {
        Encoded {
            budget_bytes,
            bytes: 0,
            photos: VecDeque::new(),
        }
    }

    pub(crate) fn get(&mut self, sha256: &str) -> Option<Arc<Vec<u8>>> {
        let at = self.photos.iter().position(|(known, _)| known == sha256)?;
        let photo = self.photos.remove(at)?;
        let bytes = Arc::clone(&photo.1);
        self.photos.push_back(photo);
        Some(bytes)
    }

    /// A photo that would take the whole budget is not kept at all.
    pub(crate) fn keep(&mut self, sha256: &str, bytes: Arc<Vec<u8>>) {
        if bytes.len() > self.budget_bytes || self.get(sha256).is_some() {
            return;
        }
        self.bytes += bytes.len();
        self.photos.push_back((sha256.to_owned(), bytes));
        while self.bytes > self.budget_bytes
            && let Some((_, oldest)) = self.photos.pop_front()
        {
            self.bytes -= oldest.len();
        }
    }

    pub(crate) fn clear(&mut self) {
        self.photos.clear();
        self.bytes = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn photo(bytes: usize) -> Arc<Vec<u8>> {
        Arc::new(vec![7; bytes])
    }

    #[test]
    fn what_was_asked_for_longest_ago_gives_way_to_the_budget() {
        let mut encoded = Encoded::within(100);
        encoded.keep("a", photo(40));
        encoded.keep("b", photo(40));
        assert!(encoded.get("a").is_some());
        encoded.keep("c", photo(40));
        let here = ["a", "b", "c"].map(|name| encoded.get(name).is_some());
        assert_eq!((here, encoded.bytes), ([true, false, true], 80));
    }

    #[test]
    fn a_photo_is_counted_once_and_one_beyond_the_budget_not_at_all() {
        let mut encoded = Encoded::within(100);
        encoded.keep("a", photo(60));
        encoded.keep("a", photo(60));
        encoded.keep("huge", photo(101));
        assert_eq!((encoded.bytes, encoded.photos.len()), (60, 1));
        encoded.clear();
        assert!(encoded.get("a").is_none());
        assert_eq!(encoded.bytes, 0);
    }
}
