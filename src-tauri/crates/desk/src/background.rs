//! Work that a person does not wait for.

use crate::Error;
use analyzer::give_way;
use std::thread;
use tokio::sync::oneshot;

/// Runs it on a thread of its own that gives way to the window and to decisions.
///
/// # Errors
/// [`Error::Internal`] of `what` where it panicked, or the system had no thread.
pub(crate) async fn in_background<T: Send + 'static>(
    what: &'static str,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Error> {
    let (done, result) = oneshot::channel();
    let spawned = thread::Builder::new().spawn(move || {
        give_way();
        // Nobody may want it any more.
        let _ = done.send(work());
    });
    spawned.map_err(|_| Error::Internal(what))?;
    result.await.map_err(|_| Error::Internal(what))
}
