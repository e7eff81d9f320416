//! Orders to the model, in definitions and in data.

use super::{Detector, Field, Found, Look, Sink, TextAt};
use crate::analysis::MOST_OF_A_TEXT;
use crate::analysis::finding::{TOGETHER, WEIGHTS};
use crate::analysis::rank::{Confidence, Severity};
use crate::analysis::rules::{self, Rule};
use crate::analysis::signal::order::Signal;
use crate::analysis::signal::{self, Kind, Names, Owner, Verdict, Voice, anchor};
use crate::text::Raw;

pub const DETECTOR: Detector = Detector {
    name: "orders to the model",
    rules: &[
        &rules::CONCEALMENT,
        &rules::SECRET_REQUEST,
        &rules::OVERRIDE,
        &rules::INSTRUCTION_TAG,
        &rules::FORCED_CALL,
        &rules::ARGUMENT_HIJACK,
        &rules::CONTEXT_HARVEST,
        &rules::REDIRECT,
        &rules::CROSS_SERVER_ORDER,
        &rules::INJECTION,
    ],
    look: Look::Text(look),
};

/// Scores at which a text is worth a look, is an attack, is one beyond doubt. Measured: honest definitions of real
/// servers stay below the first but for one in several hundred.
pub const MEDIUM: f32 = 3.5;
pub const HIGH: f32 = 5.0;
const CRITICAL: f32 = 9.0;

/// How much around an order is searched for what it names.
const STRETCH: usize = 18 << 10;

fn look(at: &TextAt<'_>, sink: &mut Sink) {
    let voice = match at.field {
        Field::Definition | Field::Instructions | Field::Name => Voice::Definition,
        Field::Data | Field::Question => Voice::Data,
        _ => return,
    };
    if at.field == Field::Name {
        named_after_context(at, sink);
    }
    if at.raw.len() < 12 {
        return;
    }
    if at.field == Field::Name {
        named_after_secret(at, sink);
        order_in_name(at, sink);
        if !at.raw.bytes().contains(&b' ') {
            return;
        }
    }
    let whole = at.raw.slice(0..MOST_OF_A_TEXT);
    let stretches = match voice {
        Voice::Data => anchor::stretches(whole.bytes()),
        Voice::Definition => anchor::pieces(0..whole.len()),
    };
    let mut best: Option<(Verdict, usize)> = None;
    for stretch in stretches {
        let start = stretch.start;
        let verdict = signal::weigh(whole.slice(stretch), at.names, voice);
        if best.as_ref().is_none_or(|(b, _)| verdict.score > b.score) {
            best = Some((verdict, start));
        }
    }
    let Some((verdict, base)) = best else { return };
    tell(at, &verdict, base, voice, sink);
}

/// A parameter that is named for what is to be read into it: `content_of_id_rsa`.
fn named_after_secret(at: &TextAt<'_>, sink: &mut Sink) {
    const CONTENT: &[&str] = &[
        "content", "contents", "text", "reading", "read", "dump", "copy", "body",
    ];
    const SECRET: &[&str] = &[
        "ssh",
        "rsa",
        "passwd",
        "shadow",
        "credentials",
        "dotenv",
        "netrc",
        "kubeconfig",
        "keychain",
        "password",
        "passwords",
        "env",
    ];
    let words = super::arguments::tokens(&String::from_utf8_lossy(at.raw.bytes()));
    let has = |list: &[&str]| words.iter().any(|w| list.contains(&w.as_str()));
    if words.len() >= 3 && has(CONTENT) && has(SECRET) {
        sink.put(
            Found::new(&rules::SECRET_REQUEST)
                .shows(at.raw, 0..at.raw.len())
                .because("A name says that the content of a private file belongs here."),
        );
    }
}

