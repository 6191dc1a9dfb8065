//! The same shot (同版) handed in by two students, as rendered sitters and the real analyzer have it: whoever reviews the
//! later one sees the earlier one beside it, also where the backend was away when the photo was judged.

use analyzer::profiles::Profiles;
use analyzer::report::{Report, Status};
use analyzer::same_shot::{Fingerprint, REACH_BITS};
use analyzer::{Analyzer, Models, Profile};
use chrono::{NaiveDate, TimeDelta};
use desk::view::{Connection, PhotoView, Settings};
use desk::{ErrorCode, Judge, Unjudged};
use domain::{Role, SubmissionId, SubmissionState};
use portraits::{Reuse, Sitter, archive, reused, taken};
use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use tests::backend::TestBackend;
use tests::desk::{TestDesk, code, reasons};
use tests::line::{Line, Weather};
use tests::runtime::run;
use tests::window::root;

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| {
    let folder = std::env::var_os("PHOTO_DESK_MODELS").map_or_else(|| root().join("src-tauri/models"), Into::into);
    let models = Models::from_files(|name| fs::read(folder.join(name))).expect("run `make models` first");
    Analyzer::new(models).unwrap()
});

/// The analyzer. Where it is given a line, that is cut before it looks for the first time.
#[derive(Default)]
struct Sharp {
    line: Mutex<Option<Arc<Line>>>,
    /// How often it has looked at a photo.
    looks: AtomicUsize,
}

impl Judge for Sharp {
    fn judge(&self, bytes: &[u8], profile: &str) -> Result<Report, Unjudged> {
        if let Some(line) = self.line.lock().unwrap().take() {
            line.set(Weather::Cut);
        }
        self.looks.fetch_add(1, Ordering::Relaxed);
        let profile = self.profile(profile).ok_or(Unjudged::UnknownProfile)?;
        ANALYZER
            .report(bytes, &profile)
            .map_err(|error| Unjudged::Unreadable(error.code()))
    }

    fn profile(&self, code: &str) -> Option<Profile> {
        Profiles::carried().unwrap().get(code).cloned()
    }
}

/// The sitter's later shot, by number, whose fingerprint is within reach of the reused photo's though everything has moved.
const NEAR_SHOT: u64 = 31;

/// A sitter's photo; the same cropped and brightened by another student; the sitter a moment later, a third one's.
async fn three_students() -> (TestBackend, Vec<Vec<u8>>) {
    let sitter = Sitter::conforming(41);
    let photo = |sitter: &Sitter| taken(sitter, &archive()).unwrap().jpeg;
    let first = photo(&sitter);
    let cropped = reused(&first, None, Reuse::Crop, 5).unwrap();
    let again = reused(&cropped, None, Reuse::Brightness(1.2), 5).unwrap();
    let photos = vec![first, again, photo(&sitter.another_shot(NEAR_SHOT))];

    let backend = TestBackend::start().await;
    backend.account("li", Role::Reviewer).await;
    backend.account("wang", Role::Reviewer).await;
    backend.account("qian", Role::Supervisor).await;
    let folder = backend.folder().join("in");
    fs::create_dir_all(&folder).unwrap();
    let mut table = "file,name,id_number,student_no,submitted_at\n".to_owned();
    for (at, (name, photo)) in ["鲍奕辰", "刘碧", "欧阳娜娜"].iter().zip(&photos).enumerate() {
        fs::write(folder.join(format!("{at}.jpg")), photo).unwrap();
        let submitted_at = backend.clock.now() - TimeDelta::minutes(9 - at as i64);
        table += &format!(
            "{at}.jpg,{name},99010120030101{at}234,2023000{at},{}\n",
            submitted_at.to_rfc3339()
        );
    }
    fs::write(folder.join("students.csv"), table).unwrap();
    assert_eq!(backend.import("B1", &folder).await.unwrap().queued, 3);
    (backend, photos)
}

/// A reviewer with the first photo alone in hand, judged; what that is.
async fn first_in_hand(backend: &TestBackend) -> (TestDesk, SubmissionId) {
    let desk = TestDesk::judging(&backend.running.url(), &backend.clock, Arc::new(Sharp::default())).await;
    let settings = desk.desk.settings().await.unwrap();
    let one = Settings {
        lease_ahead: 1,
        ..settings
    };
    desk.desk.save_settings(one).await.unwrap();
    desk.sign_in("li").await;
    desk.sync().await;
    let [first] = desk.in_hand().await.try_into().unwrap();
    (desk, first)
}

/// What the rule says, and who the others are.
fn same_shot(photo: &PhotoView) -> (Status, Option<Vec<SubmissionId>>) {
    let checks = &photo.report.as_ref().unwrap().checks;
    let check = checks.iter().find(|check| check.code == "same_shot").unwrap();
    let others = photo.same_shots.as_ref();
    (
        check.status,
        others.map(|all| all.iter().map(|one| one.submission).collect()),
    )
}

