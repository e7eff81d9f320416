//! Where things are kept, by the rules of the platform (XDG on Linux).

use etcetera::BaseStrategy;
use std::path::PathBuf;

/// The folder for settings: themes, rules. `None` where there is no home.
pub fn config() -> Option<PathBuf> {
    Some(
        etcetera::choose_base_strategy()
            .ok()?
            .config_dir()
            .join("plainsight"),
    )
}

/// The folder for what the program writes by itself: recordings, verdicts.
pub fn state() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    Some(
        base.state_dir()
            .unwrap_or_else(|| base.data_dir())
            .join("plainsight"),
    )
}

/// The folder for recordings.
pub fn recordings() -> Option<PathBuf> {
    Some(state()?.join("sessions"))
}

/// The folder in which running recorders tell of themselves.
pub fn live() -> Option<PathBuf> {
    Some(state()?.join("live"))
}

/// Where mcpsnoop keeps its recordings, which are in the same format.
pub fn mcpsnoop() -> Option<PathBuf> {
    Some(mcpsnoop_home()?.join("sessions"))
}

/// Where mcpsnoop keeps the definitions that it trusts, a file a server.
pub fn mcpsnoop_baselines() -> Option<PathBuf> {
    Some(mcpsnoop_home()?.join("tool-baselines"))
}

/// Where mcp-context-protector keeps what was approved.
pub fn context_protector() -> Option<PathBuf> {
    let home = etcetera::home_dir().ok()?;
    Some(home.join(".mcp-context-protector").join("servers.json"))
}

/// `$MCPSNOOP_HOME`, else its state folder.
fn mcpsnoop_home() -> Option<PathBuf> {
    Some(match std::env::var_os("MCPSNOOP_HOME") {
        Some(home) if !home.is_empty() => PathBuf::from(home),
        _ => {
            let base = etcetera::choose_base_strategy().ok()?;
            base.state_dir()
                .unwrap_or_else(|| base.data_dir())
                .join("mcpsnoop")
        }
    })
}
