//! Every screen at the smallest and at a large size, in both languages: nothing is cut off, and a picture of each is
//! kept in `target/pictures` for people to look at.

use std::path::PathBuf;
use tests::window::{Window, demo_sign_in, root, samples, until};
use thirtyfour::prelude::*;

#[tokio::test]
async fn every_screen_fits_at_1366_by_768() -> anyhow::Result<()> {
    walk(1366, 768).await
}

#[tokio::test]
async fn every_screen_fits_at_2560_by_1440() -> anyhow::Result<()> {
    walk(2560, 1440).await
}

/// Takes the pictures, and notes what does not fit; so that one walk tells all.
struct Walk {
    window: Window,
    size: String,
    language: &'static str,
    too_big: Vec<String>,
}

impl Walk {
    async fn see(&mut self, screen: &str) -> anyhow::Result<()> {
        let path: PathBuf = root().join(format!("target/pictures/{}-{}-{screen}.png", self.size, self.language));
        self.window.screenshot(&path).await?;
        // The page itself never scrolls, and no button hides a part of its words.
        let script = r#"
            const page = document.documentElement;
            const out = [];
            if (page.scrollWidth > innerWidth || page.scrollHeight > innerHeight) out.push("the page");
            for (const part of document.querySelectorAll("button, h1, h2, [data-testid]")) {
                const style = getComputedStyle(part);
                if (style.overflowX === "hidden" && part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0) {
                    out.push(part.dataset.testid ?? part.textContent.trim().slice(0, 40));
                }
            }
            return out;
        "#;
        let found = self.window.driver.execute(script, vec![]).await?;
        for part in found.json().as_array().into_iter().flatten() {
            self.too_big
                .push(format!("{} {} {screen}: {part}", self.size, self.language));
        }
        Ok(())
    }

    async fn press(&self, key: impl Into<TypingData>) -> anyhow::Result<()> {
        self.window.press(key).await
    }

    /// Walks on until a photo with a failed check is on the stage.
    async fn find_failure(&self) -> anyhow::Result<()> {
        self.find_photo("[data-testid^='check-'][data-status='fail']").await
    }

    /// Walks on until this is shown of the photo on the stage.
    async fn find_photo(&self, shown: &str) -> anyhow::Result<()> {
        for _ in 0..20 {
            let now = self.window.painted_photo(None).await?;
            if self.window.driver.query(By::Css(shown)).nowait().exists().await? {
                return Ok(());
            }
            self.press(Key::Right).await?;
            self.window.painted_photo(Some(&now)).await?;
        }
        anyhow::bail!("no photo of the samples shows {shown}")
    }
}

async fn walk(width: u32, height: u32) -> anyhow::Result<()> {
    let samples = samples()?;
    let window = Window::open(width, height, &samples).await?;
    let mut walk = Walk {
        window,
        size: format!("{width}x{height}"),
        language: "zh",
        too_big: vec![],
    };
    walk.window.find("sign-in-username").await?;
    walk.see("sign-in").await?;
    demo_sign_in(&walk.window, 0).await?;
    walk.window.painted_photo(None).await?;
    for language in ["zh", "en"] {
        walk.language = language;
        walk.press(",").await?;
        walk.window.find(&format!("language-{language}")).await?.click().await?;
        walk.see("settings").await?;
        walk.press(Key::Escape).await?;
        review(&mut walk).await?;
    }
    decide_two(&walk).await?;
    audit(&mut walk, "reviewer").await?;
    walk.window.find("sign-out").await?.click().await?;
    demo_sign_in(&walk.window, 1).await?;
    walk.window.painted_photo(None).await?;
    audit(&mut walk, "supervisor").await?;
    inbox(&mut walk).await?;
    walk.window.close().await?;
    anyhow::ensure!(walk.too_big.is_empty(), "does not fit: {:#?}", walk.too_big);
    Ok(())
}

async fn review(walk: &mut Walk) -> anyhow::Result<()> {
    walk.see("review").await?;
    walk.find_failure().await?;
    walk.press(Key::Down).await?;
    walk.press("g").await?;
    walk.see("review-failure").await?;
    walk.press("g").await?;
    walk.press("r").await?;
    walk.window.find("message-preview").await?;
    walk.see("review-reject").await?;
    walk.press(Key::Escape).await?;
    walk.press("/").await?;
    walk.window.find("palette-filter").await?;
    walk.see("review-palette").await?;
    walk.press(Key::Escape).await?;
    walk.press("?").await?;
    walk.see("keys").await?;
    walk.press(Key::Escape).await?;
    same_shot(walk).await
}

/// A photo that another student handed in before: beside that one, and in turn with it.
async fn same_shot(walk: &mut Walk) -> anyhow::Result<()> {
    // Nothing is chosen any more.
    walk.press(Key::Escape).await?;
    walk.find_photo("[data-testid='same-shot']").await?;
    walk.see("same-shot").await?;
    walk.press("m").await?;
    walk.window.all("[data-testid='blink'][data-side='true'] img").await?;
    walk.see("same-shot-beside").await?;
    walk.press("m").await?;
    walk.window.all("[data-testid='blink'][data-side='false'] img").await?;
    walk.press(Key::Escape).await
}

/// One passed, one rejected with what the machine suggests.
async fn decide_two(walk: &Walk) -> anyhow::Result<()> {
    walk.find_failure().await?;
    let rejected = walk.window.painted_photo(None).await?;
    walk.press("r").await?;
    walk.window.find("send-rejection").await?;
    walk.press(Key::Enter).await?;
    let passed = walk.window.painted_photo(Some(&rejected)).await?;
    walk.press("p").await?;
    walk.window.painted_photo(Some(&passed)).await?;
    walk.window
        .text_becomes("decided-today", |text| text.contains('2'))
        .await?;
    Ok(())
}

async fn audit(walk: &mut Walk, role: &str) -> anyhow::Result<()> {
    walk.window.find("open-audit").await?.click().await?;
    walk.window.find("audit-export").await?.click().await?;
    walk.window.find("audit-exported-path").await?;
    walk.see(&format!("audit-{role}")).await?;
    if role == "reviewer" {
        // Opening is for supervisors.
        walk.window.find("audit-close").await?.click().await?;
        return Ok(());
    }
    walk.window.find("audit-file").await?.click().await?;
    let seal = walk.window.find("seal").await?;
    anyhow::ensure!(
        seal.attr("data-kind").await?.as_deref() == Some("intact"),
        "the file is what was exported"
    );
    walk.see("audit-open").await?;
    let before = walk.window.find("audit-progress").await?.text().await?;
    walk.press("y").await?;
    until("the mark is counted", || async {
        let now = walk.window.find("audit-progress").await.ok()?.text().await.ok()?;
        (now != before).then_some(())
    })
    .await?;
    walk.see("audit-marked").await?;
    walk.window.find("audit-close").await?.click().await?;
    Ok(())
}

/// What the two students find, once the decisions' hold is over.
async fn inbox(walk: &mut Walk) -> anyhow::Result<()> {
    let (address, page) = walk.window.inbox(2).await?;
    walk.language = "zh";
    walk.window.driver.goto(&address).await?;
    walk.see("inbox").await?;
    let student = page
        .split_once("class=\"more\" href=\"")
        .and_then(|(_, rest)| rest.split('"').next());
    let student = student.ok_or_else(|| anyhow::anyhow!("the inbox links to no student"))?;
    let host = address.split("/inbox/").next().unwrap_or_default();
    walk.window.driver.goto(format!("{host}{student}")).await?;
    walk.see("inbox-student").await
}
