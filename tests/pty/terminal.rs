//! A terminal around the program.

use super::PATIENCE;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// What the program asked of the terminal besides drawing.
#[derive(Default)]
pub struct Asked {
    pub titles: Vec<Vec<u8>>,
    pub clipboard: Vec<Vec<u8>>,
    pub bells: usize,
}

impl vt100::Callbacks for Asked {
    fn set_window_title(&mut self, _: &mut vt100::Screen, title: &[u8]) {
        self.titles.push(title.to_vec());
    }

    fn set_window_icon_name(&mut self, _: &mut vt100::Screen, name: &[u8]) {
        self.titles.push(name.to_vec());
    }

    fn copy_to_clipboard(&mut self, _: &mut vt100::Screen, _: &[u8], data: &[u8]) {
        self.clipboard.push(data.to_vec());
    }

    fn audible_bell(&mut self, _: &mut vt100::Screen) {
        self.bells += 1;
    }
}

struct Seen {
    parser: vt100::Parser<Asked>,
    bytes: Vec<u8>,
}

pub struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    seen: Arc<Mutex<Seen>>,
}

impl Terminal {
    pub fn start(args: &[&str], columns: u16, rows: u16) -> Terminal {
        Self::start_with(args, &[], columns, rows)
    }

    /// The same, with more in its environment.
    pub fn start_with(args: &[&str], more: &[(&str, &Path)], columns: u16, rows: u16) -> Terminal {
        let program = Path::new(env!("CARGO_BIN_EXE_plainsight"));
        Self::start_program(program, args, more, columns, rows)
    }

    /// Another program in a terminal.
    pub fn start_program(
        program: &Path,
        args: &[&str],
        more: &[(&str, &Path)],
        columns: u16,
        rows: u16,
    ) -> Terminal {
        let home = std::env::temp_dir();
        let size = PtySize {
            rows,
            cols: columns,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).expect("a pty");
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.env("TERM", "xterm-256color");
        command.env("COLORTERM", "truecolor");
        command.env_remove("NO_COLOR");
        // Nothing of the person's own is looked at or written.
        for name in [
            "XDG_CONFIG_HOME",
            "XDG_DATA_HOME",
            "XDG_CACHE_HOME",
            "CLAUDE_CONFIG_DIR",
            "CODEX_HOME",
        ] {
            command.env_remove(name);
        }
        for name in ["HOME", "XDG_STATE_HOME"] {
            command.env(name, env!("CARGO_TARGET_TMPDIR"));
        }
        command.env("PLAINSIGHT_NO_TOUR", "1");
        for (name, value) in more {
            command.env(name, value);
        }
        command.cwd(home);
        let child = pair
            .slave
            .spawn_command(command)
            .expect("the program starts");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let parser =
            vt100::Parser::new_with_callbacks(cells(rows), cells(columns), 0, Asked::default());
        let seen = Arc::new(Mutex::new(Seen {
            parser,
            bytes: Vec::new(),
        }));
        let shared = seen.clone();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(n @ 1..) = reader.read(&mut buffer) {
                let mut seen = shared.lock().expect("no reader panicked");
                seen.parser.process(&buffer[..n]);
                seen.bytes.extend_from_slice(&buffer[..n]);
            }
        });
        let writer = pair.master.take_writer().expect("a writer");
        Terminal {
            child,
            master: pair.master,
            writer,
            seen,
        }
    }

    pub fn keys(&mut self, keys: &str) {
        self.writer
            .write_all(keys.as_bytes())
            .expect("the program reads keys");
        self.writer.flush().expect("the program reads keys");
        self.settle();
    }

    /// Waits until nothing more is drawn.
    pub fn settle(&self) {
        let mut last = usize::MAX;
        for _ in 0..100 {
            std::thread::sleep(Duration::from_millis(60));
            let now = self.seen().bytes.len();
            if now == last {
                return;
            }
            last = now;
        }
    }

    pub fn resize(&mut self, columns: u16, rows: u16) {
        let size = PtySize {
            rows,
            cols: columns,
            pixel_width: 0,
            pixel_height: 0,
        };
        self.master.resize(size).expect("a pty can be resized");
        self.seen()
            .parser
            .screen_mut()
            .set_size(cells(rows), cells(columns));
    }

    pub fn text(&self) -> String {
        self.seen().parser.screen().contents()
    }

    /// Everything that the program has written.
    pub fn bytes(&self) -> Vec<u8> {
        self.seen().bytes.clone()
    }

    pub fn with_asked<T>(&self, look: impl FnOnce(&Asked) -> T) -> T {
        look(self.seen().parser.callbacks())
    }

    pub fn alternate_screen(&self) -> bool {
        self.seen().parser.screen().alternate_screen()
    }

    pub fn wait_for(&self, text: &str) {
        let start = Instant::now();
        while !self.text().contains(text) {
            assert!(
                start.elapsed() < PATIENCE,
                "{text:?} did not appear on:\n{}",
                self.text()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    pub fn pid(&self) -> u32 {
        self.child.process_id().expect("the program runs")
    }

    pub fn signal(&self, name: &str) {
        let status = std::process::Command::new("kill")
            .args([format!("-{name}"), self.pid().to_string()])
            .status();
        assert!(status.expect("kill runs").success());
    }

    /// The exit code; `None` if the program was still there after a while and had to be killed.
    pub fn wait(&mut self) -> Option<u32> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Ok(Some(status)) = self.child.try_wait() {
                // What it wrote last is still on its way.
                std::thread::sleep(Duration::from_millis(100));
                return Some(status.exit_code());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.child.kill();
        None
    }

    pub fn assert_restored(&self) {
        let seen = self.seen();
        let screen = seen.parser.screen();
        assert!(!screen.alternate_screen(), "the alternate screen was left");
        assert!(!screen.hide_cursor(), "the cursor is seen again");
        assert!(!screen.bracketed_paste(), "pasting is plain again");
        assert_eq!(
            screen.mouse_protocol_mode(),
            vt100::MouseProtocolMode::None,
            "the mouse is the terminal's again"
        );
    }

    fn seen(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.seen.lock().expect("no reader panicked")
    }
}

fn cells(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).expect("a terminal has cells")
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}
