//! Looking back and around: a submission's life, search, the floor, what is set aside, what supervisors set.

use crate::call::{Desk, refused};
use chrono::TimeDelta;
use domain::{AsideKind, Role, SubmissionState, Verdict};
use protocol::{ErrorCode, USUAL_BLIND_PERCENT};
use std::fs;
use tests::backend::{Dialect, TestBackend};
use tests::photo::jpeg;

/// The same student's photo, another one each time.
pub async fn upload(backend: &TestBackend, seed: u32) {
    let folder = backend.folder().join("in");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("1.jpg"), jpeg(seed)).unwrap();
    let table = "file,name,id_number,student_no\n1.jpg,鲍奕辰,990101200301012345,202311110001";
    fs::write(folder.join("students.csv"), table).unwrap();
    assert_eq!(backend.import("B1", &folder).await.unwrap().queued, 1);
}

pub async fn a_life_is_told_from_the_first_attempt(dialect: Dialect) {
    let backend = TestBackend::with(dialect, |_| {}).await;
    let desk = Desk::of(&backend, "li", Role::Reviewer).await;
    upload(&backend, 1).await;
    let first = desk.take_one().await;
    let decision = desk.decision(&first, &["not_sharp"], backend.clock.now()).await;
    desk.decide(&decision).await.unwrap();
    backend.clock.advance(TimeDelta::minutes(5));
    upload(&backend, 2).await;

    // another reviewer gets the second attempt and sees the first, photo and all
    let other = Desk::of(&backend, "wang", Role::Reviewer).await;
    let second = other.take_one().await.submission;
    let attempts = other.history(second.id).await.unwrap().attempts;
    let told: Vec<_> = attempts
        .iter()
        .map(|one| (one.submission, one.attempt, one.state))
        .collect();
    assert_eq!(
        told,
        [
            (first.submission.id, 1, SubmissionState::Rejected),
            (second.id, 2, SubmissionState::PendingReview)
        ]
    );
    let received = &attempts[0].decisions[0];
    assert_eq!(
        (&received.decision, received.reviewer_name.as_str()),
        (&decision, "审核员 li")
    );
    assert_eq!(attempts[0].messages.len(), 1);
    assert!(attempts[1].decisions.is_empty() && attempts[1].messages.is_empty());
    assert_eq!(other.photo(first.submission.id).await.unwrap().1, jpeg(1));

    // who has nothing to do with the student sees nothing
    let stranger = Desk::of(&backend, "zhao", Role::Reviewer).await;
    let refusal = refused(403, ErrorCode::NotAllowed);
    assert_eq!(stranger.history(second.id).await.unwrap_err(), refusal);
    assert_eq!(stranger.photo(first.submission.id).await.unwrap_err(), refusal);
    let supervisor = Desk::of(&backend, "qian", Role::Supervisor).await;
    assert_eq!(supervisor.history(first.submission.id).await.unwrap().attempts.len(), 2);
    assert_eq!(
        supervisor.history(Default::default()).await.unwrap_err(),
        refused(404, ErrorCode::NotFound)
    );
}

pub async fn a_search_finds_what_one_may_see(dialect: Dialect) {
    let backend = TestBackend::with(dialect, |_| {}).await;
    backend.queue("B1", &["鲍奕辰", "刘碧"]).await;
    backend.queue("B2", &["鲍辰"]).await;
    let reviewer = Desk::of(&backend, "li", Role::Reviewer).await;
    let supervisor = Desk::of(&backend, "qian", Role::Supervisor).await;
    let names = async |desk: &Desk, text: &str| -> Vec<String> {
        let found = desk.search(text).await.unwrap();
        let mut names: Vec<String> = found.submissions.into_iter().map(|one| one.student.name).collect();
        names.sort();
        names
    };
    assert_eq!(names(&supervisor, "鲍*辰").await, ["鲍奕辰", "鲍辰"]);
    assert_eq!(names(&supervisor, "奕").await, ["鲍奕辰"]);
    assert_eq!(names(&supervisor, "B2").await, ["鲍辰"]);
    assert_eq!(
        names(&supervisor, "%").await,
        [""; 0],
        "a wildcard of the database is a plain sign"
    );
    assert_eq!(names(&supervisor, "  ").await, [""; 0]);
    let liu = supervisor.search("刘碧").await.unwrap().submissions.remove(0).student;
    assert_eq!(names(&supervisor, &liu.student_no).await, ["刘碧"]);
    assert_eq!(names(&supervisor, &liu.id_number[12..]).await, ["刘碧"]);
    assert_eq!(
        names(&supervisor, &liu.id_number[16..]).await,
        [""; 0],
        "too short an end"
    );

    assert_eq!(names(&reviewer, "鲍*").await, [""; 0]);
    let leased = reviewer.take(1, Some("B2")).await.unwrap().remove(0);
    assert_eq!(names(&reviewer, "鲍*").await, ["鲍辰"]);
    let decision = reviewer.decision(&leased, &[], backend.clock.now()).await;
    reviewer.decide(&decision).await.unwrap();
    assert_eq!(names(&reviewer, "鲍*").await, ["鲍辰"], "what one decided is found");
}

