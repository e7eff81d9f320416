//! A large recording that is always the same: seven servers, calls and answers of log-normal sizes, both orders of
//! members that the common SDKs write, number and string ids.

use std::io::{self, BufWriter, Write};
use std::path::Path;

const SERVERS: &[(&str, &[&str])] = &[
    ("filesystem", &["read_file", "write_file", "search_files"]),
    (
        "github",
        &["get_issue", "create_pull_request", "search_code"],
    ),
    ("browser", &["navigate", "click", "snapshot"]),
    ("chat", &["post_message", "list_channels"]),
    ("postgres", &["query", "list_tables"]),
    ("search", &["search", "fetch_page"]),
    ("shell", &["run_command", "read_output"]),
];

/// The size of an answer: median and spread (of its logarithm) as in recordings of coding agents, in bytes.
const ANSWER: (f64, f64) = (1500.0, 1.5);
const ARGUMENTS: (f64, f64) = (180.0, 1.2);
const LARGEST: f64 = 200_000.0;

/// Whether messages carry texts that others carried before.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Texts {
    New,
    #[allow(dead_code, reason = "only some benchmarks want it")]
    Recur,
}

/// How many different texts there are where they recur.
const POOL: usize = 1_500;

/// Writes a recording of at least so many bytes and gives the number of its messages.
pub fn write(path: &Path, bytes: u64, texts: Texts) -> io::Result<u64> {
    let mut out = BufWriter::with_capacity(1 << 20, std::fs::File::create(path)?);
    let mut made = Maker::default();
    if texts == Texts::Recur {
        made.pools = [ARGUMENTS, ANSWER].map(|size| {
            (0..POOL)
                .map(|_| {
                    let len = made.log_normal(size);
                    made.slice(len)
                })
                .collect()
        });
    }
    while made.bytes < bytes {
        let server = (made.random() % SERVERS.len() as u64) as usize;
        made.step(server, &mut out)?;
    }
    out.flush()?;
    Ok(made.messages)
}

struct Maker {
    seed: u64,
    bytes: u64,
    messages: u64,
    seq: [u64; 7],
    /// Text that answers and arguments are cut from.
    text: String,
    /// Arguments and answers that recur; empty where all are new.
    pools: [Vec<String>; 2],
}

impl Default for Maker {
    fn default() -> Self {
        let mut maker = Maker {
            seed: 42,
            bytes: 0,
            messages: 0,
            seq: [0; 7],
            text: String::new(),
            pools: [Vec::new(), Vec::new()],
        };
        maker.text = maker.prose(2 * LARGEST as usize);
        maker
    }
}

impl Maker {
    /// xorshift64* (Vigna, 2016).
    fn random(&mut self) -> u64 {
        self.seed ^= self.seed >> 12;
        self.seed ^= self.seed << 25;
        self.seed ^= self.seed >> 27;
        self.seed.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16
    }

    fn log_normal(&mut self, (median, spread): (f64, f64)) -> usize {
        // The sum of twelve uniform numbers is near enough to normal.
        let normal: f64 = (0..12)
            .map(|_| (self.random() % 65_536) as f64 / 65_536.0)
            .sum::<f64>()
            - 6.0;
        (median * (spread * normal).exp()).clamp(10.0, LARGEST) as usize
    }

    /// Lines of words and code, as the inside of a JSON string.
    fn prose(&mut self, len: usize) -> String {
        const PIECES: &[&str] = &[
            "the function returns a value of the table",
            r"    let x = self.map.get(&key).unwrap_or_default();\n",
            r#"  const res = await fetch(\"/api/v2/items\");\n"#,
            "SELECT id, name FROM customers WHERE age > 7; ",
            "résumé данные пример ",
            "handle the retry of the request, then update the index ",
            r"2026-06-01T12:33:11Z INFO worker[3] done in 41ms\n",
        ];
        let mut text = String::with_capacity(len + 64);
        while text.len() < len {
            text.push_str(PIECES[(self.random() % PIECES.len() as u64) as usize]);
        }
        text
    }

    fn slice(&mut self, len: usize) -> String {
        let mut start = (self.random() % LARGEST as u64) as usize;
        while !self.text[..].is_char_boundary(start) || self.text.as_bytes()[start] != b' ' {
            start += 1;
        }
        let mut end = (start + len).min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        // An escape must not be cut in two.
        self.text[start..end].trim_end_matches('\\').to_string()
    }

    fn some_text(&mut self, pool: usize, size: (f64, f64)) -> String {
        if self.pools[pool].is_empty() {
            let len = self.log_normal(size);
            return self.slice(len);
        }
        let n = self.random() as usize % self.pools[pool].len();
        self.pools[pool][n].clone()
    }

    fn step(&mut self, server: usize, out: &mut impl Write) -> io::Result<()> {
        let id = self.seq[server] / 2;
        let id = match server % 3 {
            1 => format!(
                "\"{:08x}-req-{id}\"",
                id.wrapping_mul(2_654_435_761) & 0xffff_ffff
            ),
            _ => id.to_string(),
        };
        let tools = SERVERS[server].1;
        let tool = tools[(self.random() % tools.len() as u64) as usize];
        let arguments = self.some_text(0, ARGUMENTS);
        let params = format!(r#"{{"name":"{tool}","arguments":{{"query":"{arguments}"}}}}"#);
        let answer = self.some_text(1, ANSWER);
        let result =
            format!(r#"{{"content":[{{"type":"text","text":"{answer}"}}],"isError":false}}"#);
        let last = server.is_multiple_of(2);
        let member = |key: &str, value: &str| match last {
            true => format!(r#"{{{key}:{value},"jsonrpc":"2.0","id":{id}}}"#),
            false => format!(r#"{{"jsonrpc":"2.0","id":{id},{key}:{value}}}"#),
        };
        let request = member(r#""method":"tools/call","params""#, &params);
        self.line(server, "c2s", &request, out)?;
        if self.random().is_multiple_of(4) {
            let progress = r#"{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1,"progress":50,"total":100}}"#;
            self.line(server, "s2c", progress, out)?;
            self.seq[server] -= 1;
        }
        self.line(server, "s2c", &member(r#""result""#, &result), out)
    }

    fn line(
        &mut self,
        server: usize,
        direction: &str,
        raw: &str,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let name = SERVERS[server].0;
        let (hour, minute, second) = (
            self.messages / 3_600_000 % 24,
            self.messages / 60_000 % 60,
            self.messages / 1000 % 60,
        );
        let line = format!(
            "{{\"v\":1,\"session_id\":\"{name}-1\",\"server_label\":\"{name}\",\"seq\":{},\"ts\":\"2026-01-01T{hour:02}:{minute:02}:{second:02}.{:03}000Z\",\"direction\":\"{direction}\",\"transport\":\"stdio\",\"raw\":{raw}}}\n",
            self.seq[server],
            self.messages % 1000,
        );
        self.seq[server] += 1;
        self.messages += 1;
        self.bytes += line.len() as u64;
        out.write_all(line.as_bytes())
    }
}
