//! The tap put into configurations of every shape and taken out again.

mod generated;

use super::*;
use crate::clients::{ALL_SECTIONS, Config, Server, Syntax, Wrapped, wrapped};
use crate::text::Raw;

fn front() -> Front {
    Front {
        program: "/opt/plain sight/plainsight".into(),
        options: vec!["--redact".into()],
    }
}

fn read(text: &str, syntax: Syntax) -> Config {
    Config::read(text.as_bytes(), syntax, ALL_SECTIONS)
        .unwrap_or_else(|why| panic!("{why}: {text}"))
}

/// The servers that can be wrapped.
fn free(config: &Config) -> Vec<&Server> {
    let servers = config.servers.iter();
    servers
        .filter(|server| server.site.is_ok() && wrapped(server).is_none())
        .collect()
}

fn ours(config: &Config) -> Vec<&Server> {
    let servers = config.servers.iter();
    servers
        .filter(|server| matches!(wrapped(server), Some(Wrapped::Plainsight { .. })))
        .collect()
}

/// Wraps everything, and gives the text; taking it out again gives what it was, with the backup and without.
fn there_and_back(text: &str, syntax: Syntax) -> String {
    let before = read(text, syntax);
    let text = before.text.as_str();
    let chosen = free(&before);
    let wrapped = before
        .wrap(&chosen, &front(), ALL_SECTIONS)
        .unwrap_or_else(|why| panic!("{why}: {text}"));
    let after = read(&wrapped, syntax);
    assert_eq!(ours(&after).len(), chosen.len(), "{wrapped}");
    for (old, new) in before.servers.iter().zip(&after.servers) {
        assert_eq!(old.path, new.path);
        assert_eq!(old.env, new.env);
    }
    for backup in [None, Some(&before)] {
        let unwrapped = after
            .unwrap(&ours(&after), backup, ALL_SECTIONS)
            .unwrap_or_else(|why| panic!("{why}: {wrapped}"));
        // Nothing but the copy tells whether an empty list was there before.
        let has_lists = chosen
            .iter()
            .all(|server| server.site.as_ref().is_ok_and(|site| site.args.is_some()));
        if backup.is_some() || has_lists {
            assert_eq!(unwrapped, text, "{wrapped}");
        }
        let unwrapped = read(&unwrapped, syntax);
        for (old, new) in before.servers.iter().zip(&unwrapped.servers) {
            assert_eq!((&old.path, old.argv()), (&new.path, new.argv()));
        }
    }
    // One after the other is as good as all at once.
    let mut text_now = wrapped.clone();
    for n in 0..chosen.len() {
        let now = read(&text_now, syntax);
        let servers = ours(&now);
        assert_eq!(servers.len(), chosen.len() - n);
        text_now = now
            .unwrap(&servers[..1], Some(&before), ALL_SECTIONS)
            .unwrap();
    }
    assert_eq!(text_now, text);
    wrapped
}

#[test]
fn json_is_changed_in_the_words_of_a_command_alone() {
    let text = r#"{
  // mine
  "mcpServers": {
    "notes": {
      "command": "npx", /* always */
      "args": [
        "-y", // yes
        "@example/notes",
      ],
      "env": { "KEY": "${input:key}" },
    },
    "plain": {
      "command": "C:\\tools\\x.exe"
    },
    "empty": { "command": "node", "args": [] },
    "mail": { "url": "https://example.com/mcp" },
  },
}
"#;
    let told = r#"{
  // mine
  "mcpServers": {
    "notes": {
      "command": "/opt/plain sight/plainsight", /* always */
      "args": [
        "tap", "--name", "notes", "--redact", "--", "npx",
        "-y", // yes
        "@example/notes",
      ],
      "env": { "KEY": "${input:key}" },
    },
    "plain": {
      "args": ["tap", "--name", "plain", "--redact", "--", "C:\\tools\\x.exe"],
      "command": "/opt/plain sight/plainsight"
    },
    "empty": { "command": "/opt/plain sight/plainsight", "args": ["tap", "--name", "empty", "--redact", "--", "node"] },
    "mail": { "url": "https://example.com/mcp" },
  },
}
"#;
    assert_eq!(there_and_back(text, Syntax::Json), told);
    // Line breaks of Windows, and tabs.
    let windows = text.replace('\n', "\r\n").replace("  ", "\t");
    let told = told.replace('\n', "\r\n").replace("  ", "\t");
    assert_eq!(there_and_back(&windows, Syntax::Json), told);
}

