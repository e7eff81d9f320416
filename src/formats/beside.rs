//! What a capture knows of the HTTP around a message, as the members that the native format has for it. Values of
//! `Authorization` and of cookies are never among them.

use crate::text::{Raw, json_string};

/// How a message travelled over HTTP.
#[derive(Clone, Copy, Default, Debug)]
pub struct Http<'a> {
    /// The exchange (one request and its answer), counted from 1.
    pub exchange: u64,
    pub method: &'a [u8],
    pub path: &'a [u8],
    pub status: Option<u16>,
    /// The fields of the event that it came in: its name and its id.
    pub event: Option<(&'a [u8], &'a [u8])>,
    pub session: &'a [u8],
    /// `Mcp-Method`, `Mcp-Name`, `MCP-Protocol-Version`; `None` where the request has no such header.
    pub mcp_method: Option<&'a [u8]>,
    pub mcp_name: Option<&'a [u8]>,
    pub mcp_protocol: Option<&'a [u8]>,
    /// `Mcp-Param-*` headers: name and value.
    pub parameters: &'a [(&'a [u8], &'a [u8])],
    /// `WWW-Authenticate`.
    pub challenge: Option<&'a [u8]>,
}

impl Http<'_> {
    /// Appends the members, each with a comma before it.
    pub(super) fn write(&self, line: &mut String) {
        use std::fmt::Write;
        // Writing to a `String` cannot fail.
        let _ = write!(line, ",\"xchg\":{}", self.exchange);
        if !self.method.is_empty() {
            line.push_str(",\"http\":{\"method\":");
            json_string(Raw::new(self.method), line);
            member("path", Some(self.path), line);
            line.push('}');
        }
        if let Some(status) = self.status {
            let _ = write!(line, ",\"status\":{status}");
        }
        if let Some((name, id)) = self.event {
            line.push_str(",\"sse\":{\"event\":");
            json_string(Raw::new(name), line);
            member("id", (!id.is_empty()).then_some(id), line);
            line.push('}');
        }
        let session = (!self.session.is_empty()).then_some(self.session);
        member("mcp_session_id", session, line);
        member("mcp_method", self.mcp_method, line);
        member("mcp_name", self.mcp_name, line);
        member("mcp_protocol_version", self.mcp_protocol, line);
        member("auth_challenge", self.challenge, line);
        for (n, (name, value)) in self.parameters.iter().enumerate() {
            line.push_str(if n == 0 {
                ",\"mcp_param_headers\":[{\"name\":"
            } else {
                ",{\"name\":"
            });
            json_string(Raw::new(name), line);
            member("value", Some(value), line);
            line.push('}');
        }
        if !self.parameters.is_empty() {
            line.push(']');
        }
    }
}

fn member(key: &str, value: Option<&[u8]>, line: &mut String) {
    if let Some(value) = value {
        line.push_str(",\"");
        line.push_str(key);
        line.push_str("\":");
        json_string(Raw::new(value), line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_not_written() {
        let mut line = String::new();
        Http {
            exchange: 2,
            ..Http::default()
        }
        .write(&mut line);
        assert_eq!(line, r#","xchg":2"#);
        line.clear();
        Http {
            exchange: 1,
            method: b"POST",
            path: b"/m\"",
            status: Some(200),
            event: Some((b"message", b"7")),
            mcp_method: Some(b"tools/call"),
            parameters: &[(b"Mcp-Param-A", b"1"), (b"Mcp-Param-B", b"2")],
            ..Http::default()
        }
        .write(&mut line);
        assert_eq!(
            line,
            r#","xchg":1,"http":{"method":"POST","path":"/m\""},"status":200,"sse":{"event":"message","id":"7"},"mcp_method":"tools/call","mcp_param_headers":[{"name":"Mcp-Param-A","value":"1"},{"name":"Mcp-Param-B","value":"2"}]"#
        );
    }
}
