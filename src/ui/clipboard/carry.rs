//! Handing text to a program, with an end to waiting.

use super::route::{Around, Program};
use super::{By, Copied, Copy};
use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long a program may take.
const PATIENCE: Duration = Duration::from_secs(2);
const LOOK: Duration = Duration::from_millis(5);

/// Puts a text on the clipboard by the program that fits, or says that the terminal has to be asked.
pub fn carry(copy: Copy, around: &Around) -> Copied {
    let Some(program) = Program::choose(around) else {
        return Copied::by_terminal(copy);
    };
    let text = super::cut(&copy.text, super::AT_MOST);
    let by = match hand(&program, bytes(&program, text), PATIENCE) {
        Ok(()) => By::Program(program.name),
        Err(why) => By::Terminal(Some((program.name, why))),
    };
    Copied { copy, by }
}

fn bytes(program: &Program, text: &str) -> Vec<u8> {
    if !program.wide {
        return text.as_bytes().to_vec();
    }
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

/// Runs a program, never through a shell; the error goes on from its name.
fn hand(program: &Program, text: Vec<u8>, patience: Duration) -> Result<(), String> {
    let mut child = Command::new(&program.path)
        .args(program.arguments)
        .stdin(Stdio::piped())
        // Some of them stay to serve the text, and would keep a pipe open.
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("could not be started: {}", error.kind()))?;
    if let Some(mut input) = child.stdin.take() {
        // On a thread of its own: a program that does not read would hold us.
        thread::spawn(move || {
            let _ = input.write_all(&text);
        });
    }
    wait(&mut child, patience)
}

fn wait(child: &mut Child, patience: Duration) -> Result<(), String> {
    let until = Instant::now() + patience;
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => return Err(format!("ended with {status}")),
            Ok(None) if Instant::now() < until => thread::sleep(LOOK),
            Ok(None) => {
                let _ = child.kill();
                let _ = child.wait();
                return Err("did not take it in time".to_owned());
            }
            Err(error) => return Err(format!("was lost: {}", error.kind())),
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    /// A program of that name that does as the script says, in a folder of its own.
    fn program(name: &str, script: &str) -> (tempfile::TempDir, Around) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join(name);
        let script = script.replace("OUT", &folder.path().join("out").to_string_lossy());
        std::fs::write(&file, format!("#!/bin/sh\n{script}\n")).expect("a file");
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).expect("modes");
        let around = Around {
            path: folder.path().into(),
            ..Around::default()
        };
        (folder, around)
    }

    fn copy(text: &str) -> Copy {
        Copy {
            text: text.to_owned(),
            ..Copy::default()
        }
    }

    const KEEP: &str = r#"echo "$@" > "OUT.args"; /bin/cat > "OUT""#;

    #[test]
    fn each_program_gets_the_text_on_its_standard_input() {
        let text = "$(touch no) `x` 'é'\n";
        for (name, arguments) in [
            ("pbcopy", ""),
            ("wl-copy", "--type text/plain;charset=utf-8"),
            ("xclip", "-selection clipboard -in"),
            ("xsel", "--clipboard --input"),
            ("tmux", "load-buffer -w -"),
        ] {
            let (folder, around) = program(name, KEEP);
            let around = Around {
                mac: name == "pbcopy",
                wayland: name == "wl-copy",
                x11: name.starts_with('x'),
                tmux: name == "tmux",
                ..around
            };
            let copied = carry(copy(text), &around);
            assert_eq!(copied.by, By::Program(name));
            let read = |end: &str| std::fs::read_to_string(folder.path().join(end)).expect("read");
            assert_eq!(read("out"), text, "{name}");
            assert_eq!(read("out.args").trim(), arguments, "{name}");
        }
    }

    #[test]
    fn windows_gets_what_it_reads_right() {
        let (folder, around) = program("clip.exe", KEEP);
        let copied = carry(
            copy("é"),
            &Around {
                wsl: true,
                ..around
            },
        );
        assert_eq!(copied.by, By::Program("clip.exe"));
        let read = std::fs::read(folder.path().join("out")).expect("read");
        assert_eq!(read, [0xff, 0xfe, 0xe9, 0]);
    }

    #[test]
    fn the_terminal_is_asked_where_a_program_fails() {
        let (_folder, around) = program("xclip", "exit 3");
        let copied = carry(
            copy("x"),
            &Around {
                x11: true,
                ..around
            },
        );
        let By::Terminal(Some(("xclip", why))) = copied.by else {
            panic!("{copied:?}")
        };
        assert!(why.contains("3"), "{why}");
        assert_eq!(carry(copy("x"), &Around::default()).by, By::Terminal(None));
    }

    #[test]
    fn a_program_that_reads_nothing_holds_nobody() {
        let (_folder, around) = program("xclip", "exec /bin/sleep 600");
        let around = Around {
            x11: true,
            ..around
        };
        let chosen = Program::choose(&around).expect("it is installed");
        let text = vec![b'x'; 1 << 20];
        let why = hand(&chosen, text, Duration::from_millis(50)).expect_err("it never ends");
        assert_eq!(why, "did not take it in time");
    }
}
