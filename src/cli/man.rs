//! `plainsight man`.

use super::{Failure, out};
use std::process::ExitCode;

pub fn run() -> Result<ExitCode, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(super::command()).render(&mut page)?;
    out::results(|out| out.write_all(&page))?;
    Ok(ExitCode::SUCCESS)
}
