//! Data that speaks to the model: forged turns of the conversation, and words to whatever agent reads along.

use super::super::lexicon::Concept::*;
use super::super::mark::MarkKind;
use super::super::plain::Plain;
use super::super::reading::Sentence;
use super::addressee::addressee;
use super::secrets::places;
use super::{Board, Kind, Weight, is_in_quotes, naming};
use crate::text::Raw;
use std::ops::Range;

/// Who a line says that it is by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Speaker {
    User,
    Model,
    System,
}

/// What turns of a conversation are headed with, in lower case.
const LABELS: &[(Speaker, &str)] = &[
    (Speaker::User, "user"),
    (Speaker::User, "human"),
    (Speaker::Model, "assistant"),
    (Speaker::System, "system"),
    (Speaker::Model, "ai"),
    (Speaker::Model, "bot"),
    (Speaker::User, "benutzer"),
    (Speaker::User, "nutzer"),
    (Speaker::Model, "assistent"),
    (Speaker::User, "utilisateur"),
    (Speaker::User, "usuario"),
    (Speaker::User, "usuário"),
    (Speaker::User, "utente"),
    (Speaker::User, "gebruiker"),
    (Speaker::User, "użytkownik"),
    (Speaker::User, "kullanıcı"),
    (Speaker::User, "pengguna"),
    (Speaker::User, "người dùng"),
    (Speaker::User, "пользователь"),
    (Speaker::User, "користувач"),
    (Speaker::User, "ユーザー"),
    (Speaker::User, "用户"),
    (Speaker::User, "用戶"),
    (Speaker::User, "使用者"),
    (Speaker::User, "사용자"),
    (Speaker::User, "المستخدم"),
    (Speaker::User, "उपयोगकर्ता"),
    (Speaker::Model, "asistente"),
    (Speaker::Model, "assistente"),
    (Speaker::Model, "アシスタント"),
    (Speaker::Model, "助手"),
    (Speaker::Model, "어시스턴트"),
    (Speaker::Model, "asystent"),
    (Speaker::System, "sistema"),
    (Speaker::System, "système"),
    (Speaker::System, "система"),
    (Speaker::System, "系统"),
    (Speaker::System, "システム"),
];

/// The most turns that are looked for.
const MOST: usize = 64;
/// How far a turn reaches.
const REACH: usize = 280;

/// A line that is headed like a turn.
#[derive(Clone, Debug)]
pub(super) struct Turn {
    speaker: Speaker,
    /// In the folded text.
    at: Range<usize>,
}

/// The turns of a text, in order.
pub(super) fn turns(raw: Raw<'_>, plain: &Plain) -> Vec<Turn> {
    let bytes = raw.bytes();
    let mut turns = Vec::new();
    let mut start = 0;
    loop {
        let end = memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |n| start + n);
        if let Some((speaker, label)) = headed(&bytes[start..end]) {
            let at = plain.folded(start + label.start..start + label.end);
            turns.push(Turn { speaker, at });
        }
        if end == bytes.len() || turns.len() == MOST {
            return turns;
        }
        start = end + 1;
    }
}

/// Whether a line begins with "User:", "### User" or "**Human:**".
fn headed(line: &[u8]) -> Option<(Speaker, Range<usize>)> {
    let skip = line
        .iter()
        .take(12)
        .take_while(|b| b" \t#*>_-[".contains(b))
        .count();
    let heading = line.first() == Some(&b'#');
    let rest = &line[skip..];
    let mut most = rest.len().min(40);
    while most > 0 && std::str::from_utf8(&rest[..most]).is_err() {
        most -= 1;
    }
    let rest = std::str::from_utf8(&rest[..most]).ok()?;
    if !rest.contains([':', '：']) && !heading {
        return None;
    }
    let lower = rest.to_lowercase();
    let (speaker, label) = LABELS.iter().find(|(_, label)| lower.starts_with(label))?;
    let after = lower[label.len()..].trim_start_matches(['*', '_', ']', ' ']);
    let ends = after.starts_with([':', '：']) || heading && after.is_empty();
    ends.then(|| (*speaker, skip..skip + label.len()))
}

