//! Folders of photos become a queue.

use crate::call::Desk;
use backend::demo::{self, Passwords};
use backend::import::{self, ImportError, Imported, Outcome};
use domain::{BatchCode, Role};
use std::collections::BTreeMap;
use std::fs;
use tests::backend::{Dialect, PASSWORD, TestBackend};
use tests::photo::jpeg;

pub async fn a_folder_is_queued_once(dialect: Dialect) {
    let backend = TestBackend::with(dialect, |_| {}).await;
    let folder = backend.folder().join("in");
    fs::create_dir_all(folder.join("deeper")).unwrap();
    fs::write(folder.join("deeper/c.jpg"), jpeg(3)).unwrap();
    fs::write(folder.join("鲍奕辰.jpg"), jpeg(1)).unwrap();
    fs::write(folder.join("not a photo.jpg"), "GIF89a").unwrap();
    fs::write(folder.join("empty.png"), "").unwrap();
    fs::write(folder.join("really a jpeg.png"), jpeg(2)).unwrap();
    fs::write(folder.join("the same again.jpg"), jpeg(2)).unwrap();
    // the head of a PNG is enough here: whether it can be read is for the analyzer to say
    fs::write(folder.join("刘碧.bin"), b"\x89PNG\r\n\x1a\n and no more").unwrap();
    fs::File::create(folder.join("huge.jpg"))
        .unwrap()
        .set_len(backend::photos::PHOTO_MAX_BYTES + 1)
        .unwrap();
    fs::write(folder.join("students.csv"), "file,name\n刘碧.bin,刘碧\ngone.jpg,欧阳").unwrap();

    let batch = backend::storage::batches::Batch {
        code: BatchCode("B1".into()),
        school: String::new(),
        title: String::new(),
        profile: import::USUAL_PROFILE.into(),
    };
    let mut seen = BTreeMap::new();
    let mut note = |step: import::Step<'_>| {
        assert_eq!((step.batch.0.as_str(), step.total), ("B1", 8));
        seen.insert(step.file.to_owned(), step.outcome.clone());
    };
    let imported = import::folder(&backend.running.kept, &batch, &folder, backend.clock.now(), &mut note)
        .await
        .unwrap();
    assert_eq!(
        imported,
        Imported {
            queued: 3,
            already_here: 1,
            skipped: 4
        }
    );
    for (file, outcome) in [
        ("not a photo.jpg", Outcome::NotAPhoto),
        ("empty.png", Outcome::NotAPhoto),
        ("huge.jpg", Outcome::TooLarge),
        ("gone.jpg", Outcome::Missing),
        ("the same again.jpg", Outcome::AlreadyHere),
        ("刘碧.bin", Outcome::Queued),
    ] {
        assert_eq!(seen.get(file), Some(&outcome), "{file}");
    }
    assert_eq!(
        backend.import("B1", &folder).await.unwrap(),
        Imported {
            queued: 0,
            already_here: 4,
            skipped: 4
        }
    );
    assert_eq!(
        backend.import("B2", &folder).await.unwrap().queued,
        3,
        "another batch is another queue"
    );

    let desk = Desk::of(&backend, "li", Role::Reviewer).await;
    let taken = desk.take(10, Some("B1")).await.unwrap();
    let names: Vec<&str> = taken
        .iter()
        .map(|leased| leased.submission.student.name.as_str())
        .collect();
    assert_eq!(
        names,
        ["really a jpeg", "刘碧", "鲍奕辰"],
        "without a table a file's name is the student's"
    );
    assert_eq!(
        desk.photo(taken[0].submission.id).await.unwrap(),
        ("image/jpeg".to_owned(), jpeg(2))
    );
    assert_eq!(desk.photo(taken[1].submission.id).await.unwrap().0, "image/png");
    let queue = desk.queue().await.unwrap();
    let pending: Vec<_> = queue
        .batches
        .iter()
        .map(|batch| (batch.code.0.as_str(), batch.pending))
        .collect();
    assert_eq!(pending, [("B1", 3), ("B2", 3)]);
    assert!(matches!(
        backend.import("B3", &folder.join("none")).await,
        Err(ImportError::Unreadable { .. })
    ));
}

