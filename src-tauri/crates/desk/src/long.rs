//! An action that takes long: how far it is, and ending it. One at a time is shown, the last that began.

use crate::view::ProgressView;
use crate::{Desk, Error};
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

#[derive(Default)]
pub(crate) struct Long {
    done: AtomicU64,
    all: AtomicU64,
    cancelled: AtomicBool,
}

impl Long {
    /// Whether to go on.
    pub(crate) fn step(&self, done: u64, all: u64) -> bool {
        self.done.store(done, Ordering::Relaxed);
        self.all.store(all, Ordering::Relaxed);
        !self.cancelled.load(Ordering::Relaxed)
    }

    /// What went wrong is no news where somebody ended it.
    pub(crate) fn error(&self, error: Error) -> Error {
        if self.cancelled.load(Ordering::Relaxed) {
            Error::Cancelled
        } else {
            error
        }
    }

    fn percent(&self) -> u32 {
        let (done, all) = (self.done.load(Ordering::Relaxed), self.all.load(Ordering::Relaxed));
        (done.min(all) * 100).checked_div(all).unwrap_or(0) as u32
    }
}

/// A reader that tells how far it is.
pub(crate) struct Told<R> {
    pub(crate) inner: R,
    pub(crate) long: Arc<Long>,
    pub(crate) done: u64,
    pub(crate) all: u64,
}

impl<R: Read> Read for Told<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.done += read as u64;
        if self.long.step(self.done, self.all) {
            Ok(read)
        } else {
            Err(io::Error::other("ended by a person"))
        }
    }
}

/// While this is held, the action is under way.
pub(crate) struct UnderWay {
    desk: Desk,
    pub(crate) long: Arc<Long>,
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let mut state = self.desk.state();
        if state.long.as_ref().is_some_and(|shown| Arc::ptr_eq(shown, &self.long)) {
            state.long = None;
        }
    }
}

impl Desk {
    /// How far the long action is that is under way; `None`: there is none.
    pub fn progress(&self) -> Option<ProgressView> {
        let state = self.state();
        state.long.as_ref().map(|long| ProgressView {
            percent: long.percent(),
        })
    }

    /// Ends the long action that is under way; it answers [`Error::Cancelled`] and leaves nothing behind.
    pub fn cancel(&self) {
        if let Some(long) = &self.state().long {
            long.cancelled.store(true, Ordering::Relaxed);
        }
    }

    pub(crate) fn begin_long(&self) -> UnderWay {
        let long = Arc::new(Long::default());
        self.state().long = Some(Arc::clone(&long));
        UnderWay {
            desk: self.clone(),
            long,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_is_told_in_percent_and_stops_when_it_is_ended() {
        let long = Long::default();
        assert_eq!(long.percent(), 0);
        assert!(long.step(512, 2_000));
        assert_eq!(long.percent(), 25);
        assert!(matches!(long.error(Error::BadSpan), Error::BadSpan));
        long.cancelled.store(true, Ordering::Relaxed);
        assert!(!long.step(513, 2_000));
        assert!(matches!(long.error(Error::BadSpan), Error::Cancelled));
    }

    #[test]
    fn a_file_is_read_up_to_where_somebody_ends_it() {
        let long = Arc::new(Long::default());
        let mut told = Told {
            inner: io::repeat(1).take(1_000),
            long: Arc::clone(&long),
            done: 0,
            all: 1_000,
        };
        let mut some = [0; 400];
        told.read_exact(&mut some).unwrap();
        assert_eq!(long.percent(), 40);
        long.cancelled.store(true, Ordering::Relaxed);
        assert!(told.read_to_end(&mut Vec::new()).is_err());
    }
}
