//! The quick look: it walks over the structure of a line and leaves what is in it alone. It answers only where it is
//! sure.

use super::block::{Block, Blocks, Said};
use super::record::{Record, Speaker};
use crate::wire::json::{skip_space, skip_string};
use memchr::memchr;

/// How much of a record is wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Extent {
    /// What the index wants to know: where all of that is there, nobody looks at the rest.
    Outside,
    Whole,
}

/// Reads a record of the usual shape. `None` where the whole line has to be parsed.
pub fn read(line: &[u8], extent: Extent) -> Option<Record<'_>> {
    let line = line.trim_ascii_end();
    if line.last() != Some(&b'}') {
        return None;
    }
    let mut record = Record::default();
    let mut outline = Outline::default();
    let mut members = Members::of(line, skip_space(line, 0))?;
    while let Some((key, value)) = members.next()? {
        let end = match key {
            b"message" if !outline.has_message => {
                outline.has_message = true;
                let end = message(line, value, &mut record, &mut outline, extent)?;
                if outline.is_enough {
                    return record.spoken(&outline);
                }
                end
            }
            b"toolUseResult" | b"tool_use_result" if extent == Extent::Outside => {
                if record.rest_is_known(&mut outline, line) {
                    return record.spoken(&outline);
                }
                end_of(line, value)?
            }
            _ => end_of(line, value)?,
        };
        let token = line.get(value..end)?;
        match key {
            b"type" if outline.kind.is_empty() => {
                outline.kind = token;
                // Nothing that such a record holds is wanted, however much it is.
                if let Speaker::Nobody = Speaker::of(token, b"")
                    && token != b"\"system\""
                {
                    record.speaker = Speaker::Nobody;
                    return Some(record);
                }
            }
            b"subtype" if outline.subtype.is_empty() => outline.subtype = token,
            key if Record::is_mark(key) => record.is_meta |= token == b"true",
            key => {
                if let Some(place) = record.member(key).filter(|place| place.is_empty()) {
                    *place = token;
                }
            }
        }
        members.at = end;
    }
    (members.at == line.len()).then_some(())?;
    record.spoken(&outline)
}

/// What tells the kind of a record.
#[derive(Default)]
struct Outline<'l> {
    kind: &'l [u8],
    subtype: &'l [u8],
    role: &'l [u8],
    has_message: bool,
    /// The rest is not wanted.
    is_enough: bool,
}

impl<'l> Record<'l> {
    /// Says whose it is, once that is known. The record that begins a stream is for the parser.
    fn spoken(mut self, outline: &Outline<'l>) -> Option<Record<'l>> {
        if outline.kind == b"\"system\"" && outline.subtype == b"\"init\""
            || outline.kind.contains(&b'\\')
            || outline.subtype.contains(&b'\\')
        {
            return None;
        }
        self.speaker = Speaker::of(outline.kind, outline.role);
        Some(self)
    }

    /// Before the copy of a result, which may be as large as the result: whether nothing behind it is wanted but what
    /// the end of the line has.
    fn rest_is_known(&mut self, outline: &mut Outline<'l>, line: &'l [u8]) -> bool {
        let is_answer = |said| matches!(said, Some(Said::Answer(_)) | None);
        outline.has_message
            && !outline.kind.is_empty()
            && outline.kind != b"\"system\""
            && self.blocks.iter().map(Block::said).all(is_answer)
            && self.look_at_end(outline, line, false)
    }

    /// Behind the content of a message, before what the model's interface says of it: the same for what the assistant
    /// says and calls, unless there may be a word on whose tool it is.
    fn is_assistants(&mut self, outline: &mut Outline<'l>, line: &'l [u8]) -> bool {
        let is_own = |said| match said {
            Some(Said::Call(call)) => {
                !call.name.starts_with(b"\"mcp__") && !call.name.contains(&b'\\')
            }
            Some(Said::Answer(_)) => false,
            Some(Said::Text(_)) | None => true,
        };
        self.blocks.iter().map(Block::said).all(is_own)
            && self.look_at_end(outline, line, true)
            && outline.kind == b"\"assistant\""
    }

    /// Takes what is not known yet from the members at the end of the line. Gives whether all is known then.
    fn look_at_end(&mut self, outline: &mut Outline<'l>, line: &'l [u8], id: bool) -> bool {
        let mut rest = line.strip_suffix(b"}").unwrap_or(line);
        loop {
            let all = [self.session, self.stamp, outline.kind];
            let has_id = !id || !self.uuid.is_empty();
            if has_id && all.iter().all(|member| !member.is_empty()) {
                return true;
            }
            let Some((key, value, before)) = last_member(rest) else {
                return false;
            };
            match key {
                b"sessionId" | b"session_id" if self.session.is_empty() => self.session = value,
                b"timestamp" if self.stamp.is_empty() => self.stamp = value,
                b"uuid" if self.uuid.is_empty() => self.uuid = value,
                b"type" if outline.kind.is_empty() => outline.kind = value,
                _ => {}
            }
            rest = before;
        }
    }
}

/// Splits `…,"key":"value"` (or a literal) into key, value and what stands before the comma. In valid JSON an unescaped
/// quote is no part of a string, so the members before the last brace are its object's.
fn last_member(text: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let start = match text.last()? {
        b'"' => text[..text.len() - 1].iter().rposition(|b| *b == b'"')?,
        b'a'..=b'z' | b'0'..=b'9' => text.iter().rposition(|b| *b == b':')? + 1,
        _ => return None,
    };
    let value = &text[start..];
    let head = text[..start].strip_suffix(b"\":")?;
    let key_start = head.iter().rposition(|b| *b == b'"')?;
    let before = head[..key_start].strip_suffix(b",")?;
    (memchr(b'\\', value).is_none()).then_some((&head[key_start + 1..], value, before))
}

/// Walks the message, and gives where it ends.
fn message<'l>(
    line: &'l [u8],
    at: usize,
    record: &mut Record<'l>,
    outline: &mut Outline<'l>,
    extent: Extent,
) -> Option<usize> {
    if line.get(at) != Some(&b'{') {
        return end_of(line, at);
    }
    let mut members = Members::of(line, at)?;
    let (mut has_content, mut has_role) = (false, false);
    while let Some((key, value)) = members.next()? {
        members.at = match key {
            b"content" if !has_content => {
                has_content = true;
                let end = content(line, value, &mut record.blocks)?;
                if extent == Extent::Outside && record.is_assistants(outline, line) {
                    outline.is_enough = true;
                    return Some(end);
                }
                end
            }
            _ => end_of(line, value)?,
        };
        if key == b"role" && !has_role {
            has_role = true;
            outline.role = line.get(value..members.at)?;
        }
    }
    Some(members.at)
}

