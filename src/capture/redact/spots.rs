//! Where the secrets of a message stand, in whatever way it is written.

use super::decoded::Decoded;
use super::key::Key;
use super::mark::{mark, marks};
use super::names::{self, Meaning};
use super::table::Table;
use super::{base64, value};
use crate::wire::json::{Doc, Kind, Node};
use std::ops::Range;

/// A part of a text that is replaced, and by what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    pub range: Range<usize>,
    pub mark: String,
}

/// How deep texts in texts are followed: JSON in a string in JSON in a string, and the like.
const DEEPEST: usize = 4;
/// Letters of base64 that are decoded in one go, and how far the next go reaches back.
const GO: usize = 1 << 20;
const BACK: usize = 8 << 10;

/// Looks for secrets.
pub struct Search<'s> {
    pub table: &'s Table,
    pub key: &'s Key,
}

impl Search<'_> {
    /// Whether a message needs no closer look. One look at the bytes as they stand: keywords, escapes that could hide one,
    /// and what base64 says.
    pub fn is_clean(&self, text: &[u8]) -> bool {
        !self.table.is_open(text) && !has_hiding_escapes(text) && self.coded(text).is_empty()
    }

    /// The spots of a text, in order, apart from each other.
    pub fn spots(&self, text: &[u8]) -> Vec<Spot> {
        self.look(text, 0)
    }

    fn look(&self, text: &[u8], depth: usize) -> Vec<Spot> {
        let start = text.iter().find(|b| !b.is_ascii_whitespace());
        let doc = matches!(start, Some(b'{' | b'[' | b'"')).then(|| Doc::parse(text));
        let mut spots = Vec::new();
        if let Some(doc) = &doc {
            self.members(doc, depth, &mut spots);
        } else if depth < DEEPEST && memchr::memchr(b'\\', text).is_some() {
            self.escaped(text, 0, depth, &mut spots);
        }
        let known = spots.len();
        self.plain(text, &mut spots);
        spots.extend(self.coded(text));
        if let Some(doc) = doc.filter(|doc| !doc.nodes().is_empty()) {
            let found = spots.split_off(known);
            let strings = Tokens::of(&doc);
            spots.extend(
                found
                    .into_iter()
                    .flat_map(|spot| strings.inside(text, spot, depth)),
            );
        }
        apart(spots)
    }

    /// What the rules find in a text as it stands.
    fn plain(&self, text: &[u8], spots: &mut Vec<Spot>) {
        for found in self.table.find(text) {
            let mark = mark(self.key, found.rule, &text[found.range.clone()]);
            spots.push(Spot {
                range: found.range,
                mark,
            });
        }
    }

    /// What is found in what base64 says. The whole run goes: a part of it has no letters of its own.
    fn coded(&self, text: &[u8]) -> Vec<Spot> {
        let mut spots = Vec::new();
        for run in base64::runs(text) {
            // Behind a backslash the first letter belongs to an escape.
            let behind = (run.start.checked_sub(1).map(|at| text[at]) == Some(b'\\'))
                .then(|| run.start + 1..run.end);
            let runs = std::iter::once(run).chain(behind);
            spots.extend(runs.filter_map(|run| self.run(text, run)).next());
        }
        spots
    }

    fn run(&self, text: &[u8], run: Range<usize>) -> Option<Spot> {
        let mut at = run.start;
        loop {
            let end = (at + GO + BACK).min(run.end);
            if let Some(mark) = self.first(&base64::decode(&text[at..end])) {
                return Some(Spot { range: run, mark });
            }
            if end == run.end {
                return None;
            }
            at += GO;
        }
    }

    fn first(&self, decoded: &[u8]) -> Option<String> {
        if !self.table.is_open(decoded) {
            return None;
        }
        let mut spots = Vec::new();
        if matches!(decoded.first(), Some(b'{' | b'[')) {
            self.members(&Doc::parse(decoded), DEEPEST, &mut spots);
        }
        self.plain(decoded, &mut spots);
        spots.into_iter().next().map(|spot| spot.mark)
    }

    /// The strings of a JSON text: members by their names, and what escapes hide.
    fn members(&self, doc: &Doc<'_>, depth: usize, spots: &mut Vec<Spot>) {
        let (nodes, text) = (doc.nodes(), doc.bytes());
        for (n, node) in nodes.iter().enumerate() {
            let key = node.key_start as usize..node.key_end as usize;
            if text[key.clone()].contains(&b'\\') {
                self.escaped(inner(text, &key), key.start + 1, depth, spots);
            }
            let token = node.start as usize..node.end as usize;
            if node.kind == Kind::Number {
                spots.extend(self.number(doc, n, token.clone(), depth));
            }
            if node.kind != Kind::String {
                continue;
            }
            let body = inner(text, &token);
            if let Some(spot) = self.named(doc, n, body, token.start + 1) {
                spots.push(spot);
            } else if node.escaped && body.contains(&b'\\') {
                self.escaped(body, token.start + 1, depth, spots);
            }
        }
    }

    /// A text with escapes that begins at `base`.
    fn escaped(&self, raw: &[u8], base: usize, depth: usize, spots: &mut Vec<Spot>) {
        if depth >= DEEPEST {
            return;
        }
        let decoded = Decoded::of(raw);
        for spot in self.look(&decoded.text, depth + 1) {
            let range = decoded.back(spot.range);
            spots.push(Spot {
                range: range.start + base..range.end + base,
                mark: spot.mark,
            });
        }
    }

    /// The number of a member whose name says that it is a secret. What replaces it is a string.
    fn number(&self, doc: &Doc<'_>, n: usize, token: Range<usize>, depth: usize) -> Option<Spot> {
        let (rule, shape) = match meaning(doc, n)? {
            Meaning::Value(rule, shape) => (rule, shape),
            Meaning::Authorization => ("authorization", value::Shape::Token),
        };
        let digits = &doc.bytes()[token.clone()];
        shape.fits(digits).then(|| Spot {
            mark: quoted(&mark(self.key, rule, digits), depth),
            range: token,
        })
    }

    /// The value of a member whose name says that it is a secret.
    fn named(&self, doc: &Doc<'_>, n: usize, body: &[u8], base: usize) -> Option<Spot> {
        let (rule, shape, from) = match meaning(doc, n)? {
            Meaning::Value(rule, shape) => (rule, shape, 0),
            Meaning::Authorization => {
                let word = body.iter().position(|b| *b == b' ');
                match word.filter(|end| super::scheme(&body[..*end]).is_some()) {
                    Some(end) => ("authorization", value::Shape::Anything, end + 1),
                    None => ("authorization", value::Shape::Token, 0),
                }
            }
        };
        let decoded = Decoded::of(&body[from..]);
        // What holds a mark was looked at before.
        if !shape.fits(&decoded.text) || !marks(&decoded.text).is_empty() {
            return None;
        }
        Some(Spot {
            range: base + from..base + body.len(),
            mark: mark(self.key, rule, &decoded.text),
        })
    }
}

