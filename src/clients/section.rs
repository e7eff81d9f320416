//! Under which keys the clients keep their servers.

use super::refusal::Refusal;
use super::tree::{Node, Value};
use crate::text::RawBuf;

/// Keys from the root down; `*` is every key.
pub type Section = &'static [&'static str];

pub const MCP_SERVERS: Section = &["mcpServers"];
/// Claude Code's servers of one project, which it calls local.
pub const PROJECTS: Section = &["projects", "*", "mcpServers"];
/// VS Code's own file.
pub const SERVERS: Section = &["servers"];
/// VS Code's settings, before it had a file for them.
pub const SETTINGS: Section = &["mcp", "servers"];
pub const SETTINGS_DOTTED: Section = &["mcp.servers"];
/// Zed.
pub const CONTEXT_SERVERS: Section = &["context_servers"];
/// Codex.
pub const CODEX: Section = &["mcp_servers"];
/// OpenCode.
pub const OPENCODE: Section = &["mcp"];
/// Goose.
pub const EXTENSIONS: Section = &["extensions"];

/// Where to look in a file of which nobody said whose it is.
pub const ALL: &[Section] = &[
    MCP_SERVERS,
    PROJECTS,
    SERVERS,
    SETTINGS,
    SETTINGS_DOTTED,
    CONTEXT_SERVERS,
    CODEX,
    OPENCODE,
    EXTENSIONS,
];

/// One entry of a section.
pub struct Entry<'t> {
    /// Keys from the root down to it, its name last.
    pub path: Vec<RawBuf>,
    /// Where the name stands: a key, or the value of `name` in a list.
    pub name_at: std::ops::Range<usize>,
    pub node: &'t Node,
    /// An anchor, alias or tag lies on the way to it.
    pub tied: bool,
}

/// The entries of one section, in order.
///
/// # Errors
/// Where a key on the way stands twice: which one counts is each reader's own choice.
pub fn entries<'t>(
    text: &str,
    root: &'t Node,
    section: Section,
) -> Result<Vec<Entry<'t>>, Refusal> {
    let mut found = Vec::new();
    let mut path = Vec::new();
    walk(text, root, section, &mut path, root.tied, &mut found)?;
    Ok(found)
}

fn walk<'t>(
    text: &str,
    node: &'t Node,
    rest: &[&str],
    path: &mut Vec<RawBuf>,
    tied: bool,
    found: &mut Vec<Entry<'t>>,
) -> Result<(), Refusal> {
    let Some((key, rest)) = rest.split_first() else {
        return list(text, node, path, tied, found);
    };
    let all = *key == "*";
    if all && let Some(member) = node.repeated() {
        return Err(twice(text, member.key_span.start));
    }
    let wanted = |member: &&super::tree::Member| all || member.key.as_raw() == **key;
    for (n, member) in node.members().iter().filter(wanted).enumerate() {
        if n > 0 && !all {
            return Err(twice(text, member.key_span.start));
        }
        path.push(member.key.clone());
        walk(
            text,
            &member.node,
            rest,
            path,
            tied || member.node.tied,
            found,
        )?;
        path.pop();
    }
    Ok(())
}

fn list<'t>(
    text: &str,
    node: &'t Node,
    path: &[RawBuf],
    tied: bool,
    found: &mut Vec<Entry<'t>>,
) -> Result<(), Refusal> {
    if let Some(member) = node.repeated() {
        return Err(twice(text, member.key_span.start));
    }
    let named = |name: &RawBuf| path.iter().chain([name]).cloned().collect();
    match &node.value {
        Value::Map(members, _) => found.extend(members.iter().map(|member| Entry {
            path: named(&member.key),
            name_at: member.key_span.clone(),
            node: &member.node,
            tied: tied || member.node.tied,
        })),
        Value::List(items, _) => {
            let mut seen = std::collections::HashSet::new();
            for item in items {
                let Some(name) = item.get("name") else {
                    continue;
                };
                let Some(called) = name.node.text() else {
                    continue;
                };
                // Names are how the entries of a list are told apart, as keys are in a map.
                if !seen.insert(called) {
                    return Err(Refusal::at_byte(
                        text,
                        name.node.span.start,
                        "this name stands twice in one list of servers, and readers differ in which one counts",
                    ));
                }
                found.push(Entry {
                    path: named(called),
                    name_at: name.node.span.clone(),
                    node: item,
                    tied: tied || item.tied,
                });
            }
        }
        _ => {}
    }
    Ok(())
}

pub fn twice(text: &str, at: usize) -> Refusal {
    Refusal::at_byte(
        text,
        at,
        "this key stands twice in one map, and readers differ in which one counts",
    )
}
