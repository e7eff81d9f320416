//! Whole lines of native recordings, redacted after they were written.

use super::Redactor;
use super::decoded::Decoded;
use super::spots::inner;
use crate::wire::json::{Doc, Kind};
use std::borrow::Cow;

/// Members of the envelope that are the recorder's own words, or by which messages are told apart.
const KEPT: &[&[u8]] = &[
    b"v",
    b"session_id",
    b"server_label",
    b"seq",
    b"ts",
    b"mono_us",
    b"direction",
    b"transport",
    b"conn_id",
    b"mcp_session_id",
    b"prev",
];

impl Redactor {
    /// A line of a native recording without its secrets, with `"redacted":true` where there were any; borrowed where there
    /// were none. Everything else stays byte for byte.
    pub fn entry<'l>(&self, line: &'l [u8]) -> Cow<'l, [u8]> {
        let doc = Doc::parse(line);
        let Some(root) = doc.root().filter(|root| root.is_object() && doc.is_whole()) else {
            return self.redact(line);
        };
        let mut out = b"{".to_vec();
        let (mut changed, mut told) = (false, false);
        let mut last = Vec::new();
        for member in root.items() {
            let (Some(spelled), Some(name)) = (member.raw_key(), member.key()) else {
                continue;
            };
            let name = name.as_raw();
            told |= name == "redacted" && member.kind() == Kind::True;
            let value = member.raw().bytes();
            let lone = if KEPT.contains(&name.bytes()) {
                Cow::Borrowed(value)
            } else if name == "raw" {
                self.redact(value)
            } else if name == "text" && member.kind() == Kind::String {
                self.text(spelled, value)
            } else {
                self.member(spelled, value)
            };
            changed |= matches!(lone, Cow::Owned(_));
            let member = [spelled, b":", &*lone].concat();
            // What can be long stands last: the index is fastest then.
            if matches!(name.bytes(), b"raw" | b"text" | b"b64") {
                last.push(member);
            } else {
                join(&mut out, &member);
            }
        }
        if !changed {
            return Cow::Borrowed(line);
        }
        if !told {
            join(&mut out, b"\"redacted\":true");
        }
        last.iter().for_each(|member| join(&mut out, member));
        out.push(b'}');
        Cow::Owned(out)
    }

    /// The rules by which a line of a native recording still holds secrets.
    pub fn left_in_entry(&self, line: &[u8]) -> Vec<String> {
        let doc = Doc::parse(line);
        let Some(root) = doc.root().filter(|root| root.is_object() && doc.is_whole()) else {
            return self.held_in(line);
        };
        let looked_at = root.items().filter(|member| {
            !member
                .key()
                .is_some_and(|key| KEPT.contains(&key.as_raw().bytes()))
        });
        looked_at
            .flat_map(|member| self.held_in(member.raw().bytes()))
            .collect()
    }

    /// A line of standard error: which of them belong to a private key is told by those before.
    fn text<'l>(&self, key: &[u8], value: &'l [u8]) -> Cow<'l, [u8]> {
        let decoded = Decoded::of(inner(value, &(0..value.len())));
        let mut spots = self.key_line(&decoded.text);
        for spot in &mut spots {
            let range = decoded.back(spot.range.clone());
            spot.range = range.start + 1..range.end + 1;
        }
        match self.replace(value, spots) {
            Some(out) => Cow::Owned(self.member(key, &out).into_owned()),
            None => self.member(key, value),
        }
    }

    /// The value of a member of the envelope, looked at together with its name.
    fn member<'l>(&self, key: &[u8], value: &'l [u8]) -> Cow<'l, [u8]> {
        let whole = [b"{", key, b":", value, b"}"].concat();
        match self.redact(&whole) {
            Cow::Borrowed(_) => Cow::Borrowed(value),
            Cow::Owned(out) => {
                let doc = Doc::parse(&out);
                let value = doc.root().and_then(|root| root.items().next());
                let value = value.map_or(&b"null"[..], |value| value.raw().bytes());
                Cow::Owned(value.to_vec())
            }
        }
    }
}

/// Appends a member to an object that is still open.
fn join(out: &mut Vec<u8>, member: &[u8]) {
    if member.is_empty() {
        return;
    }
    if out.len() > 1 {
        out.push(b',');
    }
    out.extend_from_slice(member);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::redact::Key;

    #[test]
    fn an_envelope_keeps_what_tells_messages_apart() {
        let redactor = Redactor::new(Key::random(), Vec::new());
        let head = r#"{"v":1,"session_id":"notes-26496-9f2c","seq":2,"direction":"c2s","http":{"path":"/mcp?api_key=a1b2c3d4e5"}"#;
        let line = format!(r#"{head},"raw":{{"id":1 ,"password":"hunter2x"}}}}"#);
        let out = String::from_utf8(redactor.entry(line.as_bytes()).into_owned()).unwrap();
        assert!(
            out.starts_with(r#"{"v":1,"session_id":"notes-26496-9f2c","seq":2,"#),
            "{out}"
        );
        assert!(
            !out.contains("a1b2c3d4e5") && !out.contains("hunter2x"),
            "{out}"
        );
        assert!(
            out.contains(r#","redacted":true,"raw":{"id":1 ,"password":"«"#),
            "{out}"
        );
        assert!(Doc::parse(out.as_bytes()).is_whole());
        assert!(matches!(redactor.entry(out.as_bytes()), Cow::Borrowed(_)));
    }

    #[test]
    fn a_private_key_goes_from_lines_of_standard_error() {
        let redactor = Redactor::new(Key::random(), Vec::new());
        let told = [
            "-----BEGIN RSA PRIVATE KEY-----",
            "MIIEpAIBAAKCAQEA1c7\\/z5Pad7OejecsQ0bu3aumFfXiU4FY2VzPjrZ",
            "12:00\\tqT5yz0abcDEF0123456789",
            "-----END RSA PRIVATE KEY-----",
            "qT5yz0abcDEFghijklmnop",
        ];
        let redact = |line: &str| {
            let out = String::from_utf8(redactor.entry(line.as_bytes()).into_owned()).unwrap();
            assert!(Doc::parse(out.as_bytes()).is_whole(), "{out}");
            out
        };
        let lines = told.map(|text| format!(r#"{{"direction":"stderr","text":"{text}"}}"#));
        let once = lines.clone().map(|line| redact(&line));
        let head = r#"{"direction":"stderr","redacted":true,"text":""#;
        assert!(
            once[1].starts_with(&format!("{head}«redacted:private-key:")),
            "{once:?}"
        );
        assert!(
            once[2].starts_with(&format!("{head}12:00\\t«redacted:private-key:")),
            "{once:?}"
        );
        for n in [0, 3, 4] {
            assert_eq!(once[n], lines[n]);
        }
        assert_eq!(once.clone().map(|line| redact(&line)), once);
    }

    #[test]
    fn a_line_without_secrets_is_the_same_line() {
        let redactor = Redactor::new(Key::random(), Vec::new());
        for line in [
            r#"{ "direction" : "c2s","raw":{"a":1.0,"a":1e400} ,"session_id":"a1b2c3d4e5"}"#,
            r#"{"direction":"stderr","text":"ready"}"#,
            "half of a li",
        ] {
            assert_eq!(redactor.entry(line.as_bytes()), line.as_bytes());
        }
    }
}