pub async fn the_floor_counts_the_day(dialect: Dialect) {
    let backend = TestBackend::with(dialect, |_| {}).await;
    backend.queue("B1", &["甲", "乙", "丙", "丁"]).await;
    let reviewer = Desk::of(&backend, "li", Role::Reviewer).await;
    let supervisor = Desk::of(&backend, "qian", Role::Supervisor).await;
    assert_eq!(reviewer.floor().await.unwrap_err(), refused(403, ErrorCode::NotAllowed));
    let idle = supervisor.floor().await.unwrap();
    assert!(idle.reviewers.is_empty());
    assert_eq!((idle.batches[0].pending, idle.batches[0].passed), (4, 0));

    for reasons in [&[][..], &["not_sharp"][..]] {
        let leased = reviewer.take_one().await;
        let decision = reviewer.decision(&leased, reasons, backend.clock.now()).await;
        reviewer.decide(&decision).await.unwrap();
        backend.clock.advance(TimeDelta::hours(1));
    }
    let third = reviewer.take_one().await;
    let floor = supervisor.floor().await.unwrap();
    let row = &floor.reviewers[0];
    assert_eq!(
        (row.display_name.as_str(), row.passed, row.rejected),
        ("审核员 li", 1, 1)
    );
    // ten and eleven in the morning at the photo centre
    assert_eq!(
        (row.by_hour[10], row.by_hour[11], row.by_hour.iter().sum::<u32>()),
        (1, 1, 2)
    );
    assert_eq!(row.last_decision_at, Some(backend.clock.now() - TimeDelta::hours(1)));
    let batch = &floor.batches[0];
    assert_eq!(
        (batch.pending, batch.passed, batch.rejected, batch.questions),
        (2, 1, 1, 0)
    );
    assert_eq!(batch.oldest_submitted_at, Some(third.submission.submitted_at));

    // a new day begins with nothing
    backend.clock.advance(TimeDelta::hours(13));
    let supervisor = Desk::again(&backend, "qian").await;
    assert!(supervisor.floor().await.unwrap().reviewers.is_empty());
}

pub async fn what_is_set_aside_is_for_somebody_else(dialect: Dialect) {
    let backend = TestBackend::with(dialect, |_| {}).await;
    backend.queue("B1", &["甲", "乙"]).await;
    let li = Desk::of(&backend, "li", Role::Reviewer).await;
    let wang = Desk::of(&backend, "wang", Role::Reviewer).await;
    let supervisor = Desk::of(&backend, "qian", Role::Supervisor).await;
    let name = |leased: &protocol::LeasedSubmission| leased.submission.student.name.clone();

    let first = li.take_one().await;
    li.set_aside(first.lease.id, AsideKind::Skip, "").await.unwrap();
    assert_eq!(
        li.set_aside(first.lease.id, AsideKind::Skip, "").await.unwrap_err(),
        refused(409, ErrorCode::LeaseEnded)
    );
    let next = li.take_one().await;
    assert_eq!((name(&first).as_str(), name(&next).as_str()), ("甲", "乙"));
    assert!(
        li.take(5, None).await.unwrap().is_empty(),
        "what one skipped does not come back"
    );
    let skipped = wang.take_one().await;
    assert_eq!((name(&skipped).as_str(), skipped.question), ("甲", None));

    // a question goes to a supervisor, before anything else
    assert_eq!(
        wang.set_aside(skipped.lease.id, AsideKind::Ask, "  ")
            .await
            .unwrap_err(),
        refused(400, ErrorCode::BadRequest)
    );
    let long = "字".repeat(201);
    assert_eq!(
        wang.set_aside(skipped.lease.id, AsideKind::Ask, &long)
            .await
            .unwrap_err(),
        refused(400, ErrorCode::BadRequest)
    );
    wang.set_aside(skipped.lease.id, AsideKind::Ask, "这是制服吗？")
        .await
        .unwrap();
    assert_eq!(supervisor.floor().await.unwrap().batches[0].questions, 1);
    assert!(wang.take(5, None).await.unwrap().is_empty());
    let asked = supervisor.take_one().await;
    let question = asked.question.clone().unwrap();
    assert_eq!((name(&asked).as_str(), question.note.as_str()), ("甲", "这是制服吗？"));
    assert_eq!(
        (question.asked_by.as_str(), question.asked_at),
        ("审核员 wang", backend.clock.now())
    );
    let decision = supervisor.decision(&asked, &["uniform"], backend.clock.now()).await;
    supervisor.decide(&decision).await.unwrap();
    assert_eq!(supervisor.floor().await.unwrap().batches[0].questions, 0);
    assert_eq!(decision.verdict, Verdict::Reject);
}

pub async fn overtime_is_a_supervisors_to_allow(dialect: Dialect) {
    let backend = TestBackend::with(dialect, |_| {}).await;
    let reviewer = Desk::of(&backend, "li", Role::Reviewer).await;
    let supervisor = Desk::of(&backend, "qian", Role::Supervisor).await;
    assert!(!reviewer.queue().await.unwrap().overtime);
    assert_eq!(
        reviewer.overtime(true).await.unwrap_err(),
        refused(403, ErrorCode::NotAllowed)
    );
    for allowed in [true, false] {
        supervisor.overtime(allowed).await.unwrap();
        assert_eq!(reviewer.queue().await.unwrap().overtime, allowed);
    }
}

pub async fn how_large_the_blind_sample_is_a_supervisor_sets(dialect: Dialect) {
    let backend = TestBackend::with(dialect, |_| {}).await;
    let reviewer = Desk::of(&backend, "li", Role::Reviewer).await;
    let supervisor = Desk::of(&backend, "qian", Role::Supervisor).await;
    let served = async || reviewer.queue().await.unwrap().blind_percent;
    assert_eq!(served().await, USUAL_BLIND_PERCENT);
    assert_eq!(
        reviewer.set_blind_percent(0).await.unwrap_err(),
        refused(403, ErrorCode::NotAllowed)
    );
    assert_eq!(
        supervisor.set_blind_percent(101).await.unwrap_err(),
        refused(400, ErrorCode::BadRequest)
    );
    assert_eq!(served().await, USUAL_BLIND_PERCENT);
    for percent in [0, 100, 20] {
        supervisor.set_blind_percent(percent).await.unwrap();
        assert_eq!(served().await, percent);
    }
}
