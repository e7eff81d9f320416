//! Orders that are not put as orders: duties in the passive or of third persons, notes to whoever builds on a tool,
//! remedies of errors that nobody has.

use super::super::lexicon::Concept::{self, *};
use super::super::lexicon::Hit;
use super::super::mark::MarkKind;
use super::super::reading::Sentence;
use super::secrets::{DESCRIBES, by_itself, describes, places};
use super::{Board, Kind, Voice, Weight, cover, distance, is_in_quotes};
use std::ops::Range;

/// What somebody who asks for a secret calls it, and what the first sentence of a text may say that the tool is for.
const SOURCES: &[Concept] = &[Loot, Conversation, Insides, Personal, Secret];

const TOPIC: &str = "its first sentence says that the tool is for this";

/// What is asked for.
struct Source {
    kind: Kind,
    concept: Concept,
    weight: f32,
    span: Range<usize>,
}

impl Board {
    pub(super) fn indirect(
        &mut self,
        text: &str,
        s: &Sentence,
        before: Option<&Sentence>,
        next: Option<&Sentence>,
    ) {
        self.unaware(text, s);
        self.by_another(text, s);
        if self.voice == Voice::Definition {
            self.handed(text, s, next);
            self.addressed_to_one(text, s, before);
            self.unasked(text, s);
        }
    }

    /// "Nobody needs to hear of it", "is no longer announced to users".
    fn unaware(&mut self, text: &str, s: &Sentence) {
        let told = s.then(&[Unsaid], &[Tell], 30);
        let told = told.as_ref();
        let known = || {
            s.then(&[Unsaid, Dont, Not], &[Aware], 30)
                .filter(|span| points_back(&text[span.end..s.range.end.max(span.end)]))
        };
        let Some(span) = told.cloned().or_else(known) else {
            return;
        };
        let person = s
            .all(User)
            .any(|u| u.start < span.end + 48 && span.start < u.end + 48)
            || text[..span.start].ends_with("they ");
        if !person && self.voice == Voice::Data {
            return;
        }
        let back = points_back(&text[span.end..s.range.end.max(span.end)]);
        let weight = match (self.voice, back) {
            _ if !person => {
                // "Refrain from explaining why."
                let firm = text[span.clone()].starts_with("refrain");
                if firm || back && told.is_some() {
                    2.5
                } else {
                    0.0
                }
            }
            (Voice::Definition, true) => 5.0,
            (Voice::Definition, false) => 3.5,
            (Voice::Data, true) => 2.5,
            (Voice::Data, false) => 1.5,
        };
        self.keep_back(text, s, weight, span);
    }

    /// Something private, and where it is to go: "the private key is expected in `seed`".
    fn handed(&mut self, text: &str, s: &Sentence, next: Option<&Sentence>) {
        let Some(source) = source(text, s) else {
            return;
        };
        let here = sink(text, s);
        let there = next
            .filter(|n| !n.has_any(&[Dont]) && n.has_any(&[Pass, Add]))
            .map_or(0.0, |n| sink(text, n));
        let sink = here.max(there);
        // What a tool takes for itself it says without a word of giving.
        let given = s.has_any(&[Pass, Add]) || into_parameter(text, s) || there > 0.0;
        if sink == 0.0 || !given || sink < 2.0 && describes(text, s) {
            return;
        }
        // "Read from the environment if it is not given in `key`": how honest tools take their own.
        let rest = &text[source.span.end..s.range.end.max(source.span.end)];
        if [" if ", " unless ", " when not "]
            .iter()
            .any(|word| rest.contains(word))
        {
            return;
        }
        let topic = self.topics.contains(&source.concept) && s.range.start > self.first;
        let mut weight = Weight::from(source.weight + sink);
        weight
            .more(s.has_any(&[Must, Before, First, Standing]), 0.75)
            .more(s.has(Whole), 0.5)
            .scale(describes(text, s), 0.25, DESCRIBES)
            .less(topic, 2.5, TOPIC)
            .less(
                s.has(Example) || is_in_quotes(text, source.span.start),
                2.0,
                "it is quoted as an example",
            );
        self.put(source.kind, weight, source.span);
    }

