//! Who may speak to the proxy: programs of this machine that meant to, and no page of a browser.
//!
//! A page on the web can send requests to the loopback address, and by rebinding its own name to 127.0.0.1 it can read
//! the answers too. `Host` then names the page's host, and `Origin` its origin.

use hyper::HeaderMap;
use hyper::header::{HOST, HeaderValue, ORIGIN};
use hyper::http::uri::{Authority, Uri};
use std::net::IpAddr;
use std::str::FromStr;

/// What is let through.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    /// Further origins that may ask, as a browser writes them: `https://app.example`.
    pub origins: Vec<String>,
    /// Further names that this proxy goes by.
    pub hosts: Vec<String>,
    /// The proxy listens on an address that other machines can reach, so it may be spoken to by any address. A name
    /// must still be one of ours: a page that was rebound shows by its name.
    pub remote: bool,
}

/// Why a request was refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// `Host` is missing, twice there, or names another host.
    Host,
    /// The page that asks is not allowed to.
    Origin,
}

impl Refusal {
    /// What the asker is told.
    pub fn sentence(self) -> &'static str {
        match self {
            Refusal::Host => {
                "plainsight's proxy refused this request: its Host header is not one of this proxy's own names (127.0.0.1, localhost or [::1]; --allow-host adds one).\n"
            }
            Refusal::Origin => {
                "plainsight's proxy refused this request: its Origin header names a web page that is not on this machine, or it comes from such a page without one (--allow-origin permits an origin).\n"
            }
        }
    }

    /// The word in the recording.
    pub fn name(self) -> &'static str {
        match self {
            Refusal::Host => "host",
            Refusal::Origin => "origin",
        }
    }
}

impl Guard {
    /// Looks at a request's headers, and at the host in its target where it was written as to a forward proxy.
    ///
    /// # Errors
    /// The reason why the request must not pass.
    pub fn check(&self, target: &Uri, headers: &HeaderMap) -> Result<(), Refusal> {
        if let Some(authority) = target.authority()
            && !self.knows(authority.host())
        {
            return Err(Refusal::Host);
        }
        let mut hosts = headers.get_all(HOST).iter();
        match (hosts.next(), hosts.next()) {
            (Some(host), None) if self.host(host) => {}
            _ => return Err(Refusal::Host),
        }
        // Pictures and the like are asked for without `Origin`; browsers say by this whose page wants them.
        let of_elsewhere = headers
            .get("sec-fetch-site")
            .is_some_and(|site| site == "cross-site");
        if of_elsewhere && !headers.contains_key(ORIGIN)
            || !headers.get_all(ORIGIN).iter().all(|o| self.origin(o))
        {
            return Err(Refusal::Origin);
        }
        Ok(())
    }

    fn host(&self, value: &HeaderValue) -> bool {
        Authority::try_from(value.as_bytes()).is_ok_and(|authority| {
            !authority.as_str().contains('@') && self.knows(authority.host())
        })
    }

    fn knows(&self, host: &str) -> bool {
        is_loopback(host)
            || self.hosts.iter().any(|own| own.eq_ignore_ascii_case(host))
            || self.remote && address(host).is_some()
    }

    fn origin(&self, value: &HeaderValue) -> bool {
        let bytes = value.as_bytes();
        if (self.origins.iter()).any(|allowed| allowed.as_bytes().eq_ignore_ascii_case(bytes)) {
            return true;
        }
        let Ok(origin) = Uri::try_from(bytes) else {
            return false;
        };
        matches!(origin.scheme_str(), Some("http" | "https"))
            && origin
                .authority()
                .is_some_and(|a| !a.as_str().contains('@') && is_loopback(a.host()))
    }
}

/// The address that a host is written as.
fn address(host: &str) -> Option<IpAddr> {
    let bare = host
        .strip_prefix('[')
        .and_then(|h| h.strip_suffix(']'))
        .unwrap_or(host);
    IpAddr::from_str(bare).ok()
}

