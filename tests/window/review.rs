//! A reviewer signs in, passes two photos, rejects one with two reasons; three students hear of it.

use tests::window::{Window, demo_sign_in, root, samples};
use thirtyfour::prelude::*;

#[tokio::test]
async fn smoke() -> anyhow::Result<()> {
    let samples = samples()?;
    let window = Window::open(1366, 768, &samples).await?;
    demo_sign_in(&window, 0).await?;

    let first = window.painted_photo(None).await?;
    window.press("p").await?;
    let second = window.painted_photo(Some(&first)).await?;
    window.press("p").await?;
    let third = window.painted_photo(Some(&second)).await?;
    anyhow::ensure!(third != first, "a photo came back after it was decided");

    window.press("r").await?;
    for reason in ["eyes_closed", "mouth_open"] {
        choose(&window, reason).await?;
    }
    let preview = window
        .text_becomes("message-preview", |text| text.contains("审核不通过"))
        .await?;
    anyhow::ensure!(
        preview.contains("闭眼或未平视") && preview.contains("露齿或嘴未闭合"),
        "the preview: {preview}"
    );
    window.press(Key::Enter).await?;
    window.painted_photo(Some(&third)).await?;
    window.text_becomes("decided-today", |text| text.contains('3')).await?;

    let (_, pages) = window.inbox(3).await?;
    anyhow::ensure!(
        pages.matches("审核不通过").count() >= 1 && pages.contains("审核通过"),
        "both verdicts arrive"
    );
    window.close().await?;
    println!("3 reviewed, 3 notified");
    Ok(())
}

/// Chooses a reason in the palette by typing its code.
async fn choose(window: &Window, reason: &str) -> anyhow::Result<()> {
    window.press("/").await?;
    window.find("palette-filter").await?.send_keys(reason).await?;
    window.find(&format!("palette-{reason}")).await?;
    window.press(Key::Enter).await?;
    window.press(Key::Escape).await?;
    Ok(())
}

#[test]
fn the_program_under_test_is_built() {
    assert!(
        root().join("target/debug/photo-review-desk").exists(),
        "run `cargo build --workspace` first"
    );
}
