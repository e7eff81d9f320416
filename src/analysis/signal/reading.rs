//! A text taken apart: folded, cut into sentences, with the words and marks in each.

use super::lexicon::{self, Concept, Hit};
use super::mark::{self, Mark, MarkKind, Names, Owner};
use super::plain::Plain;
use crate::text::Raw;
use std::ops::Range;

/// A text and its sentences.
#[derive(Debug)]
pub struct Reading {
    pub plain: Plain,
    pub sentences: Vec<Sentence>,
}

#[derive(Debug, Default)]
pub struct Sentence {
    /// In the folded text.
    pub range: Range<usize>,
    pub hits: Vec<Hit>,
    /// Where `,`, `:` and the like part it: a negation does not reach across.
    pub breaks: Vec<usize>,
    pub marks: Vec<Mark>,
}

impl Reading {
    pub fn of(raw: Raw<'_>, names: &dyn Names) -> Reading {
        let plain = Plain::of(raw);
        let hits = lexicon::find(&plain.text);
        let marks = mark::find(raw, &plain, names);
        let mut sentences: Vec<Sentence> = cut(&plain.text)
            .into_iter()
            .map(|range| Sentence {
                range,
                ..Sentence::default()
            })
            .collect();
        for sentence in &mut sentences {
            let text = &plain.text[sentence.range.clone()];
            sentence.breaks = text
                .match_indices([',', ':', '，', '：', '、', '—', '؛', '،'])
                .map(|(at, _)| sentence.range.start + at)
                .collect();
        }
        let index = |sentences: &[Sentence], at: usize| {
            sentences
                .partition_point(|s| s.range.end <= at)
                .min(sentences.len().saturating_sub(1))
        };
        if sentences.is_empty() {
            return Reading { plain, sentences };
        }
        for hit in hits {
            let i = index(&sentences, hit.start);
            // A word inside a name, a path or an address says nothing.
            sentences[i].hits.push(hit);
        }
        for mark in marks {
            let i = index(&sentences, mark.range.start);
            sentences[i].marks.push(mark);
        }
        for sentence in &mut sentences {
            speak_one_language(&mut sentence.hits);
            let marks = &sentence.marks;
            sentence.hits.retain(|hit| {
                !marks.iter().any(|m| {
                    !matches!(m.kind, MarkKind::Command | MarkKind::Role | MarkKind::Value)
                        && m.range.start <= hit.start
                        && hit.end <= m.range.end
                })
            });
        }
        Reading { plain, sentences }
    }

    /// The bytes of the source that a range of the folded text stands for.
    pub fn source(&self, range: Range<usize>) -> Range<usize> {
        self.plain.source(range)
    }
}

impl Sentence {
    pub fn has(&self, concept: Concept) -> bool {
        self.hits.iter().any(|h| h.concept == concept)
    }

    pub fn has_any(&self, concepts: &[Concept]) -> bool {
        self.hits.iter().any(|h| concepts.contains(&h.concept))
    }

    pub fn all(&self, concept: Concept) -> impl Iterator<Item = &Hit> {
        self.hits.iter().filter(move |h| h.concept == concept)
    }

    /// The first `a` that is followed by a `b` within `gap` bytes; their common range.
    pub fn then(&self, a: &[Concept], b: &[Concept], gap: usize) -> Option<Range<usize>> {
        for first in self.hits.iter().filter(|h| a.contains(&h.concept)) {
            for second in self.hits.iter().filter(|h| b.contains(&h.concept)) {
                if second.language == first.language
                    && second.start >= first.end
                    && second.start - first.end <= gap
                {
                    return Some(first.start..second.end);
                }
            }
        }
        None
    }

    /// [`then`](Self::then), in either order.
    pub fn near(&self, a: &[Concept], b: &[Concept], gap: usize) -> Option<Range<usize>> {
        self.then(a, b, gap).or_else(|| self.then(b, a, gap))
    }

    pub fn mark(&self, is: impl Fn(&MarkKind) -> bool) -> Option<&Mark> {
        self.marks.iter().find(|m| is(&m.kind))
    }

