//! The server that the proxy stands before: its address, the way to it, and its own name in what it answers.

use super::guard::is_loopback;
use hyper::Uri;
use hyper::header::HeaderValue;
use hyper::http::uri::{Authority, PathAndQuery, Scheme};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder, MaybeHttpsStream};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioIo;
use std::error::Error;
use std::net::SocketAddr;
use tokio::net::TcpStream;
use tower_service::Service;

/// A connection to the upstream.
pub type Stream = MaybeHttpsStream<TokioIo<TcpStream>>;

/// Why an address cannot be an upstream's.
#[derive(Debug, thiserror::Error)]
pub enum AddressError {
    #[error(
        "`{0}` is no address that can be proxied: give a whole one, such as http://127.0.0.1:8000/mcp or https://mcp.example.com/mcp"
    )]
    NotWhole(String),
    #[error(
        "the address holds a user name or a password; leave them out, and let the client send an Authorization header instead, which is passed on and never recorded"
    )]
    Credentials,
}

/// The origin of a server, and where its MCP endpoint is.
#[derive(Clone, Debug)]
pub struct Upstream {
    scheme: Scheme,
    authority: Authority,
    endpoint: PathAndQuery,
}

impl Upstream {
    /// # Errors
    /// Where the text is no absolute `http` or `https` address, or holds credentials.
    pub fn parse(text: &str) -> Result<Upstream, AddressError> {
        let without_fragment = text.split('#').next().unwrap_or_default();
        let not_whole = || AddressError::NotWhole(text.to_string());
        let uri: Uri = without_fragment.parse().map_err(|_| not_whole())?;
        let parts = uri.into_parts();
        let scheme = parts
            .scheme
            .filter(|s| *s == Scheme::HTTP || *s == Scheme::HTTPS);
        let (Some(scheme), Some(authority)) = (scheme, parts.authority) else {
            return Err(not_whole());
        };
        if authority.as_str().contains('@') {
            return Err(AddressError::Credentials);
        }
        Ok(Upstream {
            scheme,
            authority,
            endpoint: parts
                .path_and_query
                .unwrap_or_else(|| PathAndQuery::from_static("/")),
        })
    }

    /// `https://mcp.example.com`
    pub fn origin(&self) -> String {
        format!("{}://{}", self.scheme, self.authority)
    }

    /// Path and query of the address that was given.
    pub fn endpoint(&self) -> &PathAndQuery {
        &self.endpoint
    }

    pub fn host(&self) -> &str {
        self.authority.host()
    }

    /// Whether this is the address that the proxy itself listens on.
    pub fn is_at(&self, listen: SocketAddr) -> bool {
        let port = self.authority.port_u16().unwrap_or(self.usual_port());
        let host = self.host().trim_matches(['[', ']']);
        port == listen.port() && (is_this_machine(self.host()) || host.parse() == Ok(listen.ip()))
    }

    /// A name for the server: its host, and its port where it is not the usual one.
    pub fn label(&self) -> String {
        let host = self.host().trim_matches(['[', ']']);
        match self.authority.port_u16() {
            Some(port) if port != self.usual_port() => format!("{host}-{port}"),
            _ => host.to_string(),
        }
    }

    /// What `Host` must say: servers compare it with the name they know themselves by.
    pub fn host_header(&self) -> HeaderValue {
        // An authority is made of characters that a header may hold.
        HeaderValue::from_str(self.authority.as_str())
            .unwrap_or_else(|_| HeaderValue::from_static("localhost"))
    }

    fn usual_port(&self) -> u16 {
        usual_port(&self.scheme)
    }