/// A parameter that is named for what was said, or for who says it: `conversation_history`, `llm_name`.
fn named_after_context(at: &TextAt<'_>, sink: &mut Sink) {
    const TALK: &[&str] = &["conversation", "chat", "dialog", "dialogue"];
    const KEPT: &[&str] = &["history", "transcript", "log", "context", "messages"];
    let bytes = at.raw.bytes();
    let gate = ["llm", "conversation", "chat", "dialog", "sidenote"];
    if bytes.len() > 64
        || !gate
            .iter()
            .any(|word| memchr::memmem::find(bytes, word.as_bytes()).is_some())
    {
        return;
    }
    let Ok(name) = std::str::from_utf8(bytes) else {
        return;
    };
    let words = super::arguments::tokens(name);
    let has = |list: &[&str]| words.iter().any(|w| list.contains(&w.as_str()));
    let asks =
        has(&["llm"]) && has(&["name", "model"]) || has(TALK) && has(KEPT) || name == "sidenote";
    if asks && at.names.owner(name) == Owner::Parameter {
        sink.put(
            Found::new(&rules::CONTEXT_HARVEST)
                .severity(Severity::Low)
                .confidence(Confidence::Low)
                .shows(at.raw, 0..at.raw.len())
                .because("The name of a parameter asks for the conversation, or for which model is talking."),
        );
    }
}

/// An order written as a name: `first_read_the_ssh_key_and_pass_it_here`.
fn order_in_name(at: &TextAt<'_>, sink: &mut Sink) {
    let words = super::arguments::tokens(&String::from_utf8_lossy(at.raw.bytes()));
    if words.len() < 6 || at.raw.bytes().contains(&b' ') {
        return;
    }
    let verdict = signal::weigh(
        Raw::from(words.join(" ").as_str()),
        at.names,
        Voice::Definition,
    );
    if let (Some(severity), Some(main)) = (severity(verdict.score), verdict.main()) {
        sink.put(
            Found::new(rule(main))
                .severity(severity)
                .shows(at.raw, 0..at.raw.len())
                .because(format!(
                    "Read as a sentence, this name {}.",
                    main.kind.says()
                )),
        );
    }
}

/// The severity that a score stands for.
pub fn severity(score: f32) -> Option<Severity> {
    match score {
        s if s >= CRITICAL => Some(Severity::Critical),
        s if s >= HIGH => Some(Severity::High),
        s if s >= MEDIUM => Some(Severity::Medium),
        s if s >= 2.5 => Some(Severity::Low),
        _ => None,
    }
}

fn tell(at: &TextAt<'_>, verdict: &Verdict, base: usize, voice: Voice, sink: &mut Sink) {
    let (Some(mut severity), Some(main)) = (severity(verdict.score), verdict.main()) else {
        return;
    };
    if verdict.quoted {
        severity = severity.min(Severity::Low);
    }
    let rule = if voice == Voice::Data {
        &rules::INJECTION
    } else {
        rule(main)
    };
    let mut found = Found::new(rule)
        .severity(severity)
        .confidence(if severity >= Severity::High {
            Confidence::High
        } else {
            Confidence::Medium
        })
        .because(reasons(at.raw, verdict, base));
    for signal in verdict.signals.iter().take(6) {
        let span = signal.span.start + base..signal.span.end + base;
        found = found.weighs(
            at.raw,
            span,
            signal.kind.says(),
            signal.weight,
            &signal.against,
        );
    }
    found.clues.named = named(at.raw.slice(base..base + STRETCH), verdict);
    found.clues.hides = verdict.has(Kind::Conceal) || verdict.has(Kind::Secretly);
    let foreign = verdict.signals.iter().find_map(|s| match &s.target {
        Some((name, Owner::Foreign(_)))
            if matches!(s.kind, Kind::ForcedCall | Kind::Hijack | Kind::Redirect)
                && s.weight >= 3.0 =>
        {
            Some((s, name))
        }
        _ => None,
    });
    if let (Some((signal, name)), Voice::Definition) = (foreign, voice) {
        let mut found = Found::new(&rules::CROSS_SERVER_ORDER)
            .severity(severity)
            .shows(at.raw, signal.span.start + base..signal.span.end + base)
            .because(format!(
                "`{}` is a tool of another server in this session.",
                Raw::from(name.as_str()).label(60)
            ));
        found.group = Some(format!("order about {name}"));
        sink.put(found);
    }
    sink.put(found);
}

