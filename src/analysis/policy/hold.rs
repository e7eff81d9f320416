//! What is recorded, held against the policy. Each breach names the line of the policy that it breaks.

use super::homes;
use super::line::Runs;
use super::uses::{self, Use, Uses};
use super::{Policy, Required, Roots, Section, Word};
use crate::analysis::detect::{self, Argument, Found};
use crate::analysis::rank::Severity;
use crate::analysis::rules::{self, Rule};
use crate::text::Raw;
use crate::wire::json::Value;

/// A call as the policy sees it.
pub struct Call<'a> {
    /// The server's label.
    pub server: &'a [u8],
    pub tool: Raw<'a>,
    pub arguments: &'a [Argument<'a>],
    /// The object that they are in.
    pub whole: Option<Value<'a>>,
}

/// Most breaches of one rule that are told of one call.
pub(super) const MOST: usize = 20;

impl Policy {
    fn at(&self, line: u32) -> String {
        format!("{}:{line}", self.file)
    }

    pub(super) fn breach(
        &self,
        rule: &'static Rule,
        severity: Option<Severity>,
        line: u32,
        what: &str,
    ) -> Found {
        let mut found = Found::new(rule).because(format!("{what} ({}).", self.at(line)));
        if let Some(severity) = severity {
            found = found.severity(severity);
        }
        found
    }

    /// Whether a server may be there at all.
    pub fn server(&self, label: &[u8]) -> Option<Found> {
        let shown = Raw::new(label).label(60);
        self.servers.iter().find_map(|section| {
            let (rule, line, what) = match section.what.of(label) {
                Word::Permitted => return None,
                Word::Forbidden(entry) => (
                    &rules::FORBIDDEN_SERVER,
                    entry.line,
                    format!("The policy forbids the server `{shown}`"),
                ),
                Word::Unlisted(line) => (
                    &rules::UNLISTED_SERVER,
                    line,
                    format!("The server `{shown}` is none of those that the policy permits"),
                ),
            };
            let found = self.breach(rule, section.severity, line, &what);
            Some(found.shows(Raw::new(label), 0..label.len()).of_server())
        })
    }

    /// All breaches of a call.
    pub fn call(&self, call: &Call<'_>) -> Vec<Found> {
        let mut found: Vec<Found> = self.server(call.server).into_iter().collect();
        found.extend(self.tool(call));
        let uses = uses::of(&String::from_utf8_lossy(call.tool.bytes()), call.arguments);
        self.commands(call, &uses, &mut found);
        self.paths(call, &uses, &mut found);
        self.hosts(call, &uses, &mut found);
        self.limits(call, &mut found);
        found
    }

    /// Breaches of a reading of a resource: where its address leads.
    pub fn resource(&self, call: &Call<'_>) -> Vec<Found> {
        let mut found = Vec::new();
        let uses = uses::of("", call.arguments);
        self.paths(call, &uses, &mut found);
        self.hosts(call, &uses, &mut found);
        found
    }

    fn tool(&self, call: &Call<'_>) -> Option<Found> {
        let shown = call.tool.label(60);
        let about = |section: &&Section<_>| section.is_about(call.server, call.tool.bytes());
        let sections = || self.tools.iter().filter(about);
        let words = || sections().map(|section| (section, section.what.of(call.tool.bytes())));
        let forbidden = words().find_map(|(section, word)| match word {
            Word::Forbidden(entry) => Some((section.severity, entry.line)),
            _ => None,
        });
        if let Some((severity, line)) = forbidden {
            let what = format!("The policy forbids the tool `{shown}`");
            let found = self.breach(&rules::FORBIDDEN_TOOL, severity, line, &what);
            return Some(found.shows(call.tool, 0..call.tool.len()));
        }
        // Several lists are one: who is on any of them is permitted.
        let listed = sections()
            .any(|s| s.what.allow.is_some() && s.what.of(call.tool.bytes()) == Word::Permitted);
        let unlisted = words().find_map(|(section, word)| match word {
            Word::Unlisted(line) => Some((section.severity, line)),
            _ => None,
        });
        let (severity, line) = unlisted.filter(|_| !listed)?;
        let what = format!("The tool `{shown}` is none of those that the policy permits");
        let found = self.breach(&rules::UNLISTED_TOOL, severity, line, &what);
        Some(found.shows(call.tool, 0..call.tool.len()))
    }

