//! How the screens look, from the arguments and the terminal.

use super::keys::KeyArgs;
use super::{Failure, out};
use crate::store::{paths, settings};
use crate::text::Raw;
use crate::ui::theme::{Depth, Look, Mode, Shelf, Theme, background};
use crate::ui::{Keyboard, Options};
use std::path::{Path, PathBuf};

#[derive(clap::Args, Clone)]
pub struct LookArgs {
    /// The theme: a built-in one or one of your own; by default the one you keep with `t`, else one that follows the terminal's background
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,
    /// Draw with ASCII signs only, as on a console that has few others
    #[arg(long)]
    ascii: bool,
    /// Leave the mouse to the terminal
    #[arg(long)]
    no_mouse: bool,
    #[command(flatten)]
    keys: KeyArgs,
    /// Do not offer the tour, which is shown the first time that something is opened
    #[arg(long)]
    no_tour: bool,
}

impl LookArgs {
    /// Loads the themes and chooses one. Asks the terminal for its background, so it must run before input is read.
    pub fn options(&self) -> Result<Options, Failure> {
        let look = Look {
            depth: Depth::of_terminal(),
            ascii: self.ascii || few_signs(std::env::var("TERM").ok().as_deref()),
        };
        let (shelf, errors) = match paths::config() {
            Some(folder) => Shelf::load(&folder.join("themes")),
            None => (Shelf::builtin(), Vec::new()),
        };
        let mut unread: Vec<String> = errors.iter().map(|error| format!("{error}.")).collect();
        let mut themes: Vec<Theme> = Vec::new();
        for id in shelf.names() {
            match shelf.theme(id, look) {
                Ok((theme, _)) => themes.push(theme),
                Err(error) => unread.push(format!("{error}.")),
            }
        }
        for note in unread
            .iter()
            .chain(themes.iter().flat_map(|theme| &theme.notes))
        {
            out::say(&format!("plainsight: {note}"));
        }
        let place = |wanted: &str| themes.iter().position(|theme| theme.id == wanted);
        let settings = settings::file();
        let mouse = !self.no_mouse && takes_mouse(settings.as_deref());
        let keys = self.keys.load()?;
        keys.faults
            .iter()
            .for_each(|fault| out::say(&format!("plainsight: {fault}")));
        let theme = match &self.theme {
            Some(name) => place(name).ok_or_else(|| {
                let names: Vec<&str> = themes.iter().map(|theme| theme.id.as_str()).collect();
                anyhow::anyhow!(
                    "there is no theme called {}; there are {}",
                    Raw::from(name.as_str()).label(80),
                    names.join(", ")
                )
            })?,
            None => preferred(settings.as_deref(), place)
                .or_else(|| place(Mode::theme(background())))
                .unwrap_or(0),
        };
        Ok(Options {
            themes,
            theme,
            unread,
            keyboard: Keyboard {
                keymap: keys.keymap,
                file: keys.file,
                faults: keys.faults,
                ..Keyboard::default()
            },
            tour: self.tour(),
            settings,
            mouse,
        })
    }
}

impl LookArgs {
    /// The file that says that the tour was seen, where it was not and somebody is there to see it.
    fn tour(&self) -> Option<PathBuf> {
        let said = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        if self.no_tour || said("PLAINSIGHT_NO_TOUR") || said("CI") {
            return None;
        }
        let marker = paths::state()?.join("tour-seen");
        (!marker.exists()).then_some(marker)
    }
}

/// Whether the person's settings leave the mouse to the screens; `mouse = false` does not.
fn takes_mouse(file: Option<&Path>) -> bool {
    let read = file.and_then(|file| settings::read(file).ok());
    read.and_then(|read| settings::mouse(&read)).unwrap_or(true)
}

/// Terminals whose fonts have hardly more than ASCII: the console of Linux has 256 or 512 signs in all.
fn few_signs(term: Option<&str>) -> bool {
    matches!(term, Some("linux" | "dumb"))
}

/// The theme that the person's settings name, if there is one of that name. Settings that cannot be used are told.
fn preferred(file: Option<&Path>, place: impl Fn(&str) -> Option<usize>) -> Option<usize> {
    let read = match settings::read(file?) {
        Ok(read) => read,
        Err(error) => {
            out::say(&format!("plainsight: {error}."));
            return None;
        }
    };
    let wanted = settings::theme(&read)?;
    let found = place(wanted);
    if found.is_none() {
        out::say(&format!(
            "plainsight: your settings ask for the theme {}, which there is not.",
            Raw::from(wanted).label(80)
        ));
    }
    found
}
