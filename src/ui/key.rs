//! Keys by name: as the registry of commands writes them, as a person reads them, as the terminal sends them.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use std::fmt;

/// A key press. Shift is part of the character (`G`), except for the keys that have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    pub code: Code,
    pub ctrl: bool,
    pub alt: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    Char(char),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
}

/// The keys that have a name of more than one letter, with the sign that the key line shows.
const NAMED: &[(&str, &str, Code)] = &[
    ("enter", "enter", Code::Enter),
    ("esc", "esc", Code::Esc),
    ("tab", "tab", Code::Tab),
    ("shift-tab", "shift-tab", Code::BackTab),
    ("backspace", "backspace", Code::Backspace),
    ("delete", "delete", Code::Delete),
    ("up", "↑", Code::Up),
    ("down", "↓", Code::Down),
    ("left", "←", Code::Left),
    ("right", "→", Code::Right),
    ("home", "home", Code::Home),
    ("end", "end", Code::End),
    ("pageup", "PgUp", Code::PageUp),
    ("pagedown", "PgDn", Code::PageDown),
    ("space", "space", Code::Char(' ')),
    ("lt", "<", Code::Char('<')),
];

impl Key {
    /// The key that always leaves.
    pub const CTRL_C: Key = Key {
        code: Code::Char('c'),
        ctrl: true,
        alt: false,
    };

    /// Reads a name such as `G`, `ctrl-d`, `alt-left` or `pageup`.
    pub fn parse(name: &str) -> Option<Key> {
        let (mut rest, mut ctrl, mut alt) = (name, false, false);
        let mut shift = false;
        loop {
            if let Some(after) = rest.strip_prefix("ctrl-").filter(|after| !after.is_empty()) {
                (rest, ctrl) = (after, true);
            } else if let Some(after) = rest.strip_prefix("alt-").filter(|after| !after.is_empty())
            {
                (rest, alt) = (after, true);
            } else if let Some(after) = rest.strip_prefix("shift-").filter(|_| rest != "shift-tab")
            {
                (rest, shift) = (after, true);
            } else {
                break;
            }
        }
        let named = NAMED
            .iter()
            .find(|(n, ..)| *n == rest)
            .map(|(.., code)| *code);
        let mut letters = rest.chars();
        let code = match (named, letters.next(), letters.next()) {
            (Some(code), ..) => code,
            // Shift is part of the letter; with ctrl a terminal sends the small one.
            (None, Some(letter), None) if shift && !letter.is_lowercase() => return None,
            (None, Some(letter), None) if shift => Code::Char(letter.to_ascii_uppercase()),
            (None, Some(letter), None) if ctrl => Code::Char(letter.to_ascii_lowercase()),
            (None, Some(letter), None) => Code::Char(letter),
            _ => return None,
        };
        if shift && named.is_some() {
            return None;
        }
        Some(Key { code, ctrl, alt })
    }

    /// The key of a terminal's event; `None` for releases and for keys that nothing here listens to.
    pub fn from_event(event: &KeyEvent) -> Option<Key> {
        if event.kind == KeyEventKind::Release {
            return None;
        }
        let code = match event.code {
            KeyCode::Char(letter) => Code::Char(letter),
            KeyCode::Enter => Code::Enter,
            KeyCode::Esc => Code::Esc,
            KeyCode::Tab if event.modifiers.contains(KeyModifiers::SHIFT) => Code::BackTab,
            KeyCode::Tab => Code::Tab,
            KeyCode::BackTab => Code::BackTab,
            KeyCode::Backspace => Code::Backspace,
            KeyCode::Delete => Code::Delete,
            KeyCode::Up => Code::Up,
            KeyCode::Down => Code::Down,
            KeyCode::Left => Code::Left,
            KeyCode::Right => Code::Right,
            KeyCode::Home => Code::Home,
            KeyCode::End => Code::End,
            KeyCode::PageUp => Code::PageUp,
            KeyCode::PageDown => Code::PageDown,
            _ => return None,
        };
        Some(Key {
            code,
            ctrl: event.modifiers.contains(KeyModifiers::CONTROL),
            alt: event.modifiers.contains(KeyModifiers::ALT),
        })
    }

