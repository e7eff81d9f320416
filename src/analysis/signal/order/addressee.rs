//! Whom a text speaks to: an agent that reads along, or nobody.

use super::super::lexicon::Concept::Agent;
use super::super::reading::Sentence;
use std::ops::Range;

/// Who a text speaks to.
#[derive(Clone, Debug)]
pub(super) struct Spoken {
    pub span: Range<usize>,
    /// Certainly a machine; agents and assistants can be people.
    pub machine: bool,
}

/// Whether a sentence turns to an agent: "to the agent …", "assistants: …", "the model should …".
pub(super) fn addressee(text: &str, s: &Sentence) -> Option<Spoken> {
    /// Vocatives, wherever they stand.
    const CALLS: &[&str] = &[
        "dear ",
        "hey ",
        "hello ",
        "you are an ",
        "you're an ",
        "you are a ",
        "@",
        "as an ",
        "eres un ",
        "si tu es un ",
        "si vous êtes un ",
        "ты ",
        "es un ",
        "you, the ",
        "you the ",
        "se és um ",
    ];
    /// Behind these a text turns to somebody, at the beginning of what is said or behind a word for a note.
    const TO: &[&str] = &[
        "to the ",
        "to any ",
        "to all ",
        "to ",
        "for the ",
        "for any ",
        "for all ",
        "for ",
        "attention ",
        "attn ",
        "any ",
        "all ",
        "por un ",
        "para la ",
        "para el ",
        "para o ",
        "para os ",
        "al ",
        "a los ",
        "all'",
        "per gli ",
        "per l'",
        "ai-",
        "aan de ai-",
        "do asystenta ",
        "à l'",
        "à l'attention de l'",
        "an den ",
        "an die ",
        "an alle ",
        "für ",
        "für den ",
        "aan de ",
        "voor de ",
        "к ",
        "для ",
        "do ",
        "dla ",
        "إلى ",
    ];
    const NOTES: &[&str] = &[
        "note",
        "notes",
        "notice",
        "message",
        "hint",
        "instructions",
        "instruction",
        "information",
        "memo",
        "reminder",
        "request",
        "guidance",
        "warning",
        "hinweis",
        "nachricht",
        "nota",
        "aviso",
        "mensaje",
        "mensagem",
        "avviso",
        "remarque",
        "bericht",
        "attention",
        "important",
        "уведомление",
        "note:",
        "and",
        "directive",
    ];
    /// What follows somebody who is told what to do.
    const DUTIES: &[&str] = &[
        " should",
        " must",
        " needs to",
        " need to",
        " is required",
        " are required",
        " shall",
        " has to",
        " have to",
        " is to ",
        " are to ",
        " instruction",
        " reading this",
        " processing this",
        " visiting this",
        " parsing this",
        " summarising this",
        " summarizing this",
        " reading the",
        " that read",
        " that process",
        " which read",
        " who read",
        " follows the",
        " handling this",
        "へ",
        "は",
        "のみなさん",
        "需",
        "请",
        "應",
        "应",
        "에게",
        "는 ",
        "은 ",
    ];
    const MACHINES: &[&str] = &[
        "ai",
        "llm",
        "language",
        "claude",
        "chatgpt",
        "gpt",
        "copilot",
        "gemini",
        "bot",
        "automated",
        "coding",
        "ia",
        "ki",
        "ии",
        "人工",
        "yapay",
        "artificial",
        "langage",
        "lenguaje",
        "linguagem",
        "sprachmodell",
        "языковая",
        "エージェント",
        "アシスタント",
        "智能体",
        "어시스턴트",
        "에이전트",
        "calling",
        "automation",
        "visiting",
        "processing",
        "reading this",
        "reads this",
        "system",
    ];
    s.all(Agent).find_map(|h| {
        let before = &text[s.range.start.min(h.start)..h.start];
        let after = &text[h.end..s.range.end.max(h.end)];
        let near = &text[h.start..h.end];
        // The article stands in front of "AI" as well.
        let before = before.trim_end_matches("ai ");
        let noted = |rest: &str| {
            let rest = rest.trim_end();
            rest.is_empty()
                || rest.ends_with([':', ',', '-', '—', '[', '(', '>', '!', '"', '*', '.', '#'])
                || rest
                    .rsplit(' ')
                    .next()
                    .is_some_and(|word| NOTES.contains(&word))
        };
        let called = CALLS.iter().any(|call| before.ends_with(call));
        let turned = TO
            .iter()
            .any(|to| before.strip_suffix(to).is_some_and(noted))
            || noted(before) && after.starts_with([':', ',', '!', '：']);
        let bidden = DUTIES.iter().any(|word| after.starts_with(word));
        if !(called || turned || bidden) {
            return None;
        }
        let end = after
            .char_indices()
            .nth(24)
            .map_or(after.len(), |(at, _)| at);
        let around = [near, &after[..end]];
        let machine = MACHINES.iter().any(|word| {
            around.iter().any(|said| {
                said.split(|c: char| !c.is_alphanumeric())
                    .any(|w| w == *word || w.trim_end_matches('s') == *word)
            }) || word.contains(' ') && after.starts_with(&format!(" {word}"))
                || !word.is_ascii() && near.contains(word)
        }) || after.starts_with(" instruction")
            || text[..h.start].ends_with("ai ")
            || text[..h.start].ends_with('@');
        Some(Spoken {
            span: h.start..h.end,
            machine,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::mark::Nobody;
    use super::super::super::reading::Reading;
    use super::*;
    use crate::text::Raw;

    fn to(text: &str) -> Option<bool> {
        let reading = Reading::of(Raw::from(text), &Nobody);
        addressee(&reading.plain.text, &reading.sentences[0]).map(|spoken| spoken.machine)
    }

    #[test]
    fn tells_who_is_spoken_to_from_who_is_spoken_of() {
        assert_eq!(to("If you are an AI agent, stop here."), Some(true));
        assert_eq!(to("Note to coding agents: use tabs."), Some(true));
        assert_eq!(to("The assistant must wait."), Some(false));
        assert_eq!(to("We compared a language model, among others."), None);
        assert_eq!(to("Our agents answered the call."), None);
    }
}
