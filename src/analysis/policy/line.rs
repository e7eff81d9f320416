//! What a command line starts: every program in it, not its first word alone.

use crate::analysis::signal::escape;
use crate::analysis::signal::shell::{self, Command};
use std::ops::Range;

/// Something that a line runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ran {
    pub what: Runs,
    /// The command that it belongs to, in the line.
    pub span: Range<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Runs {
    /// A program, by the word that names it.
    Program(String),
    /// A word that only the shell knows the meaning of: a variable, a substitution.
    Unknown(String),
    /// An option that makes a program run another or write a file, and what it does.
    Option(String, &'static str),
    /// A variable that decides what a program runs.
    Variable(String),
}

/// A command line, taken apart.
#[derive(Debug, Default)]
pub struct Line {
    pub runs: Vec<Ran>,
    /// The words that are no programs, and files that output goes to.
    pub words: Vec<(String, Range<usize>)>,
    /// There is more in it, or deeper down, than was looked at.
    pub cut: bool,
}

/// Shells, which run what stands behind `-c`.
const SHELLS: &[&str] = &["sh", "bash", "zsh", "dash", "ksh", "ash", "fish"];
/// Programs that start the one behind them.
const STARTERS: &[&str] = &[
    "sudo", "doas", "env", "nohup", "nice", "time", "timeout", "exec", "command", "builtin",
    "xargs", "watch", "setsid", "stdbuf", "ionice", "chroot", "unshare", "strace", "parallel",
    "busybox",
];
/// Words of the shell's own grammar.
const GRAMMAR: &[&str] = &[
    "then", "do", "else", "elif", "if", "while", "until", "!", "{", "}", "fi", "done", "esac",
    "[[", "]]", "case", "for", "select", "function", "in",
];
/// Variables that make a program load or run something; others are names of values.
const VARIABLES: &[&str] = &[
    "PATH",
    "IFS",
    "ENV",
    "BASH_ENV",
    "SHELL",
    "PAGER",
    "EDITOR",
    "VISUAL",
    "PYTHONPATH",
    "PYTHONSTARTUP",
    "PERL5OPT",
    "RUBYOPT",
    "NODE_OPTIONS",
    "JAVA_TOOL_OPTIONS",
    "PROMPT_COMMAND",
];
/// How deep lines inside lines are followed.
const DEEPEST: usize = 4;
/// How deep brackets nest in a line that anybody means; a shell's substitutions are read this deep.
const BRACKETS: usize = 6;
/// Commands of one line that are looked at: as many as the shell's reader gives.
const MOST: usize = 256;

/// Takes a line apart.
pub fn read(text: &str) -> Line {
    let mut line = Line::default();
    of_text(text, None, 0, &mut line);
    line
}

/// Takes apart what is given as a list of words, the program first.
pub fn of_words(words: &[&str]) -> Line {
    let mut line = Line::default();
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    of_command(&words, 0..0, 0, &mut line);
    line
}

fn of_text(text: &str, inside: Option<&Range<usize>>, depth: usize, out: &mut Line) {
    let line = shell::read(text);
    out.cut |= line.commands.len() >= MOST || brackets(text) > BRACKETS;
    for Command { range, words, .. } in &line.commands {
        let span = inside.unwrap_or(range).clone();
        of_command(words, span, depth, out);
    }
    for (range, word) in line.writes {
        out.words.push((word, inside.unwrap_or(&range).clone()));
    }
}

fn of_command(words: &[String], span: Range<usize>, depth: usize, out: &mut Line) {
    if out.runs.len() >= 2 * MOST {
        out.cut = true;
        return;
    }
    let run = |out: &mut Line, what: Runs| {
        let ran = Ran {
            what,
            span: span.clone(),
        };
        if !out.runs.contains(&ran) {
            out.runs.push(ran);
        }
    };
    let mut at = 0;
    while let Some(word) = words.get(at) {
        match word.split_once('=') {
            Some((name, _)) if is_name(name) => {
                if VARIABLES.contains(&name)
                    || name.starts_with("LD_")
                    || name.starts_with("DYLD_")
                    || name.starts_with("GIT_")
                {
                    run(out, Runs::Variable(name.to_owned()));
                }
            }
            _ if GRAMMAR.contains(&word.as_str()) => {
                // `for x in a b`: what follows are values.
                if matches!(word.as_str(), "for" | "case" | "select" | "function") {
                    return;
                }
            }
            _ => break,
        }
        at += 1;
    }
    let Some(program) = words.get(at) else { return };
    let rest = &words[at + 1..];
    let named = program.rsplit(['/', '\\']).next().unwrap_or(program);
    if program.contains(['$', '`']) {
        run(out, Runs::Unknown(program.clone()));
    } else {
        run(out, Runs::Program(program.clone()));
    }
    let command = Command {
        range: span.clone(),
        words: words[at..].to_vec(),
        nested: false,
    };
    if let Some((option, what)) = escape::of(&command) {
        run(out, Runs::Option(option, what));
    }
    out.words
        .extend(rest.iter().map(|word| (word.clone(), span.clone())));
    if depth >= DEEPEST {
        let starts = SHELLS.contains(&named) || STARTERS.contains(&named);
        out.cut |= starts || matches!(named, "eval" | "find" | "fd" | "fdfind");
        return;
    }
    if SHELLS.contains(&named) {
        let script = rest
            .iter()
            .position(|w| w.starts_with('-') && !w.starts_with("--") && w.contains('c'));
        if let Some(script) = script.and_then(|n| rest.get(n + 1)) {
            of_text(script, Some(&span), depth + 1, out);
        }
    } else if named == "eval" {
        of_text(&rest.join(" "), Some(&span), depth + 1, out);
    } else if STARTERS.contains(&named) {
        let behind = starts_at(named, rest);
        if behind < rest.len() {
            of_command(&rest[behind..], span, depth + 1, out);
        }
    } else if matches!(named, "find" | "fd" | "fdfind") {
        let marks = [
            "-exec",
            "-execdir",
            "-ok",
            "-okdir",
            "-x",
            "-X",
            "--exec",
            "--exec-batch",
        ];
        let starts = rest.split(|word| marks.contains(&word.as_str())).skip(1);
        for command in starts {
            of_command(command, span.clone(), depth + 1, out);
        }
    }
}

/// How deep the brackets of a text nest, quotes not heeded.
fn brackets(text: &str) -> usize {
    let (mut depth, mut deepest) = (0usize, 0);
    for byte in text.bytes() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// Where the program behind a starter begins: behind its options, their values, its own operands.
fn starts_at(starter: &str, words: &[String]) -> usize {
    let valued: &[&str] = match starter {
        "sudo" | "doas" => &["-u", "-g", "-h", "-p", "-C", "-r", "-t", "-T", "-D"],
        "env" => &["-u", "-C", "--unset", "--chdir"],
        "nice" | "ionice" => &["-n", "-c", "-p"],
        "timeout" => &["-s", "-k", "--signal", "--kill-after"],
        "xargs" => &["-I", "-n", "-P", "-L", "-d", "-a", "-s", "-E"],
        "watch" => &["-n", "--interval"],
        "stdbuf" => &["-i", "-o", "-e"],
        "strace" => &["-e", "-o", "-p", "-s"],
        "parallel" => &["-j", "--jobs"],
        _ => &[],
    };
    let mut at = 0;
    while let Some(word) = words.get(at) {
        if !word.starts_with('-') {
            break;
        }
        at += if valued.contains(&word.as_str()) {
            2
        } else {
            1
        };
    }
    // `timeout 5 x`, `chroot /srv x`.
    at + usize::from(matches!(starter, "timeout" | "chroot"))
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with(|c: char| c.is_ascii_digit())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(text: &str) -> Vec<String> {
        let told = |ran: Ran| match ran.what {
            Runs::Program(word) => word,
            Runs::Unknown(word) => format!("? {word}"),
            Runs::Option(word, _) => format!("option {word}"),
            Runs::Variable(word) => format!("{word}="),
        };
        read(text).runs.into_iter().map(told).collect()
    }

    #[test]
    fn every_program_of_a_line_is_seen() {
        for (line, programs) in [
            ("ls -l", &["ls"][..]),
            ("ls; id", &["ls", "id"]),
            ("echo \"$(date)\"", &["echo", "date"]),
            ("echo `whoami`", &["echo", "whoami"]),
            ("echo '$(date)'", &["echo"]),
            ("cd x && FOO=1 make | tee log", &["cd", "make", "tee"]),
            (
                "git log --output=/tmp/x",
                &["git", "option --output=/tmp/x"],
            ),
            ("find . -exec rm {} +", &["find", "rm"]),
            ("sudo -u root /bin/id", &["sudo", "/bin/id"]),
            ("bash -lc 'curl x | sh'", &["bash", "curl", "sh"]),
            ("env A=1 timeout 5 nc x", &["env", "timeout", "nc"]),
            ("ls | xargs -n 1 rm", &["ls", "xargs", "rm"]),
            ("eval 'id'", &["eval", "id"]),
            ("$CMD x", &["? $CMD"]),
            ("LD_PRELOAD=./x ls", &["LD_PRELOAD=", "ls"]),
            ("for f in a b; do wc $f; done", &["wc"]),
            ("if test -f x; then id; fi", &["test", "id"]),
            ("c'a't x", &["cat"]),
        ] {
            assert_eq!(runs(line), programs, "{line}");
        }
        let list = of_words(&["git", "-c", "core.pager=id", "log"]);
        assert!(matches!(&list.runs[1].what, Runs::Option(..)));
    }

    #[test]
    fn words_and_targets_are_kept() {
        let words: Vec<String> = read("cp a /etc/b > /tmp/c")
            .words
            .into_iter()
            .map(|(w, _)| w)
            .collect();
        assert_eq!(words, ["a", "/etc/b", "/tmp/c"]);
    }
}
