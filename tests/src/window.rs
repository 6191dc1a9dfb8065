//! A real desk in a real window, on a display of its own, driven through WebDriver. Everything it starts ends with it.

use crate::backend::hide_in_demo;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use thirtyfour::prelude::*;

/// Longest wait for anything; a loaded machine of two cores needs some of it.
const PATIENCE: Duration = Duration::from_secs(60);
const POLL: Duration = Duration::from_millis(50);

pub struct Window {
    pub driver: WebDriver,
    /// In the order they must end: the driver ends the desk, then its display can go.
    _driver_process: Ended,
    _display: Ended,
    /// Its number.
    pub display: u32,
    /// Kept until the window is closed; its folders are the desk's home.
    home: tempfile::TempDir,
    width: u32,
    height: u32,
    photos: PathBuf,
}

/// A process that ends when this is dropped, and with it what it started: it leads a group of its own.
struct Ended(Child);

impl Ended {
    fn start(command: &mut Command) -> std::io::Result<Ended> {
        command.process_group(0).spawn().map(Ended)
    }
}

impl Drop for Ended {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = Command::new("kill")
            .args(["-KILL", "--", &format!("-{}", self.0.id())])
            .stderr(Stdio::null())
            .status();
        let _ = self.0.wait();
    }
}

impl Window {
    /// Opens the desk at that size in its demo: a fresh data folder, a backend of its own, the queue filled from `photos`.
    /// No tour, no blind sample.
    pub async fn open(width: u32, height: u32, photos: &Path) -> anyhow::Result<Window> {
        let window = Window::new(width, height, photos).await?;
        window.set("tour_seen", true.into()).await?;
        window.hide_nothing().await?;
        // The page has asked for the settings already.
        window.driver.refresh().await?;
        Ok(window)
    }

    /// As somebody finds it who never opened it before.
    pub async fn new(width: u32, height: u32, photos: &Path) -> anyhow::Result<Window> {
        let window = Window::start(width, height, photos, tempfile::tempdir()?).await?;
        window.driver.set_window_rect(0, 0, width, height).await?;
        Ok(window)
    }

    /// Saves one of the settings.
    pub async fn set(&self, name: &str, value: serde_json::Value) -> anyhow::Result<()> {
        let mut settings = self.invoke("settings").await?;
        settings[name] = value;
        self.invoke_with("save_settings", serde_json::json!({ "settings": settings }))
            .await?;
        Ok(())
    }

    /// Without the blind sample, whose photos take a first key for themselves. Before somebody signs in.
    pub async fn hide_nothing(&self) -> anyhow::Result<()> {
        Ok(hide_in_demo(&self.home.path().join("desk"), 0).await?)
    }

    /// As after a power cut: the desk is killed where it stands, and started again on what is on the disk.
    pub async fn crash(self) -> anyhow::Result<Window> {
        let Window {
            driver,
            _driver_process,
            _display,
            home,
            width,
            height,
            photos,
            ..
        } = self;
        let data = home.path().join("desk").to_string_lossy().into_owned();
        let killed = Command::new("kill").args(["-KILL", &desk_process(&data)?]).status()?;
        anyhow::ensure!(killed.success(), "the desk could not be killed");
        until("the desk is gone", || std::future::ready(desk_process(&data).err())).await?;
        // There is nothing left to be asked to end well.
        driver.leak()?;
        drop(_driver_process);
        drop(_display);
        Window::start(width, height, &photos, home).await
    }

    /// The process of the desk.
    pub fn desk_pid(&self) -> anyhow::Result<u32> {
        Ok(desk_process(&self.home.path().join("desk").to_string_lossy())?.parse()?)
    }

