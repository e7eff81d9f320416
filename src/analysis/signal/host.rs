//! Where an address leads, however it is spelled: to the machine itself, its network, a cloud's metadata.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// An address, taken apart. Everything is as it stands in the text.
#[derive(Debug, PartialEq)]
pub struct Address<'t> {
    /// In front of `://` (or of `:`), empty where there is none.
    pub scheme: &'t str,
    /// User and password in front of the `@`.
    pub user: Option<&'t str>,
    pub host: &'t str,
    pub port: Option<u16>,
    /// From the first `/`, `?` or `#` on.
    pub rest: &'t str,
}

/// Where a host is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Where {
    /// A cloud's metadata service.
    Metadata,
    /// The machine itself.
    Loopback,
    /// Its own network.
    Private,
    /// A name that only an inner resolver knows.
    Inner,
    Outside,
}

/// A host, judged.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    pub place: Where,
    /// Spelled so that a simple check does not see where it leads.
    pub odd: bool,
    /// Through a public name whose answer is what the name says.
    pub through_name: bool,
}

/// Takes an address apart; `None` for what is none.
pub fn split(text: &str) -> Option<Address<'_>> {
    let text = text.trim();
    let (scheme, rest) = match text.find("://") {
        Some(at)
            if text[..at]
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'.' | b'-')) =>
        {
            (&text[..at], &text[at + 3..])
        }
        Some(_) => return None,
        None => ("", text),
    };
    // A backslash ends the host for browsers, so it does here.
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (authority, rest) = rest.split_at(end);
    let (user, authority) = match authority.rfind('@') {
        Some(at) => (Some(&authority[..at]), &authority[at + 1..]),
        None => (None, authority),
    };
    let (host, port) = match authority.strip_prefix('[') {
        Some(inner) => {
            let close = inner.find(']')?;
            (&inner[..close], inner[close + 1..].strip_prefix(':'))
        }
        None => match authority.rsplit_once(':') {
            Some((host, port)) if !host.contains(':') => (host, Some(port)),
            _ => (authority, None),
        },
    };
    let port = match port.filter(|p| !p.is_empty()) {
        Some(port) => Some(port.parse().ok()?),
        None => None,
    };
    (!host.is_empty() && !host.contains(char::is_whitespace)).then_some(Address {
        scheme,
        user,
        host,
        port,
        rest,
    })
}

/// The address that a host spells, and whether it does so in an odd way: as one number, in hexadecimal or octal, with
/// parts left out, with letters that only look like digits.
pub fn ip(host: &str) -> Option<(IpAddr, bool)> {
    let folded: String = host.chars().map(fold).collect();
    let odd = folded != host;
    let text = folded.trim_end_matches('.');
    if let Ok(v4) = text.parse::<Ipv4Addr>() {
        return Some((IpAddr::V4(v4), odd));
    }
    if let Ok(v6) = text.split('%').next().unwrap_or(text).parse::<Ipv6Addr>() {
        return Some(match v6.to_ipv4_mapped().or_else(|| embedded(v6)) {
            Some(v4) => (IpAddr::V4(v4), true),
            None => (IpAddr::V6(v6), odd),
        });
    }
    let parts: Vec<u64> = text.split('.').map(number).collect::<Option<_>>()?;
    let (last, leading) = parts.split_last()?;
    if leading.len() > 3
        || leading.iter().any(|p| *p > 255)
        || *last >= 1 << (8 * (4 - leading.len()))
    {
        return None;
    }
    // `8` alone is a number, not an address; nobody reaches the network 0.
    if leading.is_empty() && *last < 1 << 24 && *last != 0 {
        return None;
    }
    let high = leading
        .iter()
        .enumerate()
        .map(|(n, p)| p << (24 - 8 * n))
        .sum::<u64>();
    Some((IpAddr::V4(Ipv4Addr::from((high | last) as u32)), true))
}

