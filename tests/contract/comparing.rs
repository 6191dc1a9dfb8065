//! The same shot (同版) handed in more than once: who hears of whom, and whose photo is shown for it.

use crate::call::{Desk, refused};
use analyzer::same_shot::{BITS, Fingerprint};
use backend::import;
use backend::storage::batches::Batch;
use chrono::TimeDelta;
use domain::{BatchCode, Eyes, Role, Spot, SubmissionState, Verdict};
use protocol::{ErrorCode, LeasedSubmission, MOST_DISTANCE_BITS, Shot, ShotMatches};
use serde_json::json;
use std::fs;
use tests::backend::{Dialect, TestBackend};
use tests::photo::jpeg;

const WITHIN: u32 = 66;

/// What a shot is known by, so many bits away from that of `seed`.
fn shot(seed: u64, away: usize) -> Shot {
    let mut words = [1, 2, 3, 4].map(|word: u64| (word * seed).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    for bit in 0..away {
        words[bit / 64] ^= 1 << (bit % 64);
    }
    let print = Fingerprint::from_words(words).print();
    let spot = |x_px| Spot { x_px, y_px: 300.25 };
    Shot {
        version: print.version,
        bits: print.bits,
        eyes: Eyes {
            left_eye_px: spot(200.0),
            right_eye_px: spot(280.0 + away as f64),
        },
        within_bits: WITHIN,
    }
}

/// Hands a photo in for somebody.
async fn upload(backend: &TestBackend, batch: &str, seed: u32, name: &str, id_number: &str) {
    let folder = backend.folder().join("in");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("1.jpg"), jpeg(seed)).unwrap();
    let table = format!("file,name,id_number,student_no\n1.jpg,{name},{id_number},");
    fs::write(folder.join("students.csv"), table).unwrap();
    assert_eq!(backend.import(batch, &folder).await.unwrap().queued, 1);
    backend.clock.advance(TimeDelta::minutes(1));
}

async fn leased(desk: &Desk, batch: &str) -> LeasedSubmission {
    desk.take(1, Some(batch)).await.unwrap().remove(0)
}

fn named(answer: &ShotMatches) -> Vec<(&str, u32)> {
    let matches = answer.matches.iter();
    matches
        .map(|one| (one.masked_name.as_str(), one.distance_bits))
        .collect()
}

pub async fn the_same_shot_of_another_is_named(dialect: Dialect) {
    let backend = TestBackend::with(dialect, |_| {}).await;
    let (li, wang) = (
        Desk::of(&backend, "li", Role::Reviewer).await,
        Desk::of(&backend, "wang", Role::Reviewer).await,
    );
    upload(&backend, "B1", 1, "鲍奕辰", "990101200301012345").await;
    upload(&backend, "B1", 2, "刘碧", "990101200301016789").await;
    let first = leased(&li, "B1").await;
    let second = leased(&wang, "B1").await;
    let id = second.submission.id;
    assert_eq!(named(&li.shot(first.submission.id, &shot(7, 0)).await.unwrap()), []);
    // the next one's shot is another
    assert_eq!(named(&wang.shot(id, &shot(8, 0)).await.unwrap()), []);
    upload(&backend, "B2", 3, "欧阳娜娜", "990101200301011111").await;
    let third = leased(&wang, "B2").await.submission.id;

    // named to whoever has the later one in hand, as long as that is so
    let refusal = refused(403, ErrorCode::NotAllowed);
    assert_eq!(wang.photo(first.submission.id).await.unwrap_err(), refusal);
    let answer = wang.shot(third, &shot(7, 10)).await.unwrap();
    assert_eq!(named(&answer), [("鲍*辰", 10)]);
    let found = &answer.matches[0];
    assert_eq!((found.submission, found.attempt), (first.submission.id, 1));
    assert_eq!((found.state, found.verdict), (SubmissionState::PendingReview, None));
    assert_eq!((found.same_person, found.eyes), (false, shot(7, 0).eyes));
    assert_eq!(
        (&found.photo_sha256, &found.batch),
        (&first.submission.photo_sha256, &first.submission.batch)
    );
    assert_eq!(wang.photo(first.submission.id).await.unwrap().1, jpeg(1));
    assert_eq!(wang.history(first.submission.id).await.unwrap_err(), refusal);
    assert_eq!(wang.shot(first.submission.id, &shot(7, 0)).await.unwrap_err(), refusal);
    assert_eq!(
        wang.shot(third, &shot(7, 10)).await.unwrap(),
        answer,
        "it may arrive twice"
    );

    // who asks again hears what was decided
    let decision = li.decision(&first, &["not_sharp"], backend.clock.now()).await;
    li.decide(&decision).await.unwrap();
    let found = wang.shot(third, &shot(7, 10)).await.unwrap().matches.remove(0);
    assert_eq!(
        (found.state, found.verdict),
        (SubmissionState::Rejected, Some(Verdict::Reject))
    );

    backend.clock.advance(TimeDelta::minutes(20));
    assert_eq!(wang.photo(first.submission.id).await.unwrap_err(), refusal);
    let supervisor = Desk::of(&backend, "qian", Role::Supervisor).await;
    assert_eq!(
        named(&supervisor.shot(third, &shot(7, 10)).await.unwrap()),
        [("鲍*辰", 10)]
    );
}