#[test]
fn json_without_blanks_stays_without() {
    let text =
        r#"{"servers":{"é\"x":{"type":"stdio","command":"a","args":["b","c"]}},"inputs":[]}"#;
    assert_eq!(
        there_and_back(text, Syntax::Json),
        r#"{"servers":{"é\"x":{"type":"stdio","command":"/opt/plain sight/plainsight","args":["tap","--name","é\"x","--redact","--","a","b","c"]}},"inputs":[]}"#
    );
}

#[test]
fn every_place_of_servers_in_json_is_known() {
    let text = r#"{
  "numStartups": 7,
  "mcpServers": {"user": {"type": "stdio", "command": "a", "args": ["1"], "env": {}}},
  "projects": {
    "/home/me/x": {"history": ["command"], "mcpServers": {"local": {"command": "b", "args": []}}},
    "/home/me/y": {"mcpServers": {"local": {"command": "c"}}}
  },
  "mcp": {"servers": {"old": {"command": "d", "args": ["1"]}},
          "open": {"type": "local", "command": ["bun", "x", "pkg"], "environment": {"A": "b"}},
          "far": {"type": "remote", "url": "https://example.com", "enabled": false}},
  "mcp.servers": {"dotted": {"command": "e"}},
  "context_servers": {"zed": {"source": "custom", "command": {"path": "f", "args": ["--x"], "env": {"Z": "1"}}},
                      "setting": {"settings": {}}}
}"#;
    let config = read(text, Syntax::Json);
    let told: Vec<String> = config
        .servers
        .iter()
        .map(|server| server.name().label(40))
        .collect();
    assert_eq!(
        told,
        [
            "user", "local", "local", "old", "open", "far", "dotted", "zed"
        ]
    );
    assert_eq!(config.servers[2].project(), Some(Raw::from("/home/me/y")));
    assert!(config.servers[5].disabled);
    let zed = &config.servers[7];
    assert_eq!(zed.argv(), [Raw::from("f"), Raw::from("--x")]);
    assert_eq!(zed.env[0].1.reveal(), "1");
    let wrapped = there_and_back(text, Syntax::Json);
    assert!(
        wrapped.contains(r#""command": ["/opt/plain sight/plainsight", "tap", "--name", "open", "--redact", "--", "bun", "x", "pkg"]"#),
        "{wrapped}"
    );
}

#[test]
fn toml_keeps_its_comments_and_its_order() {
    let text = r#"model = "o5" # mine

[mcp_servers.notes]
command = "npx"   # the runner
args = ["-y", "@example/notes"]
env = { "KEY" = "v" }
startup_timeout_sec = 10

[mcp_servers."odd name"]
command = 'C:\tools\x.exe'
  [mcp_servers."odd name".env]
  A = "b"

[mcp_servers.lines]
args = [
    # first
    "one",
    "two", # second
]
command = "uvx"

[mcp_servers.web]
url = "https://example.com/mcp"

[mcp_servers]
inline = { command = "a", args = [] }
short = { command = "b" }
dotted.command = "c"
"#;
    let wrapped = there_and_back(text, Syntax::Toml);
    for line in [
        r#"command = "/opt/plain sight/plainsight"   # the runner"#,
        r#"args = ["tap", "--name", "notes", "--redact", "--", "npx", "-y", "@example/notes"]"#,
        r#"args = ["tap", "--name", "odd name", "--redact", "--", 'C:\tools\x.exe']"#,
        r#"    "tap", "--name", "lines", "--redact", "--", "uvx","#,
        r#"short = { args = ["tap", "--name", "short", "--redact", "--", "b"], command = "/opt/plain sight/plainsight" }"#,
        r#"dotted.args = ["tap", "--name", "dotted", "--redact", "--", "c"]"#,
    ] {
        assert!(wrapped.lines().any(|l| l == line), "{line}\n{wrapped}");
    }
}

