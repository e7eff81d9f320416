//! Rules as data: what a pattern can say, without code.
//!
//! A pack is a TOML file of rules; those of the program itself are in `builtin/`, a person's own in the configuration
//! folder or named on the command line. [`read`] understands a file, [`pattern`] makes a pattern ready, and [`sieve`]
//! looks for the patterns of all packs at once.

pub mod pattern;
mod read;
mod sieve;
#[cfg(test)]
mod tests;
mod words;

pub use read::read;
pub use sieve::Hit;

use super::Rule;
use crate::analysis::detect::Field;
use crate::analysis::glob::Glob;
use crate::analysis::written::Fault;
use crate::text::Raw;
use pattern::Pattern;
use sieve::Sieve;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, OnceLock};

/// A rule whose looking is written as patterns.
#[derive(Debug)]
pub struct PackRule {
    pub rule: &'static Rule,
    /// File and line, as in `mine.toml:3`.
    pub at: String,
    pub fields: Vec<Field>,
    pub scope: Scope,
    /// One of these must be in a text,
    pub any: Vec<Pattern>,
    /// all of these,
    pub all: Vec<Pattern>,
    /// and none of these.
    pub unless: Vec<Pattern>,
}

/// Where alone a rule looks; empty lists stand for everywhere.
#[derive(Debug, Default)]
pub struct Scope {
    pub servers: Vec<Glob>,
    pub tools: Vec<Glob>,
    /// Names of parameters: one of the names on the way to the text.
    pub parameters: Vec<Glob>,
}

impl Scope {
    fn is_everywhere(&self) -> bool {
        self.servers.is_empty() && self.tools.is_empty() && self.parameters.is_empty()
    }

    fn holds(&self, server: Option<&[u8]>, tool: Option<&[u8]>, pointer: &str) -> bool {
        let is = |globs: &[Glob], name: Option<&[u8]>| {
            globs.is_empty() || name.is_some_and(|name| globs.iter().any(|g| g.matches(name)))
        };
        let mut names = pointer.split('/');
        is(&self.servers, server)
            && is(&self.tools, tool)
            && (self.parameters.is_empty()
                || names.any(|name| self.parameters.iter().any(|g| g.matches(name.as_bytes()))))
    }
}

/// One file of rules.
#[derive(Debug)]
pub struct Pack {
    pub rules: Vec<PackRule>,
    /// A fingerprint of its text.
    pub hash: [u8; 8],
}

/// All packs that are in use.
#[derive(Debug)]
pub struct Packs {
    packs: Vec<Arc<Pack>>,
    sieves: [OnceLock<Option<Sieve>>; Field::ALL.len()],
    /// Rules that do not look everywhere: pack and place in it.
    scoped: HashMap<&'static str, (usize, usize)>,
}

/// The rules of the program that are patterns.
const BUILTIN: &[(&str, &str)] = &[
    ("addresses.toml", include_str!("../builtin/addresses.toml")),
    ("wording.toml", include_str!("../builtin/wording.toml")),
];

static BUILT: LazyLock<Vec<Arc<Pack>>> = LazyLock::new(|| {
    let read = |(name, text): &(&str, &str)| {
        let pack = read(name, text).unwrap_or_else(|faults| panic!("{faults:?}"));
        Arc::new(pack)
    };
    BUILTIN.iter().map(read).collect()
});

impl Default for Packs {
    /// The built-in packs alone.
    fn default() -> Packs {
        Packs::of(BUILT.clone())
    }
}

impl Packs {
    fn of(packs: Vec<Arc<Pack>>) -> Packs {
        let mut scoped = HashMap::new();
        for (n, pack) in packs.iter().enumerate() {
            for (m, rule) in pack.rules.iter().enumerate() {
                if !rule.scope.is_everywhere() {
                    scoped.insert(rule.rule.id, (n, m));
                }
            }
        }
        Packs {
            packs,
            sieves: Default::default(),
            scoped,
        }
    }

    /// Takes a person's pack in.
    ///
    /// # Errors
    /// When one of its rules has the id of another.
    pub fn add(&mut self, pack: Pack) -> Result<(), Vec<Fault>> {
        let mut faults = Vec::new();
        for rule in &pack.rules {
            let id = rule.rule.id;
            let what = if super::named(id).is_some() {
                "is built in: give yours another id, and switch the built-in one off in the `[rules]` of your policy if yours stands for it"
            } else if self.rules().any(|other| other.rule.id == id) {
                "is in another file already: give one of them another id"
            } else {
                continue;
            };
            let (file, line) = rule.at.rsplit_once(':').unwrap_or((&rule.at, "1"));
            faults.push(Fault {
                file: file.to_owned(),
                line: line.parse().unwrap_or(1),
                what: format!("a rule `{id}` {what}."),
            });
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut packs = std::mem::take(&mut self.packs);
        packs.push(Arc::new(pack));
        *self = Packs::of(packs);
        Ok(())
    }

    /// The rules of all packs.
    pub fn rules(&self) -> impl Iterator<Item = &PackRule> {
        self.packs.iter().flat_map(|pack| &pack.rules)
    }

    /// Rules that are not built in.
    pub fn own(&self) -> impl Iterator<Item = &PackRule> {
        self.packs
            .iter()
            .skip(BUILTIN.len())
            .flat_map(|pack| &pack.rules)
    }

    /// The ids of all rules that are in use, those in code too.
    pub fn ids(&self) -> Vec<&'static str> {
        let own = self.own().map(|own| own.rule);
        super::all().chain(own).map(|rule| rule.id).collect()
    }

    /// Fingerprints of the packs.
    pub fn hashes(&self) -> impl Iterator<Item = &[u8]> {
        self.packs.iter().map(|pack| &pack.hash[..])
    }

    /// What the rules find in a text. A function of the text, the field and the packs alone: whether the rule looks
    /// at this server, tool and parameter is asked afterwards, of [`looks_at`](Self::looks_at).
    pub fn find(&self, text: Raw<'_>, field: Field) -> Vec<Hit> {
        let sieve = self.sieves[field as usize].get_or_init(|| Sieve::of(self.rules(), field));
        sieve.as_ref().map_or(Vec::new(), |sieve| sieve.find(text))
    }

    /// Whether a rule looks at this server, tool and place. `pointer` is a JSON pointer.
    pub fn looks_at(
        &self,
        rule: &Rule,
        server: Option<&[u8]>,
        tool: Option<&[u8]>,
        pointer: &str,
    ) -> bool {
        let Some((pack, n)) = self.scoped.get(rule.id) else {
            return true;
        };
        self.packs[*pack].rules[*n]
            .scope
            .holds(server, tool, pointer)
    }
}

/// The built-in rules that are patterns.
pub fn builtin() -> impl Iterator<Item = &'static Rule> {
    BUILT
        .iter()
        .flat_map(|pack| &pack.rules)
        .map(|rule| rule.rule)
}
