//! What can lie on top of the views.

use super::compared;
use super::help::Help;
use super::hits::Hits;
use super::hold::HoldKey;
use super::palette::Palette;
use super::places::{Places, Typed};
use super::prompt::Line;
use super::themes::Choosing;
use super::waiting::Waiting;
use super::zoom::Zoom;
use crate::store::cases::Verdict;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// At most one is open; `esc` closes it.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// The keys of the present view, and more.
    Help(Help),
    /// A step of the tour.
    Tour(usize),
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
    /// Two things compared.
    Compared(compared::Open),
    /// Things to choose from, to compare one of them.
    Choice(compared::Choice),
    /// One value, all of it.
    Zoom(Zoom),
    /// The themes, one of which is on while it is looked at.
    Themes(Choosing),
    /// Requests without an answer.
    Waiting(Waiting),
    /// Several findings are about to be marked at once.
    Bulk(Bulk),
    /// The hits of the last search.
    Hits(Hits),
    /// Bookmarks, or where one has been.
    Places(Places),
    /// A place to go to, as it is being typed.
    GoTo(Typed),
}

/// Findings that are marked together, if the person says so.
#[derive(Clone, Debug)]
pub struct Bulk {
    /// What they have in common, safe to show.
    pub what: String,
    /// Their ids.
    pub keys: Vec<String>,
    /// How many more there are, which were decided on and stay as they are.
    pub decided: usize,
    /// What they are to be marked; `None` where that is asked, too.
    pub verdict: Option<Verdict>,
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
    /// A note on the finding or the story with this key.
    Note(String),
    /// A file for the report; what stands there already, if that was said.
    Report {
        refused: Option<String>,
    },
    /// What the case is called.
    CaseName,
    /// A recording to take into the case.
    AddSource,
    /// Why something that is held is denied.
    Deny(HoldKey),
}

impl Purpose {
    /// What stands before the typed text.
    pub fn label(&self) -> &'static str {
        match self {
            Purpose::Search => "search ",
            Purpose::Filter => "filter ",
            Purpose::Note(_) => "note ",
            Purpose::Report { refused: None } => "report to ",
            Purpose::Report { refused: Some(_) } => "report, replacing ",
            Purpose::CaseName => "case name ",
            Purpose::AddSource => "add recording ",
            Purpose::Deny(_) => "deny, because ",
        }
    }
}

/// The list of recordings to choose from.
#[derive(Clone, Debug, Default)]
pub struct Picker {
    pub entries: Vec<PickerEntry>,
    /// What is searched for among them.
    pub line: Line,
    /// Place among the [`hits`](Self::hits).
    pub selected: usize,
}

impl Picker {
    /// Puts other entries in the place of these; what was selected stays so, if it is still there.
    pub fn offer(&mut self, entries: Vec<PickerEntry>) {
        let number = |picker: &Picker, place: usize| Some(picker.entries[place].number);
        let chosen = self.chosen().map(|entry| entry.number);
        self.entries = entries;
        let hits = self.hits();
        let same = hits.iter().position(|hit| number(self, *hit) == chosen);
        self.selected = same.unwrap_or_else(|| self.selected.min(hits.len().saturating_sub(1)));
    }

    /// Places of the entries that fit what is typed: what runs first, then the best.
    pub fn hits(&self) -> Vec<usize> {
        if self.line.text().trim().is_empty() {
            return (0..self.entries.len()).collect();
        }
        let pattern = Pattern::parse(self.line.text(), CaseMatching::Ignore, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut letters = Vec::new();
        let mut hits: Vec<(bool, u32, usize)> = Vec::new();
        for (place, entry) in self.entries.iter().enumerate() {
            let text = entry.searched();
            let score = pattern.score(Utf32Str::new(&text, &mut letters), &mut matcher);
            hits.extend(score.map(|score| (entry.running, score, place)));
        }
        hits.sort_by_key(|(running, score, place)| (!running, std::cmp::Reverse(*score), *place));
        hits.into_iter().map(|(_, _, place)| place).collect()
    }

    /// The entry that is selected.
    pub fn chosen(&self) -> Option<&PickerEntry> {
        self.entries.get(*self.hits().get(self.selected)?)
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
    /// What else there is to say, where it has no columns.
    pub note: String,
    pub columns: Option<Columns>,
}

/// What is known of a recording. Empty where it is not known yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    pub client: String,
    pub project: String,
    pub age: String,
    pub size: String,
    pub calls: String,
    pub worst: String,
    /// Where it lies; said of the one that is selected.
    pub place: String,
}

impl PickerEntry {
    fn searched(&self) -> String {
        let (client, project) = self.columns.as_ref().map_or(("", ""), |columns| {
            (columns.client.as_str(), columns.project.as_str())
        });
        format!("{} {client} {project} {}", self.title, self.note)
    }
}