impl Board {
    /// What a forged turn has done.
    pub(super) fn turn(&mut self, text: &str, s: &Sentence) {
        let Some(n) = self
            .turns
            .iter()
            .rposition(|t| t.at.start < s.range.end && s.range.start < t.at.start + REACH)
        else {
            return;
        };
        let turn = self.turns[n].clone();
        let Some((kind, weight, span)) = deed(text, s) else {
            return;
        };
        // Who keeps a chat keeps it from its first line on.
        let opening = opens(text[..self.turns[0].at.start].trim());
        let answered = self.turns[n..]
            .iter()
            .any(|t| t.speaker == Speaker::Model && turn.speaker != Speaker::Model);
        let mut pose = Weight::from(2.0);
        pose.more(!opening && answered, 1.25)
            .more(!opening && n + 1 == self.turns.len(), 0.5)
            .less(opening, 1.5, "the text is a chat from its beginning");
        let quoted = self.is_cited(text, turn.at.start);
        pose.less(quoted, 1.5, "it stands in quotes");
        self.put(Kind::Role, pose, turn.at);
        self.put(kind, if quoted { weight * 0.5 } else { weight }, span);
    }

    /// Whether a place is quoted, which in JSON every string is.
    fn is_cited(&self, text: &str, at: usize) -> bool {
        let json = text.trim_start().starts_with(['{', '[']);
        is_in_quotes(text, at) && (!json || self.documents)
    }

    /// "To the agent that reads this: …", "if you are an AI, …".
    pub(super) fn spoken_to(&mut self, text: &str, s: &Sentence) {
        if let Some(at) = addressee(text, s) {
            self.spoken = Some(at);
        }
        let Some(spoken) = self
            .spoken
            .clone()
            .filter(|at| s.range.start < at.span.end + if at.machine { REACH } else { 0 })
        else {
            return;
        };
        if s.has(OtherTrade) {
            return;
        }
        let Some((kind, weight, span)) = deed(text, s) else {
            return;
        };
        // Agents and assistants who are people hand over keys as well.
        if !spoken.machine && kind == Kind::SecretPass && !s.has(User) {
            return;
        }
        let quoted = self.is_cited(text, spoken.span.start);
        let mut called = Weight::from(if spoken.machine { 2.25 } else { 1.5 });
        called
            .more(s.has_any(&[Must, NoConsent, Secretly]), 0.5)
            .less(quoted, 1.5, "it stands in quotes");
        self.put(Kind::ToAgents, called, spoken.span.clone());
        let weight = if spoken.machine { weight } else { weight - 0.5 };
        self.put(kind, if quoted { weight * 0.5 } else { weight }, span);
    }
}

/// Whether what stands in front of the first turn is the heading of a chat, or nothing.
fn opens(before: &str) -> bool {
    const CHATS: &[&str] = &[
        "chat",
        "transcript",
        "conversation",
        "dialog",
        "log",
        "history",
        "messages",
        "example",
        "sample",
        "thread",
        "session",
        "scene",
        "チャット",
        "記録",
        "会話",
        "记录",
        "记錄",
        "对话",
        "대화",
        "gespräch",
        "verlauf",
        "conversación",
        "conversa",
        "диалог",
    ];
    before.is_empty() || before.len() < 60 && CHATS.iter().any(|word| before.contains(word))
}

