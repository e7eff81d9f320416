//! Questions of a server to the person: for secrets, and to addresses that are not what they seem.

use super::arguments::tokens;
use super::{Detector, Found, Look, MessageAt, Sink};
use crate::analysis::rank::Severity;
use crate::analysis::rules;
use crate::analysis::signal::host::{self, Where};
use crate::analysis::signal::lexicon::{self, Concept};
use crate::analysis::signal::plain::Plain;
use crate::text::Raw;
use crate::wire::json::Value;

pub const DETECTOR: Detector = Detector {
    name: "questions to the person",
    rules: &[&rules::ASKS_FOR_SECRET, &rules::ODD_ADDRESS],
    look: Look::Message(look),
};

fn look(at: &MessageAt<'_>, sink: &mut Sink) {
    let Some(root) = at.doc.root() else { return };
    let asks: Vec<Value<'_>> = match root.get("method") {
        Some(method)
            if method
                .text()
                .is_some_and(|m| m.as_raw() == "elicitation/create") =>
        {
            root.get("params").into_iter().collect()
        }
        Some(_) => return,
        None => root
            .at(&["result", "inputRequests"])
            .map_or(Vec::new(), |requests| {
                requests
                    .items()
                    .filter(|r| {
                        r.str("method")
                            .is_none_or(|m| m.as_raw() == "elicitation/create")
                    })
                    .filter_map(|r| r.get("params"))
                    .collect()
            }),
    };
    let own = at.session.server(at.server).command.as_raw();
    for ask in asks {
        if let Some(url) = ask.get("url").filter(|v| v.text().is_some()) {
            address(url, own, sink);
        } else {
            form(ask, sink);
        }
    }
}

/// A form: what is typed there goes to the server as it is.
fn form(ask: Value<'_>, sink: &mut Sink) {
    let fields: Vec<Value<'_>> = ask
        .at(&["requestedSchema", "properties"])
        .iter()
        .flat_map(|f| f.items())
        .collect();
    let mut told = false;
    for field in &fields {
        // Numbers, yes and no, and choices are no secrets, whatever they are called.
        let chooses = ["enum", "oneOf", "anyOf", "items"]
            .iter()
            .any(|k| field.get(k).is_some());
        let typed = field.str("type").is_none_or(|t| t.as_raw() == "string");
        if chooses || !typed {
            continue;
        }
        let Some(key) = field.key() else { continue };
        let raw = key.as_raw();
        let words = tokens(&String::from_utf8_lossy(raw.bytes())).join(" ");
        let named = names_secret(&words).then(|| raw.to_buf());
        let shown = named.or_else(|| {
            ["title", "description"].iter().find_map(|k| {
                let text = field.str(k)?;
                asks_secret(text.as_raw()).then(|| text.into_buf())
            })
        });
        if let Some(shown) = shown {
            told = true;
            sink.put(
                Found::new(&rules::ASKS_FOR_SECRET)
                    .at(field.pointer(None))
                    .shows(shown.as_raw(), 0..shown.as_raw().len())
                    .because("A field of the form asks for a secret."),
            );
        }
    }
    // "Please enter your API key", with a field called `value`.
    let free = fields
        .iter()
        .any(|f| f.get("enum").is_none() && f.str("type").is_some_and(|t| t.as_raw() == "string"));
    if let Some(message) = ask
        .str("message")
        .filter(|m| !told && free && asks_secret(m.as_raw()))
    {
        let raw = message.as_raw();
        sink.put(
            Found::new(&rules::ASKS_FOR_SECRET)
                .severity(Severity::Medium)
                .at("/params/message")
                .shows(raw, 0..raw.len().min(200))
                .because("The message of the form asks for a secret, and there is a field to type it in."),
        );
    }
}

