//! What is done to headers on their way: as little as can be.

use super::upstream::Upstream;
use hyper::header::{
    ACCEPT_ENCODING, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderMap, HeaderName,
    HeaderValue, LOCATION, TE, TRAILER, TRANSFER_ENCODING, UPGRADE,
};

/// Headers that speak of one connection only (RFC 9110, 7.6.1).
const OF_THE_CONNECTION: [HeaderName; 5] = [CONNECTION, TE, TRAILER, TRANSFER_ENCODING, UPGRADE];
const OF_THE_CONNECTION_TOO: [&str; 2] = ["keep-alive", "proxy-connection"];

/// Takes out what speaks of the connection, and what `Connection` names besides.
fn end_to_end(headers: &mut HeaderMap) {
    let named: Vec<HeaderName> = headers
        .get_all(CONNECTION)
        .iter()
        .flat_map(|value| value.as_bytes().split(|b| *b == b','))
        .filter_map(|name| HeaderName::from_bytes(name.trim_ascii()).ok())
        .collect();
    for name in named.iter().chain(&OF_THE_CONNECTION) {
        headers.remove(name);
    }
    for name in OF_THE_CONNECTION_TOO {
        headers.remove(name);
    }
}

/// Whether the connection ends with this message.
pub fn closes(headers: &HeaderMap) -> bool {
    headers
        .get_all(CONNECTION)
        .iter()
        .flat_map(|value| value.as_bytes().split(|b| *b == b','))
        .any(|word| word.trim_ascii().eq_ignore_ascii_case(b"close"))
}

/// Makes a client's headers those of the request to the upstream.
pub fn to_upstream(headers: &mut HeaderMap, upstream: &Upstream) {
    end_to_end(headers);
    headers.insert(HOST, upstream.host_header());
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
}

/// Makes the upstream's headers those of the answer to the client, which calls the proxy `ours`.
pub fn to_client(headers: &mut HeaderMap, upstream: &Upstream, ours: &str) {
    // Where both are there, the coding counts (RFC 9112, 6.3), and the length must not cut what was read by it.
    if headers.contains_key(TRANSFER_ENCODING) {
        headers.remove(CONTENT_LENGTH);
    }
    let closing = closes(headers);
    end_to_end(headers);
    if closing {
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
    }
    let moved = headers
        .get(LOCATION)
        .and_then(|to| upstream.rewritten(to.as_bytes(), ours))
        .and_then(|to| HeaderValue::from_bytes(&to).ok());
    if let Some(moved) = moved {
        headers.insert(LOCATION, moved);
    }
}

/// A header's value, where it is plain ASCII.
pub fn word(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    Some(value.to_string())
}

/// A header's value of any bytes, as text that can be written: others than graphic ASCII are escaped as `\xhh`.
pub fn shown(value: &HeaderValue) -> String {
    value.as_bytes().escape_ascii().to_string()
}

/// Whether a body is a stream of events and nothing else by its one type. What a client might as well take for a message
/// is kept as one: read as events, there would be nothing of it in the record.
pub fn is_event_stream(headers: &HeaderMap) -> bool {
    let mut kinds = headers.get_all(CONTENT_TYPE).iter();
    let (Some(kind), None) = (kinds.next(), kinds.next()) else {
        return false;
    };
    let kind = kind.as_bytes().split(|b| *b == b';').next();
    kind.is_some_and(|kind| kind.trim_ascii().eq_ignore_ascii_case(b"text/event-stream"))
}

/// Whether a header holds this word, in any case, before a `;` or `,` or anywhere between them.
pub fn mentions(headers: &HeaderMap, name: HeaderName, word: &str) -> bool {
    headers
        .get_all(name)
        .iter()
        .flat_map(|value| value.as_bytes().split(|b| matches!(b, b',' | b';')))
        .any(|part| part.trim_ascii().eq_ignore_ascii_case(word.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::header::ACCEPT;

    #[test]
    fn only_one_type_makes_a_stream_of_events() {
        let is = |types: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for one in types {
                headers.append(CONTENT_TYPE, HeaderValue::from_static(one));
            }
            is_event_stream(&headers)
        };
        assert!(is(&["text/event-stream"]) && is(&["Text/Event-Stream; charset=utf-8"]));
        for doubtful in [
            &["application/json, text/event-stream"][..],
            &["application/json; text/event-stream"],
            &["text/event-stream, application/json"],
            &["text/event-stream", "application/json"],
            &["application/json"],
            &[],
        ] {
            assert!(!is(doubtful), "{doubtful:?}");
        }
    }

    #[test]
    fn a_length_beside_a_coding_does_not_count() {
        let mut headers = map(&[("transfer-encoding", "chunked"), ("content-length", "10")]);
        let upstream = Upstream::parse("http://a.example/mcp").unwrap();
        to_client(&mut headers, &upstream, "http://localhost:1");
        assert!(headers.get(CONTENT_LENGTH).is_none(), "{headers:?}");
    }

    fn map(headers: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, HeaderValue::from_static(value));
        }
        map
    }

    #[test]
    fn requests_keep_everything_but_the_connections_own() {
        let mut headers = map(&[
            ("host", "localhost:7574"),
            ("connection", "keep-alive, X-Hop"),
            ("x-hop", "1"),
            ("keep-alive", "timeout=5"),
            ("te", "trailers"),
            ("transfer-encoding", "chunked"),
            ("accept-encoding", "gzip, br"),
            ("authorization", "Bearer abc"),
            ("mcp-session-id", "s"),
            ("mcp-param-region", "=?base64?ZXU=?="),
            ("last-event-id", "7"),
            ("origin", "http://localhost:1"),
            ("content-length", "5"),
        ]);
        let upstream = Upstream::parse("https://a.example:8443/mcp").unwrap();
        to_upstream(&mut headers, &upstream);
        assert_eq!(
            headers,
            map(&[
                ("host", "a.example:8443"),
                ("accept-encoding", "identity"),
                ("authorization", "Bearer abc"),
                ("mcp-session-id", "s"),
                ("mcp-param-region", "=?base64?ZXU=?="),
                ("last-event-id", "7"),
                ("origin", "http://localhost:1"),
                ("content-length", "5"),
            ])
        );
    }

    #[test]
    fn answers_say_that_the_connection_ends_and_where_the_server_is() {
        let upstream = Upstream::parse("https://a.example/mcp").unwrap();
        let mut headers = map(&[
            ("connection", "close"),
            ("location", "https://a.example/elsewhere"),
            (
                "www-authenticate",
                "Bearer resource_metadata=\"https://a.example/x\"",
            ),
        ]);
        to_client(&mut headers, &upstream, "127.0.0.1:7574");
        assert_eq!(
            headers,
            map(&[
                ("connection", "close"),
                ("location", "http://127.0.0.1:7574/elsewhere"),
                (
                    "www-authenticate",
                    "Bearer resource_metadata=\"https://a.example/x\""
                ),
            ])
        );
        let mut headers = map(&[("location", "https://login.example/")]);
        to_client(&mut headers, &upstream, "127.0.0.1:7574");
        assert_eq!(headers, map(&[("location", "https://login.example/")]));
    }

    #[test]
    fn finds_words() {
        let headers = map(&[
            ("content-type", "Text/Event-Stream; charset=utf-8"),
            ("accept", "application/json, text/event-stream"),
        ]);
        assert!(mentions(&headers, CONTENT_TYPE, "text/event-stream"));
        assert!(mentions(&headers, ACCEPT, "text/event-stream"));
        assert!(!mentions(&headers, ACCEPT, "text/html"));
    }
}
