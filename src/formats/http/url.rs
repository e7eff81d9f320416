//! What tells servers apart: where their messages go.

/// Where an exchange goes, in the parts that matter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    /// Host and port, without the port that the scheme has anyway and without any name or password.
    pub host: Vec<u8>,
    /// Path and query.
    pub path: Vec<u8>,
}

impl Target {
    /// Of an absolute URL; one that is none is a path of no host.
    pub fn of(url: &[u8]) -> Target {
        let Some(at) = memchr::memmem::find(url, b"://") else {
            return Target {
                host: Vec::new(),
                path: without_fragment(url).to_vec(),
            };
        };
        let (scheme, rest) = (&url[..at], &url[at + 3..]);
        let end = rest
            .iter()
            .position(|b| matches!(b, b'/' | b'?' | b'#'))
            .unwrap_or(rest.len());
        let host = rest[..end].rsplit(|b| *b == b'@').next().unwrap_or(b"");
        let usual: &[u8] = match scheme.to_ascii_lowercase().as_slice() {
            b"https" | b"wss" => b":443",
            _ => b":80",
        };
        Target {
            host: host.strip_suffix(usual).unwrap_or(host).to_vec(),
            path: without_fragment(&rest[end..]).to_vec(),
        }
    }

    /// The path alone: a query may hold secrets.
    pub fn plain_path(&self) -> &[u8] {
        self.path.split(|b| *b == b'?').next().unwrap_or(b"")
    }

    /// Host and path: by this a server is known in a capture.
    pub fn label(&self) -> Vec<u8> {
        let path = self.plain_path();
        let path = path.strip_suffix(b"/").unwrap_or(path);
        [&self.host[..], path].concat()
    }

    /// Where a reference that this answered with leads.
    pub fn leads_to(&self, reference: &[u8]) -> Target {
        if memchr::memmem::find(reference, b"://").is_some() {
            return Target::of(reference);
        }
        let folder = self.plain_path();
        let folder = &folder[..folder.iter().rposition(|b| *b == b'/').map_or(0, |n| n + 1)];
        let reference = without_fragment(reference);
        let path = match reference.first() {
            Some(b'/') => reference.to_vec(),
            _ => [folder, reference].concat(),
        };
        Target {
            host: self.host.clone(),
            path,
        }
    }
}

fn without_fragment(path: &[u8]) -> &[u8] {
    path.split(|b| *b == b'#').next().unwrap_or(b"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_has_no_secret_in_it() {
        let label = |url: &str| String::from_utf8(Target::of(url.as_bytes()).label()).unwrap();
        assert_eq!(
            label("https://me:word@a.example:443/mcp/?key=1#x"),
            "a.example/mcp"
        );
        assert_eq!(label("http://a.example:8080"), "a.example:8080");
        assert_eq!(label("/mcp"), "/mcp");
        assert_eq!(label(""), "");
    }

    #[test]
    fn references_lead_as_they_do_for_clients() {
        let sse = Target::of(b"http://a.example/x/sse");
        assert_eq!(sse.leads_to(b"/m?id=1").path, b"/m?id=1");
        assert_eq!(sse.leads_to(b"m").path, b"/x/m");
        assert_eq!(sse.leads_to(b"http://b.example/m").host, b"b.example");
    }
}
