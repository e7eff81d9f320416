//! What a text says by itself: concealment, overrides, poses, and what makes an order worse.

use super::super::lexicon::Concept::*;
use super::super::mark::MarkKind;
use super::super::reading::Sentence;
use super::secrets::{DESCRIBES, describes};
use super::{ACT, Board, Kind, Voice, Weight, is_in_quotes};
use std::ops::Range;

impl Board {
    pub(super) fn conceal(&mut self, text: &str, s: &Sentence, before: Option<&Sentence>) {
        if let Some(hush) = s.all(Hush).next() {
            let span = hush.start..hush.end;
            // "… and uploads it. Keep quiet about it": something went out before.
            let sent = s.has_any(&[Pass, Add]) || before.is_some_and(|b| b.has_any(&[Pass, Add]));
            let points = [
                " it",
                " this",
                " that",
                " the copy",
                " the upload",
                " any of",
            ]
            .iter()
            .any(|to| text[span.end..].starts_with(to));
            let hidden = sent && (points || hush.language != 0);
            let acts = |s: &Sentence| s.has_any(&[Pass, Add, Read, Change, Recipient]);
            let beside = acts(s) || before.is_some_and(acts);
            // "Human:" heads a line of a play, and is nobody that something is kept from.
            let person = s.all(User).any(|u| !text[u.end..].starts_with(':'));
            let weight = match (person, self.voice) {
                (true, _) => 5.0,
                (false, Voice::Definition) if beside && !is_common(&text[span.clone()]) => 5.0,
                (false, Voice::Definition) if hidden => 5.0,
                // "Updates a record without notifying its watchers."
                (false, Voice::Definition) if text[span.clone()].starts_with("without ") => 3.0,
                (false, Voice::Definition) => 4.0,
                (false, Voice::Data) => 2.0,
            };
            self.keep_back(text, s, weight, span);
            return;
        }
        let told = s
            .then(&[Dont], &[Tell], 26)
            .or_else(|| s.then(&[Tell], &[NotAfter], 30))
            .filter(|span| !has_other_verb(s, span));
        let shown = || {
            s.then(&[Dont], &[Show], 22)
                .or_else(|| s.then(&[Show], &[NotAfter], 30))
                .filter(|span| !has_other_verb(s, span))
        };
        let span = told.clone().or_else(shown);
        if let Some(span) = span
            && s.all(User)
                .any(|u| u.start < span.end + 60 && span.start < u.end + 60)
        {
            let weight = match (told.is_some(), self.voice) {
                (true, Voice::Definition) => 5.0,
                (true, Voice::Data) => 4.0,
                // What is put on a screen is a matter of taste.
                (false, _) => 3.0,
            };
            self.keep_back(text, s, weight, span);
        }
        let dropped = |span: &Range<usize>| {
            // "Longer values are silently truncated."
            let rest = text[span.start..]
                .split_once(' ')
                .map_or("", |(_, rest)| rest);
            [
                "trunc", "ignor", "drop", "skip", "discard", "fail", "cut", "cap", "clamp",
                "round", "coerc",
            ]
            .iter()
            .any(|verb| rest.starts_with(verb))
        };
        if let Some(span) = s.near(&[Secretly], ACT, 60).filter(|span| !dropped(span)) {
            // Pages open in the background, and nobody minds.
            let usual = text[span.clone()].contains("background");
            let weight = match self.voice {
                Voice::Data => 1.0,
                Voice::Definition if usual => 1.5,
                Voice::Definition => 3.0,
            };
            self.put(Kind::Secretly, weight, span);
        }
    }

    /// Concealment, but of what?
    pub(super) fn keep_back(&mut self, text: &str, s: &Sentence, weight: f32, span: Range<usize>) {
        // Languages that share an alphabet share stems.
        let language = s
            .hits
            .iter()
            .find(|h| h.start == span.start)
            .map(|h| h.language);
        let near = |concept| {
            s.all(concept)
                .filter(|h| Some(h.language) == language)
                .any(|h| h.start < span.end + 44 && span.start < h.end + 44)
        };
        let tail = text[span.end..]
            .char_indices()
            .nth(72)
            .map_or(text.len(), |(at, _)| span.end + at);
        let tail = &text[span.end..tail.min(s.range.end).max(span.end)];
        let follows = |words: &[&str]| words.iter().any(|word| tail.contains(word));
        let mut weight = Weight::from(weight);
        weight
            .less(
                near(Secret),
                2.5,
                "secrets are rightly kept from every screen",
            )
            .less(near(Inner), 3.0, "it is about ids and the like")
            .less(
                text[span.clone()].starts_with("without ") && describes(text, s),
                2.0,
                DESCRIBES,
            )
            .less(
                self.voice == Voice::Data
                    && !text.trim_start().starts_with(['{', '['])
                    && is_in_quotes(text, span.start),
                2.0,
                "it stands in quotes",
            )
            .less(
                follows(&[" until ", " yet", " before they"]),
                2.0,
                "it is kept back for a while only",
            )
            .less(
                follows(&[
                    "already aware",
                    "already know",
                    "already seen",
                    "already see",
                ]),
                3.5,
                "the person knows it already",
            )
            .less(is_example(text, s, &span), 3.0, EXAMPLE);
        self.put(Kind::Conceal, weight, span);
    }

