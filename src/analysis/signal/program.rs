//! Programs by what it means that a command line starts them behind a harmless first word.

use super::shell::Command;

/// What a second command tells.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Weight {
    /// It only looks, or steers the shell.
    Harmless,
    /// The daily work of people who build software.
    Ordinary,
    /// It looks around, fetches, sends, or runs what it is given.
    Risky,
}

/// Programs that allow-lists of commands hold, because they only look.
const HARMLESS: &[&str] = &[
    "echo",
    "ls",
    "cat",
    "pwd",
    "date",
    "head",
    "tail",
    "wc",
    "sort",
    "uniq",
    "grep",
    "egrep",
    "fgrep",
    "rg",
    "find",
    "fd",
    "git",
    "which",
    "printf",
    "true",
    "false",
    "file",
    "stat",
    "du",
    "df",
    "tree",
    "less",
    "more",
    "cut",
    "diff",
    "basename",
    "dirname",
    "realpath",
    "readlink",
    "jq",
    "yq",
    "sed",
    "awk",
    "tr",
    "test",
    "[",
    "[[",
    "seq",
    "cd",
    "exit",
    "done",
    "fi",
    "esac",
    "for",
    "case",
    "in",
    "return",
    "wait",
    "column",
    "nl",
    "tac",
    "rev",
    "paste",
    "comm",
    "join",
    "fold",
    "md5sum",
    "sha256sum",
    "cmp",
    "dir",
    "type",
    "clear",
    "local",
    "read",
    "shift",
    "man",
    "}",
    ")",
    "xargs",
    "tee",
];

/// Programs that are risky wherever they come second.
const RISKY: &[&str] = &[
    "id",
    "whoami",
    "who",
    "w",
    "uname",
    "hostname",
    "ifconfig",
    "ip",
    "arp",
    "netstat",
    "ss",
    "ps",
    "env",
    "printenv",
    "set",
    "curl",
    "wget",
    "nc",
    "ncat",
    "netcat",
    "socat",
    "telnet",
    "bash",
    "sh",
    "zsh",
    "dash",
    "ksh",
    "fish",
    "dd",
    "mkfs",
    "chown",
    "su",
    "passwd",
    "useradd",
    "crontab",
    "at",
    "reboot",
    "shutdown",
    "halt",
    "poweroff",
    "ssh",
    "scp",
    "sftp",
    "ftp",
    "tftp",
    "rsync",
    "nslookup",
    "dig",
    "host",
    "ping",
    "eval",
    "nmap",
    "tcpdump",
    "iptables",
    "mount",
    "osascript",
    "powershell",
    "pwsh",
    "cmd",
    "calc",
    "calc.exe",
    "certutil",
    "reg",
    "ipconfig",
    "systeminfo",
    "tasklist",
    "net",
    "last",
    "lsmod",
    "dmesg",
    "history",
    "tclsh",
    "expect",
    "script",
    "screen",
    "busybox",
    "gdb",
    "strace",
    "chattr",
    "insmod",
    "killall",
    "pkill",
    "sleep",
    "gcc",
    "getent",
    "users",
    "lastlog",
    "finger",
];

/// Interpreters, which are ordinary with a file and risky with a program on the command line.
const INTERPRETERS: &[&str] = &[
    "perl", "lua", "python", "python2", "python3", "ruby", "php", "node", "deno", "bun",
];

/// Whether an allow-list would hold the program.
pub fn is_harmless(program: &str) -> bool {
    HARMLESS.contains(&program)
}

/// Whether a name is that of a program which an attack would start, wherever it stands.
pub fn is_risky(program: &str) -> bool {
    RISKY.contains(&program)
}

/// Whether a program runs what it is given as text.
pub fn is_interpreter(program: &str) -> bool {
    let stem = program.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    INTERPRETERS.contains(&program) || INTERPRETERS.contains(&stem)
}

