//! Options with which a program that only looks writes a file or runs another.

use super::shell::Command;

/// Options with which a harmless program writes a file or runs another. Program, beginnings of the word (or of the
/// word behind, after a space), what it does.
const OPTIONS: &[(&str, &[&str], &str)] = &[
    (
        "git",
        &[
            "--output=",
            "--upload-pack",
            "--receive-pack",
            "--exec=",
            "--exec-path=",
            "--open-files-in-pager",
            "--ext-diff",
            "-O",
            "-c core.",
            "-c alias.",
            "-c credential.helper",
            "-c protocol.ext",
            "-c diff.external",
            "-c sequence.editor",
            "-c gpg.program",
            "-c http.proxy",
            "ext::",
            "config --global core.",
            "config core.hooks",
            "config core.ssh",
            "config core.pager",
            "config core.fsmonitor",
            "config alias.",
        ],
        "makes git write a file or run a program",
    ),
    (
        "tar",
        &[
            "--checkpoint-action",
            "--to-command",
            "--use-compress-program",
            "--rsh-command",
            "-I",
        ],
        "makes tar run a program",
    ),
    (
        "ssh",
        &[
            "-oProxyCommand",
            "-o ProxyCommand",
            "-oLocalCommand",
            "-o LocalCommand",
            "-oPermitLocalCommand",
            "-o PermitLocalCommand",
            "-oKnownHostsCommand",
            "-o KnownHostsCommand",
        ],
        "makes ssh run a program here",
    ),
    (
        "scp",
        &["-S", "-oProxyCommand", "-o ProxyCommand"],
        "makes scp run a program here",
    ),
    (
        "rsync",
        &["--rsh=sh", "--rsh=bash", "-e sh", "-e bash", "-esh"],
        "makes rsync run a program",
    ),
    (
        "zip",
        &["-TT", "--unzip-command"],
        "makes zip run a program",
    ),
    (
        "sort",
        &[
            "--compress-program",
            "-o /",
            "-o ~",
            "-o $HOME",
            "--output=/",
        ],
        "makes sort write a file or run a program",
    ),
    (
        "vim",
        &["-c :!", "-c !", "+!", "+:!", "-c :py", "-c :lua"],
        "makes the editor run a program",
    ),
    (
        "vi",
        &["-c :!", "-c !", "+!", "+:!"],
        "makes the editor run a program",
    ),
    ("less", &["+!", "+:!"], "makes the pager run a program"),
    ("more", &["+!"], "makes the pager run a program"),
    ("man", &["-P", "--pager", "-H"], "makes man run a program"),
    (
        "date",
        &["-f /", "-f ~", "--file=/"],
        "makes date print a file",
    ),
    ("file", &["-f /etc", "-m /etc"], "makes file print a file"),
    (
        "curl",
        &["file:", "-K", "--config", "-o /", "-o ~", "--output /"],
        "makes curl read or write files of the machine",
    ),
    (
        "wget",
        &["--use-askpass", "-O /", "-O ~", "--post-file", "-i /"],
        "makes wget write a file or run a program",
    ),
    (
        "npm",
        &["--script-shell", "--node-options"],
        "makes npm run another shell",
    ),
    (
        "rg",
        &["--pre", "--hostname-bin", "--search-zip"],
        "makes ripgrep run a program",
    ),
    ("go", &["-exec", "-toolexec"], "makes go run a program"),
    ("make", &["--eval", "SHELL="], "makes make run a command"),
    ("tcpdump", &["-z"], "makes tcpdump run a program"),
    ("nmap", &["--script"], "makes nmap run a script"),
    ("env", &["-S", "--split-string"], "makes env run a program"),
    (
        "tee",
        &["/etc/", "~/.", "/root/", "/home/"],
        "writes a file outside the work",
    ),
];

