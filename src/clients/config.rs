//! A client's configuration, read.

use super::refusal::Refusal;
use super::section::{self, Section};
use super::server::Server;
use super::tree::Node;
use super::{json, toml, yaml};
use std::path::Path;

/// The language of a configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    Json,
    Toml,
    Yaml,
}

impl Syntax {
    /// By the file's name; JSON where that says nothing.
    pub fn of(path: &Path) -> Syntax {
        let extension = path.extension().and_then(|e| e.to_str()).unwrap_or("");
        match extension.to_ascii_lowercase().as_str() {
            "toml" => Syntax::Toml,
            "yaml" | "yml" => Syntax::Yaml,
            _ => Syntax::Json,
        }
    }
}

const BOM: &[u8] = b"\xef\xbb\xbf";
/// Longest file that is read. Claude Code's own holds a history beside the servers and grows to some megabytes.
pub const LONGEST: u64 = 64 << 20;

/// The same for the languages that are written by hand.
const LONGEST_BY_HAND: usize = 4 << 20;
/// Most servers of one configuration.
const SERVERS: usize = 1000;

#[derive(Debug)]
pub struct Config {
    pub syntax: Syntax,
    /// The text without a byte order mark. All places in it are bytes of this.
    pub text: String,
    bom: bool,
    pub root: Node,
    /// In the order of the file.
    pub servers: Vec<Server>,
}

impl Config {
    /// Reads the content of a file.
    ///
    /// # Errors
    /// Where it is not understood, with the line.
    pub fn read(bytes: &[u8], syntax: Syntax, sections: &[Section]) -> Result<Config, Refusal> {
        let bom = bytes.starts_with(BOM);
        let bytes = &bytes[if bom { BOM.len() } else { 0 }..];
        let text =
            std::io::read_to_string(bytes).map_err(|_| Refusal::new("it is not text in UTF-8"))?;
        if syntax != Syntax::Json && text.len() > LONGEST_BY_HAND {
            return Err(Refusal::new("it is longer than 4 MiB"));
        }
        let root = match syntax {
            Syntax::Json => json::read(&text),
            Syntax::Toml => toml::read(&text),
            Syntax::Yaml => yaml::read(&text),
        }?;
        let mut servers = Vec::new();
        for section in sections {
            for entry in section::entries(&text, &root, section)? {
                servers.extend(Server::read(&text, &entry)?);
                if servers.len() > SERVERS {
                    return Err(Refusal::new("it names more than 1,000 servers"));
                }
            }
        }
        servers.sort_by_key(|server| server.line);
        Ok(Config {
            syntax,
            text,
            bom,
            root,
            servers,
        })
    }

    /// The content of a file that has this text instead.
    pub fn bytes_with(&self, text: &str) -> Vec<u8> {
        let bom = if self.bom { BOM } else { b"" };
        [bom, text.as_bytes()].concat()
    }
}
