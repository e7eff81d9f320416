//! Everything that the screens know. Plain data: [`update`](super::update) changes it, [`view`](super::view) reads it.

use super::body::Bodies;
use super::code::Codes;
use super::compared::Compared;
use super::figures::Told;
use super::filing::{CaseFile, Filing, Reports};
use super::gates::Gates;
use super::hold::Holds;
use super::jump::Jumps;
use super::keyboard::Keyboard;
use super::lists::Lists;
use super::overlay::Overlay;
use super::prompt::FilterState;
use super::search::SearchState;
use super::themes::Themes;
use super::tree::Tree;
use super::triage::Triage;
use super::trust::Trust;
use super::typing::Typing;
use super::waiting::Clock;
use super::walk::Walk;
use crate::analysis::SharedFindings;
use crate::session::{ItemId, RowId, SharedSession};
use crate::store::cases::Marks;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// What is open.
#[derive(Clone)]
pub struct Case {
    /// What the header calls it; our own text or already revealed.
    pub title: String,
    pub session: SharedSession,
    pub findings: SharedFindings,
    /// What is trusted when it is opened.
    pub trust: Trust,
    /// It is what is recorded at the moment; recordings that begin later come into it.
    pub live: bool,
    /// What counts is how it ends: the screens tell of the end at first.
    pub at_end: bool,
    /// The gates of the taps that run.
    pub gates: Gates,
    /// Where what is typed into the lines of filter and search is kept; `None`: nowhere.
    pub history: Option<PathBuf>,
    /// Where what is made of it is kept; `None` where nothing is.
    pub file: Option<CaseFile>,
    /// How its reports are written.
    pub reports: Option<Reports>,
}

impl Default for Case {
    /// A case that holds nothing.
    fn default() -> Case {
        Case {
            title: "nothing".to_owned(),
            session: SharedSession::default(),
            findings: SharedFindings::default(),
            trust: Trust::default(),
            live: false,
            at_end: false,
            gates: Gates::default(),
            history: None,
            file: None,
            reports: None,
        }
    }
}

/// One of the six screens, in the order of their keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum View {
    Findings,
    Calls,
    Tools,
    Changes,
    Messages,
    Flow,
}

impl View {
    pub const ALL: [View; 6] = [
        View::Findings,
        View::Calls,
        View::Tools,
        View::Changes,
        View::Messages,
        View::Flow,
    ];

    pub fn name(self) -> &'static str {
        match self {
            View::Findings => "Findings",
            View::Calls => "Calls",
            View::Tools => "Tools",
            View::Changes => "Changes",
            View::Messages => "Messages",
            View::Flow => "Flow",
        }
    }
}

/// Which moment the screens tell of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsOf {
    /// The message under the cursor.
    Cursor,
    /// The end of what is recorded.
    End,
}

/// Which pane takes the keys. In a narrow terminal it is the only one seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    List,
    Detail,
}

/// Where a view's two panes stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Panes {
    /// Selected entry of the list.
    pub selected: usize,
    /// First entry that is seen.
    pub offset: usize,
    /// First line of the detail that is seen.
    pub scroll: usize,
    /// Which of the detail's links is selected.
    pub link: usize,
}

/// A line on top of the others for a few seconds.
#[derive(Clone, Debug)]
pub struct Toast {
    pub text: String,
    pub bad: bool,
    pub generation: u64,
}

impl Toast {
    /// The generation of one that no clock takes away.
    pub const UNTIL_A_KEY: u64 = 0;
}

/// How the detail pane shows a message or a definition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// As JSON with folding, or as the view's own page.
    #[default]
    Read,
    /// The bytes with their offsets.
    Bytes,
    /// As JSON with folding, where that is not how it is read: of a call its request.
    Tree,
    /// The answer to a call, so.
    Answer,
}