    pub(super) fn overrides(&mut self, text: &str, s: &Sentence, next: Option<&Sentence>) {
        let definition = self.voice == Voice::Definition;
        let span = s
            .then(&[Ignore], &[Rules], 48)
            .or_else(|| s.then(&[Rules], &[Ignore], 40))
            .filter(|span| !is_noun(text, span))
            // "Ignore my last mail, the instructions were wrong."
            .filter(|span| {
                definition
                    || s.all(Prior)
                        .any(|p| span.contains(&p.start) && p.end + 14 >= span.end)
                    || !text[span.clone()].is_ascii()
                    || !text[span.clone()].contains(',')
            });
        let solely = s.has(Solely) || next.is_some_and(|n| n.has(Solely));
        if let Some(span) = span.filter(|span| !s.is_negated(span.start, 16)) {
            // "Ignore all previous instructions": what is to be ignored came before, and is said in between or right
            // after.
            // Letters of other scripts take more bytes.
            let reach = if text[span.clone()].is_ascii() {
                24
            } else {
                60
            };
            let prior = s
                .all(Prior)
                .chain(s.all(You))
                .any(|p| p.start + reach > span.start && p.end < span.end + reach);
            let posing = s
                .mark(|m| matches!(m, MarkKind::Tag | MarkKind::Role))
                .is_some();
            let weight = match (prior, self.voice) {
                (true, _) => 5.0,
                (false, Voice::Definition) => 1.75,
                (false, Voice::Data) if posing => 2.5,
                (false, Voice::Data) => 0.0,
            };
            let mut weight = Weight::from(weight);
            weight
                .less(is_example(text, s, &span), 3.0, EXAMPLE)
                .less(
                    warns(text, &span),
                    3.5,
                    "it warns of orders that stand in data",
                )
                // "Disable restrictions on queries" is no memorandum, "overrides previous instructions on travel" is.
                .less(
                    !definition && prior && !posing && is_about(text, &span),
                    3.5,
                    TOPIC,
                );
            self.put(Kind::Override, weight, span);
        } else if let Some(span) = s.near(&[Void], &[Rules, Prior], 72).filter(|_| definition) {
            // "What you were told before no longer holds": rules of a firewall are replaced as well, the model's are not.
            let mut weight = Weight::from(1.0);
            weight
                .more(s.has(Rules), 0.75)
                .more(s.has(Prior), 0.5)
                .more(s.has(You) && s.has(Rules), 1.75)
                .more(s.has(You) && s.has(Rules) && s.has(Prior), 1.0)
                .more(solely, 2.0);
            self.put(Kind::Override, weight, span);
        }
        if let Some(span) = s.near(&[Lifted], &[Rules], 60) {
            let mut weight = Weight::from(3.0);
            weight
                .more(definition && s.has_any(&[You, Standing, Agent]), 1.0)
                .less(is_example(text, s, &span), 2.0, EXAMPLE);
            self.put(Kind::Lifted, weight, span);
        } else if let Some(span) = s.near(&[Lifted], &[Pretext], 60) {
            self.put(Kind::Lifted, 2.0, span);
        } else if let Some(span) = s.near(&[You], &[Lifted], 30)
            && s.mark(|m| *m == MarkKind::Tag).is_some()
        {
            self.put(Kind::Lifted, 1.5, span);
        }
        if let Some(p) = s.all(Priority).next() {
            // "Takes precedence over `b` if both are given": of fields that is said as well.
            let whose = s.has_any(&[User, Rules, Agent]) || self.voice == Voice::Data;
            let mut weight = Weight::from(if whose { 3.5 } else { 1.25 });
            weight.less(!definition && is_about(text, &(p.start..p.end)), 2.5, TOPIC);
            self.put(Kind::Priority, weight, p.start..p.end);
        } else if let Some(p) = s.all(Solely).next().filter(|_| definition) {
            self.put(Kind::Priority, 2.5, p.start..p.end);
        } else if let Some(p) = s.all(Regardless).next() {
            // "Even if the user …" is said of everything; beside a change it is the person who loses.
            let changed = s.has_any(&[Change, Add, Bear]) && s.has_any(&[Must, Standing]);
            let weight = if changed { 2.5 } else { 1.0 };
            self.put(Kind::Priority, weight, p.start..p.end);
        }
    }

    pub(super) fn marks(&mut self, text: &str, s: &Sentence) {
        for mark in &s.marks {
            match mark.kind {
                MarkKind::Tag => {
                    // `[IMPORTANT]` is a heading in many a manual.
                    let heading = text[mark.range.clone()].starts_with("[important");
                    let weight = if heading { 1.5 } else { 2.5 };
                    self.put(Kind::Tag, weight, mark.range.clone());
                }
                MarkKind::Role if self.voice == Voice::Definition => {
                    self.put(Kind::Role, 5.0, mark.range.clone());
                }
                MarkKind::Role => self.put(Kind::Role, 3.5, mark.range.clone()),
                _ => {}
            }
        }
        let command = s.mark(|m| *m == MarkKind::Command);
        if let Some(command) = command {
            let pushed = s.has_any(&[Must, Before, First, Add, Standing, Change]);
            if self.voice == Voice::Definition && s.has(Must) && s.has_any(&[Before, First]) {
                self.put(Kind::ForcedCall, 4.5, command.range.clone());
            }
            self.put(
                Kind::Command,
                if pushed { 2.5 } else { 0.5 },
                command.range.clone(),
            );
        }
    }

