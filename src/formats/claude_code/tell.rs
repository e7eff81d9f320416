//! Records in native lines.

use super::block::{Answer, Call, Said};
use super::quick::{self, Extent};
use super::record::{Record, Speaker};
use super::{CLIENT, plain};
use crate::formats::told::{Entry, Fact, Origin, Out};
use crate::formats::{calls, parse_stamp};
use crate::text::{Raw, json_string};
use crate::wire::id::Direction;
use crate::wire::json::{Doc, Value, decode};
use memchr::memmem;

/// The native line of the entry of a record with this number. A line that has no such entry is given as it is.
pub fn tell(line: &[u8], part: u16) -> Vec<u8> {
    // What lies beyond what the index looked at may be broken, or say otherwise: then it is not told.
    let whole = quick::read(line, Extent::Whole);
    let is_known = whole.is_some();
    let told = whole.and_then(|record| entry(&record, part));
    let told = told.or_else(|| entry(&quick::read(line, Extent::Outside)?, part));
    let told = match told {
        Some(told) => Some(told),
        None if is_known => None,
        None => {
            let doc = Doc::parse(line);
            let root = doc.root().filter(|root| root.is_object() && doc.is_whole());
            match root {
                Some(root) => entry(&Record::of(root), part),
                None if is_text(line) => text(line),
                None => None,
            }
        }
    };
    told.unwrap_or_else(|| line.to_vec())
}

/// A line that is no record, but words in between.
pub fn is_text(line: &[u8]) -> bool {
    line.trim_ascii_start().first() != Some(&b'{')
}

fn text(line: &[u8]) -> Option<Vec<u8>> {
    let mut told = Vec::new();
    let mut out = Out::new(&mut told);
    let entry = Entry {
        label: CLIENT.as_bytes(),
        ..Entry::at(Origin::default())
    };
    out.text(&entry, None, line);
    out.finish().ok()?;
    told.pop_if(|b| *b == b'\n')?;
    Some(told)
}

fn entry(record: &Record<'_>, part: u16) -> Option<Vec<u8>> {
    let conn = plain(record.session);
    let at = Entry {
        conn: &conn,
        label: CLIENT.as_bytes(),
        micros: parse_stamp(&plain(record.stamp)),
        ..Entry::at(Origin::default())
    };
    let mut told = Vec::new();
    let mut out = Out::new(&mut told);
    if let Speaker::Start(root) = &record.speaker {
        let mut number = 0;
        started(*root, &mut |server, event| {
            if number == part {
                start(*root, &at, server, event, &mut out);
            }
            number += 1;
        });
    } else {
        let said = record.said().nth(usize::from(part))?;
        match said {
            Said::Call(call) => self::call(record, &call, &at, &mut out),
            Said::Answer(answer) => self::answer(record, &answer, &at, &mut out),
            Said::Text(text) => {
                let before = record.said().take(usize::from(part));
                let texts = before.filter(|said| matches!(said, Said::Text(_))).count();
                let entry = Entry {
                    once: &record.once(texts),
                    ..at
                };
                let text = spliced(text);
                out.event(
                    &entry,
                    record.speaker.event(),
                    &[("text", Fact::Json(&text))],
                );
            }
        }
    }
    out.finish().ok()?;
    told.pop_if(|b| *b == b'\n')?;
    Some(told)
}

fn call(record: &Record<'_>, call: &Call<'_>, at: &Entry<'_>, out: &mut Out<'_>) {
    let (id, name) = (plain(call.id), plain(call.name));
    let tool = record.tool(call, &name);
    let entry = Entry {
        label: tool.server.as_deref().unwrap_or(at.label),
        once: &calls::once(b"call", &id),
        client_name: if tool.name == name { b"" } else { &name },
        ..*at
    };
    let arguments = Some(call.input).filter(|input| !input.is_empty());
    message(&entry, Direction::C2s, out, |take| {
        let arguments = arguments.map(take);
        calls::request(&id, &tool.name, arguments.as_deref())
    });
}

/// Words a message of pieces of the line, as they are spelled; where that is no JSON (the index does not judge what is
/// in a line), they become strings.
fn message(
    entry: &Entry<'_>,
    dir: Direction,
    out: &mut Out<'_>,
    word: impl Fn(&dyn Fn(&[u8]) -> Vec<u8>) -> Vec<u8>,
) {
    let verbatim = word(&<[u8]>::to_vec);
    let doc = Doc::parse(&verbatim);
    match doc.root().filter(|_| doc.is_whole()) {
        Some(root) => out.value(entry, Some(dir), root),
        None => out.message(entry, Some(dir), &word(&spliced)),
    }
}

