//! A server as a configuration has it.

use super::refusal::{Refusal, line_of};
use super::section::{Entry, twice};
use super::tree::{Layout, Member, Node, Value};
use crate::text::{Raw, RawBuf};
use std::fmt;
use std::ops::Range;

/// A configured server.
#[derive(Debug)]
pub struct Server {
    /// Keys from the root of the configuration down to it, its name last.
    pub path: Vec<RawBuf>,
    pub launch: Launch,
    /// What the configuration adds to the environment.
    pub env: Vec<(RawBuf, Secret)>,
    pub cwd: Option<RawBuf>,
    /// The client does not start it.
    pub disabled: bool,
    /// The member that lets every one of its tools run without a question.
    pub unasked: Option<RawBuf>,
    /// Where its entry begins, from 1.
    pub line: usize,
    /// Where it is changed, where that can be done.
    pub site: Result<Site, Refusal>,
}

#[derive(Debug)]
pub enum Launch {
    Stdio {
        command: RawBuf,
        args: Vec<RawBuf>,
    },
    Http {
        url: RawBuf,
        /// The older transport: a stream of events, and a second address for what is sent.
        sse: bool,
        headers: Vec<(RawBuf, Secret)>,
        /// Headers whose values the client takes from its environment.
        from_env: Vec<FromEnv>,
    },
}

/// A header and the variable that holds its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FromEnv {
    pub header: RawBuf,
    pub variable: RawBuf,
    /// The value is a token, and the header says so before it.
    pub bearer: bool,
}

/// A value that is given on and never shown: of the environment, of a header.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(RawBuf);

impl Secret {
    /// The value of a header as the environment has it.
    pub fn of_env(value: &str, bearer: bool) -> Secret {
        let scheme = if bearer { "Bearer " } else { "" };
        Secret(RawBuf::from(format!("{scheme}{value}").as_str()))
    }

    /// The value, for whom it is meant. It may not be printed, logged or recorded.
    pub fn reveal(&self) -> Raw<'_> {
        self.0.as_raw()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// Where the words of a command stand.
#[derive(Debug, Clone)]
pub struct Site {
    pub name: Range<usize>,
    /// The key of the command, and the value: one text, or the list that holds all words.
    pub key: Range<usize>,
    pub command: Range<usize>,
    /// The other words: `args`, or of a command that is a list, that list.
    pub args: Option<List>,
    /// The command is a list of all words.
    pub joined: bool,
    /// How the members of the entry are kept apart.
    pub layout: Layout,
}

#[derive(Debug, Clone)]
pub struct List {
    /// Of the key `args`, where it directly precedes the command's.
    pub key_before: Option<Range<usize>>,
    pub span: Range<usize>,
    pub items: Vec<Range<usize>>,
    pub layout: Layout,
}

impl Server {
    pub fn name(&self) -> Raw<'_> {
        self.path.last().map_or(Raw::EMPTY, RawBuf::as_raw)
    }

    /// The folder of the project that it belongs to, where one file has those of many.
    pub fn project(&self) -> Option<Raw<'_>> {
        match self.path.as_slice() {
            [projects, folder, _, _] if projects.as_raw() == *"projects" => Some(folder.as_raw()),
            _ => None,
        }
    }

    /// All words of the command; none of a server over HTTP.
    pub fn argv(&self) -> Vec<Raw<'_>> {
        match &self.launch {
            Launch::Stdio { command, args } => [command]
                .into_iter()
                .chain(args)
                .map(RawBuf::as_raw)
                .collect(),
            Launch::Http { .. } => Vec::new(),
        }
    }

    /// Whether both are reached in the very same way.
    pub fn starts_as(&self, other: &Server) -> bool {
        let same = match (&self.launch, &other.launch) {
            (Launch::Stdio { .. }, Launch::Stdio { .. }) => self.argv() == other.argv(),
            (
                Launch::Http {
                    url,
                    headers,
                    from_env,
                    ..
                },
                Launch::Http {
                    url: b,
                    headers: c,
                    from_env: d,
                    ..
                },
            ) => url == b && headers == c && from_env == d,
            _ => false,
        };
        same && self.env == other.env && self.cwd == other.cwd
    }

    /// Reads an entry; `None` where it tells of no server (a built-in extension, a switch).
    pub fn read(text: &str, entry: &Entry<'_>) -> Result<Option<Server>, Refusal> {
        let node = entry.node;
        let any = |names: &[&str]| names.iter().find_map(|name| node.get(name));
        if let Some(member) = node.repeated() {
            return Err(twice(text, member.key_span.start));
        }
        let pairs = |names: &[&str]| any(names).map_or_else(Vec::new, |m| pairs(text, &m.node));
        let launch;
        let site;
        if let Some(command) = any(&["command", "cmd"]) {
            // Zed once had the whole of it in an object of that name.
            let (holder, command) = match command.node.get("path") {
                Some(path) => (&command.node, path),
                None => (node, command),
            };
            let Some((words, found)) = stdio(text, holder, command, entry) else {
                return Err(Refusal::at_byte(
                    text,
                    command.key_span.start,
                    "the command is neither a text nor a list of texts",
                ));
            };
            launch = words;
            site = match entry.tied {
                true => Err(Refusal::at_byte(
                    text,
                    entry.name_at.start,
                    "the entry has an anchor, an alias or a tag, and changing it would change another",
                )),
                false => found,
            };
        } else if let Some(url) = any(&["url", "serverUrl", "httpUrl", "uri"]) {
            let Some(address) = url.node.text() else {
                return Ok(None);
            };
            let kind = any(&["type", "transport"]).and_then(|m| m.node.text());
            launch = Launch::Http {
                url: address.clone(),
                sse: kind.is_some_and(|kind| kind.as_raw() == *"sse"),
                headers: pairs(&["headers", "http_headers"]),
                from_env: from_env(node),
            };
            site = Err(Refusal::at_byte(
                text,
                entry.name_at.start,
                "it is reached by an address and has no command",
            ));
        } else {
            return Ok(None);
        }
        let inner = node.get("command").filter(|m| m.node.is_map());
        let mut env = pairs(&["env", "environment", "envs"]);
        if let Some(more) = inner.and_then(|m| m.node.get("env")) {
            env.extend(self::pairs(text, &more.node));
        }
        let says = |key, wanted| {
            any(&[key]).is_some_and(|m| matches!(m.node.value, Value::Bool(b) if b == wanted))
        };
        Ok(Some(Server {
            path: entry.path.clone(),
            launch,
            env,
            cwd: any(&["cwd"]).and_then(|m| m.node.text()).cloned(),
            disabled: says("disabled", true) || says("enabled", false),
            unasked: unasked(node),
            line: line_of(text, entry.name_at.start),
            site,
        }))
    }
}

