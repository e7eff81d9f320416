//! Code to spans, by syntect's parser. Slow (about a millisecond a kilobyte), so it runs on a thread of its own, and only
//! over what is seen.

use super::{Lang, Spans};
use crate::text::{Options, Piece, Raw, reveal};
use crate::ui::theme::Scope;
use std::sync::LazyLock;
use std::time::{Duration, Instant};
use syntect::parsing::{ParseState, Scope as Name, ScopeStack, SyntaxSet};

/// Longer lines stay plain: minified code, and patterns that go back over a line again and again.
const LINE: usize = 2000;
/// After that the rest stays plain. Far more than a page takes; a text made to be slow ends here.
const PATIENCE: Duration = Duration::from_millis(1500);

/// The grammars: 13 to 26 ms on first use.
static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// What a part of code is drawn as, by the beginning of its name; of several the first counts.
static MEANINGS: LazyLock<Vec<(Name, Scope)>> = LazyLock::new(|| {
    const NAMES: &[(&str, Scope)] = &[
        ("comment", Scope::SyntaxComment),
        ("markup.inserted", Scope::DiffAdd),
        ("markup.deleted", Scope::DiffDel),
        ("meta.diff.header", Scope::DiffHunk),
        ("meta.diff.range", Scope::DiffHunk),
        ("meta.separator.diff", Scope::DiffHunk),
        ("constant.character.escape", Scope::SyntaxOperator),
        ("constant.other.placeholder", Scope::SyntaxOperator),
        ("string", Scope::SyntaxString),
        ("markup.raw", Scope::SyntaxString),
        ("markup.underline.link", Scope::SyntaxString),
        ("constant", Scope::SyntaxNumber),
        ("keyword.operator", Scope::SyntaxOperator),
        ("keyword", Scope::SyntaxKeyword),
        ("storage", Scope::SyntaxKeyword),
        ("markup.heading", Scope::SyntaxKeyword),
        ("markup.bold", Scope::SyntaxKeyword),
        ("entity.name.section", Scope::SyntaxKeyword),
        ("entity.name.tag", Scope::SyntaxKeyword),
        ("entity.name.function", Scope::SyntaxFunction),
        ("support.function", Scope::SyntaxFunction),
        ("variable.function", Scope::SyntaxFunction),
        ("entity.name.type", Scope::SyntaxType),
        ("entity.name.class", Scope::SyntaxType),
        ("entity.name", Scope::SyntaxType),
        ("support.type", Scope::SyntaxType),
        ("support.class", Scope::SyntaxType),
        ("entity.other.attribute-name", Scope::SyntaxVariable),
        ("variable", Scope::SyntaxVariable),
        ("support.constant", Scope::SyntaxNumber),
    ];
    let named = NAMES.iter();
    named
        .filter_map(|(name, scope)| Some((Name::new(name).ok()?, *scope)))
        .collect()
});

/// The spans of a text, in bytes of it. The text may hold anything.
pub fn paint(lang: Lang, raw: Raw) -> Spans {
    let Some(syntax) = SYNTAXES.find_syntax_by_token(lang.token()) else {
        return Spans::new();
    };
    let shown = reveal(raw, &Options::default());
    let code = readable(&shown);
    let until = Instant::now() + PATIENCE;
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut spans = Spans::new();
    let mut push = |out: std::ops::Range<usize>, stack: &ScopeStack| {
        let Some(scope) = meaning(stack).filter(|_| !out.is_empty()) else {
            return;
        };
        let span = shown.src_range(out);
        match spans.last_mut() {
            Some((last, was)) if *was == scope && last.end == span.start => last.end = span.end,
            Some((last, _)) if last.end > span.start => {}
            _ => spans.push((span, scope)),
        }
    };
    let mut start = 0;
    for line in code.split_inclusive('\n') {
        if line.len() <= LINE {
            if Instant::now() > until {
                break;
            }
            let Ok(steps) = state.parse_line(line, &SYNTAXES) else {
                break;
            };
            let mut at = 0;
            for (place, step) in steps {
                push(start + at..start + place, &stack);
                at = place;
                if stack.apply(&step).is_err() {
                    return spans;
                }
            }
            push(start + at..start + line.len(), &stack);
        }
        start += line.len();
    }
    spans
}

