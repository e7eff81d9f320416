//! The names under which clients give tools to the model.
//!
//! A client joins the server's name and the tool's into one, in ways that cannot be taken apart for certain:
//! `mcp__a__b`, `mcp_a_b`, `a_b`, `a__b`, `mcp--a--b`, `a-b`. What is known of the servers decides; where nothing is, the
//! first separator does.

/// What is known before a source is read.
#[derive(Clone, Default, Debug)]
pub struct Known {
    /// Labels of servers, from other sources of the case and from what was read so far.
    pub servers: Vec<Vec<u8>>,
}

impl Known {
    /// Notes a server, once.
    pub fn server(&mut self, label: &[u8]) {
        const MOST: usize = 4096;
        if !label.is_empty()
            && self.servers.len() < MOST
            && !self.servers.iter().any(|known| known == label)
        {
            self.servers.push(label.to_vec());
        }
    }
}

/// A way to join names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Naming {
    /// What stands before every name of a server's tool; empty where nothing marks them.
    pub prefix: &'static str,
    pub separator: &'static str,
}

/// `mcp__server__tool`: Claude Code, Codex.
pub const CLAUDE_CODE: Naming = Naming {
    prefix: "mcp__",
    separator: "__",
};
/// `mcp_server_tool`: Gemini CLI, VS Code.
pub const GEMINI: Naming = Naming {
    prefix: "mcp_",
    separator: "_",
};
/// `server_tool`: OpenCode.
pub const OPENCODE: Naming = Naming {
    prefix: "",
    separator: "_",
};
/// `extension__tool`: Goose.
pub const GOOSE: Naming = Naming {
    prefix: "",
    separator: "__",
};
/// `mcp--server--tool`: Roo Code.
pub const ROO: Naming = Naming {
    prefix: "mcp--",
    separator: "--",
};
/// `server-tool`: Copilot CLI.
pub const COPILOT_CLI: Naming = Naming {
    prefix: "",
    separator: "-",
};

/// Every way, with the client that has it.
pub const ALL: [(&str, Naming); 6] = [
    ("Claude Code", CLAUDE_CODE),
    ("Gemini CLI", GEMINI),
    ("OpenCode", OPENCODE),
    ("Goose", GOOSE),
    ("Roo Code", ROO),
    ("Copilot CLI", COPILOT_CLI),
];

/// A name taken apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Split {
    /// The label as it is known, or as the client spells it.
    pub server: Vec<u8>,
    pub tool: Vec<u8>,
    /// Another server that is known could be meant.
    pub ambiguous: bool,
}

impl Naming {
    /// Takes a client's name apart: by the longest known server that fits, else at the first separator. `None` for a
    /// name that is no server's tool.
    pub fn split(self, name: &[u8], known: &Known) -> Option<Split> {
        let rest = name.strip_prefix(self.prefix.as_bytes())?;
        let mut fits: Vec<(&[u8], &[u8])> = Vec::new();
        for server in &known.servers {
            let spelled = normalised(server);
            for start in [&server[..], &spelled[..]] {
                let tool = rest
                    .strip_prefix(start)
                    .and_then(|rest| rest.strip_prefix(self.separator.as_bytes()))
                    .filter(|tool| !tool.is_empty());
                if let Some(tool) = tool {
                    fits.push((server, tool));
                    break;
                }
            }
        }
        if let Some((server, tool)) = fits.iter().min_by_key(|(_, tool)| tool.len()) {
            return Some(Split {
                server: server.to_vec(),
                tool: tool.to_vec(),
                ambiguous: fits.iter().any(|(_, other)| other.len() != tool.len()),
            });
        }
        let at = memchr::memmem::find(rest, self.separator.as_bytes())?;
        let tool = &rest[at + self.separator.len()..];
        (at > 0 && !tool.is_empty()).then(|| Split {
            server: rest[..at].to_vec(),
            tool: tool.to_vec(),
            ambiguous: false,
        })
    }

    /// The name that a client makes of the two.
    pub fn join(self, server: &[u8], tool: &[u8]) -> Vec<u8> {
        let (server, tool) = (normalised(server), normalised(tool));
        [
            self.prefix.as_bytes(),
            &server,
            self.separator.as_bytes(),
            &tool,
        ]
        .concat()
    }
}

/// A name as clients write it for the model: what is no ASCII letter, digit, `_` or `-` becomes `_`.
pub fn normalised(name: &[u8]) -> Vec<u8> {
    // A character of several bytes becomes one.
    let inside = |b: &&u8| !(0x80..0xc0).contains(*b);
    let written = |b: &u8| match b {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-' => *b,
        _ => b'_',
    };
    name.iter().filter(inside).map(written).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(naming: Naming, name: &str, known: &[&str]) -> Option<(String, String, bool)> {
        let mut all = Known::default();
        for server in known {
            all.server(server.as_bytes());
        }
        let split = naming.split(name.as_bytes(), &all)?;
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Some((text(split.server), text(split.tool), split.ambiguous))
    }

    #[test]
    fn names_are_taken_apart_by_what_is_known() {
        let is =
            |server: &str, tool: &str, ambiguous| Some((server.into(), tool.into(), ambiguous));
        assert_eq!(
            split(CLAUDE_CODE, "mcp__a__b__c", &[]),
            is("a", "b__c", false)
        );
        assert_eq!(
            split(CLAUDE_CODE, "mcp__a__b__c", &["a__b"]),
            is("a__b", "c", false)
        );
        assert_eq!(
            split(GEMINI, "mcp_my_files_read", &["my files"]),
            is("my files", "read", false)
        );
        assert_eq!(
            split(GEMINI, "mcp_a_b_c", &["a", "a_b"]),
            is("a_b", "c", true)
        );
        assert_eq!(split(GEMINI, "read_file", &[]), None);
        assert_eq!(split(OPENCODE, "bash", &[]), None);
        assert_eq!(split(ROO, "mcp--a--b", &[]), is("a", "b", false));
        assert_eq!(split(CLAUDE_CODE, "mcp__a__", &["a"]), None);
    }

    #[test]
    fn joining_is_what_a_client_does() {
        assert_eq!(
            CLAUDE_CODE.join(b"plugin:x", b"go.on"),
            b"mcp__plugin_x__go_on"
        );
    }
}
