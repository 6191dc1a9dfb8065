//! A photo with one measured face, as the rules see it: the standard photo that would be cut from it ([`View`]), and
//! everything found so far, in the view's pixels. Must not live here: limits, and any single rule's measure.

use std::cell::OnceCell;

use crate::background::{self, Background};
use crate::colour::{linear, luma, luminance};
use crate::face::Face;
use crate::framing::{self, Composition};
use crate::geometry::Measured;
use crate::picture::{Picture, Pyramid};
use crate::profile::Profile;
use crate::report::{Evidence, Point, Rect};

pub struct Scene<'a> {
    pub profile: &'a Profile,
    pub pyramid: &'a Pyramid,
    /// The measured one, in pixels of the working picture: see [`Scene::landmark`] for the view's.
    pub face: &'a Face,
    pub measured: Measured,
    /// Width and height of the upright photo.
    pub size: [u32; 2],
    /// In pixels of the upright photo.
    pub crop: Rect,
    pub composition: Composition,
    /// `None` where too little of it is in sight.
    pub background: Option<Background>,
    pub view: View,
}

impl<'a> Scene<'a> {
    /// `scale`: pixels of the upright photo (of `size`) in one of the working picture.
    pub fn new(
        profile: &'a Profile,
        pyramid: &'a Pyramid,
        face: &'a Face,
        measured: Measured,
        scale: f64,
        size: [u32; 2],
    ) -> Self {
        let crop = framing::frame(&measured.head, size, profile);
        let composition = framing::compose(&measured.head, &crop, profile.standard.size_for(size));
        let standard = [profile.standard.width_px, profile.standard.height_px].map(|side| side as usize);
        let working = scaled(&crop, 1.0 / scale);
        let [left, right] = face.eyes.map(|eye| eye.centre);
        let eyes = [(left[0] + right[0]) / 2.0, (left[1] + right[1]) / 2.0];
        let chin_y_px = measured.head.chin_y_px / scale;
        let half = standard.map(|side| (side / 2).max(8));
        let background = background::measure(pyramid, &working, &face.mask, eyes, chin_y_px, half);
        Self {
            profile,
            pyramid,
            face,
            measured,
            size,
            crop,
            composition,
            background,
            view: View::cut(pyramid, working, scale, standard),
        }
    }

    /// A point of the mesh, in pixels of the view.
    pub fn landmark(&self, index: usize) -> [f32; 2] {
        self.view.of_working(self.face.mesh.at(index))
    }

    /// Centres of the irises at the left and at the right of the picture, in pixels of the view.
    pub fn eyes(&self) -> [[f32; 2]; 2] {
        self.face.eyes.map(|eye| self.view.of_working(eye.centre))
    }

    /// Distance between the eyes' centres (IOD), in pixels of the view.
    pub fn eye_distance_px(&self) -> f32 {
        let [a, b] = self.eyes();
        (b[0] - a[0]).hypot(b[1] - a[1])
    }

    /// From the place between the eyes: `across` to the right along the eye line, `down` square to it, both in eye
    /// distances; in pixels of the view.
    pub fn beside_eyes(&self, across: f32, down: f32) -> [f32; 2] {
        self.eye_frame().at(across, down)
    }

    pub fn eye_frame(&self) -> EyeFrame {
        let [a, b] = self.eyes();
        EyeFrame {
            middle: [(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0],
            along: [b[0] - a[0], b[1] - a[1]],
        }
    }

    /// Whether the view shows the face around the eyes, brows to cheeks.
    pub fn shows_eyes(&self) -> bool {
        let corners = [[-0.75, -0.2], [0.75, -0.2], [-0.75, 0.8], [0.75, 0.8]];
        corners
            .into_iter()
            .all(|[across, down]| self.view.shows(self.beside_eyes(across, down)))
    }

    /// Linear red, green and blue of the skin of a cheek, at the left (0) or at the right (1): below any glasses.
    pub fn cheek(&self, side: usize) -> [f32; 3] {
        self.median_colour([[-0.45, 0.45][side.min(1)], 0.71], [0.12, 0.09])
    }

    /// Median of each channel (linear) in the box of `half` its sides around a place, as in [`Self::beside_eyes`].
    pub fn median_colour(&self, [across, down]: [f32; 2], half: [f32; 2]) -> [f32; 3] {
        const STEPS: usize = 9;
        let frame = self.eye_frame();
        let place = |step: usize| 2.0 * step as f32 / (STEPS - 1) as f32 - 1.0;
        let mut channels = [[0.0; STEPS * STEPS]; 3];
        for k in 0..STEPS * STEPS {
            let at = frame.at(across + place(k % STEPS) * half[0], down + place(k / STEPS) * half[1]);
            let rgb = self.view.linear_at(at);
            for (channel, value) in channels.iter_mut().zip(rgb) {
                channel[k] = value;
            }
        }
        channels.map(|mut values| *values.select_nth_unstable_by(STEPS * STEPS / 2, f32::total_cmp).1)
    }

    /// The chin's row in the view.
    pub fn chin_y_px(&self) -> f32 {
        let chin = self.measured.geometry.chin_px;
        self.view.of_photo(chin)[1]
    }

    /// The whole photo, as a report names places.
    pub fn photo(&self) -> Rect {
        let [width, height] = self.size.map(f64::from);
        Rect {
            x_px: 0.0,
            y_px: 0.0,
            width_px: width,
            height_px: height,
        }
    }

    /// Probability that a place of the view shows the person; `None` outside the mask's square.
    pub fn person_at(&self, at: [f32; 2]) -> Option<f32> {
        self.face.mask.person_at(self.view.to_working(at))
    }
}

/// The eye line as a system of coordinates: its unit is the distance between the eyes' centres.
#[derive(Clone, Copy)]
pub struct EyeFrame {
    middle: [f32; 2],
    along: [f32; 2],
}

impl EyeFrame {
    /// In pixels of the view; the eyes' centres lie at −0.5 and 0.5 across.
    pub fn at(&self, across: f32, down: f32) -> [f32; 2] {
        let ([x, y], middle) = (self.along, self.middle);
        [middle[0] + across * x - down * y, middle[1] + across * y + down * x]
    }
}

/// The standard photo that would be cut from the upload, at the profile's size.
pub struct View {
    pub picture: Picture,
    /// In pixels of the working picture.
    crop: Rect,
    /// Pixels of the working picture in one of the view.
    step: f64,
    /// Pixels of the upright photo in one of the working picture.
    scale: f64,
    light: OnceCell<Vec<f32>>,
    luma: OnceCell<Vec<f32>>,
}

impl View {
    fn cut(pyramid: &Pyramid, crop: Rect, scale: f64, [width, height]: [usize; 2]) -> Self {
        let base = pyramid.base();
        let whole = crop.x_px == 0.0 && crop.y_px == 0.0 && [base.width, base.height] == [width, height];
        Self {
            picture: if whole && crop.width_px == width as f64 {
                base.clone()
            } else {
                pyramid.part(&crop, width, height)
            },
            crop,
            step: crop.width_px / width as f64,
            scale,
            light: OnceCell::new(),
            luma: OnceCell::new(),
        }
    }

