//! A real collection backend on a free port, over SQLite in a folder of its own or a fresh database of the PostgreSQL that
//! `TEST_POSTGRES_URL` names, with a clock that the test sets.

use crate::photo::jpeg;
use ::backend::import::{self, Imported};
use ::backend::storage::batches::Batch;
use ::backend::storage::{Database, StorageError, settings};
use ::backend::{Clock, Config, Running, accounts, serve};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{Account, BatchCode, Role};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

/// Of every account that [`TestBackend::account`] adds.
pub const PASSWORD: &str = "correct horse";

/// Stands still until it is moved.
#[derive(Clone)]
pub struct TestClock(Arc<Mutex<DateTime<Utc>>>);

impl TestClock {
    /// Tuesday, 24 November 2026, ten in the morning at the photo centre.
    pub fn new() -> TestClock {
        TestClock::at("2026-11-24T02:00:00Z".parse().unwrap())
    }

    pub fn at(now: DateTime<Utc>) -> TestClock {
        TestClock(Arc::new(Mutex::new(now)))
    }

    pub fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }

    pub fn advance(&self, by: TimeDelta) {
        *self.0.lock().unwrap() += by;
    }

    pub fn clock(&self) -> Clock {
        let clock = self.clone();
        Arc::new(move || clock.now())
    }
}

impl Default for TestClock {
    fn default() -> Self {
        Self::new()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

/// The address of an empty database.
pub async fn fresh_database(dialect: Dialect, folder: &Path) -> String {
    match dialect {
        Dialect::Sqlite => format!("sqlite:{}", folder.join("collection.db").display()),
        Dialect::Postgres => {
            let server = std::env::var("TEST_POSTGRES_URL")
                .expect("TEST_POSTGRES_URL is not set: run the tests through tests/with-postgres");
            let name = format!("test_{}", uuid::Uuid::now_v7().simple());
            let mut connection = PgConnection::connect(&server).await.unwrap();
            connection
                .execute(AssertSqlSafe(format!("create database {name}")))
                .await
                .unwrap();
            server.replace("/postgres?", &format!("/{name}?"))
        }
    }
}

/// On how many photos of a hundred the machine's verdict stays hidden at first, as if a supervisor had set it: for the demo
/// of the desk whose data lie there, which hears of it when somebody signs in.
///
/// # Errors
/// What the database says.
pub async fn hide_in_demo(data: &Path, percent: u32) -> Result<(), StorageError> {
    let database = Database::open(&format!("sqlite:{}", data.join("backend/backend.db").display())).await?;
    let set = settings::set_blind_percent(&mut *database.connection().await?, percent).await;
    database.close().await;
    set
}

pub struct TestBackend {
    pub running: Running,
    pub clock: TestClock,
    config: Config,
    folder: TempDir,
}

impl TestBackend {
    /// Over SQLite, with the inbox.
    pub async fn start() -> TestBackend {
        TestBackend::with(Dialect::Sqlite, |config| config.inbox = true).await
    }

    pub async fn with(dialect: Dialect, change: impl FnOnce(&mut Config)) -> TestBackend {
        let folder = TempDir::new().unwrap();
        let database = fresh_database(dialect, folder.path()).await;
        let mut config = Config::new(database, folder.path().join("photos"));
        change(&mut config);
        let clock = TestClock::new();
        let running = serve(config.clone(), clock.clock()).await.unwrap();
        TestBackend {
            running,
            clock,
            config,
            folder,
        }
    }

    /// Stops it and starts it again on what it has kept, on another port unless the configuration names one.
    pub async fn restart(self, change: impl FnOnce(&mut Config)) -> TestBackend {
        let TestBackend {
            running,
            clock,
            mut config,
            folder,
        } = self;
        running.shutdown().await;
        change(&mut config);
        let running = serve(config.clone(), clock.clock()).await.unwrap();
        TestBackend {
            running,
            clock,
            config,
            folder,
        }
    }

    pub fn url(&self, path: &str) -> String {
        self.running.url() + path
    }

    /// A folder that lives as long as the backend.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// As it was started.
    pub fn config(&self) -> Config {
        self.config.clone()
    }

    /// The address of its database.
    pub fn database(&self) -> String {
        self.config.database.clone()
    }

    /// Where photos lie.
    pub fn photos(&self) -> PathBuf {
        self.config.photos.clone()
    }

    pub async fn account(&self, username: &str, role: Role) -> Account {
        let database = &self.running.kept.database;
        accounts::add(
            database,
            username,
            &format!("审核员 {username}"),
            role,
            PASSWORD,
            self.clock.now(),
        )
        .await
        .unwrap()
    }

    /// Queues a photo for each name, handed in a minute apart, the first first, the last now.
    pub async fn queue(&self, batch: &str, names: &[&str]) -> Imported {
        let folder = self.folder.path().join("upload").join(batch);
        fs::create_dir_all(&folder).unwrap();
        let mut table = "file,name,id_number,student_no,submitted_at\n".to_owned();
        for (at, name) in names.iter().enumerate() {
            let seed = format!("{batch} {name}")
                .bytes()
                .fold(7, |seed: u32, byte| seed.wrapping_mul(31) + u32::from(byte));
            let submitted_at = self.clock.now() - TimeDelta::minutes((names.len() - 1 - at) as i64);
            let number = seed % 100_000_000;
            fs::write(folder.join(format!("{at:04}.jpg")), jpeg(seed)).unwrap();
            table += &format!(
                "{at:04}.jpg,{name},9901012003{number:08},2023{number:08},{}\n",
                submitted_at.to_rfc3339()
            );
        }
        fs::write(folder.join("students.csv"), table).unwrap();
        let imported = self.import(batch, &folder).await.unwrap();
        fs::remove_dir_all(&folder).unwrap();
        imported
    }

    /// Imports a folder as it is.
    ///
    /// # Errors
    /// As the backend's import.
    pub async fn import(&self, batch: &str, folder: &Path) -> Result<Imported, import::ImportError> {
        let batch = Batch {
            code: BatchCode(batch.into()),
            school: "云溪大学".into(),
            title: "2027 届毕业照片".into(),
            profile: import::USUAL_PROFILE.into(),
        };
        import::folder(&self.running.kept, &batch, folder, self.clock.now(), &mut |_| {}).await
    }
}
