//! The loop: waits for what happens, takes all of it in, draws at most every 16 ms. Nothing ticks: where nothing
//! happens, nothing runs. The only file that knows tokio.

use super::answer::Answers;
use super::filing::News;
use super::hold::GateNews;
use super::message::{Effect, Message, Mouse, MouseKind};
use super::model::{Case, Model};
use super::overlay::{Overlay, PickerEntry};
use super::terminal::Screen;
use super::theme::Theme;
use super::themes::Themes;
use super::{Error, clipboard, effect, key::Key, update, view};
use crossterm::event::{Event, EventStream, KeyModifiers, MouseButton, MouseEventKind};
use futures_util::StreamExt;
use std::time::{Duration, Instant};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// Shortest time between two frames.
const FRAME: Duration = Duration::from_millis(16);

/// The least time between two drawings where the second answers a key: nobody waits for a frame to go by.
const ANSWER: Duration = Duration::from_millis(4);

/// How long leaving waits for what is being kept.
const PARTING: Duration = Duration::from_secs(1);

/// Tells the screens that there is more to see. Cheap, from any thread, as often as one likes.
#[derive(Clone)]
pub struct Bell(
    pub(super) UnboundedSender<Message>,
    pub(super) std::sync::Arc<std::sync::atomic::AtomicBool>,
);

impl Bell {
    /// Rings; rings that nobody has heard yet are one.
    pub fn ring(&self) {
        if !self.1.swap(true, std::sync::atomic::Ordering::AcqRel) {
            let _ = self.0.send(Message::Grew);
        }
    }

    /// Tells what was heard of a gate.
    pub fn gate(&self, news: GateNews) {
        let _ = self.0.send(Message::Gate(news));
    }

    /// Puts other recordings into the list to choose from. Gives whether anybody still listens.
    pub fn offer(&self, entries: Vec<PickerEntry>) -> bool {
        self.0.send(Message::Offered(entries)).is_ok()
    }
}

/// How the screens ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Quit,
    /// The entry of the picker with this number was chosen.
    Chosen(usize),
    /// The case has another recording, and is to be opened anew.
    Reopen,
}

/// What happens to the loop besides messages.
enum Turn {
    Message(Message),
    Draw,
    End,
    Suspend,
    Nothing,
}

pub struct Loop {
    model: Model,
    themes: Vec<Theme>,
    screen: Screen,
    sender: UnboundedSender<Message>,
    receiver: UnboundedReceiver<Message>,
    heard: std::sync::Arc<std::sync::atomic::AtomicBool>,
    /// The terminal is about to be given back to the shell.
    suspending: bool,
    answers: Answers,
}

/// Runs the screens until the person leaves. `start` gets the bell before the first frame.
pub fn run(
    model: Model,
    themes: Vec<Theme>,
    mouse: bool,
    start: impl FnOnce(Bell),
) -> Result<Outcome, Error> {
    let (sender, receiver) = unbounded_channel();
    let heard = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let tokio = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(Error::Terminal)?;
    let screen = Screen::take(mouse).map_err(Error::Terminal)?;
    start(Bell(sender.clone(), heard.clone()));
    let mut own = Loop {
        model,
        themes,
        screen,
        sender,
        receiver,
        heard,
        suspending: false,
        answers: Answers::default(),
    };
    let outcome = tokio.block_on(own.turn()).map_err(Error::Terminal);
    tokio.shutdown_background();
    outcome
}