    fn commands(&self, call: &Call<'_>, uses: &Uses, out: &mut Vec<Found>) {
        let about = |s: &&Section<_>| s.is_about(call.server, call.tool.bytes());
        let sections: Vec<_> = self.commands.iter().filter(about).collect();
        let Some(first) = sections.first() else {
            return;
        };
        let rule = &rules::COMMAND_NOT_ALLOWED;
        let start = out.len();
        for ran in &uses.programs {
            let (severity, line, what) = match &ran.what.what {
                Runs::Program(word) => {
                    let Some((severity, line, forbidden)) = judge(&sections, word.as_bytes())
                    else {
                        continue;
                    };
                    let shown = Raw::from(word.as_str()).label(60);
                    let what = if forbidden {
                        format!("The policy forbids the command `{shown}`")
                    } else {
                        format!("The command `{shown}` is none of those that the policy permits")
                    };
                    (severity, line, what)
                }
                Runs::Unknown(word) => (
                    first.severity,
                    first.line,
                    format!(
                        "What `{}` stands for is decided when it runs, so it cannot be held against the list of the policy",
                        Raw::from(word.as_str()).label(60)
                    ),
                ),
                Runs::Option(word, does) => (
                    first.severity,
                    first.line,
                    format!(
                        "The option `{}` {does}, which a list of first words does not permit",
                        Raw::from(word.as_str()).label(60)
                    ),
                ),
                Runs::Variable(name) => (
                    first.severity,
                    first.line,
                    format!(
                        "The variable `{name}` decides what a program runs, which a list of first words does not permit"
                    ),
                ),
            };
            let found = self.breach(rule, severity, line, &what);
            out.push(shows(found, call, ran));
        }
        for line in &uses.unread {
            if call.arguments[line.argument].is_path() {
                continue;
            }
            let what = "This command line is too long, too deep or no text, and could not be held against the policy as a whole";
            let found = self.breach(rule, first.severity, first.line, what);
            out.push(shows(found, call, line));
        }
        self.close(rule, first.severity, first.line, uses, start, out);
    }

    /// Keeps the number of breaches of one kind in bounds, and says so.
    fn close(
        &self,
        rule: &'static Rule,
        severity: Option<Severity>,
        line: u32,
        uses: &Uses,
        start: usize,
        out: &mut Vec<Found>,
    ) {
        if out.len() > start + MOST || uses.more && out.len() > start {
            out.truncate(start + MOST);
            let what = "There are more breaches of this kind in the call than are told, or than were looked for";
            out.push(self.breach(rule, severity, line, what).group("more"));
        }
    }

    fn paths(&self, call: &Call<'_>, uses: &Uses, out: &mut Vec<Found>) {
        let about = |s: &&Section<_>| s.is_about(call.server, call.tool.bytes());
        let sections: Vec<&Section<Roots>> = self.paths.iter().filter(about).collect();
        let Some(first) = sections.first() else {
            return;
        };
        let rule = &rules::PATH_OUTSIDE_ROOTS;
        let start = out.len();
        for one in &uses.paths {
            let (text, places) = &one.what;
            let shown = Raw::from(text.as_str()).label(80);
            let denied = sections.iter().find_map(|section| {
                let plain =
                    |entry: &&super::Lined<super::Glob>| homes::forbids(&entry.value, text, places);
                Some((section.severity, section.what.deny.iter().find(plain)?.line))
            });
            if let Some((severity, line)) = denied {
                let what = format!("The policy forbids the path `{shown}`");
                out.push(shows(self.breach(rule, severity, line, &what), call, one));
                continue;
            }
            let roots: Vec<_> = sections
                .iter()
                .filter_map(|s| s.what.roots.as_ref())
                .collect();
            let Some(line) = roots.first().map(|roots| roots.line) else {
                continue;
            };
            let inside = |place: &Option<super::places::Place>| {
                place.as_ref().is_some_and(|place| {
                    let mut all = roots.iter().flat_map(|roots| &roots.value);
                    let home = place.below_home();
                    place.is_relative() && !place.climbs()
                        || all.any(|root| {
                            place.is_inside(root)
                                || home.as_ref().is_some_and(|home| home.is_inside(root))
                        })
                })
            };
            if !places.iter().all(inside) {
                let what = if places.iter().any(Option::is_none) {
                    format!(
                        "Where `{shown}` leads cannot be said, so it is not inside the roots of the policy"
                    )
                } else {
                    format!("The path `{shown}` leads outside the roots of the policy")
                };
                let found = self.breach(rule, first.severity, line, &what);
                out.push(shows(found, call, one));
            }
        }
        for path in uses
            .unread
            .iter()
            .filter(|path| call.arguments[path.argument].is_path())
        {
            let what =
                "This path is too long, or no text, and could not be held against the policy";
            out.push(shows(
                self.breach(rule, first.severity, first.line, what),
                call,
                path,
            ));
        }
        self.close(rule, first.severity, first.line, uses, start, out);
    }

