//! The program `audit` as it is called: what it prints, and its exit codes.

#![allow(clippy::unwrap_used)]

use audit::{Decided, Hash};
use chrono::{DateTime, Utc};
use domain::{
    BatchCode, Decision, DecisionId, Lease, LeaseId, Pinned, ReviewerId, Student, StudentId, Submission, SubmissionId,
    Verdict,
};
use std::path::Path;
use std::process::{Command, Output};
use store::{Judged, Key, Store};

const PHOTO: &[u8] = b"bytes that are no photo";

fn at() -> DateTime<Utc> {
    "2026-11-24T02:00:00Z".parse().unwrap()
}

/// A desk's folder in which one unreadable photo was rejected; the decision.
async fn folder(path: &Path) -> DecisionId {
    let key = Key::open_or_create(&path.join("desk.key")).unwrap();
    let store = Store::open(&path.join("desk.db"), &key).await.unwrap();
    let reviewer = ReviewerId::new();
    let submission = Submission {
        id: SubmissionId::new(),
        student: Student {
            id: StudentId::new(),
            name: "刘碧".into(),
            id_number: "990101200301012345".into(),
            student_no: "1".into(),
        },
        batch: BatchCode("B1".into()),
        school: "示例大学".into(),
        attempt: 1,
        submitted_at: at(),
        profile: "chsi-2017".into(),
        photo_sha256: Hash::of(PHOTO).to_string(),
        photo_bytes: PHOTO.len() as u32,
    };
    let lease = Lease {
        id: LeaseId::new(),
        submission: submission.id,
        expires_at: at(),
    };
    let decided = Decided {
        decision: Decision {
            id: DecisionId::new(),
            submission: submission.id,
            batch: submission.batch.clone(),
            lease: lease.id,
            reviewer,
            verdict: Verdict::Reject,
            reasons: vec![],
            note: String::new(),
            decided_at: at(),
            photo_sha256: submission.photo_sha256.clone(),
            pinned: Pinned {
                profile: "chsi-2017".into(),
                profile_version: String::new(),
                analyzer_version: "0.1.0".into(),
                reasons_version: "1".into(),
                calendar_version: "1".into(),
            },
            look: None,
            corrects: None,
        },
        masked_name: "刘*".into(),
        school: submission.school.clone(),
        attempt: 1,
        submitted_at: at(),
        report_sha256: None,
        unreadable: Some("unknown_format".into()),
        same_shots: vec![],
    };
    let judged = Judged::Unreadable("unknown_format".into());
    store
        .take(reviewer, &[(lease, submission.clone())], at())
        .await
        .unwrap();
    store.keep_photo(&submission.photo_sha256, PHOTO).await.unwrap();
    store.judged(submission.id, &judged).await.unwrap();
    store.decide(&decided, at()).await.unwrap();
    store.close().await;
    decided.decision.id
}

fn audit(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_audit"))
        .args(arguments)
        .output()
        .unwrap()
}

#[tokio::test]
async fn a_file_is_exported_verified_and_found_broken() {
    let dir = tempfile::tempdir().unwrap();
    let decision = folder(dir.path()).await;
    let data = dir.path().to_str().unwrap();
    let file = dir.path().join("day.audit");
    let out = file.to_str().unwrap();
    let day = "2026-11-24";
    let exported = audit(&["export", "--data", data, "--from", day, "--to", day, "--out", out]);
    let said = String::from_utf8(exported.stdout).unwrap();
    assert!(exported.status.success() && said.contains("1 decisions"), "{said}");

    let intact = audit(&["verify", out]);
    let head = said.trim().rsplit(' ').next().unwrap();
    assert_eq!(intact.status.code(), Some(0));
    let line = format!("intact: {day} to {day}, 1 entries, 1 decisions, head {head}\n");
    assert_eq!(String::from_utf8(intact.stdout).unwrap(), line);

    let mut bytes = std::fs::read(&file).unwrap();
    let place = bytes.windows(PHOTO.len()).position(|window| window == PHOTO).unwrap();
    bytes[place] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    let broken = audit(&["verify", out]);
    assert_eq!(broken.status.code(), Some(1));
    let line = format!("broken: entry 1, decision {decision}: photo\n");
    assert_eq!(String::from_utf8(broken.stdout).unwrap(), line);

    for unreadable in [
        data.to_owned() + "/desk.db",
        data.to_owned() + "/nothing",
        data.to_owned(),
    ] {
        assert_eq!(audit(&["verify", &unreadable]).status.code(), Some(2), "{unreadable}");
    }
}

#[tokio::test]
async fn an_export_without_a_desk_or_with_another_key_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().to_str().unwrap();
    let out = dir.path().join("day.audit");
    let export = || {
        let day = "2026-11-24";
        let arguments = [
            "export",
            "--data",
            data,
            "--from",
            day,
            "--to",
            day,
            "--out",
            out.to_str().unwrap(),
        ];
        let output = audit(&arguments);
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, said) = export();
    assert!(code == Some(2) && said.contains("holds no desk.db"), "{said}");
    folder(dir.path()).await;
    std::fs::write(dir.path().join("desk.key"), "00".repeat(32)).unwrap();
    let (code, said) = export();
    assert!(code == Some(2) && said.contains("the key does not open"), "{said}");
    assert!(!out.exists());
}
