//! What a person's policy forbids. The policy says what is permitted; these rules say what a breach of it is.

use super::{BLANK, Rule};
use crate::analysis::rank::{Category, Confidence, Severity};

const POLICY: Rule = Rule {
    severity: Severity::High,
    confidence: Confidence::High,
    category: Category::Policy,
    impact: &["policy-breach"],
    ..BLANK
};

pub static FORBIDDEN_SERVER: Rule = Rule {
    id: "policy/forbidden-server",
    title: "A server is connected that the policy forbids",
    looks_at: "servers by their labels",
    why: "You decided that this server must not be used. Its tools and texts are in reach of the model all the same.",
    advice: "Take the server out of the client's configuration, or change the policy.",
    owasp: &["MCP09"],
    ..POLICY
};

pub static UNLISTED_SERVER: Rule = Rule {
    id: "policy/unlisted-server",
    title: "A server is connected that the policy does not permit",
    looks_at: "servers by their labels",
    why: "The policy names the servers that were reviewed. Of this one nobody has said what it may do.",
    advice: "Review the server, then add it to the policy or take it out of the client's configuration.",
    owasp: &["MCP09"],
    ..POLICY
};

pub static FORBIDDEN_TOOL: Rule = Rule {
    id: "policy/forbidden-tool",
    title: "A tool was called that the policy forbids",
    looks_at: "calls by the name of their tool",
    why: "You decided that this tool must not be used. The agent used it.",
    advice: "Find out what made the agent call it; keep the tool from the client if nothing else needs it.",
    owasp: &["MCP02"],
    ..POLICY
};

pub static UNLISTED_TOOL: Rule = Rule {
    id: "policy/unlisted-tool",
    title: "A tool was called that the policy does not permit",
    severity: Severity::Medium,
    looks_at: "calls by the name of their tool",
    why: "The policy names the tools that were reviewed. Nobody has looked at what this one does.",
    advice: "Review the tool, then add it to the policy or keep it from the client.",
    owasp: &["MCP02"],
    ..POLICY
};

pub static COMMAND_NOT_ALLOWED: Rule = Rule {
    id: "policy/command-not-allowed",
    title: "A command line runs what the policy does not permit",
    looks_at: "every program that a command line starts: behind separators, in substitutions, through other programs",
    why: "A list of first words is passed by with a second command behind an honest first one. So the whole line is held against the list.",
    advice: "Read the whole line: what did it do besides its first word?",
    owasp: &["MCP05"],
    safe_mcp: &["SAFE-T1101"],
    cwe: &["CWE-78", "CWE-184"],
    impact: &["code-execution"],
    ..POLICY
};

pub static PATH_OUTSIDE_ROOTS: Rule = Rule {
    id: "policy/path-outside-roots",
    title: "A call reaches outside the folders that the policy permits",
    looks_at: "paths in arguments and command lines",
    why: "The policy names the folders that the agent works in. What lies outside is none of its business.",
    advice: "Look at what came back, and set the roots of the server itself as tight as those of the policy.",
    owasp: &["MCP02"],
    safe_mcp: &["SAFE-T1105"],
    cwe: &["CWE-22"],
    impact: &["secret-access"],
    ..POLICY
};

pub static HOST_NOT_ALLOWED: Rule = Rule {
    id: "policy/host-not-allowed",
    title: "A call reaches a host that the policy does not permit",
    looks_at: "addresses in arguments and command lines",
    why: "The policy names the hosts that the agent may reach. Data that goes anywhere else is out of your hands.",
    advice: "Look at what was sent there and where the address came from.",
    owasp: &["MCP02"],
    safe_mcp: &["SAFE-T1910"],
    cwe: &["CWE-918"],
    impact: &["exfiltration"],
    ..POLICY
};

pub static ARGUMENT_LIMIT: Rule = Rule {
    id: "policy/argument-limit",
    title: "An argument is beyond what the policy permits",
    severity: Severity::Medium,
    looks_at: "arguments: type, length, characters, form",
    why: "A value outside its limits is not what the tool was made for. It may mean something else to the program behind it.",
    advice: "Read the value; let the server check its input as the policy does.",
    owasp: &["MCP05"],
    cwe: &["CWE-20"],
    ..POLICY
};

pub static MISSING_ANNOTATION: Rule = Rule {
    id: "policy/missing-annotation",
    title: "A definition lacks an annotation that the policy requires",
    severity: Severity::Low,
    looks_at: "annotations in the definitions of tools",
    why: "Clients decide by annotations whether they ask the person first. A tool that changes things and does not say so is called without a question.",
    advice: "Ask for the annotation where the server is made, or let the client ask before every call of this tool.",
    owasp: &["MCP02"],
    ..POLICY
};

pub(super) static RULES: &[&Rule] = &[
    &FORBIDDEN_SERVER,
    &UNLISTED_SERVER,
    &FORBIDDEN_TOOL,
    &UNLISTED_TOOL,
    &COMMAND_NOT_ALLOWED,
    &PATH_OUTSIDE_ROOTS,
    &HOST_NOT_ALLOWED,
    &ARGUMENT_LIMIT,
    &MISSING_ANNOTATION,
];
