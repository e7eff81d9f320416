//! The same over configurations that nobody wrote.

use super::super::edit;
use super::there_and_back;
use crate::clients::Syntax;
use proptest::prelude::*;

/// Text as people and machines write it into configurations.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z][a-z0-9-]{0,8}",
        "[ -~]{1,12}",
        Just("ünï \u{200b}\u{1f600}".to_owned()),
        Just("C:\\a b\\\"c\".exe".to_owned()),
        Just("${input:key}".to_owned()),
        Just("-- # x: y, [z]".to_owned()),
    ]
}

type Generated = Vec<(String, String, Option<Vec<String>>, bool)>;

fn servers() -> impl Strategy<Value = Generated> {
    let one = (
        "[a-z][a-z_-]{0,8}",
        word(),
        prop::option::of(prop::collection::vec(word(), 0..4)),
        any::<bool>(),
    );
    prop::collection::vec(one, 0..4).prop_map(|mut servers| {
        servers.sort();
        servers.dedup_by(|a, b| a.0 == b.0);
        servers
    })
}

fn json(words: &[String]) -> String {
    words
        .iter()
        .map(|word| edit::quoted(word))
        .collect::<Vec<_>>()
        .join(", ")
}

/// JSON with comments, blanks and commas wherever they may stand.
fn commented(text: &str, mut seed: u64) -> String {
    const BETWEEN: [&str; 8] = [
        "",
        "",
        " ",
        "\n\t",
        "/* \"a\": [ */",
        "// }\n",
        "\r\n  ",
        " /**/ ",
    ];
    let mut between = || {
        seed = seed
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        BETWEEN[(seed >> 60) as usize % BETWEEN.len()]
    };
    let (mut out, mut quoted, mut escaped) = (String::new(), false, false);
    let mut last = ' ';
    for c in text.chars() {
        if quoted {
            out.push(c);
            quoted = escaped || c != '"';
            escaped = !escaped && c == '\\';
            last = '"';
            continue;
        }
        if matches!(c, '}' | ']') && !matches!(last, '{' | '[') && between().len() > 1 {
            out.push_str(between());
            out.push(',');
        }
        out.push_str(between());
        out.push(c);
        quoted = c == '"';
        last = c;
    }
    out + between()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn any_json(servers in servers(), pretty in any::<bool>(), crlf in any::<bool>()) {
        let mut map = serde_json::Map::new();
        for (name, command, args, env) in &servers {
            let mut entry = serde_json::json!({"command": command});
            if let Some(args) = args {
                entry["args"] = serde_json::json!(args);
            }
            if *env {
                entry["env"] = serde_json::json!({"command": "x", "args": ["y"]});
            }
            map.insert(name.clone(), entry);
        }
        let value = serde_json::json!({"a": [1.50], "mcpServers": map, "z": "command"});
        let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
        let text = text.unwrap();
        there_and_back(&if crlf { text.replace('\n', "\r\n") } else { text }, Syntax::Json);
    }

    #[test]
    fn any_json_with_comments(servers in servers(), seed in any::<u64>()) {
        let mut map = serde_json::Map::new();
        for (name, command, args, _) in &servers {
            let mut entry = serde_json::json!({"type": "stdio", "command": command, "z": {}});
            if let Some(args) = args {
                entry["args"] = serde_json::json!(args);
            }
            map.insert(name.clone(), entry);
        }
        let value = serde_json::json!({"servers": map, "inputs": [[], "x"]});
        there_and_back(&commented(&value.to_string(), seed), Syntax::Json);
    }

    #[test]
    fn any_toml(servers in servers(), inline in any::<bool>(), crlf in any::<bool>()) {
        let mut text = String::from("z = 1.50 # x\n");
        for (name, command, args, env) in &servers {
            let command = edit::quoted(command);
            let args = args.as_ref().map(|args| json(args));
            if inline {
                let args = args.map(|args| format!(", args = [{args}]")).unwrap_or_default();
                text += &format!("mcp_servers.{name} = {{ command = {command}{args} }}\n");
            } else {
                let env = if *env { "env = { A = 'b' }\n" } else { "" };
                let args = args.map(|args| format!("args=[ {args} ]\n")).unwrap_or_default();
                text += &format!("[mcp_servers.{name}]\n{env}command = {command} # c\n{args}");
            }
        }
        there_and_back(&if crlf { text.replace('\n', "\r\n") } else { text }, Syntax::Toml);
    }

    #[test]
    fn any_yaml(servers in servers(), list in any::<bool>(), block in any::<bool>(), crlf in any::<bool>()) {
        let mut text = String::from("# x\nmcpServers:\n");
        for (name, command, args, env) in &servers {
            let command = edit::quoted(command);
            text += &if list { format!("- name: {name}\n  ") } else { format!("  {name}:\n    ") };
            let indent = if list { "  " } else { "    " };
            text += &format!("command: {command} # c\n");
            if let Some(args) = args {
                match block && !args.is_empty() {
                    true => {
                        text += &format!("{indent}args:\n");
                        for arg in args {
                            text += &format!("{indent}- {}\n", edit::quoted(arg));
                        }
                    }
                    false => text += &format!("{indent}args: [{}]\n", json(args)),
                }
            }
            if *env {
                text += &format!("{indent}env:\n{indent}  A: b\n");
            }
        }
        there_and_back(&if crlf { text.replace('\n', "\r\n") } else { text }, Syntax::Yaml);
    }
}