/// Weighs a command that comes second.
pub fn weigh(command: &Command) -> Weight {
    let words = command.own();
    let program = command.program();
    let arguments = words.get(1..).unwrap_or(&[]);
    if program.is_empty() || is_harmless(program) && starts(program, arguments).is_none() {
        return Weight::Harmless;
    }
    if let Some(inner) = starts(program, arguments) {
        return weigh(&inner).max(Weight::Ordinary);
    }
    let inline = || {
        arguments.iter().any(|a| {
            matches!(
                a.as_str(),
                "-c" | "-e" | "-r" | "--eval" | "-p" | "-ne" | "-pe"
            )
        })
    };
    let spawns = || {
        let text = arguments.join(" ");
        [
            "system",
            "exec",
            "spawn",
            "readfile",
            "require('fs')",
            "`",
            "popen",
            "subprocess",
            "socket",
            "import(",
            "eval",
        ]
        .iter()
        .any(|w| text.contains(w))
    };
    if is_interpreter(program) {
        // Without a file it runs what comes through the pipe.
        if arguments.iter().all(|a| a == "-") {
            return Weight::Risky;
        }
        return if inline() && spawns() {
            Weight::Risky
        } else {
            Weight::Ordinary
        };
    }
    let absolute = |word: &String| {
        word.starts_with('/')
            || word.starts_with('~')
            || word.starts_with("$HOME")
            || word == "*"
            || word == "."
    };
    // What runs is known to the shell only.
    // `sudo -l` and the like ask what is permitted.
    if program.starts_with('-')
        || program.starts_with("$(")
        || program.starts_with('`')
        || words[0] == "$SHELL"
        || words[0] == "$0"
    {
        return Weight::Risky;
    }
    match program {
        "." | "source" => {
            let far = |w: &String| {
                w.starts_with("/tmp")
                    || w.starts_with("/dev")
                    || w.starts_with("/var/tmp")
                    || w.contains("<(")
            };
            if arguments.iter().any(far) {
                Weight::Risky
            } else {
                Weight::Ordinary
            }
        }
        "rm" | "touch" | "mv" | "cp" | "ln" | "mkdir" | "rmdir" | "truncate" | "install"
        | "chmod" => {
            let first = arguments.iter().any(absolute);
            // `xargs rm -rf` takes what it removes from elsewhere.
            let nothing = program == "rm" && arguments.iter().all(|a| a.starts_with('-'));
            if first || nothing {
                Weight::Risky
            } else {
                Weight::Ordinary
            }
        }
        "sleep" => match arguments.first().and_then(|n| n.parse::<f32>().ok()) {
            Some(n) if n < 10.0 => Weight::Ordinary,
            _ => Weight::Risky,
        },
        "curl" | "wget" => {
            let home = |w: &String| {
                ["://localhost", "://127.0.0.1", "://0.0.0.0", "://[::1]"]
                    .iter()
                    .any(|h| w.contains(h))
                    || w.starts_with("localhost")
            };
            if arguments.iter().any(home) {
                Weight::Ordinary
            } else {
                Weight::Risky
            }
        }
        _ if is_risky(program) => Weight::Risky,
        _ => Weight::Ordinary,
    }
}

/// The command that another one starts: `find -exec x`, `xargs x`, `sh -c x` in words.
fn starts(program: &str, arguments: &[String]) -> Option<Command> {
    let behind = |n: usize| arguments.get(n..).map(<[String]>::to_vec);
    let words = match program {
        "find" | "fd" => {
            let at = arguments.iter().position(|w| {
                matches!(
                    w.as_str(),
                    "-exec" | "-execdir" | "-ok" | "-okdir" | "-x" | "--exec" | "-X"
                )
            })?;
            behind(at + 1)?
        }
        "xargs" => {
            let mut at = 0;
            while let Some(word) = arguments.get(at).filter(|w| w.starts_with('-')) {
                at += if matches!(
                    word.as_str(),
                    "-I" | "-n" | "-P" | "-L" | "-d" | "-a" | "-s"
                ) {
                    2
                } else {
                    1
                };
            }
            behind(at)?
        }
        _ => return None,
    };
    (!words.is_empty()).then_some(Command {
        range: 0..0,
        words,
        nested: true,
    })
}

#[cfg(test)]
mod tests {
    use super::super::shell;
    use super::*;

    fn of(text: &str) -> Weight {
        weigh(&shell::read(text).commands[0])
    }

    #[test]
    fn second_commands_have_weight() {
        assert_eq!(of("grep x"), Weight::Harmless);
        assert_eq!(of("npm test"), Weight::Ordinary);
        assert_eq!(of("python3 -m pytest"), Weight::Ordinary);
        assert_eq!(of("python3 -c 'import os; os.system(1)'"), Weight::Risky);
        assert_eq!(of("rm -rf dist"), Weight::Ordinary);
        assert_eq!(of("rm -rf /srv"), Weight::Risky);
        assert_eq!(of("sudo /usr/bin/id"), Weight::Risky);
        assert_eq!(of("xargs -n 1 sh -c x"), Weight::Risky);
        assert_eq!(of("find . -exec grep x {} +"), Weight::Ordinary);
    }
}
