//! From a key to the picture on the display, seen from outside, of the desk and of image viewers: one display, one run,
//! the same photos. `PROBE` names the program that presses the keys and watches the display; it prints a line of JSON.

use crate::photos::{self, LARGE, SMALL};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tests::window::{Window, demo_sign_in};

const KEYS: &str = "40";
const PACE_MS: &str = "700";

/// A viewer, its key to the next photo, and what makes its window as large as the desk's.
const VIEWERS: [(&str, &str, &[&str]); 3] = [
    (
        "feh",
        "Right",
        &["--auto-zoom", "--geometry", "1366x768+0+0", "--sort", "filename"],
    ),
    ("geeqie", "space", &["--geometry=1366x768+0+0"]),
    ("qimgv", "Right", &["-qwindowgeometry", "1366x768+0+0"]),
];

#[tokio::test]
async fn pixels() -> anyhow::Result<()> {
    let Some(probe) = std::env::var_os("PROBE") else {
        println!("\nkey to pixels, against image viewers: not measured; PROBE names the program that measures it");
        return Ok(());
    };
    println!("\nkey to pixels, {KEYS} keys, one every {PACE_MS} ms");
    println!(
        "| photos | program | first change, median | final picture: median · 95th percentile |\n| --- | --- | --- | --- |"
    );
    for kind in [&SMALL, &LARGE] {
        let folder = photos::folder(kind, 101)?;
        let window = Window::open(1366, 768, &folder).await?;
        window.set("breath_ms", 0.into()).await?;
        demo_sign_in(&window, 0).await?;
        window.painted_photo(None).await?;
        window.text_becomes("in-hand", |text| text.contains("20")).await?;
        tokio::time::sleep(Duration::from_secs(10)).await;
        let row = |program: &str, told: &serde_json::Value| {
            let figure = |of: &str, at: &str| told[of][at].as_f64().unwrap_or(f64::NAN);
            println!(
                "| {} | {program} | {:.0} ms | {:.0} · {:.0} ms ({} of {} missed) |",
                kind.name,
                figure("first_ms", "median"),
                figure("final_ms", "median"),
                figure("final_ms", "p95"),
                told["missed"],
                told["count"]
            );
        };
        // A piece of the photo alone.
        row(
            "desk",
            &measured(&probe, window.display, "Photo Review Desk", "p", "0.15,0.2,0.35,0.8")?,
        );
        for (program, key, arguments) in VIEWERS {
            let first = folder.join("00000.jpg");
            let shown: &Path = if program == "feh" { &folder } else { &first };
            let viewer = Command::new(program)
                .args(arguments)
                .arg(shown)
                .env("DISPLAY", format!(":{}", window.display))
                .env_remove("WAYLAND_DISPLAY")
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn();
            let Ok(viewer) = viewer else {
                println!("| {} | {program} | is not installed | |", kind.name);
                continue;
            };
            let viewer = Viewer(viewer);
            tokio::time::sleep(Duration::from_secs(4)).await;
            row(
                program,
                &measured(&probe, window.display, program, key, "0.4,0.2,0.6,0.8")?,
            );
            drop(viewer);
        }
        window.close().await?;
    }
    Ok(())
}

struct Viewer(Child);

impl Drop for Viewer {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn measured(
    probe: &std::ffi::OsStr,
    display: u32,
    window: &str,
    key: &str,
    region: &str,
) -> anyhow::Result<serde_json::Value> {
    let output = Command::new("python3")
        .arg(probe)
        .args(["--display", &format!(":{display}")])
        .args(["--window-name", &format!("(?i){window}")])
        .args(["--keys", key, "--count", KEYS, "--warmup", "4"])
        .args(["--pace-ms", PACE_MS, "--settle-ms", "300", "--timeout", "3000"])
        .args(["--sample-region", region])
        .output()?;
    let line = String::from_utf8_lossy(&output.stdout);
    serde_json::from_str(line.trim())
        .map_err(|_| anyhow::anyhow!("the probe says: {}", String::from_utf8_lossy(&output.stderr)))
}