/// NAT64 and the old compatible form carry an IPv4 address in their last four bytes.
fn embedded(v6: Ipv6Addr) -> Option<Ipv4Addr> {
    let segments = v6.segments();
    let carries =
        segments[..6] == [0x64, 0xff9b, 0, 0, 0, 0] || segments[..6] == [0; 6] && segments[6] != 0;
    carries.then(|| Ipv4Addr::from((u32::from(segments[6]) << 16) | u32::from(segments[7])))
}

fn number(part: &str) -> Option<u64> {
    if let Some(hex) = part.strip_prefix("0x").or_else(|| part.strip_prefix("0X")) {
        return u64::from_str_radix(hex, 16).ok();
    }
    if part.len() > 1 && part.starts_with('0') {
        return u64::from_str_radix(part, 8).ok();
    }
    part.bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| part.parse().ok())?
}

/// Digits and dots as resolvers fold them (UTS 46).
fn fold(c: char) -> char {
    match c {
        '⓪' => '0',
        '①'..='⑨' => char::from(b'1' + (u32::from(c) - u32::from('①')) as u8),
        '０'..='９' => char::from(b'0' + (u32::from(c) - u32::from('０')) as u8),
        '。' | '．' | '｡' => '.',
        c => c.to_ascii_lowercase(),
    }
}

/// Names of services that answer with the address that stands in the name, or with the machine itself.
const ECHOES: &[&str] = &[
    "nip.io",
    "sslip.io",
    "xip.io",
    "traefik.me",
    "rbndr.us",
    "1u.ms",
    "local.gd",
    "backname.io",
];
const SELVES: &[&str] = &[
    "localtest.me",
    "lvh.me",
    "vcap.me",
    "lacolhost.com",
    "yoogle.com",
    "localhost.run",
];

/// Where a host leads.
pub fn place(host: &str) -> Place {
    let lower: String = host.chars().map(fold).collect();
    let name = lower.trim_end_matches('.');
    let plain = |place| Place {
        place,
        odd: false,
        through_name: false,
    };
    if let Some((ip, odd)) = ip(host) {
        return Place {
            place: of_ip(ip),
            odd,
            through_name: false,
        };
    }
    if matches!(
        name,
        "metadata"
            | "metadata.google.internal"
            | "metadata.goog"
            | "metadata.azure.internal"
            | "metadata.azure.com"
            | "instance-data"
            | "instance-data.ec2.internal"
            | "metadata.tencentyun.com"
            | "metadata.packet.net"
            | "metadata.oraclecloud.com"
    ) {
        return plain(Where::Metadata);
    }
    if name == "localhost"
        || name.ends_with(".localhost")
        || name == "localhost.localdomain"
        || name == "ip6-localhost"
    {
        return plain(Where::Loopback);
    }
    let under = |list: &[&str]| {
        list.iter()
            .find_map(|s| name.strip_suffix(s)?.strip_suffix('.').map(str::to_owned))
    };
    if let Some(inner) = under(ECHOES) {
        let place = inner_address(&inner).map_or(Where::Outside, of_ip);
        return Place {
            place,
            odd: place != Where::Outside,
            through_name: true,
        };
    }
    if SELVES.contains(&name) || under(SELVES).is_some() {
        return Place {
            place: Where::Loopback,
            odd: false,
            through_name: true,
        };
    }
    let inner = [
        ".internal",
        ".consul",
        ".cluster.local",
        ".svc",
        ".corp",
        ".intranet",
        ".lan",
        ".home.arpa",
    ]
    .iter()
    .any(|s| name.ends_with(s))
        || matches!(
            name,
            "kubernetes"
                | "kubernetes.default"
                | "host.docker.internal"
                | "gateway.docker.internal"
                | "vault"
                | "consul"
        );
    plain(if inner { Where::Inner } else { Where::Outside })
}