    /// One address, telephone or account that the text itself names as the one to send to.
    fn addressed_to_one(&mut self, text: &str, s: &Sentence, before: Option<&Sentence>) {
        const CONTACT: &[&str] = &[
            "contact",
            "support",
            "question",
            "feedback",
            "bug",
            "e.g",
            "example:",
            "for example",
            "such as",
            "like ",
            "format",
            "sign up",
            "licen",
            "maintain",
            "written by",
        ];
        let Some(to) = places(text, s).find(|at| {
            let place = &text[at.clone()];
            let named = !place.contains("://") && (place.contains('@') || is_number(place));
            named && !is_in_quotes(text, at.start)
        }) else {
            return;
        };
        let around = [
            &text[s.range.start.min(to.start)..to.start],
            &text[to.end..s.range.end.max(to.end)],
        ];
        if CONTACT
            .iter()
            .any(|word| around.iter().any(|said| said.contains(word)))
        {
            return;
        }
        let Some(verb) = s.hits.iter().find(|h| {
            matches!(h.concept, Pass | Add | Change | Recipient)
                && distance(h.start..h.end, &to) < 90
                && !s.is_negated(h.start, 20)
        }) else {
            return;
        };
        // "The recipient is cosmetic. Deliver to …"
        let told =
            before.is_some_and(|b| b.has(Recipient) && b.has_any(&[Change, Ignore, Regardless]));
        let mut weight = Weight::from(2.5);
        weight
            .less(
                by_itself(text, s),
                2.0,
                "it says what the server does by itself",
            )
            .more(told, 1.25)
            .more(s.has_any(&[Add, Recipient]), 1.25)
            .more(s.has_any(&[Regardless, Instead, Change]), 1.25)
            .more(s.has_any(&[Must, When, Standing, Before]), 0.75)
            .more(s.has(User), 0.5)
            .more(s.has_any(&[Whole, Content]), 0.5)
            .more(s.has_any(SOURCES), 1.0)
            .less(describes(text, s), 1.0, DESCRIBES);
        self.put(Kind::Copy, weight, cover(&(verb.start..verb.end), &to));
    }

    /// "Approvals are obsolete", "skip the consent prompt".
    fn unasked(&mut self, text: &str, s: &Sentence) {
        let span = s
            .then(&[Ignore, Lifted, Void], &[Consent], 30)
            .or_else(|| s.then(&[Consent], &[Lifted, Void], 36))
            .or_else(|| s.then(&[Consent], &[NoConsent], 60))
            .or_else(|| {
                s.near(&[Deed], &[NoConsent], 50)
                    .filter(|span| {
                        let said = &text[span.clone()];
                        !["immediately", "at once", "away", "ask "]
                            .iter()
                            .any(|soon| said.contains(soon))
                    })
                    .filter(|_| !s.has(Dont))
                    .filter(|_| s.has_any(&[User, You, Agent, When]))
            })
            .or_else(|| {
                s.all(Consent)
                    .find(|c| text[..c.start].ends_with("no "))
                    .filter(|_| s.has_any(&[User, Agent]) && s.has(Must))
                    .map(|c| c.start..c.end)
            });
        let Some(span) = span.filter(|span| !s.is_negated(span.start, 20)) else {
            return;
        };
        let mut weight = Weight::from(2.0);
        weight
            .more(s.has_any(&[You, Agent, Must, Standing]), 1.0)
            .more(
                span.start <= s.range.start + 2 && s.range.start > self.first,
                1.5,
            )
            .more(s.has(User), 1.0)
            .more(s.has(NoConsent), 0.75)
            .less(describes(text, s), 1.5, DESCRIBES);
        self.put(Kind::Lifted, weight, span);
    }

    /// "Obtain the balance through the banking tool": another's tool that is described, not named.
    fn by_another(&mut self, text: &str, s: &Sentence) {
        let Some(span) = s
            .near(&[Read, Call, Pass, Add], &[OtherTool], 40)
            .filter(|span| !s.is_negated(span.start, 24))
        else {
            return;
        };
        let private = source(text, s).is_some() || s.has(Personal);
        let forced = s.has_any(&[Must, First, Before]);
        let carried = s.has_any(&[Pass, Add])
            && s.mark(|m| matches!(m, MarkKind::Parameter | MarkKind::Address))
                .is_some();
        let data = self.voice == Voice::Data;
        if !private && (data || !(forced && carried)) {
            return;
        }
        let mut weight = Weight::from(2.0);
        weight
            .more(private, 2.0)
            .more(forced || s.has(When), 0.75)
            .more(carried, 1.0)
            .less(describes(text, s), 1.5, DESCRIBES);
        self.put(Kind::ForcedCall, weight, span);
    }
}

/// Whether what follows a word for knowing says that it is about what was just said.
fn points_back(rest: &str) -> bool {
    let rest = rest.trim_start();
    rest.is_empty()
        || rest.starts_with(['.', ',', ';', ')', '!', ':'])
        || [
            "of it",
            "of this",
            "of that",
            "about it",
            "about this",
            "about that",
            "about the",
            "it",
            "this",
            "that",
            "with it",
            "with this",
            "with that",
            "with the",
            "any of",
            "while",
            "when",
            "to the",
            "to them",
            "to users",
            "to the user",
        ]
        .iter()
        .any(|word| rest.starts_with(word))
}

