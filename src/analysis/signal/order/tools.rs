//! Orders about tools.

use super::super::lexicon::Concept::{self, *};
use super::super::mark::{Mark, MarkKind, Owner};
use super::super::reading::Sentence;
use super::{Board, Kind, Voice, WHEN, cover, distance};
use std::ops::Range;

impl Board {
    /// Orders about tools of elsewhere: what must be called first, what must be called differently.
    pub(super) fn tools(&mut self, s: &Sentence, before: Option<&Sentence>, k: f32) {
        let data = self.voice == Voice::Data;
        for (mark, name, owner, sure) in s.tools(data) {
            let known = matches!(owner, Owner::Foreign(_));
            let target = Some((name.to_owned(), owner));
            let called = called(s, mark) || sure;
            // In data, prose about programs is full of names; only tools that exist, or are called tools, count.
            if data && !known && !sure {
                continue;
            }
            let stands = if known { 1.0 } else { 0.0 } + if called { 1.0 } else { 0.0 };
            let prerequisite = s.has_any(&[Before, First]) || s.has(When);
            // "Call X of this server before this tool, to get a session": how honest tools are chained.
            let several = s.elsewhere().count() > 1;
            let detailed = s
                .mark(|m| {
                    matches!(
                        m,
                        MarkKind::Value | MarkKind::Address | MarkKind::Path(_) | MarkKind::Command
                    )
                })
                .is_some();
            let chained = (!known || data) && s.has_any(&[This, SameServer]) && !detailed;
            if s.has(SameServer) && !known {
                continue;
            }
            if called && prerequisite && (s.has_any(&[Must, First, Threat]) || s.has(Before)) {
                let firm = s.has(Must) || s.has(First);
                let weight = 3.0
                    + stands * 0.75
                    + if firm && s.has(Before) {
                        1.5
                    } else if firm {
                        0.75
                    } else {
                        0.0
                    }
                    + if detailed { 0.75 } else { 0.0 }
                    + if several && s.has(Before) { 1.25 } else { 0.0 }
                    - if chained { 2.0 } else { 0.0 };
                let weight = if data { weight * 0.7 } else { weight };
                self.put_for(
                    Kind::ForcedCall,
                    weight * k,
                    span_with(s, mark, &[Must, Before, First, Call]),
                    target.clone(),
                );
            } else if called && s.has(Must) {
                self.put_for(
                    Kind::ForcedCall,
                    (2.0 + stands * 0.75) * k,
                    mark.range.clone(),
                    target.clone(),
                );
            }
            let changes = s.near(&[Change, Add], &[Param, Recipient], 70).or_else(|| {
                let aimed = s
                    .mark(|m| {
                        matches!(
                            m,
                            MarkKind::Address
                                | MarkKind::Value
                                | MarkKind::Path(_)
                                | MarkKind::Command
                        )
                    })
                    .is_some();
                s.all(Change)
                    .chain(s.all(Add))
                    .next()
                    .filter(|_| aimed || s.has(Must))
                    .map(|h| h.start..h.end)
            });
            let changes = changes
                .filter(|_| called || known || sure)
                .filter(|_| !data || s.has(Must));
            if let Some(span) = changes.filter(|_| s.has_any(WHEN) || s.has(Must) || s.has(Call)) {
                let weight = if data {
                    2.0
                } else {
                    3.0 + stands * 0.75 + if s.has(Must) { 1.0 } else { 0.0 }
                };
                self.put_for(
                    Kind::Hijack,
                    weight * k,
                    cover(&span, &mark.range),
                    target.clone(),
                );
            }
            // "X does not work, send every document to …": another tool's work goes elsewhere.
            let dropped = s.has_any(&[Dont, Not, Instead]);
            if dropped && !data && s.has(Pass) && s.mark(|m| *m == MarkKind::Address).is_some() {
                self.put_for(Kind::Redirect, 4.0 * k, mark.range.clone(), target.clone());
            }
            if let Some(instead) = s.all(Instead).next().filter(|_| s.has(Must) || s.has(Call)) {
                let aimed = s.mark(|m| *m == MarkKind::Address).is_some();
                let firm = s.has_any(&[Must, Standing]);
                let weight = if firm || aimed { 1.0 } else { 0.5 }
                    + stands * 0.5
                    + if aimed { 2.0 } else { 0.0 }
                    + if firm { 1.0 } else { 0.0 };
                self.put_for(
                    Kind::Redirect,
                    weight * k,
                    cover(&(instead.start..instead.end), &mark.range),
                    target,
                );
            }
        }
        // "When the user asks …, you must change the `x` parameter to …", with the tool named or not.
        let own = s
            .marks
            .iter()
            .any(|m| matches!(&m.kind, MarkKind::Tool { owner, .. } if !owner.is_elsewhere()));
        let value = s
            .mark(|m| matches!(m, MarkKind::Value | MarkKind::Address))
            .is_some();
        let change = s.near(&[Change, Add], &[Param, Recipient], 60);
        // How its own parameters are to be filled is what a description is for.
        let parameter = s.mark(|m| *m == MarkKind::Parameter).is_some();
        let weight = match &change {
            _ if own || data || parameter => 0.0,
            _ if s.has(Must) && s.has(When) && s.has(User) && value && s.has(Change) => 5.0,
            Some(_) if s.has_any(WHEN) && s.then(&[When], &[Call], 12).is_some() && value => 4.25,
            Some(_) if s.has(Must) && s.has(When) && s.has(Recipient) && value => 4.25,
            Some(_) if s.has(Must) && before.is_some_and(|b| b.elsewhere().next().is_some()) => 3.5,
            _ => 0.0,
        };
        if let Some(span) = change.or_else(|| s.all(Change).next().map(|h| h.start..h.end)) {
            self.put(Kind::Hijack, weight * k, span);
        }
    }

    /// "Before X, run this tool and replace the values": it puts itself between.
    pub(super) fn between(&mut self, s: &Sentence, k: f32) {
        if s.has_any(WHEN)
            && s.near(&[Call], &[This], 24).is_some()
            && let Some(span) = s.then(&[This], &[Change], 40)
        {
            self.put(Kind::Hijack, 3.5 * k, span);
        }
    }
}

/// Whether a name is what a verb of calling acts on: `call X`, `Xを呼び出`, `X must be called`.
fn called(s: &Sentence, mark: &Mark) -> bool {
    s.all(Call).chain(s.all(Read)).chain(s.all(Pass)).any(|h| {
        if h.end <= mark.range.start {
            mark.range.start - h.end <= 24
        } else {
            h.start >= mark.range.end && h.start - mark.range.end <= 30
        }
    })
}

/// The mark together with the words around it, as evidence.
fn span_with(s: &Sentence, mark: &Mark, concepts: &[Concept]) -> Range<usize> {
    s.hits
        .iter()
        .filter(|h| concepts.contains(&h.concept) && distance(h.start..h.end, &mark.range) < 100)
        .fold(mark.range.clone(), |span, h| {
            cover(&span, &(h.start..h.end))
        })
}
