//! The short film of the incident: keys pressed one by one at a person's pace, and a line below that says what is seen.

use plainsight::ui::Case;
use plainsight::ui::key::script;
use plainsight::ui::message::Message;
use plainsight::ui::picture::Cast;
use plainsight::ui::testing::Stage;
use plainsight::ui::theme::{Look, Scope, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

/// Columns and rows, the last of them for the caption.
pub const SIZE: (u16, u16) = (120, 34);
const THEME: &str = "ink-dark";
/// Milliseconds from one key to the next, and from a typed letter to the next.
const KEY: u64 = 650;
const LETTER: u64 = 70;

/// A part of the film.
struct Part {
    caption: &'static str,
    keys: &'static str,
    /// Milliseconds between its keys.
    pace: u64,
    /// Milliseconds that its last screen stays.
    rest: u64,
}

const fn part(caption: &'static str, keys: &'static str, pace: u64, rest: u64) -> Part {
    Part {
        caption,
        keys,
        pace,
        rest,
    }
}

const PARTS: &[Part] = &[
    part(
        "A recorded session of four servers, read and judged. The worst comes first.",
        "1",
        KEY,
        2600,
    ),
    part(
        "A private key was read in one call and left by mail in another: four steps, each a key away.",
        "jj",
        KEY,
        1800,
    ),
    part(
        "enter: the call itself, with the whole address and what it carried.",
        "<enter>",
        KEY,
        2600,
    ),
    part(
        "6, Flow: how the key travelled from one server's lane to another's.",
        "6",
        KEY,
        3000,
    ),
    part(
        "4, Changes: a tool that was redefined in the middle of the session, word by word.",
        "4jj",
        KEY,
        3000,
    ),
    part(
        "3, Tools: text that no person could have seen, made visible where it stands.",
        "3jjjjjjjjjjj",
        160,
        3200,
    ),
    part(
        "f filters everywhere in one language.",
        "2ftool:send_email risk:>=high<enter>",
        LETTER,
        2600,
    ),
    part("t: themes, each on while it is looked at.", "Xt", KEY, 500),
    part(
        "t: themes, each on while it is looked at.",
        "jjjjjjj",
        420,
        900,
    ),
    part(
        "? tells every key of the view. q leaves.",
        "<esc>?",
        KEY,
        2600,
    ),
];

/// The film, and its last screen.
pub fn film(case: &Case) -> (String, Buffer) {
    let themes: Vec<Theme> = Theme::names()
        .filter_map(|id| Theme::builtin(id, Look::default()))
        .collect();
    let mut stage = super::scenes::stage(case.clone(), (SIZE.0, SIZE.1 - 1), THEME);
    let mut cast = Cast::new(SIZE.0, SIZE.1, "plainsight: the incident");
    let mut now = 0;
    let mut last = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
    for part in PARTS {
        for key in script(part.keys) {
            stage.model.toast = None;
            stage.send(Message::Key(key));
            if let Some(theme) = themes.get(stage.model.theme) {
                stage.theme = theme.clone();
            }
            last = captioned(&stage, part.caption);
            cast.show(now, &last);
            now += part.pace;
        }
        now += part.rest;
    }
    (cast.end(now), last)
}

/// The screen with the caption below it.
fn captioned(stage: &Stage, caption: &str) -> Buffer {
    let screen = stage.buffer();
    let mut whole = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
    whole.merge(&screen);
    let style = stage
        .theme
        .style(Scope::UiBackground)
        .patch(stage.theme.style(Scope::UiHeaderName))
        .add_modifier(Modifier::REVERSED);
    let row = Rect::new(0, SIZE.1 - 1, SIZE.0, 1);
    whole.set_style(row, style);
    whole.set_stringn(1, row.y, caption, usize::from(SIZE.0 - 2), style);
    whole
}
