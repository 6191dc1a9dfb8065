//! From arguments to a desk at work: data folder, graphs, key, the engine that keeps it together with its backend.
//! The only place of the desktop program that reads the clock.

use crate::arguments::Arguments;
use crate::commands::{AuditFolder, StartInfo};
use crate::demo::{self, Demo};
use crate::error::StartError;
use chrono::Utc;
use desk::analyzer::{Analyzer, Models};
use desk::{Clock, Desk, Examiner, Key, Setup, UpdateSource};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tauri::{AppHandle, Manager, Runtime, async_runtime::JoinHandle};
use tokio::sync::{Mutex, watch};

/// Where a desk without an address looks for its backend.
const USUAL_BACKEND: &str = "http://127.0.0.1:8700";

/// What the desk has of this machine; a test puts its own there.
pub struct World {
    pub clock: Clock,
    /// From the address of the demo's backend to the one at which the desk reaches it.
    pub line: Box<dyn FnOnce(String) -> String + Send>,
}

impl Default for World {
    fn default() -> World {
        World {
            clock: Arc::new(Utc::now),
            line: Box::new(|url| url),
        }
    }
}

pub struct Started {
    pub desk: Desk,
    pub info: StartInfo,
    pub audit_folder: AuditFolder,
    pub running: Running,
}

/// What has to be ended with the program.
pub struct Running {
    desk: Desk,
    stop: watch::Sender<bool>,
    engine: Mutex<Option<JoinHandle<()>>>,
    demo: Mutex<Option<Demo>>,
}

impl Running {
    /// Waits until the demo's queue is filled.
    pub async fn filled(&self) {
        if let Some(demo) = self.demo.lock().await.as_mut() {
            demo.filled().await;
        }
    }

    /// Ends the engine between two exchanges, then the store, then the embedded backend.
    pub async fn stop(&self) {
        self.stop.send_replace(true);
        if let Some(engine) = self.engine.lock().await.take()
            && let Err(error) = engine.await
        {
            tracing::warn!(%error, "the engine did not end well");
        }
        self.desk.close().await;
        if let Some(demo) = self.demo.lock().await.take() {
            demo.stop().await;
        }
    }
}

pub async fn start<R: Runtime>(app: &AppHandle<R>, arguments: &Arguments, world: World) -> Result<Started, StartError> {
    let World { clock, line } = world;
    let data = match &arguments.data {
        Some(data) => data.clone(),
        None => app.path().app_local_data_dir()?,
    };
    std::fs::create_dir_all(&data).map_err(StartError::DataFolder)?;
    private(&data).map_err(StartError::DataFolder)?;

    let demo = match &arguments.demo {
        Some(samples) => Some(demo::start(&data, samples, Arc::clone(&clock)).await?),
        None => None,
    };
    let backend_url = match (&demo, &arguments.backend) {
        (Some(demo), _) => line(demo.url.clone()),
        (None, Some(url)) => url.clone(),
        (None, None) => USUAL_BACKEND.to_owned(),
    };
    let models = match &arguments.models {
        Some(models) => models.clone(),
        None => app.path().resource_dir()?.join("models"),
    };
    let updates = updates(app, arguments);
    let desk = Desk::open(Setup {
        store_path: data.join("desk.db"),
        store_key: Key::open_or_create(&data.join("desk.key"))?,
        backend_url: backend_url.clone(),
        judge: Some(Arc::new(examiner(&models, data.join("profiles"))?)),
        clock,
        updates: updates.clone(),
    })
    .await?;

    let (stop, mut stopped) = watch::channel(false);
    let engine = tauri::async_runtime::spawn({
        let desk = desk.clone();
        async move {
            // An error means that the sender is gone, which is the end as well.
            desk.run(async move { _ = stopped.wait_for(|stop| *stop).await }).await
        }
    });
    let audit_folder = data.join("audit");
    std::fs::create_dir_all(&audit_folder).map_err(StartError::DataFolder)?;
    Ok(Started {
        info: StartInfo {
            version: app.package_info().version.to_string(),
            backend_url,
            updates: updates.is_some(),
            data_dir: data.to_string_lossy().into_owned(),
            demo: demo.as_ref().map(|demo| demo.view.clone()),
        },
        audit_folder: AuditFolder(audit_folder),
        running: Running {
            desk: desk.clone(),
            stop,
            engine: Mutex::new(Some(engine)),
            demo: Mutex::new(demo),
        },
        desk,
    })
}

/// What the command line says, else what the program was built with; nothing where either half is missing.
fn updates<R: Runtime>(app: &AppHandle<R>, arguments: &Arguments) -> Option<UpdateSource> {
    let built = app.config().plugins.0.get("updates");
    let said = |given: &Option<String>, name: &str| {
        let built = built.and_then(|built| built.get(name)?.as_str().map(str::to_owned));
        given.clone().or(built).filter(|text| !text.is_empty())
    };
    Some(UpdateSource {
        url: said(&arguments.updates_url, "url")?,
        public_key: said(&arguments.updates_key, "publicKey")?,
    })
}

/// A deployment's own profiles lie in a folder beside its data.
fn examiner(models: &Path, own_profiles: PathBuf) -> Result<Examiner, StartError> {
    let models = Models::from_files(|name| std::fs::read(models.join(name)))
        .map_err(|error| StartError::Analyzer(error.to_string()))?;
    let analyzer = Analyzer::giving_way(models).map_err(|error| StartError::Analyzer(error.to_string()))?;
    Examiner::new(Arc::new(analyzer), own_profiles).map_err(|error| StartError::Analyzer(error.to_string()))
}

/// Photos and names lie there: nobody else on this machine has to read them.
fn private(folder: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))?;
    }
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}
