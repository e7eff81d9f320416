//! Real clients and servers, with the tap or the proxy between them and without: what the client gets must be the same,
//! and the recording must be complete. They are installed by `tests/e2e/setup.sh`; where they are not there, these tests
//! are skipped, saying so.
#![allow(clippy::print_stderr)]

#[path = "e2e/bench.rs"]
mod bench;

use bench::{Bench, Transport};

/// Runs a scenario both ways. `least` is the least number of messages that the recording must hold.
fn same(scenario: &str, client: &[&str], server: &[&str], transport: Transport, least: u64) {
    let Some(bench) = Bench::new(scenario) else {
        return;
    };
    let (without, with) = match transport {
        Transport::Stdio => (
            bench.client(client, &["stdio"], server),
            bench.client(client, &["stdio"], &bench.tapped(server)),
        ),
        Transport::Http(path) | Transport::Sse(path) => {
            let kind = match transport {
                Transport::Sse(_) => "sse",
                _ => "http",
            };
            // A server each: what one client changed must not be seen by the other.
            let first = bench.serve(server, path);
            let without = bench.client(client, &[kind], &[&first.url]);
            drop(first);
            let second = bench.serve(server, path);
            let proxy = bench.proxy(&second.url);
            let with = bench.client(client, &[kind], &[&proxy.url]);
            proxy.end();
            (without, with)
        }
    };
    assert!(
        without.iter().any(|line| line.contains("done")),
        "the client failed without plainsight:\n{}",
        without.join("\n")
    );
    for (without, with) in without.iter().zip(&with) {
        assert_eq!(without, with, "{scenario}");
    }
    assert_eq!(
        without.len(),
        with.len(),
        "{scenario}:\n{}",
        with.join("\n")
    );
    bench.recording_is_complete(least);
}

#[test]
fn typescript_everything_over_stdio() {
    same(
        "everything",
        &["node", "client.mjs", "everything"],
        &["mcp-server-everything", "stdio"],
        Transport::Stdio,
        40,
    );
}

#[test]
fn typescript_everything_over_http() {
    same(
        "everything-http",
        &["node", "client.mjs", "everything"],
        &["mcp-server-everything", "streamableHttp"],
        Transport::Http("/mcp"),
        40,
    );
}

#[test]
fn typescript_everything_over_the_older_sse() {
    same(
        "everything-sse",
        &["node", "client.mjs", "everything"],
        &["mcp-server-everything", "sse"],
        Transport::Sse("/sse"),
        40,
    );
}

#[test]
fn typescript_files_over_stdio() {
    same(
        "files",
        &["node", "client.mjs", "files"],
        &["mcp-server-filesystem", "{folder}"],
        Transport::Stdio,
        14,
    );
}

#[test]
fn python_git_over_stdio() {
    for mode in ["legacy", "auto"] {
        same(
            "git",
            &["python", "client.py", "git", mode],
            &["mcp-server-git"],
            Transport::Stdio,
            8,
        );
    }
}

#[test]
fn python_time_over_stdio() {
    for mode in ["legacy", "auto"] {
        same(
            "time",
            &["python", "client.py", "time", mode],
            &["mcp-server-time", "--local-timezone", "UTC"],
            Transport::Stdio,
            6,
        );
    }
}

#[test]
fn python_both_eras_over_stdio() {
    for mode in ["legacy", "auto"] {
        same(
            "lab",
            &["python", "client.py", "lab", mode],
            &["python", "server.py"],
            Transport::Stdio,
            22,
        );
    }
}

#[test]
fn python_both_eras_over_http() {
    for mode in ["legacy", "auto"] {
        same(
            "lab-http",
            &["python", "client.py", "lab", mode],
            &["python", "server.py", "{port}"],
            Transport::Http("/mcp"),
            22,
        );
    }
}

#[test]
fn a_server_of_python_and_a_client_of_typescript() {
    same(
        "lab-mixed",
        &["node", "client.mjs", "lab"],
        &["python", "server.py"],
        Transport::Stdio,
        4,
    );
}
