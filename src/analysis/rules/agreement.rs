//! What was agreed and listed, and what is done beside it.

use super::{BLANK, Example, Rule};
use crate::analysis::rank::{Category, Confidence, Severity};

pub static UNDECLARED: Rule = Rule {
    id: "protocol/undeclared-capability",
    title: "A side uses what the other did not offer",
    severity: Severity::Medium,
    confidence: Confidence::High,
    category: Category::Protocol,
    looks_at: "requests of servers, beside the capabilities that the client declared",
    why: "Clients declare whether servers may ask their model or the person. A server that asks all the same relies on a client that does not check.",
    advice: "See whether the client answered; report it to the server's author.",
    safe_mcp: &["SAFE-T1112"],
    cwe: &["CWE-862"],
    impact: &["privilege-escalation"],
    finds: &[Example::Session(
        r#"> {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{"roots":{}},"clientInfo":{"name":"c","version":"1"}}}
< {"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-06-18","capabilities":{},"serverInfo":{"name":"s","version":"1"}}}
> {"jsonrpc":"2.0","method":"notifications/initialized"}
< {"jsonrpc":"2.0","id":7,"method":"sampling/createMessage","params":{"messages":[],"maxTokens":5}}"#,
    )],
    leaves: &[Example::Session(
        r#"> {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{"sampling":{}},"clientInfo":{"name":"c","version":"1"}}}
< {"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-06-18","capabilities":{},"serverInfo":{"name":"s","version":"1"}}}
> {"jsonrpc":"2.0","method":"notifications/initialized"}
< {"jsonrpc":"2.0","id":7,"method":"sampling/createMessage","params":{"messages":[],"maxTokens":5}}"#,
    )],
    ..BLANK
};

pub static TOO_EARLY: Rule = Rule {
    id: "protocol/before-handshake",
    title: "A request comes before the handshake is done",
    severity: Severity::Low,
    confidence: Confidence::Medium,
    category: Category::Protocol,
    looks_at: "the first messages of connections that have a handshake",
    why: "Before the handshake neither side knows what the other permits. Requests that come earlier pass by whatever is decided there.",
    advice: "Check which side is at fault, and whether the request was answered.",
    cwe: &["CWE-696"],
    finds: &[Example::Session(
        r#"> {"jsonrpc":"2.0","id":1,"method":"tools/list"}
> {"jsonrpc":"2.0","id":2,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"c","version":"1"}}}"#,
    )],
    leaves: &[Example::Session(
        r#"> {"jsonrpc":"2.0","id":1,"method":"ping"}
> {"jsonrpc":"2.0","id":2,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"c","version":"1"}}}
< {"jsonrpc":"2.0","id":2,"result":{"protocolVersion":"2025-06-18","capabilities":{},"serverInfo":{"name":"s","version":"1"}}}
> {"jsonrpc":"2.0","method":"notifications/initialized"}
> {"jsonrpc":"2.0","id":3,"method":"tools/list"}"#,
    )],
    ..BLANK
};

pub static VERSION: Rule = Rule {
    id: "protocol/version",
    title: "The two sides do not speak one revision",
    severity: Severity::Low,
    confidence: Confidence::Medium,
    category: Category::Protocol,
    looks_at: "the revisions that both sides name in the handshake",
    why: "A client that goes on with a revision which it does not speak misreads what follows. Checks that belong to one revision are missing in another.",
    advice: "Update the side that is behind.",
    cwe: &["CWE-757"],
    finds: &[Example::Session(
        r#"> {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2024-11-05","capabilities":{},"clientInfo":{"name":"c","version":"1"}}}
< {"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-11-25","capabilities":{},"serverInfo":{"name":"s","version":"1"}}}"#,
    )],
    leaves: &[Example::Session(
        r#"> {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"c","version":"1"}}}
< {"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2024-11-05","capabilities":{},"serverInfo":{"name":"s","version":"1"}}}"#,
    )],
    ..BLANK
};

pub static BATCH: Rule = Rule {
    id: "protocol/batch",
    title: "Messages come as a batch where there are none",
    severity: Severity::Low,
    confidence: Confidence::High,
    category: Category::Protocol,
    looks_at: "lines that carry several messages",
    why: "Batches were part of the revision 2025-03-26 only. A reader that takes one message a line sees the first, or none.",
    advice: "Report it to the author of the side that sends them.",
    cwe: &["CWE-436"],
    finds: &[Example::Session(
        r#"> {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"c","version":"1"}}}
< {"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-06-18","capabilities":{},"serverInfo":{"name":"s","version":"1"}}}
> [{"jsonrpc":"2.0","id":2,"method":"ping"},{"jsonrpc":"2.0","id":3,"method":"ping"}]"#,
    )],
    leaves: &[Example::Session(
        r#"> {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-03-26","capabilities":{},"clientInfo":{"name":"c","version":"1"}}}
< {"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-03-26","capabilities":{},"serverInfo":{"name":"s","version":"1"}}}
> [{"jsonrpc":"2.0","id":2,"method":"ping"},{"jsonrpc":"2.0","id":3,"method":"ping"}]"#,
    )],
    ..BLANK
};

