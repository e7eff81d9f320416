//! What a client is set up to start: secrets, packages, permissions.

use super::{BLANK, Example, Rule};
use crate::analysis::rank::{Category, Confidence, Severity};

pub static CONFIGURED_SECRET: Rule = Rule {
    id: "configuration/secret",
    title: "A secret stands in a configuration in plain text",
    severity: Severity::Medium,
    confidence: Confidence::High,
    category: Category::Configuration,
    looks_at: "environment, headers, arguments and addresses of configured servers",
    why: "Everyone who reads the file has the key. Such files end up in repositories, backups and bug reports.",
    advice: "Take it from the environment or from a store of secrets (`${env:NAME}`, `${input:name}`, `env_vars`), and renew the key if the file was shared.",
    owasp: &["MCP01"],
    cwe: &["CWE-312", "CWE-522"],
    impact: &["secret-access"],
    finds: &[
        Example::Configured(
            r#"{"command":"npx","args":["-y","@example/mail@1.2.0"],"env":{"MAIL_API_KEY":"q8Zr4Tt1Vw7Xy2Ba9Cd3Ef5G"}}"#,
        ),
        Example::Configured(
            r#"{"url":"https://mcp.example.com/mcp","headers":{"Authorization":"Bearer q8Zr4Tt1Vw7Xy2Ba9Cd3Ef5G"}}"#,
        ),
    ],
    leaves: &[
        Example::Configured(
            r#"{"command":"node","args":["mail.js"],"env":{"MAIL_API_KEY":"${input:mail-key}","PORT":"8080"}}"#,
        ),
        Example::Configured(
            r#"{"command":"node","args":["mail.js"],"env":{"MAIL_API_KEY":"<your-api-key-goes-right-here>"}}"#,
        ),
    ],
    ..BLANK
};