/// `10.0.0.1`, `10-0-0-1`, `7f000001`, each with labels around it.
fn inner_address(name: &str) -> Option<IpAddr> {
    let dotted = name.replace('-', ".");
    let labels: Vec<&str> = dotted.split('.').collect();
    let quad = labels
        .windows(4)
        .find_map(|w| w.join(".").parse::<Ipv4Addr>().ok());
    let hex = || {
        name.split('.')
            .filter(|l| l.len() == 8)
            .filter_map(|l| u32::from_str_radix(l, 16).ok())
            .map(Ipv4Addr::from)
            .find(|ip| of_ip(IpAddr::V4(*ip)) != Where::Outside)
    };
    quad.or_else(hex).map(IpAddr::V4)
}

fn of_ip(ip: IpAddr) -> Where {
    match ip {
        IpAddr::V4(v4) => {
            let o = v4.octets();
            // AWS, Azure, Google and others; Alibaba; Oracle's older one; AWS for containers.
            if matches!(
                o,
                [169, 254, 169, 254]
                    | [100, 100, 100, 200]
                    | [192, 0, 0, 192]
                    | [169, 254, 170, 2 | 23]
                    | [168, 63, 129, 16]
            ) {
                Where::Metadata
            } else if v4.is_loopback() || v4.is_unspecified() || o[0] == 0 {
                Where::Loopback
            } else if v4.is_private()
                || v4.is_link_local()
                || o[0] == 100 && (64..128).contains(&o[1])
            {
                Where::Private
            } else {
                Where::Outside
            }
        }
        IpAddr::V6(v6) => {
            let s = v6.segments();
            if s == [0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254]
                || s == [0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254]
            {
                Where::Metadata
            } else if v6.is_loopback() || v6.is_unspecified() {
                Where::Loopback
            } else if s[0] & 0xfe00 == 0xfc00 || s[0] & 0xffc0 == 0xfe80 {
                Where::Private
            } else {
                Where::Outside
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_apart() {
        let a = split("http://u:p@[::1]:8080/x?y").unwrap();
        assert_eq!(
            (a.scheme, a.user, a.host, a.port, a.rest),
            ("http", Some("u:p"), "::1", Some(8080), "/x?y")
        );
        assert_eq!(split("example.org:80").unwrap().port, Some(80));
        assert_eq!(split("http://").is_none(), split("a b").is_none());
    }

    #[test]
    fn spellings_do_not_matter() {
        for host in [
            "2852039166",
            "0xa9fea9fe",
            "0251.0376.0251.0376",
            "0xa9.254.43518",
            "::ffff:169.254.169.254",
            "::ffff:a9fe:a9fe",
            "64:ff9b::a9fe:a9fe",
            "①⑥⑨.254.169.254",
            "169.254.169.254.nip.io",
            "a9fea9fe.c0a80001.rbndr.us",
        ] {
            let place = place(host);
            assert!(
                place.place == Where::Metadata && place.odd,
                "{host}: {place:?}"
            );
        }
        for host in [
            "127.1",
            "0x7f000001",
            "017700000001",
            "2130706433",
            "0",
            "app.127-0-0-1.sslip.io",
        ] {
            assert!(
                place(host).place == Where::Loopback && place(host).odd,
                "{host}"
            );
        }
        assert_eq!(
            place("169.254.169.254"),
            Place {
                place: Where::Metadata,
                odd: false,
                through_name: false
            }
        );
        assert_eq!(place("LOCALHOST.").place, Where::Loopback);
        assert_eq!(place("10.1.2.3").place, Where::Private);
        assert_eq!(place("kubernetes.default.svc").place, Where::Inner);
    }

    #[test]
    fn names_of_the_web_are_outside() {
        for host in [
            "example.org",
            "8.8.8.8",
            "10up.com",
            "nip.io",
            "192-168-1-1.example.org",
            "127.example.org",
            "3",
            "1.5",
            "2026",
            "metadata.example.org",
        ] {
            assert_eq!(place(host).place, Where::Outside, "{host}");
        }
    }
}
