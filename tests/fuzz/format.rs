//! One target for each recording format: the name of the program is the format's.
#![no_main]

#[path = "../formats/exercise.rs"]
mod exercise;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let format = plainsight::formats::by_id(env!("CARGO_BIN_NAME")).expect("a format of that name");
    exercise::exercise(format, bytes);
});
