//! What the record tells of a request and of an answer. Credentials are told as a keyed hash, cookies not at all.

use crate::capture::recorder::HttpFacts;
use crate::capture::redact;
use crate::text::RawBuf;
use crate::wire::json::{Doc, Value};
use hyper::HeaderMap;
use hyper::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;

/// Facts of a request, without its connection.
pub fn request(method: &str, target: &str, headers: &HeaderMap) -> HttpFacts {
    HttpFacts {
        method: Some(RawBuf::from(method)),
        path: Some(RawBuf::from(path(target).into_bytes())),
        mcp_session_id: value(headers, "mcp-session-id"),
        mcp_method: value(headers, "mcp-method"),
        mcp_name: value(headers, "mcp-name"),
        mcp_protocol_version: value(headers, "mcp-protocol-version"),
        mcp_param_headers: params(headers),
        authorization: headers
            .get(AUTHORIZATION)
            .map(|value| redact::authorization(value.as_bytes())),
        ..HttpFacts::default()
    }
}

/// Facts of an answer, without its connection.
pub fn answer(status: u16, headers: &HeaderMap) -> HttpFacts {
    let mut challenges = Vec::new();
    for challenge in headers.get_all(WWW_AUTHENTICATE) {
        if !challenges.is_empty() {
            challenges.extend_from_slice(b", ");
        }
        challenges.extend_from_slice(challenge.as_bytes());
    }
    HttpFacts {
        status: Some(status),
        mcp_session_id: value(headers, "mcp-session-id"),
        auth_challenge: (!challenges.is_empty()).then(|| RawBuf::from(challenges)),
        ..HttpFacts::default()
    }
}

fn value(headers: &HeaderMap, name: &str) -> Option<RawBuf> {
    Some(RawBuf::from(headers.get(name)?.as_bytes().to_vec()))
}

fn params(headers: &HeaderMap) -> Vec<(RawBuf, RawBuf)> {
    let raw = |bytes: &[u8]| RawBuf::from(bytes.to_vec());
    headers
        .iter()
        .filter(|(name, _)| name.as_str().starts_with("mcp-param-"))
        .map(|(name, value)| (raw(name.as_ref()), raw(value.as_bytes())))
        .collect()
}

/// A path and query without what may be a secret in them: some services put the key into the address.
pub fn path(target: &str) -> String {
    let (path, query) = match target.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (target, None),
    };
    let segments: Vec<String> = path
        .split('/')
        .map(|segment| {
            if looks_random(segment) {
                redact::hash("", segment.as_bytes())
            } else {
                segment.to_string()
            }
        })
        .collect();
    let mut told = segments.join("/");
    for (n, pair) in query.into_iter().flat_map(|q| q.split('&')).enumerate() {
        told.push(if n == 0 { '?' } else { '&' });
        match pair.split_once('=') {
            Some((name, _)) if looks_random(name) => {
                told.push_str(&redact::hash("", pair.as_bytes()));
            }
            Some((name, value)) if !is_harmless(name, value) => {
                told.push_str(name);
                told.push('=');
                told.push_str(&redact::hash("", value.as_bytes()));
            }
            None if looks_random(pair) => told.push_str(&redact::hash("", pair.as_bytes())),
            _ => told.push_str(pair),
        }
    }
    told
}

/// Long, of letters and digits: a key, a token, or the id of something.
fn looks_random(segment: &str) -> bool {
    segment.len() >= 20
        && segment.bytes().any(|b| b.is_ascii_digit())
        && segment.bytes().any(|b| b.is_ascii_alphabetic())
}

/// Ids of sessions are what joins a stream with its messages; other short values say what was asked for.
fn is_harmless(name: &str, value: &str) -> bool {
    const TELLING: [&str; 10] = [
        "key", "token", "secret", "code", "state", "auth", "pass", "pwd", "sig", "cred",
    ];
    let name = name.to_ascii_lowercase();
    let tells = TELLING.iter().any(|telling| name.contains(telling));
    !tells && (name.contains("session") || value.len() <= 12)
}