/// Whether a host can be nothing but this machine: a loopback address, or `localhost` and what ends in it (RFC 6761).
pub fn is_loopback(host: &str) -> bool {
    match address(host) {
        Some(IpAddr::V4(v4)) => v4.is_loopback(),
        Some(IpAddr::V6(v6)) => {
            v6.is_loopback() || v6.to_ipv4_mapped().is_some_and(|v4| v4.is_loopback())
        }
        None => {
            let host = host.to_ascii_lowercase();
            host == "localhost" || host.ends_with(".localhost")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(guard: &Guard, headers: &[(&str, &str)]) -> Result<(), Refusal> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(
                hyper::header::HeaderName::from_str(name).unwrap(),
                HeaderValue::from_str(value).unwrap(),
            );
        }
        guard.check(&Uri::from_static("/mcp"), &map)
    }

    #[test]
    fn only_own_names_pass() {
        let guard = Guard::default();
        for host in [
            "127.0.0.1:7574",
            "127.8.9.1",
            "localhost",
            "LOCALHOST:9",
            "app.localhost:1",
            "[::1]:7574",
            "[::ffff:127.0.0.1]",
        ] {
            assert_eq!(check(&guard, &[("host", host)]), Ok(()), "{host}");
        }
        for host in [
            "evil.example",
            "evil.example:7574",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "192.168.1.5",
            "0.0.0.0",
            "evil@localhost",
            "localhost@evil.example",
            "",
            "a b",
        ] {
            assert_eq!(
                check(&guard, &[("host", host)]),
                Err(Refusal::Host),
                "{host}"
            );
        }
        assert_eq!(check(&guard, &[]), Err(Refusal::Host));
        let twice = [("host", "localhost"), ("host", "localhost")];
        assert_eq!(check(&guard, &twice), Err(Refusal::Host));
    }

    #[test]
    fn pages_of_this_machine_may_ask_and_others_not() {
        let guard = Guard {
            origins: vec!["https://app.example".into()],
            ..Guard::default()
        };
        let with = |origin| check(&guard, &[("host", "localhost"), ("origin", origin)]);
        for origin in [
            "http://localhost:6274",
            "https://127.0.0.1",
            "http://[::1]:3000",
            "https://app.example",
        ] {
            assert_eq!(with(origin), Ok(()), "{origin}");
        }
        for origin in [
            "null",
            "https://evil.example",
            "http://localhost.evil.example",
            "http://localhost@evil.example",
            "file://",
            "chrome-extension://abc",
            "http://192.168.1.5",
            "https://app.example:444",
            "",
        ] {
            assert_eq!(with(origin), Err(Refusal::Origin), "{origin}");
        }
    }

    #[test]
    fn pictures_of_other_pages_are_refused() {
        let guard = Guard::default();
        let with = |site, origin: &[(&str, &str)]| {
            let headers = [("host", "localhost"), ("sec-fetch-site", site)];
            check(&guard, &[&headers, origin].concat())
        };
        assert_eq!(with("cross-site", &[]), Err(Refusal::Origin));
        assert_eq!(with("none", &[]), Ok(()));
        let own = [("origin", "http://localhost:3000")];
        assert_eq!(with("cross-site", &own), Ok(()));
    }

    #[test]
    fn a_target_for_another_host_is_refused() {
        let mut map = HeaderMap::new();
        map.insert(HOST, HeaderValue::from_static("localhost"));
        let target = Uri::from_static("http://evil.example/mcp");
        assert_eq!(Guard::default().check(&target, &map), Err(Refusal::Host));
    }

    #[test]
    fn a_proxy_for_others_knows_addresses_but_no_names() {
        let guard = Guard {
            remote: true,
            hosts: vec!["box.lan".into()],
            ..Guard::default()
        };
        for host in ["192.168.1.5:7574", "[fd00::1]:7574", "box.lan:7574"] {
            assert_eq!(check(&guard, &[("host", host)]), Ok(()), "{host}");
        }
        let evil = check(&guard, &[("host", "evil.example")]);
        assert_eq!(evil, Err(Refusal::Host));
    }
}