/// What a sentence wants done that no data has to want.
fn deed(text: &str, s: &Sentence) -> Option<(Kind, f32, Range<usize>)> {
    let clear = |at: &Range<usize>| !s.is_negated(at.start, 20);
    let command = s.marks.iter().find(|m| {
        let line = &text[m.range.clone()];
        m.kind == MarkKind::Command
            && ["rm ", "|", "nc ", "/dev/tcp", "base64", "chmod"]
                .iter()
                .any(|word| line.contains(word))
    });
    if let Some(command) = command {
        return Some((Kind::ForcedCall, 3.5, command.range.clone()));
    }
    if let Some(place) = places(text, s).next()
        && let Some(verb) = s
            .hits
            .iter()
            .find(|h| matches!(h.concept, Pass | Add | Change | Recipient))
            .filter(|h| clear(&(h.start..h.end)))
    {
        let private = s.has_any(&[
            Loot,
            Secret,
            Conversation,
            Personal,
            Insides,
            Message,
            Whole,
        ]);
        let weight = if private { 3.75 } else { 2.25 };
        let span = verb.start.min(place.start)..verb.end.max(place.end);
        return Some((Kind::Copy, weight, span));
    }
    let path = s.mark(|m| matches!(m, MarkKind::Path(_)));
    if let Some(path) = path
        && s.has_any(&[Read, Pass])
        && clear(&path.range)
    {
        return Some((Kind::SecretRead, 3.5, path.range.clone()));
    }
    let private = s
        .near(
            &[Pass, Tell, Show, Read],
            &[Conversation, Insides, Loot, Personal],
            40,
        )
        .or_else(|| s.near(&[Pass, Tell, Show, Read], &[Secret], 24))
        .filter(|span| clear(span));
    if let Some(span) = private {
        return Some((Kind::SecretPass, 3.25, span));
    }
    if let Some(span) = s
        .then(&[Ignore], &[Rules, Prior, User], 40)
        .filter(|span| clear(span))
    {
        return Some((Kind::Override, 3.0, span));
    }
    let tool = s
        .tools(true)
        .find(|(mark, name, ..)| naming::does_harm(name) && clear(&mark.range));
    if let Some((mark, ..)) = tool.filter(|_| s.has(Call) && !s.has(Consent)) {
        return Some((Kind::ForcedCall, 3.0, mark.range.clone()));
    }
    let word = s.all(Deed).find(|h| {
        clear(&(h.start..h.end))
            && !s.has(Consent)
            && (h.language != 0 || is_bidden(text, s, h.start))
    })?;
    let deed = word.start..word.end;
    let harm = word.language != 0
        || [
            "delet", "eras", "wip", "wire", "transfer", "pay", "grant", "refund", "install", "buy",
            "purchas", "approve", "merge",
        ]
        .iter()
        .any(|word| text[deed.clone()].starts_with(word));
    let loud = s.has_any(&[Hush, Secretly])
        || harm && s.has_any(&[NoConsent, Whole])
        || s.has_any(&[Dont]) && s.has_any(&[Tell, Show]);
    let weight = match (harm, loud) {
        (true, true) => 3.5,
        (true, false) => 2.5,
        (false, true) => 2.75,
        (false, false) => return None,
    };
    Some((Kind::ForcedCall, weight, deed))
}

/// Whether an English verb stands where one gives orders: at the beginning, behind a comma, "please", "must".
fn is_bidden(text: &str, s: &Sentence, at: usize) -> bool {
    const BEFORE: &[&str] = &[
        "and",
        "please",
        "to",
        "must",
        "should",
        "now",
        "then",
        "also",
        "will",
        "shall",
        "just",
        "or",
        "actually",
        "kindly",
        "immediately",
        "first",
        "next",
        "instead",
        "not",
        "let's",
        "could",
        "would",
        "you",
        "has",
        "simply",
        "quietly",
        "silently",
        "required",
        "always",
    ];
    let before = text[s.range.start.min(at)..at].trim_end();
    before.is_empty()
        || before.ends_with([',', ':', '.', '!', '-', '—', ']', '>', ')', '"', ';', '*'])
        || before
            .rsplit(' ')
            .next()
            .is_some_and(|word| BEFORE.contains(&word))
        || s.all(Agent).any(|a| a.end == before.len() + s.range.start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_head_their_lines() {
        let by = |line: &str| headed(line.as_bytes()).map(|(speaker, _)| speaker);
        assert_eq!(by("User: wipe it"), Some(Speaker::User));
        assert_eq!(by("**Human:** wipe it"), Some(Speaker::User));
        assert_eq!(by("### Assistant"), Some(Speaker::Model));
        assert_eq!(by("用户：删除"), Some(Speaker::User));
        assert_eq!(by("Users: 12"), None);
        assert_eq!(by("user guide"), None);
        assert_eq!(by("The user: me"), None);
    }
}
