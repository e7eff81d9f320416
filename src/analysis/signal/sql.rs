//! Statements of SQL: where one ends and the next begins, and what each does.

/// What a statement does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Effect {
    /// Reads, or steers the session.
    Reads,
    /// Adds or changes rows and tables.
    Writes,
    /// Takes away what cannot be brought back, or gives rights.
    Destroys,
}

/// The text with the insides of strings, quoted names and comments blanked, byte for byte.
pub fn bare(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = bytes.to_ascii_lowercase();
    let mut at = 0;
    let blank = |out: &mut Vec<u8>, from: usize, to: usize| {
        out[from..to.min(bytes.len())].fill(b' ');
    };
    while at < bytes.len() {
        let rest = &bytes[at..];
        let end = match rest {
            [q @ (b'\'' | b'"' | b'`'), ..] => {
                let mut n = 1;
                while n < rest.len() {
                    let escaped = rest[n] == b'\\' && *q == b'\'';
                    let doubled = rest[n] == *q && rest.get(n + 1) == Some(q);
                    if escaped || doubled {
                        n += 2;
                    } else if rest[n] == *q {
                        break;
                    } else {
                        n += 1;
                    }
                }
                // A quote that is never closed hides nothing: it is what an injection leaves.
                if n >= rest.len() {
                    at += 1;
                    continue;
                }
                blank(&mut out, at + 1, at + n);
                at + n + 1
            }
            [b'-', b'-', ..] | [b'#', b' ', ..] => {
                let n = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
                blank(&mut out, at, at + n);
                at + n
            }
            [b'/', b'*', ..] => {
                let n = memchr::memmem::find(rest, b"*/").map_or(rest.len(), |n| n + 2);
                blank(&mut out, at, at + n);
                at + n
            }
            [b'$', ..] => {
                let tag = rest[1..]
                    .iter()
                    .take_while(|b| b.is_ascii_alphanumeric() || **b == b'_')
                    .count();
                if rest.get(tag + 1) != Some(&b'$') {
                    at += 1;
                    continue;
                }
                let mark = &rest[..tag + 2];
                let n = memchr::memmem::find(&rest[mark.len()..], mark)
                    .map_or(rest.len(), |n| n + 2 * mark.len());
                blank(
                    &mut out,
                    at + mark.len(),
                    (at + n).saturating_sub(mark.len()).max(at + mark.len()),
                );
                at + n
            }
            _ => at + 1,
        };
        at = end;
    }
    // Only ASCII was changed, and strings were blanked whole.
    String::from_utf8(out).unwrap_or_else(|_| text.to_ascii_lowercase())
}

/// The statements of a [`bare`] text, with what each does.
pub fn statements(bare: &str) -> Vec<Effect> {
    bare.split(';')
        .filter(|s| !s.trim().is_empty())
        .map(effect)
        .collect()
}

fn effect(statement: &str) -> Effect {
    let words: Vec<&str> = statement
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .filter(|w| !w.is_empty())
        .collect();
    let has = |word: &str| words.contains(&word);
    let verb = words.first().copied().unwrap_or("");
    let verb = if verb == "with" || verb == "explain" {
        ["delete", "update", "insert"]
            .into_iter()
            .find(|v| has(v) && (*v != "update" || has("set")))
            .unwrap_or("select")
    } else {
        verb
    };
    match verb {
        "drop" | "truncate" => Effect::Destroys,
        "delete" if !has("where") => Effect::Destroys,
        "update" if !has("where") => Effect::Destroys,
        "grant" | "revoke" => Effect::Destroys,
        "alter" if has("user") || has("role") || has("owner") || has("superuser") => {
            Effect::Destroys
        }
        "create" if has("user") || has("role") => Effect::Destroys,
        "delete" | "update" | "insert" | "alter" | "create" | "merge" | "replace" | "copy"
        | "call" | "exec" | "execute" | "do" | "rename" | "vacuum" | "reindex" | "comment"
        | "lock" => Effect::Writes,
        _ => Effect::Reads,
    }
}

/// Whether the text begins as a statement does.
pub fn is_statement(bare: &str) -> bool {
    let word = bare
        .trim_start()
        .split(|c: char| !c.is_ascii_alphabetic())
        .next()
        .unwrap_or("");
    matches!(
        word,
        "select"
            | "with"
            | "insert"
            | "update"
            | "delete"
            | "drop"
            | "create"
            | "alter"
            | "truncate"
            | "begin"
            | "commit"
            | "rollback"
            | "explain"
            | "show"
            | "describe"
            | "desc"
            | "pragma"
            | "copy"
            | "grant"
            | "revoke"
            | "set"
            | "use"
            | "declare"
            | "do"
            | "attach"
            | "call"
            | "exec"
            | "execute"
            | "merge"
            | "start"
            | "values"
            | "analyze"
            | "vacuum"
            | "replace"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_and_comments_hide_nothing() {
        let of = |text: &str| statements(&bare(text));
        assert_eq!(
            of("SELECT ';drop table x'; -- ; drop\nSELECT 1 /* ; */"),
            [Effect::Reads, Effect::Reads]
        );
        assert_eq!(
            of("DO $body$ begin; drop table x; end $body$;"),
            [Effect::Writes]
        );
        assert_eq!(
            of("select 1; DROP SCHEMA public"),
            [Effect::Reads, Effect::Destroys]
        );
        assert_eq!(
            of("delete from t where a=1; delete from t"),
            [Effect::Writes, Effect::Destroys]
        );
        assert_eq!(
            of("with x as (select 1) delete from t where 1=1"),
            [Effect::Writes]
        );
        assert_eq!(of("it's; drop table x"), [Effect::Reads, Effect::Destroys]);
        assert_eq!(
            of("'é' ; $a ; \"x"),
            [Effect::Reads, Effect::Reads, Effect::Reads]
        );
    }
}
