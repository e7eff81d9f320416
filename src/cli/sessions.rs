//! `plainsight sessions`: the recordings on this machine.

use super::{Failure, out};
use crate::capture::live;
use crate::session::size;
use crate::store::sessions::{self, Found};
use std::process::ExitCode;
use std::time::SystemTime;

#[derive(clap::Args)]
pub struct Args {
    /// Print JSON lines instead of a table
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args) -> Result<ExitCode, Failure> {
    let found = sessions::find();
    let now = SystemTime::now();
    let running = live::folder().map_or_else(Vec::new, |folder| live::running(&folder));
    let runs = |found: &Found| running.iter().any(|one| one.recording == found.path);
    out::results(|out| {
        for one in &found {
            if args.json {
                let mut path = String::new();
                crate::text::json_string(
                    crate::text::Raw::new(one.path.as_os_str().as_encoded_bytes()),
                    &mut path,
                );
                let modified = jiff::Timestamp::try_from(one.modified)
                    .map(|t| t.to_string())
                    .unwrap_or_default();
                writeln!(
                    out,
                    r#"{{"id":{},"path":{path},"keeper":"{}","format":"{}","class":"{}","bytes":{},"modified":"{modified}","running":{}}}"#,
                    serde_json::Value::from(one.id.as_str()),
                    one.keeper,
                    one.format,
                    one.class.name(),
                    one.bytes,
                    runs(one)
                )?;
            } else {
                writeln!(
                    out,
                    "{:<40}  {:>10}  {:>9}  {:<11}  {}",
                    one.id,
                    match runs(one) {
                        true => "running".to_owned(),
                        false => age(now, one.modified),
                    },
                    size(one.bytes),
                    one.keeper,
                    one.name()
                )?;
            }
        }
        Ok(())
    })?;
    if found.is_empty() {
        out::say(
            "No recordings were found in plainsight's own folder, in mcpsnoop's, or in this one. `plainsight demo` opens a bundled one.",
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// How long ago: `now`, `5 min ago`, `3 h ago`, `12 d ago`.
pub fn age(now: SystemTime, then: SystemTime) -> String {
    let seconds = now.duration_since(then).map_or(0, |age| age.as_secs());
    match seconds {
        0..60 => "now".into(),
        60..3600 => format!("{} min ago", seconds / 60),
        3600..86_400 => format!("{} h ago", seconds / 3600),
        _ => format!("{} d ago", seconds / 86_400),
    }
}
