//! What language a value is in: by what it is called, by the file it goes to, by its type, by how it begins. Where
//! nothing speaks for one it is in none: prose that is coloured as code is worse than code that is not.

use super::lang::Lang;
use crate::text::{Raw, RawBuf};
use crate::ui::json::At;
use crate::wire::json::Kind;

/// Shorter texts say nothing.
const SHORTEST: usize = 2;
/// Bytes by which a text is judged.
const HEAD: usize = 4096;

/// Names of members that hold what goes into the file named beside them.
const CONTENTS: &[&str] = &[
    "content",
    "contents",
    "text",
    "file_text",
    "new_str",
    "old_str",
    "new_string",
    "old_string",
    "new_text",
    "old_text",
    "newText",
    "oldText",
    "newString",
    "oldString",
    "source",
    "code",
    "data",
    "insert_text",
    "new_source",
];
/// Names of members that name a file.
const FILES: &[&str] = &[
    "path",
    "file_path",
    "filePath",
    "filename",
    "file_name",
    "fileName",
    "file",
    "uri",
    "relative_path",
    "notebook_path",
];

/// The language of a string.
pub fn guess(at: At) -> Option<Lang> {
    if at.kind() != Kind::String || at.size() < SHORTEST + 2 {
        return None;
    }
    let text = at.text(HEAD);
    let text = text.as_raw().bytes();
    if text.len() < SHORTEST {
        return None;
    }
    let key = at.key();
    let key = key.as_ref().map_or(&b""[..], |key| key.as_raw().bytes());
    shebang(text)
        .or_else(|| by_key(at, key, text))
        .or_else(|| beside(at, key))
        .or_else(|| by_shape(text, at.size() <= HEAD))
}

fn is(key: &[u8], names: &[&str]) -> bool {
    names
        .iter()
        .any(|name| name.as_bytes().eq_ignore_ascii_case(key))
}

fn by_key(at: At, key: &[u8], text: &[u8]) -> Option<Lang> {
    if is(
        key,
        &["command", "cmd", "shell", "bash", "script", "shell_command"],
    ) {
        return Some(Lang::Shell);
    }
    if is(key, &["sql", "sql_query"]) || (is(key, &["query", "statement"]) && is_sql(text)) {
        return Some(Lang::Sql);
    }
    if is(key, &["python", "python_code"]) {
        return Some(Lang::Python);
    }
    if is(key, &["javascript", "js", "expression_js"]) {
        return Some(Lang::JavaScript);
    }
    if is(key, &["diff", "patch"]) && is_diff(text) {
        return Some(Lang::Diff);
    }
    if is(key, &["html", "markdown", "yaml", "toml", "xml", "css"]) {
        return Lang::of_word(key);
    }
    if is(key, &["code", "source", "snippet"]) {
        let parent = at.parent()?;
        let named = ["language", "lang", "runtime"]
            .iter()
            .find_map(|name| parent.get(name));
        return Lang::of_word(named?.string()?.as_raw().bytes());
    }
    None
}

/// By what stands beside it: a media type, the name of a file.
fn beside(at: At, key: &[u8]) -> Option<Lang> {
    if !is(key, CONTENTS) {
        return None;
    }
    let parent = at.parent()?;
    let string = |name: &&str| parent.get(name).and_then(At::string);
    if let Some(mime) = ["mimeType", "mime_type", "contentType"]
        .iter()
        .find_map(string)
        && let Some(lang) = Lang::of_mime(mime.as_raw().bytes())
    {
        return Some(lang);
    }
    let named = |at: At| {
        FILES
            .iter()
            .find_map(|name| at.get(name).and_then(At::string))
    };
    let file = named(parent)
        .or_else(|| named(parent.parent()?.parent()?))
        .or_else(|| named(parent.parent()?))?;
    of_file(file.as_raw())
}

/// By the name of a file.
fn of_file(name: Raw) -> Option<Lang> {
    let bytes = name.bytes();
    let last = bytes.rsplit(|b| matches!(b, b'/' | b'\\')).next()?;
    if is(last, &[".bashrc", ".zshrc", ".profile", ".bash_profile"]) {
        return Some(Lang::Shell);
    }
    let dot = last.iter().rposition(|b| *b == b'.')?;
    Lang::of_ending(&last[dot + 1..])
}

fn shebang(text: &[u8]) -> Option<Lang> {
    let line = text.strip_prefix(b"#!")?.split(|b| *b == b'\n').next()?;
    line.split(|b| matches!(b, b'/' | b' '))
        .filter(|word| !word.is_empty() && !word.starts_with(b"-") && *word != b"env")
        .find_map(Lang::of_word)
}

fn begins(text: &[u8], word: &str) -> bool {
    text.get(..word.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(word.as_bytes()))
}

