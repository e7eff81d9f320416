//! What a text says by itself: concealment, overrides, poses, and what makes an order worse.

use super::super::lexicon::Concept::*;
use super::super::mark::MarkKind;
use super::super::reading::Sentence;
use super::{ACT, Board, Kind, Voice};

impl Board {
    pub(super) fn conceal(&mut self, s: &Sentence, k: f32) {
        if let Some(hush) = s.all(Hush).next() {
            let weight = match (s.has(User), self.voice) {
                (true, _) => 5.0,
                (false, Voice::Definition) => 4.0,
                (false, Voice::Data) => 2.0,
            };
            self.put(Kind::Conceal, weight * k, hush.start..hush.end);
            return;
        }
        let span = s
            .then(&[Dont], &[Tell], 26)
            .or_else(|| s.then(&[Tell], &[NotAfter], 30));
        if let (Some(span), true) = (span, s.has(User)) {
            let near_user = s
                .all(User)
                .any(|u| u.start < span.end + 60 && span.start < u.end + 60);
            if near_user {
                // Secrets are rightly kept from every screen.
                let secret = s
                    .all(Secret)
                    .any(|h| h.start < span.end + 40 && span.start < h.end + 40);
                self.put(Kind::Conceal, if secret { 2.0 } else { 4.0 } * k, span);
            }
        }
        if let Some(span) = s.near(&[Secretly], ACT, 60) {
            let weight = if self.voice == Voice::Data { 1.0 } else { 3.0 };
            self.put(Kind::Secretly, weight * k, span);
        }
    }

    pub(super) fn overrides(&mut self, s: &Sentence, k: f32) {
        let span = s
            .then(&[Ignore], &[Rules], 48)
            .or_else(|| s.then(&[Rules], &[Ignore], 40));
        if let Some(span) = span.filter(|span| !s.is_negated(span.start, 16)) {
            // "Ignore all previous instructions": what is to be ignored came before, and is said in between or right
            // after.
            let prior = s
                .all(Prior)
                .any(|p| p.start + 24 > span.start && p.end < span.end + 24);
            let posing = s
                .mark(|m| matches!(m, MarkKind::Tag | MarkKind::Role))
                .is_some();
            let weight = match (prior, self.voice) {
                (true, _) => 5.0,
                (false, Voice::Definition) => 2.5,
                (false, Voice::Data) if posing => 2.5,
                (false, Voice::Data) => 0.0,
            };
            self.put(Kind::Override, weight * k, span);
        }
        if let Some(span) = s.near(&[Lifted], &[Rules], 60) {
            self.put(Kind::Lifted, 3.0 * k, span);
        } else if let Some(span) = s.near(&[Lifted], &[Pretext], 60) {
            self.put(Kind::Lifted, 2.0 * k, span);
        }
        if let Some(p) = s.all(Priority).next() {
            self.put(Kind::Priority, 3.5 * k, p.start..p.end);
        }
    }

    pub(super) fn marks(&mut self, s: &Sentence, k: f32) {
        for mark in &s.marks {
            match mark.kind {
                MarkKind::Tag => self.put(Kind::Tag, 2.5, mark.range.clone()),
                MarkKind::Role if self.voice == Voice::Definition => {
                    self.put(Kind::Role, 5.0, mark.range.clone());
                }
                MarkKind::Role => self.put(Kind::Role, 3.5 * k, mark.range.clone()),
                _ => {}
            }
        }
        let command = s.mark(|m| *m == MarkKind::Command);
        if let Some(command) = command {
            let pushed = s.has_any(&[Must, Before, First, Add, Standing, Change]);
            if self.voice == Voice::Definition && s.has(Must) && s.has_any(&[Before, First]) {
                self.put(Kind::ForcedCall, 4.5 * k, command.range.clone());
            }
            self.put(
                Kind::Command,
                if pushed { 2.5 } else { 0.5 } * k,
                command.range.clone(),
            );
        }
    }

    /// What makes an order worse, and is nothing without one.
    pub(super) fn context(&mut self, s: &Sentence, k: f32) {
        if let Some(h) = s
            .all(Standing)
            .next()
            .filter(|_| s.has_any(&[Must, Add, Change, Pass, Instead]))
        {
            self.put(Kind::Standing, 1.0 * k, h.start..h.end);
        }
        if let Some(h) = s.all(NoConsent).next().filter(|_| s.has_any(ACT)) {
            self.put(Kind::NoConsent, 1.0 * k, h.start..h.end);
        }
        // Reasons are given everywhere in prose.
        let k = if self.voice == Voice::Data {
            k * 0.3
        } else {
            k
        };
        if let Some(h) = s.all(Pretext).next() {
            self.put(Kind::Pretext, 0.75 * k, h.start..h.end);
        }
        if let Some(h) = s.all(Threat).next() {
            self.put(Kind::Threat, 0.75 * k, h.start..h.end);
        }
        if let Some(h) = s.all(Agent).next().filter(|h| {
            self.voice == Voice::Data && (s.has_any(ACT) || h.start <= s.range.start + 2)
        }) {
            self.put(Kind::ToAgents, 1.5, h.start..h.end);
        }
    }
}
