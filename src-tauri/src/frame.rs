//! Where the window stands and how large it is: kept in the data folder as it changes, and taken up at the next start,
//! but never where no screen is.

use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use tauri::{App, Runtime, WebviewWindow, WindowEvent};

/// In logical pixels.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
    pub maximized: bool,
}

/// What of a screen a window may use, in logical pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

const FILE: &str = "window.json";

impl Frame {
    /// As it was kept; `None`: never, or the file is of no use.
    pub fn kept(data: &Path) -> Option<Frame> {
        let bytes = std::fs::read(data.join(FILE)).ok()?;
        serde_json::from_slice::<Frame>(&bytes)
            .ok()
            .filter(|frame| frame.width > 0.0 && frame.height > 0.0)
    }

    /// The same wholly on the screen that most of it was on; `None`: none of it is on any screen.
    pub fn on(self, screens: &[Area]) -> Option<Frame> {
        let shared = |screen: &Area| {
            let along = |from: f64, size: f64, on: f64, most: f64| (from + size).min(on + most) - from.max(on);
            let width = along(self.x, self.width, screen.x, screen.width);
            let height = along(self.y, self.height, screen.y, screen.height);
            width.max(0.0) * height.max(0.0)
        };
        let screen = screens
            .iter()
            .filter(|screen| shared(screen) > 0.0)
            .max_by(|a, b| shared(a).total_cmp(&shared(b)))?;
        let (width, height) = (self.width.min(screen.width), self.height.min(screen.height));
        Some(Frame {
            x: self.x.clamp(screen.x, screen.x + screen.width - width),
            y: self.y.clamp(screen.y, screen.y + screen.height - height),
            width,
            height,
            ..self
        })
    }
}

/// The screens that are there now.
pub fn screens<R: Runtime>(app: &App<R>) -> Vec<Area> {
    let monitors = app.available_monitors().unwrap_or_default();
    let area = |monitor: &tauri::Monitor| {
        let (work, scale) = (monitor.work_area(), monitor.scale_factor());
        let (at, size) = (
            work.position.to_logical::<f64>(scale),
            work.size.to_logical::<f64>(scale),
        );
        Area {
            x: at.x,
            y: at.y,
            width: size.width,
            height: size.height,
        }
    };
    monitors.iter().map(area).collect()
}

/// Keeps it from now on. What can't be kept is forgotten: the window is not worth a complaint.
pub fn keep<R: Runtime>(window: &WebviewWindow<R>, data: &Path) {
    let (file, kept) = (data.join(FILE), Mutex::new(Frame::kept(data)));
    let told = window.clone();
    window.on_window_event(move |event| {
        if !matches!(event, WindowEvent::Moved(_) | WindowEvent::Resized(_)) {
            return;
        }
        let Ok(mut kept) = kept.lock() else { return };
        if let Some(now) = now(&told, *kept)
            && *kept != Some(now)
            && write(&file, now).is_ok()
        {
            *kept = Some(now);
        }
    });
}

/// A maximized window keeps the size that it goes back to.
fn now<R: Runtime>(window: &WebviewWindow<R>, before: Option<Frame>) -> Option<Frame> {
    if window.is_minimized().ok()? {
        return None;
    }
    let maximized = window.is_maximized().ok()?;
    if let (true, Some(before)) = (maximized, before) {
        return Some(Frame { maximized, ..before });
    }
    let scale = window.scale_factor().ok()?;
    let at = window.outer_position().ok()?.to_logical::<f64>(scale);
    let size = window.inner_size().ok()?.to_logical::<f64>(scale);
    Some(Frame {
        x: at.x,
        y: at.y,
        width: size.width,
        height: size.height,
        maximized,
    })
}

fn write(file: &PathBuf, frame: Frame) -> std::io::Result<()> {
    let part = file.with_extension("part");
    std::fs::write(&part, serde_json::to_vec(&frame)?)?;
    std::fs::rename(part, file)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEFT: Area = Area {
        x: 0.0,
        y: 0.0,
        width: 1366.0,
        height: 768.0,
    };
    const RIGHT: Area = Area {
        x: 1366.0,
        y: 0.0,
        width: 2560.0,
        height: 1400.0,
    };

    fn at(x: f64, y: f64, width: f64, height: f64) -> Frame {
        Frame {
            x,
            y,
            width,
            height,
            maximized: false,
        }
    }

    #[test]
    fn a_window_comes_back_where_it_was_and_wholly_on_a_screen() {
        let screens = [LEFT, RIGHT];
        let same = at(1500.0, 100.0, 2000.0, 1200.0);
        assert_eq!(same.on(&screens), Some(same));
        // half out at the right, the title above the top
        assert_eq!(
            at(3000.0, -40.0, 1600.0, 900.0).on(&screens),
            Some(at(2326.0, 0.0, 1600.0, 900.0))
        );
        // over two screens: where most of it is
        assert_eq!(
            at(1200.0, 0.0, 1200.0, 700.0).on(&screens),
            Some(at(1366.0, 0.0, 1200.0, 700.0))
        );
    }

    #[test]
    fn a_screen_that_is_gone_or_smaller_never_hides_it() {
        let far = at(1500.0, 100.0, 2000.0, 1200.0);
        assert_eq!(far.on(&[LEFT]), None);
        assert_eq!(far.on(&[]), None);
        assert_eq!(
            at(10.0, 10.0, 2000.0, 1200.0).on(&[LEFT]),
            Some(at(0.0, 0.0, 1366.0, 768.0))
        );
    }

    #[test]
    fn what_is_kept_is_read_again_and_nonsense_is_not() {
        let data = tempfile::tempdir().unwrap();
        assert_eq!(Frame::kept(data.path()), None);
        let frame = at(1.0, 2.0, 1300.0, 700.0);
        write(&data.path().join(FILE), frame).unwrap();
        assert_eq!(Frame::kept(data.path()), Some(frame));
        std::fs::write(data.path().join(FILE), "{").unwrap();
        assert_eq!(Frame::kept(data.path()), None);
    }
}