/// What stands between the quotes of a string token; its closing quote may be missing.
pub fn inner<'t>(text: &'t [u8], token: &Range<usize>) -> &'t [u8] {
    let body = &text[(token.start + 1).min(token.end)..token.end];
    let quotes = body
        .iter()
        .rev()
        .skip(1)
        .take_while(|b| **b == b'\\')
        .count();
    match body.split_last() {
        Some((b'"', head)) if quotes % 2 == 0 => head,
        _ => body,
    }
}

/// What the name of a value says of it: its own, that of its list, the `name` beside a `value`, or the option before it.
fn meaning(doc: &Doc<'_>, n: usize) -> Option<Meaning> {
    let (nodes, text) = (doc.nodes(), doc.bytes());
    let node = &nodes[n];
    let parent = nodes.get(node.parent as usize);
    let Some(parent) = parent.filter(|parent| parent.kind == Kind::Array) else {
        let key = key(text, node);
        if key == b"value"
            && let Some(name) =
                sibling(doc, node.parent, b"name").or_else(|| sibling(doc, node.parent, b"key"))
        {
            return names::meaning(name);
        }
        return named(key);
    };
    let before = (n as u32)
        .checked_sub(1)
        .filter(|before| *before != node.parent);
    if let Some(before) = before.map(|before| &nodes[before as usize])
        && before.kind == Kind::String
        && before.parent == node.parent
        && text.get(before.start as usize + 1) == Some(&b'-')
    {
        let token = before.start as usize..before.end as usize;
        return names::option(inner(text, &token));
    }
    named(key(text, parent))
}

fn named(key: &[u8]) -> Option<Meaning> {
    if key.contains(&b'\\') {
        return names::meaning(&Decoded::of(key).text);
    }
    names::meaning(key)
}

fn key<'t>(text: &'t [u8], node: &Node) -> &'t [u8] {
    inner(text, &(node.key_start as usize..node.key_end as usize))
}

/// The string member of that name in an object.
fn sibling<'t>(doc: &'t Doc<'_>, object: u32, name: &[u8]) -> Option<&'t [u8]> {
    let (nodes, text) = (doc.nodes(), doc.bytes());
    let end = nodes.get(object as usize)?.next;
    let mut at = object + 1;
    // Such objects are small: what has more members is another thing.
    for _ in 0..16 {
        let node = nodes.get(at as usize).filter(|_| at < end)?;
        if key(text, node) == name {
            let token = node.start as usize..node.end as usize;
            return (node.kind == Kind::String).then(|| inner(text, &token));
        }
        at = node.next;
    }
    None
}

