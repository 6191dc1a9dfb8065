//! The demo: a collection backend inside this program, on the loopback, with sample submissions or the photos of a
//! folder. Its accounts' passwords are made at random for each data folder and shown at the sign-in.

use crate::error::StartError;
use backend::Running;
use desk::Clock;
use desk::domain::{Account, Role};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::io;
use std::path::Path;
use tauri::async_runtime::JoinHandle;

/// What the sign-in screen shows of it.
#[derive(Clone, Debug, Serialize, Type)]
pub struct DemoView {
    pub inbox_url: String,
    pub accounts: Vec<DemoAccount>,
}

#[derive(Clone, Debug, Serialize, Type)]
pub struct DemoAccount {
    pub username: String,
    pub password: String,
    pub display_name: String,
    pub role: Role,
}

pub struct Demo {
    pub url: String,
    pub view: DemoView,
    backend: Running,
    filling: JoinHandle<()>,
}

impl Demo {
    pub async fn filled(&mut self) {
        if let Err(error) = (&mut self.filling).await {
            tracing::warn!(%error, "the queue was not filled to its end");
        }
    }

    pub async fn stop(self) {
        self.filling.abort();
        self.backend.shutdown().await;
    }
}

const PASSWORD_CHARS: usize = 12;

#[derive(Serialize, Deserialize)]
struct Passwords {
    reviewer: String,
    supervisor: String,
}

/// Starts the backend; its queue fills while the desk opens.
pub async fn start(data: &Path, samples: &Path, clock: Clock) -> Result<Demo, StartError> {
    let now = clock();
    let folder = data.join("backend");
    std::fs::create_dir_all(&folder).map_err(StartError::DataFolder)?;
    let passwords = passwords(&folder.join("demo-accounts.json")).map_err(StartError::DataFolder)?;

    let database = format!("sqlite:{}", folder.join("backend.db").display());
    let mut config = backend::Config::new(database, folder.join("photos"));
    config.inbox = true;
    let backend = backend::serve(config, clock).await.map_err(failed)?;
    let given = backend::demo::Passwords {
        reviewer: &passwords.reviewer,
        supervisor: &passwords.supervisor,
    };
    let accounts = backend::demo::accounts(&backend.kept, given, now)
        .await
        .map_err(failed)?;
    let inbox_url = backend.inbox_url.clone().unwrap_or_default();
    println!("collection backend: {}", backend.url());
    println!("students' inbox:    {inbox_url}");

    let filling = tauri::async_runtime::spawn({
        let (kept, samples) = (backend.kept.clone(), samples.to_owned());
        async move {
            let mut said = 0;
            let progress: backend::import::Progress<'_> = &mut |step| {
                if step.done == step.total || step.done >= said + 50 {
                    said = step.done;
                    eprintln!("queueing photos: {} of {}", step.done, step.total);
                }
            };
            if let Err(error) = backend::demo::photos(&kept, &samples, now, progress).await {
                eprintln!("not every photo could be queued: {error}");
            }
        }
    });
    let shown = |account: Account, password: &str| DemoAccount {
        username: account.username,
        password: password.to_owned(),
        display_name: account.display_name,
        role: account.role,
    };
    Ok(Demo {
        url: backend.url(),
        view: DemoView {
            inbox_url,
            accounts: vec![
                shown(accounts.reviewer, &passwords.reviewer),
                shown(accounts.supervisor, &passwords.supervisor),
            ],
        },
        backend,
        filling,
    })
}

fn failed(error: impl std::error::Error) -> StartError {
    StartError::Backend(error.to_string())
}

/// Those kept at `path`, or new ones.
fn passwords(path: &Path) -> io::Result<Passwords> {
    if let Ok(kept) = std::fs::read(path) {
        return serde_json::from_slice(&kept).map_err(io::Error::other);
    }
    let fresh = || backend::accounts::random_token().chars().take(PASSWORD_CHARS).collect();
    let passwords = Passwords {
        reviewer: fresh(),
        supervisor: fresh(),
    };
    // The data folder is its owner's alone.
    std::fs::write(path, serde_json::to_vec_pretty(&passwords)?)?;
    Ok(passwords)
}
