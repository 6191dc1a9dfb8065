//! The student is told once, and sees what was said.

use crate::call::{Desk, refused};
use backend::channel::{Channel, Inbox, Outgoing, SendError, Sending};
use backend::delivery::{Delivered, deliver_due, pause};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{Role, SubmissionId};
use protocol::{ErrorCode, MessageState};
use std::sync::Mutex;
use tests::backend::{Dialect, TestBackend};
use tokio::sync::Notify;

async fn one_decided(backend: &TestBackend, desk: &Desk, reasons: &[&str], note: &str) -> SubmissionId {
    let leased = desk.take_one().await;
    let mut decision = desk.decision(&leased, reasons, backend.clock.now()).await;
    decision.note = note.into();
    desk.decide(&decision).await.unwrap();
    leased.submission.id
}

async fn state(desk: &Desk, submission: SubmissionId) -> (MessageState, Option<DateTime<Utc>>) {
    let messages = desk.messages(submission).await.unwrap().messages;
    assert_eq!(messages.len(), 1);
    (messages[0].state, messages[0].sent_at)
}

fn sent(count: u32) -> Delivered {
    Delivered {
        sent: count,
        ..Delivered::default()
    }
}

/// Delivers, and never comes back to say so.
struct DeliversThenHangs {
    inbox: Inbox,
    delivered: Notify,
}

impl Channel for DeliversThenHangs {
    fn send<'a>(&'a self, message: &'a Outgoing, now: DateTime<Utc>) -> Sending<'a> {
        Box::pin(async move {
            self.inbox.send(message, now).await?;
            self.delivered.notify_one();
            std::future::pending().await
        })
    }
}

/// Answers what it was told to, the last answer first.
struct Scripted(Mutex<Vec<Result<(), SendError>>>);

impl Channel for Scripted {
    fn send<'a>(&'a self, _: &'a Outgoing, _: DateTime<Utc>) -> Sending<'a> {
        let answer = self.0.lock().unwrap().pop().expect("sent more often than foreseen");
        Box::pin(async move { answer })
    }
}

pub async fn a_student_hears_once_even_if_the_worker_dies(dialect: Dialect) {
    // Without a channel of its own the backend sends nothing: the worker here is the test's.
    let backend = TestBackend::with(dialect, |_| {}).await;
    backend.queue("B1", &["鲍奕辰"]).await;
    let desk = Desk::of(&backend, "li", Role::Reviewer).await;
    let submission = one_decided(&backend, &desk, &["not_sharp"], "").await;
    assert_eq!(
        backend.running.deliver_due(backend.clock.now()).await.unwrap(),
        Delivered::default()
    );
    let database = backend.running.kept.database.clone();
    let inbox = || Inbox {
        database: database.clone(),
    };

    let dying = DeliversThenHangs {
        inbox: inbox(),
        delivered: Notify::new(),
    };
    tokio::select! {
        _ = deliver_due(&database, &dying, backend.clock.now()) => unreachable!("it hangs"),
        () = dying.delivered.notified() => {}
    }
    assert_eq!(
        state(&desk, submission).await,
        (MessageState::Queued, None),
        "sent, but nobody noted it"
    );
    // nobody else takes it while the dead one might still be at it
    assert_eq!(
        deliver_due(&database, &inbox(), backend.clock.now()).await.unwrap(),
        sent(0)
    );
    backend.clock.advance(TimeDelta::seconds(60));
    assert_eq!(
        deliver_due(&database, &inbox(), backend.clock.now()).await.unwrap(),
        sent(1)
    );
    assert_eq!(
        state(&desk, submission).await,
        (MessageState::Sent, Some(backend.clock.now()))
    );
    backend.clock.advance(TimeDelta::days(1));
    assert_eq!(
        deliver_due(&database, &inbox(), backend.clock.now()).await.unwrap(),
        sent(0)
    );

    let backend = backend.restart(|config| config.inbox = true).await;
    let page = get(backend.running.inbox_url.as_ref().unwrap()).await;
    assert!(page.contains("data-messages=\"1\""), "two deliveries made one message");
}

pub async fn a_channel_in_trouble_is_tried_again_later(dialect: Dialect) {
    let backend = TestBackend::with(dialect, |_| {}).await;
    backend.queue("B1", &["鲍奕辰"]).await;
    let desk = Desk::of(&backend, "li", Role::Reviewer).await;
    let submission = one_decided(&backend, &desk, &[], "").await;
    let busy = || Err(SendError::Transient("busy".into()));
    let channel = Scripted(Mutex::new(vec![Ok(()), busy(), busy()]));
    let deliver = async || {
        deliver_due(&backend.running.kept.database, &channel, backend.clock.now())
            .await
            .unwrap()
    };
    let put_off = Delivered {
        put_off: 1,
        ..Delivered::default()
    };
    for attempt in [1, 2] {
        assert_eq!(deliver().await, put_off);
        backend.clock.advance(pause(attempt) - TimeDelta::milliseconds(1));
        assert_eq!(deliver().await, sent(0), "not before its time");
        backend.clock.advance(TimeDelta::milliseconds(1));
    }
    assert_eq!(state(&desk, submission).await, (MessageState::Queued, None));
    assert_eq!(deliver().await, sent(1));
    assert_eq!(
        state(&desk, submission).await,
        (MessageState::Sent, Some(backend.clock.now()))
    );
}

