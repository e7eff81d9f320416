//! Flow files of mitmproxy.

use super::exchange::{Exchange, Headers, Side};
use super::pieces::Pieces;
use super::tnetstring::{Item, take};
use super::url::Target;
use crate::formats::{Class, Format, Known, Origin, Out, Reading};
use std::borrow::Cow;

pub static FORMAT: Format = Format {
    id: "mitmproxy",
    title: "mitmproxy flows",
    class: Class::WireComplete,
    signs: "flows as typed netstrings (`2082:9:websocket;0:~8:response;…`)",
    score,
    reading: Reading::Document(tell),
};

fn score(head: &[u8]) -> u8 {
    let digits = head.iter().take(12).take_while(|b| b.is_ascii_digit());
    let digits = digits.count();
    if digits == 0 || head.get(digits) != Some(&b':') {
        return 0;
    }
    if let Some((flow, _)) = take(head) {
        let is_flow = flow.is_dictionary() && flow.get("type").is_some();
        return if is_flow { 98 } else { 0 };
    }
    // The first flow is longer than what is looked at.
    match take(&head[digits + 1..]) {
        Some((key, rest)) if key.bytes().is_some() => match take(rest) {
            Some(_) => 90,
            None => 60,
        },
        _ => 0,
    }
}

fn tell(text: &[u8], _: &Known, out: &mut Out<'_>) {
    let mut pieces = Pieces::default();
    let mut rest = text;
    while let Some((flow, after)) = take(rest) {
        let start = text.len() - rest.len();
        let origin = Origin {
            line: 0,
            offset: start as u64,
            len: u32::try_from(rest.len() - after.len()).unwrap_or(u32::MAX),
        };
        rest = after;
        match exchange(flow, origin) {
            Some(exchange) => pieces.add(exchange, out),
            None => out.skip(),
        }
    }
    if !rest.trim_ascii().is_empty() {
        out.note(format!(
            "The file stops being flows at byte {} of {}. What stands before that was read.",
            text.len() - rest.len(),
            text.len()
        ));
    }
    pieces.tell(out);
}

/// The exchange of an HTTP flow.
fn exchange(flow: Item<'_>, origin: Origin) -> Option<Exchange<'_>> {
    let request = flow.get("request").filter(|r| r.is_dictionary())?;
    let response = flow.get("response").filter(|r| r.is_dictionary());
    let micros = |half: Option<Item<'_>>, key: &str| {
        let seconds = half?.get(key)?.number()?;
        // From 1970 to 5138, as everywhere.
        (0.0..1e11)
            .contains(&seconds)
            .then(|| (seconds * 1e6).round() as i64)
    };
    let (host, path) = (text(request, "host"), text(request, "path"));
    let port = request.get("port").and_then(Item::number).unwrap_or(0.0);
    let url = [
        &text(request, "scheme")[..],
        b"://",
        &host,
        format!(":{port}").as_bytes(),
        &path,
    ]
    .concat();
    let failure = flow
        .get("error")
        .and_then(|error| error.get("msg")?.bytes());
    let status = response.and_then(|r| r.get("status_code")?.number());
    Some(Exchange {
        origin,
        started: micros(Some(request), "timestamp_start"),
        headed: micros(response, "timestamp_start"),
        ended: micros(response, "timestamp_end").or(micros(response, "timestamp_start")),
        method: text(request, "method"),
        target: Target::of(&url),
        sent: side(Some(request)),
        status: status
            .filter(|status| (1.0..1000.0).contains(status))
            .map(|status| status as u16),
        got: side(response),
        failure: failure.map(Cow::Borrowed),
    })
}

