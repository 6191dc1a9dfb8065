//! What nobody should send, and somebody will: every case is a report or a named error, never a panic.

use analyzer::report::Status;
use analyzer::{DecodeError, Profile};
use image::{ImageBuffer, Luma, LumaA, Rgb, RgbImage, Rgba};

use super::bytes::{Blocks, animated, jpeg, jpeg_with_exif, png, png_claiming};
use super::{analyzer, name, report, status};

fn error(bytes: &[u8]) -> DecodeError {
    analyzer()
        .report(bytes, &Profile::chsi_2017().unwrap())
        .expect_err("a report of unreadable bytes")
}

fn plain() -> RgbImage {
    RgbImage::from_fn(96, 128, |x, y| Rgb([(x * 2) as u8, y as u8, 120]))
}

#[test]
fn nothing_and_noise_are_named() {
    assert_eq!(error(b""), DecodeError::Empty);
    assert_eq!(error(b"x"), DecodeError::NotAnImage);
    assert_eq!(error("姓名,学号\n".as_bytes()), DecodeError::NotAnImage);
    assert_eq!(error(&[0; 4096]), DecodeError::NotAnImage);
}

#[test]
fn other_formats_are_named_by_content() {
    let padded = |head: &[u8]| [head, &[0; 64]].concat();
    for (head, format) in [
        (&b"GIF89a"[..], "GIF"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "WebP"),
        (b"BM", "BMP"),
        (b"II\x2a\0", "TIFF"),
        (b"MM\0\x2a", "TIFF"),
        (b"\0\0\0\x18ftypheic", "HEIC"),
        (b"\0\0\0\x18ftypavif", "AVIF"),
        (b"%PDF-1.7", "PDF"),
    ] {
        let error = error(&padded(head));
        assert_eq!(error, DecodeError::Unsupported { format });
        assert!(
            error.to_string().starts_with(format) && error.to_string().contains("JPEG"),
            "{error}"
        );
    }
}

#[test]
fn every_early_end_is_found() {
    for (bytes, step) in [(jpeg(&plain(), 80, None), 61), (png(plain()), 61)] {
        for end in (12..bytes.len() - 1).step_by(step) {
            assert_eq!(
                error(&bytes[..end]),
                DecodeError::Truncated,
                "cut at {end} of {}",
                bytes.len()
            );
        }
    }
}

#[test]
fn a_missing_last_byte_is_an_early_end() {
    let bytes = jpeg(&plain(), 80, None);
    assert_eq!(error(&bytes[..bytes.len() - 1]), DecodeError::Truncated);
}

#[test]
fn headers_that_ask_for_too_much_are_refused() {
    let grey = |_: u32, _: u32| vec![128; 3];
    let lying = Blocks {
        width: 2,
        height: 2,
        claims: Some([30_000, 30_000]),
        progressive: false,
        at: &grey,
    };
    let too_large = DecodeError::TooLarge {
        width: 30_000,
        height: 30_000,
    };
    assert_eq!(error(&lying.bytes()), too_large);
    assert_eq!(error(&png_claiming(30_000, 30_000)), too_large);
    assert_eq!(error(&png_claiming(u32::MAX, u32::MAX)).code(), "too_large");
    assert_eq!(error(&png_claiming(1, 400_000_000)).code(), "too_large");
    // A plain photo's size, but all coefficients of it kept: 60 megapixels progressive.
    let kept = Blocks {
        width: 2,
        height: 2,
        claims: Some([10_000, 6_000]),
        progressive: true,
        at: &grey,
    };
    assert_eq!(error(&kept.bytes()).code(), "too_large");
}

#[test]
fn a_size_of_nothing_is_damage() {
    let grey = |_: u32, _: u32| vec![128; 3];
    let empty = Blocks {
        width: 1,
        height: 1,
        claims: Some([0, 480]),
        progressive: false,
        at: &grey,
    };
    assert_eq!(error(&empty.bytes()), DecodeError::Damaged);
    assert_eq!(error(&png_claiming(0, 5)), DecodeError::Damaged);
}

#[test]
fn a_wrong_name_changes_nothing() {
    // Whatever the file was called, its content is a PNG.
    let seen = report(&png(plain()));
    assert_eq!(
        (seen.image.format.as_str(), status(&seen, "format")),
        ("PNG", Status::Fail)
    );
    assert!(seen.suggested_reasons().contains(&"not_jpeg"));
}

