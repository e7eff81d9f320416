//! Searching the bodies of messages, a stretch at a time.

use super::{PIECE, Stretch, hands, lock};
use crate::analysis::needle::Needle;
use crate::analysis::signal::secret;
use crate::session::filter::{Near, Part};
use crate::session::{AHEAD, Body, ItemId, Row, RowId, Session, Window};
use crate::text::RawBuf;
use crate::ui::model::Case;
use crate::ui::search::{Found, Quote, Search};
use std::ops::Range;

/// Rows of the first stretch and of the longest one. (Bytes bound it, too.)
const FIRST: usize = 20_000;
const LONGEST: usize = 500_000;
/// Bytes that are looked through at once: what a core keeps at hand while it is gone through several times.
const BLOCK: u64 = 256 << 10;

/// Looks through a stretch.
pub fn search(case: &Case, search: &Search) -> Found {
    let stretch = {
        let session = lock(case);
        let longest = FIRST.max(search.rows.start).min(LONGEST);
        let range = search.rows.start..search.rows.end.min(search.rows.start + longest);
        let end = Stretch::end(&session, range.clone());
        Stretch::of(&session, range.start..end, |_| true)
    };
    let part = stretch.holding(&search.needle);
    let session = lock(case);
    let (near, mut in_calls) = (Near::nothing(&session), Part::new(stretch.range.clone()));
    let mut brought: Vec<Wording> = Vec::new();
    for (id, _) in stretch.rows.iter().filter(|(id, _)| part.has(id.index())) {
        if near.call_of(*id).is_some() {
            in_calls.set(id.index());
        }
        let wordings = session.brought_by(*id).iter();
        brought.extend(wordings.filter_map(|one| Wording::of(&session, *one)));
    }
    drop(session);
    Found {
        generation: search.generation,
        items: stretch.wordings(&mut brought, &search.needle),
        part,
        in_calls,
    }
}

/// A version of a definition, and where it stands.
struct Wording {
    version: (ItemId, usize),
    from: RowId,
    row: Row,
    part: Range<usize>,
}

impl Wording {
    fn of(session: &Session, version: (ItemId, usize)) -> Option<Wording> {
        let item = session.items().get(version.0.index())?;
        let told = item.versions.get(version.1)?;
        Some(Wording {
            version,
            from: told.from,
            row: *session.rows().get(told.from.index())?,
            part: told.body.start as usize..told.body.end as usize,
        })
    }
}

impl Stretch {
    /// The versions that hold a text; a message that brought many is read once, and the session is free meanwhile.
    fn wordings(&self, brought: &mut [Wording], needle: &Needle) -> Vec<(ItemId, usize)> {
        brought.sort_by_key(|one| one.from);
        let mut held = Vec::new();
        for listed in brought.chunk_by(|one, other| one.from == other.from) {
            let row = &listed[0].row;
            let reader = self.readers.get(row.source.index());
            let Some(body) = reader.and_then(|reader| reader.read(row).ok()) else {
                continue;
            };
            let holds = |one: &&Wording| {
                let text = body.message().get(one.part.clone());
                text.is_some_and(|text| needle.find(text).is_some())
            };
            held.extend(listed.iter().filter(holds).map(|one| one.version));
        }
        held
    }

    /// The rows whose lines hold a text, looked through by several threads.
    fn holding(&self, needle: &Needle) -> Part {
        let pieces: Vec<&[(RowId, Row)]> = self.rows.chunks(PIECE).collect();
        let held = hands::each(&pieces, |piece, windows: &mut Vec<Window>| {
            windows.resize_with(self.readers.len(), Window::exact);
            self.held(piece, needle, windows)
        });
        let mut part = Part::new(self.range.clone());
        held.into_iter()
            .flatten()
            .for_each(|id| part.set(id.index()));
        part
    }

