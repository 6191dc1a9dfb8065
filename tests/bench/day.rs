//! A working day, shortened: the start, and photo after photo with one key each. In the page a photo counts as painted
//! two animation frames after it was put on the stage, decoded.

use crate::photos::{self, Kind, LARGE, SMALL};
use crate::processes::{Processes, began_s};
use crate::quantile;
use std::time::Duration;
use tests::window::{Window, demo_sign_in};

/// As many as this warm up before growth is counted.
const WARM: u64 = 200;
const IDLE: Duration = Duration::from_secs(10);
/// Longer than this stutters.
const LONG_FRAME_MS: f64 = 50.0;

/// Times every key to the change of the stage, and every frame.
const WATCH: &str = "
    const seen = window.seen = { put: [], frames: [], on: true };
    let key = null, last = null;
    addEventListener('keydown', () => (key = performance.now()), true);
    new MutationObserver(() => {
        if (key === null) return;
        seen.put.push(performance.now() - key);
        key = null;
    }).observe(document.querySelector('.host'), { childList: true });
    const frame = (now) => {
        if (last !== null) seen.frames.push(now - last);
        last = now;
        if (seen.on) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
";
const SEEN: &str = "
    window.seen.on = false;
    const painted = performance.getEntriesByName('key-to-photo').map((entry) => entry.duration);
    return [painted, window.seen.put, window.seen.frames];
";

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(usual)
}

/// `PHOTOS` (500) of each size, one every `PACE_MS` (1000).
#[tokio::test]
async fn day() -> anyhow::Result<()> {
    let count = number("PHOTOS", 500);
    for kind in [&SMALL, &LARGE] {
        pass_all(kind, count, Duration::from_millis(number("PACE_MS", 1000))).await?;
    }
    Ok(())
}

/// `SESSION` (5000) photos without a pause.
#[tokio::test]
async fn long_session() -> anyhow::Result<()> {
    pass_all(&SMALL, number("SESSION", 5000), Duration::from_millis(150)).await
}

async fn pass_all(kind: &Kind, count: u64, pace: Duration) -> anyhow::Result<()> {
    // The last one stays in front.
    let folder = photos::folder(kind, count + 1)?;
    let window = Window::new(1366, 768, &folder).await?;
    println!("\n{count} photos of {}, one every {} ms", kind.name, pace.as_millis());
    println!("| measure | figure |\n| --- | --- |");
    window.hide_nothing().await?;
    for (name, value) in [("tour_seen", true.into()), ("breath_ms", 0.into())] {
        window.set(name, value).await?;
    }
    still(&Processes::of(window.desk_pid()?)).await;
    ready(&window, "nothing cached").await?;
    window.text_becomes("in-hand", |text| text.contains("20")).await?;
    let window = window.crash().await?;
    still(&Processes::of(window.desk_pid()?)).await;
    ready(&window, "photos cached").await?;
    // Everything is leased and analysed before the first key, as on a working day.
    window.text_becomes("in-hand", |text| text.contains("20")).await?;
    let pid = window.desk_pid()?;
    still(&Processes::of(pid)).await;
    idle(&Processes::of(pid)).await;

    window.driver.execute(WATCH, vec![]).await?;
    let mut warm_mb = 0.0;
    let mut most_mb: f64 = 0.0;
    let mut ticks = tokio::time::interval(pace);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    for done in 0..count {
        ticks.tick().await;
        window.press("p").await?;
        if done % 50 == 0 {
            most_mb = most_mb.max(Processes::of(pid).pss_mb());
        }
        if done + 1 == WARM.min(count) {
            warm_mb = Processes::of(pid).pss_mb();
        }
    }
    tokio::time::sleep(Duration::from_secs(3)).await;
    let end_mb = Processes::of(pid).pss_mb();
    let decided = window.invoke("queue").await?["decided_today"].as_u64().unwrap_or(0);

    let answer = window.driver.execute(SEEN, vec![]).await?;
    let mut columns = answer.json().as_array().into_iter().flatten().map(numbers);
    let [mut painted, mut put, mut frames] = [(); 3].map(|()| columns.next().unwrap_or_default());
    let shown = painted.len();
    let row = |name: &str, values: &mut [f64]| {
        let [median, late, last] = [0.5, 0.99, 1.0].map(|at| quantile(values, at));
        println!("| {name}: median · 99th percentile · longest | {median:.0} · {late:.0} · {last:.0} ms |");
    };
    println!("| keys · decisions · shown with their checks at once | {count} · {decided} · {shown} |");
    row("key to the next photo on the stage", &mut put);
    row("key to the next photo painted", &mut painted);
    let long = frames.iter().filter(|ms| **ms > LONG_FRAME_MS).count();
    println!("| frames over {LONG_FRAME_MS} ms | {long} of {} |", frames.len());
    row("frame", &mut frames);
    println!(
        "| memory of all processes after {}, at most, after {count} | {warm_mb:.0}, {most_mb:.0}, {end_mb:.0} MB: {:+.1} % |",
        WARM.min(count),
        (end_mb / warm_mb - 1.0) * 100.0
    );
    window.close().await
}

/// From the process's beginning to the page, and from signing in to the first photo with its report. What a person takes
/// to type the password lies between the two.
async fn ready(window: &Window, with: &str) -> anyhow::Result<()> {
    const WATCH_THE_STAGE: &str = "
        const photo = \"[data-testid='stage-photo'][data-painted='true']\";
        addEventListener('submit', () => (window.submitted = performance.now()), true);
        const look = () => {
            if (!document.querySelector(photo)) return requestAnimationFrame(look);
            window.ready = performance.now() - window.submitted;
        };
        look();
        const [first] = performance.getEntriesByType('paint');
        return performance.timeOrigin + first.startTime;
    ";
    let painted = window.driver.execute(WATCH_THE_STAGE, vec![]).await?;
    let painted_s = painted.json().as_f64().unwrap_or(f64::NAN) / 1e3;
    let began_s = began_s(window.desk_pid()?).unwrap_or(f64::NAN);
    demo_sign_in(window, 0).await?;
    window.painted_photo(None).await?;
    let ready = window.driver.execute("return window.ready;", vec![]).await?;
    println!(
        "| {with}: start to the sign-in painted · signing in to the first photo and its report | {:.1} · {:.1} s |",
        painted_s - began_s,
        ready.json().as_f64().unwrap_or(f64::NAN) / 1e3
    );
    Ok(())
}

/// Waits until next to nothing happens: the demo's queue is filled, photos are analysed.
async fn still(processes: &Processes) {
    let mut ticks = tokio::time::interval(Duration::from_secs(1));
    ticks.tick().await;
    let mut before = f64::NEG_INFINITY;
    loop {
        let now = processes.cpu_s();
        if now - before < 0.1 {
            return;
        }
        before = now;
        ticks.tick().await;
    }
}

async fn idle(processes: &Processes) {
    let before = processes.cpu_s();
    tokio::time::sleep(IDLE).await;
    let share = (processes.cpu_s() - before) / IDLE.as_secs_f64();
    println!(
        "| processor while nothing happens | {:.1} % of one core |",
        100.0 * share
    );
}

fn numbers(column: &serde_json::Value) -> Vec<f64> {
    column
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|value| value.as_f64())
        .collect()
}