fn side(half: Option<Item<'_>>) -> Side<'_> {
    let Some(half) = half else {
        return Side::default();
    };
    let mut headers = Headers::default();
    for header in half.get("headers").into_iter().flat_map(Item::items) {
        let mut pair = header.items().filter_map(Item::bytes);
        if let (Some(name), Some(value)) = (pair.next(), pair.next()) {
            headers.add(name.into(), value.into());
        }
    }
    Side {
        headers,
        body: text(half, "content"),
        size: 0,
        coded: true,
        ..Side::default()
    }
}

fn text<'a>(item: Item<'a>, key: &str) -> Cow<'a, [u8]> {
    Cow::Borrowed(item.get(key).and_then(Item::bytes).unwrap_or(b""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::told::tests::told;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write;

    fn net(payload: &[u8], kind: char) -> Vec<u8> {
        [
            payload.len().to_string().as_bytes(),
            b":",
            payload,
            kind.to_string().as_bytes(),
        ]
        .concat()
    }

    fn dictionary(members: &[(&str, Vec<u8>)]) -> Vec<u8> {
        let inside = members
            .iter()
            .flat_map(|(key, value)| [net(key.as_bytes(), ';'), value.clone()].concat());
        net(&inside.collect::<Vec<u8>>(), '}')
    }

    fn headers(all: &[(&str, &str)]) -> Vec<u8> {
        let one = |(name, value): &(&str, &str)| {
            let pair = [net(name.as_bytes(), ','), net(value.as_bytes(), ',')].concat();
            net(&pair, ']')
        };
        net(&all.iter().flat_map(one).collect::<Vec<u8>>(), ']')
    }

    fn flow(
        sent: &[u8],
        sent_headers: &[(&str, &str)],
        got: &[u8],
        got_headers: &[(&str, &str)],
    ) -> Vec<u8> {
        let content = |bytes: &[u8]| match bytes {
            b"" => net(b"", '~'),
            bytes => net(bytes, ','),
        };
        dictionary(&[
            (
                "response",
                dictionary(&[
                    ("status_code", net(b"200", '#')),
                    ("timestamp_start", net(b"1795329683.5", '^')),
                    ("timestamp_end", net(b"1795329684.25", '^')),
                    ("content", content(got)),
                    ("headers", headers(got_headers)),
                ]),
            ),
            (
                "request",
                dictionary(&[
                    ("path", net(b"/mcp?token=secret", ',')),
                    ("scheme", net(b"http", ',')),
                    ("method", net(b"POST", ',')),
                    ("port", net(b"8000", '#')),
                    ("host", net(b"10.0.0.1", ';')),
                    ("timestamp_start", net(b"1795329683", '^')),
                    ("content", content(sent)),
                    ("headers", headers(sent_headers)),
                ]),
            ),
            ("type", net(b"http", ';')),
        ])
    }

    const CALL: &[u8] = br#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a"}}"#;
    const RESULT: &[u8] = br#"{"jsonrpc":"2.0","id":1,"result":{}}"#;

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut coder = GzEncoder::new(Vec::new(), Compression::default());
        coder.write_all(text).unwrap();
        coder.finish().unwrap()
    }

    #[test]
    fn flows_are_exchanges() {
        let secrets = [("Cookie", "secret"), ("Mcp-Session-Id", "s")];
        let coded = [
            ("content-encoding", "gzip"),
            ("content-type", "application/json"),
        ];
        let mut file = flow(CALL, &secrets, &gzip(RESULT), &coded);
        file.extend(dictionary(&[("type", net(b"tcp", ';'))]));
        assert_eq!(score(&file), 98);
        assert!(score(&file[..200]) >= 60);
        let (lines, notes) = told(&FORMAT, &file, &Known::default());
        assert_eq!(lines.len(), 2, "{lines:#?}");
        assert!(lines[0].starts_with(r#"{"session_id":"s","server_label":"10.0.0.1:8000/mcp","ts":"2026-11-22T06:41:23Z","direction":"c2s","transport":"http""#), "{}", lines[0]);
        assert!(lines[1].contains(r#""ts":"2026-11-22T06:41:24.25Z""#));
        assert!(lines[1].contains(r#""raw":{"jsonrpc":"2.0","id":1,"result":{}}"#));
        assert!(notes.is_empty() && !lines.concat().contains("secret"));
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        let brotli = [("content-encoding", "br"), ("content-length", "9")];
        let lost = [("content-length", "90"), ("mcp-method", "tools/call")];
        let mut file = flow(CALL, &[], b"\x1b\x00", &brotli);
        file.extend(flow(b"", &lost, b"", &[("content-length", "9")]));
        file.extend(b"999999:7:request;");
        let (lines, notes) = told(&FORMAT, &file, &Known::default());
        assert_eq!(lines.len(), 4, "{lines:#?}");
        assert_eq!(
            lines
                .iter()
                .filter(|l| l.contains("has lost the body"))
                .count(),
            3
        );
        assert!(
            notes
                .iter()
                .any(|n| n.contains("stops being flows at byte"))
        );
        assert!(notes.iter().any(|n| n.contains("could not be decoded")));
    }

    #[test]
    fn text_that_only_begins_alike_is_none() {
        assert_eq!(score(b"12:30 started\n"), 0);
        assert_eq!(score(b"5:hello,5:world,"), 0);
        assert_eq!(score(b"{}"), 0);
    }
}