#[test]
fn yaml_lists_and_maps_are_changed_in_place() {
    let list = "name: me\nmcpServers:\n  - name: notes # mine\n    command: npx\n    args:\n      - -y\n      - \"@example/notes\"\n    env:\n      KEY: ${{ secrets.X }}\n  - command: 'C:\\x y.exe'\n    name: other\n  - name: web\n    url: https://example.com/mcp\n";
    let wrapped = there_and_back(list, Syntax::Yaml);
    assert_eq!(
        wrapped,
        "name: me\nmcpServers:\n  - name: notes # mine\n    command: \"/opt/plain sight/plainsight\"\n    args:\n      - \"tap\"\n      - \"--name\"\n      - \"notes\"\n      - \"--redact\"\n      - \"--\"\n      - npx\n      - -y\n      - \"@example/notes\"\n    env:\n      KEY: ${{ secrets.X }}\n  - args: [\"tap\", \"--name\", \"other\", \"--redact\", \"--\", 'C:\\x y.exe']\n    command: \"/opt/plain sight/plainsight\"\n    name: other\n  - name: web\n    url: https://example.com/mcp\n"
    );
    let goose = "GOOSE_MODEL: größer\nextensions:\n  développeur:\n    enabled: true\n    type: stdio\n    cmd: uvx\n    args:\n    - mcp-server-time\n    envs: {A: b}\n  builtin:\n    type: builtin\n  flow: {cmd: node, args: [a, b]}\n  none:\n    cmd: x\n    args: []\n";
    let wrapped = there_and_back(goose, Syntax::Yaml);
    for line in [
        "    - \"développeur\"",
        "    - uvx",
        "  flow: {cmd: \"/opt/plain sight/plainsight\", args: [\"tap\", \"--name\", \"flow\", \"--redact\", \"--\", node, a, b]}",
        "    args: [\"tap\", \"--name\", \"none\", \"--redact\", \"--\", x]",
    ] {
        assert!(wrapped.lines().any(|l| l == line), "{line}\n{wrapped}");
    }
}

#[test]
fn a_byte_order_mark_stays() {
    let text = "\u{feff}{\"mcpServers\": {\"a\": {\"command\": \"b\"}}}";
    let config = read(text, Syntax::Json);
    let wrapped = config.wrap(&free(&config), &front(), ALL_SECTIONS).unwrap();
    assert!(config.bytes_with(&wrapped).starts_with(b"\xef\xbb\xbf{"));
    assert_eq!(config.bytes_with(&config.text), text.as_bytes());
}

#[test]
fn entries_that_would_change_others_are_left_alone() {
    let text = "base: &b\n  command: x\nmcpServers:\n  a:\n    <<: *b\n    command: y\n  c:\n    command: &c z\n  d: &d\n    command: w\n  e:\n    command: |\n      v\n  f:\n    command: u\n    args: t\n";
    let config = read(text, Syntax::Yaml);
    assert_eq!(config.servers.len(), 5);
    for server in &config.servers {
        assert!(
            config.wrap(&[server], &front(), ALL_SECTIONS).is_err(),
            "{server:?}"
        );
    }
}

#[test]
fn another_change_since_stays_when_the_tap_is_taken_out() {
    let before = "{\n  \"mcpServers\": {\n    \"a\": {\"command\": \"x\", \"args\": []}\n  }\n}\n";
    let config = read(before, Syntax::Json);
    let now = config
        .wrap(&free(&config), &front(), ALL_SECTIONS)
        .unwrap()
        .replace("\n  }", ",\n    \"b\": {\"command\": \"y\"}\n  }");
    let now = read(&now, Syntax::Json);
    let after = now
        .unwrap(&ours(&now), Some(&config), ALL_SECTIONS)
        .unwrap();
    assert_eq!(
        after,
        before.replace("\n  }", ",\n    \"b\": {\"command\": \"y\"}\n  }")
    );
}

