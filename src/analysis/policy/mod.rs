//! What a person permits: servers, tools, commands, paths, hosts, arguments, and what definitions must say.
//!
//! [`read`] understands the file, [`uses`] says what a call uses, [`hold`] holds it against the policy, and [`init`]
//! writes a policy from a session that was reviewed. A policy is named on the command line or stands in the user's
//! configuration; it never comes from beside a recording.

mod hold;
mod homes;
mod init;
mod limit;
mod line;
mod places;
mod read;
mod uses;

pub use hold::Call;
pub use init::write as init;
pub use read::read;

use super::glob::Glob;
use super::levels::Level;
use super::rank::Severity;
use super::suppress::Suppression;
use super::written::Lined;
use regex::bytes::Regex;

/// A policy as it was written.
#[derive(Debug, Default)]
pub struct Policy {
    /// The file's name, safe to show.
    pub file: String,
    pub servers: Vec<Section<Listed>>,
    pub tools: Vec<Section<Listed>>,
    /// First words of command lines.
    pub commands: Vec<Section<Listed>>,
    pub paths: Vec<Section<Roots>>,
    pub hosts: Vec<Section<Listed>>,
    pub arguments: Vec<Section<Limit>>,
    pub annotations: Vec<Section<Required>>,
    /// The `[rules]` and `[[suppress]]` of the file.
    pub levels: Vec<Level>,
    pub suppressions: Vec<Suppression>,
}

/// One table of the policy, and whose calls it is about.
#[derive(Debug)]
pub struct Section<T> {
    pub server: Option<Glob>,
    pub tool: Option<Glob>,
    /// How bad a breach is, where it is not as the rule has it.
    pub severity: Option<Severity>,
    pub line: u32,
    pub what: T,
}

impl<T> Section<T> {
    fn is_about(&self, server: &[u8], tool: &[u8]) -> bool {
        self.server.as_ref().is_none_or(|glob| glob.matches(server))
            && self.tool.as_ref().is_none_or(|glob| glob.matches(tool))
    }
}

/// Names that are permitted and names that are forbidden.
#[derive(Debug, Default)]
pub struct Listed {
    /// `None` permits everything that is not forbidden.
    pub allow: Option<Lined<Vec<Glob>>>,
    pub deny: Vec<Lined<Glob>>,
}

/// What a list says of a name.
#[derive(Debug, PartialEq, Eq)]
pub enum Word<'p> {
    Permitted,
    /// By the entry in this line.
    Forbidden(&'p Lined<Glob>),
    /// It is not among what the list in this line permits.
    Unlisted(u32),
}

impl Listed {
    pub fn of(&self, name: &[u8]) -> Word<'_> {
        if let Some(entry) = self.deny.iter().find(|entry| entry.value.matches(name)) {
            return Word::Forbidden(entry);
        }
        match &self.allow {
            Some(allow) if !allow.value.iter().any(|glob| glob.matches(name)) => {
                Word::Unlisted(allow.line)
            }
            _ => Word::Permitted,
        }
    }
}

/// Folders outside of which nothing is permitted, and paths that are forbidden inside.
#[derive(Debug, Default)]
pub struct Roots {
    pub roots: Option<Lined<Vec<places::Place>>>,
    pub deny: Vec<Lined<Glob>>,
}

/// What an argument may be.
#[derive(Debug)]
pub struct Limit {
    /// The nearest key above the value.
    pub argument: Glob,
    pub kind: Option<Lined<ValueKind>>,
    /// Characters.
    pub max_length: Option<Lined<u64>>,
    /// Characters that may not stand in it.
    pub forbid: Option<Lined<String>>,
    /// Control characters are forbidden.
    pub no_control: Option<u32>,
    /// What the whole value must match.
    pub pattern: Option<Lined<Regex>>,
}

/// A type of JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    String,
    Number,
    Integer,
    Boolean,
    Array,
    Object,
    Null,
}

impl ValueKind {
    pub const ALL: [ValueKind; 7] = [
        ValueKind::String,
        ValueKind::Number,
        ValueKind::Integer,
        ValueKind::Boolean,
        ValueKind::Array,
        ValueKind::Object,
        ValueKind::Null,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            ValueKind::String => "string",
            ValueKind::Number => "number",
            ValueKind::Integer => "integer",
            ValueKind::Boolean => "boolean",
            ValueKind::Array => "array",
            ValueKind::Object => "object",
            ValueKind::Null => "null",
        }
    }
}

/// Annotations that definitions must have.
#[derive(Debug)]
pub struct Required {
    /// Words of names that make a tool one of those; empty for all tools.
    pub verbs: Vec<String>,
    /// The annotation, and what it must say, where that is not left open.
    pub require: Vec<Lined<(String, Option<bool>)>>,
}