    fn held(&self, piece: &[(RowId, Row)], needle: &Needle, windows: &mut [Window]) -> Vec<RowId> {
        let mut order: Vec<usize> = (0..piece.len()).collect();
        order.sort_by_key(|n| (piece[*n].1.source, piece[*n].1.offset));
        let mut held = Vec::new();
        let mut rest = order.as_slice();
        while let Some(first) = rest.first() {
            let row = piece[*first].1;
            let source = row.source.index();
            let (Some(reader), Some(window)) = (self.readers.get(source), windows.get_mut(source))
            else {
                rest = &rest[1..];
                continue;
            };
            let end = |row: &Row| row.offset + u64::from(row.len);
            let together = |n: &usize| {
                let one = &piece[*n].1;
                one.source == row.source && end(one) - row.offset <= BLOCK
            };
            let count = match reader.stands() {
                true => rest.iter().take_while(|n| together(n)).count(),
                false => 0,
            };
            let (rows, behind) = rest.split_at(count);
            let last = rows.last().map_or(row.offset, |n| end(&piece[*n].1));
            let length = (last - row.offset) as usize;
            match reader.block_in(row.offset, length, window) {
                Some(block) if count > 0 => {
                    let mut lines: Vec<Range<usize>> = Vec::with_capacity(count);
                    let mut of_line: Vec<usize> = Vec::with_capacity(count);
                    for n in rows {
                        let one = &piece[*n].1;
                        let start = (one.offset - row.offset) as usize;
                        // Messages of one batch share a line.
                        if lines.last().is_none_or(|line| line.end <= start) {
                            lines.push(start..start + one.len as usize);
                        }
                        of_line.push(lines.len() - 1);
                    }
                    let hits = needle.lines(block, &lines);
                    let of = rows.iter().zip(&of_line);
                    let hit = of.filter(|(_, line)| hits.binary_search(line).is_ok());
                    held.extend(hit.map(|(n, _)| piece[*n].0));
                    rest = behind;
                }
                _ => {
                    let body = match row.len as usize > AHEAD {
                        true => reader.read(&row).unwrap_or_default(),
                        false => reader.read_in(&row, window),
                    };
                    if needle.find(body.line()).is_some() {
                        held.push(piece[*first].0);
                    }
                    rest = &rest[1..];
                }
            }
        }
        held
    }
}

/// Bytes of a line before and behind a hit that are shown.
const BEFORE: usize = 48;
const BEHIND: usize = 200;
/// How far around it secrets are looked for.
const AROUND: usize = 4096;

/// What stands around the first hit in each of these messages; `None` where it is gone.
pub fn quotes(
    case: &Case,
    needle: &Needle,
    rows: &[RowId],
    spelled: bool,
) -> Vec<(RowId, Option<Quote>)> {
    let read = |row: &RowId| -> Option<Body> {
        let (row, reader) = {
            let session = lock(case);
            let row = *session.rows().get(row.index())?;
            (row, session.sources().get(row.source.index())?.reader())
        };
        reader.read(&row).ok()
    };
    let quoted = |row: &RowId| quote(read(row)?.line(), needle, spelled);
    rows.iter().map(|row| (*row, quoted(row))).collect()
}

fn quote(line: &[u8], needle: &Needle, spelled: bool) -> Option<Quote> {
    let found = needle.find(line)?;
    let hit = found.range.clone();
    let from = boundary(line, hit.start.saturating_sub(AROUND));
    let to = boundary(line, (hit.end + AROUND).min(line.len()));
    let around = &line[from..to];
    let hit = hit.start - from..hit.end - from;
    let masked = (!spelled).then(|| secret::mask(around)).flatten();
    let (text, hit) = match masked {
        Some((masked, at)) => {
            let hit = at(hit.start)..at(hit.end);
            (masked, hit)
        }
        None => (around.to_vec(), hit),
    };
    let start = boundary(&text, hit.start.saturating_sub(BEFORE));
    let end = boundary(&text, (hit.start + BEHIND).min(text.len()));
    Some(Quote {
        text: RawBuf::from(text[start..end].to_vec()),
        lit: hit.start - start..hit.end.min(end) - start,
        is_cut: from + start > 0,
        ways: found.says(),
    })
}

/// The beginning of the character at an offset.
fn boundary(bytes: &[u8], mut at: usize) -> usize {
    while at > 0 && bytes.get(at).is_some_and(|b| b & 0xc0 == 0x80) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_holds_the_hit_and_what_stands_around_it() {
        let needle = Needle::new("id_rsa").expect("it");
        let line = format!("{}aWRfcnNh{}", "é".repeat(100), "x".repeat(500));
        let quote = quote(line.as_bytes(), &needle, false).expect("it is there");
        let text = quote.text.as_raw();
        assert_eq!(&text.bytes()[quote.lit.clone()], b"aWRfcnNh");
        assert!(text.bytes().len() <= BEFORE + BEHIND + 2);
        assert_eq!(quote.ways, "in base64");
        assert!(std::str::from_utf8(text.bytes()).is_ok());
    }

    #[test]
    fn a_quote_masks_secrets_unless_they_are_spelled_out() {
        let needle = Needle::new("token").expect("it");
        let line = b"{\"token\":\"ghp_0123456789abcdefghijABCDEFGHIJ012345\"}";
        let shown = |spelled| quote(line, &needle, spelled).expect("it").text;
        let has =
            |text: &RawBuf| memchr::memmem::find(text.as_raw().bytes(), b"0123456789").is_some();
        assert!(!has(&shown(false)));
        assert!(has(&shown(true)));
    }
}
