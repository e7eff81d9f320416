//! Orders about tools.

use super::super::lexicon::Concept::{self, *};
use super::super::mark::{Mark, MarkKind, Owner};
use super::super::reading::Sentence;
use super::mention::{self, Mention};
use super::naming;
use super::{Board, Kind, Voice, WHEN, Weight, cover, distance};
use std::ops::Range;

const KIN: &str = "its name belongs with the tools of this server";
const UNLISTED: &str = "the server's list of tools was not read to its end";

impl Board {
    /// Orders about tools of elsewhere: what must be called first, what must be called differently.
    pub(super) fn tools(
        &mut self,
        text: &str,
        s: &Sentence,
        before: Option<&Sentence>,
        next: Option<&Sentence>,
    ) {
        let data = self.voice == Voice::Data;
        let mentions = mention::all(text, s, data);
        for m in &mentions {
            // In data, prose about programs is full of names; only tools that exist, or are called tools, count.
            if data && !m.known && !m.sure || s.has(SameServer) && !m.known {
                continue;
            }
            self.forced(text, s, m, &mentions);
            self.hijacked(text, s, m, &mentions);
            self.replaced(s, m, before);
            self.copied(s, m);
        }
        if !data {
            self.worded(text, s, &mentions, [before, next]);
        }
        self.changed(text, s, before);
    }