impl Loop {
    async fn turn(&mut self) -> std::io::Result<Outcome> {
        let mut signals = signals::Signals::new()?;
        let (width, height) = self.screen.size()?;
        let mut events = EventStream::new();
        if let Some(outcome) = self.take(Message::Resize(width, height))? {
            return Ok(outcome);
        }
        self.draw()?;
        let mut drawn = Instant::now();
        let (mut changed, mut pressed) = (false, false);
        loop {
            let deadline = drawn + if pressed { ANSWER } else { FRAME };
            let turn = tokio::select! {
                biased;
                signal = signals.next() => signal,
                event = events.next() => match event {
                    Some(Ok(Event::Key(key))) if self.answers.holds(&key, Instant::now()) => Turn::Nothing,
                    Some(Ok(event)) => message_of(event).map_or(Turn::Nothing, Turn::Message),
                    Some(Err(_)) | None => Turn::End,
                },
                () = tokio::time::sleep_until(deadline.into()), if changed => Turn::Draw,
                message = self.receiver.recv() => message.map_or(Turn::End, Turn::Message),
            };
            match turn {
                Turn::Message(message) => {
                    if matches!(message, Message::Grew) {
                        self.heard
                            .store(false, std::sync::atomic::Ordering::Release);
                    }
                    pressed |= matches!(message, Message::Key(_));
                    if let Some(outcome) = self.take(message)? {
                        return Ok(outcome);
                    }
                    changed = true;
                }
                Turn::Draw => {
                    self.draw()?;
                    drawn = Instant::now();
                    (changed, pressed) = (false, false);
                }
                Turn::Suspend => self.suspending = true,
                Turn::End => {
                    self.keep()?;
                    return Ok(Outcome::Quit);
                }
                Turn::Nothing => {}
            }
            if std::mem::take(&mut self.suspending) {
                // The stream reads the terminal on a thread of its own; it must not while the shell has it.
                drop(events);
                self.screen.release();
                signals::stop();
                self.screen.retake()?;
                events = EventStream::new();
                let (width, height) = self.screen.size()?;
                self.take(Message::Resize(width, height))?;
                changed = true;
            }
        }
    }

    fn draw(&mut self) -> std::io::Result<()> {
        let Some(theme) = self.themes.get(self.model.theme).or(self.themes.first()) else {
            return Ok(());
        };
        let model = &self.model;
        self.screen.draw(|buffer| view::view(model, theme, buffer))
    }

    /// Takes in a message and does what follows from it.
    fn take(&mut self, message: Message) -> std::io::Result<Option<Outcome>> {
        for effect in update::update(&mut self.model, message) {
            match effect {
                Effect::Quit if self.keep()? => return Ok(Some(Outcome::Quit)),
                Effect::Reopen if self.keep()? => return Ok(Some(Outcome::Reopen)),
                Effect::Quit | Effect::Reopen => {}
                Effect::Choose(entry) => return Ok(Some(Outcome::Chosen(entry))),
                Effect::Mouse(taken) => self.screen.take_mouse(taken)?,
                Effect::Ring => self.screen.send("\x07")?,
                Effect::Suspend => self.suspending = true,
                Effect::Copy(copy) => {
                    let sender = self.sender.clone();
                    tokio::task::spawn_blocking(move || {
                        let copied = clipboard::carry(copy, &clipboard::Around::here());
                        let _ = sender.send(Message::Copied(copied));
                    });
                }
                Effect::Ask(text) => {
                    let in_tmux = std::env::var_os("TMUX").is_some();
                    self.screen.send(&clipboard::sequence(&text, in_tmux))?;
                }
                Effect::Wake(delay, alarm) => {
                    let sender = self.sender.clone();
                    tokio::spawn(async move {
                        tokio::time::sleep(delay).await;
                        let _ = sender.send(Message::Woke(alarm));
                    });
                }
                work @ (Effect::Read(_)
                | Effect::Compare(_)
                | Effect::Clock(_)
                | Effect::Filter { .. }
                | Effect::Recall
                | Effect::Remember(..)
                | Effect::Search(_)
                | Effect::Quote { .. }
                | Effect::Take(_)
                | Effect::Paint(_)
                | Effect::Open(_)
                | Effect::Toured(_)
                | Effect::Answer(..)
                | Effect::File(_)
                | Effect::Prefer { .. }
                | Effect::Decide { .. }) => self.spawn(work),
            }
        }
        Ok(None)
    }

    /// Keeps the case before it is left. `false` where that failed and the person does not know it yet.
    fn keep(&mut self) -> std::io::Result<bool> {
        if !self.model.filing.refused && !self.finish()? {
            self.model.filing.refused = true;
            update::unkept(&mut self.model);
            return Ok(false);
        }
        let Some(effect) = update::farewell(&mut self.model) else {
            return Ok(true);
        };
        if let Some(message) = effect::run(&self.model.case, &effect) {
            self.take(message)?;
        }
        let failed = self.model.filing.failed.is_some();
        self.model.filing.refused = failed;
        Ok(!failed)
    }

