//! Any bytes are read or refused, within the memory that was promised.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = analyzer::read(bytes);
});
