//! A client's configuration, read.

use super::refusal::Refusal;
use super::section::{self, Section};
use super::server::Server;
use super::tree::Node;
use super::{broken, json, toml, yaml};
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
/// Most things that are not understood.
const REFUSED: usize = 100;

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
        let (bom, text) = text(bytes, syntax)?;
        let root = root(&text, syntax)?;
        let mut refused = Vec::new();
        let servers = servers(&text, &root, sections, &mut refused);
        match refused.into_iter().next() {
            Some(refusal) => Err(refusal),
            None => Ok(Config {
                syntax,
                text,
                bom,
                root,
                servers,
            }),
        }
    }

    /// As much of a content as can be read, and why the rest cannot: of a text that breaks off or is broken, what stands
    /// before that.
    ///
    /// # Errors
    /// Where it is no text, or too long.
    pub fn read_in_part(
        bytes: &[u8],
        syntax: Syntax,
        sections: &[Section],
    ) -> Result<(Config, Vec<Refusal>), Refusal> {
        let (bom, text) = text(bytes, syntax)?;
        let mut refused = Vec::new();
        let root = root(&text, syntax).unwrap_or_else(|refusal| {
            let part = broken::read(&text, syntax, refusal.line);
            refused.push(refusal);
            part
        });
        let servers = servers(&text, &root, sections, &mut refused);
        let config = Config {
            syntax,
            text,
            bom,
            root,
            servers,
        };
        Ok((config, refused))
    }

    /// The entry of one of the servers.
    pub fn entry(&self, server: &Server) -> Option<&Node> {
        server.path.iter().try_fold(&self.root, |node, key| {
            let members = node.members().iter().rev();
            let member = members
                .filter(|member| member.key == *key)
                .map(|member| &member.node);
            let named = node
                .items()
                .iter()
                .filter(|item| item.get("name").and_then(|name| name.node.text()) == Some(key));
            member.chain(named).next()
        })
    }

    /// The content of a file that has this text instead.
    pub fn bytes_with(&self, text: &str) -> Vec<u8> {
        let bom = if self.bom { BOM } else { b"" };
        [bom, text.as_bytes()].concat()
    }
}

/// The text without its byte order mark, and whether it had one.
fn text(bytes: &[u8], syntax: Syntax) -> Result<(bool, String), Refusal> {
    let bom = bytes.starts_with(BOM);
    let bytes = &bytes[if bom { BOM.len() } else { 0 }..];
    let text =
        std::io::read_to_string(bytes).map_err(|_| Refusal::new("it is not text in UTF-8"))?;
    match syntax != Syntax::Json && text.len() > LONGEST_BY_HAND {
        true => Err(Refusal::new("it is longer than 4 MiB")),
        false => Ok((bom, text)),
    }
}

fn root(text: &str, syntax: Syntax) -> Result<Node, Refusal> {
    match syntax {
        Syntax::Json => json::read(text),
        Syntax::Toml => toml::read(text),
        Syntax::Yaml => yaml::read(text),
    }
}

/// The servers of these sections that can be read.
fn servers(
    text: &str,
    root: &Node,
    sections: &[Section],
    refused: &mut Vec<Refusal>,
) -> Vec<Server> {
    let mut servers = Vec::new();
    'sections: for section in sections {
        let entries = section::entries(text, root, section).unwrap_or_else(|refusal| {
            refused.push(refusal);
            Vec::new()
        });
        // What is beyond a limit is not even looked at: each look counts the lines before it.
        for entry in entries {
            match Server::read(text, &entry) {
                Ok(server) => servers.extend(server),
                Err(refusal) => refused.push(refusal),
            }
            if servers.len() > SERVERS {
                refused.push(Refusal::new("it names more than 1,000 servers"));
                servers.truncate(SERVERS);
                break 'sections;
            }
            if refused.len() >= REFUSED {
                refused.push(Refusal::new(
                    "there are 100 things in it that cannot be understood, and what stands behind them was not read",
                ));
                break 'sections;
            }
        }
    }
    servers.sort_by_key(|server| server.line);
    servers
}
