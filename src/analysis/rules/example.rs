//! Examples of rules, run through the whole analysis.

use super::{Example, Rule, Trusted};
use crate::analysis::{Analysis, Findings, Settings, Severity};
use crate::session::{SourceArg, load};
use crate::store::baseline::{
    Baseline, Client, Covers, Decision, Identity, Kind, Shown, Sighting, Verdict,
};
use serde_json::{Value, json};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, RwLock};

/// A recording in the native format, line by line.
#[derive(Debug, Default)]
pub struct Recording {
    lines: Vec<String>,
    /// What was decided before it was recorded.
    baseline: Baseline,
}

impl Recording {
    pub(super) fn put(&mut self, server: &str, direction: &str, raw: &Value) {
        let seq = self.lines.len() + 1;
        let ts = format!("2026-01-01T00:00:{:02}.000Z", seq % 60);
        self.lines.push(
            json!({"v": 1, "session_id": server, "server_label": server, "seq": seq, "ts": ts, "direction": direction, "transport": "stdio", "raw": raw})
                .to_string(),
        );
    }

    pub(super) fn tools(&mut self, server: &str, tools: &Value) {
        let id = self.lines.len();
        self.put(
            server,
            "c2s",
            &json!({"jsonrpc": "2.0", "id": id, "method": "tools/list", "params": {}}),
        );
        self.put(
            server,
            "s2c",
            &json!({"jsonrpc": "2.0", "id": id, "result": {"tools": tools}}),
        );
    }

    pub(super) fn call(&mut self, tool: &str, arguments: &Value, result: &str) {
        let id = self.lines.len();
        self.put("files", "c2s", &json!({"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": {"name": tool, "arguments": arguments}}));
        self.put("files", "s2c", &json!({"jsonrpc": "2.0", "id": id, "result": {"content": [{"type": "text", "text": result}]}}));
    }

    /// The messages of a session, one a line.
    pub(super) fn session(&mut self, lines: &str) -> Result<(), String> {
        for line in lines.lines().filter(|line| !line.trim().is_empty()) {
            let Some(at) = line.find(['<', '>']) else {
                return Err("a line of a session begins with `>` or `<`".into());
            };
            let server = match line[..at].trim() {
                "" => "files",
                server => server,
            };
            let direction = if line[at..].starts_with('>') {
                "c2s"
            } else {
                "s2c"
            };
            // As it is: an example may hold what a JSON library would mend.
            let raw = line[at + 1..].trim();
            self.put(server, direction, &json!("@"));
            if let Some(last) = self.lines.last_mut() {
                *last = last.replace("\"@\"", raw);
            }
        }
        Ok(())
    }

    /// Decides on a definition of the server `s`.
    fn decide(&mut self, trusted: Trusted, definition: &Value) {
        let day = || "2026-01-01T00:00:00Z".to_owned();
        let source = || "example".to_owned();
        let address = match trusted {
            Trusted::Elsewhere => "uvx other-quotes",
            Trusted::Accepted | Trusted::Rejected => "uvx quotes",
        };
        let identity = Identity {
            address: Some(address.to_owned()),
            label: Some("s".to_owned()),
            client: Client::Unknown,
        };
        let verdict = match trusted {
            Trusted::Rejected => Verdict::Rejected,
            Trusted::Accepted | Trusted::Elsewhere => Verdict::Accepted,
        };
        let kept = Covers::All.of(definition.to_string().as_bytes());
        if let Some((known, (text, hash))) = self.baseline.entry(&identity).zip(kept) {
            let shown = Shown {
                kind: Kind::Tool,
                name: definition["name"].as_str().unwrap_or_default().to_owned(),
                hash,
                text: Some(text),
                covers: Covers::All,
                sighting: Sighting {
                    at: day(),
                    source: source(),
                },
            };
            known.note(
                shown,
                Some(Decision {
                    verdict,
                    at: day(),
                    source: source(),
                }),
            );
        }
    }

