//! Keeping what a person prefers.

use crate::store::settings;
use std::path::Path;

/// Writes the preferred theme into the settings; what to tell of it, in a sentence.
pub fn theme(file: &Path, id: &str) -> Result<String, String> {
    settings::keep(file, "theme", id)
        .map(|()| format!("The theme {id:?} is kept in your settings."))
        .map_err(|error| format!("The theme is on, and not kept: {error}."))
}