pub async fn whoever_has_the_earlier_one_in_hand_hears_of_the_later(dialect: Dialect) {
    let backend = TestBackend::with(dialect, |_| {}).await;
    let (li, wang) = (
        Desk::of(&backend, "li", Role::Reviewer).await,
        Desk::of(&backend, "wang", Role::Reviewer).await,
    );
    upload(&backend, "B1", 1, "鲍奕辰", "990101200301012345").await;
    upload(&backend, "B2", 2, "刘碧", "990101200301016789").await;
    let first = leased(&li, "B1").await;
    let (early, late) = (first.submission.id, leased(&wang, "B2").await.submission.id);
    let again = async |desk: &Desk| desk.queue().await.unwrap().compare_again;
    assert_eq!(named(&li.shot(early, &shot(7, 0)).await.unwrap()), []);
    assert_eq!(again(&li).await, []);

    assert_eq!(named(&wang.shot(late, &shot(7, 10)).await.unwrap()), [("鲍*辰", 10)]);
    assert_eq!((again(&li).await, again(&wang).await), (vec![early], vec![]));
    assert_eq!(li.photo(late).await.unwrap().1, jpeg(2));
    assert_eq!(named(&li.shot(early, &shot(7, 0)).await.unwrap()), [("刘*", 10)]);
    assert_eq!(
        (again(&li).await, again(&wang).await),
        (vec![], vec![]),
        "each was told"
    );
    wang.shot(late, &shot(7, 10)).await.unwrap();
    assert_eq!(again(&li).await, [], "and once is enough");

    // a third one's: both are to hear, but only as long as they are in hand
    upload(&backend, "B3", 3, "欧阳娜娜", "990101200301011111").await;
    let third = leased(&wang, "B3").await.submission.id;
    wang.shot(third, &shot(7, 5)).await.unwrap();
    assert_eq!((again(&li).await, again(&wang).await), (vec![early], vec![late]));
    let decision = li.decision(&first, &["same_shot"], backend.clock.now()).await;
    li.decide(&decision).await.unwrap();
    assert_eq!(again(&li).await, []);
    backend.clock.advance(TimeDelta::minutes(20));
    assert_eq!(again(&wang).await, []);
}

pub async fn a_student_may_try_again_but_not_with_another_credentials_photo(dialect: Dialect) {
    let backend = TestBackend::with(dialect, |_| {}).await;
    let li = Desk::of(&backend, "li", Role::Reviewer).await;
    let bao = "990101200301012345";
    upload(&backend, "B1", 1, "鲍奕辰", bao).await;
    let first = leased(&li, "B1").await;
    li.shot(first.submission.id, &shot(7, 0)).await.unwrap();
    let decision = li.decision(&first, &["not_sharp"], backend.clock.now()).await;
    li.decide(&decision).await.unwrap();

    upload(&backend, "B1", 2, "鲍奕辰", bao).await;
    let again = leased(&li, "B1").await.submission;
    assert_eq!((again.student.id, again.attempt), (first.submission.student.id, 2));
    assert_eq!(named(&li.shot(again.id, &shot(7, 3)).await.unwrap()), []);

    upload(&backend, "B2", 3, "鲍奕辰", bao).await;
    let elsewhere = leased(&li, "B2").await.submission.id;
    let answer = li.shot(elsewhere, &shot(7, 4)).await.unwrap();
    let told: Vec<_> = answer
        .matches
        .iter()
        .map(|one| (one.attempt, one.distance_bits, one.same_person))
        .collect();
    assert_eq!(told, [(2, 1, true), (1, 4, true)], "the nearest first");
}