    fn hosts(&self, call: &Call<'_>, uses: &Uses, out: &mut Vec<Found>) {
        let about = |s: &&Section<_>| s.is_about(call.server, call.tool.bytes());
        let sections: Vec<_> = self.hosts.iter().filter(about).collect();
        let Some(first) = sections.first() else {
            return;
        };
        let rule = &rules::HOST_NOT_ALLOWED;
        let start = out.len();
        for one in &uses.hosts {
            let Some((severity, line, forbidden)) = judge(&sections, one.what.as_bytes()) else {
                continue;
            };
            let shown = Raw::from(one.what.as_str()).label(80);
            let what = if forbidden {
                format!("The policy forbids the host `{shown}`")
            } else {
                format!("The host `{shown}` is none of those that the policy permits")
            };
            out.push(shows(self.breach(rule, severity, line, &what), call, one));
        }
        self.close(rule, first.severity, first.line, uses, start, out);
    }

    /// What a tool's definition lacks. `body` is the definition.
    pub fn definition(&self, server: &[u8], tool: Raw<'_>, body: Value<'_>) -> Vec<Found> {
        let mut found = Vec::new();
        let words = detect::tokens(&String::from_utf8_lossy(tool.bytes()));
        for section in self
            .annotations
            .iter()
            .filter(|s| s.is_about(server, tool.bytes()))
        {
            let Required { verbs, require } = &section.what;
            if !verbs.is_empty() && !words.iter().any(|word| verbs.contains(word)) {
                continue;
            }
            for required in require {
                let (hint, wanted) = &required.value;
                let given = body.at(&["annotations", hint]);
                let says = given.and_then(Value::as_bool);
                if says.is_some() && (wanted.is_none() || says == *wanted) {
                    continue;
                }
                let what = match (wanted, says) {
                    (Some(wanted), Some(_)) => format!(
                        "The policy wants `{hint}: {wanted}` of this tool, and it says the opposite"
                    ),
                    (Some(wanted), None) => format!(
                        "The policy wants `{hint}: {wanted}` of this tool, and its definition does not say so"
                    ),
                    (None, _) => format!(
                        "The policy wants every such tool to state `{hint}`, and its definition does not"
                    ),
                };
                let breach = self.breach(
                    &rules::MISSING_ANNOTATION,
                    section.severity,
                    required.line,
                    &what,
                );
                found.push(
                    breach
                        .at("/annotations")
                        .shows(tool, 0..tool.len())
                        .group(hint.clone()),
                );
            }
        }
        found
    }
}

/// What sections of lists say of a name: the severity and line of a breach, and whether it is forbidden outright.
fn judge(
    sections: &[&Section<super::Listed>],
    name: &[u8],
) -> Option<(Option<Severity>, u32, bool)> {
    let words = || {
        sections
            .iter()
            .map(|section| (section, section.what.of(name)))
    };
    let forbidden = words().find_map(|(section, word)| match word {
        Word::Forbidden(entry) => Some((section.severity, entry.line, true)),
        _ => None,
    });
    let listed = words().any(|(s, word)| s.what.allow.is_some() && word == Word::Permitted);
    let unlisted = || {
        words().find_map(|(section, word)| match word {
            Word::Unlisted(line) if !listed => Some((section.severity, line, false)),
            _ => None,
        })
    };
    forbidden.or_else(unlisted)
}

fn shows<T>(found: Found, call: &Call<'_>, one: &Use<T>) -> Found {
    let argument = &call.arguments[one.argument];
    found
        .at(argument.pointer())
        .shows(argument.raw(), one.span.clone())
}
