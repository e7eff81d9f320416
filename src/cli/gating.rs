//! The gate's part of the tap's command line.

use super::Failure;
#[cfg(unix)]
use super::judging::JudgingArgs;
#[cfg(unix)]
use crate::capture::gate::{Gate, Options, Risk, Then};
#[cfg(unix)]
use crate::capture::stdio::Hold;
#[cfg(unix)]
use crate::capture::{account, live};
#[cfg(unix)]
use crate::text::Raw;
use clap::ValueEnum;
use std::ffi::OsString;
#[cfg(unix)]
use std::path::PathBuf;
#[cfg(unix)]
use std::sync::Arc;
#[cfg(unix)]
use std::time::Duration;

#[derive(clap::Args, Clone)]
pub struct GateArgs {
    /// Hold calls, and listings with changed definitions, until somebody lets them go in `plainsight live`: `risky` for calls
    /// of which the analysis says something at medium or above, `all`, or the file of a policy for calls that break it
    #[arg(long, value_name = "risky|all|POLICY")]
    gate: Option<OsString>,
    /// What happens to what is held where nobody is there to decide, or nobody does in time
    #[arg(long, value_enum, value_name = "deny|allow", default_value_t = Default::Deny, requires = "gate")]
    gate_default: Default,
    /// How long a person may take
    #[arg(long, value_name = "SECONDS", default_value_t = 60, requires = "gate", value_parser = clap::value_parser!(u64).range(1..86_400))]
    gate_wait: u64,
}

#[derive(Clone, Copy, ValueEnum)]
enum Default {
    /// The client is told that it was not let through, and why
    Deny,
    /// It goes on as if nobody had held it
    Allow,
}

#[cfg(unix)]
impl GateArgs {
    /// Opens the gate, if there is to be one.
    pub fn open(&self) -> Result<Option<Arc<Gate>>, Failure> {
        let Some(word) = &self.gate else {
            return Ok(None);
        };
        let (risk, policy) = match word.to_str() {
            Some("risky") => (Risk::Risky, None),
            Some("all") => (Risk::All, None),
            _ => (Risk::Policy, Some(PathBuf::from(word))),
        };
        let options = Options {
            risk,
            then: match self.gate_default {
                Default::Deny => Then::Deny,
                Default::Allow => Then::Allow,
            },
            wait: Duration::from_secs(self.gate_wait),
            settings: JudgingArgs::of_user(policy).settings_in_silence()?,
            user: user(),
        };
        let Some(folder) = live::folder() else {
            anyhow::bail!(
                "a gate needs your state folder for its socket, and there is no home. Set HOME or XDG_STATE_HOME."
            );
        };
        let gate = Gate::open(&folder, options).map_err(|error| {
            anyhow::anyhow!(
                "the gate could not be opened: {error}. Without it nothing was started."
            )
        })?;
        Ok(Some(Arc::new(gate)))
    }

    /// A gate as the tap takes it.
    pub fn hold(gate: &Arc<Gate>) -> (Arc<dyn Hold>, Option<live::Gate>) {
        (Arc::clone(gate) as Arc<dyn Hold>, Some(gate.address()))
    }
}

#[cfg(not(unix))]
impl GateArgs {
    /// There is none to be had here.
    pub fn refuse(&self) -> Result<(), Failure> {
        if self.gate.is_some() {
            anyhow::bail!(
                "a gate needs sockets that only Unix systems have: start the tap without --gate."
            );
        }
        Ok(())
    }
}

/// Who sits at this machine, as the system calls them.
#[cfg(unix)]
fn user() -> String {
    let named = ["USER", "LOGNAME"].iter().find_map(std::env::var_os);
    let named = named.filter(|name| !name.is_empty());
    let shown = named.map(|name| Raw::new(name.as_encoded_bytes()).label(64));
    let shown = shown.or_else(|| account::name(rustix::process::getuid().as_raw()));
    shown.unwrap_or_else(|| "the user".to_string())
}
