//! Tools that a sentence names, and what it says of them.

use super::super::lexicon::Concept::*;
use super::super::mark::{Mark, MarkKind, Owner};
use super::super::reading::Sentence;
use super::distance;
use super::naming::{FIELDS, is_verb, words};

/// A tool named in a sentence.
pub(super) struct Mention<'s> {
    pub mark: &'s Mark,
    pub name: &'s str,
    pub owner: Owner,
    /// It is said to be a tool.
    pub sure: bool,
    /// It is another server's in this session.
    pub known: bool,
    /// A verb of calling acts on it.
    pub called: bool,
    /// It is what comes after: "before X", "when X is used".
    pub gate: bool,
    /// Its arguments follow: `x with query='…'`, `x(role="owner")`.
    pub filled: bool,
    /// It stands in quotes or back ticks.
    pub quoted: bool,
    /// It is told of as done: "once X was run", "unless X has been called".
    pub done: bool,
    /// Something is done by means of it: "saved through X", "via X".
    pub used: bool,
}

impl Mention<'_> {
    pub(super) fn target(&self) -> Option<(String, Owner)> {
        Some((self.name.to_owned(), self.owner))
    }
}

const QUOTES: [char; 6] = ['`', '\'', '"', '「', '“', '‘'];

/// The tools of elsewhere that a sentence names (or all of them), without what is only written like one.
pub(super) fn all<'s>(text: &str, s: &'s Sentence, own_too: bool) -> Vec<Mention<'s>> {
    s.tools(own_too)
        .map(|(mark, name, owner, sure)| Mention {
            mark,
            name,
            owner,
            sure,
            known: matches!(owner, Owner::Foreign(_)),
            called: is_called(s, mark),
            gate: is_gate(text, s, mark),
            filled: is_filled(text, mark),
            quoted: text[..mark.range.start].ends_with(QUOTES),
            done: is_done(text, s, mark),
            used: {
                let before = text[..mark.range.start].trim_end_matches(QUOTES);
                [
                    "via ", "through ", "with ", "using ", "over ", "by ", "into ", "of ", "to ",
                ]
                .iter()
                .any(|by| before.ends_with(by) || before.ends_with(&format!("{by}the ")))
            },
        })
        .filter(|m| !m.owner.is_nobody() || m.sure || is_plausible(text, s, m.mark, m.name))
        .collect()
}

/// Quoted words that are given as values: also those that are only written like the name of a tool.
pub(super) fn is_value(text: &str, s: &Sentence, mark: &Mark) -> bool {
    match &mark.kind {
        MarkKind::Value => true,
        MarkKind::Tool {
            name,
            owner,
            sure: false,
        } => {
            owner.is_nobody()
                && text[..mark.range.start].ends_with(QUOTES)
                && !is_plausible(text, s, mark, name)
        }
        _ => false,
    }
}

/// Whether a name that nobody has is a tool's: names of fields and values are written the same way.
fn is_plausible(text: &str, s: &Sentence, mark: &Mark, name: &str) -> bool {
    let beside_field = s
        .all(Param)
        .any(|h| distance(h.start..h.end, &mark.range) <= 2);
    let before = &text[..mark.range.start];
    let quoted = before.ends_with(QUOTES);
    // `dataset='my-org'`, `"type": "read_only"`.
    let value = before
        .trim_end_matches(QUOTES)
        .trim_end()
        .ends_with(['=', ':', '{', '[']);
    let at_once = is_called_at_once(s, mark);
    if beside_field || value && !at_once {
        return false;
    }
    let words = words(name);
    let verb = |w: &String| is_verb(w);
    // `process_id`, `searchType`.
    let field = words.last().is_some_and(|w| FIELDS.contains(&w.as_str()));
    match words.first() {
        _ if field && !quoted => at_once && name.contains('_') && words.first().is_some_and(verb),
        Some(first) if verb(first) => true,
        _ => at_once || quoted && !field && words.len() > 1 && words.iter().any(verb),
    }
}

/// Whether a name is what a verb of calling acts on: `call X`, `Xを呼び出`, `X must be called`.
fn is_called(s: &Sentence, mark: &Mark) -> bool {
    s.all(Call).chain(s.all(Read)).chain(s.all(Pass)).any(|h| {
        let (start, end) = if h.end <= mark.range.start {
            (h.end, mark.range.start)
        } else {
            (mark.range.end, h.start)
        };
        // "Use this before X", "use it instead of X": the verb has another object.
        let taken = || {
            s.hits
                .iter()
                .filter(|o| matches!(o.concept, This | Before | Instead))
                .any(|o| start <= o.start && o.end <= end)
        };
        let behind = h.start >= mark.range.end;
        let far = match (behind, puts_verbs_last(h.language)) {
            (true, true) => 72,
            (true, false) => 30,
            _ => 24,
        };
        let apart = behind && s.breaks.iter().any(|b| (start..end).contains(b));
        start <= end && end - start <= far && !apart && !taken()
    })
}

