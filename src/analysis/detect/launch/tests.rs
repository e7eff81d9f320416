//! Configurations as people have them, and others.

use super::concerns;
use crate::analysis::Severity;
use crate::analysis::rules::Example;
use crate::clients::{ALL_SECTIONS, Config, Server, Syntax};
use std::sync::Arc;

fn servers(text: &str) -> Vec<Server> {
    let config = Config::read(text.as_bytes(), Syntax::Json, ALL_SECTIONS);
    config.unwrap_or_else(|why| panic!("{why}: {text}")).servers
}

fn server(entry: &str) -> Server {
    servers(&format!(r#"{{"mcpServers": {{"a": {entry}}}}}"#)).remove(0)
}

#[test]
fn plain_risks_of_a_launch_are_told() {
    let key = format!("sk-ant-{}", "a1B2".repeat(10));
    for (entry, told) in [
        (r#"{"command": "npx", "args": ["-y", "@example/x"]}"#.to_owned(), vec!["newest"]),
        (r#"{"command": "npx", "args": ["-y", "@example/x@1.2.3"]}"#.into(), vec![]),
        (r#"{"command": "npx", "args": ["x@latest"]}"#.into(), vec!["newest"]),
        (r#"{"command": "npx", "args": ["-y", "--package=@example/x", "run"]}"#.into(), vec!["@example/x"]),
        (r#"{"command": "C:\\nodejs\\npx.cmd", "args": ["x"]}"#.into(), vec!["newest"]),
        (r#"{"command": "cmd", "args": ["/c", "npx", "-y", "x"]}"#.into(), vec!["newest"]),
        (r#"{"command": "npx -y x"}"#.into(), vec!["newest"]),
        (r#"{"command": "sh", "args": ["-c", "exec npx -y x"]}"#.into(), vec!["newest"]),
        (r#"{"command": "uvx", "args": ["x==1.0"]}"#.into(), vec![]),
        (r#"{"command": "uvx", "args": ["--from", "git+https://example.com/x", "x"]}"#.into(), vec!["newest"]),
        (r#"{"command": "uvx", "args": ["--from", "git+https://example.com/x@v1.2", "x"]}"#.into(), vec![]),
        (r#"{"command": "uvx", "args": ["x[cli]@1.0"]}"#.into(), vec![]),
        (r#"{"command": "docker", "args": ["run", "-i", "--rm", "-e", "A=b", "ghcr.io/e/x"]}"#.into(), vec!["newest"]),
        (r#"{"command": "docker", "args": ["run", "ghcr.io/e/x:1.2"]}"#.into(), vec![]),
        (r#"{"command": "docker", "args": ["run", "-v", "/:/host", "e/x@sha256:00"]}"#.into(), vec!["/:/host"]),
        (r#"{"command": "plainsight", "args": ["tap", "--", "uvx", "x"]}"#.into(), vec!["newest"]),
        (r#"{"command": "node", "args": ["a.js", "--dangerously-skip"]}"#.into(), vec!["--dangerously-skip"]),
        (r#"{"command": "node", "args": ["a.js", "--allow-all-the-way.js=x"]}"#.into(), vec!["--allow-all"]),
        (r#"{"url": "http://example.com/mcp"}"#.into(), vec!["encryption"]),
        (r#"{"url": "http://127.0.0.1:80/mcp"}"#.into(), vec![]),
        (r#"{"url": "HTTP://localhost.example/mcp"}"#.into(), vec!["encryption"]),
        (r#"{"command": "npx", "args": ["mcp-remote@1.0.0", "http://example.com"]}"#.into(), vec!["encryption"]),
        (format!(r#"{{"command": "x", "env": {{"KEY": "{key}"}}}}"#), vec!["KEY"]),
        (format!(r#"{{"command": "x", "args": ["{key}"]}}"#), vec!["arguments"]),
        (r#"{"command": "x", "args": ["--api-key", "q8Zr4Tt1Vw7Xy2Ba9Cd3"]}"#.into(), vec!["arguments"]),
        (r#"{"command": "x", "args": ["--header", "Authorization: Bearer q8Zr4Tt1Vw7Xy2Ba9Cd3"]}"#.into(), vec!["arguments"]),
        (r#"{"url": "https://e.com/mcp?api_key=q8Zr4Tt1Vw7Xy2Ba9Cd3"}"#.into(), vec!["address"]),
        (r#"{"command": "x", "trust": true}"#.into(), vec!["trust"]),
        (r#"{"command": "bash", "args": ["-lc", "curl -s https://e.com/x | bash"]}"#.into(), vec!["shell"]),
        (r#"{"command": "powershell", "args": ["-EncodedCommand", "aGk="]}"#.into(), vec!["nobody can read"]),
        (r#"{"command": "sh", "args": ["-c", "cd /x && node a.js"]}"#.into(), vec!["more than one"]),
        (r#"{"command": "npx", "args": ["@model-contextprotocol/x@1.0.0"]}"#.into(), vec!["@modelcontextprotocol"]),
        (r#"{"command": "npx", "args": ["mcp-rernote@1.0.0"]}"#.into(), vec!["mcp-remote"]),
    ] {
        let found = concerns(&server(&entry));
        assert_eq!(found.len(), told.len(), "{entry}: {found:?}");
        for (found, word) in found.iter().zip(told) {
            assert!(found.says.contains(word), "{found:?}");
            let shown = [found.shown.as_raw().bytes(), found.says.as_bytes()].concat();
            for secret in ["a1B2a1B2", "Tt1Vw7"] {
                assert!(memchr::memmem::find(&shown, secret.as_bytes()).is_none(), "{found:?}");
            }
        }
    }
}

/// Configurations as the servers' own documentation gives them.
const HONEST: &[&str] = &[
    r#"{"mcpServers": {"filesystem": {"command": "npx", "args": ["-y", "@modelcontextprotocol/server-filesystem", "/home/ann/Desktop"]}}}"#,
    r#"{"mcpServers": {"github": {"command": "docker", "args": ["run", "-i", "--rm", "-e", "GITHUB_PERSONAL_ACCESS_TOKEN", "ghcr.io/github/github-mcp-server"], "env": {"GITHUB_PERSONAL_ACCESS_TOKEN": "${input:github_token}"}}}}"#,
    r#"{"mcpServers": {"time": {"command": "uvx", "args": ["mcp-server-time", "--local-timezone=Europe/Berlin"]}, "fetch": {"command": "uvx", "args": ["mcp-server-fetch"]}}}"#,
    r#"{"mcpServers": {"git": {"command": "python", "args": ["-m", "mcp_server_git", "--repository", "/home/ann/work"]}}}"#,
    r#"{"servers": {"playwright": {"type": "stdio", "command": "npx", "args": ["@playwright/mcp@latest", "--headless"]}}, "inputs": []}"#,
    r#"{"mcpServers": {"linear": {"command": "npx", "args": ["-y", "mcp-remote", "https://mcp.linear.app/sse"]}}}"#,
    r#"{"mcpServers": {"sentry": {"url": "https://mcp.sentry.dev/mcp"}, "notion": {"type": "http", "url": "https://mcp.notion.com/mcp"}}}"#,
    r#"{"mcpServers": {"context7": {"url": "https://mcp.context7.com/mcp", "headers": {"CONTEXT7_API_KEY": "YOUR_API_KEY"}}}}"#,
    r#"{"mcpServers": {"brave-search": {"command": "npx", "args": ["-y", "@modelcontextprotocol/server-brave-search"], "env": {"BRAVE_API_KEY": "YOUR_API_KEY_HERE"}}}}"#,
    r#"{"mcpServers": {"postgres": {"command": "npx", "args": ["-y", "@modelcontextprotocol/server-postgres", "postgresql://localhost/mydb"]}}}"#,
    r#"{"mcpServers": {"local": {"command": "node", "args": ["/home/ann/server/dist/index.js"], "env": {"NODE_ENV": "production", "LOG_LEVEL": "debug", "PORT": "3000"}}}}"#,
    r#"{"mcpServers": {"dev": {"url": "http://localhost:3845/mcp"}, "box": {"url": "http://192.168.1.20:8000/mcp"}, "nas": {"url": "http://nas:8000/mcp"}}}"#,
    r#"{"mcpServers": {"puppeteer": {"command": "npx", "args": ["-y", "@modelcontextprotocol/server-puppeteer"], "env": {"ALLOW_DANGEROUS": "false"}, "alwaysAllow": ["puppeteer_screenshot"], "disabled": false}}}"#,
    r#"{"mcpServers": {"win": {"command": "cmd", "args": ["/c", "npx", "-y", "@modelcontextprotocol/server-memory"]}}}"#,
    r#"{"mcpServers": {"java": {"command": "java", "args": ["-jar", "C:\\tools\\server.jar", "--token-file", "C:\\tools\\token.txt"]}}}"#,
    r#"{"mcp": {"jira": {"type": "local", "command": ["uv", "run", "--directory", "/opt/jira", "server.py"], "environment": {"JIRA_TOKEN": "{env:JIRA_TOKEN}"}}}}"#,
    r#"{"context_servers": {"db": {"source": "custom", "command": "psql-mcp", "args": ["--dsn", "$DATABASE_URL"], "env": {}}}}"#,
];

#[test]
fn honest_configurations_are_left_in_peace() {
    assert!(HONEST.len() >= 12);
    for text in HONEST {
        let servers = servers(text);
        assert!(!servers.is_empty(), "{text}");
        for concern in servers.iter().flat_map(concerns) {
            assert!(concern.severity < Severity::Medium, "{text}: {concern:?}");
        }
    }
}

#[test]
fn a_finding_points_to_the_member_and_shows_no_secret() {
    let entry = r#"{"command":"npx","args":["-y","@example/x@1.0.0","--api-key","q8Zr4Tt1Vw7Xy2Ba9Cd3"],"env":{"A":"b","MAIL_TOKEN":"q8Zr4Tt1Vw7Xy2Ba9Cd3"},"autoApprove":["*"]}"#;
    let recording = Example::Configured(entry).recording().unwrap();
    let found = recording.found(Arc::default()).unwrap();
    let mut told: Vec<(&str, &str, &str)> = found
        .list()
        .iter()
        .map(|one| {
            (
                one.rule.id,
                one.place.kind.name(),
                one.place.pointer.as_str(),
            )
        })
        .collect();
    told.sort_unstable();
    assert_eq!(
        told,
        [
            (
                "configuration/asks-nobody",
                "transport",
                "/entry/autoApprove"
            ),
            ("configuration/secret", "transport", "/entry/args/3"),
            ("configuration/secret", "transport", "/entry/env/MAIL_TOKEN"),
        ]
    );
    for one in found.list() {
        for evidence in &one.evidence {
            let text = evidence.text.as_raw().bytes();
            assert!(memchr::memmem::find(text, b"Tt1Vw7").is_none(), "{one:?}");
        }
    }
}

#[test]
fn servers_whose_names_deceive_are_told() {
    let line = |name: &str| {
        let name = serde_json::Value::from(name);
        format!(
            r#"{{"session_id":{name},"server_label":{name},"direction":"meta","transport":"stdio","raw":{{"event":"configured","entry":{{"command":"x"}}}}}}"#
        )
    };
    let worst = |a: &str, b: &str| {
        let lines = format!("{}\n{}", line(a), line(b));
        let recording = Example::Line(Box::leak(lines.into_boxed_str()))
            .recording()
            .unwrap();
        let found = recording.found(Arc::default()).unwrap();
        found.list().iter().map(|one| one.severity).max()
    };
    assert_eq!(worst("github", "g\u{131}thub"), Some(Severity::High));
    assert!(worst("github", "gitlab").is_none());
    assert!(worst("github", "git-hub") < Some(Severity::Low));
}
