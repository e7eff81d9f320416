//! Which folder a session was about.

use super::Found;
use crate::text::{Raw, RawBuf};
use crate::wire::json::{Doc, Value};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Lines at the beginning that are asked.
const LINES: usize = 24;

/// By what the recording says itself, or what its client keeps beside it.
pub fn project_of(found: &Found, head: &[u8]) -> Option<RawBuf> {
    let lines = head.split(|b| *b == b'\n').take(LINES);
    let told = lines
        .filter(|line| line.first() == Some(&b'{'))
        .find_map(|line| folder_in(Doc::parse(line).root()?));
    told.or_else(|| folder_in(Doc::parse(head).root()?))
        .or_else(|| workspace(&found.path))
}

/// Under the names that the clients have for it.
fn folder_in(root: Value<'_>) -> Option<RawBuf> {
    const PLACES: &[&[&str]] = &[
        &["cwd"],
        &["payload", "cwd"],
        &["raw", "cwd"],
        &["working_dir"],
        &["info", "directory"],
        &["directory"],
        &["data", "context", "cwd"],
        &["workspaceDirectory"],
    ];
    PLACES
        .iter()
        .filter_map(|place| root.at(place)?.text())
        .find(|text| !text.as_raw().is_empty())
        .map(|text| text.into_buf())
}

/// VS Code tells in a file beside its chats which folder they belong to.
fn workspace(path: &Path) -> Option<RawBuf> {
    const LONGEST: u64 = 64 << 10;
    let chats = path.parent()?;
    if chats.file_name()? != "chatSessions" {
        return None;
    }
    let mut text = Vec::new();
    let file = File::open(chats.parent()?.join("workspace.json")).ok()?;
    file.take(LONGEST).read_to_end(&mut text).ok()?;
    let doc = Doc::parse(&text);
    let root = doc.root()?;
    let uri = root.str("folder").or(root.str("workspace"))?;
    let bytes = uri.as_raw().bytes();
    let path = bytes.strip_prefix(b"file://").unwrap_or(bytes);
    Some(Raw::new(path).to_buf())
}
