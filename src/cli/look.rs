//! How the screens look, from the arguments and the terminal.

use super::{Failure, out};
use crate::store::paths;
use crate::ui::Options;
use crate::ui::theme::{Depth, Look, Mode, Shelf, Theme, background};

#[derive(clap::Args, Clone)]
pub struct LookArgs {
    /// The theme: a built-in one or one of your own; by default it follows the terminal's background
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,
    /// Draw with ASCII signs only
    #[arg(long)]
    ascii: bool,
    /// Leave the mouse to the terminal
    #[arg(long)]
    no_mouse: bool,
}

impl LookArgs {
    /// Loads the themes and chooses one. Asks the terminal for its background, so it must run before input is read.
    pub fn options(&self) -> Result<Options, Failure> {
        let look = Look {
            depth: Depth::of_terminal(),
            ascii: self.ascii,
        };
        let (shelf, errors) = match paths::config() {
            Some(folder) => Shelf::load(&folder.join("themes")),
            None => (Shelf::builtin(), Vec::new()),
        };
        for error in errors {
            out::say(&format!("plainsight: {error}"));
        }
        for warning in &shelf.warnings {
            out::say(&format!("plainsight: {warning}"));
        }
        let wanted = match &self.theme {
            Some(name) => name.clone(),
            None => Mode::theme(background()).to_string(),
        };
        let ids: Vec<String> = shelf.names().map(str::to_string).collect();
        let Some(theme) = ids.iter().position(|id| *id == wanted) else {
            anyhow::bail!(
                "there is no theme called `{wanted}`; there are {}",
                ids.join(", ")
            );
        };
        let themes = ids
            .iter()
            .map(|id| shelf.theme(id, look).map(|(theme, _)| theme))
            .collect::<Result<Vec<Theme>, _>>()?;
        Ok(Options {
            themes,
            theme,
            mouse: !self.no_mouse,
        })
    }
}
