//! Floor 1: where a session came from.
//!
//! One recording format a file. A [`Format`] says how sure it is of the first bytes of a file, and how what is in it
//! becomes messages ([`Reading`]). Lines that can be understood one by one are read in place: they become [`Peek`]s,
//! just enough of each message for the index. Everything else is told once in native lines ([`told`]), into a private
//! spool, each entry with the place in the file that it comes from; from there on they are rows like any other.

pub mod bare;
mod beside;
pub mod calls;
pub mod claude_code;
pub mod claude_code_log;
pub mod claude_desktop;
pub mod cline;
pub mod codex;
pub mod config;
pub mod copilot;
pub mod cursor;
pub mod cursor_log;
pub mod detect;
pub mod document;
pub mod gemini;
pub mod goose;
pub mod http;
pub mod mcp_remote;
pub mod mcptee;
pub mod messages;
pub mod naming;
pub mod native;
pub mod opencode;
mod peek;
mod pieces;
pub mod sqlite;
pub mod sse;
mod stamp;
mod text_log;
pub mod told;
pub mod tools;
pub mod traces;
pub mod vscode;
pub mod windsurf_log;
pub mod zed_log;

pub use beside::Http;
pub use detect::{Detected, detect};
pub use naming::Known;
pub use peek::{Flags, Peek};
pub use stamp::{of_number, parse_local, parse_stamp};
pub use told::{Entry, Line, Log, Origin, Out};

use std::ops::Range;
use std::path::Path;

/// How much of a session a kind of recording can hold. Silence in a view means something only when its source could
/// have filled it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    /// Definitions, arguments and results, both directions.
    WireComplete,
    /// What an agent called and what came back; no definitions.
    CallsOnly,
    /// Connects, failures and standard error; no bodies.
    ConnectionsOnly,
    /// What a client is set up to start and reach; nothing that was said.
    Configuration,
}

impl Class {
    pub fn name(self) -> &'static str {
        match self {
            Class::WireComplete => "wire-complete",
            Class::CallsOnly => "calls only",
            Class::ConnectionsOnly => "connections only",
            Class::Configuration => "configuration",
        }
    }

    /// One word, for a line that names several.
    pub fn word(self) -> &'static str {
        match self {
            Class::WireComplete => "wire",
            Class::CallsOnly => "calls",
            Class::ConnectionsOnly => "connections",
            Class::Configuration => "configuration",
        }
    }

    /// What that means for the reader, as a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Class::WireComplete => {
                "Definitions, arguments and results are recorded, in both directions."
            }
            Class::CallsOnly => {
                "This is an agent's transcript: it has calls and results, but no tool definitions."
            }
            Class::ConnectionsOnly => {
                "This log is kept of connections and standard error: of messages it has what the client happened to write, if any."
            }
            Class::Configuration => {
                "This is a client's configuration: the servers that it would start, and nothing that they said."
            }
        }
    }
}

impl Class {
    /// Whether it has definitions of tools, prompts and resources.
    pub fn has_definitions(self) -> bool {
        self == Class::WireComplete
    }

    /// Whether it has calls and what came back.
    pub fn has_calls(self) -> bool {
        matches!(self, Class::WireComplete | Class::CallsOnly)
    }

    /// Which source has what this one lacks, as a sentence.
    pub fn filled_by(self) -> Option<&'static str> {
        Some(match self {
            Class::WireComplete => return None,
            Class::CallsOnly => {
                "Definitions are in a recording of the wire, which can be opened beside it: one that `plainsight tap` made, Claude Desktop's mcp-server-*.log, VS Code's MCP output at debug level, or a HAR."
            }
            Class::ConnectionsOnly => {
                "Calls are in the agent's transcript, and definitions in a recording of the wire (`plainsight tap`); either can be opened beside it."
            }
            Class::Configuration => {
                "`plainsight scan` asks these servers for their definitions, and `plainsight wrap` records what they say."
            }
        })
    }
}

/// One recording format.
pub struct Format {
    /// The word for `--format` and the JSON report.
    pub id: &'static str,
    pub title: &'static str,
    pub class: Class,
    /// What it is recognised by, as the end of a sentence: "lines with `direction`, `transport` and `raw`".
    pub signs: &'static str,
    /// How sure the format is of a file that begins like this: 0 (no) to 100.
    pub score: fn(&[u8]) -> u8,
    pub reading: Reading,
}

