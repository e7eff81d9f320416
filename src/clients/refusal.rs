//! Why a configuration is left as it is.

/// A line and a sentence. The file is added by whoever knows it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{why}", place(*.line))]
pub struct Refusal {
    /// From 1; 0 where it is the whole file.
    pub line: usize,
    pub why: String,
}

fn place(line: usize) -> String {
    match line {
        0 => String::new(),
        _ => format!("line {line}: "),
    }
}

impl Refusal {
    /// Of the whole file.
    pub fn new(why: impl Into<String>) -> Refusal {
        Refusal::at(0, why)
    }

    pub fn at(line: usize, why: impl Into<String>) -> Refusal {
        Refusal {
            line,
            why: why.into(),
        }
    }

    pub fn at_byte(text: &str, at: usize, why: impl Into<String>) -> Refusal {
        Refusal::at(line_of(text, at), why)
    }
}

/// The line of a byte, from 1.
pub fn line_of(text: &str, at: usize) -> usize {
    let before = &text.as_bytes()[..at.min(text.len())];
    memchr::memchr_iter(b'\n', before).count() + 1
}
