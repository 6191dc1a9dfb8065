//! Windows of a grey picture that show a face: a funnel of ever dearer classifiers, trained by the SeetaFace project
//! (Wu, Kan, He, Shan, Chen: Funnel-structured cascade for multi-view face detection with alignment awareness,
//! Neurocomputing 2017). It gives what the `rustface` crate, a port of theirs (BSD-2-Clause), gives of the same picture,
//! to the last bit, in a fraction of the time. Must not live here: which picture is searched, and what a score is worth.

mod boosted;
mod file;
mod grey;
mod network;

use boosted::Boosted;
pub use grey::Grey;
use network::{Network, Sums};

/// Side of the window that all classifiers look at.
pub const WINDOW_PX: usize = 40;
/// Windows are tried every so many pixels, in a picture that shrinks by this factor.
const STEP_PX: usize = 4;
const SHRINK: f32 = 0.8;
/// Boxes that share more than this of what both cover are one: while there are many, and at last.
const SAME: f32 = 0.8;
const SAME_AT_LAST: f32 = 0.3;

pub struct Cascade {
    /// Each looks at every window: for faces from the front, and turned to either side.
    first: Vec<Boosted>,
    /// One after the other they look at what passed, and move the box.
    finer: Vec<Network>,
    last: Network,
}

/// A square in pixels of the searched picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    pub x: i32,
    pub y: i32,
    pub side: i32,
    pub score: f64,
}

impl Cascade {
    /// Of a face of `largest_px` at most, where that is given.
    pub fn find(&self, picture: Grey, largest_px: Option<usize>) -> Vec<Found> {
        let mut found: Vec<Found> = self.propose(picture, largest_px);
        let mut sums = Sums::default();
        for (k, network) in self.finer.iter().enumerate() {
            if k > 0 {
                found = merged(found, SAME);
            }
            found = look(network, picture, found, &mut sums);
        }
        merged(look(&self.last, picture, found, &mut sums), SAME_AT_LAST)
    }

    /// What the first classifiers let pass, of each in turn.
    fn propose(&self, picture: Grey, largest_px: Option<usize>) -> Vec<Found> {
        let most = picture.width.min(picture.height).min(largest_px.unwrap_or(usize::MAX));
        let least_scale = WINDOW_PX as f32 / most as f32;
        let mut proposals = vec![Vec::new(); self.first.len()];
        let mut scale = 1.0f32;
        while scale >= least_scale {
            let size = [picture.width, picture.height].map(|side| (side as f32 * scale) as usize);
            if size[0].min(size[1]) < WINDOW_PX {
                break;
            }
            let pixels = picture.scaled(size);
            let smaller = Grey::new(&pixels, size[0]);
            let map = boosted::Map::new(smaller);
            let in_picture = |at: usize| (at as f32 / scale + 0.5) as i32;
            for (classifier, proposals) in self.first.iter().zip(&mut proposals) {
                classifier.scan(&map, STEP_PX, |x, y, score| {
                    proposals.push(Found {
                        x: in_picture(x),
                        y: in_picture(y),
                        side: in_picture(WINDOW_PX),
                        score: score.into(),
                    });
                });
            }
            scale *= SHRINK;
        }
        proposals.into_iter().flat_map(|found| merged(found, SAME)).collect()
    }
}

/// Those in which the network sees a face, each moved and sized as it says.
fn look(network: &Network, picture: Grey, found: Vec<Found>, sums: &mut Sums) -> Vec<Found> {
    let inside = found
        .into_iter()
        .filter(|found| found.x + found.side > 0 && found.y + found.side > 0);
    let seen = inside.filter_map(|found| {
        let pixels = picture.window(found.x, found.y, found.side);
        sums.of(&pixels);
        let [score, x, y, size] = network.judge(sums)?;
        // A box that begins outside begins at the edge.
        let (left, top, side) = (found.x.max(0) as f32, found.y.max(0) as f32, found.side as f32);
        let new_side = ((size * 2.0 - 1.0) * side + side + 0.5).floor();
        let moved = |by: f32, at: f32| ((by * 2.0 - 1.0) * side + at + (side - new_side) * 0.5 + 0.5).floor() as i32;
        Some(Found {
            x: moved(x, left),
            y: moved(y, top),
            side: new_side as i32,
            score: score.into(),
        })
    });
    seen.collect()
}

