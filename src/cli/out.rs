//! What the program says. Everything that could hold text of a recording, a file's name or an argument goes through the
//! encoder before it is written.

use super::Failure;
use crate::text::{Options, Raw, reveal};
use std::io::{self, Write};
use std::process::ExitCode;

/// Exit code for input or arguments that could not be used.
const UNUSABLE: u8 = 2;

/// Writes results. A reader that went away (`| head`) is no error.
pub fn results(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(error).context("the results could not be written to standard output"))
        }
        _ => Ok(()),
    }
}

/// Says a sentence on standard error.
pub fn say(sentence: &str) {
    let options = Options {
        ascii: false,
        ..Options::default()
    };
    // Standard error may be closed; there is nobody left to tell.
    let _ = writeln!(
        io::stderr().lock(),
        "{}",
        reveal(Raw::from(sentence), &options)
    );
}

/// Says why a verb failed.
pub fn failure(failure: &Failure) -> ExitCode {
    say(&format!("plainsight: {failure:#}"));
    ExitCode::from(UNUSABLE)
}

/// What clap has to say: help and version are results, the rest is a mistake in the arguments.
pub fn usage(error: &clap::Error) -> ExitCode {
    if error.use_stderr() {
        // Arguments may be file names, so clap's message is encoded like any other.
        say(error.render().to_string().trim_end());
        ExitCode::from(UNUSABLE)
    } else {
        // Help is our own text; clap colours it where there is a terminal.
        let _ = error.print();
        ExitCode::SUCCESS
    }
}