    pub fn of_working(&self, [x, y]: [f32; 2]) -> [f32; 2] {
        [
            ((f64::from(x) - self.crop.x_px) / self.step) as f32,
            ((f64::from(y) - self.crop.y_px) / self.step) as f32,
        ]
    }

    pub fn to_working(&self, [x, y]: [f32; 2]) -> [f32; 2] {
        [
            (self.crop.x_px + f64::from(x) * self.step) as f32,
            (self.crop.y_px + f64::from(y) * self.step) as f32,
        ]
    }

    /// Pixels of the upright photo in one of the working picture.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// A place of the view in pixels of the upright photo, as a report names places.
    pub fn to_photo(&self, at: [f32; 2]) -> Point {
        let [x, y] = self.to_working(at);
        Point {
            x_px: f64::from(x) * self.scale,
            y_px: f64::from(y) * self.scale,
        }
    }

    /// A place of the upright photo in pixels of the view.
    pub fn of_photo(&self, at: Point) -> [f32; 2] {
        self.of_working([at.x_px, at.y_px].map(|px| (px / self.scale) as f32))
    }

    /// The box from `low` to `high` (in the view) in pixels of the upright photo, cut off at the view's edge.
    pub fn rect(&self, low: [f32; 2], high: [f32; 2]) -> Rect {
        let size = [self.picture.width as f32, self.picture.height as f32];
        let [low, high] = [low, high].map(|at| [at[0].clamp(0.0, size[0]), at[1].clamp(0.0, size[1])]);
        let (from, to) = (self.to_photo(low), self.to_photo(high));
        Rect {
            x_px: from.x_px,
            y_px: from.y_px,
            width_px: to.x_px - from.x_px,
            height_px: to.y_px - from.y_px,
        }
    }

    /// Pixels of the upright photo in one of the view.
    pub fn shrink(&self) -> f32 {
        (self.step * self.scale) as f32
    }

    /// A box of the working picture in pixels of the upright photo.
    pub fn photo_rect(&self, working: &Rect) -> Rect {
        scaled(working, self.scale)
    }

    /// The square of `2 × half_px` a side around a place of the view, as a report names it.
    pub fn around(&self, [x, y]: [f32; 2], half_px: f32) -> Rect {
        self.rect([x - half_px, y - half_px], [x + half_px, y + half_px])
    }

    pub fn shows(&self, [x, y]: [f32; 2]) -> bool {
        let inside = |value: f32, size: usize| value >= 0.0 && value < size as f32;
        inside(x, self.picture.width) && inside(y, self.picture.height)
    }

    /// Number of the pixel at a place; of the nearest one where the place lies outside.
    fn index(&self, [x, y]: [f32; 2]) -> usize {
        let near = |value: f32, size: usize| (value.max(0.0) as usize).min(size - 1);
        near(y, self.picture.height) * self.picture.width + near(x, self.picture.width)
    }

    pub fn linear_at(&self, at: [f32; 2]) -> [f32; 3] {
        let pixel = &self.picture.rgb[3 * self.index(at)..][..3];
        linear([pixel[0], pixel[1], pixel[2]])
    }

    pub fn light_at(&self, at: [f32; 2]) -> f32 {
        self.light()[self.index(at)]
    }

    /// Linear luminance of every pixel, 0 … 1 (IEC 61966-2-1, 0.2126 R + 0.7152 G + 0.0722 B), made at the first use.
    pub fn light(&self) -> &[f32] {
        self.light.get_or_init(|| {
            let pixels = self.picture.rgb.as_chunks::<3>().0;
            pixels.iter().map(|pixel| luminance(*pixel)).collect()
        })
    }

    /// Luma of every pixel as a JPEG holds it, 0 … 255 (ITU-R BT.601), made at the first use.
    pub fn luma(&self) -> &[f32] {
        self.luma.get_or_init(|| {
            let pixels = self.picture.rgb.as_chunks::<3>().0;
            pixels.iter().map(|pixel| luma(*pixel)).collect()
        })
    }
}

pub fn region(rect: Rect) -> Evidence {
    Evidence::Region { rect }
}

pub fn scaled(rect: &Rect, by: f64) -> Rect {
    Rect {
        x_px: rect.x_px * by,
        y_px: rect.y_px * by,
        width_px: rect.width_px * by,
        height_px: rect.height_px * by,
    }
}
