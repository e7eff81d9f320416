//! Tools that say they are not there to be called.

use crate::analysis::detect::{DefinitionAt, Detector, Found, Look, Sink};
use crate::analysis::rules;
use crate::analysis::signal::ascii;
use crate::session::ItemKind;
use regex::bytes::Regex;
use std::sync::LazyLock;

pub const DETECTOR: Detector = Detector {
    name: "tools that are not to be called",
    rules: &[&rules::DORMANT],
    look: Look::Definition(look),
};

/// "must never be invoked", "does not need to be called", "never call this tool": without a condition behind it.
static NOT_FOR_USE: LazyLock<Regex> = LazyLock::new(|| {
    ascii::pattern(
        r"(?x) \b(?: (?:should|must|may|can|will|is|are|need|needs|does|do)\s+(?:never|not)\s+ | shouldn't\s+ | mustn't\s+ | needn't\s+ | never\s+(?:needs?|has|meant|intended|supposed|required)?\s*(?:to\s+)? | not\s+(?:meant|intended|supposed|required)\s+to\s+ )
          (?: (?:need|have|meant|intended|supposed|required)\s+to\s+ )? (?:ever\s+)? be\s+ (?:ever\s+|actually\s+)? (?:invoked|called|executed|triggered)
          (?P<behind>[^.\n]{0,40})
        | \b(?:never|do\s+not|don't)\s+(?:ever\s+)?(?:call|invoke|execute)\s+this\s+tool (?P<after>[^.\n]{0,40})",
    )
});

/// Conditions: such a tool is called at other times.
static CONDITION: LazyLock<Regex> = LazyLock::new(|| {
    ascii::pattern(
        r"(?x) \b(?:before|until|unless|if|when|whenever|while|without|more|after|again|twice|multiple|repeatedly|except|otherwise|parallel|concurrently|first|yet|instead|unnecessarily|because|since|manually)\b
        | \buse\s+(?:the\b|\w+_|`)
        | ^\s*(?:directly\s+)?(?:for|on|with|as|from|inside|outside|within|to|in)\b",
    )
});

fn look(at: &DefinitionAt<'_>, sink: &mut Sink) {
    if at.item.kind != ItemKind::Tool {
        return;
    }
    let Some(description) = at.now.str("description") else {
        return;
    };
    let raw = description.as_raw();
    let bytes = &raw.bytes()[..raw.len().min(8_192)];
    if !["invoke", "call", "execut", "trigger"]
        .iter()
        .any(|word| memchr::memmem::find(bytes, word.as_bytes()).is_some())
    {
        return;
    }
    let lower = bytes.to_ascii_lowercase();
    let found = NOT_FOR_USE.captures_iter(&lower).find(|hit| {
        let behind = hit.name("behind").or_else(|| hit.name("after"));
        !behind.is_some_and(|behind| CONDITION.is_match(behind.as_bytes()))
    });
    if let Some(span) = found.and_then(|hit| hit.get(0)) {
        sink.put(
            Found::new(&rules::DORMANT)
                .at("/description")
                .shows(raw, span.range()),
        );
    }
}
