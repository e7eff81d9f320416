//! What helps while a filter or a search is typed: earlier ones, and what could come next.

use super::overlay::Purpose;
use crate::store::history::{History, Kind};

/// Where typing stands.
#[derive(Clone, Debug, Default)]
pub struct Typing {
    pub history: History,
    /// Which earlier line is shown, counted from the last one, and what was typed before it was.
    recalled: Option<(usize, String)>,
    pub cycle: Option<Cycle>,
}

/// Candidates that `tab` goes through.
#[derive(Clone, Debug)]
pub struct Cycle {
    /// Byte offset of the word that they take the place of.
    pub start: usize,
    pub texts: Vec<String>,
    pub at: usize,
}

impl Cycle {
    /// The next candidate, or the one before, around the end.
    pub fn turn(&mut self, backward: bool) -> &str {
        let all = self.texts.len().max(1);
        self.at = match backward {
            true => (self.at + all - 1) % all,
            false => (self.at + 1) % all,
        };
        self.texts.get(self.at).map_or("", String::as_str)
    }
}

/// Which history a line belongs to.
pub fn kind(purpose: &Purpose) -> Option<Kind> {
    match purpose {
        Purpose::Filter => Some(Kind::Filter),
        Purpose::Search => Some(Kind::Search),
        _ => None,
    }
}

impl Typing {
    /// Something else was typed, or a line is begun.
    pub fn reset(&mut self) {
        self.recalled = None;
        self.cycle = None;
    }

    /// Takes in what other sessions left; what was typed here stays the last.
    pub fn learn(&mut self, mut history: History) {
        for kind in [Kind::Filter, Kind::Search] {
            for line in self.history.of(kind) {
                history.push(kind, line);
            }
        }
        self.history = history;
    }

    /// The earlier line that begins as what was typed does, or the later one; at the end what was typed itself.
    pub fn recall(&mut self, kind: Kind, typed: &str, earlier: bool) -> Option<String> {
        let (at, draft) = match &self.recalled {
            Some((at, draft)) => (Some(*at), draft.clone()),
            None => (None, typed.to_owned()),
        };
        let fits = |line: &&String| line.starts_with(draft.as_str()) && **line != draft;
        let lines: Vec<&String> = self.history.of(kind).iter().rev().filter(fits).collect();
        let next = match (at, earlier) {
            (None, true) => Some(0),
            (Some(at), true) => Some((at + 1).min(lines.len().saturating_sub(1))),
            (Some(0) | None, false) => None,
            (Some(at), false) => Some(at - 1),
        };
        let line = match next {
            Some(at) => lines.get(at).map(|line| (*line).clone())?,
            None if at.is_none() => return None,
            None => draft.clone(),
        };
        self.recalled = next.map(|at| (at, draft));
        Some(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn earlier_lines_come_back_and_so_does_what_was_typed() {
        let mut typing = Typing::default();
        for line in ["tool:a", "risk:high", "tool:b"] {
            typing.history.push(Kind::Filter, line);
        }
        let mut recall = |typed: &str, earlier| typing.recall(Kind::Filter, typed, earlier);
        assert_eq!(recall("tool", true).as_deref(), Some("tool:b"));
        assert_eq!(recall("tool:b", true).as_deref(), Some("tool:a"));
        assert_eq!(recall("tool:a", true).as_deref(), Some("tool:a"));
        assert_eq!(recall("tool:a", false).as_deref(), Some("tool:b"));
        assert_eq!(recall("tool:b", false).as_deref(), Some("tool"));
        assert_eq!(recall("tool", false), None);
        assert_eq!(recall("nothing like it", true), None);
    }
}
