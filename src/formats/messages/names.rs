//! To whom a tool of a message belongs, by its name.

use crate::formats::naming::{CLAUDE_CODE, GEMINI, GOOSE, Known, OPENCODE, ROO};
use memchr::memmem;

/// What Cline writes between the key of a server, which is made up, and the name of its tool.
const CLINE: &[u8] = b"0mcp0";

/// The owner of a tool, and what it calls it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Owner {
    Server {
        server: Vec<u8>,
        tool: Vec<u8>,
    },
    /// A server that is known by a key only.
    Key {
        key: Vec<u8>,
        tool: Vec<u8>,
    },
    Client,
}

/// Looks at the marks that clients set; a name without one is a server's where that server is known.
pub(super) fn owner(name: &[u8], known: &Known) -> Owner {
    if let Some(at) = memmem::find(name, CLINE)
        && at > 0
        && at + CLINE.len() < name.len()
    {
        return Owner::Key {
            key: name[..at].to_vec(),
            tool: name[at + CLINE.len()..].to_vec(),
        };
    }
    let marked = [CLAUDE_CODE, ROO, GEMINI]
        .iter()
        .find_map(|naming| naming.split(name, known));
    let split = marked.or_else(|| {
        [GOOSE, OPENCODE]
            .iter()
            .filter_map(|naming| naming.split(name, known))
            .find(|split| known.servers.contains(&split.server))
    });
    split.map_or(Owner::Client, |split| Owner::Server {
        server: split.server,
        tool: split.tool,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_known_servers_decide() {
        let mut known = Known::default();
        let server = |server: &str, tool: &str| Owner::Server {
            server: server.into(),
            tool: tool.into(),
        };
        assert_eq!(owner(b"mcp__a__b", &known), server("a", "b"));
        assert_eq!(owner(b"mcp--a--b-c", &known), server("a", "b-c"));
        assert_eq!(owner(b"notes_read", &known), Owner::Client);
        known.server(b"notes");
        assert_eq!(owner(b"notes_read", &known), server("notes", "read"));
        assert_eq!(owner(b"read_file", &known), Owner::Client);
        let key = Owner::Key {
            key: b"cX1".to_vec(),
            tool: b"go".to_vec(),
        };
        assert_eq!(owner(b"cX10mcp0go", &known), key);
    }
}
