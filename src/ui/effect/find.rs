//! Searching the bodies of messages for text.

use super::{Stretch, lock};
use crate::session::RowId;
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
            !search.calls_only || session.call_of(row).is_some()
        });
        drop(session);
        let mut hits = stretch.passing(|body| pattern.is_match(body.line()));
        let hit = if search.backward {
            hits.last()
        } else {
            hits.next()
        };
        if hit.is_some() {
            return hit;
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
