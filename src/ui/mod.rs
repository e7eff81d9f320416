//! Floor 4: how a session is seen.
//!
//! The screens are a function: [`update`] takes a [`message`] into the [`model`] and does no work of its own, [`view`]
//! draws the model and changes nothing, [`runtime`] waits for what happens and runs what was asked for. Everything that
//! a person can do is a [`command`] in one registry; keys, help, palette and the README's table are views of it.
//!
//! ```text
//! keys, mouse, resize, "the session grew" ──▶ message ──▶ update ──▶ model ──▶ view ──▶ cells
//!                                                ▲           │
//!                                                └─ effect ◀─┘   large bodies, filters, searches, the clipboard
//! ```

pub mod answer;
pub mod blob;
pub mod body;
pub mod clipboard;
pub mod code;
pub mod command;
pub mod compared;
pub mod complete;
pub mod effect;
pub mod facts;
pub mod figures;
pub mod filing;
pub mod gates;
pub mod help;
pub mod hits;
pub mod hold;
pub mod json;
pub mod jump;
pub mod key;
pub mod keyboard;
pub mod lists;
pub mod message;
pub mod model;
pub mod opening;
pub mod overlay;
pub mod palette;
pub mod path;
pub mod picture;
pub mod places;
pub mod play;
pub mod prompt;
pub mod runtime;
pub mod search;
pub mod spot;
pub mod taken;
pub mod target;
pub mod terminal;
pub mod testing;
#[cfg(test)]
mod tests;
pub mod theme;
pub mod themes;
pub mod tour;
pub mod tree;
pub mod triage;
pub mod troubles;
pub mod trust;
pub mod typing;
pub mod update;
pub mod view;
pub mod waiting;
pub mod walk;
pub mod widget;
pub mod zoom;

use model::Model;
use overlay::{Overlay, Picker, PickerEntry};
use std::io::{self, IsTerminal};
use theme::Theme;
use themes::Themes;

pub use filing::{CaseFile, Reports};
pub use gates::Gates;
pub use keyboard::Keyboard;
pub use model::Case;
pub use runtime::{Bell, Outcome};
pub use trust::Trust;

/// How the screens look and listen.
pub struct Options {
    /// The themes that there are to choose from.
    pub themes: Vec<Theme>,
    /// Which of them is on.
    pub theme: usize,
    /// What to say of themes of the person's own that could not be used at all.
    pub unread: Vec<String>,
    /// The file that keeps what a person prefers.
    pub settings: Option<std::path::PathBuf>,
    /// The mouse is taken; holding Shift leaves it to the terminal.
    pub mouse: bool,
    /// The keys in force.
    pub keyboard: Keyboard,
    /// The tour is shown, and this file made when it was seen.
    pub tour: Option<std::path::PathBuf>,
}

/// Why the screens could not be shown.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(
        "the screens need a terminal, and standard output is none. `plainsight check` prints what was found instead."
    )]
    NoOutput,
    #[error(
        "the screens need a terminal for keys, and there is none. `plainsight check` works without one."
    )]
    NoInput,
    #[error("the terminal could not be used: {0}")]
    Terminal(#[source] io::Error),
}

/// Shows a case until the person leaves, or until it has to be opened anew. `start` gets the [`Bell`] that tells the
/// screens that the session or its findings grew, and starts the threads that ring it.
///
/// # Errors
/// When there is no terminal to show it on, or it fails.
pub fn run(case: Case, options: Options, start: impl FnOnce(Bell)) -> Result<Outcome, Error> {
    need_terminal()?;
    let mut model = Model::new(case, Themes::of(&options), options.theme);
    model.keyboard = options.keyboard;
    model.mouse = options.mouse;
    model.say_faults();
    if options.tour.is_some() {
        model.tour = options.tour;
        model.overlay = Some(Overlay::Tour(0));
    }
    runtime::run(model, options.themes, options.mouse, start)
}

/// Lets a person choose among recordings; gives the number of the entry, `None` where they leave without. `start` gets the
/// [`Bell`] that offers others while the list is shown.
///
/// # Errors
/// When there is no terminal to show the list on, or it fails.
pub fn pick(
    entries: Vec<PickerEntry>,
    options: Options,
    start: impl FnOnce(Bell),
) -> Result<Option<usize>, Error> {
    need_terminal()?;
    let model = runtime::picker(
        Case::default(),
        Picker {
            entries,
            ..Picker::default()
        },
        Themes::of(&options),
        options.theme,
    );
    match runtime::run(model, options.themes, options.mouse, start)? {
        Outcome::Quit | Outcome::Reopen => Ok(None),
        Outcome::Chosen(entry) => Ok(Some(entry)),
    }
}

/// Keys come from the terminal even where a recording comes through standard input.
fn need_terminal() -> Result<(), Error> {
    if !io::stdout().is_terminal() {
        return Err(Error::NoOutput);
    }
    if !io::stdin().is_terminal() && cfg!(unix) && std::fs::File::open("/dev/tty").is_err() {
        return Err(Error::NoInput);
    }
    Ok(())
}