pub static FOREIGN_METHOD: Rule = Rule {
    id: "protocol/foreign-method",
    title: "A method that the agreed revision does not have",
    severity: Severity::Low,
    confidence: Confidence::Medium,
    category: Category::Protocol,
    looks_at: "methods of requests and notifications, beside the revision that the connection speaks",
    why: "A side that takes methods of other revisions passes by what this revision demands before them. Checks and gateways that know the revision do not look for such messages.",
    advice: "See whether the other side answered it; report it to the author of the side that sent it.",
    cwe: &["CWE-436", "CWE-757"],
    finds: &[
        Example::Session(
            r#"> {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2024-11-05","capabilities":{},"clientInfo":{"name":"c","version":"1"}}}
< {"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2024-11-05","capabilities":{},"serverInfo":{"name":"s","version":"1"}}}
> {"jsonrpc":"2.0","method":"notifications/initialized"}
< {"jsonrpc":"2.0","id":4,"method":"elicitation/create","params":{"message":"Your name?","requestedSchema":{"type":"object","properties":{}}}}"#,
        ),
        Example::Session(
            r#"> {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{"sampling":{}}}}}
< {"jsonrpc":"2.0","id":1,"result":{"resultType":"complete","tools":[]}}
< {"jsonrpc":"2.0","id":9,"method":"sampling/createMessage","params":{"messages":[],"maxTokens":5}}"#,
        ),
    ],
    leaves: &[
        Example::Session(
            r#"> {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{"elicitation":{}},"clientInfo":{"name":"c","version":"1"}}}
< {"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-06-18","capabilities":{},"serverInfo":{"name":"s","version":"1"}}}
> {"jsonrpc":"2.0","method":"notifications/initialized"}
< {"jsonrpc":"2.0","id":4,"method":"elicitation/create","params":{"message":"Your name?","requestedSchema":{"type":"object","properties":{}}}}"#,
        ),
        Example::Session(
            r#"> {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"book","arguments":{},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{"elicitation":{}}}}}
< {"jsonrpc":"2.0","id":1,"result":{"resultType":"input_required","requestState":"s1","inputRequests":{"day":{"method":"elicitation/create","params":{"message":"Which day?","requestedSchema":{"type":"object","properties":{}}}}}}}"#,
        ),
    ],
    ..BLANK
};

pub static UNLISTED: Rule = Rule {
    id: "protocol/never-listed",
    title: "A tool is called that was never listed",
    severity: Severity::Info,
    confidence: Confidence::Medium,
    category: Category::Protocol,
    looks_at: "calls, beside the listings of the same server",
    why: "The recording has a listing of this server, and the tool is not in it. The client may know it from before, or something made the name up.",
    advice: "Check whether the recording begins in the middle of a session.",
    finds: &[Example::Session(
        r#"> {"jsonrpc":"2.0","id":1,"method":"tools/list"}
< {"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"look","inputSchema":{"type":"object"}}]}}
> {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"wipe","arguments":{}}}
< {"jsonrpc":"2.0","id":2,"result":{"content":[{"type":"text","text":"done"}]}}"#,
    )],
    leaves: &[Example::Session(
        r#"> {"jsonrpc":"2.0","id":1,"method":"tools/list"}
< {"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"look","inputSchema":{"type":"object"}}]}}
> {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"look","arguments":{}}}"#,
    )],
    ..BLANK
};

