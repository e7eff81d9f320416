//! The themes that there are, and choosing among them.

use super::Options;
use super::theme::{Mode, Theme};
use crate::text::Raw;
use std::path::PathBuf;

/// All that is offered.
#[derive(Clone, Debug, Default)]
pub struct Themes {
    pub all: Vec<Listed>,
    /// Files of the person's own that could not be used at all, each with a sentence.
    pub unread: Vec<String>,
    /// Where the one that is chosen is kept. `None`: nowhere.
    pub settings: Option<PathBuf>,
}

/// What a list says of one theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// What is kept, and what `--theme` takes.
    pub id: String,
    /// What it calls itself; safe to show.
    pub name: String,
    pub mode: Mode,
    /// It is from a file of the person's own.
    pub own: bool,
    /// What is wrong with it, in sentences.
    pub notes: Vec<String>,
}

impl Listed {
    pub fn of(theme: &Theme) -> Listed {
        Listed {
            id: theme.id.clone(),
            name: Raw::from(theme.name.as_str()).label(40),
            mode: theme.mode,
            own: theme.own,
            notes: theme.notes.clone(),
        }
    }

    /// Where it comes from, in two words.
    pub fn origin(&self) -> &'static str {
        match self.own {
            true => "your own",
            false => "built in",
        }
    }
}

impl Themes {
    pub fn of(options: &Options) -> Themes {
        Themes {
            all: options.themes.iter().map(Listed::of).collect(),
            unread: options.unread.clone(),
            settings: options.settings.clone(),
        }
    }

    /// All that is wrong with files of the person's own.
    pub fn faults(&self) -> usize {
        self.unread.len() + self.all.iter().map(|one| one.notes.len()).sum::<usize>()
    }
}

/// The list while it is open. Which one is selected is which one is on: the screens show it at once.
#[derive(Clone, Copy, Debug)]
pub struct Choosing {
    /// The theme that was on before, for whoever leaves without one.
    pub before: usize,
}