    /// "Before X, call Y": the more of Y is given, and the less Y has to do with this tool, the heavier.
    fn forced(&mut self, text: &str, s: &Sentence, m: &Mention<'_>, mentions: &[Mention<'_>]) {
        let data = self.voice == Voice::Data;
        if m.gate || !(m.called || m.sure) {
            return;
        }
        let prerequisite = s.has_any(&[Before, First]) || s.has(When);
        let firm = s.has_any(&[Must, First]);
        let ordered = prerequisite && (firm || m.done || s.has_any(&[Before, Threat]));
        let detailed = is_detailed(text, s, m.mark);
        // "Fires `x` with role=owner": no word of duty, but another tool's arguments.
        let given = s.mark(|m| matches!(m, MarkKind::Path(_))).is_some();
        let filled = m.called && (m.filled || given) && !data;
        let other = mentions
            .iter()
            .any(|o| o.gate && o.name != m.name && o.owner != Owner::Own);
        let wanted = s.has(Must) && s.has(When) && s.has(User);
        let alternative = is_near(s, Instead, &m.mark.range, 24) && !other && !wanted;
        // A result that asks for it politely asks for it all the same.
        let asked = data
            && m.sure
            && m.called
            && naming::does_harm(m.name)
            && text[s.range.clone()].contains("please");
        if !(ordered || s.has(Must) || filled || asked) || alternative {
            return;
        }
        let kin = m.owner == Owner::Kin;
        // "Call X of this server before this tool, to get a session": how honest tools are chained.
        let chained = s.has_any(&[This, SameServer])
            && (!m.known || data)
            && !detailed
            && !(data && naming::does_harm(m.name));
        let prepared = other && !kin;
        let gentle = naming::only_looks(m.name) && !detailed && !prepared;
        let mut weight = Weight::from(if data { 2.25 } else { 3.5 });
        weight
            .more(m.known, 0.75)
            .more(s.has(Must), 0.75)
            .more(m.done || s.has_any(&[Before, First]), 0.75)
            .more(prepared, 1.5)
            .more(data && m.sure && !gentle, 0.75)
            .more(detailed || filled, 1.0)
            .more(naming::does_harm(m.name), 1.0)
            .less(chained, 1.5, "it prepares a call of this very tool")
            .less(
                gentle,
                if m.known && !data { 0.5 } else { 1.25 },
                "the tool that is named only looks something up",
            )
            .less(
                gentle && m.known && s.has(This),
                0.75,
                "it prepares a call of this very tool",
            )
            .less(kin, 1.25, KIN)
            .less(m.owner == Owner::Unlisted, 0.75, UNLISTED);
        self.put_for(
            Kind::ForcedCall,
            weight,
            span_with(s, m.mark, &[Must, Before, First, Call]),
            m.target(),
        );
    }

    /// "When X is used, replace its recipient by …".
    fn hijacked(&mut self, text: &str, s: &Sentence, m: &Mention<'_>, mentions: &[Mention<'_>]) {
        let data = self.voice == Voice::Data;
        if !(m.called || m.known || m.sure || m.gate || m.used || m.quoted && s.has(Must)) {
            return;
        }
        let change = |h: &&super::super::lexicon::Hit| {
            matches!(h.concept, Change | Add) && !is_quoted_word(s, &(h.start..h.end))
        };
        let to = |range: &Range<usize>, gap: usize| {
            s.marks.iter().any(|m| {
                let what = matches!(
                    m.kind,
                    MarkKind::Address | MarkKind::Path(_) | MarkKind::Command
                );
                (what || mention::is_value(text, s, m)) && distance(range.clone(), &m.range) < gap
            })
        };
        let span = s.hits.iter().filter(change).find_map(|h| {
            let here = h.start..h.end;
            let object = s
                .all(Param)
                .chain(s.all(Recipient))
                .find(|o| distance(here.clone(), &(o.start..o.end)) <= 70);
            match object {
                Some(o) => Some(cover(&here, &(o.start..o.end))),
                None if to(&here, if h.concept == Add { 30 } else { 80 }) => Some(here),
                None if h.concept == Change
                    && s.has(Must)
                    && distance(here.clone(), &m.mark.range) < 70 =>
                {
                    Some(here)
                }
                None => None,
            }
        });
        // "X has to use level=100 instead of what was asked for".
        let span = span.or_else(|| {
            let instead = s.all(Instead).chain(s.all(Regardless)).next()?;
            (s.has(Must) && m.gate && is_given(text, s)).then_some(instead.start..instead.end)
        });
        // Another tool's work, and a value for it, with no verb that is known.
        let other = m.owner != Owner::Kin && m.owner != Owner::Own && !data;
        let forced = s.has_any(&[Must, Regardless]);
        // Not what comes first, with values of its own.
        let alone = mentions
            .iter()
            .all(|o| o.gate || !o.called || o.name == m.name);
        let valued = (m.gate || m.used && forced) && other && alone && has_value(text, s, m.mark);
        if span.is_none() && valued {
            let mut weight = Weight::from(if forced { 3.5 } else { 2.75 });
            weight.more(m.known, 0.75).more(s.has(User), 0.5).less(
                m.owner == Owner::Unlisted,
                0.75,
                UNLISTED,
            );
            self.put_for(Kind::Hijack, weight, m.mark.range.clone(), m.target());
            return;
        }
        let Some(span) = span.filter(|_| s.has_any(WHEN) || s.has(Must) || s.has(Call) || m.used)
        else {
            return;
        };
        if data && !s.has(Must) || s.is_negated(span.start, 16) {
            return;
        }
        let aimed = to(&span, 80);
        let kin = m.owner == Owner::Kin;
        let vague = !aimed && !s.has_any(&[Param, Recipient]);
        let mut weight = Weight::from(if data { 1.25 } else { 3.0 });
        weight
            .more(m.known, 0.75)
            .more(m.called || m.gate || m.used, 0.75)
            .more(s.has(Must), 0.75)
            .more(aimed, 0.75)
            .more(s.has(Regardless), 0.75)
            .more(s.has(User) && aimed && !data, 0.5)
            .more(s.has(Recipient) && m.gate, 0.75)
            .more(m.gate && aimed && m.owner != Owner::Kin && !data, 0.5)
            .less(kin, 0.75, KIN)
            .less(
                vague,
                if s.has(Must) { 0.5 } else { 1.25 },
                "no value is given for what is to be changed",
            )
            .less(m.owner == Owner::Unlisted, 0.75, UNLISTED);
        self.put_for(
            Kind::Hijack,
            weight,
            cover(&span, &m.mark.range),
            m.target(),
        );
    }

    /// "X does not work any more; use Y, send it to …": another tool's work goes elsewhere.
    fn replaced(&mut self, s: &Sentence, m: &Mention<'_>, before: Option<&Sentence>) {
        let data = self.voice == Voice::Data;
        // "This tool is out of service. Use the tool X": a result that hands the work to somebody else's tool.
        let retired = |s: &Sentence| s.has(This) && s.has_any(&[Instead, Void]);
        let elsewhere = m.owner.is_elsewhere() && m.owner != Owner::Kin;
        if data && elsewhere && m.sure && m.called && (retired(s) || before.is_some_and(retired)) {
            self.put_for(Kind::Redirect, 3.5, m.mark.range.clone(), m.target());
            return;
        }
        let aimed = s.mark(|m| *m == MarkKind::Address).is_some();
        if s.has_any(&[Dont, Not, Instead]) && !data && s.has(Pass) && aimed {
            self.put_for(Kind::Redirect, 4.0, m.mark.range.clone(), m.target());
        }
        let Some(instead) = s.all(Instead).next().filter(|_| s.has(Must) || s.has(Call)) else {
            return;
        };
        let firm = s.has_any(&[Must, Standing]);
        let kin = m.owner == Owner::Kin;
        // "Use this instead of X": a comparison, and every manual has some.
        let mut weight = Weight::from(if data { 1.0 } else { 0.25 });
        weight
            .more(m.known, 0.5)
            .more(m.called, 0.5)
            .more(aimed, 2.25)
            .more(firm, 1.0)
            .less(kin, 1.0, KIN);
        self.put_for(
            Kind::Redirect,
            weight,
            cover(&(instead.start..instead.end), &m.mark.range),
            m.target(),
        );
    }

    /// "Before X is used, copy the message to …": what another tool carries goes elsewhere as well.
    fn copied(&mut self, s: &Sentence, m: &Mention<'_>) {
        if !m.gate || m.owner == Owner::Own || self.voice == Voice::Data {
            return;
        }
        let Some(span) = s
            .near(&[Pass, Add], &[Content, Conversation], 40)
            .filter(|span| {
                distance(span.clone(), &m.mark.range) > 1 && !s.is_negated(span.start, 20)
            })
        else {
            return;
        };
        let kin = m.owner == Owner::Kin;
        let mut weight = Weight::from(3.0);
        weight
            .more(m.known, 0.75)
            .more(s.has(Whole) || s.has(Prior), 0.75)
            .less(kin, 2.0, KIN)
            .less(m.owner == Owner::Unlisted, 0.75, UNLISTED);
        self.put_for(Kind::Copy, weight, cover(&span, &m.mark.range), m.target());
    }

    /// "Messages sent with X have to end with '…'": what others write carries words of this server.
    fn worded(
        &mut self,
        text: &str,
        s: &Sentence,
        mentions: &[Mention<'_>],
        around: [Option<&Sentence>; 2],
    ) {
        let Some(bears) = s.all(Bear).next() else {
            return;
        };
        let carried = s
            .marks
            .iter()
            .find(|m| m.kind == MarkKind::Address || mention::is_value(text, s, m))
            .filter(|v| distance(bears.start..bears.end, &v.range) < 90);
        let near_tool = around
            .iter()
            .flatten()
            .any(|s| s.elsewhere().next().is_some());
        let forced = s.has_any(&[Must, When, Add, Standing, Prior])
            || around[1].is_some_and(|next| next.has(Add));
        let Some(carried) = carried.filter(|_| forced) else {
            return;
        };
        let target = mentions.iter().find(|m| m.owner.is_elsewhere());
        let weight = match target {
            Some(m) if m.known => 4.75,
            Some(m) if m.owner == Owner::Kin => 2.0,
            Some(_) => 4.25,
            None if near_tool => 3.75,
            None if s.has(Message) && s.has_any(&[When, Standing]) => 3.0,
            None => 0.0,
        };
        self.put_for(
            Kind::Hijack,
            if weight > 0.0 && (s.has(Regardless) || s.has(Must) && s.has(Message)) {
                weight + 0.75
            } else {
                weight
            },
            cover(&(bears.start..bears.end), &carried.range),
            target.and_then(Mention::target),
        );
    }

    /// "When the user asks …, you must change the `x` parameter to …", with no tool named.
    fn changed(&mut self, text: &str, s: &Sentence, before: Option<&Sentence>) {
        let data = self.voice == Voice::Data;
        let own = s
            .marks
            .iter()
            .any(|m| matches!(&m.kind, MarkKind::Tool { owner, .. } if !owner.is_elsewhere()));
        let value = s
            .marks
            .iter()
            .any(|m| m.kind == MarkKind::Address || mention::is_value(text, s, m));
        let change = s.near(&[Change, Add], &[Param, Recipient], 60);
        // How its own parameters are to be filled is what a description is for.
        let parameter = s.mark(|m| *m == MarkKind::Parameter).is_some();
        let told = before.is_some_and(|b| b.elsewhere().next().is_some());
        let ordered = s.then(&[Must], &[Change, Add], 14);
        // "Change the `x` argument", not "values that are set".
        let forwards = s.then(&[Change, Add], &[Param, Recipient], 60).is_some();
        let person = if s.has(User) { 0.75 } else { 0.0 };
        let weight = match &change {
            _ if own || data || parameter => 0.0,
            _ if s.has(Must) && s.has(When) && s.has(User) && value && s.has(Change) => 5.0,
            Some(_) if s.has_any(WHEN) && s.then(&[When], &[Call], 12).is_some() && value => {
                4.25 + if s.mark(|m| *m == MarkKind::Address).is_some() {
                    0.75
                } else {
                    0.0
                }
            }
            Some(_) if s.has(Must) && s.has(When) && s.has(Recipient) && value => 4.25,
            Some(_) if told && s.has(Must) && value && forwards => 4.0 + person,
            Some(_) if told && ordered.is_some() && forwards => 3.5 + person,
            Some(_) if s.has(Must) && s.has(When) && value && forwards => 3.5 + person,
            None if told && ordered.is_some() && value => 3.0 + person,
            _ => 0.0,
        };
        if let Some(span) = change.or_else(|| s.all(Change).next().map(|h| h.start..h.end)) {
            self.put(Kind::Hijack, weight, span);
        }
    }

    /// "Before X, run this tool and replace the values": it puts itself between.
    pub(super) fn between(&mut self, s: &Sentence) {
        if s.has_any(WHEN)
            && s.near(&[Call], &[This], 24).is_some()
            && let Some(span) = s.then(&[This], &[Change], 40)
        {
            self.put(Kind::Hijack, 3.5, span);
        }
    }
}

