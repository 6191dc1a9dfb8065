//! Photos of the two sizes that students hand in: sitters of the studio, enlarged, with a camera's grain, at the quality
//! that gives the wanted number of bytes. Kept in `target/bench`.

use image::codecs::jpeg::JpegEncoder;
use portraits::{Sitter, archive, taken, with_grain};
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use tests::window::root;

/// Nobody that the studio's other uses show.
const FIRST_SEED: u64 = 40_000;
/// Deviation of the grain at the size of the file, of 255.
const GRAIN: f32 = 4.0;

pub struct Kind {
    pub name: &'static str,
    width: u32,
    height: u32,
    bytes: usize,
}

pub const SMALL: Kind = Kind {
    name: "200 KB",
    width: 900,
    height: 1200,
    bytes: 200_000,
};
pub const LARGE: Kind = Kind {
    name: "4 MB",
    width: 3000,
    height: 4000,
    bytes: 4_000_000,
};

/// A folder with that many.
pub fn folder(kind: &Kind, count: u64) -> anyhow::Result<PathBuf> {
    let folder = root()
        .join("target/bench")
        .join(format!("{}-{count}", kind.name.replace(' ', "")));
    fs::create_dir_all(&folder)?;
    let quality = quality(kind)?;
    let next = AtomicU64::new(0);
    let make = || -> anyhow::Result<()> {
        while let number = next.fetch_add(1, Ordering::Relaxed)
            && number < count
        {
            let path = folder.join(format!("{number:05}.jpg"));
            if !path.exists() {
                let part = path.with_extension("part");
                fs::write(&part, photo(kind, number, quality)?)?;
                fs::rename(part, path)?;
            }
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(make)).collect();
        workers.into_iter().try_for_each(|worker| {
            worker
                .join()
                .unwrap_or_else(|_| Err(anyhow::anyhow!("a photo could not be made")))
        })
    })?;
    Ok(folder)
}

/// The JPEG quality at which the first photo has about the wanted bytes.
fn quality(kind: &Kind) -> anyhow::Result<u8> {
    let (mut low, mut high) = (40, 99);
    while low < high {
        let middle = u8::midpoint(low, high);
        if photo(kind, 0, middle)?.len() < kind.bytes {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low)
}

fn photo(kind: &Kind, number: u64, quality: u8) -> anyhow::Result<Vec<u8>> {
    let seed = FIRST_SEED + number;
    let taken = taken(&Sitter::conforming(seed), &archive())?;
    let small = image::load_from_memory(&taken.jpeg)?.to_rgb8();
    let photo = with_grain(&small, [kind.width, kind.height], GRAIN, seed);
    let mut jpeg = Vec::new();
    photo.write_with_encoder(JpegEncoder::new_with_quality(&mut jpeg, quality))?;
    Ok(jpeg)
}
