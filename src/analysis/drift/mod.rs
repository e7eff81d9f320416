//! What is different in a definition, and how bad that is: the one reading of two wordings, whether the earlier stood in
//! the same session or in the baseline.
//!
//! The structure is compared by [`Comparison`], whose meanings the screens tell too; the texts that came are weighed as
//! every text is.

mod harvest;
mod hints;
mod parameters;
mod texts;

use super::detect::Found;
use super::rank::Severity;
use super::rules;
use super::signal::Names;
use crate::session::compare::{Comparison, Meaning, Part};
use crate::wire::json::Value;

/// Two wordings of a definition.
pub(super) struct Pair<'a> {
    pub old: Value<'a>,
    pub new: Value<'a>,
    pub names: &'a dyn Names,
    pub comparison: Comparison,
}

/// Meanings that an explanation tells.
const TOLD: usize = 6;

impl<'a> Pair<'a> {
    pub fn of(old: Value<'a>, new: Value<'a>, names: &'a dyn Names) -> Pair<'a> {
        Pair {
            old,
            new,
            names,
            comparison: Comparison::of(old, new),
        }
    }

    /// What is found in the change: what is grave in it, or else that there is one.
    pub fn read(&self) -> Vec<Found> {
        let mut found = Vec::new();
        texts::look(self, &mut found);
        hints::look(self, &mut found);
        parameters::look(self, &mut found);
        if found.is_empty() {
            found.push(self.changed());
        }
        found
    }

    /// What is different, in the words of the screens: `adds a parameter "x"; rewrites the description`.
    pub fn told(&self) -> String {
        let meanings = &self.comparison.meanings;
        let mut told: Vec<String> = meanings.iter().take(TOLD).map(Meaning::clause).collect();
        if meanings.len() > TOLD {
            told.push(format!("and {} more", meanings.len() - TOLD));
        }
        told.join("; ")
    }

    fn changed(&self) -> Found {
        let part = |part: Part| {
            self.comparison
                .differences
                .iter()
                .any(|one| one.part == part)
        };
        let shown = if part(Part::Description) {
            self.new.get("description")
        } else if part(Part::Parameter) {
            self.new.get("inputSchema").or(self.new.get("arguments"))
        } else {
            None
        };
        let shown = shown.unwrap_or(self.new).raw();
        Found::new(&rules::CHANGED)
            .severity(match self.comparison.is_cosmetic() {
                true => Severity::Info,
                false => Severity::Low,
            })
            .because(format!("Different: {}.", self.told()))
            .shows(shown, 0..shown.len().min(200))
            .group("changed")
    }

    /// Whether the hints are all that changed: then it was done for their sake.
    fn only_hints(&self) -> bool {
        let mut differences = self.comparison.differences.iter();
        differences.all(|one| one.part == Part::Annotation)
    }
}
