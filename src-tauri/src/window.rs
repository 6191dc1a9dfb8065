//! The window: opened once the desk is, told when something changed, closed without losing anything (every decision
//! is on disk before the next photo shows).

use crate::arguments::Arguments;
use crate::error::StartError;
use crate::frame::{self, Frame};
use crate::start::World;
use crate::{commands, photo_scheme, start};
use std::path::PathBuf;
use tauri::{App, Builder, Context, Emitter, Manager, Runtime, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

/// Told to the page, without a word: ask again.
const CHANGED: &str = "desk-changed";
const MIN_WIDTH: f64 = 1100.0;
const MIN_HEIGHT: f64 = 640.0;
const WIDTH: f64 = 1366.0;
const HEIGHT: f64 = 768.0;

pub fn run(arguments: Arguments) -> Result<(), StartError> {
    let app = furnished(Builder::default())
        .setup(move |app| {
            let window = open(app, &arguments, World::default())?;
            Ok(draw_without_gpu_where_there_is_none(&window)?)
        })
        .build(context())?;
    app.run(|app, event| {
        if let tauri::RunEvent::Exit = event {
            tauri::async_runtime::block_on(app.state::<start::Running>().stop());
        }
    });
    Ok(())
}

/// The configuration and the page.
pub fn context<R: Runtime>() -> Context<R> {
    tauri::generate_context!()
}

/// Everything that the page may call.
pub fn furnished<R: Runtime>(builder: Builder<R>) -> Builder<R> {
    builder
        .plugin(tauri_plugin_dialog::init())
        .register_asynchronous_uri_scheme_protocol(photo_scheme::SCHEME, photo_scheme::answer)
        .invoke_handler(commands::builder().invoke_handler())
}

/// Starts the desk, opens its window, and keeps the page told.
///
/// # Errors
/// What kept the desk from starting.
pub fn open<R: Runtime>(app: &mut App<R>, arguments: &Arguments, world: World) -> Result<WebviewWindow<R>, StartError> {
    let started = tauri::async_runtime::block_on(start::start(app.handle(), arguments, world))?;
    let mut changes = started.desk.changes();
    let data = PathBuf::from(&started.info.data_dir);
    app.manage(started.desk);
    app.manage(started.info);
    app.manage(started.audit_folder);
    app.manage(started.running);

    let mut builder = WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title("审片台 · Photo Review Desk")
        .inner_size(WIDTH, HEIGHT)
        .min_inner_size(MIN_WIDTH, MIN_HEIGHT);
    if let Some(kept) = Frame::kept(&data).and_then(|kept| kept.on(&frame::screens(app))) {
        builder = builder
            .position(kept.x, kept.y)
            .inner_size(kept.width, kept.height)
            .maximized(kept.maximized);
    }
    let window = builder.build()?;
    frame::keep(&window, &data);

    let handle = app.handle().clone();
    tauri::async_runtime::spawn(async move {
        while changes.changed().await.is_ok() {
            if let Err(error) = handle.emit(CHANGED, ()) {
                tracing::warn!(%error, "the window did not hear of a change");
            }
        }
    });
    Ok(window)
}

/// WebKit's compositor draws through OpenGL; without a GPU that is software OpenGL and costs five to ten times the
/// drawing itself. `PHOTO_DESK_GPU=always|never` overrules what is found.
#[cfg(target_os = "linux")]
fn draw_without_gpu_where_there_is_none(window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};
    let gpu = match std::env::var("PHOTO_DESK_GPU").as_deref() {
        Ok("always") => true,
        Ok("never") => false,
        _ => std::fs::read_dir("/dev/dri")
            .into_iter()
            .flatten()
            .flatten()
            .any(|device| device.file_name().to_string_lossy().starts_with("renderD")),
    };
    window.with_webview(move |webview| {
        if let Some(settings) = webview.inner().settings()
            && !gpu
        {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    })
}

#[cfg(not(target_os = "linux"))]
fn draw_without_gpu_where_there_is_none(_window: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}
