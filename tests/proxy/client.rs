//! A client that speaks HTTP by hand.

use crate::PATIENCE;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

/// What came back.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    pub line: String,
    /// Sorted; without what speaks of the connection.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// The body ended as it should.
    pub whole: bool,
}

impl Answer {
    pub fn status(&self) -> u16 {
        self.line.split(' ').nth(1).unwrap().parse().unwrap()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let named = |(n, _): &&(String, String)| n.eq_ignore_ascii_case(name);
        self.headers
            .iter()
            .find(named)
            .map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

pub struct Client {
    pub stream: TcpStream,
    /// Bytes that were read and not taken.
    read: Vec<u8>,
}

impl Client {
    pub fn connect(address: SocketAddr) -> Client {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_nodelay(true).unwrap();
        Client {
            stream,
            read: Vec::new(),
        }
    }

    pub fn send(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).unwrap();
    }

    /// A request with `Host`, and with the length of its body where it has one.
    pub fn ask(&mut self, line: &str, headers: &str, body: &str) {
        let length = match body {
            "" => String::new(),
            body => format!("Content-Length: {}\r\n", body.len()),
        };
        self.send(
            format!("{line} HTTP/1.1\r\nHost: localhost\r\n{headers}{length}\r\n{body}").as_bytes(),
        );
    }

    /// A message for the endpoint.
    pub fn post(&mut self, headers: &str, body: &str) -> Answer {
        let accept = "Accept: application/json, text/event-stream\r\n";
        let headers = format!("Content-Type: application/json\r\n{accept}{headers}");
        self.ask("POST /mcp", &headers, body);
        self.answer()
    }

    /// Reads more. `false` at the end.
    fn more(&mut self) -> bool {
        let mut buffer = [0; 65536];
        match self.stream.read(&mut buffer) {
            Ok(0) => false,
            Ok(n) => {
                self.read.extend_from_slice(&buffer[..n]);
                true
            }
            Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => false,
            Err(error) => panic!("nothing came: {error}"),
        }
    }

    /// Reads until the text was seen, and takes everything up to it. Panics where the connection ends before.
    pub fn wait_for(&mut self, text: &str) -> Vec<u8> {
        loop {
            let found = self
                .read
                .windows(text.len())
                .position(|w| w == text.as_bytes());
            if let Some(at) = found {
                return self.read.drain(..at + text.len()).collect();
            }
            assert!(
                self.more(),
                "ended before {text:?}: {:?}",
                String::from_utf8_lossy(&self.read)
            );
        }
    }

    /// Reads on, whatever comes. `false` where the connection has ended.
    pub fn is_open(&mut self) -> bool {
        self.more()
    }

    /// Whether the connection ends before anything else is read.
    pub fn is_closed(&mut self) -> bool {
        self.read.is_empty() && !self.more()
    }

    pub fn answer(&mut self) -> Answer {
        self.answer_to("GET")
    }

    /// The answer to a request of this method: that to HEAD has no body.
    pub fn answer_to(&mut self, method: &str) -> Answer {
        let head = String::from_utf8(self.wait_for("\r\n\r\n")).unwrap();
        let mut lines = head.trim_end().split("\r\n");
        let line = lines.next().unwrap().to_string();
        let all: Vec<(String, String)> = lines
            .map(|line| {
                let (name, value) = line.split_once(": ").unwrap();
                (name.to_string(), value.to_string())
            })
            .collect();
        let of = |name: &str| {
            let mut found = all.iter().filter(|(n, _)| n.eq_ignore_ascii_case(name));
            found.next().map(|(_, value)| value.clone())
        };
        let status: u16 = line.split(' ').nth(1).unwrap().parse().unwrap();
        let (body, whole) = if method == "HEAD" || matches!(status, 204 | 304) {
            (Vec::new(), true)
        } else if let Some(length) = of("content-length") {
            self.exactly(length.parse().unwrap())
        } else if of("transfer-encoding").is_some() {
            self.chunks()
        } else {
            while self.more() {}
            (std::mem::take(&mut self.read), true)
        };
        let mut headers: Vec<_> = all
            .into_iter()
            .filter(|(name, _)| {
                !["connection", "transfer-encoding", "keep-alive"]
                    .contains(&name.to_ascii_lowercase().as_str())
            })
            .collect();
        headers.sort();
        Answer {
            line,
            headers,
            body,
            whole,
        }
    }

    fn exactly(&mut self, length: usize) -> (Vec<u8>, bool) {
        while self.read.len() < length {
            if !self.more() {
                return (std::mem::take(&mut self.read), false);
            }
        }
        (self.read.drain(..length).collect(), true)
    }

    fn chunks(&mut self) -> (Vec<u8>, bool) {
        let mut body = Vec::new();
        loop {
            let end = loop {
                if let Some(at) = self.read.windows(2).position(|w| w == b"\r\n") {
                    break at;
                }
                if !self.more() {
                    return (body, false);
                }
            };
            let size = std::str::from_utf8(&self.read[..end]).unwrap();
            let size = usize::from_str_radix(size, 16).unwrap();
            self.read.drain(..end + 2);
            let (chunk, whole) = self.exactly(size + 2);
            if !whole {
                body.extend_from_slice(&chunk[..chunk.len().min(size)]);
                return (body, false);
            }
            body.extend_from_slice(&chunk[..size]);
            if size == 0 {
                return (body, true);
            }
        }
    }
}
