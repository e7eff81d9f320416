//! Which program of this machine puts text on the clipboard that the person sees.
//!
//! A local one only where the person sits at this machine: over SSH the clipboard of the far machine is of no use.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// What of the surroundings decides it.
#[derive(Clone, Debug, Default)]
pub struct Around {
    pub mac: bool,
    pub windows: bool,
    /// Linux under Windows (WSL).
    pub wsl: bool,
    pub wayland: bool,
    pub x11: bool,
    pub ssh: bool,
    pub tmux: bool,
    /// Where programs are looked for.
    pub path: OsString,
}

impl Around {
    /// Those of this process.
    pub fn here() -> Around {
        let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
        Around {
            mac: cfg!(target_os = "macos"),
            windows: cfg!(windows),
            wsl: set("WSL_DISTRO_NAME") || set("WSL_INTEROP"),
            wayland: set("WAYLAND_DISPLAY"),
            x11: set("DISPLAY"),
            ssh: set("SSH_TTY") || set("SSH_CONNECTION"),
            tmux: set("TMUX"),
            path: env::var_os("PATH").unwrap_or_default(),
        }
    }
}

/// A program that takes text through its standard input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    pub name: &'static str,
    pub path: PathBuf,
    pub arguments: &'static [&'static str],
    /// It takes UTF-16 with a byte order mark: Windows reads anything else in the old code page.
    pub wide: bool,
}

const PBCOPY: (&str, &[&str]) = ("pbcopy", &[]);
const CLIP: (&str, &[&str]) = ("clip.exe", &[]);
const WL_COPY: (&str, &[&str]) = ("wl-copy", &["--type", "text/plain;charset=utf-8"]);
const XCLIP: (&str, &[&str]) = ("xclip", &["-selection", "clipboard", "-in"]);
const XSEL: (&str, &[&str]) = ("xsel", &["--clipboard", "--input"]);
// `-w`: the outer terminal's clipboard too.
const TMUX: (&str, &[&str]) = ("tmux", &["load-buffer", "-w", "-"]);

impl Program {
    /// The first that fits and is installed; `None` where the terminal has to be asked.
    pub fn choose(around: &Around) -> Option<Program> {
        let here = !around.ssh;
        let fits = [
            (here && around.mac, PBCOPY),
            (here && (around.windows || around.wsl), CLIP),
            (here && around.wayland, WL_COPY),
            (here && around.x11, XCLIP),
            (here && around.x11, XSEL),
            (around.tmux, TMUX),
        ];
        fits.into_iter()
            .filter(|(fits, _)| *fits)
            .find_map(|(_, (name, arguments))| {
                Some(Program {
                    name,
                    path: installed(&around.path, name)?,
                    arguments,
                    wide: name == CLIP.0,
                })
            })
    }
}

/// Where a program stands. Entries of the path that are not absolute are passed over: they would run what lies in the
/// folder that a person happens to be in.
fn installed(path: &OsString, name: &str) -> Option<PathBuf> {
    env::split_paths(path)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(name))
        .find(|file| is_program(file))
}

#[cfg(unix)]
fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata()
        .is_ok_and(|about| about.is_file() && about.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(file: &Path) -> bool {
    file.is_file()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    /// A folder with programs of these names.
    fn with(names: &[&str]) -> (tempfile::TempDir, Around) {
        let folder = tempfile::tempdir().expect("a folder");
        for name in names {
            let file = folder.path().join(name);
            std::fs::write(&file, "#!/bin/sh\ncat\n").expect("a file");
            std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).expect("modes");
        }
        let around = Around {
            path: folder.path().into(),
            ..Around::default()
        };
        (folder, around)
    }

    fn chosen(around: Around) -> Option<&'static str> {
        Program::choose(&around).map(|program| program.name)
    }

    #[test]
    fn the_way_fits_the_surroundings() {
        let all = ["pbcopy", "clip.exe", "wl-copy", "xclip", "xsel", "tmux"];
        let (_folder, around) = with(&all);
        let around = || around.clone();
        assert_eq!(chosen(around()), None);
        let desk = Around {
            x11: true,
            tmux: true,
            ..around()
        };
        assert_eq!(chosen(desk.clone()), Some("xclip"));
        assert_eq!(
            chosen(Around {
                wayland: true,
                ..desk.clone()
            }),
            Some("wl-copy")
        );
        assert_eq!(
            chosen(Around {
                mac: true,
                ..around()
            }),
            Some("pbcopy")
        );
        assert_eq!(
            chosen(Around {
                wsl: true,
                wayland: true,
                ..around()
            }),
            Some("clip.exe")
        );
        // Over SSH the display is not where the person sits.
        assert_eq!(
            chosen(Around {
                ssh: true,
                ..desk.clone()
            }),
            Some("tmux")
        );
        assert_eq!(
            chosen(Around {
                ssh: true,
                tmux: false,
                ..desk
            }),
            None
        );
    }

    #[test]
    fn only_what_is_installed_is_chosen_and_never_from_here() {
        let (folder, around) = with(&["xsel"]);
        let desk = Around {
            wayland: true,
            x11: true,
            ..around
        };
        assert_eq!(chosen(desk.clone()), Some("xsel"));
        std::fs::set_permissions(
            folder.path().join("xsel"),
            std::fs::Permissions::from_mode(0o644),
        )
        .expect("modes");
        assert_eq!(chosen(desk.clone()), None);
        let relative = Around {
            path: ".:bin:".into(),
            ..desk
        };
        assert_eq!(chosen(relative), None);
    }
}
