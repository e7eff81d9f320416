//! The terminal: taken, and always given back. After quitting, an error, a panic, a signal or ctrl-z it is as it was.

use crate::text::{Options, Raw, reveal};
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
    KeyboardEnhancementFlags, PopKeyboardEnhancementFlags, PushKeyboardEnhancementFlags,
};
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, queue};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::io::{self, Stdout, Write};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the terminal is ours now, and whether the mouse is.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal while it is ours. Dropping it gives the terminal back.
pub struct Screen {
    terminal: Terminal<CrosstermBackend<Stdout>>,
    mouse: bool,
}

impl Screen {
    /// Takes the terminal.
    ///
    /// # Errors
    /// When standard output is no terminal that can be switched.
    pub fn take(mouse: bool) -> io::Result<Screen> {
        restore_before_panicking();
        enter(mouse)?;
        let terminal =
            Terminal::new(CrosstermBackend::new(io::stdout())).inspect_err(|_| leave())?;
        Ok(Screen { terminal, mouse })
    }

    /// Columns and rows.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        crossterm::terminal::size()
    }

    /// Draws one frame, inside a synchronized update so that no half of it is ever seen.
    pub fn draw(&mut self, draw: impl FnOnce(&mut Buffer)) -> io::Result<()> {
        queue!(io::stdout(), BeginSynchronizedUpdate)?;
        let drawn = self
            .terminal
            .draw(|frame| draw(frame.buffer_mut()))
            .map(|_| ());
        execute!(io::stdout(), EndSynchronizedUpdate)?;
        drawn
    }

    /// Writes bytes of our own to the terminal, between two frames.
    pub fn send(&mut self, bytes: &str) -> io::Result<()> {
        let mut out = io::stdout();
        out.write_all(bytes.as_bytes())?;
        out.flush()
    }

    /// Gives the terminal back for a while.
    pub fn release(&mut self) {
        leave();
    }

    /// Takes the mouse, or leaves it to the terminal.
    pub fn take_mouse(&mut self, taken: bool) -> io::Result<()> {
        self.mouse = taken;
        match taken {
            true => execute!(io::stdout(), EnableMouseCapture),
            false => execute!(io::stdout(), DisableMouseCapture),
        }
    }

    /// Takes it again; all of it is drawn anew.
    pub fn retake(&mut self) -> io::Result<()> {
        enter(self.mouse)?;
        execute!(io::stdout(), Clear(ClearType::All))?;
        // Not `clear`: that asks the terminal where its cursor is, and keys that wait already would answer.
        let (width, height) = self.size()?;
        self.terminal.resize(Rect::new(0, 0, width, height))
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        leave();
    }
}

fn enter(mouse: bool) -> io::Result<()> {
    TAKEN.store(true, Ordering::SeqCst);
    let entered = enable_raw_mode().and_then(|()| {
        let keys =
            PushKeyboardEnhancementFlags(KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES);
        let mut out = io::stdout();
        execute!(
            out,
            EnterAlternateScreen,
            EnableBracketedPaste,
            keys,
            cursor::Hide
        )?;
        if mouse {
            execute!(out, EnableMouseCapture)
        } else {
            Ok(())
        }
    });
    entered.inspect_err(|_| leave())
}

/// Gives the terminal back, if it is ours. Every step is tried, whatever became of the one before.
fn leave() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = io::stdout();
    let _ = execute!(out, EndSynchronizedUpdate);
    let _ = execute!(out, DisableMouseCapture);
    let _ = execute!(out, PopKeyboardEnhancementFlags, DisableBracketedPaste);
    let _ = execute!(out, LeaveAlternateScreen, cursor::Show);
    let _ = disable_raw_mode();
    let _ = out.flush();
}

/// A panic gives the terminal back first; then it is told, with everything in it that a terminal would obey made
/// visible, because a message may quote a recording. While the terminal is ours the program ends there, whichever thread
/// it was: screens without the thread that feeds them would only look alive.
fn restore_before_panicking() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        std::panic::set_hook(Box::new(|panic| {
            let ours = TAKEN.load(Ordering::SeqCst);
            leave();
            let text = panic.to_string();
            let shown = reveal(Raw::from(text.as_str()), &Options::default());
            let _ = writeln!(
                io::stderr(),
                "plainsight failed, and the fault is its own: {shown}\nThe recording is untouched. Please report this."
            );
            if ours {
                std::process::exit(PANICKED);
            }
        }));
    });
}

/// What Rust ends with after a panic of the main thread.
const PANICKED: i32 = 101;
