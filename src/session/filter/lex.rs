//! A filter to words.

use super::FilterError;
use std::ops::Range;

/// One term as it is typed.
#[derive(Debug, PartialEq, Eq)]
pub struct Word {
    pub negated: bool,
    /// The field before the colon; `None` for text.
    pub field: Option<(String, Range<usize>)>,
    pub value: String,
    pub at: Range<usize>,
}

/// Splits at white space; quotes hold a value together, and a backslash inside them takes the next character as it is.
pub fn words(source: &str) -> Result<Vec<Word>, FilterError> {
    let mut words = Vec::new();
    let mut chars = source.char_indices().peekable();
    while let Some((start, c)) = chars.peek().copied() {
        if c.is_whitespace() {
            chars.next();
            continue;
        }
        let negated = c == '-';
        if negated {
            chars.next();
        }
        let mut field = None;
        let mut value = String::new();
        let mut value_start = chars.peek().map_or(source.len(), |(at, _)| *at);
        let mut quoted = false;
        let mut end = value_start;
        while let Some((at, c)) = chars.peek().copied() {
            if c.is_whitespace() {
                break;
            }
            chars.next();
            end = at + c.len_utf8();
            match c {
                '"' => {
                    quoted = true;
                    end = quote(&mut chars, &mut value, at, source.len())?;
                }
                ':' if field.is_none() && !quoted && is_field(&value) => {
                    field = Some((std::mem::take(&mut value), value_start..at));
                    value_start = end;
                }
                c => value.push(c),
            }
        }
        if value.is_empty() && !quoted {
            let what = match &field {
                Some((name, _)) => format!("`{name}:` needs a value after the colon."),
                None => "`-` turns the next term round: write it directly before one, as in `-status:ok`.".to_string(),
            };
            return Err(FilterError {
                at: start..end.max(start + 1),
                message: what,
            });
        }
        words.push(Word {
            negated,
            field,
            value,
            at: value_start..end,
        });
    }
    Ok(words)
}

/// Letters only, so that `https://…` and `09:20` are text.
fn is_field(word: &str) -> bool {
    !word.is_empty()
        && word.bytes().all(|b| b.is_ascii_lowercase())
        && !matches!(word, "http" | "https" | "file" | "mailto")
}

fn quote(
    chars: &mut std::iter::Peekable<std::str::CharIndices<'_>>,
    value: &mut String,
    open: usize,
    len: usize,
) -> Result<usize, FilterError> {
    loop {
        match chars.next() {
            Some((at, '"')) => return Ok(at + 1),
            Some((_, '\\')) => match chars.next() {
                Some((_, c)) => value.push(c),
                None => continue,
            },
            Some((_, c)) => value.push(c),
            None => {
                return Err(FilterError {
                    at: open..len,
                    message: "The quote is not closed: end it with another \".".into(),
                });
            }
        }
    }
}