    /// What stands behind the origin in an address of this very server: `/messages?s=1` of `http://upstream/messages?s=1`.
    /// `None` for a relative address, and for one of another origin.
    pub fn own_path<'a>(&self, address: &'a [u8]) -> Option<&'a [u8]> {
        let (scheme, rest) = split_scheme(address)?;
        let scheme = match scheme {
            // `//host/path` has the scheme of where it stands.
            b"" => self.scheme.clone(),
            scheme => Scheme::try_from(scheme.to_ascii_lowercase().as_slice()).ok()?,
        };
        let end = memchr::memchr3(b'/', b'?', b'#', rest).unwrap_or(rest.len());
        let authority = Authority::try_from(&rest[..end]).ok()?;
        let port = authority.port_u16().unwrap_or(usual_port(&scheme));
        let own_port = self.authority.port_u16().unwrap_or(self.usual_port());
        let same_host = authority.host().eq_ignore_ascii_case(self.host())
            || is_this_machine(authority.host()) && is_loopback(self.host());
        (scheme == self.scheme && same_host && port == own_port).then_some(&rest[end..])
    }

    /// The origin of an absolute address that is not of this server: `https://login.example`.
    pub fn other_origin(&self, address: &[u8]) -> Option<String> {
        let uri = Uri::try_from(address).ok()?;
        let (scheme, authority) = (uri.scheme()?, uri.authority()?);
        let host = authority.host();
        let port = authority
            .port()
            .map_or_else(String::new, |port| format!(":{port}"));
        self.own_path(address)
            .is_none()
            .then(|| format!("{scheme}://{host}{port}"))
    }

    /// The same address with the proxy's authority in it, where it is one of this server.
    pub fn rewritten(&self, address: &[u8], ours: &str) -> Option<Vec<u8>> {
        let path = self.own_path(address)?;
        let begin = match split_scheme(address)? {
            (b"", _) => "//",
            _ => "http://",
        };
        Some([begin.as_bytes(), ours.as_bytes(), path].concat())
    }
}

fn usual_port(scheme: &Scheme) -> u16 {
    if *scheme == Scheme::HTTPS { 443 } else { 80 }
}

/// `0.0.0.0` too: servers that listen there tell it as their own address.
fn is_this_machine(host: &str) -> bool {
    is_loopback(host) || matches!(host, "0.0.0.0" | "[::]")
}

/// Scheme and what stands behind `//`. `None` for an address without an authority.
fn split_scheme(address: &[u8]) -> Option<(&[u8], &[u8])> {
    if let Some(rest) = address.strip_prefix(b"//") {
        return Some((b"", rest));
    }
    let colon = memchr::memchr(b':', address)?;
    let (scheme, rest) = address.split_at(colon);
    let is_scheme = scheme.first().is_some_and(u8::is_ascii_alphabetic)
        && scheme.iter().all(|b| b.is_ascii_alphanumeric());
    let rest = rest.strip_prefix(b"://")?;
    is_scheme.then_some((scheme, rest))
}

/// Makes connections to the upstream.
#[derive(Clone)]
pub struct Connector {
    inner: HttpsConnector<HttpConnector>,
    /// The upstream's origin, as an address.
    origin: Uri,
}

impl Connector {
    /// Trusts the machine's own roots, and Mozilla's where the machine has none.
    pub fn new(upstream: &Upstream) -> Connector {
        let mut tcp = HttpConnector::new();
        tcp.set_nodelay(true);
        tcp.enforce_http(false);
        // The machine's own are read from many files: not for nothing.
        let native = (upstream.scheme == Scheme::HTTPS)
            .then(|| HttpsConnectorBuilder::new().with_native_roots().ok())
            .flatten();
        let tls = native.unwrap_or_else(|| HttpsConnectorBuilder::new().with_webpki_roots());
        let mut parts = hyper::http::uri::Parts::default();
        parts.scheme = Some(upstream.scheme.clone());
        parts.authority = Some(upstream.authority.clone());
        parts.path_and_query = Some(PathAndQuery::from_static("/"));
        Connector {
            inner: tls.https_or_http().enable_http1().wrap_connector(tcp),
            origin: Uri::from_parts(parts).unwrap_or_default(),
        }
    }

    /// # Errors
    /// Why the upstream could not be reached, in words that follow "could not be reached:".
    pub async fn connect(&self) -> Result<Stream, String> {
        let mut inner = self.inner.clone();
        inner
            .call(self.origin.clone())
            .await
            .map_err(|error| innermost(error.as_ref()))
    }
}

