//! Configurations that cannot be read, and what stands in front of a server.

use super::*;
use proptest::prelude::*;

#[test]
fn odd_configurations_are_refused_with_the_line() {
    for (text, syntax, line, word) in [
        (
            "{\n\"mcpServers\": {\"a\": {\"command\": \"x\"},\n\"a\": {}}}",
            Syntax::Json,
            3,
            "twice",
        ),
        (
            "{\"mcpServers\": {\"a\": {\"command\": \"x\",\n\"command\": \"y\"}}}",
            Syntax::Json,
            2,
            "twice",
        ),
        (
            "{\"mcpServers\": {},\n\"mcpServers\": {}}",
            Syntax::Json,
            2,
            "twice",
        ),
        (
            "{\n\"mcpServers\": {\"a\": {\"command\": 7}}}",
            Syntax::Json,
            2,
            "neither",
        ),
        ("{\n\n\"mcpServers\": {", Syntax::Json, 3, "JSON"),
        ("a = 1\nb = ", Syntax::Toml, 2, "TOML"),
        ("a: 1\nb: [\n", Syntax::Yaml, 3, "YAML"),
        (
            "mcpServers:\n- name: a\n  command: x\n- name: a\n  command: x\n",
            Syntax::Yaml,
            4,
            "twice",
        ),
    ] {
        let why = Config::read(text.as_bytes(), syntax, ALL_SECTIONS).unwrap_err();
        assert_eq!(why.line, line, "{text}: {why}");
        assert!(why.why.contains(word), "{text}: {why}");
    }
    let utf16 = b"\xff\xfe{\0}\0";
    assert!(Config::read(utf16, Syntax::Json, ALL_SECTIONS).is_err());
    let deep = "[".repeat(100_000);
    for syntax in [Syntax::Json, Syntax::Toml, Syntax::Yaml] {
        assert!(Config::read(deep.as_bytes(), syntax, ALL_SECTIONS).is_err());
    }
}

#[test]
fn who_stands_there_already_is_known() {
    let of = |command: &str| {
        let words: Vec<&str> = command.split(' ').collect();
        let text =
            serde_json::json!({"mcpServers": {"a": {"command": words[0], "args": words[1..]}}});
        let config = Config::read(text.to_string().as_bytes(), Syntax::Json, ALL_SECTIONS).unwrap();
        wrapped(&config.servers[0])
    };
    for (command, who) in [
        ("npx -y @example/notes", None),
        (
            "/old/plainsight-0.1 tap -- npx -y x",
            Some(Wrapped::Plainsight { command: 3 }),
        ),
        (
            "C:\\Tools\\plainsight.exe tap --name a -- b",
            Some(Wrapped::Plainsight { command: 5 }),
        ),
        (
            "plainsight tap --name -- --rotate 1M --redact --grace=3 -- b -- c",
            Some(Wrapped::Plainsight { command: 9 }),
        ),
        (
            "plainsight tap --name a npx -y foo -- --port 1",
            Some(Wrapped::Other("plainsight")),
        ),
        (
            "plainsight tap --redact npx foo",
            Some(Wrapped::Other("plainsight")),
        ),
        (
            "plainsight tap --unheard npx -- foo",
            Some(Wrapped::Other("plainsight")),
        ),
        ("plainsight tap --", None),
        ("plainsight check x", None),
        (
            "/usr/bin/mcpsnoop -- npx x",
            Some(Wrapped::Other("mcpsnoop")),
        ),
        (
            "npx -y mcp-recorder@1.2 x",
            Some(Wrapped::Other("mcp-recorder")),
        ),
        (
            "uvx --from git mcp-context-protector",
            Some(Wrapped::Other("mcp-context-protector")),
        ),
        ("cat mcpsnoop", None),
    ] {
        assert_eq!(of(command), who, "{command}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn nothing_that_is_no_configuration_breaks_the_readers(bytes in prop::collection::vec(any::<u8>(), 0..200), text in "[ -~\n\t{}\\[\\]:,\"'&*|>#=.-]{0,80}") {
        for syntax in [Syntax::Json, Syntax::Toml, Syntax::Yaml] {
            let _ = Config::read(&bytes, syntax, ALL_SECTIONS);
            let _ = Config::read(text.as_bytes(), syntax, ALL_SECTIONS);
        }
    }
}

#[test]
fn there_is_an_end_to_what_is_looked_at() {
    let of = |entry: &str, count: usize| {
        let entries: Vec<_> = (0..count).map(|n| format!("\"s{n}\":{entry}")).collect();
        let text = format!("{{\"mcpServers\":{{{}}}}}", entries.join(","));
        let read = Config::read_in_part(text.as_bytes(), Syntax::Json, ALL_SECTIONS);
        let (config, refused) = read.unwrap();
        let last = refused.last().map(ToString::to_string).unwrap_or_default();
        (config.servers.len(), refused.len(), last)
    };
    let good = r#"{"command":"x"}"#;
    assert_eq!(of(good, 1000), (1000, 0, String::new()));
    let (servers, refused, last) = of(good, 1001);
    assert_eq!((servers, refused), (1000, 1));
    assert!(last.contains("more than 1,000 servers"), "{last}");
    let (servers, refused, last) = of(r#"{"command":7}"#, 300);
    assert_eq!((servers, refused), (0, 101));
    assert!(last.contains("100 things"), "{last}");
}