#[test]
fn an_empty_list_of_arguments_stays_where_it_was_the_users() {
    for (text, syntax) in [
        (
            "{\"mcpServers\": {\"a\": {\"args\": [], \"command\": \"x\"}}, \"z\": 1}",
            Syntax::Json,
        ),
        (
            "{\"mcpServers\": {\"a\": {\"args\": [ /* none */ ], // yet\n \"command\": \"x\"}}, \"z\": 1}",
            Syntax::Json,
        ),
        (
            "z = 1\n[mcp_servers.a]\nargs = [] # none\n# mine\ncommand = 'x'\n",
            Syntax::Toml,
        ),
        (
            "z: 1\nmcpServers:\n  a:\n    args: [] # none\n    command: x\n",
            Syntax::Yaml,
        ),
    ] {
        let before = read(text, syntax);
        // Another change since: the copy cannot simply be put back.
        let other = |text: &str| {
            text.replace("\"z\": 1", "\"z\": 2")
                .replacen("z = 1", "z = 2", 1)
                .replacen("z: 1", "z: 2", 1)
        };
        let now = before.wrap(&free(&before), &front(), ALL_SECTIONS).unwrap();
        let now = read(&other(&now), syntax);
        for copy in [None, Some(&before)] {
            let after = now.unwrap(&ours(&now), copy, ALL_SECTIONS).unwrap();
            assert_eq!(after, other(text));
        }
    }
    // A list that the tap brought goes with it, but for what was written to it since.
    let text = "{\"mcpServers\": {\"a\": {\"command\": \"x\"}}, \"z\": 1}";
    let before = read(text, Syntax::Json);
    let wrapped = before.wrap(&free(&before), &front(), ALL_SECTIONS).unwrap();
    let now = read(&wrapped.replace(": 1}", ": 2}"), Syntax::Json);
    let after = now.unwrap(&ours(&now), Some(&before), ALL_SECTIONS);
    assert_eq!(after.unwrap(), text.replace(": 1}", ": 2}"));
    let noted = wrapped.replace("], \"command\"", "], /* mine */ \"command\"");
    let now = read(&noted, Syntax::Json);
    let after = now.unwrap(&ours(&now), Some(&before), ALL_SECTIONS);
    assert!(after.unwrap().contains("/* mine */ \"command\": \"x\""));
}

#[test]
fn a_difference_tells_no_values() {
    let text = r#"{
  // sk-ant-a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2
  "token": "hunter2",
  "mcpServers": {
    "notes": {
      "command": "npx",
      "env": {"KEY": "hunter2", "PORT": 8123},
      "args": ["-y", "--api-key", "hunter2", "x"],
      "headers": {"Authorization": "Bearer hunter2"},
    },
  },
}"#;
    let old = read(text, Syntax::Json);
    let new = old.wrap(&free(&old), &front(), ALL_SECTIONS).unwrap();
    let new = read(&new, Syntax::Json);
    let shown: Vec<String> = diff(&old, &new)
        .iter()
        .map(|line| format!("{}{}", line.sign, line.text.as_raw().label(400)))
        .collect();
    let all = shown.join("\n");
    for value in ["hunter2", "8123", "a1B2a1B2", "Bearer"] {
        assert!(!all.contains(value), "{all}");
    }
    assert!(all.contains("-      \"command\": \"npx\","), "{all}");
    assert!(
        all.contains("+      \"command\": \"/opt/plain sight/plainsight\","),
        "{all}"
    );
    assert!(
        all.contains(r#"--", "npx", "-y", "--api-key", (hidden), "x"]"#),
        "{all}"
    );
    assert!(all.contains("\"KEY\": (hidden)"), "{all}");
}
