//! Leases: who gets what, for how long, and who may see a photo.

use crate::call::{Desk, refused};
use chrono::TimeDelta;
use domain::{LeaseId, Role, SubmissionId};
use protocol::ErrorCode;
use std::collections::BTreeSet;
use std::fs;
use tests::backend::{Dialect, TestBackend};

const LEASE: TimeDelta = TimeDelta::minutes(15);

pub async fn what_came_first_is_leased_first(dialect: Dialect) {
    let backend = TestBackend::with(dialect, |_| {}).await;
    let desk = Desk::of(&backend, "li", Role::Reviewer).await;
    assert!(desk.take(5, None).await.unwrap().is_empty());
    backend.queue("B1", &["甲", "乙", "丙"]).await;
    backend.clock.advance(TimeDelta::hours(-1));
    backend.queue("B2", &["丁"]).await;
    backend.clock.advance(TimeDelta::hours(1));

    let names = async |count, batch| -> Vec<String> {
        let taken = desk.take(count, batch).await.unwrap();
        taken.into_iter().map(|leased| leased.submission.student.name).collect()
    };
    assert_eq!(names(1, Some("B1")).await, ["甲"]);
    assert_eq!(names(2, None).await, ["丁", "乙"], "asking again gives further ones");
    let queue = desk.queue().await.unwrap();
    assert_eq!((queue.waiting, queue.leased_by_me, queue.leased_by_others), (1, 3, 0));
    let other = Desk::of(&backend, "wang", Role::Supervisor).await;
    assert_eq!(other.take(5, None).await.unwrap().len(), 1);
    let queue = other.queue().await.unwrap();
    assert_eq!((queue.waiting, queue.leased_by_me, queue.leased_by_others), (0, 1, 3));
    assert!(names(0, None).await.is_empty());
    assert!(names(5, Some("no such batch")).await.is_empty());
    assert_eq!(
        desk.take(101, None).await.unwrap_err(),
        refused(400, ErrorCode::BadRequest)
    );
}

pub async fn two_reviewers_never_get_the_same_submission(dialect: Dialect) {
    let backend = TestBackend::with(dialect, |_| {}).await;
    let names: Vec<String> = (0..60).map(|at| format!("学生{at}")).collect();
    backend
        .queue("B1", &names.iter().map(String::as_str).collect::<Vec<_>>())
        .await;
    let mut desks = Vec::new();
    for name in ["li", "wang", "zhao", "qian"] {
        desks.push(Desk::of(&backend, name, Role::Reviewer).await);
    }
    let tasks: Vec<_> = desks
        .iter()
        .cloned()
        .map(|desk| {
            tokio::spawn(async move {
                let mut taken: Vec<SubmissionId> = Vec::new();
                for _ in 0..8 {
                    taken.extend(
                        desk.take(3, None)
                            .await
                            .unwrap()
                            .iter()
                            .map(|leased| leased.submission.id),
                    );
                }
                taken
            })
        })
        .collect();
    let mut all = Vec::new();
    for task in tasks {
        all.extend(task.await.unwrap());
    }
    let distinct: BTreeSet<_> = all.iter().collect();
    assert_eq!((all.len(), distinct.len()), (60, 60));
    let mut held = 0;
    for desk in &desks {
        held += desk.held().await.unwrap().len();
    }
    assert_eq!(held, 60);
}

pub async fn a_lease_ends_unless_it_is_renewed(dialect: Dialect) {
    let backend = TestBackend::with(dialect, |config| config.lease = LEASE).await;
    backend.queue("B1", &["甲", "乙"]).await;
    let desk = Desk::of(&backend, "li", Role::Reviewer).await;
    let other = Desk::of(&backend, "wang", Role::Reviewer).await;
    let taken = desk.take(2, None).await.unwrap();
    let [first, second] = [taken[0].lease.id, taken[1].lease.id];
    assert_eq!(taken[0].lease.expires_at, backend.clock.now() + LEASE);

    backend.clock.advance(LEASE - TimeDelta::milliseconds(1));
    let renewed = desk.renew(&[second, first, second]).await.unwrap();
    assert!(
        renewed
            .renewed
            .iter()
            .all(|lease| lease.expires_at == backend.clock.now() + LEASE)
    );
    assert_eq!((renewed.renewed.len(), renewed.lost.len()), (2, 0));
    let strangers = [first, LeaseId::new()];
    assert_eq!(other.renew(&strangers).await.unwrap().lost, strangers);
    assert!(other.take(5, None).await.unwrap().is_empty());

    backend.clock.advance(LEASE);
    assert!(desk.held().await.unwrap().is_empty());
    assert_eq!(
        desk.renew(&[first]).await.unwrap().lost,
        [first],
        "what has ended stays ended"
    );
    assert_eq!(desk.queue().await.unwrap().waiting, 2);
    let again = other.take(1, None).await.unwrap();
    assert_eq!(
        again[0].submission, taken[0].submission,
        "it came back to its old place"
    );
    assert_ne!(again[0].lease.id, first);
    assert_eq!(
        desk.photo(taken[0].submission.id).await.unwrap_err(),
        refused(403, ErrorCode::NotAllowed)
    );
}