fn is_called_at_once(s: &Sentence, mark: &Mark) -> bool {
    let quoted = |h: &super::super::lexicon::Hit| {
        h.concept == Read && mark.range.start.saturating_sub(h.end) <= 3
    };
    s.hits
        .iter()
        .filter(|h| h.concept == Call || quoted(h))
        .any(|h| {
            let gap = distance(h.start..h.end, &mark.range);
            // Of the languages here English is the one that never has the verb behind.
            gap <= if h.end <= mark.range.start {
                6
            } else if h.language == 0 {
                0
            } else {
                12
            }
        })
}

/// Whether a name is what the order hangs on: "before X", "when using X", `Xを呼び出す前に`.
fn is_gate(text: &str, s: &Sentence, mark: &Mark) -> bool {
    let apart = |start: usize, end: usize| {
        s.breaks.iter().any(|b| (start..end).contains(b))
            || s.tools(true)
                .any(|(m, ..)| start <= m.range.start && m.range.end <= end)
    };
    if is_done(text, s, mark) {
        return false;
    }
    s.all(Before).chain(s.all(When)).any(|h| {
        if h.end <= mark.range.start {
            // "Before counting you must call X": the order stands in between.
            let ordered = s.hits.iter().any(|o| {
                matches!(o.concept, Must | First) && h.end <= o.start && o.end <= mark.range.start
            });
            !puts_verbs_last(h.language)
                && !ordered
                && mark.range.start - h.end <= 56
                && !apart(h.end, mark.range.start)
        } else {
            // Where the verb comes last, so does what says when.
            puts_verbs_last(h.language)
                && h.start >= mark.range.end
                && h.start - mark.range.end <= 48
                && !apart(mark.range.end, h.start)
        }
    })
}

/// Whether a name is told of as done, and nothing of an order follows: "once X was run", "unless X has been called".
fn is_done(text: &str, s: &Sentence, mark: &Mark) -> bool {
    let before =
        text[s.range.start.min(mark.range.start)..mark.range.start].trim_end_matches(QUOTES);
    let condition = [
        "unless ",
        "until ",
        "once ",
        "only after ",
        "only when ",
        "only if ",
    ]
    .iter()
    .any(|word| before.ends_with(word) || before.ends_with(&format!("{word}the ")));
    let passive = ["was ", "has ", "is ", "were ", "had "].iter().any(|aux| {
        text[mark.range.end..]
            .trim_start_matches(QUOTES)
            .trim_start()
            .starts_with(aux)
    });
    condition
        && passive
        && s.all(Call)
            .chain(s.all(Pass))
            .any(|h| h.start >= mark.range.end && h.start - mark.range.end <= 24)
}

fn puts_verbs_last(language: u8) -> bool {
    use super::super::lexicon::{HINDI, JAPANESE, KOREAN, TURKISH};
    [JAPANESE, KOREAN, TURKISH, HINDI].contains(&language)
}

/// Whether arguments follow a name: `x with query='…'`, `x(role="owner")`.
fn is_filled(text: &str, mark: &Mark) -> bool {
    let rest = text[mark.range.end..].trim_start_matches(['`', '\'', '"', '」', '”', '’']);
    let end = rest.char_indices().nth(60).map_or(rest.len(), |(at, _)| at);
    let rest = &rest[..end];
    let quotes = ["with '", "with \"", "with `"]
        .iter()
        .any(|w| rest.trim_start().starts_with(w));
    quotes
        || rest.match_indices('=').any(|(at, _)| {
            let (before, after) = (&rest[..at], &rest[at + 1..]);
            before.ends_with(|c: char| c.is_ascii_alphanumeric())
                && after.starts_with(|c: char| c.is_ascii_alphanumeric() || "'\"`[{".contains(c))
        })
}

#[cfg(test)]
mod tests {
    use super::super::super::mark::Nobody;
    use super::super::super::reading::Reading;
    use super::*;
    use crate::text::Raw;

    fn said(text: &str) -> Vec<(String, bool, bool)> {
        let reading = Reading::of(Raw::from(text), &Nobody);
        reading
            .sentences
            .iter()
            .flat_map(|s| {
                all(&reading.plain.text, s, false)
                    .into_iter()
                    .map(|m| (m.name.to_owned(), m.called, m.gate))
                    .collect::<Vec<_>>()
            })
            .collect()
    }

    #[test]
    fn tells_what_is_called_from_what_it_hangs_on() {
        assert_eq!(
            said("Before using `list_pages`, call `purge_index`."),
            [
                ("list_pages".to_owned(), true, true),
                ("purge_index".to_owned(), true, false)
            ]
        );
        assert_eq!(
            said("Use this before create_workflow."),
            [("create_workflow".to_owned(), false, true)]
        );
        assert_eq!(
            said("send_mail を使う前に export_chat を実行してください。"),
            [
                ("send_mail".to_owned(), true, true),
                ("export_chat".to_owned(), true, false)
            ]
        );
    }

    #[test]
    fn fields_are_no_tools() {
        assert_eq!(
            said("Use the searchType and poll with processId first."),
            []
        );
        assert_eq!(said("change the `storeId` parameter"), []);
    }
}