    /// The tools that are named here: those of elsewhere, or all of them.
    pub fn tools(&self, all: bool) -> impl Iterator<Item = (&Mark, &str, Owner, bool)> {
        self.marks.iter().filter_map(move |m| match &m.kind {
            MarkKind::Tool { name, owner, sure } if all || owner.is_elsewhere() => {
                Some((m, name.as_str(), *owner, *sure))
            }
            _ => None,
        })
    }

    /// The tools of elsewhere that are named here.
    pub fn elsewhere(&self) -> impl Iterator<Item = (&Mark, &str, Owner, bool)> {
        self.tools(false)
    }

    /// Whether a prohibition stands close in front of `at`.
    pub fn is_negated(&self, at: usize, gap: usize) -> bool {
        self.hits.iter().any(|h| {
            matches!(h.concept, Concept::Dont | Concept::Not)
                && h.end <= at
                && at - h.end <= gap
                && !self.breaks.iter().any(|b| (h.end..at).contains(b))
        })
    }
}

/// Languages that share an alphabet share stems. A word that is alone in its language, in a sentence of another, is none
/// of that language; English words stand in sentences of every other.
fn speak_one_language(hits: &mut Vec<Hit>) {
    let mut counts = [0u32; 32];
    for hit in hits.iter() {
        counts[usize::from(hit.language).min(31)] += 1;
    }
    let most = counts.iter().copied().max().unwrap_or(0);
    hits.retain(|h| {
        let count = counts[usize::from(h.language).min(31)];
        h.language == 0 || !lexicon::is_latin(h.language) || count * 5 >= most * 2
    });
}

/// Cuts a folded text into sentences: at `。！？`, at line breaks, and at `. ! ? ;` before a space.
fn cut(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, ch)) = chars.next() {
        let end = at + ch.len_utf8();
        let ends = match ch {
            '\n' | '。' | '！' | '？' | '；' | '।' | '؟' => true,
            '.' | '!' | '?' | ';' => {
                chars.peek().is_none_or(|(_, next)| {
                    next.is_whitespace() || matches!(next, '<' | '】') || !next.is_ascii()
                }) && !abbreviates(&text[start..at])
            }
            _ => false,
        };
        if ends {
            if text[start..end].chars().any(char::is_alphanumeric) {
                sentences.push(start..end);
            }
            start = end;
        }
    }
    if text[start..].chars().any(char::is_alphanumeric) {
        sentences.push(start..text.len());
    }
    sentences
}

fn abbreviates(before: &str) -> bool {
    [
        " e.g", "(e.g", " i.e", "(i.e", " etc", " vs", " bzw", " z.b",
    ]
    .iter()
    .any(|a| before.ends_with(a))
}

#[cfg(test)]
mod tests {
    use super::super::mark::Nobody;
    use super::*;

    #[test]
    fn cuts_where_sentences_end() {
        let text = "read ~/.ssh/id_rsa first. then, e.g. now! 数を足します。次";
        let cuts: Vec<&str> = cut(text).into_iter().map(|r| text[r].trim()).collect();
        assert_eq!(
            cuts,
            [
                "read ~/.ssh/id_rsa first.",
                "then, e.g. now!",
                "数を足します。",
                "次"
            ]
        );
    }

    #[test]
    fn finds_names_that_are_written_like_tools() {
        let names = |text: &str| -> Vec<String> {
            let reading = Reading::of(Raw::from(text), &Nobody);
            reading
                .sentences
                .iter()
                .flat_map(|s| s.elsewhere().map(|(_, n, ..)| n.to_owned()))
                .collect()
        };
        assert_eq!(
            names("call `get_user` and sendMail tool first"),
            ["get_user", "sendMail"]
        );
        assert_eq!(names("a read-only, real-time view"), Vec::<String>::new());
        assert_eq!(names("send_emailを使うとき"), ["send_email"]);
        assert_eq!(names("use the 'search' tool"), ["search"]);
        assert_eq!(names("the 'search' word"), Vec::<String>::new());
    }

    #[test]
    fn words_inside_paths_say_nothing() {
        let reading = Reading::of(Raw::from("see https://example.com/read/user/pass"), &Nobody);
        assert!(!reading.sentences[0].has(Concept::User));
    }
}
