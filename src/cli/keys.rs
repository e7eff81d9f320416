//! `plainsight keys`: which keys run what, in the form of the file that changes them.

use super::{Failure, out};
use crate::store::paths;
use crate::text::Raw;
use crate::ui::command::{self, Keymap};
use anyhow::Context;
use clap::{Subcommand, ValueHint};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// More than anybody writes.
const LARGEST: u64 = 1 << 20;

#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Option<Verb>,
    /// Print the keys as shipped, whatever your file says
    #[arg(long)]
    shipped: bool,
    #[command(flatten)]
    file: KeyArgs,
}

#[derive(Subcommand)]
enum Verb {
    /// Say whether every line of your file of keys can be used
    Check(KeyArgs),
}

#[derive(clap::Args, Clone)]
pub struct KeyArgs {
    /// Read the keys from this file instead of keys.toml in the folder for settings
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    keys: Option<PathBuf>,
}

/// The keys in force, and what is to be said of the file.
pub struct Keys {
    pub keymap: Arc<Keymap>,
    /// The file that was read, or that would be.
    pub file: Option<PathBuf>,
    /// What is wrong in it, in sentences with their lines.
    pub faults: Vec<String>,
}

impl KeyArgs {
    /// Reads the file. One that is there by itself need not be there; what is wrong in either is told and stops nothing.
    ///
    /// # Errors
    /// When the file that was named cannot be read.
    pub fn load(&self) -> Result<Keys, Failure> {
        let file = match &self.keys {
            Some(file) => Some(file.clone()),
            None => paths::config().map(|folder| folder.join("keys.toml")),
        };
        let shipped = |file| Keys {
            keymap: Arc::default(),
            file,
            faults: Vec::new(),
        };
        let Some(path) = &file else {
            return Ok(shipped(file));
        };
        let name = shown(path);
        let text = match text(path) {
            Ok(text) => text,
            Err(error) if self.keys.is_some() => {
                return Err(error).context(format!("the keys in {name} could not be read"));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(shipped(file)),
            Err(error) => {
                let told = format!("The keys in {name} could not be read: {error}.");
                return Ok(Keys {
                    faults: vec![told],
                    ..shipped(file)
                });
            }
        };
        let (keymap, faults) = command::read(&name, &text);
        Ok(Keys {
            keymap: Arc::new(keymap),
            file,
            faults: faults.iter().map(ToString::to_string).collect(),
        })
    }
}

pub fn run(args: &Args) -> Result<ExitCode, Failure> {
    if let Some(Verb::Check(file)) = &args.verb {
        let own = match file.keys {
            Some(_) => file,
            None => &args.file,
        };
        return check(&own.load()?);
    }
    if args.shipped {
        return print(&Keymap::default());
    }
    let keys = args.file.load()?;
    keys.faults.iter().for_each(|fault| out::say(fault));
    print(&keys.keymap)
}

fn print(keymap: &Keymap) -> Result<ExitCode, Failure> {
    out::results(|out| out.write_all(command::print(keymap).as_bytes()))?;
    Ok(ExitCode::SUCCESS)
}

fn check(keys: &Keys) -> Result<ExitCode, Failure> {
    let name = keys.file.as_deref().map_or_else(String::new, shown);
    let there = keys.file.as_deref().is_some_and(Path::exists);
    if keys.faults.is_empty() {
        out::say(&match there {
            true => format!("{name}: every line can be used."),
            false => format!("There is no {name}: the keys are those that are shipped."),
        });
        return Ok(ExitCode::SUCCESS);
    }
    keys.faults.iter().for_each(|fault| out::say(fault));
    Ok(ExitCode::from(2))
}

fn text(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    fs::File::open(path)?
        .take(LARGEST + 1)
        .read_to_string(&mut text)?;
    match text.len() as u64 > LARGEST {
        true => Err(io::Error::other("it is longer than 1 MiB")),
        false => Ok(text),
    }
}

fn shown(path: &Path) -> String {
    Raw::new(path.as_os_str().as_encoded_bytes()).label(300)
}
