//! What the client hears of a decision against it.

use super::message::{Id, Member, What};
use crate::text::Raw;
use serde_json::{Value, json};

/// The code of the error: of the range that JSON-RPC leaves to implementations, and none that MCP or its SDKs use.
const CODE: i64 = -32050;

/// Why something was not let through.
pub struct Refusal<'a> {
    /// `denied`, `timed-out-denied`, …
    pub how: &'a str,
    pub by: &'a str,
    pub reason: &'a str,
    /// The entry of what was held in the recording.
    pub seq: u64,
}

impl Refusal<'_> {
    fn error(&self, what: &str) -> Value {
        let reason = match self.reason {
            "" => String::new(),
            reason => format!(": {reason}"),
        };
        json!({
            "code": CODE,
            "message": format!("plainsight: {what} denied by {}{reason}", self.by),
            "data": {"decision": self.how, "by": self.by, "reason": self.reason, "recorded_as": self.seq},
        })
    }

    /// The line that answers a call which the server never saw.
    pub fn of_call(&self, id: &Id, tool: &[u8]) -> Vec<u8> {
        let tool = Raw::new(tool).label(80);
        line(id, &self.error(&format!("this call of {tool} was")))
    }

    /// The line that the client gets in place of a listing.
    pub fn of_listing(&self, id: &Id) -> Vec<u8> {
        line(
            id,
            &self.error("the changed definitions of this server were"),
        )
    }
}

fn line(id: &Id, error: &Value) -> Vec<u8> {
    let mut line = b"{\"jsonrpc\":\"2.0\",\"id\":".to_vec();
    match id.strip_prefix(b"\"") {
        Some(text) => {
            let mut literal = String::new();
            crate::text::json_string(Raw::new(text), &mut literal);
            line.extend_from_slice(literal.as_bytes());
        }
        None => line.extend_from_slice(id),
    }
    line.extend_from_slice(format!(",\"error\":{error}}}\n").as_bytes());
    line
}

/// A line without some of its messages; `None` where nothing is left. What is left of a batch stays a batch.
pub fn without(line: &[u8], members: &[Member], gone: impl Fn(&What) -> bool) -> Option<Vec<u8>> {
    let left: Vec<&[u8]> = (members.iter())
        .filter(|member| !gone(&member.what))
        .map(|member| &line[member.range.clone()])
        .collect();
    if left.is_empty() {
        return None;
    }
    Some([b"[", &left.join(&b","[..])[..], b"]\n"].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::gate::message::members;

    #[test]
    fn an_answer_says_who_and_why_under_the_same_id() {
        let refusal = Refusal {
            how: "denied",
            by: "ann",
            reason: "not today",
            seq: 7,
        };
        let answer = refusal.of_call(&b"\"a\"b"[..].into(), b"send\x1b[2J");
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        assert_eq!(answer["id"], "a\"b");
        let message = answer["error"]["message"].as_str().unwrap();
        assert!(
            message.starts_with("plainsight: this call of send")
                && message.ends_with("denied by ann: not today"),
            "{message}"
        );
        assert!(!message.contains('\x1b'));
        assert!(
            refusal
                .of_listing(&b"1.0"[..].into())
                .starts_with(br#"{"jsonrpc":"2.0","id":1.0,"error":"#)
        );
    }

    #[test]
    fn the_rest_of_a_batch_stays_as_it_is() {
        let line = br#"[ {"id":1,"method":"tools/call"} , {"id":2.0,"method":"ping"} ]"#;
        let (members, batch) = members(line);
        assert!(batch);
        let is_call = |what: &What| matches!(what, What::Call { .. });
        assert_eq!(
            without(line, &members, is_call).unwrap(),
            b"[{\"id\":2.0,\"method\":\"ping\"}]\n"
        );
        assert_eq!(without(line, &members, |_| true), None);
    }
}