/// The name of a field for a secret.
fn names_secret(words: &str) -> bool {
    const WORDS: &[&str] = &[
        "password",
        "passwd",
        "passphrase",
        "passcode",
        "secret",
        "token",
        "credential",
        "credentials",
        "pin",
        "cvv",
        "cvc",
        "otp",
        "mnemonic",
        "ssn",
        "pwd",
        "totp",
        "pat",
        "seed",
        "iban",
    ];
    const PHRASES: &[&str] = &[
        "api key",
        "private key",
        "access key",
        "secret key",
        "seed phrase",
        "recovery phrase",
        "recovery code",
        "card number",
        "credit card",
        "security code",
        "one time",
        "ssh key",
        "signing key",
        "2fa code",
        "mfa code",
        "bank account",
        "social security",
        "wallet key",
        "backup code",
    ];
    words.split(' ').any(|w| WORDS.contains(&w))
        || PHRASES.iter().any(|p| words.contains(p))
        || holds_secret(words.into(), false)
}

/// A text that asks for a secret. One that says never to give it does not.
fn asks_secret(text: Raw<'_>) -> bool {
    let lower = String::from_utf8_lossy(text.slice(0..2_000).bytes()).to_lowercase();
    const PHRASES: &[&str] = &[
        "seed phrase",
        "recovery phrase",
        "card number",
        "security code",
        "one-time code",
        "verification code",
        "cvv",
        "cvc",
        "passphrase",
        "private key",
        "api key",
        "access token",
        "social security",
    ];
    (PHRASES.iter().any(|p| lower.contains(p)) || holds_secret(text.slice(0..2_000), true))
        && !holds_denial(text)
}

fn holds_secret(text: Raw<'_>, long: bool) -> bool {
    let plain = Plain::of(text);
    let shortest = if long { 5 } else { 4 };
    lexicon::find(&plain.text)
        .iter()
        .any(|h| h.concept == Concept::Secret && h.end - h.start >= shortest)
}

fn holds_denial(text: Raw<'_>) -> bool {
    let plain = Plain::of(text.slice(0..2_000));
    lexicon::find(&plain.text)
        .iter()
        .any(|h| matches!(h.concept, Concept::Dont))
}

/// An address that the person is to open.
fn address(url: Value<'_>, own: Raw<'_>, sink: &mut Sink) {
    let Some(text) = url.text() else { return };
    let raw = text.as_raw();
    let Ok(text) = std::str::from_utf8(raw.bytes()) else {
        return;
    };
    let Some(address) = host::split(text) else {
        return;
    };
    let place = host::place(address.host);
    let own = std::str::from_utf8(own.bytes()).ok().and_then(host::split);
    let lower = address.host.to_ascii_lowercase();
    let web = matches!(
        address.scheme.to_ascii_lowercase().as_str(),
        "https" | "http"
    );
    let secure = address.scheme.eq_ignore_ascii_case("https");
    let (severity, why) = if !web {
        (Severity::High, "It is no address of the web.")
    } else if address.user.is_some() {
        (
            Severity::High,
            "What stands in front of the `@` is not the host; the host stands behind it.",
        )
    } else if lower.contains("xn--") || !address.host.is_ascii() {
        (
            Severity::High,
            "The host is written with letters beyond ASCII, which can look like others.",
        )
    } else if looks_like_another(&lower, own.as_ref().map(|o| o.host)) {
        (
            Severity::High,
            "The host looks like another one, and is not.",
        )
    } else if place.place == Where::Metadata || place.odd {
        (
            Severity::High,
            "It leads inside, and is spelled so that it is not seen.",
        )
    } else if host::ip(address.host).is_some() && place.place == Where::Outside {
        (Severity::Medium, "The host is a bare number.")
    } else if !secure && place.place == Where::Outside {
        (
            Severity::Medium,
            "It is not encrypted: whoever is on the way reads what is typed there.",
        )
    } else {
        return;
    };
    sink.put(
        Found::new(&rules::ODD_ADDRESS)
            .severity(severity)
            .at(url.pointer(None))
            .shows(raw, 0..raw.len())
            .because(why),
    );
}

