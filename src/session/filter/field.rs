//! The fields of the language, in one table: parser, completion and help read it.

/// One field, as `name:value`.
pub struct Field {
    pub name: &'static str,
    pub help: &'static str,
    pub example: &'static str,
    /// The words that it takes, where they are fixed.
    pub words: &'static [&'static str],
}

const fn field(
    name: &'static str,
    help: &'static str,
    example: &'static str,
    words: &'static [&'static str],
) -> Field {
    Field {
        name,
        help,
        example,
        words,
    }
}

pub const RISKS: &[&str] = &["none", "info", "low", "medium", "high", "critical"];

pub static FIELDS: &[Field] = &[
    field("server", "the server's label", "server:mail*", &[]),
    field("tool", "the tool of a call", "tool:send*,read_file", &[]),
    field(
        "method",
        "the method; of a response, its request's",
        "method:tools/*",
        &[],
    ),
    field(
        "name",
        "tool, prompt or resource that a request is about",
        "name:note://*",
        &[],
    ),
    field(
        "dir",
        "the direction",
        "dir:s2c",
        &["c2s", "s2c", "stderr", "meta"],
    ),
    field(
        "kind",
        "what the message is",
        "kind:request",
        &[
            "request",
            "notification",
            "response",
            "result",
            "error",
            "stderr",
            "meta",
            "text",
            "other",
            "unreadable",
        ],
    ),
    field(
        "status",
        "how the operation ended",
        "status:error",
        &[
            "ok",
            "error",
            "tool-error",
            "pending",
            "cancelled",
            "input-required",
        ],
    ),
    field("risk", "the worst finding on it", "risk:>=high", RISKS),
    field(
        "after",
        "at or after a time of day (UTC) or a date and time",
        "after:09:20",
        &[],
    ),
    field("before", "before a time", "before:2026-11-22T09:30", &[]),
    field("dur", "how long the answer took", "dur:>2s", &[]),
    field("size", "bytes of the message's line", "size:>100k", &[]),
    field("n", "the message's number", "n:>=100", &[]),
    field("id", "the JSON-RPC id", "id:7", &[]),
    field(
        "is",
        "something that is so",
        "is:orphan",
        &[
            "call", "orphan", "second", "reused", "torn", "http", "change", "finding",
        ],
    ),
];
