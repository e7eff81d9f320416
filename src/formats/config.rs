//! The configurations of MCP clients: what they would start and reach. Nothing is started, and nothing filled in.

use super::told::{Fact, Places, compact};
use super::{Class, Entry, Format, Known, Out, Reading};
use crate::clients::{ALL_SECTIONS, Config, Launch, Node, Server, Syntax, Value, without_comments};
use crate::text::{Raw, json_string};
use crate::wire::json::{Doc, Value as Json, Whole};

pub static FORMAT: Format = Format {
    id: "client-config",
    title: "An MCP client's configuration (JSON with comments, TOML, YAML)",
    class: Class::Configuration,
    signs: "servers with a `command` or an address under `mcpServers`, `servers`, `context_servers`, `mcp`, `mcp_servers` or `extensions`",
    score,
    reading: Reading::Document(tell),
};

/// The switch by which Claude Code takes over the servers of whatever project it is started in.
const ALL_OF_A_PROJECT: &str = "enableAllProjectMcpServers";

/// By the content; the name of the file is not known.
fn syntax_of(text: &[u8]) -> Syntax {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let code = |line: &&[u8]| !line.is_empty() && !line.starts_with(b"#");
    let first = text
        .split(|b| *b == b'\n')
        .map(<[u8]>::trim_ascii)
        .find(code);
    let first = first.unwrap_or_default();
    if first.starts_with(b"{") || first.starts_with(b"//") || first.starts_with(b"/*") {
        return Syntax::Json;
    }
    let is_toml = |line: &[u8]| {
        let key = line.iter().position(|b| matches!(b, b'=' | b':'));
        line.starts_with(b"[") || key.is_some_and(|at| line[at] == b'=')
    };
    if is_toml(first) {
        Syntax::Toml
    } else {
        Syntax::Yaml
    }
}

fn score(head: &[u8]) -> u8 {
    match syntax_of(head) {
        Syntax::Json => score_json(head),
        Syntax::Toml => score_toml(head),
        Syntax::Yaml => score_yaml(head),
    }
}

fn score_json(head: &[u8]) -> u8 {
    let plain = without_comments(head);
    let doc = Doc::parse(&plain);
    let Some(root) = doc.root().filter(|root| root.is_object()) else {
        return 0;
    };
    let has_server = |at: Json<'_>| at.items().any(is_server);
    let servers = |key: &str| root.get(key).filter(|at| at.is_object());
    let mut best = 0;
    let mut sure = |score: u8, is: bool| {
        if is {
            best = best.max(score);
        }
    };
    if let Some(at) = root.get("mcpServers") {
        sure(97, has_server(at));
        sure(70, at.is_object() && at.items().next().is_none());
    }
    for (key, score) in [
        ("context_servers", 96),
        ("mcp.servers", 96),
        ("servers", 88),
    ] {
        sure(score, servers(key).is_some_and(has_server));
    }
    if let Some(mcp) = servers("mcp") {
        let inner = mcp.get("servers").filter(|at| at.is_object());
        sure(92, has_server(mcp) || inner.is_some_and(has_server));
    }
    if let Some(projects) = servers("projects") {
        sure(
            95,
            projects.items().any(|one| one.get("mcpServers").is_some()),
        );
    }
    sure(90, root.get(ALL_OF_A_PROJECT).is_some());
    best
}

fn is_server(entry: Json<'_>) -> bool {
    let text = |key: &str| entry.str(key).is_some_and(|text| !text.as_raw().is_empty());
    let command = entry
        .get("command")
        .is_some_and(|at| at.is_array() || at.is_object());
    command
        || ["command", "url", "serverUrl", "httpUrl"]
            .iter()
            .any(|key| text(key))
}

fn lines(head: &[u8]) -> impl Iterator<Item = &[u8]> {
    head.split(|b| *b == b'\n').map(<[u8]>::trim_ascii_end)
}

fn score_toml(head: &[u8]) -> u8 {
    let has = |start: &[u8]| lines(head).any(|line| line.trim_ascii().starts_with(start));
    match () {
        () if has(b"[mcp_servers.") || has(b"[mcp_servers]") => 96,
        () if has(b"mcp_servers.") || has(b"mcp_servers =") => 90,
        () => 0,
    }
}

