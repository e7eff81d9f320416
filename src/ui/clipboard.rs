//! Copying out of the terminal: which way there is, and what is told of it.
//!
//! ```text
//! Effect::Copy ── a program of this machine (wl-copy, tmux, …) ──▶ Message::Copied
//!        └─────── none, or it failed: the terminal is asked (OSC 52) ──▶ Message::Copied ──▶ Effect::Ask
//! ```

mod carry;
mod osc52;
mod route;

pub use carry::carry;
pub use osc52::{MOST, sequence};
pub use route::{Around, Program};

/// Most bytes of a text that are copied at all: more is for a file.
pub const AT_MOST: usize = 4 * 1024 * 1024;

/// A text on its way to the clipboard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copy {
    pub text: String,
    /// What it is, for a sentence: `the value`.
    pub what: String,
    /// What else has to be said of it: that secrets are masked, that it was cut.
    pub notes: Vec<String>,
}

/// How it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    pub copy: Copy,
    pub by: By,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// A program took it; its name.
    Program(&'static str),
    /// The terminal has to be asked; with the program that did not take it, and why.
    Terminal(Option<(&'static str, String)>),
}

impl Copied {
    /// By the terminal itself.
    pub fn by_terminal(copy: Copy) -> Copied {
        Copied {
            copy,
            by: By::Terminal(None),
        }
    }

    /// The part of the text that arrives: a terminal takes less than a program.
    pub fn text(&self) -> &str {
        let text = &self.copy.text;
        let most = match self.by {
            By::Program(_) => AT_MOST,
            By::Terminal(_) => MOST,
        };
        cut(text, most)
    }

    /// What is told of it when it is done.
    pub fn sentence(&self) -> String {
        let text = self.text();
        let mut size = crate::session::size(text.len() as u64);
        let lines = text.trim_end_matches('\n').split('\n').count();
        if lines > 1 {
            size = format!("{size} in {lines} lines");
        }
        let way = match &self.by {
            By::Program("tmux") => "to tmux".to_owned(),
            By::Program(name) => format!("to the system clipboard ({name})"),
            By::Terminal(None) => "through OSC 52".to_owned(),
            By::Terminal(Some((name, why))) => {
                format!("through OSC 52 (because {name} {why})")
            }
        };
        let mut sentence = format!("Copied {} {way}, {size}", self.copy.what);
        for note in &self.copy.notes {
            sentence.push_str(", ");
            sentence.push_str(note);
        }
        if text.len() < self.copy.text.len() {
            sentence.push_str(match self.by {
                By::Program(_) => ", the rest is too long",
                By::Terminal(_) => ", the rest is too long for a terminal's clipboard",
            });
        }
        sentence.push('.');
        sentence
    }
}

/// As much of a text as fits into so many bytes.
fn cut(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rfind(|at| text.is_char_boundary(*at));
    &text[..end.unwrap_or(0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copied(text: &str, by: By) -> Copied {
        let copy = Copy {
            text: text.to_owned(),
            what: "the value".to_owned(),
            notes: vec!["secrets masked".to_owned()],
        };
        Copied { copy, by }
    }

    #[test]
    fn it_is_told_which_way_was_taken_and_why() {
        assert_eq!(
            copied("ab", By::Program("wl-copy")).sentence(),
            "Copied the value to the system clipboard (wl-copy), 2 B, secrets masked."
        );
        assert_eq!(
            copied("a\nb\n", By::Terminal(None)).sentence(),
            "Copied the value through OSC 52, 4 B in 2 lines, secrets masked."
        );
        let failed = By::Terminal(Some(("xclip", "ended with exit status 1".to_owned())));
        assert!(
            copied("ab", failed)
                .sentence()
                .contains("because xclip ended with exit status 1")
        );
    }

    #[test]
    fn a_terminal_takes_less_than_a_program() {
        let long = "é".repeat(MOST);
        let by_terminal = copied(&long, By::Terminal(None));
        assert_eq!(by_terminal.text().len(), MOST);
        assert!(by_terminal.sentence().contains("too long for a terminal"));
        let by_program = copied(&long, By::Program("pbcopy"));
        assert_eq!(by_program.text().len(), long.len());
        assert!(!by_program.sentence().contains("too long"));
    }
}