/// The best of all that lie on one place, with the sum of their scores.
fn merged(mut found: Vec<Found>, same: f32) -> Vec<Found> {
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut gone = vec![false; found.len()];
    let mut best = Vec::new();
    for (k, here) in found.iter().enumerate() {
        if gone[k] {
            continue;
        }
        let mut sum = *here;
        for (other, gone) in found[k + 1..].iter().zip(&mut gone[k + 1..]) {
            if !*gone && here.shares(other) > same {
                *gone = true;
                sum.score += other.score;
            }
        }
        best.push(sum);
    }
    best
}

impl Found {
    /// What both cover over what either covers.
    fn shares(&self, other: &Self) -> f32 {
        let both = |a: i32, b: i32| (a + self.side).min(b + other.side) - a.max(b);
        let (across, down) = (both(self.x, other.x), both(self.y, other.y));
        if across <= 0 || down <= 0 {
            return 0.0;
        }
        let shared = (across * down) as f32;
        shared / ((self.side * self.side) as f32 + (other.side * other.side) as f32 - shared)
    }
}

#[cfg(test)]
mod tests {
    use image::imageops::{FilterType, overlay, resize};
    use image::{GrayImage, Luma};
    use portraits::{Sitter, archive, taken};

    use super::*;

    fn bytes() -> Vec<u8> {
        let path = format!("{}/../../models/seeta_fd_frontal_v1.0.bin", env!("CARGO_MANIFEST_DIR"));
        std::fs::read(path).expect("make models")
    }

    fn by_rustface(picture: &GrayImage, largest_px: Option<usize>) -> Vec<Found> {
        let model = rustface::read_model(bytes().as_slice()).unwrap();
        let mut detector = rustface::create_detector_with_model(model);
        detector.set_score_thresh(1e-9);
        if let Some(side) = largest_px {
            detector.set_max_face_size(side as u32);
        }
        let faces = detector.detect(&rustface::ImageData::new(picture, picture.width(), picture.height()));
        let found = faces.iter().map(|face| Found {
            x: face.bbox().x(),
            y: face.bbox().y(),
            side: face.bbox().width() as i32,
            score: face.score(),
        });
        found.collect()
    }

    fn sitter(seed: u64, width: u32, height: u32) -> GrayImage {
        let jpeg = taken(&Sitter::conforming(seed), &archive()).unwrap().jpeg;
        let whole = image::load_from_memory(&jpeg).unwrap().to_luma8();
        resize(&whole, width, height, FilterType::Triangle)
    }

    #[test]
    fn the_same_boxes_are_found_as_by_the_crate_it_was_written_after() {
        let cascade = Cascade::read(&bytes()).unwrap();
        let mut crowd = GrayImage::from_pixel(220, 180, Luma([150]));
        for (seed, x, y) in [(20_001, -25, -20), (20_002, 60, 50), (20_003, 160, 90)] {
            overlay(&mut crowd, &sitter(seed, 90, 120), x, y);
        }
        let noise = GrayImage::from_fn(160, 120, |x, y| Luma([(x * x * 7 + y * 131 + x * y * 3) as u8 / 2]));
        let pictures = [sitter(20_000, 144, 192), sitter(20_004, 192, 256), crowd, noise];
        for picture in &pictures {
            for largest_px in [None, Some(60)] {
                let found = cascade.find(Grey::new(picture, picture.width() as usize), largest_px);
                assert_eq!(found, by_rustface(picture, largest_px));
            }
        }
        let crowd = &pictures[2];
        let found = cascade.find(Grey::new(crowd, crowd.width() as usize), None);
        assert!(found.len() > 1, "{found:?}");
    }

    #[test]
    fn a_file_that_is_no_cascade_is_refused() {
        let bytes = bytes();
        assert!(Cascade::read(&bytes[..bytes.len() - 1]).is_none());
        assert!(Cascade::read(&[&bytes[..], &[0]].concat()).is_none());
        assert!(Cascade::read(b"").is_none());
    }
}