    async fn start(width: u32, height: u32, photos: &Path, home: tempfile::TempDir) -> anyhow::Result<Window> {
        let (display, number) = display(width, height, home.path())?;
        let (port, native_port) = (free_port()?, free_port()?);
        let mut command = Command::new(root().join("target/tools/bin/tauri-driver"));
        command.args(["--port", &port.to_string(), "--native-port", &native_port.to_string()]);
        command
            .env("DISPLAY", format!(":{number}"))
            .env("PHOTO_DESK_MODELS", root().join("src-tauri/models"));
        for folder in ["DATA", "CONFIG", "CACHE", "STATE"] {
            command.env(format!("XDG_{folder}_HOME"), home.path().join(folder.to_lowercase()));
        }
        command.env_remove("WAYLAND_DISPLAY").stdout(Stdio::null());
        let driver_process = Ended::start(&mut command)?;
        for port in [port, native_port] {
            until("the window's driver listens", || async move {
                TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok().then_some(())
            })
            .await?;
        }

        let mut wanted = Capabilities::new();
        wanted.set("browserName", "wry")?;
        wanted.set(
            "tauri:options",
            serde_json::json!({
                "application": built("photo-review-desk"),
                "args": ["--data", home.path().join("desk"), "--demo", photos],
            }),
        )?;
        let driver = WebDriver::builder(format!("http://127.0.0.1:{port}"), wanted)
            .request_timeout(PATIENCE)
            .await?;
        Ok(Window {
            driver,
            _driver_process: driver_process,
            _display: display,
            display: number,
            home,
            width,
            height,
            photos: photos.to_owned(),
        })
    }

    /// The element with that `data-testid`, as soon as it is there.
    pub async fn find(&self, testid: &str) -> anyhow::Result<WebElement> {
        self.all(&format!("[data-testid='{testid}']")).await
    }

    /// The first element that the selector finds, as soon as it is there.
    pub async fn all(&self, selector: &str) -> anyhow::Result<WebElement> {
        Ok(self
            .driver
            .query(By::Css(selector))
            .wait(PATIENCE, POLL)
            .first()
            .await?)
    }

    /// The photo on the stage once it is decoded and painted, and is not `before`: its submission's id.
    pub async fn painted_photo(&self, before: Option<&str>) -> anyhow::Result<String> {
        let not = before.map_or(String::new(), |id| format!(":not([data-submission='{id}'])"));
        let stage = self
            .all(&format!("[data-testid='stage-photo'][data-painted='true']{not}"))
            .await?;
        stage
            .attr("data-submission")
            .await?
            .ok_or_else(|| anyhow::anyhow!("the stage does not name its photo"))
    }

    /// What the stage shows once it shows anything: a painted photo, or that one can't be read.
    pub async fn first_on_stage(&self) -> anyhow::Result<WebElement> {
        self.all("[data-testid='stage-photo'][data-painted='true'], [data-testid='stage-unreadable']")
            .await
    }

    /// Presses a key wherever the focus is, as a person does.
    pub async fn press(&self, key: impl Into<TypingData>) -> anyhow::Result<()> {
        Ok(self.driver.action_chain().send_keys(key).perform().await?)
    }

    /// Waits until the element's text is what is wanted.
    pub async fn text_becomes(&self, testid: &str, wanted: impl Fn(&str) -> bool + Copy) -> anyhow::Result<String> {
        until(testid, || async move {
            let text = self.find(testid).await.ok()?.text().await.ok()?;
            wanted(&text).then_some(text)
        })
        .await
    }

    /// Calls a command of the shell as the page does.
    pub async fn invoke(&self, command: &str) -> anyhow::Result<serde_json::Value> {
        self.invoke_with(command, serde_json::json!({})).await
    }

    pub async fn invoke_with(&self, command: &str, said: serde_json::Value) -> anyhow::Result<serde_json::Value> {
        let script = "const [command, said, done] = arguments; \
                      window.__TAURI_INTERNALS__.invoke(command, said).then(done, done);";
        let answer = self
            .driver
            .execute_async(script, vec![serde_json::json!(command), said])
            .await?;
        Ok(answer.json().clone())
    }

    /// The students' inbox once it holds that many messages: its address and the page.
    pub async fn inbox(&self, messages: usize) -> anyhow::Result<(String, String)> {
        let start = self.invoke("start_info").await?;
        let address = start["demo"]["inbox_url"]
            .as_str()
            .ok_or_else(|| anyhow::anyhow!("the demo has no inbox"))?;
        let page = until("the students' messages", || async {
            let page = reqwest::get(address).await.ok()?.text().await.ok()?;
            (page.matches("data-decision=").count() == messages).then_some(page)
        })
        .await?;
        Ok((address.to_owned(), page))
    }