/// What a body says to the server.
#[derive(Default, Debug, PartialEq, Eq)]
pub struct Said {
    /// It is JSON-RPC, and so not a form with a password in it.
    pub rpc: bool,
    pub initialize: bool,
    pub discover: bool,
    /// The ids of its requests, hashed.
    pub ids: Vec<u64>,
}

/// Looks at a body that is in memory.
pub fn said(body: &[u8]) -> Said {
    let mut said = Said::default();
    let doc = Doc::parse(body);
    let Some(root) = doc.root() else { return said };
    if root.is_array() {
        root.items().for_each(|message| said.add(message));
    } else {
        said.add(root);
    }
    said
}

impl Said {
    fn add(&mut self, message: Value<'_>) {
        if !message.is_object() || message.get("jsonrpc").is_none() {
            return;
        }
        self.rpc = true;
        let Some(method) = message.str("method") else {
            return;
        };
        self.initialize |= method.as_raw() == "initialize";
        self.discover |= method.as_raw() == "server/discover";
        if let Some(id) = message.get("id") {
            self.ids.push(hashed(id.raw().bytes()));
        }
    }
}

/// A hash that holds as long as this process.
pub fn hashed(bytes: &[u8]) -> u64 {
    static STATE: LazyLock<RandomState> = LazyLock::new(RandomState::new);
    STATE.hash_one(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::header::{COOKIE, HeaderValue};

    #[test]
    fn credentials_are_hashed_and_cookies_left_out() {
        let mut headers = HeaderMap::new();
        headers.insert(
            AUTHORIZATION,
            HeaderValue::from_static("Bearer s3cr3t-t0ken"),
        );
        headers.insert(COOKIE, HeaderValue::from_static("sid=c00kie"));
        headers.insert("mcp-param-region", HeaderValue::from_static("eu"));
        headers.insert("mcp-name", HeaderValue::from_static("add"));
        let facts = request("POST", "/mcp?api_key=k3y&x=1", &headers);
        let told = format!("{facts:?}");
        for secret in ["s3cr3t", "c00kie", "k3y"] {
            assert!(!told.contains(secret), "{told}");
        }
        assert!(facts.authorization.unwrap().starts_with("Bearer "));
        let params = [(RawBuf::from("mcp-param-region"), RawBuf::from("eu"))];
        assert_eq!(facts.mcp_param_headers, params);
    }

    #[test]
    fn addresses_lose_their_secrets_alone() {
        for plain in [
            "/mcp",
            "/messages/?session_id=0f9a8b7c6d5e4f3a2b1c0d9e",
            "/v1/mcp?team=blue&flag",
            "/.well-known/oauth-protected-resource",
        ] {
            assert_eq!(path(plain), plain);
        }
        for (secret, kept) in [
            ("/s/sk_live_0123456789abcdef/mcp", "/s/«redacted:"),
            ("/cb?code=abc&state=x", "/cb?code=«redacted:"),
            ("/mcp?q=0123456789abcdef", "/mcp?q=«redacted:"),
            ("/mcp?0123456789abcdef0123456789", "/mcp?«redacted:"),
        ] {
            assert!(path(secret).starts_with(kept), "{}", path(secret));
        }
        assert!(path("/cb?code=abc&lang=en").ends_with("&lang=en"));
        assert!(path("/s/sk_live_0123456789abcdef/mcp").ends_with("/mcp"));
    }

    #[test]
    fn knows_what_a_body_says() {
        let one = said(br#"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{}}"#);
        assert!(one.rpc && one.initialize && one.ids == [hashed(b"0")]);
        let two = said(br#"[{"jsonrpc":"2.0","method":"x"},{"jsonrpc":"2.0","id":"a","method":"server/discover"}]"#);
        assert!(two.rpc && two.discover && two.ids == [hashed(b"\"a\"")]);
        let answer = said(br#"{"jsonrpc":"2.0","id":3,"result":{}}"#);
        assert!(answer.rpc && answer.ids.is_empty());
        for other in ["grant_type=password&password=x", "{\"access_token\":1}", ""] {
            assert_eq!(said(other.as_bytes()), Said::default());
        }
    }
}