pub static REMOVED: Rule = Rule {
    id: "protocol/removed-tool",
    title: "A tool is called that the server took away",
    severity: Severity::Low,
    confidence: Confidence::Medium,
    category: Category::Protocol,
    looks_at: "calls, beside the latest listing of the same server",
    why: "The latest listing before the call does not have the tool any more. The client works on a definition that nobody stands behind.",
    advice: "See whether the server answered, and why it took the tool away.",
    finds: &[Example::Session(
        r#"> {"jsonrpc":"2.0","id":1,"method":"tools/list"}
< {"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"look","inputSchema":{"type":"object"}},{"name":"wipe","inputSchema":{"type":"object"}}]}}
> {"jsonrpc":"2.0","id":2,"method":"tools/list"}
< {"jsonrpc":"2.0","id":2,"result":{"tools":[{"name":"look","inputSchema":{"type":"object"}}]}}
> {"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"wipe","arguments":{}}}"#,
    )],
    leaves: &[Example::Session(
        r#"> {"jsonrpc":"2.0","id":1,"method":"tools/list"}
< {"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"wipe","inputSchema":{"type":"object"}}]}}
> {"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"wipe","arguments":{}}}
> {"jsonrpc":"2.0","id":4,"method":"tools/list"}
< {"jsonrpc":"2.0","id":4,"result":{"tools":[]}}"#,
    )],
    ..BLANK
};

pub static STALE: Rule = Rule {
    id: "protocol/stale-definition",
    title: "What a server offers changed, and nobody asked for it again",
    severity: Severity::Low,
    confidence: Confidence::High,
    category: Category::Protocol,
    looks_at: "`list_changed` of tools, prompts and resources, the listings behind it, and what is used between",
    why: "The client and its model work on definitions that the server has replaced. What a call does is not what the model was told.",
    advice: "Update the client, and list them again to see what changed.",
    owasp: &["MCP03"],
    safe_mcp: &["SAFE-T1201"],
    finds: &[
        Example::Session(
            r#"> {"jsonrpc":"2.0","id":1,"method":"tools/list"}
< {"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"look","inputSchema":{"type":"object"}}]}}
< {"jsonrpc":"2.0","method":"notifications/tools/list_changed"}
> {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"look","arguments":{}}}"#,
        ),
        Example::Session(
            r#"> {"jsonrpc":"2.0","id":1,"method":"tools/list"}
< {"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"look","inputSchema":{"type":"object"}}]}}
< {"jsonrpc":"2.0","method":"notifications/tools/list_changed"}
> {"jsonrpc":"2.0","id":2,"method":"resources/read","params":{"uri":"log://a"}}
> {"jsonrpc":"2.0","id":3,"method":"resources/read","params":{"uri":"log://b"}}
> {"jsonrpc":"2.0","id":4,"method":"resources/read","params":{"uri":"log://c"}}"#,
        ),
        Example::Session(
            r#"> {"jsonrpc":"2.0","id":1,"method":"prompts/list"}
< {"jsonrpc":"2.0","id":1,"result":{"prompts":[{"name":"review"}]}}
> {"jsonrpc":"2.0","id":2,"method":"ping"}
< {"jsonrpc":"2.0","method":"notifications/prompts/list_changed"}
> {"jsonrpc":"2.0","id":3,"method":"prompts/get","params":{"name":"review"}}"#,
        ),
    ],
    leaves: &[
        Example::Session(
            r#"> {"jsonrpc":"2.0","id":1,"method":"tools/list"}
< {"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"look","inputSchema":{"type":"object"}}]}}
< {"jsonrpc":"2.0","method":"notifications/tools/list_changed"}
> {"jsonrpc":"2.0","id":2,"method":"tools/list"}
< {"jsonrpc":"2.0","id":2,"result":{"tools":[{"name":"look","inputSchema":{"type":"object"}}]}}
> {"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"look","arguments":{}}}"#,
        ),
        Example::Session(
            r#"> {"jsonrpc":"2.0","id":1,"method":"tools/list"}
< {"jsonrpc":"2.0","method":"notifications/tools/list_changed"}
< {"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"look","inputSchema":{"type":"object"}}]}}
> {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"look","arguments":{}}}"#,
        ),
        Example::Session(
            r#"> {"jsonrpc":"2.0","id":1,"method":"tools/list"}
< {"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"look","inputSchema":{"type":"object"}}]}}
< {"jsonrpc":"2.0","method":"notifications/tools/list_changed"}
> {"jsonrpc":"2.0","id":2,"method":"resources/read","params":{"uri":"log://a"}}"#,
        ),
    ],
    ..BLANK
};

pub static ORPHAN_TASK: Rule = Rule {
    id: "protocol/orphan-task",
    title: "A task is used that was never created here",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    category: Category::Protocol,
    looks_at: "task ids, beside the results that create tasks",
    why: "Whoever knows a task's id can read its result or cancel it. One that was not created in this recording may be somebody else's.",
    advice: "Find where the id came from (search for it), and what the server answered.",
    owasp: &["MCP07"],
    cwe: &["CWE-639"],
    impact: &["data-loss", "tampering"],
    finds: &[Example::Session(
        r#"> {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"c","version":"1"}}}
< {"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-11-25","capabilities":{},"serverInfo":{"name":"s","version":"1"}}}
> {"jsonrpc":"2.0","id":2,"method":"tasks/result","params":{"taskId":"t-77"}}"#,
    )],
    leaves: &[Example::Session(
        r#"> {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"c","version":"1"}}}
< {"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-11-25","capabilities":{},"serverInfo":{"name":"s","version":"1"}}}
> {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"build","arguments":{},"task":{}}}
< {"jsonrpc":"2.0","id":2,"result":{"task":{"taskId":"t-77","status":"working"}}}
> {"jsonrpc":"2.0","id":3,"method":"tasks/result","params":{"taskId":"t-77"}}"#,
    )],
    ..BLANK
};

pub static HEADER_MISMATCH: Rule = Rule {
    id: "protocol/header-mismatch",
    title: "A header says something else than the body",
    severity: Severity::Medium,
    confidence: Confidence::High,
    category: Category::Protocol,
    looks_at: "`Mcp-Method`, `Mcp-Name`, `Mcp-Param-*` and `MCP-Protocol-Version`, beside the body",
    why: "Gateways decide by the header and servers by the body. When the two differ, a request passes as another one.",
    advice: "Find the client or the gateway that made them differ; servers should refuse it with -32020.",
    owasp: &["MCP07"],
    cwe: &["CWE-444", "CWE-436"],
    impact: &["privilege-escalation"],
    finds: &[
        Example::Line(
            r#"{"v":1,"session_id":"h","server_label":"h","seq":1,"direction":"c2s","transport":"http","mcp_method":"tools/call","mcp_name":"look","raw":{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"wipe","arguments":{}}}}"#,
        ),
        Example::Line(
            r#"{"v":1,"session_id":"h","server_label":"h","seq":1,"direction":"c2s","transport":"http","mcp_method":"tools/call","mcp_name":"ship","mcp_param_headers":[{"name":"Mcp-Param-Region","value":"eu"}],"raw":{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ship","arguments":{"region":"us"}}}}"#,
        ),
    ],
    leaves: &[
        Example::Line(
            r#"{"v":1,"session_id":"h","server_label":"h","seq":1,"direction":"c2s","transport":"http","mcp_method":"tools/call","mcp_name":"=?base64?bG9vaw==?=","raw":{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"look","arguments":{}}}}"#,
        ),
        Example::Line(
            r#"{"v":1,"session_id":"h","server_label":"h","seq":1,"direction":"c2s","transport":"http","mcp_method":"tools/call","mcp_name":"ship","mcp_param_headers":[{"name":"mcp-param-region","value":"=?base64?b2VzdA==?="},{"name":"Mcp-Param-Count","value":"3"}],"raw":{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ship","arguments":{"region":"oest","count":3.0}}}}"#,
        ),
    ],
    ..BLANK
};

pub static STRUCTURE: Rule = Rule {
    id: "protocol/result-structure",
    title: "A result is not what the definition promises",
    severity: Severity::Low,
    confidence: Confidence::High,
    category: Category::Protocol,
    looks_at: "structured results, beside the output schema of their tool",
    why: "Clients and programs rely on the promised structure. A result of another one comes from another version of the server, or from somebody else.",
    advice: "Compare the result with the definition; report it to the server's author.",
    cwe: &["CWE-20"],
    finds: &[Example::Session(
        r#"> {"jsonrpc":"2.0","id":1,"method":"tools/list"}
< {"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"sum","inputSchema":{"type":"object"},"outputSchema":{"type":"object","properties":{"n":{"type":"number"}},"required":["n"]}}]}}
> {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"sum","arguments":{}}}
< {"jsonrpc":"2.0","id":2,"result":{"content":[],"structuredContent":{"n":"three"}}}"#,
    )],
    leaves: &[Example::Session(
        r#"> {"jsonrpc":"2.0","id":1,"method":"tools/list"}
< {"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"sum","inputSchema":{"type":"object"},"outputSchema":{"type":"object","properties":{"n":{"type":"number"}},"required":["n"]}}]}}
> {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"sum","arguments":{}}}
< {"jsonrpc":"2.0","id":2,"result":{"content":[],"structuredContent":{"n":3,"note":"more"}}}
> {"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"sum","arguments":{}}}
< {"jsonrpc":"2.0","id":3,"result":{"content":[{"type":"text","text":"no"}],"isError":true}}"#,
    )],
    ..BLANK
};

pub(super) static RULES: &[&Rule] = &[
    &UNDECLARED,
    &TOO_EARLY,
    &VERSION,
    &BATCH,
    &FOREIGN_METHOD,
    &UNLISTED,
    &REMOVED,
    &STALE,
    &ORPHAN_TASK,
    &HEADER_MISMATCH,
    &STRUCTURE,
];