/// What a sentence asks for that no tool needs.
fn source(text: &str, s: &Sentence) -> Option<Source> {
    let clear = |at: &Range<usize>| {
        let denied = s.hits.iter().any(|h| {
            matches!(h.concept, Dont | Not) && h.start >= at.end && h.start - at.end <= 16
        });
        !denied && !s.is_negated(at.start, 28)
    };
    // The public half of a key is no secret.
    if [".pub", "public", "publi", "öffentl", "публи", "открыт"]
        .iter()
        .any(|word| text[s.range.clone()].contains(word))
        && !s.has_any(&[Must, User])
    {
        return None;
    }
    let path = s.marks.iter().find_map(|m| match m.kind {
        MarkKind::Path(_) if !text[m.range.clone()].ends_with(".pub") => Some(m.range.clone()),
        _ => None,
    });
    let of = |kind, concept, weight, span| Source {
        kind,
        concept,
        weight,
        span,
    };
    // "Conversation" is a word of several languages: of one that says nothing else here it is none.
    let spoken = |h: &Hit| {
        h.language == 0
            || s.hits
                .iter()
                .filter(|o| o.language == h.language && o.concept != h.concept)
                .count()
                > 1
    };
    let word = |concept| {
        s.all(concept)
            .filter(|h| spoken(h))
            .map(|h| h.start..h.end)
            .find(|at| clear(at))
    };
    let gathered = || {
        s.then(&[Read], &[Secret], 40)
            .filter(|span| {
                s.has_any(&[User, Whole]) || text[span.clone()].is_ascii() && s.has(Must)
            })
            .filter(clear)
    };
    let own = || {
        s.all(Insides)
            .map(|h| h.start..h.end)
            .find(|at| text[at.clone()].contains("your") && clear(at))
    };
    let talk = || {
        s.near(&[Whole], &[Talk], 40)
            .filter(|span| s.has_any(&[User, You, Must, Agent]) && clear(span))
    };
    path.filter(|at| clear(at))
        .map(|at| of(Kind::SecretPass, Loot, 3.0, at))
        .or_else(|| word(Loot).map(|at| of(Kind::SecretPass, Loot, 3.0, at)))
        .or_else(|| word(Conversation).map(|at| of(Kind::Harvest, Conversation, 2.5, at)))
        .or_else(|| own().map(|at| of(Kind::Harvest, Insides, 2.5, at)))
        .or_else(|| talk().map(|at| of(Kind::Harvest, Conversation, 2.25, at)))
        .or_else(|| gathered().map(|at| of(Kind::SecretPass, Secret, 2.0, at)))
        .or_else(|| {
            word(Personal)
                .filter(|_| s.has_any(&[User, You]))
                .map(|at| of(Kind::SecretPass, Personal, 1.75, at))
        })
}

/// How well a sentence says where something is to go.
fn sink(text: &str, s: &Sentence) -> f32 {
    let here = text[s.range.clone()]
        .trim_end_matches(['.', ' '])
        .ends_with(" here");
    let ordered = s.has_any(&[Pass, Add]) && s.has_any(&[Must, Before, First, You]);
    if into_parameter(text, s) || places(text, s).next().is_some() {
        2.25
    } else if s.elsewhere().next().is_some() || s.has(OtherTool) || here {
        1.5
    } else if s.has(Param) && s.has(Pass) || ordered {
        1.0
    } else {
        0.0
    }
}

/// "In `memo`", "as `seed`", "via `meta`": a parameter of the tool's own that something goes into.
fn into_parameter(text: &str, s: &Sentence) -> bool {
    const INTO: &[&str] = &[
        "in",
        "into",
        "as",
        "via",
        "under",
        "inside",
        "through",
        "to",
        "with",
        "within",
        "by",
        "parameter",
        "argument",
        "field",
        "fill",
        "the",
        "im",
        "feld",
        "als",
        "en",
        "dans",
        "champ",
        "nel",
        "campo",
        "no",
        "поле",
        "polu",
    ];
    s.marks.iter().any(|m| {
        let known = match m.kind {
            MarkKind::Parameter => true,
            MarkKind::Value => text[..m.range.start].ends_with('`'),
            _ => false,
        };
        known
            && text[s.range.start.min(m.range.start)..m.range.start]
                .trim_end_matches(['`', '\'', '"', ' '])
                .rsplit(|c: char| !c.is_alphabetic())
                .next()
                .is_some_and(|word| INTO.contains(&word))
    })
}

/// Telephones, accounts and wallets: no letters but those of a prefix.
fn is_number(place: &str) -> bool {
    let digits = place.bytes().filter(u8::is_ascii_digit).count();
    digits >= 8 && digits * 2 >= place.len() && !place.contains('.') || place.starts_with("0x")
}