    /// What the analysis finds in it.
    ///
    /// The lines live as long as the program: a bundled recording is text of the program, and examples are few.
    pub(in crate::analysis) fn found(
        &self,
        mut settings: Arc<Settings>,
    ) -> Result<Findings, String> {
        if !self.baseline.is_empty() {
            settings = Arc::new(Settings {
                baseline: self.baseline.clone().into(),
                ..Settings::default()
            });
        }
        let text = self.lines.join("\n") + "\n";
        let source = SourceArg::Bundled {
            name: "example",
            bytes: Box::leak(text.into_bytes().into_boxed_slice()),
        };
        let session =
            load::whole(&[source], load::Options::default()).map_err(|error| error.to_string())?;
        let findings = Arc::new(RwLock::new(Findings::default()));
        Analysis::with(settings).advance(&session, &findings, &|| {}, &AtomicBool::new(false));
        let findings = Arc::into_inner(findings).and_then(|lock| lock.into_inner().ok());
        findings.ok_or_else(|| "the analysis broke off".into())
    }
}

impl Example {
    /// The recording of the example.
    ///
    /// # Errors
    /// With half a sentence, for an example that a person wrote and that is none.
    pub fn recording(&self) -> Result<Recording, String> {
        let mut recording = Recording::default();
        let parse = |text: &str| {
            serde_json::from_str::<Value>(text).map_err(|error| format!("it is no JSON, {error}"))
        };
        let tool = |name: &str, about: &str| json!({"name": name, "description": about, "inputSchema": {"type": "object"}});
        match self {
            Example::Description(text) => recording.tools("s", &json!([tool("a_tool", text)])),
            Example::Name(name) => recording.tools("s", &json!([tool(name, "A tool.")])),
            Example::Definition(text) => recording.tools("s", &json!([parse(text)?])),
            Example::Result(text) => recording.call("look", &json!({}), text),
            Example::Call(tool, arguments) => recording.call(tool, &parse(arguments)?, "ok"),
            Example::Change(before, after) => {
                recording.tools("s", &json!([parse(before)?]));
                recording.tools("s", &json!([parse(after)?]));
            }
            Example::Trusted(trusted, before, after) => {
                let start = json!({"event": "start", "command": ["uvx", "quotes"]});
                recording.put("s", "meta", &start);
                recording.tools("s", &json!([parse(after)?]));
                recording.decide(*trusted, &parse(before)?);
            }
            Example::Servers(first, second) => {
                for (server, tools) in [("first", first), ("second", second)] {
                    let tools: Vec<Value> = tools
                        .iter()
                        .map(|(name, about)| tool(name, about))
                        .collect();
                    recording.tools(server, &json!(tools));
                }
            }
            Example::Session(lines) => recording.session(lines)?,
            Example::Configured(entry) => {
                let entry = parse(entry)?;
                recording.put(
                    "s",
                    "meta",
                    &json!({"event": "configured", "name": "s", "entry": entry}),
                );
            }
            Example::Line(line) => recording.lines.push((*line).to_owned()),
        }
        Ok(recording)
    }

    /// The worst that a rule finds in the example.
    ///
    /// # Errors
    /// As [`recording`](Self::recording).
    pub fn worst(&self, rule: &Rule, settings: Arc<Settings>) -> Result<Option<Severity>, String> {
        let found = self.recording()?.found(settings)?;
        let severities = found.list().iter().filter(|f| f.rule.id == rule.id);
        Ok(severities.map(|f| f.severity).max())
    }
}

/// An example that a rule does not live up to.
#[derive(Debug)]
pub struct Failed {
    pub rule: &'static Rule,
    pub example: &'static Example,
    /// It should have been found; otherwise it should have been left alone.
    pub should_find: bool,
}

/// Runs the examples of a rule: it must find the ones, and find nothing above `info` in the others.
pub fn failures(rule: &'static Rule, settings: &Arc<Settings>) -> Vec<Failed> {
    let worst = |example: &Example| example.worst(rule, Arc::clone(settings)).ok().flatten();
    let missed = rule.finds.iter().filter(|e| worst(e).is_none());
    let missed = missed.map(|example| (example, true));
    let wrong = rule
        .leaves
        .iter()
        .filter(|e| worst(e) >= Some(Severity::Low));
    let wrong = wrong.map(|example| (example, false));
    let failed = missed.chain(wrong);
    failed
        .map(|(example, should_find)| Failed {
            rule,
            example,
            should_find,
        })
        .collect()
}
