//! The runtime that the journeys share.

use std::future::Future;
use std::sync::LazyLock;
use tokio::runtime::Runtime;

/// Runs a test on a runtime that is never taken down: with one that ends with its test, an encrypted store's connection
/// may be closing on its own thread while the process leaves, and SQLCipher crashes in its cleanup.
pub fn run<F: Future>(test: F) -> F::Output {
    static SHARED: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());
    SHARED.block_on(test)
}
