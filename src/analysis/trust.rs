//! What a session shows, in the words of the baseline: which server it is, which wording of what, and what a person
//! decides of it.

mod act;

pub use act::{Act, Noted};

use super::signal::secret;
use crate::session::{ConnId, Item, Session, canonical};
use crate::store::baseline::{Client, Covers, Hash, Identity, Kind, Shown, Sighting};
use crate::text::{Raw, escape};

/// Characters of an address; a longer one is told apart by its hash.
const ADDRESS: usize = 1_000;

/// Which server a connection leads to, as far as the recording says it. What the server calls itself is no part of it.
pub fn identity(session: &Session, conn: ConnId) -> Identity {
    let connection = &session.connections()[conn.index()];
    let server = session.server(connection.server);
    // A later connection to the same server need not say again how it was started.
    let command = match connection.command.as_raw() {
        command if command.is_empty() => server.command.as_raw(),
        command => command,
    };
    // A label that is a session's key is another one each time; a file's name is what the person called it.
    let by_file = command.is_empty() && connection.key.as_raw().is_empty();
    let called = connection.named || by_file;
    Identity {
        address: (!command.is_empty()).then(|| address(command)),
        label: called.then(|| text(server.label.as_raw())),
        client: connection
            .capabilities
            .map_or(Client::Unknown, |hash| Client::Of(Hash(hash))),
    }
}

/// A command line or address made comparable: without secrets, which change and are nobody's business, without what an
/// address may have or not have without meaning anything else.
pub fn address(raw: Raw<'_>) -> String {
    let bytes = raw.bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut from = 0;
    for found in secret::find(bytes) {
        if found.range.start >= from {
            out.extend_from_slice(&bytes[from..found.range.start]);
            out.extend_from_slice(b"[secret]");
            from = found.range.end;
        }
    }
    out.extend_from_slice(&bytes[from.min(bytes.len())..]);
    let words = text(Raw::new(&out));
    let mut words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let scheme = words.split("://").next().unwrap_or_default();
    if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") {
        words = url(&words);
    }
    if words.chars().count() > ADDRESS {
        let hash = blake3::hash(words.as_bytes()).to_hex();
        words = words.chars().take(ADDRESS - 40).collect::<String>() + "…" + &hash[..32];
    }
    words
}

/// A URL with its host in lower case, without user, fragment and the slash at its end.
fn url(text: &str) -> String {
    let text = text.split('#').next().unwrap_or(text);
    let Some((scheme, rest)) = text.split_once("://") else {
        return text.to_owned();
    };
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let host = host.rsplit('@').next().unwrap_or(host).to_ascii_lowercase();
    let scheme = scheme.to_ascii_lowercase();
    format!("{scheme}://{host}{}", path.trim_end_matches('/'))
}

/// A name as text; what is no UTF-8 is spelled out.
pub fn text(raw: Raw<'_>) -> String {
    std::str::from_utf8(raw.bytes()).map_or_else(|_| escape(raw), str::to_owned)
}

/// A wording of an item as the baseline takes it. `json` is the definition as it stands in the message, `now` the time
/// for a recording that says none.
pub fn shown(
    session: &Session,
    item: &Item,
    version: usize,
    json: &[u8],
    source: &str,
    now: &str,
) -> Option<Shown> {
    let version = item.versions.get(version)?;
    let recorded = session.row(version.from).time.rfc3339();
    Some(Shown {
        kind: Kind::from(item.kind),
        name: text(item.name.as_raw()),
        hash: Hash(version.hash),
        text: canonical(json),
        covers: Covers::All,
        sighting: Sighting {
            at: recorded.unwrap_or_else(|| now.to_owned()),
            source: source.to_owned(),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(text: &str) -> String {
        address(Raw::from(text))
    }

    #[test]
    fn addresses_that_mean_the_same_are_the_same() {
        assert_eq!(
            made("HTTPS://u:p@Mail.Example/mcp/#top"),
            "https://mail.example/mcp"
        );
        assert_ne!(
            made("https://mail.example/a"),
            made("https://mail.example/b")
        );
        assert_eq!(made(" npx  -y\tmailer "), "npx -y mailer");
    }

    #[test]
    fn secrets_are_no_part_of_an_address() {
        let with = |secret: &str| made(&format!("npx mailer --token ghp_{secret}"));
        let (a, b) = (with(&"a1B2".repeat(9)), with(&"c3D4".repeat(9)));
        assert_eq!(a, b);
        assert_eq!(a, "npx mailer --token [secret]");
    }

    #[test]
    fn long_addresses_are_told_apart() {
        let long = "x".repeat(5000);
        assert_ne!(made(&long), made(&(long.clone() + "y")));
        assert!(made(&long).chars().count() <= ADDRESS);
        assert_eq!(text(Raw::new(b"a\xff")), "a\\x{ff}");
    }
}