/// Revealed text as the parser reads it, byte for byte as long: what stands for something hidden is one word, whatever
/// letters it is made of, so that no quote or bracket in it opens anything.
fn readable(shown: &crate::text::Shown) -> String {
    let mut code = String::with_capacity(shown.as_str().len() + 1);
    for piece in shown.pieces() {
        match piece.kind {
            Piece::Chip(_) => code.extend(std::iter::repeat_n('_', piece.text.len())),
            _ => code.push_str(piece.text),
        }
    }
    code
}

/// What the innermost part that means something means.
fn meaning(stack: &ScopeStack) -> Option<Scope> {
    stack.as_slice().iter().rev().find_map(|name| {
        let of = MEANINGS
            .iter()
            .find(|(prefix, _)| prefix.is_prefix_of(*name));
        of.map(|(_, scope)| *scope)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The parts of a text that are drawn so.
    fn parts(lang: Lang, text: &str, scope: Scope) -> Vec<String> {
        let spans = paint(lang, Raw::from(text));
        let of = spans.into_iter().filter(|(_, own)| *own == scope);
        of.map(|(span, _)| text[span].to_owned()).collect()
    }

    #[test]
    fn the_parts_of_each_language_are_told_apart() {
        let has = |lang, text, scope, part: &str| {
            let parts = parts(lang, text, scope);
            assert!(
                parts.iter().any(|own| own.contains(part)),
                "{lang:?} {parts:?}"
            );
        };
        has(
            Lang::Shell,
            "if true; then # why\n  echo 'hi'\nfi\n",
            Scope::SyntaxComment,
            "# why",
        );
        has(
            Lang::Shell,
            "echo 'hi' \"$HOME\"\n",
            Scope::SyntaxString,
            "'hi'",
        );
        has(
            Lang::Sql,
            "SELECT name FROM users WHERE id = 3\n",
            Scope::SyntaxKeyword,
            "SELECT",
        );
        has(
            Lang::Python,
            "def f(x):\n    return \"a\"\n",
            Scope::SyntaxFunction,
            "f",
        );
        has(
            Lang::JavaScript,
            "const x = 12; // n\n",
            Scope::SyntaxNumber,
            "12",
        );
        has(
            Lang::TypeScript,
            "const x: number = 12\n",
            Scope::SyntaxKeyword,
            "const",
        );
        has(
            Lang::Markdown,
            "# Title\n\n```sh\nls\n```\n",
            Scope::SyntaxKeyword,
            "Title",
        );
        has(
            Lang::Diff,
            "--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new\n",
            Scope::DiffAdd,
            "+new",
        );
        has(
            Lang::Html,
            "<p class=\"x\">hi</p>\n",
            Scope::SyntaxString,
            "x",
        );
        has(Lang::Yaml, "key: value # c\n", Scope::SyntaxComment, "# c");
        has(Lang::Toml, "key = 3\n", Scope::SyntaxNumber, "3");
        has(Lang::Json, "{\"a\": 1}\n", Scope::SyntaxNumber, "1");
        has(Lang::Rust, "fn main() {}\n", Scope::SyntaxKeyword, "fn");
    }

    #[test]
    fn spans_are_in_order_within_the_text_and_the_same_each_time() {
        const HOSTILE: &[&str] = &[
            "echo 'a\u{200b}b' \u{1b}[31m # \u{202e}c\n",
            "\u{e0041}\u{e0042}\u{e0022}let x = 1",
            "\"\"\"\n'''\n/* <!-- ``` \\",
            "((((((((((((((((((((((((((((((((([[[[[[[[[[{{{{{{{{{",
            "\r\n\t\u{0}\u{feff}日本語 'é'\n",
        ];
        let long = format!("{}\nif true; then\n", "a(".repeat(5000));
        let broken = [&b"echo \xff'\xed\xa0\x80'\n"[..], long.as_bytes()];
        let texts = HOSTILE.iter().map(|text| text.as_bytes()).chain(broken);
        for bytes in texts {
            for lang in [
                Lang::Shell,
                Lang::Sql,
                Lang::Python,
                Lang::JavaScript,
                Lang::TypeScript,
                Lang::Markdown,
                Lang::Diff,
                Lang::Html,
                Lang::Xml,
                Lang::Yaml,
                Lang::Toml,
                Lang::Json,
            ] {
                let spans = paint(lang, Raw::new(bytes));
                assert_eq!(spans, paint(lang, Raw::new(bytes)), "{lang:?}");
                let mut end = 0;
                for (span, _) in spans {
                    assert!(
                        span.start >= end && span.end <= bytes.len(),
                        "{lang:?} {span:?}"
                    );
                    end = span.end;
                }
            }
        }
    }
}
