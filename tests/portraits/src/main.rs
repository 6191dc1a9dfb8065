//! The studio's command line: a demo queue, or a contact sheet to look at.

use clap::{Parser, Subcommand};
use image::{RgbImage, imageops};
use portraits::{Defect, Sitter, Written, render, write_samples};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

#[derive(Parser)]
#[command(about = "Takes photos of sitters who do not exist")]
struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Write three batches of photos with students.csv, batches.json and truth.json
    Samples {
        dir: PathBuf,
        #[arg(long, default_value_t = 60)]
        count: usize,
        #[arg(long, default_value_t = 2027)]
        seed: u64,
    },
    /// Write one picture of many sitters
    Sheet {
        out: PathBuf,
        #[arg(long, default_value_t = 12)]
        count: u32,
        #[arg(long, default_value_t = 1)]
        seed: u64,
        #[arg(long, value_enum, default_value_t = Defect::None)]
        defect: Defect,
        /// One sitter with every defect
        #[arg(long)]
        every_defect: bool,
        #[arg(long, default_value_t = 4)]
        columns: u32,
        /// Pictures this many times as large
        #[arg(long, default_value_t = 1.0)]
        scale: f32,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse().what) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("{e}");
            ExitCode::FAILURE
        }
    }
}

fn run(what: What) -> Result<(), Box<dyn std::error::Error>> {
    match what {
        What::Samples { dir, count, seed } => {
            let start = Instant::now();
            let written = write_samples(&dir, count, seed, |done| eprint!("\rportraits {done}/{count}"))?;
            match written {
                Written::Now => eprintln!("\rportraits {count}/{count} in {:.1} s", start.elapsed().as_secs_f32()),
                Written::AlreadyThere => eprintln!("portraits: {count} already there"),
            }
        }
        What::Sheet {
            out,
            count,
            seed,
            defect,
            every_defect,
            columns,
            scale,
        } => {
            let count = if every_defect {
                Defect::ALL.len() as u32
            } else {
                count.max(1)
            };
            let columns = columns.clamp(1, count);
            let (w, h) = ((480.0 * scale) as u32, (640.0 * scale) as u32);
            let mut sheet = RgbImage::new(w * columns, h * count.div_ceil(columns));
            for i in 0..count {
                let mut sitter = if every_defect {
                    Sitter::with_defect(seed, Defect::ALL[i as usize])
                } else {
                    Sitter::with_defect(seed + u64::from(i), defect)
                };
                sitter.enlarge(scale);
                let start = Instant::now();
                let portrait = render(&sitter);
                let t = &portrait.truth;
                eprintln!(
                    "{} {:.0} ms, crown {}, eyes {:.0}, face {:.0} px wide, {:?}, {:?}, tone {}, {:.0} years",
                    sitter.seed,
                    start.elapsed().as_secs_f32() * 1e3,
                    t.crown_px,
                    t.left_eye_px[1],
                    t.face_width_px(),
                    sitter.hair.style,
                    sitter.clothes.garment,
                    sitter.skin.tone,
                    sitter.age_years
                );
                imageops::replace(
                    &mut sheet,
                    &portrait.pixels,
                    i64::from(i % columns * w),
                    i64::from(i / columns * h),
                );
            }
            sheet.save(out)?;
        }
    }
    Ok(())
}
