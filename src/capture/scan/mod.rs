//! Asking configured servers for their definitions.
//!
//! ```text
//! Target ── stdio | http ──▶ Wire ◀── ask: discover, else initialize; then the listings, page by page
//!                              │ every message, as it passes
//!                              ▼
//!                    one recording a connection, joined into one file
//! ```
//!
//! A scan is a session of its own, not evidence of what an agent saw: a server may offer other things to another client,
//! and it is started for it, with whatever that does. Everything that it sends is bounded, in time and in size.

mod ask;
mod http;
mod join;
mod launch;
mod message;
mod stdio;

#[cfg(test)]
mod tests;

pub use ask::Counts;
pub use join::{join, parts_folder, remove_parts, usual_place};
pub use launch::placeholder;

use super::recorder::{Options, Recorder, Start, Transport};
use crate::clients::Secret;
use crate::text::{Raw, RawBuf};
use serde_json::{Map, Value};
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

/// A server that is asked.
pub struct Target {
    /// The name in its configuration, made visible.
    pub label: String,
    pub reach: Reach,
    /// The configuration's file, made visible.
    pub config: String,
}

/// How a server is reached.
pub enum Reach {
    Stdio {
        argv: Vec<RawBuf>,
        /// Over the environment of this process.
        env: Vec<(RawBuf, Secret)>,
        cwd: Option<RawBuf>,
    },
    Http {
        url: RawBuf,
        headers: Vec<(RawBuf, Secret)>,
    },
}

/// What bounds the asking of one server.
#[derive(Clone, Copy)]
pub struct Limits<'a> {
    pub deadline: Instant,
    /// Set when everything is to end.
    pub stop: &'a AtomicBool,
}

impl Limits<'_> {
    fn stopped(&self) -> bool {
        self.stop.load(std::sync::atomic::Ordering::Relaxed)
    }
}

/// Why a server was not asked to the end.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    #[error("it did not answer {0} in time")]
    Late(&'static str),
    #[error("the scan was stopped")]
    Stopped,
    #[error("it could not be started: {0}")]
    Start(String),
    #[error("it ended before it answered {0}")]
    Ended(&'static str),
    #[error("it sent more than is read: {0}")]
    TooMuch(&'static str),
    #[error("it refused {method}: {said}")]
    Refused {
        method: &'static str,
        /// The server's own words, made visible.
        said: String,
    },
    #[error(
        "it wants a login (HTTP {0}); a header in the configuration would be sent along, and a server with OAuth can be configured as the command `npx -y mcp-remote URL`"
    )]
    Login(u16),
    #[error("it answered {method} with HTTP status {status}")]
    Status { method: &'static str, status: u16 },
    #[error("it could not be reached: {0}")]
    Unreachable(String),
    #[error("its address is not understood")]
    Address,
}

/// What came of asking one server.
pub struct Outcome {
    pub label: String,
    /// The revision that was spoken, made visible.
    pub protocol: Option<String>,
    pub counts: Counts,
    pub took: Duration,
    pub trouble: Option<Trouble>,
    /// The recordings of its connections, in order.
    pub parts: Vec<PathBuf>,
}

/// Asks one server. Whatever happens is in the recording; nothing of the server is left running.
pub fn scan(target: &Target, timeout: Duration, stop: &AtomicBool, options: &Options) -> Outcome {
    let started = Instant::now();
    let limits = Limits {
        deadline: started + timeout,
        stop,
    };
    let mut told = ask::Told::default();
    let mut parts = Vec::new();
    let mut trouble = None;
    // A server of before 2026 may end at a question that it does not know: then it is started once more.
    for discover in [true, false] {
        let recorder = record(target, options);
        told = ask::Told::default();
        let ended = match &target.reach {
            Reach::Stdio { argv, env, cwd } => stdio::Launch {
                argv,
                env,
                cwd: cwd.as_ref(),
            }
            .run(&recorder, limits, |wire| {
                ask::everything(wire, discover, timeout, &mut told)
            }),
            Reach::Http { url, headers } => {
                http::run(url.as_raw(), headers, &recorder, limits, |wire| {
                    ask::everything(wire, discover, timeout, &mut told)
                })
            }
        };
        parts.extend(recorder.path());
        trouble = ended.err();
        if trouble != Some(Trouble::Ended("server/discover")) {
            break;
        }
    }
    Outcome {
        label: target.label.clone(),
        protocol: told.protocol,
        counts: told.counts,
        took: started.elapsed(),
        trouble,
        parts,
    }
}

fn record(target: &Target, options: &Options) -> Recorder {
    let mut meta = Map::new();
    let transport = match &target.reach {
        Reach::Stdio { argv, env, cwd } => {
            let words: Value = match &options.redactor {
                Some(redactor) => {
                    let words = argv.iter().filter_map(|word| stdio::os(word.as_raw()).ok());
                    redactor.argv(&words.collect::<Vec<_>>()).into()
                }
                None => argv.iter().map(|word| lossless(word.as_raw())).collect(),
            };
            meta.insert("command".into(), words);
            if let Some(cwd) = cwd {
                meta.insert("cwd".into(), lossless(cwd.as_raw()));
            }
            let names = env.iter().map(|(name, _)| lossless(name.as_raw()));
            meta.insert("env_names".into(), names.collect());
            Transport::Stdio
        }
        Reach::Http { url, .. } => {
            let shown = super::clients::shown_address(url.as_raw());
            meta.insert("upstream".into(), lossless(shown.as_raw()));
            Transport::Http
        }
    };
    let client = serde_json::json!({"name": "plainsight scan", "pid": std::process::id()});
    meta.insert("client".into(), client);
    meta.insert("client_config".into(), target.config.as_str().into());
    let start = Start {
        label: &target.label,
        transport,
        session: None,
        meta,
    };
    let (recorder, _) = Recorder::create(start, options.clone());
    recorder
}

/// A text of a configuration as a value of JSON. The configuration was text in UTF-8.
fn lossless(raw: Raw<'_>) -> Value {
    let mut token = String::new();
    crate::text::json_string(raw, &mut token);
    serde_json::from_str(&token).unwrap_or(Value::Null)
}
