//! Starting and stopping: the listener, the worker that sends messages, and what both share.

use crate::accounts::random_token;
use crate::channel::{Channel, Inbox};
use crate::delivery::{Delivered, deliver_due};
use crate::rules::RulesError;
use crate::shots::Shots;
use crate::storage::{StorageError, settings};
use crate::web::{self, App};
use crate::{Clock, Kept, OpenError, rules};
use chrono::{DateTime, TimeDelta, Utc};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{Mutex, Notify, watch};
use tokio::task::JoinSet;

/// How often the worker looks for messages whose pause has ended.
const LOOK: Duration = Duration::from_secs(2);
/// How long open connections are given to finish.
const GRACE: Duration = Duration::from_secs(10);

#[derive(Clone, Debug)]
pub struct Config {
    pub listen: SocketAddr,
    /// `sqlite:path` or `postgres://…`
    pub database: String,
    pub photos: PathBuf,
    /// Whether messages go to an inbox that the backend shows as a page. Without a channel they wait.
    pub inbox: bool,
    pub lease: TimeDelta,
    /// The deployment's own reason catalogue and calendar, in place of those that come along.
    pub reasons: Option<PathBuf>,
    pub calendar: Option<PathBuf>,
}

impl Config {
    /// On a free port of the loopback, with leases of a quarter of an hour.
    pub fn new(database: impl Into<String>, photos: impl Into<PathBuf>) -> Config {
        Config {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            database: database.into(),
            photos: photos.into(),
            inbox: false,
            lease: TimeDelta::minutes(15),
            reasons: None,
            calendar: None,
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Rules(#[from] RulesError),
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error("can't listen on {address}: {source}")]
    Listen { address: SocketAddr, source: io::Error },
    #[error("a lease must last between a second and a day")]
    Lease,
}

/// A backend at work. Dropped without [`Running::shutdown`] it stops at once.
pub struct Running {
    pub address: SocketAddr,
    /// The students' inbox page; whoever knows the address sees it.
    pub inbox_url: Option<String>,
    pub kept: Kept,
    worker: Arc<Worker>,
    stop: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

/// Starts a backend. When it returns, calls are answered.
///
/// # Errors
/// What can't be opened, read or listened on.
pub async fn serve(config: Config, clock: Clock) -> Result<Running, ServeError> {
    if config.lease < TimeDelta::seconds(1) || config.lease > TimeDelta::days(1) {
        return Err(ServeError::Lease);
    }
    let rules = rules::load(config.reasons.as_deref(), config.calendar.as_deref())?;
    let kept = Kept::open(&config.database, &config.photos).await?;
    rules::record(&kept.database, &rules, clock()).await?;
    let shots = Shots::open(&kept.database).await?;
    let inbox_key = match config.inbox {
        true => {
            let mut conn = kept.database.connection().await?;
            Some(settings::get_or_set(&mut conn, "inbox_key", &random_token()).await?)
        }
        false => None,
    };
    let listening = |source| ServeError::Listen {
        address: config.listen,
        source,
    };
    let listener = TcpListener::bind(config.listen).await.map_err(listening)?;
    let address = listener.local_addr().map_err(listening)?;
    let inbox_url = inbox_key.as_ref().map(|key| format!("http://{address}/inbox/{key}"));

    let channel = config.inbox.then(|| Inbox {
        database: kept.database.clone(),
    });
    let worker = Arc::new(Worker {
        kept: kept.clone(),
        channel: channel.map(|inbox| Arc::new(inbox) as Arc<dyn Channel>),
        step: Mutex::new(()),
    });
    let wake = Arc::new(Notify::new());
    let (stop, stopped) = watch::channel(false);
    let mut tasks = JoinSet::new();
    tasks.spawn(Arc::clone(&worker).work(Arc::clone(&clock), Arc::clone(&wake), stopped.clone()));
    let app = App {
        kept: kept.clone(),
        clock,
        rules,
        shots,
        lease: config.lease,
        wake,
        inbox_key,
    };
    let router = web::router(Arc::new(app));
    tasks.spawn(async move {
        let serving = axum::serve(listener, router).with_graceful_shutdown(until(stopped));
        if let Err(error) = serving.await {
            tracing::error!(%error, "the listener failed");
        }
    });
    Ok(Running {
        address,
        inbox_url,
        kept,
        worker,
        stop,
        tasks,
    })
}

impl Running {
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Sends every message that is due at `now` and returns when they are dealt with, the worker's own round included.
    ///
    /// # Errors
    /// What the database says.
    pub async fn deliver_due(&self, now: DateTime<Utc>) -> Result<Delivered, StorageError> {
        self.worker.step(now).await
    }

    /// Answers the calls that are under way, finishes the message that is being sent, closes the database.
    pub async fn shutdown(mut self) {
        self.stop.send_replace(true);
        let finished = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(GRACE, finished).await.is_err() {
            tracing::warn!("some connections did not finish in time");
            self.tasks.shutdown().await;
        }
        self.kept.database.close().await;
    }
}

struct Worker {
    kept: Kept,
    channel: Option<Arc<dyn Channel>>,
    /// One round at a time.
    step: Mutex<()>,
}

impl Worker {
    async fn step(&self, now: DateTime<Utc>) -> Result<Delivered, StorageError> {
        let _alone = self.step.lock().await;
        match &self.channel {
            Some(channel) => deliver_due(&self.kept.database, channel.as_ref(), now).await,
            None => Ok(Delivered::default()),
        }
    }

    async fn work(self: Arc<Self>, clock: Clock, wake: Arc<Notify>, mut stopped: watch::Receiver<bool>) {
        while !*stopped.borrow_and_update() {
            if let Err(error) = self.step(clock()).await {
                tracing::warn!(error = %web::chain(&error), "messages could not be sent; they stay queued");
            }
            tokio::select! {
                () = wake.notified() => {}
                () = tokio::time::sleep(LOOK) => {}
                _ = stopped.changed() => {}
            }
        }
    }
}

async fn until(mut stopped: watch::Receiver<bool>) {
    // an error means that the sender is gone, which is the end as well
    _ = stopped.wait_for(|stopped| *stopped).await;
}
