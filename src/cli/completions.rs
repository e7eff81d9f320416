//! `plainsight completions SHELL`.

use super::{Failure, out};
use clap_complete::Shell;
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Args {
    /// The shell: bash, elvish, fish, powershell or zsh
    shell: Shell,
}

pub fn run(args: &Args) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::command(), "plainsight", &mut script);
    out::results(|out| out.write_all(&script))?;
    Ok(ExitCode::SUCCESS)
}