/// By what a client asks nobody before a call: Roo Code and Cline list tools, Gemini CLI has a switch.
fn unasked(node: &Node) -> Option<RawBuf> {
    let everything = |node: &Node| {
        let mut items = node.items().iter();
        items.any(|item| item.text().is_some_and(|text| text.as_raw() == *"*"))
    };
    let found = node.members().iter().find(|member| {
        let on = matches!(member.node.value, Value::Bool(true));
        let is = |key: &str| member.key.as_raw() == *key;
        on && (is("trust") || is("autoApprove") || is("alwaysAllow"))
            || (is("autoApprove") || is("alwaysAllow")) && everything(&member.node)
    });
    found.map(|member| member.key.clone())
}

/// What Codex takes from the environment.
fn from_env(node: &Node) -> Vec<FromEnv> {
    let token = node.get("bearer_token_env_var").and_then(|m| m.node.text());
    let bearer = token.map(|variable| FromEnv {
        header: RawBuf::from("Authorization"),
        variable: variable.clone(),
        bearer: true,
    });
    let others = node
        .get("env_http_headers")
        .map_or(&[][..], |m| m.node.members());
    let others = others.iter().filter_map(|member| {
        Some(FromEnv {
            header: member.key.clone(),
            variable: member.node.text()?.clone(),
            bearer: false,
        })
    });
    bearer.into_iter().chain(others).collect()
}

/// The members of a map as names and values that are texts or were written without quotes.
fn pairs(text: &str, node: &Node) -> Vec<(RawBuf, Secret)> {
    let value = |node: &Node| match &node.value {
        Value::Text(text) => text.clone(),
        _ => RawBuf::from(text.get(node.span.clone()).unwrap_or_default()),
    };
    let members = node.members().iter();
    members
        .map(|member| (member.key.clone(), Secret(value(&member.node))))
        .collect()
}

fn stdio(
    text: &str,
    holder: &Node,
    command: &Member,
    entry: &Entry<'_>,
) -> Option<(Launch, Result<Site, Refusal>)> {
    let Value::Map(members, layout) = &holder.value else {
        return None;
    };
    let joined = matches!(command.node.value, Value::List(..));
    let mut words: Vec<RawBuf> = Vec::new();
    let list = match joined {
        true => Some(command),
        false => {
            words.push(command.node.text()?.clone());
            holder
                .get("args")
                .filter(|m| !matches!(m.node.value, Value::Null))
        }
    };
    if let Some(list) = list {
        for item in list.node.items() {
            words.push(match &item.value {
                Value::Text(text) => text.clone(),
                _ => RawBuf::from(text.get(item.span.clone())?),
            });
        }
    }
    let mut words = words.into_iter();
    let launch = Launch::Stdio {
        command: words.next()?,
        args: words.collect(),
    };
    Some((launch, site(text, members, *layout, command, list, entry)))
}

fn site(
    text: &str,
    members: &[Member],
    layout: Layout,
    command: &Member,
    list: Option<&Member>,
    entry: &Entry<'_>,
) -> Result<Site, Refusal> {
    let fixed = |node: &Node, why| Err(Refusal::at_byte(text, node.span.start, why));
    const TIED: &str = "the command or an argument has an anchor, an alias or a tag, and changing it would change another";
    if command.node.tied {
        return fixed(&command.node, TIED);
    }
    if members.iter().any(|m| m.key.as_raw() == *"<<") {
        return fixed(
            &command.node,
            "the entry takes members over from another one",
        );
    }
    let mut args = None;
    if let Some(list) = list {
        let Value::List(items, layout) = &list.node.value else {
            return fixed(&list.node, "the arguments are no list");
        };
        if let Some(item) = [&list.node].into_iter().chain(items).find(|node| node.tied) {
            return fixed(item, TIED);
        }
        let place = |key: &Range<usize>| members.iter().position(|m| m.key_span == *key);
        let before = place(&list.key_span)
            .zip(place(&command.key_span))
            .is_some_and(|(args, command)| args + 1 == command);
        args = Some(List {
            key_before: before.then(|| list.key_span.clone()),
            span: list.node.span.clone(),
            items: items.iter().map(|item| item.span.clone()).collect(),
            layout: *layout,
        });
    }
    Ok(Site {
        name: entry.name_at.clone(),
        key: command.key_span.clone(),
        command: command.node.span.clone(),
        args,
        joined: matches!(command.node.value, Value::List(..)),
        layout,
    })
}
