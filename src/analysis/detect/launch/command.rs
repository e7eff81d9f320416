//! The words of a command: what it runs in the end, and what it is allowed.

use super::concern::{self, Concern, Part};
use super::package;
use crate::analysis::rank::{Confidence, Severity};
use crate::analysis::rules;
use crate::analysis::signal::{attack_command, shell};
use crate::text::Raw;

/// How deep commands that start others are followed.
const DEEPEST: usize = 4;

const SHELLS: &[&str] = &["sh", "bash", "zsh", "dash", "ksh", "fish"];
const POWERSHELLS: &[&str] = &["powershell", "pwsh"];

/// Options that take a guard away, and how bad that is.
const UNGUARDED: &[(&str, Severity)] = &[
    ("--dangerously", Severity::Medium),
    ("--allow-all", Severity::Medium),
    ("--skip-permissions", Severity::Medium),
    ("--yolo", Severity::Medium),
    ("--privileged", Severity::Medium),
    ("--no-sandbox", Severity::Low),
    ("--disable-web-security", Severity::Low),
];

/// Looks at a command whose first word is the `n`th of the server's.
pub fn look(argv: &[Raw<'_>], n: usize, depth: usize, found: &mut Vec<Concern>) {
    let Some((program, args)) = argv.split_first() else {
        return;
    };
    if depth > DEEPEST {
        return;
    }
    let line = std::io::read_to_string(program.bytes()).unwrap_or_default();
    if args.is_empty() && is_line(&line) {
        return script(&line, n, depth, found);
    }
    let name = base(program.bytes());
    let is = |names: &[&str]| names.iter().any(|known| name == known.as_bytes());
    let text = |word: &Raw<'_>| std::io::read_to_string(word.bytes()).unwrap_or_default();
    if is(SHELLS) || is(POWERSHELLS) {
        let is_switch = |word: &&Raw<'_>| {
            let word = word.bytes().to_ascii_lowercase();
            match is(SHELLS) {
                true => word.starts_with(b"-") && !word.starts_with(b"--") && word.ends_with(b"c"),
                false => matches!(word.as_slice(), b"-command" | b"-c" | b"/c"),
            }
        };
        let encoded = args.iter().position(|word| {
            let word = word.bytes().to_ascii_lowercase();
            is(POWERSHELLS)
                && matches!(
                    word.as_slice(),
                    b"-encodedcommand" | b"-enc" | b"-e" | b"-ec"
                )
        });
        if let Some(at) = encoded {
            found.push(
                Concern::new(
                    &rules::SHELL_LINE,
                    Part::Word(n + 1 + at),
                    "is started by a line for a shell that is written so that nobody can read it",
                )
                .severity(Severity::High)
                .about("encoded"),
            );
        }
        if let Some(at) = args.iter().position(|word| is_switch(&word))
            && let Some(line) = args.get(at + 1)
        {
            script(&text(line), n + 2 + at, depth, found);
        }
        return;
    }
    if name == b"cmd"
        && args
            .first()
            .is_some_and(|word| word.bytes().eq_ignore_ascii_case(b"/c"))
    {
        match &args[1..] {
            [line] => script(&text(line), n + 2, depth, found),
            words => look(words, n + 2, depth + 1, found),
        }
        return;
    }
    // What only sets variables for another program.
    if name == b"env" {
        let sets = args
            .iter()
            .take_while(|word| word.bytes().contains(&b'=') || word.bytes().starts_with(b"-"));
        let skip = sets.count();
        return look(&args[skip..], n + 1 + skip, depth + 1, found);
    }
    if let Some(ran) = package::ran(name, args) {
        concern::package(&ran, n + 1, found);
        let leads_elsewhere = ["mcp-remote", "supergateway", "mcp-proxy"];
        if leads_elsewhere
            .iter()
            .any(|known| ran.name == known.as_bytes())
        {
            for (at, word) in args.iter().enumerate() {
                concern::address(*word, Part::Word(n + 1 + at), found);
            }
        }
    }
    unguarded(name, args, n + 1, found);
}

/// The file's name, without what Windows adds.
fn base(program: &[u8]) -> &[u8] {
    let name = program.rsplit(|b| matches!(b, b'/' | b'\\')).next();
    let name = name.unwrap_or_default();
    let suffix = [b".exe".as_slice(), b".cmd", b".bat"]
        .into_iter()
        .find(|suffix| name.to_ascii_lowercase().ends_with(suffix));
    &name[..name.len() - suffix.map_or(0, <[u8]>::len)]
}

/// Program and arguments in one text, as some clients have it; a path may have blanks in it.
fn is_line(text: &str) -> bool {
    let first = text.split_once(' ').map(|(first, _)| first);
    first.is_some_and(|first| !first.is_empty() && !first.contains(['/', '\\']))
}

/// A line for a shell, which is the `n`th word.
fn script(line: &str, n: usize, depth: usize, found: &mut Vec<Concern>) {
    let read = shell::read(line);
    let attack = attack_command::find(line).filter(|(_, family)| family.sure);
    if let Some((range, family)) = attack {
        found.push(
            Concern::new(
                &rules::SHELL_LINE,
                Part::Word(n),
                format!("is started by a line for a shell: {}", family.name),
            )
            .severity(Severity::High)
            .confidence(Confidence::High)
            .shows(Raw::from(&line[range]))
            .about(family.name),
        );
    } else if read.commands.len() > 1 || !read.substitutions.is_empty() {
        let is_hidden = !read.substitutions.is_empty() || line.contains('|');
        found.push(
            Concern::new(
                &rules::SHELL_LINE,
                Part::Word(n),
                "is started by a line for a shell, which does more than one thing",
            )
            .severity(if is_hidden {
                Severity::Low
            } else {
                Severity::Info
            })
            .shows(Raw::from(line))
            .about("several commands"),
        );
    }
    for command in &read.commands {
        let words: Vec<Raw<'_>> = command
            .own()
            .iter()
            .map(|word| Raw::from(word.as_str()))
            .collect();
        let mut inside = Vec::new();
        look(&words, 0, depth + 1, &mut inside);
        // All of it is one word of the server's.
        found.extend(inside.into_iter().map(|one| Concern {
            part: Part::Word(n),
            ..one
        }));
    }
}

fn unguarded(program: &[u8], args: &[Raw<'_>], n: usize, found: &mut Vec<Concern>) {
    for (at, arg) in args.iter().enumerate() {
        let severity = UNGUARDED.iter().find_map(|(option, severity)| {
            let known = arg.bytes().strip_prefix(option.as_bytes())?;
            let ends = known.is_empty() || known.starts_with(b"-") || known.starts_with(b"=");
            (ends && !known.eq_ignore_ascii_case(b"=false")).then_some(*severity)
        });
        let is_container = matches!(program, b"docker" | b"podman");
        let whole = is_container && gives_all(arg.bytes());
        if severity.is_some() || whole {
            let label = arg.label(60);
            found.push(
                Concern::new(
                    &rules::UNGUARDED,
                    Part::Word(n + at),
                    format!("is started with {label}"),
                )
                .severity(severity.unwrap_or(Severity::Medium))
                .shows(*arg)
                .about(label),
            );
        }
    }
}

/// A container gets the whole disk, or the program that starts containers.
fn gives_all(volume: &[u8]) -> bool {
    let volume = volume.strip_prefix(b"--volume=").unwrap_or(volume);
    volume.starts_with(b"/:/") || volume.starts_with(b"/var/run/docker.sock:")
}
