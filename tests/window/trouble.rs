//! What goes wrong in front of a person: a wrong password, files that are no good photos.

use image::{ImageFormat, Rgb, RgbImage};
use std::io::Cursor;
use std::path::Path;
use tests::window::{Window, demo_sign_in, samples};
use thirtyfour::prelude::*;

#[tokio::test]
async fn a_wrong_password_is_refused_in_words_and_nothing_typed_is_lost() -> anyhow::Result<()> {
    let samples = samples()?;
    let window = Window::open(1366, 768, &samples).await?;
    window.find("sign-in-username").await?.send_keys("reviewer").await?;
    window
        .find("sign-in-password")
        .await?
        .send_keys("not the password")
        .await?;
    window.find("sign-in-submit").await?.click().await?;
    let said = window.text_becomes("sign-in-error", |text| !text.is_empty()).await?;
    anyhow::ensure!(said.contains("密码"), "said: {said}");
    let username = window.find("sign-in-username").await?.prop("value").await?;
    anyhow::ensure!(username.as_deref() == Some("reviewer"), "the name is gone");
    window.close().await
}

/// A folder as people have them: one photo cut short, one that is grey, one text file with a photo's name, an empty one.
fn troubled(folder: &Path) -> anyhow::Result<()> {
    let picture = RgbImage::from_fn(480, 640, |x, y| Rgb([(x / 2) as u8, (y / 3) as u8, 128]));
    let mut jpeg = Cursor::new(Vec::new());
    picture.write_to(&mut jpeg, ImageFormat::Jpeg)?;
    let jpeg = jpeg.into_inner();
    std::fs::write(folder.join("cut.jpg"), &jpeg[..jpeg.len() / 2])?;
    image::GrayImage::from_pixel(480, 640, image::Luma([140])).save(folder.join("grey.png"))?;
    std::fs::write(folder.join("letter.jpg"), "not a photo")?;
    std::fs::write(folder.join("empty.jpg"), "")?;
    Ok(())
}

#[tokio::test]
async fn a_photo_that_cannot_be_read_can_only_be_rejected_and_the_queue_goes_on() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    troubled(folder.path())?;
    let window = Window::open(1366, 768, folder.path()).await?;
    demo_sign_in(&window, 0).await?;
    // The two files that are no pictures at all were not queued.
    window.text_becomes("in-hand", |text| text.contains('2')).await?;

    // The grey one has no face, which is a report; the cut one is unreadable. Their order is that of the import.
    let on_stage = window.first_on_stage().await?;
    if on_stage.attr("data-testid").await?.as_deref() == Some("stage-photo") {
        window.press(Key::Right).await?;
    }
    let unreadable = window.find("stage-unreadable").await?;
    let submission = unreadable.attr("data-submission").await?;
    window.press("p").await?;
    window.text_becomes("decided-today", |text| text.contains('0')).await?;
    anyhow::ensure!(unreadable.attr("data-submission").await? == submission, "it passed");
    window.press("r").await?;
    window.press("/").await?;
    window.find("palette-filter").await?.send_keys("not_sharp").await?;
    window.find("palette-not_sharp").await?;
    window.press(Key::Enter).await?;
    window.press(Key::Escape).await?;
    window.find("send-rejection").await?.click().await?;
    window.text_becomes("decided-today", |text| text.contains('1')).await?;
    window.painted_photo(None).await?;
    window.close().await
}