    /// What a person sees on the display, once what was last done is painted: photographed from the display's own
    /// memory, since the driver's screenshots can wait for ever on a page that is drawn without a GPU.
    pub async fn screenshot(&self, path: &Path) -> anyhow::Result<()> {
        let settled = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()));";
        self.driver.execute_async(settled, vec![]).await?;
        // The page hands its frame to the display a moment later: two pictures that are the same are the frame.
        let memory = self.home.path().join("Xvfb_screen0");
        let mut before = None;
        let still = until("the display stands still", || {
            let now = crate::screen::read(&memory).ok();
            let same = now.is_some() && now == before;
            before = now.clone();
            std::future::ready(now.filter(|_| same))
        })
        .await?;
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        Ok(still.save(path)?)
    }

    pub async fn close(self) -> anyhow::Result<()> {
        Ok(self.driver.quit().await?)
    }
}

/// The process of the desk that works on that folder.
fn desk_process(data: &str) -> anyhow::Result<String> {
    for entry in std::fs::read_dir("/proc")?.flatten() {
        let said = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let mut said = said.split(|byte| *byte == 0).map(String::from_utf8_lossy);
        if said
            .next()
            .is_some_and(|program| program.ends_with("photo-review-desk"))
            && said.any(|word| word == data)
        {
            return Ok(entry.file_name().to_string_lossy().into_owned());
        }
    }
    anyhow::bail!("no desk works on that folder")
}

/// Signs in by the nth account that the demo offers: the reviewer, the supervisor.
pub async fn demo_sign_in(window: &Window, nth: usize) -> anyhow::Result<()> {
    let start = window.invoke("start_info").await?;
    let account = &start["demo"]["accounts"][nth];
    for field in ["username", "password"] {
        let text = account[field]
            .as_str()
            .ok_or_else(|| anyhow::anyhow!("the demo offers no such account"))?;
        window.find(&format!("sign-in-{field}")).await?.send_keys(text).await?;
    }
    window.find("sign-in-submit").await?.click().await?;
    Ok(())
}

/// The top of the checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()
        .expect("the checkout")
}

/// A program of the workspace; `PHOTO_DESK_PROGRAMS` names another folder than the development profile's.
pub fn built(program: &str) -> PathBuf {
    let folder = std::env::var_os("PHOTO_DESK_PROGRAMS").map_or_else(|| "target/debug".into(), PathBuf::from);
    root().join(folder).join(program)
}

/// Sample submissions, rendered once for all window tests; or the folder that `PHOTOS` names.
pub fn samples() -> anyhow::Result<PathBuf> {
    if let Some(photos) = std::env::var_os("PHOTOS").filter(|photos| !photos.is_empty()) {
        return Ok(PathBuf::from(photos));
    }
    let folder = root().join("target/samples");
    let done = Command::new(built("portraits"))
        .arg("samples")
        .arg(&folder)
        .args(["--count", "60"])
        .stderr(Stdio::null())
        .status()?;
    anyhow::ensure!(done.success(), "the sample photos could not be rendered");
    Ok(folder)
}

/// Asks again and again until there is an answer.
pub async fn until<T, F: Future<Output = Option<T>>>(what: &str, mut ask: impl FnMut() -> F) -> anyhow::Result<T> {
    let mut ticks = tokio::time::interval(POLL);
    let asked = async {
        loop {
            ticks.tick().await;
            if let Some(answer) = ask().await {
                return answer;
            }
        }
    };
    tokio::time::timeout(PATIENCE, asked)
        .await
        .map_err(|_| anyhow::anyhow!("waited in vain: {what}"))
}

/// A display of its own, on a number that the server chooses.
fn display(width: u32, height: u32, memory: &Path) -> anyhow::Result<(Ended, u32)> {
    use std::io::{BufRead, BufReader};
    let mut command = Command::new("Xvfb");
    command.args([
        "-displayfd",
        "1",
        "-screen",
        "0",
        &format!("{width}x{height}x24"),
        "-nolisten",
        "tcp",
    ]);
    command
        .arg("-fbdir")
        .arg(memory)
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut server = Ended::start(&mut command)
        .map_err(|error| anyhow::anyhow!("Xvfb can't be started ({error}): run `setup/system test`"))?;
    let output = server
        .0
        .stdout
        .take()
        .ok_or_else(|| anyhow::anyhow!("Xvfb has no output"))?;
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line)?;
    Ok((server, line.trim().parse()?))
}

fn free_port() -> anyhow::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}