/// `accounts.google.com.example.net`, `g1thub.com`, `github.com-login.example`, or one letter beside the server's own host.
fn looks_like_another(host: &str, own: Option<&str>) -> bool {
    const KNOWN: &[&str] = &[
        "google",
        "github",
        "gitlab",
        "microsoft",
        "microsoftonline",
        "apple",
        "amazon",
        "paypal",
        "slack",
        "okta",
        "stripe",
        "dropbox",
        "facebook",
        "linkedin",
        "atlassian",
        "notion",
        "anthropic",
        "openai",
        "cloudflare",
        "docusign",
        "salesforce",
        "coinbase",
        "binance",
    ];
    let labels: Vec<&str> = host.split('.').collect();
    let Some((_, inner)) = labels.split_last() else {
        return false;
    };
    let registered = inner.last().copied().unwrap_or("");
    // A top-level name in the middle: what stands in front of it is not who answers.
    let middle = inner
        .iter()
        .take(inner.len().saturating_sub(1))
        .enumerate()
        .any(|(n, label)| {
            n > 0
                && matches!(*label, "com" | "org" | "net" | "io" | "dev")
                && KNOWN.contains(&inner[n - 1])
        });
    let dressed = KNOWN.iter().any(|k| {
        registered != *k
            && registered.split('-').any(|part| part == *k)
            && registered.contains('-')
            && [
                "login", "signin", "sign", "auth", "secure", "verify", "account", "sso", "support",
                "com",
            ]
            .iter()
            .any(|w| registered.split('-').any(|p| p == *w))
    });
    let near = |known: &str| known.len() >= 5 && one_apart(registered, known);
    let own = own.and_then(|o| o.split('.').rev().nth(1).map(str::to_owned));
    middle
        || dressed
        || KNOWN.iter().any(|k| near(k))
        || own.is_some_and(|o| near(&o.to_ascii_lowercase()))
}

/// One letter more, less or other; and digits for the letters that they look like.
fn one_apart(a: &str, b: &str) -> bool {
    if a == b {
        return false;
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if long.len() - short.len() > 1 || !short.is_ascii() || !long.is_ascii() {
        return false;
    }
    let same = short
        .bytes()
        .zip(long.bytes())
        .take_while(|(x, y)| x == y)
        .count();
    let (rest_short, rest_long) = (&short[same..], &long[same..]);
    if short.len() == long.len() {
        // Another letter in one place is another word; a digit or a neighbour is a disguise.
        let (x, y) = (rest_short.as_bytes()[0], rest_long.as_bytes()[0]);
        rest_short[1..] == rest_long[1..] && (x.is_ascii_digit() != y.is_ascii_digit())
            || rest_short.len() >= 2
                && rest_short[2..] == rest_long[2..]
                && rest_short.as_bytes()[0] == rest_long.as_bytes()[1]
                && rest_short.as_bytes()[1] == rest_long.as_bytes()[0]
    } else {
        // A plural is another word.
        rest_short == &rest_long[1..] && rest_long != "s"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_that_pose_are_seen() {
        for host in [
            "accounts.google.com.sign.example",
            "g1thub.com",
            "githubb.com",
            "github-login.example",
            "gihtub.com",
        ] {
            assert!(looks_like_another(host, None), "{host}");
        }
        assert!(looks_like_another(
            "exampel-corp.test",
            Some("api.example-corp.test")
        ));
        for host in [
            "github.com",
            "docs.github.com",
            "login.microsoftonline.com",
            "example.com",
            "a.co.uk",
            "auth.example.io",
            "apples.example",
        ] {
            assert!(
                !looks_like_another(host, Some("api.example-corp.test")),
                "{host}"
            );
        }
    }

    #[test]
    fn names_of_secrets_are_known() {
        assert!(
            names_secret("api key") && names_secret("user password") && names_secret("seed phrase")
        );
        assert!(
            !names_secret("branch") && !names_secret("maximum") && !names_secret("keyboard layout")
        );
        assert!(asks_secret("Enter your API key to go on".into()));
        assert!(!asks_secret(
            "Never share your password with anyone. Which theme?".into()
        ));
    }
}