pub async fn a_student_uploads_again_only_when_it_is_their_turn(dialect: Dialect) {
    let backend = TestBackend::with(dialect, |_| {}).await;
    let desk = Desk::of(&backend, "li", Role::Reviewer).await;
    let folder = backend.folder().join("in");
    fs::create_dir(&folder).unwrap();
    let upload = async |seed: u32| {
        fs::write(folder.join("1.jpg"), jpeg(seed)).unwrap();
        fs::write(
            folder.join("students.csv"),
            "file,name,id_number\n1.jpg,鲍奕辰,990101200301012345",
        )
        .unwrap();
        backend.import("B1", &folder).await.unwrap()
    };
    assert_eq!(upload(1).await.queued, 1);
    assert_eq!(upload(2).await.skipped, 1, "one photo waits already");
    let first = desk.take_one().await;
    let decision = desk.decision(&first, &["not_sharp"], backend.clock.now()).await;
    desk.decide(&decision).await.unwrap();
    assert_eq!(upload(2).await.queued, 1);
    let second = desk.take_one().await.submission;
    assert_eq!((first.submission.attempt, second.attempt), (1, 2));
    assert_eq!(first.submission.student, second.student);
    assert_eq!(upload(1).await.already_here, 1);
}

pub async fn a_list_of_batches_fills_the_demo(dialect: Dialect) {
    let backend = TestBackend::with(dialect, |_| {}).await;
    let samples = backend.folder().join("samples");
    for (folder, first) in [("one", 0), ("two", 10)] {
        fs::create_dir_all(samples.join(folder)).unwrap();
        let mut table = "file,name,id_number,student_no,email,submitted_hours_ago\n".to_owned();
        for at in first..first + 3 {
            fs::write(samples.join(folder).join(format!("{at}.jpg")), jpeg(at)).unwrap();
            table += &format!("{at}.jpg,学生{at},,2023{at:04},s{at}@example.org,{}\n", at + 1);
        }
        fs::write(samples.join(folder).join("students.csv"), table).unwrap();
    }
    let list = r#"[{"code": "B1", "school": "云溪大学", "title": "甲", "folder": "one"},
                   {"code": "B2", "school": "南湖学院", "title": "乙", "folder": "two", "profile": "us-visa"}]"#;
    fs::write(samples.join("batches.json"), list).unwrap();
    let (kept, now) = (&backend.running.kept, backend.clock.now());
    let accounts = async || {
        let passwords = Passwords {
            reviewer: PASSWORD,
            supervisor: PASSWORD,
        };
        let demo::Accounts { reviewer, supervisor } = demo::accounts(kept, passwords, now).await.unwrap();
        (reviewer, supervisor)
    };
    let fill = async |dir| demo::photos(kept, dir, now, &mut |_| {}).await.unwrap();
    let (reviewer, supervisor) = accounts().await;
    assert_eq!((reviewer.role, supervisor.role), (Role::Reviewer, Role::Supervisor));
    assert_eq!(accounts().await, (reviewer, supervisor));
    assert_eq!(
        fill(&samples).await,
        Imported {
            queued: 6,
            already_here: 0,
            skipped: 0
        }
    );
    assert_eq!(
        fill(&samples).await,
        Imported {
            queued: 0,
            already_here: 6,
            skipped: 0
        }
    );

    let desk = Desk::again(&backend, demo::REVIEWER).await;
    let taken = desk.take(10, None).await.unwrap();
    let order: Vec<&str> = taken
        .iter()
        .map(|leased| leased.submission.student.name.as_str())
        .collect();
    assert_eq!(
        order,
        ["学生12", "学生11", "学生10", "学生2", "学生1", "学生0"],
        "the longest waiting first"
    );
    assert_eq!(
        (
            taken[0].submission.profile.as_str(),
            taken[0].submission.school.as_str()
        ),
        ("us-visa", "南湖学院")
    );
    // a plain folder is a batch of its own
    assert_eq!(fill(&samples.join("one")).await.queued, 3);
    let queue = desk.queue().await.unwrap();
    assert_eq!(queue.batches.last().map(|batch| batch.code.0.as_str()), Some("LOCAL-1"));
}