/// The state of the screens.
pub struct Model {
    pub case: Case,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    pub view: View,
    /// The message that all views are about.
    pub cursor: RowId,
    pub as_of: AsOf,
    pub focus: Focus,
    pub panes: [Panes; 6],
    pub lists: Lists,
    /// Share of the width that each view's list takes, in thousandths.
    pub split: [u16; 6],
    /// The border is being dragged.
    pub dragging: bool,
    /// Servers that are folded in the tree of tools.
    pub folded: BTreeSet<u16>,
    /// The JSON tree of the message in the detail pane, with what is folded in it.
    pub tree: Option<Tree>,
    pub form: Form,
    pub bodies: Bodies,
    /// What is known of texts that are code.
    pub codes: Codes,
    pub jumps: Jumps,
    pub told: Told,
    pub clock: Clock,
    pub bookmarks: BTreeSet<RowId>,
    /// Verdicts and notes on findings and stories.
    pub marks: Marks,
    pub triage: Triage,
    pub filing: Filing,
    pub search: SearchState,
    pub filter: FilterState,
    /// What helps while one of the two is typed.
    pub typing: Typing,
    pub overlay: Option<Overlay>,
    pub toast: Option<Toast>,
    pub walk: Walk,
    /// The cursor stays at the end of a recording that grows.
    pub following: bool,
    /// Texts are shown as a person sees them in a client, not as the model reads them.
    pub as_a_person: bool,
    /// Secrets in arguments and results are spelled out.
    pub secrets: bool,
    /// Times relative to the start of the session.
    pub relative_time: bool,
    /// The themes that there are, and which one is on.
    pub themes: Themes,
    pub theme: usize,
    /// Counts toasts, searches, filters and plays, so that late answers can be told from current ones.
    pub generation: u64,
    /// The definition whose details the Tools view shows.
    pub item: Option<ItemId>,
    /// What gates hold.
    pub holds: Holds,
    /// What is compared, and how.
    pub compared: Compared,
    /// What is trusted by now.
    pub trust: Trust,
    /// Entries of Changes that were decided on since.
    pub decided: BTreeSet<(ItemId, usize)>,
    pub keyboard: Keyboard,
    /// The mouse is taken.
    pub mouse: bool,
    /// The file to make when the tour was seen, where it is shown by itself.
    pub tour: Option<PathBuf>,
}

impl Model {
    pub fn new(case: Case, themes: Themes, theme: usize) -> Model {
        let file = case.file.as_ref();
        let marks = file.map_or_else(Marks::new, |file| file.record.marks.clone());
        let exists = file.is_some_and(|file| file.exists);
        Model {
            trust: case.trust.clone(),
            as_of: match case.at_end {
                true => AsOf::End,
                false => AsOf::Cursor,
            },
            following: case.live,
            case,
            size: (80, 24),
            view: View::Findings,
            cursor: RowId(0),
            focus: Focus::List,
            panes: [Panes::default(); 6],
            lists: Lists::default(),
            split: [460, 500, 500, 400, 580, 640],
            dragging: false,
            folded: BTreeSet::new(),
            tree: None,
            form: Form::Read,
            bodies: Bodies::default(),
            codes: Codes::default(),
            jumps: Jumps::default(),
            told: Told::default(),
            clock: Clock::default(),
            bookmarks: BTreeSet::new(),
            filing: Filing {
                kept: marks.clone(),
                exists,
                ..Filing::default()
            },
            marks,
            triage: Triage::default(),
            search: SearchState::default(),
            filter: FilterState::default(),
            typing: Typing::default(),
            overlay: None,
            toast: None,
            walk: Walk::default(),
            as_a_person: false,
            secrets: false,
            relative_time: false,
            themes,
            theme,
            generation: 0,
            item: None,
            compared: Compared::default(),
            holds: Holds::default(),
            decided: BTreeSet::new(),
            keyboard: Keyboard::default(),
            mouse: true,
            tour: None,
        }
    }

    /// Says that not all of the person's keys could be used, until the first key is pressed.
    pub fn say_faults(&mut self) {
        let faults = &self.keyboard.faults;
        let Some(first) = faults.first() else {
            return;
        };
        let text = match faults.len() {
            1 => first.clone(),
            n => format!("{first} And {} more; the help tells all.", n - 1),
        };
        self.toast = Some(Toast {
            text,
            bad: true,
            generation: Toast::UNTIL_A_KEY,
        });
    }

    pub fn panes(&self) -> &Panes {
        &self.panes[self.view as usize]
    }

    pub fn panes_mut(&mut self) -> &mut Panes {
        &mut self.panes[self.view as usize]
    }

    pub fn next_generation(&mut self) -> u64 {
        self.generation += 1;
        self.generation
    }
}
