//! Calls that a model writes as XML into its text, as Cline and Roo Code had it before models called tools by
//! themselves, and the text with which their results come back.

use memchr::memmem;

/// A call in a text. What stands between the tags is not escaped.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Written<'t> {
    Tool {
        server: &'t [u8],
        name: &'t [u8],
        arguments: &'t [u8],
    },
    Resource {
        server: &'t [u8],
        uri: &'t [u8],
    },
}

const TOOL: [&[u8]; 2] = [b"<use_mcp_tool>", b"</use_mcp_tool>"];
const RESOURCE: [&[u8]; 2] = [b"<access_mcp_resource>", b"</access_mcp_resource>"];

/// The calls of a text, and what the model says before the first of them.
pub(super) fn calls(text: &[u8]) -> (&[u8], Vec<Written<'_>>) {
    let mut calls = Vec::new();
    let mut said = text;
    let mut at = 0;
    // Where either tag stands next; `text.len()` for nowhere.
    let mut next = [0, 0];
    loop {
        for (next, tags) in next.iter_mut().zip([TOOL, RESOURCE]) {
            if *next < at || at == 0 {
                *next = memmem::find(&text[at..], tags[0]).map_or(text.len(), |found| at + found);
            }
        }
        let (begin, tags) = if next[0] <= next[1] {
            (next[0], TOOL)
        } else {
            (next[1], RESOURCE)
        };
        if begin == text.len() {
            break;
        }
        let body = &text[begin + tags[0].len()..];
        let Some(len) = memmem::find(body, tags[1]) else {
            break;
        };
        if calls.is_empty() {
            said = &text[..begin];
        }
        let body = &body[..len];
        let server = inside(body, b"<server_name>", b"</server_name>");
        let call = if tags == TOOL {
            inside(body, b"<tool_name>", b"</tool_name>").map(|name| Written::Tool {
                server: server.unwrap_or_default(),
                name,
                arguments: inside(body, b"<arguments>", b"</arguments>").unwrap_or_default(),
            })
        } else {
            inside(body, b"<uri>", b"</uri>").map(|uri| Written::Resource {
                server: server.unwrap_or_default(),
                uri,
            })
        };
        calls.extend(call);
        at = begin + tags[0].len() + len + tags[1].len();
    }
    (said, calls)
}

/// What stands between two tags, without the white space at its ends.
pub(super) fn inside<'t>(text: &'t [u8], open: &[u8], close: &[u8]) -> Option<&'t [u8]> {
    let begin = memmem::find(text, open)? + open.len();
    let len = memmem::find(&text[begin..], close)?;
    Some(text[begin..begin + len].trim_ascii())
}

/// The beginning of a text that a client writes before a result: whose it is (`None` where that is no server), and what
/// follows.
pub(super) fn result(text: &[u8]) -> Option<(Option<&[u8]>, &[u8])> {
    let head = text.strip_prefix(b"[")?;
    let end = memmem::find(head, b"] Result:")?;
    let (head, rest) = (&head[..end], &head[end + b"] Result:".len()..]);
    // It is a line: a text that has this further on is somebody's own.
    if head.contains(&b'\n') {
        return None;
    }
    let server = [&b"use_mcp_tool for '"[..], b"access_mcp_resource for '"]
        .iter()
        .find_map(|begin| head.strip_prefix(*begin)?.strip_suffix(b"'"));
    let rest = rest.strip_prefix(b"\r").unwrap_or(rest);
    Some((server, rest.strip_prefix(b"\n").unwrap_or(rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_found_in_order() {
        let text = b"I look.\n<use_mcp_tool>\n<server_name>a b</server_name>\n<tool_name>go</tool_name>\n<arguments>\n{\"x\": \"</b>\"}\n</arguments>\n</use_mcp_tool> and <access_mcp_resource><server_name>r</server_name><uri>file:///x</uri></access_mcp_resource><use_mcp_tool>";
        let (said, calls) = calls(text);
        assert_eq!(said, b"I look.\n");
        let tool = Written::Tool {
            server: b"a b",
            name: b"go",
            arguments: b"{\"x\": \"</b>\"}",
        };
        let resource = Written::Resource {
            server: b"r",
            uri: b"file:///x",
        };
        assert_eq!(calls, [tool, resource]);
    }

    #[test]
    fn results_name_their_server() {
        assert_eq!(
            result(b"[use_mcp_tool for 'it's'] Result:\nok"),
            Some((Some(&b"it's"[..]), &b"ok"[..]))
        );
        assert_eq!(
            result(b"[read_file for 'a.txt'] Result:"),
            Some((None, &b""[..]))
        );
        assert_eq!(result(b"[a] b\n[c] Result:\n"), None);
        assert_eq!(result(b"hello"), None);
    }

    #[test]
    fn many_open_tags_take_no_time() {
        let text = b"<use_mcp_tool><access_mcp_resource>".repeat(100_000);
        assert!(calls(&text).1.is_empty());
    }
}