/// A piece of JSON as it is spelled, if that is JSON.
fn spliced(piece: &[u8]) -> Vec<u8> {
    if piece.is_empty() || Doc::parse(piece).is_whole() {
        return piece.to_vec();
    }
    let mut text = String::new();
    match piece.first() {
        Some(b'"') => json_string(decode(piece).as_raw(), &mut text),
        _ => json_string(Raw::new(piece), &mut text),
    }
    text.into_bytes()
}

fn answer(record: &Record<'_>, answer: &Answer<'_>, at: &Entry<'_>, out: &mut Out<'_>) {
    let id = plain(answer.id);
    let entry = Entry {
        once: &calls::once(b"answer", &id),
        ..*at
    };
    // What the record has besides the content is said once, whatever number of answers it has.
    let answers = record
        .said()
        .filter(|said| matches!(said, Said::Answer(_)))
        .count();
    let beside = Doc::parse(record.mcp_meta);
    let beside = beside.root().filter(|_| answers == 1);
    let member = |key| Some(beside?.get(key)?.raw().bytes());
    message(&entry, Direction::S2c, out, |take| {
        let (structured, meta) = (member("structuredContent"), member("_meta"));
        let content = take(answer.content);
        calls::response(
            &id,
            &calls::Answer::Content {
                blocks: &blocks(&content),
                failed: answer.failed,
                structured: structured.map(take).as_deref(),
                meta: meta.map(take).as_deref(),
            },
        )
    });
}

/// The content of an answer as content blocks of the protocol.
pub(in crate::formats) fn blocks(content: &[u8]) -> Vec<u8> {
    match content.first() {
        Some(b'"') => [b"[{\"type\":\"text\",\"text\":", content, b"}]"].concat(),
        Some(b'{') => [b"[", content, b"]"].concat(),
        Some(b'[') if memmem::find(content, b"\"source\"").is_none() => content.to_vec(),
        Some(b'[') => {
            let doc = Doc::parse(content);
            let mut blocks = b"[".to_vec();
            for (n, item) in doc.root().into_iter().flat_map(Value::items).enumerate() {
                if n > 0 {
                    blocks.push(b',');
                }
                match picture(item) {
                    Some(picture) => blocks.extend(picture),
                    None => blocks.extend_from_slice(item.raw().bytes()),
                }
            }
            blocks.push(b']');
            blocks
        }
        _ => b"[]".to_vec(),
    }
}

/// An image as the protocol has it; the model's interface wraps its data once more.
fn picture(block: Value<'_>) -> Option<Vec<u8>> {
    let source = block.get("source")?;
    let member = |key| source.get(key).filter(|value| value.text().is_some());
    let (data, kind) = (member("data")?, member("media_type")?);
    let is = |value: Value<'_>, word: &str| value.str("type").is_some_and(|t| t.as_raw() == word);
    (is(block, "image") && is(source, "base64")).then(|| {
        [
            b"{\"type\":\"image\",\"data\":",
            data.raw().bytes(),
            b",\"mimeType\":",
            kind.raw().bytes(),
            b"}",
        ]
        .concat()
    })
}

/// The entries of the record with which a stream begins: the start itself, then each server with what came of it.
pub fn started(root: Value<'_>, emit: &mut dyn FnMut(Option<Vec<u8>>, &'static str)) {
    emit(None, "start");
    for server in servers(root) {
        let Some(name) = server.str("name") else {
            continue;
        };
        let status = server.str("status");
        let is = |word: &str| status.as_ref().is_some_and(|s| s.as_raw() == word);
        let event = if is("connected") {
            "connected"
        } else if is("pending") {
            "connecting"
        } else {
            "failed"
        };
        emit(Some(name.as_raw().bytes().to_vec()), event);
    }
}

/// Servers of a stream that are told.
const SERVERS: usize = 1000;

fn servers<'d>(root: Value<'d>) -> impl Iterator<Item = Value<'d>> {
    let servers = root.get("mcp_servers").into_iter().flat_map(Value::items);
    servers.filter(|item| item.is_object()).take(SERVERS)
}

fn start(root: Value<'_>, at: &Entry<'_>, server: Option<Vec<u8>>, event: &str, out: &mut Out<'_>) {
    let mut facts = Vec::new();
    let Some(label) = server else {
        for key in ["cwd", "model", "mcp_servers", "tools"] {
            if let Some(value) = root.get(key) {
                facts.push((key, Fact::Json(value.raw().bytes())));
            }
        }
        return out.event(at, event, &facts);
    };
    let is_it = |item: &Value<'_>| {
        item.str("name")
            .is_some_and(|name| name.as_raw().bytes() == label)
    };
    if let Some(status) = servers(root)
        .find(is_it)
        .and_then(|item| item.get("status"))
    {
        facts.push(("text", Fact::Json(status.raw().bytes())));
    }
    let entry = Entry {
        label: &label,
        ..*at
    };
    out.event(&entry, event, &facts);
}