pub async fn a_shot_is_known_after_a_restart_and_strangers_are_never_named(dialect: Dialect) {
    let backend = TestBackend::with(dialect, |_| {}).await;
    let li = Desk::of(&backend, "li", Role::Reviewer).await;
    backend.queue("B1", &["甲", "乙"]).await;
    let one = leased(&li, "B1").await.submission.id;
    let two = leased(&li, "B1").await.submission.id;
    li.shot(one, &shot(7, 0)).await.unwrap();

    let backend = backend.restart(|_| {}).await;
    let li = Desk::again(&backend, "li").await;
    let far = MOST_DISTANCE_BITS as usize;
    let ask = async |away, within_bits| {
        let asked = Shot {
            within_bits,
            ..shot(7, away)
        };
        named(&li.shot(two, &asked).await.unwrap()).len()
    };
    assert_eq!((ask(9, 8).await, ask(9, 9).await), (0, 1));
    assert_eq!((ask(far, u32::MAX).await, ask(far + 1, u32::MAX).await), (1, 0));

    let bad = refused(400, ErrorCode::BadRequest);
    let newer = Shot {
        version: u32::MAX,
        ..shot(7, 0)
    };
    let short = Shot {
        bits: "0".repeat(BITS / 4 - 1),
        ..shot(7, 0)
    };
    for wrong in [newer, short] {
        assert_eq!(li.shot(two, &wrong).await.unwrap_err(), bad);
    }
    assert_eq!(
        li.shot(Default::default(), &shot(7, 0)).await.unwrap_err(),
        refused(404, ErrorCode::NotFound)
    );
}

pub async fn a_known_photo_is_found_and_reviewed_by_nobody(dialect: Dialect) {
    let backend = TestBackend::with(dialect, |_| {}).await;
    let li = Desk::of(&backend, "li", Role::Reviewer).await;
    let folder = backend.folder().join("entrance");
    fs::create_dir_all(&folder).unwrap();
    for (file, seed) in [("20230001.jpg", 1), ("20230002.jpg", 2)] {
        fs::write(folder.join(file), jpeg(seed)).unwrap();
    }
    let known = shot(7, 0);
    let line = json!({
        "file": "entrance/20230001.jpg",
        "shot": { "version": known.version, "bits": known.bits },
        "geometry": known.eyes,
    });
    let prints = folder.join("prints.jsonl");
    fs::write(&prints, line.to_string()).unwrap();
    let batch = Batch {
        code: BatchCode("ENTRANCE-2023".into()),
        school: "云溪大学".into(),
        title: "2023 级录取照片".into(),
        profile: import::USUAL_PROFILE.into(),
    };
    // while it serves
    let (kept, now) = (&backend.running.kept, backend.clock.now());
    let imported = import::known(kept, &batch, &folder, &prints, now, &mut |_| {})
        .await
        .unwrap();
    assert_eq!((imported.queued, imported.skipped), (1, 2));
    assert!(li.take(9, None).await.unwrap().is_empty(), "there is nothing to review");

    upload(&backend, "B1", 3, "鲍奕辰", "990101200301012345").await;
    let id = leased(&li, "B1").await.submission.id;
    let found = li.shot(id, &shot(7, 10)).await.unwrap().matches.remove(0);
    assert_eq!((found.masked_name.as_str(), found.distance_bits), ("2******1", 10));
    assert_eq!((found.state, found.verdict), (SubmissionState::Completed, None));
    assert_eq!((&found.batch, found.eyes), (&batch.code, known.eyes));
    assert_eq!(li.photo(found.submission).await.unwrap().1, jpeg(1));
}
