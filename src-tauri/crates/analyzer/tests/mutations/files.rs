//! The files that are altered: small ones of every kind that can be read, no real photo among them.

use image::imageops::{self, FilterType};
use image::{ImageBuffer, Luma, LumaA, Rgb, RgbImage, Rgba};
use moxcms::ColorProfile;
use portraits::{Sitter, archive, taken};

use super::bytes::{Blocks, animated, exif_software, jpeg, jpeg_with_exif, jpeg_with_profile, png, with_segment};

pub fn all() -> Vec<(&'static str, Vec<u8>)> {
    let small = RgbImage::from_fn(35, 33, |x, y| Rgb([(x * 7) as u8, (y * 5) as u8, 99]));
    let plain = jpeg(&small, 70, Some(300));
    let photo = taken(&Sitter::conforming(20_000), &archive())
        .expect("the portraits' folder")
        .jpeg;
    let photo = image::load_from_memory(&photo).expect("a photo").to_rgb8();
    let face = imageops::resize(&photo, 120, 160, FilterType::Triangle);
    let blocks = |progressive, at: &dyn Fn(u32, u32) -> Vec<u8>| {
        Blocks {
            width: 9,
            height: 9,
            claims: None,
            progressive,
            at,
        }
        .bytes()
    };
    let xmp = b"http://ns.adobe.com/xap/1.0/\0<xmp:CreatorTool>GIMP 2.10</xmp:CreatorTool>";
    let mut profile = ColorProfile::new_display_p3().encode().expect("a profile");
    // The time of its making.
    profile[24..36].fill(0);
    vec![
        ("plain.jpg", plain.clone()),
        ("exif.jpg", jpeg_with_exif(&small, 6, 118)),
        ("software.jpg", with_segment(&plain, 0xe1, &exif_software("Photoshop"))),
        ("xmp.jpg", with_segment(&plain, 0xe1, xmp)),
        ("profile.jpg", jpeg_with_profile(&small, profile)),
        (
            "progressive.jpg",
            blocks(true, &|x, y| vec![(x * 20) as u8, 128, (y * 20) as u8]),
        ),
        ("grey.jpg", blocks(true, &|x, _| vec![(x * 20) as u8])),
        (
            "cmyk.jpg",
            blocks(false, &|x, y| vec![(x * 20) as u8, 110, (y * 20) as u8, 9]),
        ),
        ("face.jpg", jpeg(&face, 80, Some(300))),
        ("plain.png", png(small.clone())),
        ("animated.png", animated(&png(small), 35, 33)),
        (
            "deep.png",
            png(ImageBuffer::from_fn(20, 21, |x, y| {
                Rgb([x as u16 * 999, y as u16 * 999, 500])
            })),
        ),
        (
            "grey.png",
            png(ImageBuffer::from_fn(70, 80, |x, y| Luma([(x * y) as u8]))),
        ),
        (
            "alpha.png",
            png(ImageBuffer::from_fn(20, 21, |x, y| {
                Rgba([x as u8 * 9, y as u8 * 9, 5, 90])
            })),
        ),
        (
            "grey-alpha.png",
            png(ImageBuffer::from_fn(20, 21, |x, y| LumaA([x as u8 * 9, y as u8 * 9]))),
        ),
    ]
}
