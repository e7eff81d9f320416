//! What a server lacks before it can be started.

use crate::clients::{Launch, Server};
use crate::text::Raw;

/// A part of a configuration that only the client can fill in, as `${input:key}`.
pub fn placeholder(server: &Server) -> Option<String> {
    let argv = server.argv();
    let shell = argv.iter().any(|word| *word == *"-c");
    let mut texts: Vec<Raw<'_>> = if shell { Vec::new() } else { argv };
    texts.extend(server.env.iter().map(|(_, value)| value.reveal()));
    texts.extend(server.cwd.as_ref().map(|cwd| cwd.as_raw()));
    if let Launch::Http { url, headers, .. } = &server.launch {
        texts.push(url.as_raw());
        texts.extend(headers.iter().map(|(_, value)| value.reveal()));
    }
    texts.iter().find_map(|text| {
        let bytes = text.bytes();
        let start = memchr::memmem::find(bytes, b"${")?;
        let end = start + memchr::memchr(b'}', &bytes[start..])?;
        let name = &bytes[start + 2..end];
        let is_name = name
            .first()
            .is_some_and(|b| b.is_ascii_alphabetic() || *b == b'_' || *b == b'{');
        is_name.then(|| Raw::new(&bytes[start..=end]).label(60))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clients::{ALL_SECTIONS, Config, Syntax};

    fn server(entry: &str) -> Server {
        let text = format!(r#"{{"mcpServers": {{"a": {entry}}}}}"#);
        let config = Config::read(text.as_bytes(), Syntax::Json, ALL_SECTIONS).unwrap();
        config.servers.into_iter().next().unwrap()
    }

    #[test]
    fn what_only_the_client_can_fill_in_is_found() {
        for (entry, told) in [
            (
                r#"{"command": "x", "args": ["a", "--k=${input:key}"]}"#,
                Some("${input:key}"),
            ),
            (
                r#"{"command": "x", "env": {"A": "${env:B}"}}"#,
                Some("${env:B}"),
            ),
            (r#"{"url": "https://x/${TOKEN}"}"#, Some("${TOKEN}")),
            (r#"{"command": "x", "args": ["$5", "${}", "${1}"]}"#, None),
            (r#"{"command": "sh", "args": ["-c", "echo ${HOME}"]}"#, None),
        ] {
            assert_eq!(placeholder(&server(entry)).as_deref(), told, "{entry}");
        }
    }
}
