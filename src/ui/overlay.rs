//! What can lie on top of the views.

use super::hold::HoldKey;
use super::model::Verdict;
use super::prompt::Line;
use super::zoom::Zoom;

/// At most one is open; `esc` closes it.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// The keys of the present view; the number of lines scrolled.
    Help(usize),
    /// What is open; the number of lines scrolled.
    Sources(usize),
    /// Commands by name.
    Palette(Palette),
    /// A line at the bottom that is being typed.
    Prompt(Prompt),
    /// Recordings to choose from, when none was named.
    Picker(Picker),
    /// Something that a gate holds, to be decided on.
    Held(HoldKey),
    /// One value, all of it.
    Zoom(Zoom),
}

#[derive(Clone, Debug, Default)]
pub struct Palette {
    pub line: Line,
    pub selected: usize,
}

/// What a typed line is for.
#[derive(Clone, Debug)]
pub struct Prompt {
    pub purpose: Purpose,
    pub line: Line,
}

#[derive(Clone, Debug)]
pub enum Purpose {
    Search,
    Filter,
    /// A note on the finding with this id.
    Note {
        finding: String,
        verdict: Verdict,
    },
    /// Why something that is held is denied.
    Deny(HoldKey),
}

impl Purpose {
    /// What stands before the typed text.
    pub fn label(&self) -> &'static str {
        match self {
            Purpose::Search => "search ",
            Purpose::Filter => "filter ",
            Purpose::Note { .. } => "note ",
            Purpose::Deny(_) => "deny, because ",
        }
    }
}

/// The list of recordings to choose from.
#[derive(Clone, Debug, Default)]
pub struct Picker {
    pub entries: Vec<PickerEntry>,
    pub selected: usize,
}

impl Picker {
    /// Puts other entries in the place of these; what was selected stays so, if it is still there.
    pub fn offer(&mut self, entries: Vec<PickerEntry>) {
        let chosen = self.entries.get(self.selected).map(|entry| entry.number);
        let same = entries
            .iter()
            .position(|entry| Some(entry.number) == chosen);
        self.selected = same.unwrap_or_else(|| self.selected.min(entries.len().saturating_sub(1)));
        self.entries = entries;
    }
}

/// One recording that could be opened. Our own text, or already revealed.
#[derive(Clone, Debug)]
pub struct PickerEntry {
    /// What tells it from all others that are ever offered.
    pub number: usize,
    /// It is being recorded at the moment.
    pub running: bool,
    pub title: String,
    pub note: String,
}
