//! A photo with its report drawn into it: geometry, the profile's bands, the evidence of each check in the colour of its
//! status, and below it in words what did not pass.

use std::io::Cursor;
use std::path::Path;

use analyzer::Profile;
use analyzer::report::{Check, Evidence, Point, Rect, Report, Status};
use anyhow::Result;
use font8x8::{BASIC_FONTS, UnicodeFonts};
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageReader, Rgb, RgbImage, imageops};

use crate::words;

/// A larger photo is drawn smaller: lines of one pixel have to be seen.
const SIDE_MAX_PX: u32 = 1600;
const QUALITY: u8 = 90;
/// Of a letter, and of a line of words.
const LETTER_PX: i32 = 8;
const LINE_PX: i32 = 12;
const BACKDROP: [u8; 3] = [24, 24, 24];
const GEOMETRY: [u8; 3] = [0, 200, 255];
const BAND: [u8; 3] = [120, 120, 255];
const CROP: [u8; 3] = [255, 255, 255];

pub fn write(bytes: &[u8], report: &Report, profile: &Profile, to: &Path) -> Result<()> {
    let mut decoder = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()?
        .into_decoder()?;
    let orientation = decoder.orientation()?;
    let mut photo = DynamicImage::from_decoder(decoder)?;
    photo.apply_orientation(orientation);
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, QUALITY).encode_image(&drawn(&photo.to_rgb8(), report, profile))?;
    Ok(std::fs::write(to, file)?)
}

fn drawn(photo: &RgbImage, report: &Report, profile: &Profile) -> RgbImage {
    let (width, height) = photo.dimensions();
    let scale = (f64::from(SIDE_MAX_PX) / f64::from(width.max(height))).min(1.0);
    let [width, height] = [width, height].map(|side| ((f64::from(side) * scale).round() as u32).max(1));
    let words: Vec<&Check> = worst_first(report).collect();
    let legend = LINE_PX * words.len() as i32 + LINE_PX;
    let mut canvas = Canvas {
        pixels: RgbImage::from_pixel(width.max(320), height + legend as u32, Rgb(BACKDROP)),
        scale,
    };
    let small = imageops::resize(photo, width, height, imageops::FilterType::Triangle);
    imageops::replace(&mut canvas.pixels, &small, 0, 0);

    geometry(&mut canvas, report);
    bands(&mut canvas, report, profile);
    // What matters most is drawn last, over the rest.
    let mut checks: Vec<&Check> = report.checks.iter().collect();
    checks.sort_by_key(|check| weight(check.status));
    for check in checks {
        evidence(&mut canvas, check);
    }
    for (line, check) in words.iter().enumerate() {
        let text = format!(
            "{:<7}{:<24}{}",
            words::word(check.status),
            check.code,
            words::measured(check)
        );
        let y = height as i32 + LINE_PX / 2 + line as i32 * LINE_PX;
        canvas.text([4, y], &text, colour(check.status));
    }
    canvas.pixels
}

fn colour(status: Status) -> [u8; 3] {
    match status {
        Status::Pass => [60, 190, 90],
        Status::Warn => [255, 190, 0],
        Status::Fail => [255, 50, 40],
        Status::Unsure => [220, 90, 255],
        Status::NotApplicable => [150; 3],
    }
}

fn weight(status: Status) -> u8 {
    match status {
        Status::NotApplicable => 0,
        Status::Pass => 1,
        Status::Warn => 2,
        Status::Unsure => 3,
        Status::Fail => 4,
    }
}

fn worst_first(report: &Report) -> impl Iterator<Item = &Check> {
    let of = |status: Status| report.checks.iter().filter(move |check| check.status == status);
    [Status::Fail, Status::Unsure, Status::Warn].into_iter().flat_map(of)
}

fn geometry(canvas: &mut Canvas, report: &Report) {
    if let Some(crop) = &report.crop {
        canvas.frame(crop, CROP, 1);
    }
    let Some(geometry) = &report.geometry else { return };
    let outline = geometry
        .silhouette
        .iter()
        .zip(geometry.silhouette.iter().cycle().skip(1));
    for (from, to) in outline {
        canvas.line(*from, *to, GEOMETRY, 1);
    }
    for at in [
        geometry.left_eye_px,
        geometry.right_eye_px,
        geometry.crown_px,
        geometry.chin_px,
        geometry.face_left_px,
        geometry.face_right_px,
    ] {
        canvas.cross(at, GEOMETRY);
    }
}

/// Between which rows crown and eyes may lie.
fn bands(canvas: &mut Canvas, report: &Report, profile: &Profile) {
    let Some(crop) = &report.crop else { return };
    let step = crop.height_px / f64::from(profile.standard.height_px);
    let composition = &profile.composition;
    for band in [composition.crown_margin_px, composition.eye_line_px]
        .into_iter()
        .flatten()
    {
        for row in [band.min, band.max] {
            let y_px = crop.y_px + row * step;
            let at = |x_px| Point { x_px, y_px };
            canvas.line(at(crop.x_px), at(crop.x_px + crop.width_px), BAND, 1);
        }
    }
}

