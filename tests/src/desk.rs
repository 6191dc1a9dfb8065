//! A real desk in a folder of its own, with the clock of its backend, and a judge that needs no graphs.

use crate::backend::{PASSWORD, TestBackend, TestClock};
use ::desk::analyzer::report::{Check, Group, ImageFacts, ProfileRef, Report, Status, Timings};
use ::desk::view::{QueueView, SessionView};
use ::desk::{Desk, Error, ErrorCode, Judge, Key, Setup, Unjudged};
use chrono::TimeDelta;
use client::{Client, SentMessage};
use domain::{ReasonCode, SubmissionId};
use image::ImageReader;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

pub struct TestDesk {
    pub desk: Desk,
    pub clock: TestClock,
    url: String,
    judge: Arc<dyn Judge>,
    folder: TempDir,
}

impl TestDesk {
    pub async fn at(backend: &TestBackend) -> TestDesk {
        TestDesk::open(&backend.running.url(), &backend.clock).await
    }

    pub async fn open(url: &str, clock: &TestClock) -> TestDesk {
        TestDesk::judging(url, clock, Arc::new(PlainJudge)).await
    }

    pub async fn judging(url: &str, clock: &TestClock, judge: Arc<dyn Judge>) -> TestDesk {
        let folder = TempDir::new().unwrap();
        let desk = open(folder.path(), url, clock, &judge).await;
        TestDesk {
            desk,
            clock: clock.clone(),
            url: url.to_owned(),
            judge,
            folder,
        }
    }

    /// As after a power cut: nothing is closed or said goodbye to, and the desk starts again on what is on the disk.
    pub async fn crash(self) -> TestDesk {
        let TestDesk {
            desk,
            clock,
            url,
            judge,
            folder,
        } = self;
        drop(desk);
        let desk = open(folder.path(), &url, &clock, &judge).await;
        TestDesk {
            desk,
            clock,
            url,
            judge,
            folder,
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub async fn sign_in(&self, username: &str) -> SessionView {
        self.desk.sign_in(username, PASSWORD).await.unwrap()
    }

    /// One round of everything.
    pub async fn sync(&self) {
        self.desk.sync_once(self.clock.now()).await.unwrap();
    }

    /// Lets the hold of every decision pass, and goes a round.
    pub async fn sync_after_hold(&self) {
        self.clock.advance(TimeDelta::seconds(10));
        self.sync().await;
    }

    pub async fn queue(&self) -> QueueView {
        self.desk.queue().await.unwrap()
    }

    /// Ids of what is in hand, in the order it is shown.
    pub async fn in_hand(&self) -> Vec<SubmissionId> {
        self.queue()
            .await
            .photos
            .into_iter()
            .map(|photo| photo.submission)
            .collect()
    }
}

async fn open(folder: &Path, url: &str, clock: &TestClock, judge: &Arc<dyn Judge>) -> Desk {
    let setup = Setup {
        store_path: folder.join("desk.db"),
        store_key: Key::open_or_create(&folder.join("desk.key")).unwrap(),
        backend_url: url.to_owned(),
        judge: Some(Arc::clone(judge)),
        clock: clock.clock(),
        updates: None,
    };
    Desk::open(setup).await.unwrap()
}

pub fn reasons(codes: &[&str]) -> Vec<ReasonCode> {
    codes.iter().map(|code| ReasonCode((*code).to_owned())).collect()
}

/// The code of what an action answered.
pub fn code<T: std::fmt::Debug>(answer: Result<T, Error>) -> ErrorCode {
    answer.unwrap_err().code()
}

/// What the backend told the student of a submission, asked by one who may know.
pub async fn told(backend: &TestBackend, username: &str, submission: SubmissionId) -> Vec<SentMessage> {
    let client = Client::new(&backend.running.url()).unwrap();
    client
        .sign_in(username, PASSWORD)
        .await
        .unwrap()
        .messages(submission)
        .await
        .unwrap()
}

/// Reads the picture for real and judges its size only. One file it can't bear: see [`PlainJudge::POISON`].
pub struct PlainJudge;

impl PlainJudge {
    /// A photo that holds these bytes makes the judge panic.
    pub const POISON: &[u8] = b"poison";
}

impl Judge for PlainJudge {
    fn judge(&self, bytes: &[u8], profile: &str) -> Result<Report, Unjudged> {
        if bytes.windows(Self::POISON.len()).any(|window| window == Self::POISON) {
            panic!("the judge met what it can't bear");
        }
        let image = ImageReader::new(Cursor::new(bytes))
            .with_guessed_format()
            .map_err(|_| Unjudged::Unreadable("unknown_format"))?
            .decode()
            .map_err(|_| Unjudged::Unreadable("truncated"))?;
        let size = Check {
            code: "image_size".into(),
            group: Group::File,
            status: if image.width() < 480 {
                Status::Fail
            } else {
                Status::Pass
            },
            measured: None,
            required: None,
            inset: None,
            evidence: vec![],
            confidence: 1.0,
            reason: Some("image_size".into()),
        };
        Ok(Report {
            analyzer_version: "plain".into(),
            profile: ProfileRef {
                code: profile.to_owned(),
                version: "1".into(),
            },
            photo_sha256: String::new(),
            image: ImageFacts {
                format: "JPEG".into(),
                width_px: image.width(),
                height_px: image.height(),
                bytes: bytes.len() as u32,
            },
            checks: vec![size],
            geometry: None,
            crop: None,
            shot: None,
            timings: Timings::default(),
        })
    }
}
