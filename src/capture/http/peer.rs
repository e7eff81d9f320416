//! Which program is at the other end of a connection from this machine: its connections belong to one client.

use std::net::SocketAddr;

/// A program that runs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Program {
    pub pid: u32,
    /// When it began, in the system's own ticks: numbers of processes come again.
    pub started: u64,
}

impl Program {
    /// Whether it still runs.
    pub fn is_running(&self) -> bool {
        started(self.pid) == Some(self.started)
    }
}

#[cfg(target_os = "linux")]
fn started(pid: u32) -> Option<u64> {
    let stat = std::fs::read(format!("/proc/{pid}/stat")).ok()?;
    // The name stands in parentheses and may hold anything; the 22nd word of the line is the 20th behind it.
    let behind = stat.iter().rposition(|b| *b == b')')?;
    let word = stat[behind + 1..]
        .split(u8::is_ascii_whitespace)
        .filter(|word| !word.is_empty())
        .nth(19)?;
    std::str::from_utf8(word).ok()?.parse().ok()
}

#[cfg(not(target_os = "linux"))]
fn started(_: u32) -> Option<u64> {
    None
}

/// The program that holds the other end of the connection between `theirs` and `ours`; one that is `known` is looked at
/// first. `None` where the system does not tell: another user's, another machine's, another container's.
#[cfg(target_os = "linux")]
pub fn find(theirs: SocketAddr, ours: SocketAddr, known: &[u32]) -> Option<Program> {
    let inode = linux::inode(theirs, ours)?;
    let target = format!("socket:[{inode}]");
    let all = || {
        let processes = std::fs::read_dir("/proc").ok();
        processes
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
    };
    let pid = known
        .iter()
        .copied()
        .chain(all())
        .find(|pid| linux::holds(*pid, &target))?;
    Some(Program {
        started: started(pid)?,
        pid,
    })
}

#[cfg(not(target_os = "linux"))]
pub fn find(_: SocketAddr, _: SocketAddr, _: &[u32]) -> Option<Program> {
    None
}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs;
    use std::net::{IpAddr, SocketAddr};
    use std::path::Path;

    /// The number of the socket of the side that is `local`.
    pub fn inode(local: SocketAddr, remote: SocketAddr) -> Option<u64> {
        let table = match local {
            SocketAddr::V4(_) => "/proc/net/tcp",
            SocketAddr::V6(_) => "/proc/net/tcp6",
        };
        let (local, remote) = (written(local), written(remote));
        fs::read_to_string(table).ok()?.lines().find_map(|line| {
            let mut words = line.split_ascii_whitespace();
            let is_it = words.nth(1)? == local && words.next()? == remote;
            // state, queues, timer, retransmits, uid, timeout, inode
            is_it.then(|| words.nth(6)?.parse().ok())?
        })
    }

    /// An address as the kernel writes it: words of four bytes in the machine's own order.
    fn written(address: SocketAddr) -> String {
        let octets = match address.ip() {
            IpAddr::V4(v4) => v4.octets().to_vec(),
            IpAddr::V6(v6) => v6.octets().to_vec(),
        };
        let words = octets.chunks_exact(4);
        let ip: String = words
            .map(|w| format!("{:08X}", u32::from_ne_bytes([w[0], w[1], w[2], w[3]])))
            .collect();
        format!("{ip}:{:04X}", address.port())
    }

    pub fn holds(pid: u32, target: &str) -> bool {
        let open = fs::read_dir(format!("/proc/{pid}/fd")).ok();
        open.into_iter()
            .flatten()
            .flatten()
            .any(|entry| fs::read_link(entry.path()).is_ok_and(|link| link == Path::new(target)))
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use std::net::{TcpListener, TcpStream};

    #[test]
    fn finds_the_program_at_the_other_end() {
        for address in ["127.0.0.1:0", "[::1]:0"] {
            let Ok(listener) = TcpListener::bind(address) else {
                // Not every machine has both families.
                continue;
            };
            let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
            let (server, theirs) = listener.accept().unwrap();
            let ours = server.local_addr().unwrap();
            let known = [std::process::id()];
            let program = find(theirs, ours, &known).unwrap();
            assert_eq!(program.pid, std::process::id());
            assert!(program.is_running());
            let earlier = Program {
                started: program.started - 1,
                ..program
            };
            assert!(!earlier.is_running());
            drop(client);
            assert_eq!(
                find(ours, theirs, &[0]).map(|p| p.pid),
                Some(std::process::id())
            );
        }
    }
}
