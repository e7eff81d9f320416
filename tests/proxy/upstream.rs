//! A server that answers as a test wants it to.

use crate::PATIENCE;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Asked {
    pub line: String,
    /// Names as they were written.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// Counted from 0.
    pub connection: usize,
}

impl Asked {
    pub fn header(&self, name: &str) -> Option<&str> {
        let named = |(n, _): &&(String, String)| n.eq_ignore_ascii_case(name);
        self.headers
            .iter()
            .find(named)
            .map(|(_, value)| value.as_str())
    }

    pub fn target(&self) -> &str {
        self.line.split(' ').nth(1).unwrap()
    }

    /// The body as JSON; null where it is none.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

/// The server's end of a connection.
pub struct Talk(pub TcpStream);

impl Talk {
    /// Writes; the other side may be gone.
    pub fn write(&mut self, bytes: &[u8]) -> bool {
        self.0.write_all(bytes).is_ok()
    }

    /// A response with `Content-Length`.
    pub fn answer(&mut self, status: &str, headers: &str, body: &[u8]) {
        let length = body.len();
        self.write(
            format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\n\r\n").as_bytes(),
        );
        self.write(body);
    }

    pub fn json(&mut self, headers: &str, body: &str) {
        let headers = format!("Content-Type: application/json\r\n{headers}");
        self.answer("200 OK", &headers, body.as_bytes());
    }

    /// The head of a chunked response.
    pub fn begin(&mut self, headers: &str) {
        self.write(
            format!("HTTP/1.1 200 OK\r\n{headers}Transfer-Encoding: chunked\r\n\r\n").as_bytes(),
        );
    }

    pub fn chunk(&mut self, bytes: &[u8]) -> bool {
        let head = format!("{:x}\r\n", bytes.len());
        self.write(&[head.as_bytes(), bytes, b"\r\n"].concat())
    }

    pub fn end(&mut self) {
        self.write(b"0\r\n\r\n");
    }

    /// Waits until the other side has closed the connection.
    pub fn wait_for_close(&mut self) {
        let mut rest = [0; 64];
        loop {
            match self.0.read(&mut rest) {
                Ok(0) => return,
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {
                    panic!("the connection was not closed")
                }
                Err(_) => return,
                Ok(_) => {}
            }
        }
    }
}

/// What a handler wants to become of the connection.
#[derive(PartialEq, Eq)]
pub enum Then {
    Keep,
    Close,
}

pub struct Upstream {
    pub address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Upstream {
    /// Answers every request by `handler`, each connection in a thread of its own.
    pub fn start(handler: impl Fn(&Asked, &mut Talk) -> Then + Send + Sync + 'static) -> Upstream {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = asked.clone();
        let handler = Arc::new(handler);
        std::thread::spawn(move || {
            for (connection, stream) in listener.incoming().enumerate() {
                let (log, handler) = (log.clone(), handler.clone());
                std::thread::spawn(move || serve(stream.unwrap(), connection, &log, &*handler));
            }
        });
        Upstream { address, asked }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

fn serve(
    stream: TcpStream,
    connection: usize,
    log: &Mutex<Vec<Asked>>,
    handler: &dyn Fn(&Asked, &mut Talk) -> Then,
) {
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.set_nodelay(true).unwrap();
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut talk = Talk(stream);
    while let Some(asked) = read(&mut reader, &mut talk, connection) {
        log.lock().unwrap().push(asked.clone());
        if handler(&asked, &mut talk) == Then::Close {
            return;
        }
    }
}

fn read(reader: &mut BufReader<TcpStream>, talk: &mut Talk, connection: usize) -> Option<Asked> {
    let mut line = || {
        let mut line = String::new();
        (reader.read_line(&mut line).ok()? > 0).then(|| line.trim_end().to_string())
    };
    let mut asked = Asked {
        line: line()?,
        headers: Vec::new(),
        body: Vec::new(),
        connection,
    };
    loop {
        let header = line()?;
        let Some((name, value)) = header.split_once(": ") else {
            break;
        };
        asked.headers.push((name.to_string(), value.to_string()));
    }
    if asked.header("expect").is_some() {
        talk.write(b"HTTP/1.1 100 Continue\r\n\r\n");
    }
    if let Some(length) = asked.header("content-length") {
        let mut body = vec![0; length.parse().unwrap()];
        reader.read_exact(&mut body).ok()?;
        asked.body = body;
    } else if asked.header("transfer-encoding").is_some() {
        loop {
            let mut size = String::new();
            reader.read_line(&mut size).ok()?;
            let mut chunk = vec![0; usize::from_str_radix(size.trim(), 16).ok()? + 2];
            reader.read_exact(&mut chunk).ok()?;
            if chunk.len() == 2 {
                break;
            }
            asked.body.extend_from_slice(&chunk[..chunk.len() - 2]);
        }
    }
    Some(asked)
}
