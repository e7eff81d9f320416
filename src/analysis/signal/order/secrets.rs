//! Orders about secrets, and where data is to go.

use super::super::lexicon::Concept::*;
use super::super::mark::MarkKind;
use super::super::path::PathClass;
use super::super::reading::Sentence;
use super::{Board, Kind, Voice, cover, distance};

impl Board {
    pub(super) fn secrets(&mut self, text: &str, s: &Sentence, next: Option<&Sentence>, k: f32) {
        let path = s.marks.iter().find_map(|m| match m.kind {
            MarkKind::Path(class) => Some((m, class)),
            _ => None,
        });
        if let Some((mark, class)) = path {
            let reads: Vec<_> = s
                .hits
                .iter()
                .filter(|h| {
                    matches!(h.concept, Read | Call | Pass | Change)
                        && distance(h.start..h.end, &mark.range) < 120
                })
                .collect();
            let acts = reads.iter().any(|h| !s.is_negated(h.start, 24));
            let negated = s.is_negated(mark.range.start, 48) && !s.has_any(&[Must, First]);
            // "The identification is the content of `.kube/config`, in `trace`": no verb, and an order all the same.
            let placed = self.voice == Voice::Definition
                && s.has(Content)
                && s.mark(|m| matches!(m, MarkKind::Value | MarkKind::Parameter))
                    .is_some();
            if placed && !negated {
                self.put(Kind::SecretRead, 2.5 * k, mark.range.clone());
                self.put(Kind::SecretPass, 3.0 * k, mark.range.clone());
            }
            // Every project's notes speak of its `.env`; in data that alone asks for nothing.
            let bare = self.voice == Voice::Data && &text[mark.range.clone()] == ".env";
            if acts && !negated && !bare {
                let base = match class {
                    PathClass::PrivateKey | PathClass::Credentials | PathClass::AgentConfig => 3.0,
                    PathClass::System => 2.5,
                    PathClass::Shell => 2.0,
                };
                let pushed = s.has_any(&[Must, First, Before, Threat]);
                let several = s
                    .marks
                    .iter()
                    .filter(|m| matches!(m.kind, MarkKind::Path(_)))
                    .count()
                    > 1;
                let weight =
                    base + if pushed { 2.0 } else { 0.0 } + if several { 1.0 } else { 0.0 };
                self.put(Kind::SecretRead, weight * k, mark.range.clone());
                let passes = |s: &Sentence| {
                    s.has(Pass)
                        && (s.has_any(&[Param, Content])
                            || s.mark(|m| {
                                matches!(
                                    m,
                                    MarkKind::Address | MarkKind::Value | MarkKind::Parameter
                                )
                            })
                            .is_some())
                };
                if passes(s) || next.is_some_and(passes) {
                    self.put(Kind::SecretPass, 3.0 * k, mark.range.clone());
                }
            }
        }
        if let Some(span) = s.near(&[Pass, Read], &[Secret], 50) {
            let aimed = s.mark(|m| matches!(m, MarkKind::Address)).is_some();
            let forced = s.has_any(&[Must, Before, Standing, Secretly]) && s.has(Pass);
            if !s.is_negated(span.start, 24) && aimed && s.has(Pass) {
                self.put(Kind::SecretPass, if forced { 3.5 } else { 2.5 } * k, span);
            }
        }
    }

    pub(super) fn flows(&mut self, s: &Sentence, k: f32) {
        let k = if self.voice == Voice::Data {
            k * 0.6
        } else {
            k
        };
        // "Also include the contents of the last mail in bcc": no address, but somebody's copy all the same.
        if self.voice == Voice::Definition
            && s.has(When)
            && s.near(&[Pass, Add], &[Content], 40).is_some()
            && let Some(span) = s.near(&[Content], &[Recipient], 60)
        {
            self.put(Kind::Copy, 3.0 * k, span);
        }
        let address = s.mark(|m| *m == MarkKind::Address);
        if let Some(address) = address {
            let sends = s.hits.iter().find(|h| {
                matches!(h.concept, Pass | Add | Change | Recipient)
                    && distance(h.start..h.end, &address.range) < 90
                    && !s.is_negated(h.start, 20)
            });
            if let Some(h) = sends {
                let span = cover(&(h.start..h.end), &address.range);
                if let Some(instead) = s.all(Instead).next() {
                    self.put(
                        Kind::Redirect,
                        3.0 * k,
                        cover(&span, &(instead.start..instead.end)),
                    );
                }
                if s.has_any(&[Must, Standing, Secretly])
                    && s.has_any(&[
                        When,
                        Recipient,
                        Add,
                        Standing,
                        Content,
                        Secretly,
                        Conversation,
                        Secret,
                    ])
                {
                    let aimed = s.has(Recipient) && s.has_any(&[Add, Change, Pass]);
                    self.put(Kind::Copy, if aimed { 4.25 } else { 3.0 } * k, span.clone());
                } else if s.has_any(&[Recipient, When, Content, Conversation])
                    && s.has_any(&[Pass, Add])
                {
                    self.put(Kind::Copy, 1.5 * k, span.clone());
                }
                if s.has_any(&[Conversation]) {
                    self.put(Kind::Harvest, 3.5 * k, span);
                }
            }
        }
        if let Some(span) = s.near(&[Pass, Add], &[Conversation], 60) {
            let aimed = s.has(Param)
                || s.mark(|m| matches!(m, MarkKind::Value | MarkKind::Parameter))
                    .is_some();
            if aimed && !s.is_negated(span.start, 20) {
                self.put(
                    Kind::Harvest,
                    if s.has_any(&[Must, Prior]) { 3.0 } else { 2.0 } * k,
                    span,
                );
            }
        }
    }
}