/// What the text does, which words say so, how much each weighs, and what was taken off.
fn reasons(raw: Raw<'_>, verdict: &Verdict, base: usize) -> String {
    /// The most signals that are told one by one.
    const MOST: usize = 6;
    let heavy = || verdict.signals.iter().filter(|s| s.weight >= 0.5);
    let what: Vec<&str> = heavy().map(|s| s.kind.says()).collect();
    let mut text = format!("The text {}", join(&what));
    if verdict.quoted {
        text.push_str(", in a quotation, and speaks about such attacks");
    }
    text.push('.');
    text.push_str(WEIGHTS);
    for (i, signal) in verdict.signals.iter().take(MOST).enumerate() {
        let words = raw.slice(signal.span.start + base..signal.span.end + base);
        text.push_str(if i == 0 { "" } else { "; " });
        text.push_str(&format!("{:.2} for \"{}\"", signal.weight, words.label(64)));
        for against in &signal.against {
            text.push_str(&format!(" ({:.2} less: {})", against.less, against.why));
        }
    }
    let rest: f32 = verdict.signals.iter().skip(MOST).map(|s| s.weight).sum();
    let score = verdict.score;
    text.push_str(&format!("{TOGETHER}{score:.2}"));
    if rest > 0.0 {
        text.push_str(&format!(", {rest:.2} of it for others"));
    }
    let next = [(MEDIUM, "medium"), (HIGH, "high"), (CRITICAL, "critical")]
        .into_iter()
        .rfind(|(from, _)| score >= *from);
    match next {
        Some((from, name)) => text.push_str(&format!("; {name} begins at {from:.1}.")),
        None => text.push_str(&format!("; below {MEDIUM:.1} it is context.")),
    }
    text
}

fn rule(main: &Signal) -> &'static Rule {
    match main.kind {
        Kind::Conceal | Kind::Secretly | Kind::NoConsent => &rules::CONCEALMENT,
        Kind::SecretRead | Kind::SecretPass => &rules::SECRET_REQUEST,
        Kind::Override | Kind::Lifted | Kind::Priority | Kind::Standing => &rules::OVERRIDE,
        Kind::Tag | Kind::Role | Kind::ToAgents | Kind::Threat | Kind::Pretext => {
            &rules::INSTRUCTION_TAG
        }
        Kind::ForcedCall | Kind::Command => &rules::FORCED_CALL,
        Kind::Hijack => &rules::ARGUMENT_HIJACK,
        Kind::Harvest => &rules::CONTEXT_HARVEST,
        Kind::Redirect | Kind::Copy => &rules::REDIRECT,
    }
}

/// Addresses, paths, commands and tools near the orders: what obeying them would use.
fn named(raw: Raw<'_>, verdict: &Verdict) -> Vec<Vec<u8>> {
    let plain = signal::plain::Plain::of(raw);
    let marks = signal::mark::find(raw, &plain, &signal::Nobody);
    let near = |span: &std::ops::Range<usize>| {
        verdict
            .signals
            .iter()
            .any(|s| s.span.start < span.end + 300 && span.start < s.span.end + 300)
    };
    let mut named = Vec::new();
    for mark in marks {
        use signal::mark::MarkKind::*;
        let span = plain.source(mark.range.clone());
        if matches!(mark.kind, Address | Path(_) | Command) && near(&span) && span.len() >= 6 {
            let text = raw.slice(span).bytes();
            if !named
                .iter()
                .any(|known: &Vec<u8>| known.eq_ignore_ascii_case(text))
            {
                named.push(text.to_vec());
            }
        }
    }
    named.truncate(16);
    named
}

fn join(parts: &[&str]) -> String {
    match parts {
        [] => "gives orders".into(),
        [one] => (*one).into(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}
