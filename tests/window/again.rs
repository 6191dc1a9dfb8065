//! The first start and the one after a crash.

use tests::window::{Window, demo_sign_in, samples, until};
use thirtyfour::prelude::*;

#[tokio::test]
async fn a_crash_leads_back_to_the_same_photo_with_its_half_made_rejection() -> anyhow::Result<()> {
    let window = Window::open(1600, 900, &samples()?).await?;
    window.driver.set_window_rect(60, 40, 1300, 700).await?;
    demo_sign_in(&window, 0).await?;
    let first = window.painted_photo(None).await?;
    window.press(Key::Right).await?;
    let second = window.painted_photo(Some(&first)).await?;
    window.press("n").await?;
    window.press("eyes").await?;
    until("the note is kept", || async {
        let place = window.invoke("place").await.ok()?;
        (place["drafts"][0]["note"] == "eyes" && place["submission"] == second.as_str()).then_some(())
    })
    .await?;
    let before = window.driver.get_window_rect().await?;

    let window = window.crash().await?;
    let after = window.driver.get_window_rect().await?;
    anyhow::ensure!(
        (after.width, after.height, after.x, after.y) == (before.width, before.height, before.x, before.y),
        "the window comes back elsewhere: {after:?} instead of {before:?}"
    );
    demo_sign_in(&window, 0).await?;
    let again = window.painted_photo(None).await?;
    anyhow::ensure!(again == second, "another photo is in front after the crash");
    let place = window.invoke("place").await?;
    anyhow::ensure!(place["drafts"][0]["note"] == "eyes", "the note is lost: {place}");
    window.close().await
}

#[tokio::test]
async fn the_tour_comes_once_takes_no_key_and_can_be_asked_for() -> anyhow::Result<()> {
    let window = Window::new(1366, 768, &samples()?).await?;
    window.hide_nothing().await?;
    demo_sign_in(&window, 0).await?;
    let first = window.painted_photo(None).await?;
    let step = async || anyhow::Ok(window.find("tour").await?.attr("data-step").await?.unwrap_or_default());
    anyhow::ensure!(step().await? == "stage", "it begins at the photo");
    window.press(" ").await?;
    until("the next step", || async {
        (step().await.ok()? == "checks").then_some(())
    })
    .await?;
    // a key that decides still decides
    window.press("p").await?;
    let second = window.painted_photo(Some(&first)).await;
    let second = match second {
        Ok(second) => second,
        Err(error) => anyhow::bail!("the tour took a key: {error}"),
    };
    anyhow::ensure!(step().await? == "checks", "and the tour stays where it is");
    window.press(Key::Escape).await?;
    gone(&window, "tour").await?;

    window.press("?").await?;
    window.find("tour-start").await?.click().await?;
    anyhow::ensure!(step().await? == "stage", "it can be asked for again");
    for _ in 0..7 {
        window.press(" ").await?;
    }
    gone(&window, "tour").await?;
    anyhow::ensure!(window.painted_photo(None).await? == second, "it decided nothing");

    // it is not shown again by itself
    window.driver.refresh().await?;
    window.painted_photo(None).await?;
    gone(&window, "tour").await?;
    window.close().await
}

async fn gone(window: &Window, testid: &str) -> anyhow::Result<()> {
    let selector = format!("[data-testid='{testid}']");
    until(&format!("{testid} goes away"), || async {
        let found = window.driver.find_all(By::Css(&selector)).await.ok()?;
        found.is_empty().then_some(())
    })
    .await
}