pub async fn a_released_submission_is_free_at_once(dialect: Dialect) {
    let backend = TestBackend::with(dialect, |_| {}).await;
    backend.queue("B1", &["甲"]).await;
    let desk = Desk::of(&backend, "li", Role::Reviewer).await;
    let other = Desk::of(&backend, "wang", Role::Reviewer).await;
    let leased = desk.take_one().await;
    other.release(&[leased.lease.id]).await;
    assert_eq!(
        desk.held().await.unwrap().len(),
        1,
        "nobody gives back what is another's"
    );
    desk.release(&[leased.lease.id, leased.lease.id]).await;
    assert!(desk.held().await.unwrap().is_empty());
    assert_eq!(other.take_one().await.submission, leased.submission);
}

pub async fn a_desk_finds_its_leases_again(dialect: Dialect) {
    let backend = TestBackend::with(dialect, |_| {}).await;
    backend.queue("B1", &["甲", "乙", "丙"]).await;
    let desk = Desk::of(&backend, "li", Role::Reviewer).await;
    let taken = desk.take(2, None).await.unwrap();
    let backend = backend.restart(|_| {}).await;
    let desk = Desk::again(&backend, "li").await;
    assert_eq!(desk.held().await.unwrap(), taken);
    let other = Desk::of(&backend, "wang", Role::Reviewer).await;
    assert!(other.held().await.unwrap().is_empty());
    let decision = desk.decision(&taken[0], &[], backend.clock.now()).await;
    desk.decide(&decision).await.unwrap();
    assert_eq!(desk.held().await.unwrap(), taken[1..]);
}

pub async fn a_photo_is_for_whoever_may_see_it(dialect: Dialect) {
    let backend = TestBackend::with(dialect, |_| {}).await;
    backend.queue("B1", &["甲", "乙"]).await;
    let desk = Desk::of(&backend, "li", Role::Reviewer).await;
    let other = Desk::of(&backend, "wang", Role::Reviewer).await;
    let supervisor = Desk::of(&backend, "zhao", Role::Supervisor).await;
    let leased = desk.take_one().await;
    let submission = &leased.submission;
    let not_allowed = refused(403, ErrorCode::NotAllowed);

    let (kind, bytes) = desk.photo(submission.id).await.unwrap();
    assert_eq!(
        (kind.as_str(), bytes.len()),
        ("image/jpeg", submission.photo_bytes as usize)
    );
    assert_eq!(supervisor.photo(submission.id).await.unwrap().1, bytes);
    assert_eq!(other.photo(submission.id).await.unwrap_err(), not_allowed);
    assert_eq!(other.messages(submission.id).await.unwrap_err(), not_allowed);
    assert_eq!(
        other.photo(SubmissionId::new()).await.unwrap_err(),
        refused(404, ErrorCode::NotFound)
    );

    let decision = desk.decision(&leased, &[], backend.clock.now()).await;
    desk.decide(&decision).await.unwrap();
    backend.clock.advance(TimeDelta::hours(1));
    assert_eq!(
        desk.photo(submission.id).await.unwrap().1,
        bytes,
        "whoever decided may look again"
    );
    assert_eq!(other.photo(submission.id).await.unwrap_err(), not_allowed);

    // one flipped bit on the disk is found, and not shown
    let file = backend
        .photos()
        .join(&submission.photo_sha256[..2])
        .join(&submission.photo_sha256);
    let mut damaged = fs::read(&file).unwrap();
    damaged[100] ^= 1;
    fs::write(&file, damaged).unwrap();
    assert_eq!(
        desk.photo(submission.id).await.unwrap_err(),
        refused(500, ErrorCode::Internal)
    );
    fs::remove_file(&file).unwrap();
    assert_eq!(
        desk.photo(submission.id).await.unwrap_err(),
        refused(500, ErrorCode::Internal)
    );
}