/// Walks the content of a message, and gives where it ends.
fn content<'l>(line: &'l [u8], at: usize, blocks: &mut Blocks<'l>) -> Option<usize> {
    match line.get(at)? {
        b'"' => {
            let end = end_of(line, at)?;
            blocks.push(Block::text(&line[at..end]));
            return Some(end);
        }
        b'[' => {}
        _ => return end_of(line, at),
    }
    let mut at = skip_space(line, at + 1);
    if line.get(at) == Some(&b']') {
        return Some(at + 1);
    }
    loop {
        at = if line.get(at)? == &b'{' {
            block(line, at, blocks)?
        } else {
            end_of(line, at)?
        };
        at = skip_space(line, at);
        match line.get(at)? {
            b',' => at = skip_space(line, at + 1),
            b']' => return Some(at + 1),
            _ => return None,
        }
    }
}

fn block<'l>(line: &'l [u8], at: usize, blocks: &mut Blocks<'l>) -> Option<usize> {
    let mut block = Block::default();
    let mut members = Members::of(line, at)?;
    while let Some((key, value)) = members.next()? {
        members.at = end_of(line, value)?;
        if let Some(place) = block.member(key) {
            *place = line.get(value..members.at)?;
        }
    }
    blocks.push(block);
    Some(members.at)
}

/// The members of an object; whoever asks says where each value ended.
struct Members<'l> {
    line: &'l [u8],
    at: usize,
    any: bool,
}

impl<'l> Members<'l> {
    /// With `at` on the brace.
    fn of(line: &'l [u8], at: usize) -> Option<Members<'l>> {
        (line.get(at)? == &b'{').then_some(Members {
            line,
            at: at + 1,
            any: false,
        })
    }

    /// The next key and where its value begins; `Some(None)` behind the last, then `at` is behind the object. `None`
    /// where it is no such thing, and for a key with escapes.
    #[expect(clippy::option_option, reason = "the end and a failure are two things")]
    fn next(&mut self) -> Option<Option<(&'l [u8], usize)>> {
        let line = self.line;
        let mut at = skip_space(line, self.at);
        match line.get(at)? {
            b'}' => {
                self.at = at + 1;
                return Some(None);
            }
            b',' if self.any => at = skip_space(line, at + 1),
            b'"' if !self.any => {}
            _ => return None,
        }
        self.any = true;
        if line.get(at)? != &b'"' {
            return None;
        }
        let (end, escaped) = skip_string(line, at)?;
        if escaped {
            return None;
        }
        let key = &line[at + 1..end - 1];
        let colon = skip_space(line, end);
        (line.get(colon)? == &b':').then(|| Some((key, skip_space(line, colon + 1))))
    }
}

/// With `at` on a value: where it ends. Brackets are counted, not matched by kind.
fn end_of(line: &[u8], mut at: usize) -> Option<usize> {
    let mut depth = 0usize;
    loop {
        match line.get(at)? {
            b'"' => at = skip_string(line, at)?.0,
            b'{' | b'[' => {
                depth += 1;
                at += 1;
                continue;
            }
            b'}' | b']' => {
                depth = depth.checked_sub(1)?;
                at += 1;
            }
            b',' | b':' | b' ' | b'\t' | b'\n' | b'\r' if depth > 0 => {
                at += 1;
                continue;
            }
            b',' | b':' | b' ' | b'\t' | b'\n' | b'\r' => return None,
            _ => {
                let scalar =
                    |b: &&u8| !matches!(b, b',' | b'}' | b']' | b' ' | b':' | b'"' | b'\n');
                at += line[at..].iter().take_while(scalar).count();
            }
        }
        if depth == 0 {
            return Some(at);
        }
    }
}
