//! Who may speak to a gate, and where.

use super::*;
use crate::capture::live;
use std::os::unix::fs::PermissionsExt;

#[test]
fn the_socket_is_for_those_who_know_the_token() {
    let bench = Bench::new(options(Risk::All));
    let address = bench.gate.address();
    let mode =
        |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&address.socket), 0o600);
    assert_eq!(mode(address.socket.parent().unwrap()), 0o700);
    assert_eq!(address.token.len(), 64);
    let wrong = live::Gate {
        token: "0".repeat(64),
        ..address.clone()
    };
    let (mut hearing, mut saying) = connect(&wrong).unwrap();
    let _ = saying.decide(1, Decision::Allow);
    assert!(matches!(hearing.hear(), Ok(None) | Err(_)));
    // Who does not know it is nobody who could decide.
    bench.client(&call("1", "a"));
    assert!(bench.client.hears().contains("nobody is there"));
    drop(bench.gate);
    assert!(!address.socket.exists());
    drop(bench.folder);
}

#[test]
fn a_long_path_gets_a_short_socket() {
    let folder = tempfile::tempdir().unwrap();
    let long = folder.path().join("x".repeat(120));
    let gate = Gate::open(&long, options(Risk::All)).unwrap();
    let address = gate.address();
    assert!(address.socket.as_os_str().len() <= 100);
    let parent = address.socket.parent().unwrap().to_path_buf();
    assert_eq!(
        std::fs::metadata(&parent).unwrap().permissions().mode() & 0o777,
        0o700
    );
    let (mut hearing, _saying) = connect(&address).unwrap();
    assert!(matches!(hearing.hear(), Ok(Some(Told::Welcome { .. }))));
    drop(gate);
    assert!(!parent.exists());
}

#[test]
fn the_sockets_of_killed_taps_are_swept_away() {
    let folder = tempfile::tempdir().unwrap();
    let dead = folder.path().join("dead.sock");
    drop(std::os::unix::net::UnixListener::bind(&dead).unwrap());
    let gate = Gate::open(folder.path(), options(Risk::All)).unwrap();
    assert!(!dead.exists());
    assert!(gate.address().socket.exists());
}