#[test]
fn whoever_reviews_a_reused_photo_sees_whose_it_is() {
    run(async {
        let (backend, photos) = three_students().await;
        let (li, first) = first_in_hand(&backend).await;
        assert_eq!(
            same_shot(&li.desk.photo(first).await.unwrap()),
            (Status::Pass, Some(vec![]))
        );

        let wang = TestDesk::judging(&backend.running.url(), &backend.clock, Arc::new(Sharp::default())).await;
        wang.sign_in("wang").await;
        assert_eq!(code(wang.desk.photo_bytes(first).await), ErrorCode::NotInHand);
        wang.sync().await;
        let [second, third] = wang.in_hand().await.try_into().unwrap();
        let photo = wang.desk.photo(second).await.unwrap();
        assert_eq!(same_shot(&photo), (Status::Fail, Some(vec![first])));
        assert!(photo.suggested.contains(&reasons(&["same_shot"])[0]));
        let other = &photo.same_shots.as_ref().unwrap()[0];
        assert_eq!(
            (other.masked_name.as_str(), other.same_person, other.state),
            ("鲍*辰", false, SubmissionState::PendingReview)
        );
        assert!(
            other.moved_percent.is_some_and(|moved| moved < 0.1),
            "{:?}",
            other.moved_percent
        );
        let queued = &wang.queue().await.photos[0];
        assert_eq!((queued.machine, queued.same_shots), (Some(Status::Fail), Some(1)));
        // another shot of the same sitter is none, near as its fingerprint is
        let next = wang.desk.photo(third).await.unwrap();
        let [a, b] = [&photo, &next].map(|photo| Fingerprint::of_report(photo.report.as_ref().unwrap()).unwrap());
        assert!(a.distance(&b) <= REACH_BITS, "{} bits", a.distance(&b));
        assert_eq!(same_shot(&next), (Status::Pass, Some(vec![])));

        // both are on this machine, whatever happens to the backend
        let (url, clock) = (backend.running.url(), backend.clock.clone());
        let decided = wang
            .desk
            .reject_photo(second, &reasons(&["same_shot"]), "", None)
            .await
            .unwrap();
        let supervisor = TestDesk::open(&url, &clock).await;
        supervisor.sign_in("qian").await;
        backend.running.shutdown().await;
        assert_eq!(wang.desk.photo_bytes(first).await.unwrap().as_slice(), photos[0]);

        // what the reviewer knew is in the audit file
        let today: NaiveDate = "2026-11-24".parse().unwrap();
        let file = supervisor.path("day.audit");
        wang.desk.export_audit(today, today, &file).await.unwrap();
        let opened = supervisor.desk.open_audit(&file).await.unwrap();
        assert_eq!(opened.decisions[0].same_shots, [first]);
        let audited = supervisor.desk.audit_photo(decided.decision).await.unwrap();
        assert_eq!(same_shot(&audited).0, Status::Fail);
    });
}

#[test]
fn a_photo_that_was_judged_while_the_backend_was_away_is_compared_when_it_is_back() {
    run(async {
        let (backend, photos) = three_students().await;
        let (_li, first) = first_in_hand(&backend).await;
        let line = Arc::new(Line::to(backend.running.address));
        let cutting = Arc::new(Sharp {
            line: Mutex::new(Some(Arc::clone(&line))),
            ..Sharp::default()
        });
        let wang = TestDesk::judging(&line.url(), &backend.clock, Arc::clone(&cutting) as Arc<dyn Judge>).await;
        let settings = wang.desk.settings().await.unwrap();
        let one = Settings {
            lease_ahead: 1,
            ..settings
        };
        wang.desk.save_settings(one).await.unwrap();
        wang.sign_in("wang").await;
        wang.sync().await;
        let [second] = wang.in_hand().await.try_into().unwrap();
        let alone = wang.desk.photo(second).await.unwrap();
        assert_eq!(same_shot(&alone), (Status::NotApplicable, None));
        let queue = wang.queue().await;
        assert_eq!(queue.connection, Connection::Offline);
        assert!(queue.photos[0].ready && queue.photos[0].same_shots.is_none());
        // as long as nobody answers it stays so
        wang.sync().await;
        assert_eq!(same_shot(&wang.desk.photo(second).await.unwrap()).1, None);

        line.set(Weather::Fair);
        wang.sync().await;
        let beside = wang.desk.photo(second).await.unwrap();
        assert_eq!(same_shot(&beside), (Status::Fail, Some(vec![first])));
        let queued = &wang.queue().await.photos[0];
        assert_eq!((queued.machine, queued.same_shots), (Some(Status::Fail), Some(1)));
        assert_eq!(wang.desk.photo_bytes(first).await.unwrap().as_slice(), photos[0]);
        // the report was kept: only the comparison is new
        assert_eq!(cutting.looks.load(Ordering::Relaxed), 1);
    });
}

#[test]
fn a_photo_that_is_in_hand_when_its_copy_comes_is_compared_again() {
    run(async {
        let (backend, photos) = three_students().await;
        let (li, first) = first_in_hand(&backend).await;
        let wang = TestDesk::judging(&backend.running.url(), &backend.clock, Arc::new(Sharp::default())).await;
        wang.sign_in("wang").await;
        wang.sync().await;
        let second = wang.in_hand().await[0];
        assert_eq!(
            same_shot(&li.desk.photo(first).await.unwrap()),
            (Status::Pass, Some(vec![]))
        );
        assert_eq!(code(li.desk.photo_bytes(second).await), ErrorCode::NotInHand);

        let hear = async || {
            backend.clock.advance(TimeDelta::seconds(20));
            li.sync().await;
        };
        hear().await;
        let photo = li.desk.photo(first).await.unwrap();
        assert_eq!(same_shot(&photo), (Status::Fail, Some(vec![second])));
        assert_eq!(photo.same_shots.as_ref().unwrap()[0].masked_name, "刘*");
        let queued = &li.queue().await.photos[0];
        assert_eq!((queued.machine, queued.same_shots), (Some(Status::Fail), Some(1)));
        assert_eq!(li.desk.photo_bytes(second).await.unwrap().as_slice(), photos[1]);
    });
}