/// A mark as a string of its own, in JSON that stands in so many strings.
fn quoted(mark: &str, depth: usize) -> String {
    let quote = "\\".repeat((1 << depth) - 1) + "\"";
    format!("{quote}{mark}{quote}")
}

/// Shortest part of a secret that goes from a string among others it spans; what is shorter may be a word of the protocol.
const PART: usize = 16;

/// What a token of a JSON text is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Key,
    /// A string in an array.
    Element,
    /// Another string.
    Member,
    Number,
}

/// Where the strings and numbers of a JSON text stand.
struct Tokens {
    all: Vec<(Range<usize>, Place)>,
    /// Where text begins that is no JSON; `None` where reading it ended early.
    read: Option<usize>,
}

impl Tokens {
    fn of(doc: &Doc<'_>) -> Tokens {
        let nodes = doc.nodes();
        let mut all = Vec::new();
        for node in nodes {
            if node.key_end > node.key_start {
                all.push((node.key_start as usize..node.key_end as usize, Place::Key));
            }
            let parent = nodes.get(node.parent as usize);
            let place = match node.kind {
                Kind::Number => Place::Number,
                Kind::String if parent.is_some_and(|parent| parent.kind == Kind::Array) => {
                    Place::Element
                }
                Kind::String => Place::Member,
                _ => continue,
            };
            all.push((node.start as usize..node.end as usize, place));
        }
        let read = doc.is_whole().then(|| nodes[0].end as usize);
        Tokens { all, read }
    }

    /// A spot as far as it can be replaced: inside of strings, with no escape cut in two, or a whole number. Text behind the
    /// last value is no JSON and may be replaced as it is.
    fn inside(&self, text: &[u8], spot: Spot, depth: usize) -> Vec<Spot> {
        let first = (self.all).partition_point(|(token, _)| token.end <= spot.range.start);
        let Some(mut spanned) = self.all.get(first..).filter(|rest| !rest.is_empty()) else {
            // There may still be strings in what was not read: none may lose its end.
            let apart = self.read.is_none_or(|read| spot.range.start >= read)
                && !text[spot.range.clone()].contains(&b'"');
            return if apart { vec![spot] } else { Vec::new() };
        };
        let end = spanned.partition_point(|(token, _)| token.start < spot.range.end);
        spanned = &spanned[..end];
        if let [(token, Place::Number)] = spanned {
            let within = token.start <= spot.range.start && spot.range.end <= token.end;
            let mark = quoted(&spot.mark, depth);
            let range = token.clone();
            return if within {
                vec![Spot { range, mark }]
            } else {
                Vec::new()
            };
        }
        let several = spanned.len() > 1;
        let mut parts = Vec::new();
        for (token, place) in spanned {
            if *place == Place::Number || several && *place == Place::Key {
                continue;
            }
            let part = in_string(text, token, &spot);
            let least = if several && *place == Place::Member {
                PART
            } else {
                4
            };
            parts.extend(part.filter(|part| part.range.len() >= least));
        }
        parts
    }
}

/// The part of a spot that stands in a string.
fn in_string(text: &[u8], token: &Range<usize>, spot: &Spot) -> Option<Spot> {
    let start = token.start + 1;
    let end = start + inner(text, token).len();
    let mut range = spot.range.start.max(start)..spot.range.end.min(end);
    if range.is_empty() {
        return None;
    }
    let backslashes = (text[start..range.start].iter().rev())
        .take_while(|b| **b == b'\\')
        .count();
    if backslashes % 2 == 1 {
        range.start += if text[range.start] == b'u' { 5 } else { 1 };
    }
    let whole = !text.get(range.clone())?.contains(&b'\\');
    whole.then(|| Spot {
        range,
        mark: spot.mark.clone(),
    })
}

/// Whether escapes stand in a text behind which a keyword could be hidden.
fn has_hiding_escapes(text: &[u8]) -> bool {
    let has = |what: &[u8]| memchr::memmem::find(text, what).is_some();
    memchr::memchr(b'\\', text).is_some() && (has(b"\\u00") || has(b"\\/"))
}

/// Joins what overlaps. What was found first stays the name of it: it knew more.
fn apart(spots: Vec<Spot>) -> Vec<Spot> {
    let mut order: Vec<(usize, Spot)> = spots.into_iter().enumerate().collect();
    order.sort_by_key(|(n, spot)| (spot.range.start, *n));
    let mut out: Vec<(usize, Spot)> = Vec::new();
    for (n, spot) in order {
        match out.last_mut() {
            Some((first, last)) if spot.range.start < last.range.end => {
                last.range.end = last.range.end.max(spot.range.end);
                if n < *first {
                    (*first, last.mark) = (n, spot.mark);
                }
            }
            _ => out.push((n, spot)),
        }
    }
    out.into_iter().map(|(_, spot)| spot).collect()
}