fn evidence(canvas: &mut Canvas, check: &Check) {
    let passed = matches!(check.status, Status::Pass | Status::NotApplicable);
    let (colour, thick) = (colour(check.status), if passed { 1 } else { 2 });
    for shown in &check.evidence {
        match shown {
            Evidence::Region { rect } => {
                canvas.frame(rect, colour, thick);
                if !passed {
                    canvas.label(
                        Point {
                            x_px: rect.x_px,
                            y_px: rect.y_px,
                        },
                        &check.code,
                        colour,
                    );
                }
            }
            Evidence::Line { from, to } => canvas.line(*from, *to, colour, thick),
            Evidence::Points { points } => points.iter().for_each(|at| canvas.cross(*at, colour)),
        }
    }
    if let (Some(inset), true, true) = (&check.inset, check.evidence.is_empty(), !passed) {
        canvas.frame(inset, colour, thick);
        canvas.label(
            Point {
                x_px: inset.x_px,
                y_px: inset.y_px,
            },
            &check.code,
            colour,
        );
    }
}

/// The drawing; positions come in pixels of the upright photo.
struct Canvas {
    pixels: RgbImage,
    scale: f64,
}

impl Canvas {
    fn place(&self, at: Point) -> [i32; 2] {
        // Far outside is outside: a number that can be counted with.
        [at.x_px, at.y_px].map(|v| (v * self.scale).clamp(-1e5, 1e5).round() as i32)
    }

    fn dot(&mut self, [x, y]: [i32; 2], colour: [u8; 3]) {
        if let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y))
            && let Some(pixel) = self.pixels.get_pixel_mut_checked(x, y)
        {
            *pixel = Rgb(colour);
        }
    }

    fn line(&mut self, from: Point, to: Point, colour: [u8; 3], thick: i32) {
        let (from, to) = (self.place(from), self.place(to));
        let [across, down] = [0, 1].map(|k| to[k] - from[k]);
        let steps = across.abs().max(down.abs()).max(1);
        for step in 0..=steps {
            let [x, y] = [0, 1].map(|k| from[k] + ([across, down][k] * step + steps / 2).div_euclid(steps));
            for beside in 0..thick {
                self.dot(
                    if across.abs() > down.abs() {
                        [x, y + beside]
                    } else {
                        [x + beside, y]
                    },
                    colour,
                );
            }
        }
    }

    fn frame(&mut self, rect: &Rect, colour: [u8; 3], thick: i32) {
        let (left, top) = (rect.x_px, rect.y_px);
        // The last row and column still belong to it.
        let inner = f64::from(thick) / self.scale;
        let (right, bottom) = (
            left + (rect.width_px - inner).max(0.0),
            top + (rect.height_px - inner).max(0.0),
        );
        let corner = |x_px, y_px| Point { x_px, y_px };
        for (from, to) in [
            (corner(left, top), corner(right, top)),
            (corner(left, bottom), corner(right, bottom)),
            (corner(left, top), corner(left, bottom)),
            (corner(right, top), corner(right, bottom)),
        ] {
            self.line(from, to, colour, thick);
        }
    }

    fn cross(&mut self, at: Point, colour: [u8; 3]) {
        let [x, y] = self.place(at);
        for reach in -4..=4 {
            self.dot([x + reach, y], colour);
            self.dot([x, y + reach], colour);
        }
    }

    /// Beside a place, on a backdrop that makes it readable.
    fn label(&mut self, at: Point, text: &str, colour: [u8; 3]) {
        let [x, y] = self.place(at);
        let width = text.chars().count() as i32 * LETTER_PX;
        let most = self.pixels.width() as i32 - width - 2;
        let [x, y] = [(x + 3).min(most).max(0), (y + 3).max(0)];
        for (dx, dy) in (-1..=width).flat_map(|dx| (-1..=LETTER_PX).map(move |dy| (dx, dy))) {
            self.dot([x + dx, y + dy], BACKDROP);
        }
        self.text([x, y], text, colour);
    }

    /// What the font lacks is left out.
    fn text(&mut self, [x, y]: [i32; 2], text: &str, colour: [u8; 3]) {
        for (index, letter) in text.chars().enumerate() {
            let Some(rows) = BASIC_FONTS.get(letter) else { continue };
            for (dy, row) in rows.iter().enumerate() {
                for dx in (0..LETTER_PX).filter(|bit| row >> bit & 1 == 1) {
                    self.dot([x + index as i32 * LETTER_PX + dx, y + dy as i32], colour);
                }
            }
        }
    }
}