    /// The name that [`parse`](Self::parse) reads.
    pub fn name(self) -> String {
        let own = NAMED.iter().find(|(.., code)| *code == self.code);
        let ctrl = if self.ctrl { "ctrl-" } else { "" };
        let alt = if self.alt { "alt-" } else { "" };
        match (own, self.code) {
            // `lt` is a name that only scripts need.
            (Some((name, ..)), _) if *name != "lt" => format!("{ctrl}{alt}{name}"),
            (_, Code::Char(letter)) => format!("{ctrl}{alt}{letter}"),
            _ => String::new(),
        }
    }

    /// All keys that have a name of more than one letter.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMED.iter().map(|(name, ..)| *name)
    }

    /// The letter that it types, if it types one.
    pub fn letter(self) -> Option<char> {
        match self.code {
            Code::Char(letter) if !self.ctrl && !self.alt => Some(letter),
            _ => None,
        }
    }

    pub const fn plain(code: Code) -> Key {
        Key {
            code,
            ctrl: false,
            alt: false,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("ctrl-")?;
        }
        if self.alt {
            f.write_str("alt-")?;
        }
        match NAMED.iter().find(|(.., code)| *code == self.code) {
            Some((_, shown, _)) => f.write_str(shown),
            None => match self.code {
                Code::Char(letter) => write!(f, "{letter}"),
                _ => Ok(()),
            },
        }
    }
}

/// The keys of a script such as `2jj<enter>f-status:ok<enter>`; `<lt>` types `<`. Names that do not exist type their
/// letters.
pub fn script(text: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|after| {
            let (name, tail) = after.split_once('>')?;
            (!name.is_empty()).then_some((Key::parse(name)?, tail))
        });
        match named {
            Some((key, tail)) => {
                keys.push(key);
                rest = tail;
            }
            None => {
                keys.push(Key::plain(Code::Char(letter)));
                rest = &rest[letter.len_utf8()..];
            }
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_keys_are_the_same_thing_both_ways() {
        for (name, shown) in [
            ("G", "G"),
            ("ctrl-d", "ctrl-d"),
            ("alt-left", "alt-←"),
            ("pageup", "PgUp"),
            ("-", "-"),
        ] {
            assert_eq!(Key::parse(name).expect(name).to_string(), shown);
        }
        assert_eq!(Key::parse("nonsense"), None);
        assert_eq!(Key::parse(""), None);
    }

    #[test]
    fn the_name_of_a_key_reads_as_that_key() {
        for name in [
            "G",
            "<",
            "ctrl-left",
            "alt-x",
            "space",
            "shift-tab",
            "pagedown",
            "é",
            "\"",
        ] {
            let key = Key::parse(name).expect(name);
            assert_eq!(
                (key.name().as_str(), Key::parse(&key.name())),
                (name, Some(key))
            );
        }
        assert_eq!(Key::parse("shift-g"), Key::parse("G"));
        assert_eq!(Key::parse("ctrl-N"), Key::parse("ctrl-n"));
        assert_eq!(Key::parse("shift-up"), None);
    }

    #[test]
    fn a_release_is_no_press() {
        let mut event = KeyEvent::new(KeyCode::Char('q'), KeyModifiers::NONE);
        assert_eq!(Key::from_event(&event), Key::parse("q"));
        event.kind = KeyEventKind::Release;
        assert_eq!(Key::from_event(&event), None);
    }

    #[test]
    fn scripts_hold_letters_and_named_keys() {
        let shown: Vec<String> = script("2j<enter><ctrl-d>a<b <lt>x>")
            .iter()
            .map(Key::to_string)
            .collect();
        assert_eq!(
            shown,
            [
                "2", "j", "enter", "ctrl-d", "a", "<", "b", "space", "<", "x", ">"
            ]
        );
    }
}