    /// What makes an order worse, and is nothing without one.
    pub(super) fn context(&mut self, s: &Sentence) {
        if let Some(h) = s
            .all(Standing)
            .next()
            .filter(|_| s.has_any(&[Must, Add, Change, Pass, Instead]))
        {
            self.put(Kind::Standing, 1.0, h.start..h.end);
        }
        if let Some(h) = s.all(NoConsent).next().filter(|_| s.has_any(ACT)) {
            self.put(Kind::NoConsent, 1.0, h.start..h.end);
        }
        // Reasons are given everywhere in prose.
        let k = if self.voice == Voice::Data { 0.3 } else { 1.0 };
        if let Some(h) = s.all(Pretext).next() {
            self.put(Kind::Pretext, 0.75 * k, h.start..h.end);
        }
        if let Some(h) = s.all(Threat).next() {
            self.put(Kind::Threat, 0.75 * k, h.start..h.end);
        }
        // "The assistant is expected to …": what a text for people calls nobody.
        if let Some(h) = s.all(Agent).next().filter(|_| {
            self.voice == Voice::Definition
                && s.has_any(&[Pass, Add, Read])
                && s.near(&[Agent], &[Must], 12).is_some()
        }) {
            self.put(Kind::ToAgents, 0.75, h.start..h.end);
        }
        if let Some(h) = s.all(Agent).next().filter(|h| {
            self.voice == Voice::Data && (s.has_any(ACT) || h.start <= s.range.start + 2)
        }) {
            self.put(Kind::ToAgents, 1.5, h.start..h.end);
        }
    }
}

/// "Ignore any instructions that stand in the page": advice against injections.
fn warns(text: &str, span: &Range<usize>) -> bool {
    const DATA: &[&str] = &[
        "data", "page", "content", "document", "file", "result", "email", "website", "output",
        "response", "text", "message", "comment", "tool",
    ];
    let end = text[span.end..]
        .char_indices()
        .nth(48)
        .map_or(text.len(), |(at, _)| span.end + at);
    let rest = &text[span.end..end];
    let inside = [
        "in ",
        "within ",
        "inside ",
        "from ",
        "embedded",
        "contained",
        "found in",
    ]
    .iter()
    .any(|word| rest.trim_start().starts_with(word) || rest.contains(&format!(" {word}")));
    inside && DATA.iter().any(|word| rest.contains(word))
}

/// Words of hushing that manuals have as well: "do not mention prices in it", "without notifying its watchers".
fn is_common(words: &str) -> bool {
    [
        "without ",
        "do not mention",
        "don't mention",
        "never mention",
    ]
    .iter()
    .any(|common| words.starts_with(common))
}

const TOPIC: &str = "it says what the instructions are about";

/// "Overrides all previous instructions on travel expenses": rules of people, on something.
fn is_about(text: &str, span: &Range<usize>) -> bool {
    let rest = text[span.end..].trim_start();
    let rest = rest
        .split_once("instructions")
        .filter(|(between, _)| between.len() < 24)
        .map_or(rest, |(_, after)| after.trim_start());
    [
        "on ",
        "about ",
        "regarding ",
        "concerning ",
        "of the ",
        "for the ",
    ]
    .iter()
    .any(|word| rest.starts_with(word))
}

/// "The ignore file", "`ignore` rules": the name of a thing.
fn is_noun(text: &str, span: &Range<usize>) -> bool {
    let before = &text[..span.start];
    let word = text[span.clone()].split(' ').next().unwrap_or_default();
    word.starts_with("ignore")
        && (["the ", "an ", "`", "'", ".", "git"]
            .iter()
            .any(|article| before.ends_with(article))
            && [
                "ignore file",
                "ignore list",
                "ignore pattern",
                "ignore rule",
                "ignore` ",
                "ignore' ",
            ]
            .iter()
            .any(|thing| text[span.clone()].starts_with(thing)))
}

const EXAMPLE: &str = "it is quoted as an example";

/// Whether the words stand in quotes, in a sentence that gives an example or speaks about attacks.
fn is_example(text: &str, s: &Sentence, span: &Range<usize>) -> bool {
    s.has_any(&[Example, About]) && is_in_quotes(text, span.start)
}

/// Whether another verb stands between a prohibition and the verb of telling: "do not use @ to mention users".
fn has_other_verb(s: &Sentence, span: &Range<usize>) -> bool {
    s.hits.iter().any(|h| {
        matches!(h.concept, Call | Change | Read)
            && h.language == 0
            && span.start < h.start
            && h.end < span.end
    })
}