pub static UNPINNED: Rule = Rule {
    id: "configuration/unpinned-package",
    title: "A package is run in whatever version is the newest",
    severity: Severity::Low,
    confidence: Confidence::High,
    category: Category::Configuration,
    looks_at: "commands that fetch a package: `npx`, `bunx`, `uvx`, `pipx run`, `docker run` and their like",
    why: "Whoever can publish the package decides at every start what runs here with all rights of its user. Most configurations are like this; it is told so that a version can be chosen.",
    advice: "Name a version (`name@1.2.3`, `name==1.2.3`) or, of an image, a digest (`@sha256:…`).",
    owasp: &["MCP04"],
    safe_mcp: &["SAFE-T1002"],
    cwe: &["CWE-829", "CWE-1357"],
    impact: &["code-execution"],
    finds: &[
        Example::Configured(r#"{"command":"npx","args":["-y","@example/notes"]}"#),
        Example::Configured(
            r#"{"command":"docker","args":["run","-i","--rm","-e","A","example/notes:latest"]}"#,
        ),
    ],
    leaves: &[
        Example::Configured(r#"{"command":"npx","args":["-y","@example/notes@1.2.3"]}"#),
        Example::Configured(r#"{"command":"uvx","args":["notes==1.2.3"]}"#),
    ],
};

pub static UNGUARDED: Rule = Rule {
    id: "configuration/guard-taken-away",
    title: "A server is started with a guard taken away",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    category: Category::Configuration,
    looks_at: "options of configured commands: `--dangerously…`, `--allow-all`, `--privileged`, `--no-sandbox`",
    why: "The program has a guard for the case that what it is asked to do is hostile, and is told to do without it. What a model asks for can come from any text that it has read.",
    advice: "Leave the option out, or allow exactly what is needed.",
    owasp: &["MCP02"],
    cwe: &["CWE-250", "CWE-693"],
    impact: &["privilege-escalation"],
    finds: &[Example::Configured(
        r#"{"command":"agent","args":["mcp","--dangerously-skip-permissions"]}"#,
    )],
    leaves: &[Example::Configured(
        r#"{"command":"agent","args":["mcp","--allow-read=docs"]}"#,
    )],
    ..BLANK
};

pub static UNASKED_CALLS: Rule = Rule {
    id: "configuration/asks-nobody",
    title: "Every tool of a server may be called without a question",
    severity: Severity::Medium,
    confidence: Confidence::High,
    category: Category::Configuration,
    looks_at: "`autoApprove`, `alwaysAllow`, `trust`, `enableAllProjectMcpServers`",
    why: "A call that an injected text asks for goes through before anybody sees it. That holds for tools that the server will offer only tomorrow, too.",
    advice: "List the tools that only read, and let the client ask for the others.",
    owasp: &["MCP02"],
    cwe: &["CWE-862"],
    impact: &["privilege-escalation"],
    finds: &[
        Example::Configured(r#"{"command":"notes","alwaysAllow":["*"]}"#),
        Example::Configured(r#"{"command":"notes","trust":true}"#),
        Example::Configured(r#"{"enableAllProjectMcpServers":true}"#),
    ],
    leaves: &[
        Example::Configured(r#"{"command":"notes","alwaysAllow":["list_notes"]}"#),
        Example::Configured(r#"{"command":"notes","trust":false,"autoApprove":[]}"#),
    ],
    ..BLANK
};

pub static UNENCRYPTED: Rule = Rule {
    id: "configuration/unencrypted",
    title: "A server on another machine is reached without encryption",
    severity: Severity::Medium,
    confidence: Confidence::High,
    category: Category::Configuration,
    looks_at: "addresses of configured servers",
    why: "Everyone on the way can read what is sent, keys too, and can change what the server says of its tools. Nothing shows that it happened.",
    advice: "Use https, or a tunnel.",
    owasp: &["MCP07"],
    cwe: &["CWE-319"],
    impact: &["tampering", "data-loss"],
    finds: &[Example::Configured(
        r#"{"url":"http://mcp.example.com/mcp"}"#,
    )],
    leaves: &[
        Example::Configured(r#"{"url":"http://localhost:8000/mcp"}"#),
        Example::Configured(r#"{"url":"https://mcp.example.com/mcp"}"#),
    ],
    ..BLANK
};

pub static SHELL_LINE: Rule = Rule {
    id: "configuration/shell-line",
    title: "A server is started by a line for a shell",
    severity: Severity::Low,
    confidence: Confidence::Medium,
    category: Category::Configuration,
    looks_at: "commands of configured servers that a shell reads: `sh -c`, `cmd /c`, `powershell -Command`",
    why: "Such a line can do anything besides starting the server, and a consent dialog shows only its beginning. One that fetches a text and runs it gives the machine to whoever serves that text.",
    advice: "Read the line to its end; name the program and its arguments instead.",
    owasp: &["MCP05"],
    safe_mcp: &["SAFE-T1002"],
    cwe: &["CWE-78", "CWE-494"],
    impact: &["code-execution"],
    finds: &[Example::Configured(
        r#"{"command":"sh","args":["-c","curl -fsSL https://example.com/install.sh | sh"]}"#,
    )],
    leaves: &[
        Example::Configured(r#"{"command":"cmd","args":["/c","npx","-y","@example/notes@1.2.3"]}"#),
        Example::Configured(r#"{"command":"sh","args":["-c","node server.js"]}"#),
    ],
};

pub static LOOK_ALIKE_PACKAGE: Rule = Rule {
    id: "configuration/look-alike-package",
    title: "A package's name looks like that of a well-known one",
    severity: Severity::High,
    confidence: Confidence::Medium,
    category: Category::Configuration,
    looks_at: "packages that configured commands fetch, beside a table of well-known ones",
    why: "Packages whose names are a slip of the finger away from others' are published to be installed by mistake. What they bring runs with all rights of its user.",
    advice: "Compare the name letter by letter with the one in the server's own documentation.",
    owasp: &["MCP04"],
    safe_mcp: &["SAFE-T1002"],
    cwe: &["CWE-1007", "CWE-829"],
    impact: &["code-execution"],
    finds: &[
        Example::Configured(
            r#"{"command":"npx","args":["-y","@modelcontextprotocoI/server-filesystem@1.0.0"]}"#,
        ),
        Example::Configured(r#"{"command":"uvx","args":["mcp-sever-fetch==1.0.0"]}"#),
    ],
    leaves: &[
        Example::Configured(
            r#"{"command":"npx","args":["-y","@modelcontextprotocol/server-filesystem@1.0.0"]}"#,
        ),
        Example::Configured(r#"{"command":"uvx","args":["mcp-server-files==1.0.0"]}"#),
    ],
};

pub(super) static RULES: &[&Rule] = &[
    &CONFIGURED_SECRET,
    &UNPINNED,
    &UNGUARDED,
    &UNASKED_CALLS,
    &UNENCRYPTED,
    &SHELL_LINE,
    &LOOK_ALIKE_PACKAGE,
];