#[test]
fn unusual_pixels_are_reported_by_name() {
    let grey = |_: u32, _: u32| vec![90, 100, 110, 120];
    let cmyk = Blocks {
        width: 60,
        height: 80,
        claims: None,
        progressive: false,
        at: &grey,
    }
    .bytes();
    let of = |width, height| (width as u32, height as u32);
    let (w, h) = of(60, 80);
    for (bytes, mode) in [
        (cmyk, "cmyk"),
        (
            Blocks {
                width: w,
                height: h,
                claims: None,
                progressive: true,
                at: &|_, _| vec![90],
            }
            .bytes(),
            "grey8",
        ),
        (
            png(ImageBuffer::from_pixel(w, h, Rgb([40_000u16, 500, 60_000]))),
            "rgb48",
        ),
        (png(ImageBuffer::from_pixel(w, h, Luma([40_000u16]))), "grey16"),
        (png(ImageBuffer::from_pixel(w, h, Rgba([1u8, 2, 3, 90]))), "rgb_alpha"),
        (png(ImageBuffer::from_pixel(w, h, LumaA([1u8, 90]))), "grey_alpha"),
    ] {
        let seen = report(&bytes);
        assert_eq!(
            (name(&seen, "colour_mode").as_str(), status(&seen, "colour_mode")),
            (mode, Status::Fail)
        );
        assert_eq!(status(&seen, "face_count"), Status::Fail);
    }
}

#[test]
fn an_animation_is_judged_by_its_still_and_fails_by_format() {
    let seen = report(&animated(&png(plain()), 96, 128));
    assert_eq!(
        (name(&seen, "format").as_str(), status(&seen, "format")),
        ("APNG", Status::Fail)
    );
}

#[test]
fn every_small_size_has_a_report() {
    // The face cascade panics on odd sizes and needs 40 pixels.
    for (width, height) in [
        (1, 1),
        (1, 300),
        (300, 1),
        (39, 41),
        (40, 40),
        (41, 40),
        (61, 97),
        (321, 641),
        (333, 47),
    ] {
        let seen = report(&png(RgbImage::from_pixel(width, height, Rgb([200, 180, 160]))));
        assert_eq!(status(&seen, "pixels"), Status::Fail, "{width} × {height}");
    }
    for side in 41..80 {
        report(&png(RgbImage::from_fn(side, 120 - side, |x, y| {
            Rgb([((x * 7) ^ (y * 13)) as u8; 3])
        })));
    }
}

#[test]
fn flipped_bits_never_panic() {
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    let small = RgbImage::from_fn(33, 35, |x, y| Rgb([(x * 7) as u8, (y * 5) as u8, 99]));
    let flat = |_: u32, _: u32| vec![90, 128, 128];
    let progressive = Blocks {
        width: 5,
        height: 4,
        claims: None,
        progressive: true,
        at: &flat,
    }
    .bytes();
    for bytes in [
        jpeg(&small, 70, Some(300)),
        jpeg_with_exif(&small, 6, 118),
        png(small.clone()),
        animated(&png(small), 33, 35),
        progressive,
    ] {
        for _ in 0..400 {
            let mut spoilt = bytes.clone();
            for _ in 0..1 + random(4) {
                // Half of them in the headers, which is where the trouble lies.
                let reach = if random(2) == 0 {
                    spoilt.len().min(220)
                } else {
                    spoilt.len()
                };
                let at = random(reach);
                spoilt[at] ^= 1 << random(8);
            }
            // An error or a report, both are right.
            let _ = analyzer().report(&spoilt, &Profile::chsi_2017().unwrap());
        }
    }
}

#[test]
fn errors_have_stable_codes_and_speak_of_no_one() {
    for (error, code) in [
        (DecodeError::Empty, "empty"),
        (DecodeError::NotAnImage, "not_an_image"),
        (DecodeError::Unsupported { format: "GIF" }, "unsupported"),
        (DecodeError::Truncated, "truncated"),
        (DecodeError::TooLarge { width: 1, height: 2 }, "too_large"),
        (DecodeError::TooManyBytes { bytes: 3 }, "too_many_bytes"),
        (DecodeError::Damaged, "damaged"),
    ] {
        assert_eq!(error.code(), code);
        assert!(!error.to_string().is_empty());
    }
}