/// How a format's bytes become messages.
pub enum Reading {
    /// One or more entries a line, each to be understood by itself: read in place.
    Lines(Lines),
    /// Lines that have to be understood in order. They are told as they come, so that a log that grows is followed.
    Log(fn(&Known) -> Box<dyn Log>),
    /// A document that is held whole and told once.
    Document(fn(&[u8], &Known, &mut Out<'_>)),
    /// A file that a library has to open by its path, which may be that of a private copy.
    Database(fn(&Path, &Known, &mut Out<'_>)),
}

/// Gives every message of a line to `emit`.
pub type PeekLine = fn(line: &[u8], emit: &mut dyn FnMut(Peek<'_>));

/// How the lines of a format are read.
#[derive(Clone, Copy)]
pub struct Lines {
    /// Gives every message of a line (without its newline) to `emit`, several where it has several.
    pub peek: PeekLine,
    pub message: Message,
}

/// How the JSON-RPC message of a line is come by.
#[derive(Clone, Copy)]
pub enum Message {
    /// It stands in the line; the range is empty where there is none.
    Stands(fn(line: &[u8]) -> Range<usize>),
    /// The line says the same in other words: it is told as the native line of its entry with this number, which
    /// [`native::LINES`] reads.
    Told(fn(line: &[u8], part: u16) -> Vec<u8>),
}

/// Every format, in the order in which ties are decided.
pub static FORMATS: &[&Format] = &[
    &native::FORMAT,
    &bare::FORMAT,
    &document::ARRAY,
    &http::har::FORMAT,
    &http::mitmproxy::FORMAT,
    &goose::LINES,
    &goose::CONTENT,
    &goose::DATABASE,
    &cursor::DATABASE,
    &copilot::CHANGES,
    &copilot::SESSION,
    &copilot::EVENTS,
    &opencode::EXPORT,
    &opencode::EVENTS,
    &opencode::PART,
    &opencode::DATABASE,
    &cline::FORMAT,
    &cline::ROO,
    &cline::UI,
    &messages::FORMAT,
    &claude_code::FORMAT,
    &claude_code::STREAM,
    &config::FORMAT,
    &tools::mcpspy::FORMAT,
    &tools::inspector::FORMAT,
    &tools::cassette::FORMAT,
    &tools::mcp_trace::FORMAT,
    &tools::reticle::FORMAT,
    &tools::mcp_debug::FORMAT,
    &traces::otlp::FORMAT,
    &traces::openinference::FORMAT,
    &traces::langfuse::FORMAT,
    &tools::enveloped::FORMAT,
    &claude_desktop::FORMAT,
    &vscode::FORMAT,
    &cursor_log::FORMAT,
    &windsurf_log::FORMAT,
    &zed_log::FORMAT,
    &mcp_remote::FORMAT,
    &claude_code_log::LINES,
    &claude_code_log::ARRAY,
    &claude_code_log::debug::FORMAT,
    &mcptee::FORMAT,
    &sse::FORMAT,
    &codex::FORMAT,
    &codex::EXEC,
    &gemini::FORMAT,
    &gemini::DOCUMENT,
    &gemini::TELEMETRY,
];

/// All formats as a table of the README.
pub fn markdown() -> String {
    let mut table = String::from(
        "| `--format` | what it is | class | recognised by |\n| --- | --- | --- | --- |\n",
    );
    for format in FORMATS {
        let row =
            [format.title, format.class.name(), format.signs].map(|cell| cell.replace('|', "\\|"));
        table.push_str(&format!("| `{}` | {} |\n", format.id, row.join(" | ")));
    }
    table
}

/// The format with this id.
pub fn by_id(id: &str) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|format| format.id == id)
}

#[cfg(test)]
pub(crate) mod tests {
    /// Base64 with padding.
    pub(crate) fn base64(bytes: &[u8]) -> String {
        const DIGITS: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut text = String::new();
        for three in bytes.chunks(3) {
            let bits = three.iter().fold(0u32, |bits, b| bits << 8 | u32::from(*b))
                << (8 * (3 - three.len()));
            for digit in 0..4 {
                text.push(if digit <= three.len() {
                    DIGITS[(bits >> (18 - 6 * digit) & 63) as usize] as char
                } else {
                    '='
                });
            }
        }
        text
    }
}
