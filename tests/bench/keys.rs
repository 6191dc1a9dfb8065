//! From a key to the next photo painted, as the page itself measures it: two animation frames after the decoded photo
//! was put on the stage.

use crate::quantile;
use tests::window::{Window, demo_sign_in, samples};

#[tokio::test]
async fn keys() -> anyhow::Result<()> {
    let samples = samples()?;
    let window = Window::open(1366, 768, &samples).await?;
    demo_sign_in(&window, 0).await?;
    let mut on_stage = window.painted_photo(None).await?;
    // Everything is leased and analysed before the first key, as on a working day.
    window.text_becomes("in-hand", |text| text.contains("20")).await?;
    for _ in 0..40 {
        // Nobody decides faster than that, and the desk would ask for a breath.
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        window.press("p").await?;
        on_stage = window.painted_photo(Some(&on_stage)).await?;
    }
    let script = "return performance.getEntriesByName('key-to-photo').map(entry => entry.duration);";
    let answer = window.driver.execute(script, vec![]).await?;
    let mut ms: Vec<f64> = answer
        .json()
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.as_f64())
        .collect();
    let count = ms.len();
    let [median, late] = [0.5, 0.95].map(|at| quantile(&mut ms, at));
    println!("\nkey to next photo painted, {count} decisions: median {median:.0} ms, 95th percentile {late:.0} ms");
    window.close().await
}