fn score_yaml(head: &[u8]) -> u8 {
    let top = |key: &[u8]| lines(head).any(|line| line == key);
    let inner = |keys: &[&[u8]]| {
        let is = |line: &[u8]| {
            let line = line.trim_ascii();
            let line = line.strip_prefix(b"- ").unwrap_or(line);
            keys.iter().any(|key| line.starts_with(key))
        };
        lines(head)
            .any(|line| line.starts_with(b" ") && is(line) || line.starts_with(b"- ") && is(line))
    };
    match () {
        () if top(b"mcpServers:") && inner(&[b"command:", b"url:"]) => 92,
        () if top(b"extensions:")
            && inner(&[b"cmd:", b"type: stdio", b"type: builtin", b"type: sse"]) =>
        {
            88
        }
        () => 0,
    }
}

fn tell(text: &[u8], _: &Known, out: &mut Out<'_>) {
    let (config, refused) = match Config::read_in_part(text, syntax_of(text), ALL_SECTIONS) {
        Ok(read) => read,
        Err(refusal) => {
            out.note(format!("The configuration cannot be read: {refusal}."));
            return;
        }
    };
    for refusal in &refused {
        out.note(format!("The configuration is not read whole: {refusal}."));
    }
    // Places in the file count its byte order mark.
    let before = text.len() - config.text.len();
    let mut places = Places::of(text);
    for server in &config.servers {
        let Some(entry) = config.entry(server) else {
            continue;
        };
        let range = extent(&config.text, entry);
        let at = Entry {
            conn: &path_of(server),
            label: server.name().bytes(),
            ..Entry::at(places.origin(before + range.start..before + range.end))
        };
        tell_server(&at, &config, server, entry, out);
    }
    if let Some(member) = config.root.get(ALL_OF_A_PROJECT) {
        let range = member.node.span.clone();
        let at = Entry {
            label: b"every server of a project",
            ..Entry::at(places.origin(before + range.start..before + range.end))
        };
        let on = matches!(member.node.value, Value::Bool(true));
        let entry = format!("{{\"{ALL_OF_A_PROJECT}\":{on}}}");
        out.event(
            &at,
            "configured",
            &[("entry", Fact::Json(entry.as_bytes()))],
        );
    }
}

fn tell_server(at: &Entry<'_>, config: &Config, server: &Server, entry: &Node, out: &mut Out<'_>) {
    let section = path(&server.path[..server.path.len() - 1]);
    let mut facts = vec![("name", Fact::Text(server.name().bytes()))];
    let (command, names);
    match &server.launch {
        Launch::Stdio { .. } => {
            command = list(server.argv());
            facts.push(("command", Fact::Json(command.as_bytes())));
        }
        Launch::Http { url, sse, .. } => {
            facts.push(("upstream", Fact::Text(url.as_raw().bytes())));
            facts.push(("type", Fact::Text(if *sse { b"sse" } else { b"http" })));
        }
    }
    if let Some(cwd) = &server.cwd {
        facts.push(("cwd", Fact::Text(cwd.as_raw().bytes())));
    }
    if !server.env.is_empty() {
        names = list(server.env.iter().map(|(name, _)| name.as_raw()));
        facts.push(("env_names", Fact::Json(names.as_bytes())));
    }
    if server.disabled {
        facts.push(("disabled", Fact::Json(b"true")));
    }
    facts.push(("section", Fact::Text(&section)));
    let entry = json(config, entry);
    facts.push(("entry", Fact::Json(&entry)));
    out.event(at, "configured", &facts);
}

/// What tells servers of one name in several sections apart.
fn path_of(server: &Server) -> Vec<u8> {
    path(&server.path)
}

fn path(keys: &[crate::text::RawBuf]) -> Vec<u8> {
    let keys: Vec<&[u8]> = keys.iter().map(|key| key.as_raw().bytes()).collect();
    keys.join(&b'.')
}

fn list<'a>(words: impl IntoIterator<Item = Raw<'a>>) -> String {
    let mut out = String::from("[");
    for (n, word) in words.into_iter().enumerate() {
        if n > 0 {
            out.push(',');
        }
        json_string(word, &mut out);
    }
    out.push(']');
    out
}

/// From where an entry begins to where the last of it ends: tables and blocks know only where they begin.
fn extent(text: &str, entry: &Node) -> std::ops::Range<usize> {
    let mut range = entry.span.clone();
    let mut open = vec![entry];
    while let Some(node) = open.pop() {
        if !node.span.is_empty() {
            range.start = range.start.min(node.span.start);
            range.end = range.end.max(node.span.end);
        }
        open.extend(node.items());
        open.extend(node.members().iter().map(|member| &member.node));
    }
    // A block ends where the next thing begins.
    let spelled = text.get(range.clone()).unwrap_or_default();
    range.start..range.start + spelled.trim_end().len()
}

