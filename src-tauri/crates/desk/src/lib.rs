//! What a person at the desk can do, one function per action, and the engine that keeps the desk and its backend
//! together ([`Desk::run`]). Knows neither the window nor SQL nor HTTP.
//!
//! * signing in and out: `session.rs`; what is waiting: `queue.rs`; one photo: `photo.rs`; where a reviewer is: `place.rs`; deciding: `decide.rs`,
//!   and correcting what was sent: `correct.rs`
//! * giving a photo back: `aside.rs`; what went before, and finding it: `life.rs`; figures of the day: `day.rs`
//! * what takes long: `long.rs`; a newer program: `updates.rs`
//! * the audit file: writing one `export.rs`, looking through one `bundle.rs`
//! * leases, photos, delivery: `sync.rs`; work that gives way to the window: `background.rs`
//!
//! Time is read through the [`Clock`] that is handed in. Whatever changes is announced on [`Desk::changes`].

mod aside;
mod background;
mod bundle;
mod correct;
mod day;
mod days;
mod decide;
mod encoded;
mod error;
pub mod export;
mod judge;
mod life;
mod long;
mod photo;
mod place;
mod profiles;
mod queue;
mod session;
mod settings;
mod state;
mod sync;
mod updates;
pub mod view;

pub use client::updates::UpdateSource;
pub use error::{Error, ErrorCode, ErrorView};
pub use judge::{Examiner, Judge, Unjudged};
pub use store::{Key, KeyError};
pub use {analyzer, domain};

use chrono::{DateTime, SubsecRound, Utc};
use client::Client;
use state::State;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use store::Store;
use tokio::sync::{Notify, watch};

pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// Everything a desk is made of.
pub struct Setup {
    pub store_path: PathBuf,
    pub store_key: Key,
    pub backend_url: String,
    /// Absent: a desk that can only audit; it leases nothing.
    pub judge: Option<Arc<dyn Judge>>,
    pub clock: Clock,
    /// Where a newer program is announced; absent: nowhere.
    pub updates: Option<UpdateSource>,
}

/// A desk. Cheap to clone: all clones are the same desk.
#[derive(Clone)]
pub struct Desk {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    client: Client,
    judge: Option<Arc<dyn Judge>>,
    clock: Clock,
    updates: Option<UpdateSource>,
    state: Mutex<State>,
    /// One exchange with the backend at a time.
    exchange: tokio::sync::Mutex<()>,
    /// Something to send or to fetch.
    wake_exchange: Notify,
    /// Something to analyse.
    wake_prepare: Notify,
    changes: watch::Sender<u64>,
}

impl Desk {
    /// Opens the desk's store, or makes a new one.
    ///
    /// # Errors
    /// [`Error::WrongKey`], [`Error::BadAddress`], or what the disk says.
    pub async fn open(setup: Setup) -> Result<Desk, Error> {
        let client = Client::new(&setup.backend_url)?;
        let store = Store::open(&setup.store_path, &setup.store_key).await?;
        Ok(Desk {
            inner: Arc::new(Inner {
                store,
                client,
                judge: setup.judge,
                clock: setup.clock,
                updates: setup.updates,
                state: Mutex::default(),
                exchange: tokio::sync::Mutex::default(),
                wake_exchange: Notify::new(),
                wake_prepare: Notify::new(),
                changes: watch::Sender::new(0),
            }),
        })
    }

    /// Ticks whenever a screen may have to ask again.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.inner.changes.subscribe()
    }

    /// Waits for what is being written and closes the store. Nothing works afterwards.
    pub async fn close(&self) {
        self.inner.store.close().await;
    }

    /// To the millisecond, as everything here is kept.
    fn now(&self) -> DateTime<Utc> {
        (self.inner.clock)().trunc_subsecs(3)
    }

    fn store(&self) -> &Store {
        &self.inner.store
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // The state is whole at every unlock, so what a panicking thread left is usable.
        self.inner.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn changed(&self) {
        self.inner.changes.send_modify(|tick| *tick = tick.wrapping_add(1));
    }
}