    /// Waits for what is being kept already, which is where the last keeping has to begin. `false` where that takes
    /// too long.
    fn finish(&mut self) -> std::io::Result<bool> {
        let start = Instant::now();
        let mut later = Vec::new();
        self.model.filing.again = false;
        while self.model.filing.sent.is_some() && start.elapsed() < PARTING {
            match self.receiver.try_recv() {
                Ok(message @ Message::Filed(News::Kept(_))) => {
                    self.take(message)?;
                }
                Ok(message) => later.push(message),
                Err(_) => std::thread::sleep(Duration::from_millis(2)),
            }
        }
        for message in later {
            let _ = self.sender.send(message);
        }
        Ok(self.model.filing.sent.is_none())
    }

    /// Work runs on a thread of its own, so that a long read or a search never waits for another.
    fn spawn(&self, work: Effect) {
        let (case, sender) = (self.model.case.clone(), self.sender.clone());
        tokio::task::spawn_blocking(move || {
            if let Some(message) = effect::run(&case, &work) {
                let _ = sender.send(message);
            }
        });
    }
}

fn message_of(event: Event) -> Option<Message> {
    match event {
        Event::Key(event) => Key::from_event(&event).map(Message::Key),
        Event::Paste(text) => Some(Message::Paste(text)),
        Event::Resize(width, height) => Some(Message::Resize(width, height)),
        // Who holds Shift selects text in the terminal, which should not pass this on; some do.
        Event::Mouse(event) if event.modifiers.contains(KeyModifiers::SHIFT) => None,
        Event::Mouse(event) => {
            let kind = match event.kind {
                MouseEventKind::Down(MouseButton::Left) => MouseKind::Press,
                MouseEventKind::Drag(MouseButton::Left) => MouseKind::Drag,
                MouseEventKind::Up(MouseButton::Left) => MouseKind::Release,
                MouseEventKind::ScrollUp => MouseKind::ScrollUp,
                MouseEventKind::ScrollDown => MouseKind::ScrollDown,
                _ => return None,
            };
            Some(Message::Mouse(Mouse {
                kind,
                column: event.column,
                row: event.row,
            }))
        }
        Event::FocusGained | Event::FocusLost => None,
    }
}

/// A model whose only screen is the picker.
pub fn picker(case: Case, picker: super::overlay::Picker, themes: Themes, theme: usize) -> Model {
    let mut model = Model::new(case, themes, theme);
    model.overlay = Some(Overlay::Picker(picker));
    model
}

#[cfg(unix)]
mod signals {
    use super::Turn;
    use rustix::process::{Signal as Name, getpid, kill_process};
    use tokio::signal::unix::{Signal, SignalKind, signal};

    /// The signals that end or stop a program, so that the terminal is given back first.
    pub struct Signals {
        terminate: Signal,
        hangup: Signal,
        interrupt: Signal,
        stop: Signal,
    }

    impl Signals {
        pub fn new() -> std::io::Result<Signals> {
            Ok(Signals {
                terminate: signal(SignalKind::terminate())?,
                hangup: signal(SignalKind::hangup())?,
                interrupt: signal(SignalKind::interrupt())?,
                stop: signal(SignalKind::from_raw(Name::TSTP.as_raw()))?,
            })
        }

        pub async fn next(&mut self) -> Turn {
            tokio::select! {
                _ = self.terminate.recv() => Turn::End,
                _ = self.hangup.recv() => Turn::End,
                _ = self.interrupt.recv() => Turn::End,
                _ = self.stop.recv() => Turn::Suspend,
            }
        }
    }

    /// Stops this process until the shell continues it. SIGSTOP, because SIGTSTP has a handler now.
    pub fn stop() {
        let _ = kill_process(getpid(), Name::STOP);
    }
}

#[cfg(not(unix))]
mod signals {
    use super::Turn;

    pub struct Signals;

    impl Signals {
        pub fn new() -> std::io::Result<Signals> {
            Ok(Signals)
        }

        pub async fn next(&mut self) -> Turn {
            std::future::pending().await
        }
    }

    pub fn stop() {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::MouseEvent;

    #[test]
    fn with_shift_the_mouse_is_the_terminals() {
        let event = |modifiers| {
            message_of(Event::Mouse(MouseEvent {
                kind: MouseEventKind::Down(MouseButton::Left),
                column: 3,
                row: 4,
                modifiers,
            }))
        };
        assert!(event(KeyModifiers::SHIFT).is_none());
        assert!(event(KeyModifiers::NONE).is_some());
    }
}
