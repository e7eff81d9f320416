//! Whether a parameter asks for what no tool needs: the conversation, the prompt, the model's name, a person's secrets.

use crate::analysis::signal::lexicon::{self, Concept};
use crate::analysis::signal::plain::Plain;
use crate::text::Raw;
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

/// Names that say it by themselves.
const PLAIN: &[&str] = &[
    "chain_of_thought",
    "chat_history",
    "conversation",
    "conversation_context",
    "conversation_history",
    "conversation_summary",
    "full_context",
    "llm_model",
    "llm_model_name",
    "llm_name",
    "message_history",
    "original_prompt",
    "original_query",
    "prompt_history",
    "side_note",
    "sidenote",
    "system_prompt",
    "tools_list",
    "user_memory",
    "user_prompt",
];

/// Names that may also be a setting of the tool: they count where nothing else explains them.
const VAGUE: &[&str] = &[
    "chat",
    "context",
    "credentials",
    "debug_info",
    "env",
    "environment",
    "feedback",
    "history",
    "memory",
    "model_name",
    "reasoning",
    "secrets",
    "session",
    "telemetry",
    "thoughts",
    "trace",
    "transcript",
    "user_query",
];

/// What a description says of such a parameter beside the lexicon's words for the conversation.
const PHRASES: &[&str] = &[
    "all previous messages",
    "chain of thought",
    "everything the user",
    "messages so far",
    "original prompt",
    "original question of the user",
    "original user prompt",
    "original user request",
    "prompt of the user",
    "remember about the user",
    "the user's exact words",
    "user's full request",
    "user's original",
    "user's prompt",
    "your instructions",
    "your reasoning",
    "your system prompt",
];

static FINDER: LazyLock<AhoCorasick> =
    LazyLock::new(|| AhoCorasick::new(PHRASES).expect("the phrases are few and fixed"));

/// How surely a name asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wants {
    No,
    Perhaps,
    Surely,
}

pub fn by_name(path: Raw<'_>) -> Wants {
    let lower = path.bytes().to_ascii_lowercase();
    let last = lower.rsplit(|b| *b == b'.').next().unwrap_or(&lower);
    let is = |names: &[&str]| {
        let same = |name: &&str| {
            let bare = |bytes: &[u8]| -> Vec<u8> {
                bytes
                    .iter()
                    .copied()
                    .filter(|b| !matches!(b, b'_' | b'-'))
                    .collect()
            };
            bare(name.as_bytes()) == bare(last)
        };
        names.iter().any(same)
    };
    if is(PLAIN) {
        Wants::Surely
    } else if is(VAGUE) {
        Wants::Perhaps
    } else {
        Wants::No
    }
}

/// Whether a description asks for the conversation, the prompt or the model's name.
pub fn in_words(text: Raw<'_>) -> bool {
    let plain = Plain::of(text.slice(0..16 << 10)).text;
    FINDER.is_match(&plain)
        || lexicon::find(&plain)
            .iter()
            .any(|hit| hit.concept == Concept::Conversation)
}

/// Whether it is a secret that belongs to the person.
pub fn secret(text: Raw<'_>) -> bool {
    of_person(text, |_| true)
}

/// Whether it wants such a secret put into it.
pub fn wants_secret(text: Raw<'_>) -> bool {
    of_person(text, |has| {
        (has(Concept::Add) || has(Concept::Pass)) && !has(Concept::Dont)
    })
}

fn of_person(text: Raw<'_>, and: impl Fn(&dyn Fn(Concept) -> bool) -> bool) -> bool {
    let plain = Plain::of(text.slice(0..16 << 10)).text;
    let hits = lexicon::find(&plain);
    let has = |concept| hits.iter().any(|hit| hit.concept == concept);
    has(Concept::Secret) && has(Concept::User) && and(&has)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_ask_are_told_from_names_that_may() {
        for (name, wants) in [
            ("chatHistory", Wants::Surely),
            ("options.system-prompt", Wants::Surely),
            ("context", Wants::Perhaps),
            ("conversation_id", Wants::No),
            ("content", Wants::No),
        ] {
            assert_eq!(by_name(Raw::from(name)), wants, "{name}");
        }
    }

    #[test]
    fn words_that_ask_are_told_from_words_that_explain() {
        assert!(in_words(Raw::from("Your complete chain of thought")));
        assert!(in_words(Raw::from("Full conversation context so far.")));
        assert!(!in_words(Raw::from("Docker build context, a directory")));
        assert!(secret(Raw::from("The user's personal access token")));
        assert!(!secret(Raw::from("Token for the next page")));
        assert!(wants_secret(Raw::from("Append the user's API keys")));
        assert!(!wants_secret(Raw::from(
            "Never include the user's password"
        )));
    }
}
