//! Messages that do not fit together, and messages that readers read differently.

use super::{BLANK, Example, Rule};
use crate::analysis::rank::{Category, Confidence, Severity};

pub static READERS_DISAGREE: Rule = Rule {
    id: "protocol/readers-disagree",
    title: "Different readers see different messages here",
    severity: Severity::Low,
    confidence: Confidence::High,
    category: Category::Protocol,
    looks_at: "the JSON of every message",
    why: "Duplicate keys, keys that differ only in case, NUL, lone surrogates and invalid UTF-8 are taken differently by different parsers. A check that uses one parser does not see what the client's parser sees.",
    advice: "Look at the raw message; ask why a program would write it so.",
    safe_mcp: &["SAFE-T1402"],
    cwe: &["CWE-436"],
    finds: &[
        Example::Session(
            r#"> {"jsonrpc":"2.0","id":1,"method":"tools/list","method":"tools/call","params":{"name":"a"}}"#,
        ),
        Example::Session(
            r#"> {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"look","arguments":{"path":"a.txt","Path":"b.txt"}}}"#,
        ),
        Example::Session(
            r#"< {"jsonrpc":"2.0","id":1,"result":{},"error":{"code":-32603,"message":"no"}}"#,
        ),
    ],
    leaves: &[Example::Session(
        r#"> {"jsonrpc":"2.0","id":1,"method":"ping"}"#,
    )],
    ..BLANK
};

pub static UNASKED: Rule = Rule {
    id: "protocol/unasked-response",
    title: "A response that nobody asked for",
    severity: Severity::Low,
    confidence: Confidence::Medium,
    category: Category::Protocol,
    looks_at: "ids of requests and responses",
    why: "The recording has no request with this id, or the request was answered before. Servers that mix up clients hand one person's data to another (CVE-2026-25536).",
    advice: "Check whether the recording is complete; if it is, report it to the server's author.",
    cwe: &["CWE-488"],
    impact: &["data-loss"],
    finds: &[Example::Session(
        r#"< {"jsonrpc":"2.0","id":77,"result":{}}"#,
    )],
    leaves: &[Example::Session(
        "> {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n< {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
    )],
    ..BLANK
};

pub static SECOND_ANSWER: Rule = Rule {
    id: "protocol/second-response",
    title: "A request was answered twice",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    category: Category::Protocol,
    looks_at: "ids of requests and responses",
    why: "Clients take the first answer, so the second may be somebody else's. A server that answers twice has lost track of who asked (CVE-2026-25536).",
    advice: "Compare the two answers; report it to the server's author.",
    cwe: &["CWE-488"],
    impact: &["data-loss"],
    finds: &[Example::Session(
        "> {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n< {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n< {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
    )],
    leaves: &[Example::Session(
        "> {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n< {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
    )],
    ..BLANK
};

pub static ID_REUSED: Rule = Rule {
    id: "protocol/id-reused",
    title: "An id is used again while its request waits",
    severity: Severity::Low,
    confidence: Confidence::High,
    category: Category::Protocol,
    looks_at: "ids of requests",
    why: "Nobody can tell which of the two requests the next answer belongs to. A confused side takes one tool's result for another's.",
    advice: "Check whether two clients share one connection; report it to the author of the side that numbers so.",
    cwe: &["CWE-694"],
    impact: &["data-loss"],
    finds: &[Example::Session(
        "> {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n> {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}",
    )],
    leaves: &[Example::Session(
        "> {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n< {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n> {\"jsonrpc\":\"2.0\",\"id\":\"1\",\"method\":\"ping\"}",
    )],
    ..BLANK
};

pub static STATE_INVENTED: Rule = Rule {
    id: "protocol/invented-state",
    title: "A request continues a state that the server never gave",
    severity: Severity::High,
    confidence: Confidence::High,
    category: Category::Protocol,
    looks_at: "`requestState` in requests and in the results before them",
    why: "The state is the server's own note of what was approved; a client must return it unchanged. One that comes from elsewhere forges an approval.",
    advice: "Find where the value came from (search for it), and what the server did with it.",
    owasp: &["MCP07"],
    cwe: &["CWE-345", "CWE-472"],
    impact: &["privilege-escalation", "tampering"],
    finds: &[Example::Session(
        r#"> {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"pay","arguments":{},"requestState":"v1.forged"}}"#,
    )],
    leaves: &[Example::Session(
        r#"> {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"pay","arguments":{}}}
< {"jsonrpc":"2.0","id":1,"result":{"resultType":"input_required","requestState":"v1.real"}}
> {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"pay","arguments":{},"requestState":"v1.real"}}"#,
    )],
    ..BLANK
};

pub static SCRIPT_ADDRESS: Rule = Rule {
    id: "protocol/script-address",
    title: "A server gives an address that runs script",
    severity: Severity::High,
    confidence: Confidence::High,
    category: Category::Protocol,
    looks_at: "website, icon and resource addresses that servers give",
    why: "A client that opens or draws `javascript:` or `data:text/html` runs the server's code. That code has the client's own rights (CVE-2025-58444).",
    advice: "Do not open it; update the client.",
    cwe: &["CWE-79", "CWE-601"],
    impact: &["code-execution"],
    finds: &[Example::Session(
        r#"> {"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}
< {"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-11-25","capabilities":{},"serverInfo":{"name":"x","version":"1","websiteUrl":"javascript:void(0)"}}}"#,
    )],
    leaves: &[Example::Session(
        r#"> {"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}
< {"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-11-25","capabilities":{},"serverInfo":{"name":"x","version":"1","websiteUrl":"https://example.com"}}}"#,
    )],
    ..BLANK
};

pub(super) static RULES: &[&Rule] = &[
    &READERS_DISAGREE,
    &UNASKED,
    &SECOND_ANSWER,
    &STATE_INVENTED,
    &SCRIPT_ADDRESS,
    &ID_REUSED,
];
