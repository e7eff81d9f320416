//! What the help tells besides the commands: the signs, the filter, windows, the mouse, keys of one's own.

use super::{Entry, Section};
use crate::analysis::Severity;
use crate::session::filter::FIELDS;
use crate::text::Raw;
use crate::ui::theme::{Glyph, Scope};
use crate::ui::view::{Scene, terms};

/// Signs of the lists that no word stands beside.
const SIGNS: &[(Glyph, Scope, &str)] = &[
    (
        Glyph::Hidden,
        Scope::Hidden,
        "text that is hidden from a person, and all that is shown in this colour",
    ),
    (
        Glyph::Changed,
        Scope::UiBadgeChanged,
        "a definition that changed; a number says how many wordings there were",
    ),
    (
        Glyph::Collides,
        Scope::UiBadgeCollides,
        "a name that is on another server too, or looks like one",
    ),
    (Glyph::Mark, Scope::UiBadge, "marked by you"),
    (Glyph::Bookmark, Scope::UiBadge, "a bookmark"),
    (Glyph::Pending, Scope::OutcomePending, "no answer yet"),
    (Glyph::Yes, Scope::OutcomeOk, "it went well"),
    (Glyph::No, Scope::OutcomeError, "it ended in an error"),
    (Glyph::DirC2s, Scope::DirC2s, "from the client to a server"),
    (Glyph::DirS2c, Scope::DirS2c, "from a server to the client"),
    (
        Glyph::DirUnreadable,
        Scope::DirUnreadable,
        "a line that could not be read",
    ),
];

/// What every window answers to.
const WINDOWS: &[(&str, &str)] = &[
    (
        "esc",
        "closes a window, drops a prefix, leaves a line that is typed",
    ),
    ("tab", "completes in the filter and in the commands"),
    (
        "ctrl-n ctrl-p",
        "down and up in a list while letters are typed, as the arrows",
    ),
    (
        "ctrl-u ctrl-w",
        "empties a line that is typed, or takes its last word",
    ),
    ("enter", "takes what is selected"),
];

/// What is wrong with the person's own keys.
pub fn faults(scene: Scene) -> Vec<Section> {
    let faults = &scene.model.keyboard.faults;
    if faults.is_empty() {
        return Vec::new();
    }
    let told = |fault: &String| Entry {
        sign: Some(Scope::UiToastWarn),
        ..Entry::new("", fault.clone())
    };
    vec![Section {
        heading: "Your file of keys",
        entries: faults.iter().map(told).collect(),
    }]
}

pub fn sections(scene: Scene) -> Vec<Section> {
    let theme = scene.theme;
    let risks = Severity::ALL.into_iter().rev().map(|severity| Entry {
        sign: Some(terms::risk_scope(severity)),
        ..Entry::new(theme.glyph(terms::risk_glyph(severity)), severity.name())
    });
    let signs = SIGNS.iter().map(|(glyph, scope, what)| Entry {
        sign: Some(*scope),
        ..Entry::new(theme.glyph(*glyph), *what)
    });
    let fields = FIELDS
        .iter()
        .map(|field| Entry::new(field.example, field.help));
    let windows = WINDOWS.iter().map(|(keys, what)| Entry::new(*keys, *what));
    vec![
        Section {
            heading: "In windows and lines that are typed",
            entries: windows.collect(),
        },
        Section {
            heading: "The language of filters",
            entries: fields.collect(),
        },
        Section {
            heading: "Signs",
            entries: risks.chain(signs).collect(),
        },
        Section {
            heading: "The mouse",
            entries: vec![Entry::new("", mouse(scene))],
        },
        Section {
            heading: "Keys of your own",
            entries: vec![Entry::new("", own(scene))],
        },
    ]
}

fn mouse(scene: Scene) -> &'static str {
    match scene.model.mouse {
        true => {
            "It selects, scrolls, drags the border between the panes, and goes to a moment on the timeline. Holding Shift leaves it to the terminal, to select text. The command `mouse` leaves it to the terminal altogether, as do --no-mouse and `mouse = false` in settings.toml."
        }
        false => "It is left to the terminal. The command `mouse` takes it.",
    }
}

fn own(scene: Scene) -> String {
    let file = match &scene.model.keyboard.file {
        Some(file) => Raw::new(file.as_os_str().as_encoded_bytes()).label(200),
        None => "the file that --keys names".to_owned(),
    };
    format!(
        "They stand in {file}. `plainsight keys` prints all that are in force in the form of that file, and `plainsight keys check` tells what is wrong in it."
    )
}