/// The option with which a program that looks harmless does more, and what that is.
pub fn of(command: &Command) -> Option<(String, &'static str)> {
    let words = command.own();
    let program = command.program();
    let arguments = words.get(1..)?;
    if program == "git"
        && let Some(word) = configures(arguments)
    {
        return Some((word.clone(), "makes git run a program"));
    }
    let joined = |n: usize| match arguments.get(n + 1) {
        Some(next) => format!("{} {next}", arguments[n]),
        None => arguments[n].clone(),
    };
    for (_, options, what) in OPTIONS.iter().filter(|(p, ..)| *p == program) {
        for (n, word) in arguments.iter().enumerate() {
            let pair = joined(n);
            if next_is_null(arguments.get(n + 1)) {
                continue;
            }
            let hit = options.iter().find(|option| {
                let whole = option.len() == 2 && program != "man" && option.starts_with('-')
                    || option.ends_with(|c: char| c.is_ascii_alphabetic()) && option.len() < 5;
                if option.contains(' ') {
                    pair.starts_with(**option)
                } else if whole {
                    word == *option
                } else {
                    word.starts_with(**option)
                }
            });
            if hit.is_some() {
                return Some((word.clone(), what));
            }
        }
    }
    let script = arguments.join(" ");
    let awk = matches!(program, "awk" | "gawk" | "mawk")
        && (script.contains("system(")
            || script.contains("| getline")
            || script.contains("print | \"")
            || script.contains("|&"));
    let sed = program == "sed"
        && arguments.iter().any(|w| {
            let w = w.trim_start_matches(|c: char| c.is_ascii_digit() || "$,".contains(c));
            w.starts_with("e ") || w.ends_with("/e") && w.starts_with('s') || w.starts_with("w /")
        });
    if awk {
        return Some(("system".into(), "makes awk run a command"));
    }
    sed.then(|| ("e".into(), "makes sed run a command or write a file"))
}

/// Output that is thrown away.
fn next_is_null(word: Option<&String>) -> bool {
    word.is_some_and(|w| w == "/dev/null" || w == "/dev/stdout")
}

/// A setting with which git runs something: `core.pager=x`, `alias.co !x`, wherever it stands; and `--exec`.
fn configures(arguments: &[String]) -> Option<&String> {
    arguments.iter().enumerate().find_map(|(n, word)| {
        let lower = word.to_ascii_lowercase();
        let next = arguments.get(n + 1).map_or("", String::as_str);
        let runs = [
            "core.pager",
            "core.editor",
            "core.sshcommand",
            "core.hookspath",
            "core.fsmonitor",
            "core.gitproxy",
            "core.askpass",
            "diff.external",
            "gpg.program",
        ]
        .iter()
        .any(|k| {
            lower
                .strip_prefix(k)
                .is_some_and(|rest| rest.starts_with('=') || rest.is_empty() && !next.is_empty())
        });
        let alias = lower.starts_with("alias.") && (lower.contains("=!") || next.starts_with('!'));
        let exec = word == "--exec" && arguments.first().is_some_and(|a| a == "rebase");
        (runs || alias || exec).then_some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::super::shell;
    use super::*;

    #[test]
    fn some_options_do_more() {
        let escapes = |text: &str| of(&shell::read(text).commands[0]).is_some();
        assert!(escapes("git log --output=/tmp/x"));
        assert!(escapes("git -c core.pager=id log"));
        assert!(escapes("tar cf x y --checkpoint-action=exec=sh"));
        assert!(escapes("ssh -o ProxyCommand=id host"));
        assert!(escapes("awk 'BEGIN{system(\"id\")}'"));
        assert!(escapes("sed 's/a/id/e' f"));
        for fine in [
            "git log --oneline",
            "tar czf x.tgz y",
            "ssh -o StrictHostKeyChecking=no host ls",
            "rsync -e ssh a b:",
            "awk '{print $1}' f",
            "sed -e 's/a/b/' f",
            "git config user.name x",
            "sort -o out.txt in.txt",
        ] {
            assert!(!escapes(fine), "{fine}");
        }
    }
}