fn is_sql(text: &[u8]) -> bool {
    const VERBS: &[&str] = &[
        "select ",
        "select\n",
        "insert into ",
        "update ",
        "delete from ",
        "create ",
        "alter ",
        "drop ",
        "with ",
        "pragma ",
        "explain ",
        "show ",
        "describe ",
        "truncate ",
        "grant ",
    ];
    let text = text.trim_ascii_start();
    VERBS.iter().any(|verb| begins(text, verb))
}

fn is_diff(text: &[u8]) -> bool {
    let has = |needle: &str| memchr::memmem::find(text, needle.as_bytes()).is_some();
    begins(text, "diff --git ")
        || begins(text, "*** Begin Patch")
        || (begins(text, "--- ") && has("\n+++ "))
        || (begins(text, "@@ ") && has(" @@"))
        || (begins(text, "Index: ") && has("\n@@ "))
}

/// By how a text looks. Only what can hardly be anything else.
fn by_shape(text: &[u8], whole: bool) -> Option<Lang> {
    let text = text.trim_ascii();
    if is_diff(text) {
        return Some(Lang::Diff);
    }
    if begins(text, "<!doctype html") || begins(text, "<html") {
        return Some(Lang::Html);
    }
    if begins(text, "<?xml") || begins(text, "<svg ") {
        return Some(Lang::Xml);
    }
    if is_json(text, whole) {
        return Some(Lang::Json);
    }
    let fenced = begins(text, "```") || memchr::memmem::find(text, b"\n```").is_some();
    fenced.then_some(Lang::Markdown)
}

/// JSON within a string: an object or a list with something in it. Of a long one only the beginning is seen.
fn is_json(text: &[u8], whole: bool) -> bool {
    let inside = match text {
        [b'{', rest @ ..] => rest,
        [b'[', rest @ ..] => rest,
        _ => return false,
    };
    if whole {
        let doc = crate::wire::json::Doc::parse(text);
        return doc.is_whole() && doc.nodes().len() > 1;
    }
    let next = inside.trim_ascii_start();
    match text[0] {
        b'{' => next.starts_with(b"\""),
        _ => matches!(next.first(), Some(b'{' | b'[' | b'"')),
    }
}

/// The language of a result's text, by the file that the call named.
pub fn of_answer(arguments: At) -> Option<Lang> {
    let file = FILES
        .iter()
        .find_map(|name| arguments.get(name).and_then(At::string));
    let file: RawBuf = file?;
    of_file(file.as_raw())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::json::Json;

    /// The language of the member `x`, or of the last string.
    fn guessed(text: &str) -> Option<Lang> {
        let json = Json::new(text.as_bytes().to_vec(), 0..text.len());
        let root = json.root().expect("JSON");
        let last = root.within().filter(|at| at.kind() == Kind::String).last();
        guess(last.expect("a string"))
    }

    #[test]
    fn what_it_is_called_and_what_stands_beside_it_tell() {
        for (text, lang) in [
            (r#"{"command":"ls -la | wc"}"#, Some(Lang::Shell)),
            (r#"{"sql":"anything at all"}"#, Some(Lang::Sql)),
            (r#"{"query":"SELECT * FROM t"}"#, Some(Lang::Sql)),
            (r#"{"query":"best cafes in Kyoto"}"#, None),
            (
                r#"{"language":"python","code":"print(1)"}"#,
                Some(Lang::Python),
            ),
            (r#"{"code":"E1234"}"#, None),
            (
                r#"{"path":"/a/b.rs","content":"fn main() {}"}"#,
                Some(Lang::Rust),
            ),
            (r#"{"path":"/a/b","content":"fn main() {}"}"#, None),
            (
                r#"{"uri":"x","mimeType":"text/html; charset=utf-8","text":"<p>hi"}"#,
                Some(Lang::Html),
            ),
            (
                r#"{"file_path":"a.py","edits":[{"old_string":"x","new_string":"import os"}]}"#,
                Some(Lang::Python),
            ),
            (
                r##"{"x":"#!/usr/bin/env python3\nprint(1)"}"##,
                Some(Lang::Python),
            ),
            (r##"{"x":"#!/bin/bash\nls"}"##, Some(Lang::Shell)),
            (
                r#"{"x":"diff --git a/x b/x\n--- a/x\n+++ b/x\n"}"#,
                Some(Lang::Diff),
            ),
            (
                r#"{"patch":"--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n"}"#,
                Some(Lang::Diff),
            ),
            (r#"{"patch":"version 1.2"}"#, None),
            (r#"{"x":"{\"a\": [1, 2]}"}"#, Some(Lang::Json)),
            (r#"{"x":"[see below] for more"}"#, None),
            (r#"{"x":"{}"}"#, None),
            (r#"{"x":"Look:\n```sh\nls\n```\n"}"#, Some(Lang::Markdown)),
            (r#"{"x":"A sentence with `code` in it."}"#, None),
            (r#"{"command":""}"#, None),
        ] {
            assert_eq!(guessed(text), lang, "{text}");
        }
    }
}