/// The reason at the bottom: what is above it only says that connecting failed.
fn innermost(error: &(dyn Error + 'static)) -> String {
    let mut error = error;
    while let Some(source) = error.source() {
        error = source;
    }
    error.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Upstream {
        Upstream::parse(text).unwrap()
    }

    #[test]
    fn reads_addresses() {
        let upstream = of("https://mcp.example.com/v1/mcp?team=a#part");
        assert_eq!(upstream.origin(), "https://mcp.example.com");
        assert_eq!(upstream.endpoint().as_str(), "/v1/mcp?team=a");
        assert_eq!(upstream.label(), "mcp.example.com");
        assert_eq!(of("http://127.0.0.1:8000").endpoint().as_str(), "/");
        assert_eq!(of("http://127.0.0.1:8000").label(), "127.0.0.1-8000");
        assert_eq!(of("http://[::1]:80/x").label(), "::1");
        for wrong in [
            "",
            "mcp.example.com/mcp",
            "/mcp",
            "ftp://a/b",
            "http://",
            "stdio",
        ] {
            assert!(
                matches!(Upstream::parse(wrong), Err(AddressError::NotWhole(_))),
                "{wrong}"
            );
        }
        let secret = Upstream::parse("http://me:secret@a.example/");
        assert!(!secret.unwrap_err().to_string().contains("secret"));
    }

    #[test]
    fn knows_its_own_addresses() {
        let upstream = of("http://127.0.0.1:8000/sse");
        for (address, path) in [
            ("http://127.0.0.1:8000/messages?s=1", "/messages?s=1"),
            ("HTTP://LocalHost:8000/m", "/m"),
            ("http://0.0.0.0:8000", ""),
            ("//127.0.0.1:8000?x", "?x"),
        ] {
            let own = upstream.own_path(address.as_bytes());
            assert_eq!(own, Some(path.as_bytes()), "{address}");
        }
        for other in [
            "/messages",
            "messages?to=http://127.0.0.1:8000/",
            "https://127.0.0.1:8000/m",
            "http://127.0.0.1:8001/m",
            "http://127.0.0.1/m",
            "http://evil.example:8000/m",
            "",
        ] {
            assert_eq!(upstream.own_path(other.as_bytes()), None, "{other}");
        }
        let usual = of("https://a.example/mcp");
        assert_eq!(usual.own_path(b"https://A.example:443/x"), Some(&b"/x"[..]));
        assert_eq!(usual.own_path(b"https://localhost/x"), None);
    }

    #[test]
    fn knows_when_it_is_the_proxy_itself() {
        let listen: SocketAddr = "127.0.0.1:7574".parse().unwrap();
        assert!(of("http://localhost:7574/mcp").is_at(listen));
        assert!(of("http://[::1]:7574/mcp").is_at(listen));
        assert!(!of("http://localhost:7575/mcp").is_at(listen));
        assert!(!of("http://a.example:7574/mcp").is_at(listen));
        assert!(of("http://192.168.1.5:80/").is_at("192.168.1.5:80".parse().unwrap()));
    }

    #[test]
    fn knows_when_it_sends_elsewhere() {
        let upstream = of("http://a.example/mcp");
        for (address, origin) in [
            ("https://me:x@b.example:1/y?z", Some("https://b.example:1")),
            ("https://a.example/mcp", Some("https://a.example")),
            ("http://a.example/mcp/", None),
            ("/mcp/", None),
            ("mcp", None),
        ] {
            let other = upstream.other_origin(address.as_bytes());
            assert_eq!(other.as_deref(), origin, "{address}");
        }
    }

    #[test]
    fn rewrites_only_its_own_addresses() {
        let upstream = of("https://a.example/mcp");
        let ours = |address: &str| {
            upstream
                .rewritten(address.as_bytes(), "localhost:7574")
                .map(|bytes| String::from_utf8(bytes).unwrap())
        };
        assert_eq!(
            ours("https://a.example/x?y#z").as_deref(),
            Some("http://localhost:7574/x?y#z")
        );
        assert_eq!(ours("//a.example/x").as_deref(), Some("//localhost:7574/x"));
        assert_eq!(ours("https://b.example/x"), None);
        assert_eq!(ours("/x"), None);
    }
}
