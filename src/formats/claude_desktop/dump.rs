//! What the client prints of a command: strings in lists, as Node.js inspects them.

use crate::formats::text_log::split_once;
use crate::text::{Raw, json_string};

/// The strings of the list that stands behind `name: `, as the items of a JSON array, without its brackets; `None`
/// where there is no such list.
pub fn list(dump: &[u8], name: &str) -> Option<String> {
    let (_, mut rest) = split_once(dump, format!("{name}: [").as_bytes())?;
    let mut items = String::new();
    loop {
        rest = rest.trim_ascii_start();
        rest = rest.strip_prefix(b",").unwrap_or(rest).trim_ascii_start();
        // The end, the length of the list, or how many more there are.
        let Some(quote @ (b'\'' | b'"' | b'`')) = rest.first() else {
            return Some(items);
        };
        let mut text = Vec::new();
        rest = string(&rest[1..], *quote, &mut text);
        // A long string is printed in pieces.
        while let Some(more) = rest.trim_ascii_start().strip_prefix(b"+")
            && let Some(quote @ (b'\'' | b'"' | b'`')) = more.trim_ascii_start().first()
        {
            rest = string(&more.trim_ascii_start()[1..], *quote, &mut text);
        }
        if !items.is_empty() {
            items.push(',');
        }
        json_string(Raw::new(&text), &mut items);
    }
}

/// Appends a string up to its quote; gives what stands behind that.
fn string<'t>(mut rest: &'t [u8], quote: u8, text: &mut Vec<u8>) -> &'t [u8] {
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        match *byte {
            b if b == quote => break,
            b'\\' => {
                let Some((escaped, after)) = rest.split_first() else {
                    break;
                };
                rest = after;
                match escaped {
                    b'n' => text.push(b'\n'),
                    b't' => text.push(b'\t'),
                    b'r' => text.push(b'\r'),
                    b'\\' | b'\'' | b'"' | b'`' => text.push(*escaped),
                    other => text.extend_from_slice(&[b'\\', *other]),
                }
            }
            b => text.push(b),
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_as_they_are_printed() {
        let dump =
            br#"{ metadata: { args: [ '-y', "it's", 'C:\\x' + 'y', [length]: 3 ], paths: [] } }"#;
        assert_eq!(list(dump, "args").unwrap(), r#""-y","it's","C:\\xy""#);
        assert_eq!(list(dump, "paths").unwrap(), "");
        assert_eq!(list(dump, "env"), None);
        assert_eq!(
            list(b"args: [ 'a', ... 3 more items ]", "args").unwrap(),
            r#""a""#
        );
        assert_eq!(list(b"args: [ 'cut\\", "args").unwrap(), r#""cut""#);
    }
}