/// The entry as JSON: as it is spelled where it is JSON already.
fn json(config: &Config, entry: &Node) -> Vec<u8> {
    let spelled = config.text.get(entry.span.clone()).unwrap_or_default();
    let mut out = Vec::new();
    if config.syntax == Syntax::Json && Whole::default().judge(spelled.as_bytes()).json {
        compact(spelled.as_bytes(), &mut out);
        return out;
    }
    let mut text = String::new();
    write(config, entry, &mut text);
    text.into_bytes()
}

/// The readers of the three languages bound how deep it goes, and so this.
fn write(config: &Config, node: &Node, out: &mut String) {
    let key = |key: Raw<'_>, n: usize, out: &mut String| {
        if n > 0 {
            out.push(',');
        }
        json_string(key, out);
        out.push(':');
    };
    match &node.value {
        Value::Text(text) => json_string(text.as_raw(), out),
        Value::Bool(on) => out.push_str(if *on { "true" } else { "false" }),
        Value::Null => out.push_str("null"),
        Value::Other => {
            let spelled = config.text.get(node.span.clone()).unwrap_or_default();
            match Whole::default().judge(spelled.as_bytes()).json {
                true => out.push_str(spelled.trim()),
                false => json_string(Raw::from(spelled), out),
            }
        }
        Value::List(items, _) => {
            out.push('[');
            for (n, item) in items.iter().enumerate() {
                if n > 0 {
                    out.push(',');
                }
                write(config, item, out);
            }
            out.push(']');
        }
        Value::Map(members, _) => {
            out.push('{');
            for (n, member) in members.iter().enumerate() {
                key(member.key.as_raw(), n, out);
                write(config, &member.node, out);
            }
            out.push('}');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::told::tests::told;

    fn lines_of(text: &str) -> (Vec<String>, Vec<String>) {
        let (lines, notes) = told(&FORMAT, text.as_bytes(), &Known::default());
        let raw = |line: &String| {
            let at = line.find("\"raw\":").unwrap() + 6;
            line[at..line.len() - 1].to_string()
        };
        (lines.iter().map(raw).collect(), notes)
    }

    #[test]
    fn each_server_is_told_as_it_is_configured() {
        let json = r#"{
  // mine
  "mcpServers": {
    "notes": {"command": "npx", "args": ["-y", "@example/notes"], "env": {"KEY": "${input:key}"}, "cwd": "/w"},
    "web": {"type": "sse", "url": "https://example.com/mcp", "disabled": true, "timeout": 1.50,},
  },
}"#;
        let (lines, notes) = lines_of(json);
        assert_eq!(notes, Vec::<String>::new());
        assert_eq!(
            lines,
            [
                r#"{"event":"configured","name":"notes","command":["npx","-y","@example/notes"],"cwd":"/w","env_names":["KEY"],"section":"mcpServers","entry":{"command": "npx", "args": ["-y", "@example/notes"], "env": {"KEY": "${input:key}"}, "cwd": "/w"}}"#,
                r#"{"event":"configured","name":"web","upstream":"https://example.com/mcp","type":"sse","disabled":true,"section":"mcpServers","entry":{"type":"sse","url":"https://example.com/mcp","disabled":true,"timeout":1.50}}"#,
            ]
        );
        let toml = "model = \"x\"\n[mcp_servers.notes]\ncommand = 'uvx'\nargs = ['notes==1.0']\nstartup_timeout_sec = 1_0\n[mcp_servers.notes.env]\nA = 'b'\n";
        let (lines, _) = lines_of(toml);
        assert_eq!(
            lines,
            [
                r#"{"event":"configured","name":"notes","command":["uvx","notes==1.0"],"env_names":["A"],"section":"mcp_servers","entry":{"command":"uvx","args":["notes==1.0"],"startup_timeout_sec":"1_0","env":{"A":"b"}}}"#
            ]
        );
        let yaml = "extensions:\n  memory:\n    type: stdio\n    cmd: uvx\n    args: [memory]\n    enabled: false\n  developer:\n    type: builtin\n";
        let (lines, _) = lines_of(yaml);
        assert_eq!(
            lines,
            [
                r#"{"event":"configured","name":"memory","command":["uvx","memory"],"disabled":true,"section":"extensions","entry":{"type":"stdio","cmd":"uvx","args":["memory"],"enabled":false}}"#
            ]
        );
    }

    #[test]
    fn servers_of_projects_are_kept_apart() {
        let text = r#"{"numStartups": 3, "projects": {"/a": {"mcpServers": {"x": {"command": "a"}}}, "/b": {"mcpServers": {"x": {"command": "b"}}}}}"#;
        let (lines, _) = told(&FORMAT, text.as_bytes(), &Known::default());
        assert_eq!(lines.len(), 2);
        assert!(
            lines[0].starts_with(r#"{"session_id":"projects./a.mcpServers.x","server_label":"x""#),
            "{}",
            lines[0]
        );
        assert_eq!(score(text.as_bytes()), 95);
    }

    #[test]
    fn a_broken_configuration_says_where_and_tells_what_stands_before() {
        let text = "{\"mcpServers\": {\n\"a\": {\"command\": \"x\"},\n\"b\": {\"command\": oops}}}";
        let (lines, notes) = lines_of(text);
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert!(notes[0].contains("line 3"), "{notes:?}");
        let (lines, notes) =
            lines_of("[mcp_servers.a]\ncommand = 'x'\n[mcp_servers.b]\ncommand = 'y\n");
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert!(notes[0].contains("line 4"), "{notes:?}");
        let (lines, notes) =
            lines_of("{\"mcpServers\": {\"a\": {\"command\": 7},\n\"b\": {\"command\": \"x\"}}}");
        assert_eq!((lines.len(), notes.len()), (1, 1), "{lines:?}");
        let (lines, notes) = told(&FORMAT, b"{\"mcpServers\": \xff", &Known::default());
        assert!(lines.is_empty() && notes[0].contains("UTF-8"), "{notes:?}");
    }

    #[test]
    fn what_was_told_of_a_part_is_told_of_the_whole() {
        let text = br#"{"mcpServers": {"a": {"command": "x", "args": ["1"]}, /* c */ "b": {"url": "https://e.com"}}, "mcp": {"servers": {"c": {"command": "y"}}}}"#;
        let (whole, _) = told(&FORMAT, text, &Known::default());
        assert_eq!(whole.len(), 3);
        for cut in 0..text.len() {
            let (part, _) = told(&FORMAT, &text[..cut], &Known::default());
            assert!(whole.starts_with(&part), "{cut}: {part:?}");
        }
    }

    #[test]
    fn only_configurations_are_taken_for_one() {
        for (text, sure) in [
            (r#"{"mcpServers": {"a": {"command": "x"}}}"#, true),
            (r#"{"mcpServers": [{"name": "a", "command": "x"}]}"#, true),
            (
                r#"// mine
{"servers": {"a": {"type": "stdio", "command": "x",},},}"#,
                true,
            ),
            (
                r#"{"editor.tabSize": 2, "mcp": {"servers": {"a": {"url": "https://e.com"}}}}"#,
                true,
            ),
            (
                r#"{"mcp": {"a": {"type": "local", "command": ["x"]}}}"#,
                true,
            ),
            (
                r#"{"context_servers": {"a": {"command": {"path": "x"}}}}"#,
                true,
            ),
            (r#"{"enableAllProjectMcpServers": true}"#, true),
            ("# mine\n[mcp_servers.a]\ncommand = 'x'\n", true),
            ("name: me\nmcpServers:\n  - name: a\n    command: x\n", true),
            ("extensions:\n  a:\n    cmd: x\n", true),
            (
                r#"{"dependencies": {"a": "1"}, "scripts": {"start": "x"}}"#,
                false,
            ),
            (
                r#"{"openapi": "3.1.0", "servers": [{"url": "https://e.com"}]}"#,
                false,
            ),
            (r#"{"servers": {"a": 1}}"#, false),
            (
                r#"{"type":"system","subtype":"init","mcp_servers":[{"name":"a"}]}"#,
                false,
            ),
            (r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#, false),
            ("in: {\"jsonrpc\":\"2.0\"}\n", false),
            ("extensions:\n  - php\n", false),
            ("[package]\nname = 'x'\n", false),
            ("", false),
        ] {
            assert_eq!(score(text.as_bytes()) > 80, sure, "{text}");
            assert_eq!(score(text.as_bytes()) > 0, sure, "{text}");
        }
    }
}
