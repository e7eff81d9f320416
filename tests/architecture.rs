//! The house's rules, read from the sources themselves: which room may use which, and what none may do.
//!
//! The rules look at words, not at types, so they can be fooled by someone who wants to; they are for those who forget.

#[path = "architecture/tokens.rs"]
mod tokens;

use std::fmt::Write;
use std::fs;
use std::path::Path;
use tokens::{Token, is_word, tokens};

/// Rooms by floor, lowest first. A room may use itself and rooms on floors below; rooms on one floor not each other.
const FLOORS: &[&[&str]] = &[
    &["text"],
    &["wire"],
    &["clients"],
    &["formats"],
    &["session"],
    &["store"],
    &["analysis"],
    &["capture"],
    &["report", "ui"],
    &["cli"],
];

/// Longest file, in lines.
const LONGEST: usize = 500;

/// Words that need a reason, as (file or folder, word, reason).
const EXCEPTIONS: &[(&str, &[&str], &str)] = &[
    (
        "src/text/",
        &["from_utf8_lossy", "from_utf8"],
        "this is the room that makes bytes visible",
    ),
    (
        "src/wire/",
        &["from_utf8"],
        "judges whether the bytes of a message are UTF-8, and gives none of them on",
    ),
    (
        "src/analysis/",
        &["from_utf8_lossy", "from_utf8"],
        "detectors match words; what they tell of a text they tell as `Raw`",
    ),
    (
        "src/capture/redact/redactor.rs",
        &["from_utf8"],
        "the words of the command that we start, which are told in the recording's first line",
    ),
    (
        "src/session/canonical.rs",
        &["from_utf8"],
        "hashes the text of definitions, and gives none of it on",
    ),
    (
        "src/session/compare",
        &["from_utf8_lossy", "from_utf8"],
        "compares wordings and looks members up; what is shown of them is `Raw`",
    ),
    (
        "src/ui/view/tools/badges.rs",
        &["from_utf8_lossy"],
        "compares names that look alike",
    ),
    (
        "src/ui/complete.rs",
        &["from_utf8"],
        "only names that hide nothing are offered",
    ),
    (
        "src/ui/update/pointed.rs",
        &["from_utf8"],
        "becomes what a person could have typed, which is revealed wherever it is drawn",
    ),
];

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

#[test]
fn the_sources_keep_the_rules() {
    let mut told = String::new();
    let files = sources();
    assert!(files.len() > 40, "the sources were not found");
    for (path, source) in &files {
        for breach in breaches(path, source) {
            writeln!(told, "{path}{breach}").unwrap();
        }
    }
    assert!(told.is_empty(), "\n{told}");
}

#[test]
fn every_exception_is_used() {
    let files = sources();
    for (place, words, _) in EXCEPTIONS {
        let mut there = files
            .iter()
            .filter(|(path, _)| path.starts_with(place))
            .peekable();
        if there.peek().is_none() {
            continue;
        }
        let used: Vec<_> = there.flat_map(|(_, source)| tokens(source)).collect();
        for word in *words {
            assert!(
                used.iter().any(|token| token.text == *word),
                "{place} does not use {word} any more: take the exception out"
            );
        }
    }
}

