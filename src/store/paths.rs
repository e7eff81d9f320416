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

/// Where mcpsnoop keeps its recordings, which are in the same format: `$MCPSNOOP_HOME`, else its state folder.
pub fn mcpsnoop() -> Option<PathBuf> {
    let home = match std::env::var_os("MCPSNOOP_HOME") {
        Some(home) if !home.is_empty() => PathBuf::from(home),
        _ => {
            let base = etcetera::choose_base_strategy().ok()?;
            base.state_dir()
                .unwrap_or_else(|| base.data_dir())
                .join("mcpsnoop")
        }
    };
    Some(home.join("sessions"))
}