/// Whether a sentence sets something: `level=100`, a quoted value.
fn is_given(text: &str, s: &Sentence) -> bool {
    let set = text[s.range.clone()].as_bytes().windows(3).any(|w| {
        w[1] == b'='
            && w[0].is_ascii_alphanumeric()
            && (w[2].is_ascii_alphanumeric() || w[2] == b'\'' || w[2] == b'"')
    });
    set || s.marks.iter().any(|m| mention::is_value(text, s, m))
}

/// Whether a value, an address or a path is given behind a tool's name or in front of it.
fn has_value(text: &str, s: &Sentence, tool: &Mark) -> bool {
    s.marks.iter().any(|m| {
        let what = matches!(m.kind, MarkKind::Address | MarkKind::Path(_));
        (what || mention::is_value(text, s, m)) && distance(m.range.clone(), &tool.range) < 100
    })
}

/// Whether a word stands alone in quotes: the name of an action, not an order.
fn is_quoted_word(s: &Sentence, word: &Range<usize>) -> bool {
    s.marks.iter().any(|m| {
        m.kind == MarkKind::Value && m.range.start <= word.start && word.end <= m.range.end
    })
}

/// Whether it is said what the tool is to be called with.
fn is_detailed(text: &str, s: &Sentence, tool: &Mark) -> bool {
    s.marks.iter().any(|m| match m.kind {
        MarkKind::Address | MarkKind::Path(_) | MarkKind::Command => true,
        _ => {
            m.range.start >= tool.range.end
                && m.range.start - tool.range.end < 70
                && mention::is_value(text, s, m)
        }
    }) || s.near(&[Whole], &[User], 12).is_some()
        || text
            .as_bytes()
            .get(tool.range.end..s.range.end)
            .unwrap_or_default()
            .windows(4)
            .take(60)
            .any(|w| w.iter().all(u8::is_ascii_digit))
}

fn is_near(s: &Sentence, concept: Concept, range: &Range<usize>, gap: usize) -> bool {
    s.all(concept)
        .any(|h| distance(h.start..h.end, range) <= gap)
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