/// Every Rust file under `src/`, by its path from the package's root.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut queue = vec![root.join("src")];
    while let Some(folder) = queue.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                queue.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap();
                found.push((name.replace('\\', "/"), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// What a file does that it may not, each as `:line: sentence`.
fn breaches(path: &str, source: &str) -> Vec<String> {
    let mut told = Vec::new();
    let lines = source.lines().count();
    if lines > LONGEST {
        told.push(format!(
            ": {lines} lines are more than {LONGEST}: let it hold one thing"
        ));
    }
    let file = File::of(path);
    let tokens = tokens(source);
    for (line, used) in rooms_used(&file, &tokens) {
        if let Some(sentence) = file.may_use(&used) {
            told.push(format!(":{line}: {sentence}"));
        }
    }
    for n in 0..tokens.len() {
        if let Some(sentence) = forbidden(&file, &tokens, n)
            && !excepted(path, &tokens[n].text)
        {
            told.push(format!(":{}: {sentence}", tokens[n].line));
        }
    }
    told
}

fn excepted(path: &str, word: &str) -> bool {
    EXCEPTIONS
        .iter()
        .any(|(place, words, _)| path.starts_with(place) && words.contains(&word))
}

/// What a file's path says of it.
struct File<'p> {
    path: &'p str,
    /// `None` for `lib.rs`, which only names the rooms.
    room: Option<&'p str>,
    /// The path of its module.
    module: Vec<&'p str>,
    test: bool,
}

impl<'p> File<'p> {
    fn of(path: &'p str) -> File<'p> {
        let inner = path.strip_prefix("src/").unwrap_or(path);
        let mut module: Vec<&str> = inner.trim_end_matches(".rs").split('/').collect();
        if matches!(module.last(), Some(&"mod" | &"lib" | &"main")) {
            module.pop();
        }
        let room = match (module.first(), inner) {
            (_, "main.rs") => Some("cli"),
            (first, _) => first.copied(),
        };
        File {
            path,
            room,
            test: module.contains(&"tests"),
            module,
        }
    }

    fn may_use(&self, used: &str) -> Option<String> {
        let room = self.room?;
        let Some(to) = floor(used) else {
            return Some(format!("`crate::{used}` is no room of the house"));
        };
        let Some(from) = floor(room) else {
            return Some(format!("`{room}` is no room of the house"));
        };
        (used != room && to >= from)
            .then(|| format!("`{room}` may not use `{used}`, which is not on a floor below it"))
    }
}

/// Rooms that a file names, with the line: by `crate::`, `plainsight::`, or enough of `super::`.
fn rooms_used(file: &File<'_>, tokens: &[Token]) -> Vec<(usize, String)> {
    let mut used = Vec::new();
    // Inline modules that are open, with the depth of braces inside them.
    let mut inline: Vec<(String, usize)> = Vec::new();
    let mut depth = 0;
    for (n, token) in tokens.iter().enumerate() {
        match token.text.as_str() {
            "{" => {
                depth += 1;
                if n >= 2 && tokens[n - 2].text == "mod" {
                    inline.push((tokens[n - 1].text.clone(), depth));
                }
            }
            "}" => {
                if inline.last().is_some_and(|(_, inside)| *inside == depth) {
                    inline.pop();
                }
                depth = depth.saturating_sub(1);
            }
            "crate" | "super" | "plainsight" if follows(tokens, n, "::") && starts(tokens, n) => {
                let module: Vec<String> = (file.module.iter().map(|m| m.to_string()))
                    .chain(inline.iter().map(|(name, _)| name.clone()))
                    .collect();
                for path in paths(tokens, n).0 {
                    if let Some(room) = room_of(&module, &path) {
                        used.push((token.line, room));
                    }
                }
            }
            // `use crate as house;` would hide what follows.
            "crate" if follows(tokens, n, "as") => used.push((token.line, "as".into())),
            _ => {}
        }
    }
    used
}

fn follows(tokens: &[Token], n: usize, word: &str) -> bool {
    tokens.get(n + 1).is_some_and(|next| next.text == word)
}

/// Whether a path begins here.
fn starts(tokens: &[Token], n: usize) -> bool {
    n == 0
        || !matches!(tokens[n - 1].text.as_str(), "::") && !in_super_group(tokens, n)
        || n >= 2 && tokens[n - 1].text == "::" && !is_word(&tokens[n - 2].text)
}

/// `super` inside the braces of a `use` belongs to the path before the braces, which was followed already.
fn in_super_group(tokens: &[Token], n: usize) -> bool {
    tokens[n].text == "super"
        && tokens[..n]
            .iter()
            .rev()
            .take_while(|t| {
                matches!(t.text.as_str(), "{" | "," | "::" | "self") || is_word(&t.text)
            })
            .any(|t| t.text == "use")
        && tokens[n - 1].text != "use"
}

/// All paths of the tree that begins at `n`, and the place after it.
fn paths(tokens: &[Token], mut n: usize) -> (Vec<Vec<String>>, usize) {
    let mut path = Vec::new();
    loop {
        match tokens.get(n).map(|t| t.text.as_str()) {
            Some("{") => {
                let mut all = Vec::new();
                n += 1;
                while tokens.get(n).is_some_and(|t| t.text != "}") {
                    let (inner, next) = paths(tokens, n);
                    all.extend(inner.into_iter().map(|i| [path.clone(), i].concat()));
                    n = next.max(n + 1);
                    // Over `as name` and commas to the next path.
                    while tokens
                        .get(n)
                        .is_some_and(|t| !matches!(t.text.as_str(), "," | "}"))
                    {
                        n += 1;
                    }
                    n += usize::from(tokens.get(n).is_some_and(|t| t.text == ","));
                }
                return (all, n + 1);
            }
            Some(word) if is_word(word) || word == "*" => path.push(word.to_string()),
            _ => return (vec![path], n),
        }
        n += 1;
        if tokens.get(n).is_none_or(|t| t.text != "::") {
            return (vec![path], n);
        }
        n += 1;
    }
}

/// The room that a path leads to from a module; `None` where it names no room or stays where it is.
fn room_of(module: &[String], path: &[String]) -> Option<String> {
    let mut at = module.to_vec();
    let mut rest = path.iter().peekable();
    if matches!(path.first()?.as_str(), "crate" | "plainsight") {
        at.clear();
        rest.next();
    }
    while rest.next_if(|word| *word == "super").is_some() {
        at.pop()?;
    }
    if !at.is_empty() {
        return None;
    }
    let room = rest.next()?;
    // The path may also name something of the root itself (a macro, say): those have no lower-case name here.
    room.starts_with(|c: char| c.is_lowercase() || c == '*')
        .then(|| room.clone())
}

/// Why the word at `n` may not stand there.
fn forbidden(file: &File<'_>, tokens: &[Token], n: usize) -> Option<&'static str> {
    let token = &tokens[n];
    let (room, test) = (file.room?, file.test || token.test);
    let called = |with: &str| follows(tokens, n, with);
    match token.text.as_str() {
        "unsafe" => Some("nothing here needs `unsafe`"),
        "todo" | "unimplemented" | "dbg" if called("!") => Some("this is not finished"),
        _ if test => None,
        "ratatui" | "crossterm" if room != "ui" => Some("only `ui` knows the terminal's crates"),
        "tokio" if room != "capture" && !file.path.starts_with("src/ui/runtime") => {
            Some("only `ui/runtime` and `capture` know tokio")
        }
        "println" | "eprintln" | "print" | "eprint" if called("!") && room != "cli" => {
            Some("only `cli` prints; others write to a `Write` that they are given")
        }
        "from_utf8_lossy" | "from_utf8_unchecked" | "from_utf8_lossy_owned" => {
            Some("untrusted bytes become text by `text::reveal` only")
        }
        "from_utf8" if !parsed(tokens, n) => Some(
            "untrusted bytes become text by `text::reveal` only (a number that is parsed at once may)",
        ),
        _ => None,
    }
}

/// Whether the statement that goes on at `n` ends in `.parse()`: a number or a time is no text any more.
fn parsed(tokens: &[Token], n: usize) -> bool {
    tokens[n..]
        .iter()
        .take_while(|t| t.text != ";")
        .any(|t| t.text == "parse")
}

/// The rules would be worth nothing if they did not see what they forbid.
mod detects {
    use super::breaches;

    fn told(path: &str, source: &str) -> String {
        breaches(path, source).join("\n")
    }

    fn breaks(path: &str, source: &str) {
        assert!(!told(path, source).is_empty(), "{path}: {source}");
    }

    fn keeps(path: &str, source: &str) {
        assert_eq!(told(path, source), "", "{path}: {source}");
    }

    #[test]
    fn a_room_that_looks_up() {
        breaks("src/wire/id.rs", "use crate::session::Row;");
        breaks("src/text/mod.rs", "use crate::wire;");
        breaks(
            "src/session/load.rs",
            "use crate::{text::Raw, store::Marks};",
        );
        breaks(
            "src/session/load.rs",
            "use crate::{\n  formats,\n  text::{Raw, RawBuf as B},\n  analysis::{self},\n};",
        );
        breaks(
            "src/formats/native.rs",
            "fn f() { let x: crate::session::Row; }",
        );
        breaks(
            "src/analysis/rules.rs",
            "pub(crate) use crate::ui::view::draw as d;",
        );
        breaks("src/session/load.rs", "use super::super::ui::model;");
        breaks("src/ui/mod.rs", "use super::cli;");
        breaks(
            "src/session/load.rs",
            "mod tests { use super::super::super::ui::model; }",
        );
        breaks("src/session/load.rs", "use super::{super::ui::model, row};");
        breaks("src/wire/id.rs", "use crate as house;");
        breaks("src/wire/id.rs", "use crate::*;");
        breaks("src/ui/view.rs", "use crate::report::json;");
        breaks("src/report/json.rs", "let x = ::plainsight::ui::theme();");
        breaks("src/cellar/mod.rs", "use crate::text::Raw;");
        breaks("src/ui/mod.rs", "use crate::attic::Raw;");
        breaks(
            "src/wire/id.rs",
            "#[cfg(test)] mod tests { use crate::session::Row; }",
        );
        assert!(
            told("src/wire/id.rs", "\n\nuse crate::session::Row;")
                .starts_with(":3: `wire` may not")
        );
    }

    #[test]
    fn but_not_one_that_looks_down() {
        keeps(
            "src/session/load.rs",
            "use crate::{text::Raw, wire::id::{self, Direction}, formats};",
        );
        keeps(
            "src/session/load.rs",
            "use super::row::Row; use super::super::text::Raw; pub(crate) fn f() {}",
        );
        keeps(
            "src/session/load.rs",
            "mod tests { use super::super::row::Row; use super::*; }",
        );
        keeps("src/main.rs", "fn main() { plainsight::cli::run(); }");
        keeps("src/lib.rs", "pub mod ui;\npub mod text;");
        keeps(
            "src/wire/id.rs",
            "// use crate::ui::x;\n/* crate::ui /* nested */ crate::ui */ fn f() {}",
        );
        keeps(
            "src/wire/id.rs",
            r##"const A: &str = "crate::ui::x \" crate::ui::x"; const B: &str = r#"" crate::ui::x "#;"##,
        );
        keeps(
            "src/wire/id.rs",
            "const Q: char = '\"'; const E: char = '\\''; fn f<'a>(x: &'a str) {} // crate::ui::x",
        );
    }

    #[test]
    fn untrusted_bytes_that_become_text() {
        breaks(
            "src/report/rules.rs",
            "let s = String::from_utf8_lossy(x.as_raw().bytes());",
        );
        breaks(
            "src/session/world.rs",
            "let s = String::from_utf8(raw.bytes().to_vec())?;",
        );
        breaks(
            "src/ui/view.rs",
            "if let Ok(s) = std::str::from_utf8(raw.bytes()) { draw(s); }",
        );
        keeps(
            "src/formats/x.rs",
            "let n: u64 = std::str::from_utf8(x).ok()?.parse().ok()?;",
        );
        keeps(
            "src/formats/x.rs",
            "#[cfg(test)]\nmod tests { fn f() { String::from_utf8_lossy(b\"\"); } }",
        );
        breaks(
            "src/formats/x.rs",
            "#[cfg(test)]\nmod tests { fn f() {} }\nfn g() { String::from_utf8_lossy(b\"\"); }",
        );
        keeps("src/text/reveal.rs", "let s = String::from_utf8_lossy(x);");
        keeps("src/text/tests.rs", "let s = String::from_utf8_lossy(x);");
        breaks("src/text/width.rs", "use ratatui::buffer::Buffer;");
        keeps(
            "src/text/width.rs",
            "#[cfg(test)] mod tests { use ratatui::buffer::Buffer; }",
        );
    }

    #[test]
    fn printing_and_crates_out_of_place() {
        breaks("src/session/load.rs", "println!(\"{}\", 1);");
        breaks("src/report/text.rs", "eprintln!(\"x\");");
        breaks("src/ui/view.rs", "print ! (\"x\");");
        keeps("src/cli/check.rs", "println!(\"{}\", 1);");
        keeps("src/report/text.rs", "writeln!(out, \"println!\")?;");
        breaks("src/cli/mod.rs", "use crossterm::event;");
        breaks("src/session/load.rs", "fn f(x: ratatui::style::Color) {}");
        keeps("src/ui/view.rs", "use ratatui::style::Color;");
        breaks("src/ui/view.rs", "use tokio::sync::mpsc;");
        keeps("src/ui/runtime.rs", "use tokio::sync::mpsc;");
        keeps("src/capture/stdio.rs", "use tokio::sync::mpsc;");
        breaks("src/wire/id.rs", "fn f() { unsafe { g() } }");
        breaks("src/wire/id.rs", "fn f() { todo!() }");
    }

    #[test]
    fn a_file_that_is_too_long() {
        breaks("src/wire/id.rs", &"\n".repeat(501));
        keeps("src/wire/id.rs", &"\n".repeat(500));
    }
}
