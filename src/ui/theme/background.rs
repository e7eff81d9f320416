//! Whether the terminal is light or dark.

use std::time::Duration;

use super::Mode;

/// How long the terminal may take to answer. Over a slow line it will not, and nobody should wait for a colour.
const PATIENCE: Duration = Duration::from_millis(100);

/// Asks the terminal for its background. `None` when it does not answer, or is none. To be asked before anything reads
/// the keyboard, or the answer would look like typing.
pub fn background() -> Option<Mode> {
    let mut options = terminal_colorsaurus::QueryOptions::default();
    options.timeout = PATIENCE;
    match terminal_colorsaurus::theme_mode(options).ok()? {
        terminal_colorsaurus::ThemeMode::Dark => Some(Mode::Dark),
        terminal_colorsaurus::ThemeMode::Light => Some(Mode::Light),
    }
}
