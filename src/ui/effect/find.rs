//! Searching the bodies of messages for text.

use super::{Stretch, lock};
use crate::session::RowId;
use crate::session::filter::Picked;
use crate::ui::message::Search;
use crate::ui::model::Case;
use regex::bytes::{Regex, RegexBuilder};

/// Rows that are taken out of the session at a time.
const STRETCH: usize = 4096;

/// The next message, forward or backward, whose line holds the text.
pub fn next(case: &Case, search: &Search) -> Option<RowId> {
    let pattern = pattern(&search.needle)?;
    let mut at = search.from.index();
    loop {
        let session = lock(case);
        let range = match search.backward {
            true => at.saturating_sub(STRETCH)..at,
            false => at + 1..(at + 1 + STRETCH).min(session.len()),
        };
        if range.is_empty() {
            return None;
        }
        let stretch = Stretch::of(&session, range.clone(), |row| {
            let id = u32::try_from(row).ok().map(RowId);
            !search.calls_only || id.is_some_and(|id| session.call_of(id).is_some())
        });
        drop(session);
        let part = stretch
            .passing(|reader, row, window| pattern.is_match(reader.read_in(row, window).line()));
        let mut hits = Picked::default();
        hits.extend(part.range.clone(), &part.words);
        let hit = match search.backward {
            true => hits.last_before(range.end),
            false => hits.at_or_after(0),
        };
        if let Some(hit) = hit {
            return u32::try_from(hit).ok().map(RowId);
        }
        at = if search.backward {
            range.start
        } else {
            range.end - 1
        };
    }
}

/// The text in letters of either case: as it is, as JSON escapes it, and with everything beyond ASCII escaped.
fn pattern(needle: &str) -> Option<Regex> {
    let escaped = serde_json::to_string(needle).unwrap_or_default();
    let escaped = escaped
        .get(1..escaped.len().saturating_sub(1))
        .unwrap_or_default()
        .to_owned();
    let mut ascii = String::new();
    for letter in escaped.chars() {
        if letter.is_ascii() {
            ascii.push(letter);
        } else {
            let units = &mut [0; 2];
            ascii.extend(
                letter
                    .encode_utf16(units)
                    .iter()
                    .map(|unit| format!("\\u{unit:04x}")),
            );
        }
    }
    let mut forms = vec![needle.to_owned(), escaped, ascii];
    forms.dedup();
    let alternatives: Vec<String> = forms.iter().map(|form| regex::escape(form)).collect();
    RegexBuilder::new(&alternatives.join("|"))
        .case_insensitive(true)
        .build()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_found_however_json_writes_it() {
        for line in [
            r#"{"t":"Café"}"#,
            r#"{"t":"caf\u00e9"}"#,
            r#"{"t":"CAF\u00E9"}"#,
        ] {
            assert!(pattern("café").unwrap().is_match(line.as_bytes()), "{line}");
        }
        assert!(
            pattern("say \"hi\"")
                .unwrap()
                .is_match(br#"{"t":"say \"Hi\""}"#)
        );
        assert!(pattern("😀").unwrap().is_match(br#""\ud83d\ude00""#));
        assert!(!pattern("a.c").unwrap().is_match(b"abc"));
    }
}
