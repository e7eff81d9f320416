//! Which bidirectional embeddings, overrides and isolates are closed in the paragraph that opens them (UAX #9).

use super::unit::units;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// FSI … PDI: takes the direction of what is in it, so it reorders nothing around it.
    FirstStrong,
    /// An isolate or embedding with a direction of its own. Overrides are never listed: they exist to reorder letters.
    Directed,
}

/// An opening or closing control that has its partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Balanced {
    at: usize,
    kind: Kind,
}

/// All of them, in order.
pub(super) fn balanced(bytes: &[u8]) -> Vec<Balanced> {
    let mut list = Vec::new();
    let mut open: Vec<(usize, char)> = Vec::new();
    for (at, unit, _) in units(bytes) {
        match unit.char() {
            Some('\n') => open.clear(),
            Some(
                c @ ('\u{202a}' | '\u{202b}' | '\u{202d}' | '\u{202e}' | '\u{2066}'..='\u{2068}'),
            ) => open.push((at, c)),
            Some('\u{202c}') if open.last().is_some_and(|&(_, c)| c < '\u{2066}') => {
                close(&mut list, open.pop(), at);
            }
            Some('\u{2069}') => {
                let isolate = open.iter().rposition(|&(_, c)| c >= '\u{2066}');
                if let Some(isolate) = isolate {
                    open.truncate(isolate + 1);
                    close(&mut list, open.pop(), at);
                }
            }
            _ => {}
        }
    }
    list.sort_unstable_by_key(|balanced| balanced.at);
    list
}

fn close(list: &mut Vec<Balanced>, opened: Option<(usize, char)>, at: usize) {
    let kind = match opened {
        Some((_, '\u{2068}')) => Kind::FirstStrong,
        Some((_, '\u{202a}' | '\u{202b}' | '\u{2066}' | '\u{2067}')) => Kind::Directed,
        _ => return,
    };
    list.extend(opened.map(|(start, _)| Balanced { at: start, kind }));
    list.push(Balanced { at, kind });
}

pub(super) fn kind_at(list: &[Balanced], at: usize) -> Option<Kind> {
    list.binary_search_by_key(&at, |balanced| balanced.at)
        .ok()
        .map(|found| list[found].kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_found_within_a_paragraph() {
        let text = "\u{2068}a\u{2069} \u{2067}b\n\u{2069} \u{202e}c\u{202c} \u{202b}d\u{202c}";
        let list = balanced(text.as_bytes());
        let kinds: Vec<_> = text
            .char_indices()
            .filter_map(|(at, c)| Some((c, kind_at(&list, at)?)))
            .collect();
        assert_eq!(
            kinds,
            [
                ('\u{2068}', Kind::FirstStrong),
                ('\u{2069}', Kind::FirstStrong),
                ('\u{202b}', Kind::Directed),
                ('\u{202c}', Kind::Directed),
            ]
        );
    }
}
