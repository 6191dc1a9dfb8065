//! Whether and when something is tried again.
//!
//! Within a call: only calls that may be made twice, only where nobody answered, a few times within half a second, to get
//! over a dropped connection. Between calls ([`pause`]): longer each time, up to a minute, for a backend that is away.
//! Both are jittered, so that the desks of one room don't come back in step.

use crate::ClientError;
use rand::Rng;
use std::time::{Duration, Instant};

/// Pauses within a call.
const PAUSES: [Duration; 2] = [Duration::from_millis(50), Duration::from_millis(200)];
/// A call that took longer to fail was no dropped connection, and would take as long again.
const QUICK: Duration = Duration::from_secs(1);
const FIRST_PAUSE_MS: u64 = 1_000;
const LONGEST_PAUSE_MS: u64 = 60_000;

/// How long to wait after a failed attempt before the next; `attempts`: how many there were before that one.
pub fn pause(attempts: u32) -> Duration {
    let full_ms = FIRST_PAUSE_MS
        .saturating_mul(1 << attempts.min(16))
        .min(LONGEST_PAUSE_MS);
    Duration::from_millis(jittered(full_ms))
}

pub(crate) async fn repeatable<T, F>(call: impl Fn() -> F) -> Result<T, ClientError>
where
    F: Future<Output = Result<T, ClientError>>,
{
    let started = Instant::now();
    for pause in PAUSES {
        match call().await {
            Err(error) if error.may_pass() && started.elapsed() < QUICK => {
                tokio::time::sleep(Duration::from_millis(jittered(pause.as_millis() as u64))).await;
            }
            other => return other,
        }
    }
    call().await
}

/// Between half of it and all of it.
fn jittered(ms: u64) -> u64 {
    rand::rng().random_range(ms / 2..=ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_stay_within_a_minute() {
        for (attempts, full_ms) in [(0, 1_000), (1, 2_000), (5, 32_000), (6, 60_000), (u32::MAX, 60_000)] {
            for _ in 0..100 {
                let pause_ms = pause(attempts).as_millis() as u64;
                assert!((full_ms / 2..=full_ms).contains(&pause_ms), "{attempts}: {pause_ms}");
            }
        }
    }
}