pub async fn a_message_that_can_never_arrive_is_given_up(dialect: Dialect) {
    let backend = TestBackend::with(dialect, |_| {}).await;
    backend.queue("B1", &["鲍奕辰"]).await;
    let desk = Desk::of(&backend, "li", Role::Reviewer).await;
    let submission = one_decided(&backend, &desk, &[], "").await;
    let channel = Scripted(Mutex::new(vec![Err(SendError::Permanent("refused".into()))]));
    let deliver = async || {
        deliver_due(&backend.running.kept.database, &channel, backend.clock.now())
            .await
            .unwrap()
    };
    assert_eq!(
        deliver().await,
        Delivered {
            given_up: 1,
            ..Delivered::default()
        }
    );
    assert_eq!(state(&desk, submission).await, (MessageState::Undeliverable, None));
    backend.clock.advance(TimeDelta::days(1));
    assert_eq!(deliver().await, Delivered::default());
}

pub async fn the_inbox_shows_what_was_said(dialect: Dialect) {
    let backend = TestBackend::with(dialect, |config| config.inbox = true).await;
    let inbox = backend.running.inbox_url.clone().unwrap();
    assert!(get(&inbox).await.contains("还没有消息"));
    backend.queue("B1", &["<b>鲍</b>", "刘碧"]).await;
    let desk = Desk::of(&backend, "li", Role::Reviewer).await;
    let first = one_decided(&backend, &desk, &["eyes_closed", "ears_hidden"], "请\"露出\"双耳").await;
    backend.clock.advance(TimeDelta::minutes(1));
    let second = one_decided(&backend, &desk, &[], "").await;
    backend.running.deliver_due(backend.clock.now()).await.unwrap();
    assert_eq!(state(&desk, first).await.0, MessageState::Sent);
    assert_eq!(state(&desk, second).await.0, MessageState::Sent);

    let list = get(&inbox).await;
    assert!(list.contains("data-messages=\"2\"") && list.contains("照片审核结果提醒"));
    let at = |text: &str| list.find(text).unwrap_or_else(|| panic!("{text} is missing"));
    assert!(
        at("刘碧") < at("&lt;b&gt;鲍&lt;/b&gt;"),
        "newest first, and nothing becomes markup"
    );
    assert!(at("data-status=\"审核通过\"") < at("data-status=\"审核不通过\""));
    for label in [
        "姓名",
        "审核状态",
        "审核时间",
        "备注",
        "2026-11-24 10:01:00",
        "闭眼或未平视、双耳未露出",
    ] {
        at(label);
    }

    let links: Vec<&str> = list
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let links: Vec<&str> = links.into_iter().filter(|link| link.starts_with("/inbox/")).collect();
    assert_eq!(links.len(), 2);
    let passed = get(&backend.url(links[0])).await;
    assert!(passed.contains("aria-current=\"step\">标准照片制作") && passed.contains("data-state=\"standardising\""));
    let rejected = get(&backend.url(links[1])).await;
    assert!(rejected.contains("<li class=\"failed\" aria-current=\"step\">人工审核"));
    for words in [
        "闭眼或未平视",
        "请自然睁开双眼",
        "双耳未露出",
        "请&quot;露出&quot;双耳",
        "云溪大学",
    ] {
        assert!(rejected.contains(words), "{words}");
    }
    // the same address after a restart on the same port
    let key = inbox.rsplit('/').next().unwrap().to_owned();
    let backend = backend.restart(|_| {}).await;
    assert!(backend.running.inbox_url.as_ref().unwrap().ends_with(&key));
}

pub async fn the_inbox_is_closed_to_strangers(dialect: Dialect) {
    let backend = TestBackend::with(dialect, |config| config.inbox = true).await;
    let inbox = backend.running.inbox_url.clone().unwrap();
    let response = reqwest::get(&inbox).await.unwrap();
    let policy = response.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(policy.starts_with("default-src 'none'; style-src 'self'"));
    let style = reqwest::get(backend.url("/inbox.css")).await.unwrap();
    assert_eq!(style.headers()["content-type"], "text/css; charset=utf-8");
    let not_found = refused(404, ErrorCode::NotFound);
    let some_student = uuid::Uuid::now_v7();
    for address in [
        backend.url("/inbox/0"),
        backend.url(&format!("/inbox/{}", "0".repeat(64))),
        format!("{inbox}/{some_student}"),
        format!("{inbox}/not-an-id"),
    ] {
        assert_eq!(refusal(&address).await, not_found, "{address}");
    }
    let closed = backend.restart(|config| config.inbox = false).await;
    assert_eq!(closed.running.inbox_url, None);
    let path = inbox.splitn(4, '/').nth(3).unwrap();
    assert_eq!(refusal(&closed.url(&format!("/{path}"))).await, not_found);
}

async fn get(address: &str) -> String {
    let response = reqwest::get(address).await.unwrap();
    assert_eq!(response.status(), 200);
    response.text().await.unwrap()
}

async fn refusal(address: &str) -> crate::call::Refused {
    let response = reqwest::get(address).await.unwrap();
    let status = response.status().as_u16();
    refused(status, response.json::<protocol::ErrorBody>().await.unwrap().code)
}
