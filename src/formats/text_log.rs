//! What logs that programs write for people have in common: stamped lines, and entries that go on over further lines.

use super::told::{Entry, Fact, Line, Origin, Out, Transport};
use super::{parse_local, parse_stamp};
use crate::wire::id::Direction;
use crate::wire::json::{Nesting, skip_value};

/// The note of a log whose times have no zone.
pub const NO_ZONE: &str = "Its times have no zone: they are shown as if they were UTC.";

/// A line taken apart.
#[derive(Clone, Copy, Debug)]
pub struct Stamped<'l> {
    pub micros: i64,
    pub stamp: &'l [u8],
    /// As it is spelled.
    pub level: &'l [u8],
    pub text: &'l [u8],
}

/// `2026-07-24 02:03:14.089 [info] text`: the logs of VS Code and what is made of it.
pub fn of_editor(line: &[u8]) -> Option<Stamped<'_>> {
    const STAMP: usize = "2026-07-24 02:03:14.089".len();
    let (stamp, rest) = line.split_at_checked(STAMP)?;
    if stamp[10] != b' ' {
        return None;
    }
    let (level, text) = bracketed(rest.strip_prefix(b" ")?)?;
    let word = !level.is_empty() && level.len() <= 8 && level.iter().all(u8::is_ascii_lowercase);
    Some(Stamped {
        micros: parse_local(stamp).filter(|_| word)?,
        stamp,
        level,
        text,
    })
}

/// `2025-12-13T17:25:04-05:00 ERROR [module] text`: the text begins with the module.
pub fn of_rust(line: &[u8]) -> Option<Stamped<'_>> {
    let (stamp, rest) = split_once(line, b" ")?;
    let (level, text) = split_once(rest.trim_ascii_start(), b" ")?;
    if !matches!(level, b"ERROR" | b"WARN" | b"INFO" | b"DEBUG" | b"TRACE") {
        return None;
    }
    Some(Stamped {
        micros: parse_stamp(stamp)?,
        stamp,
        level,
        text: text.trim_ascii_start(),
    })
}

/// Whether a line may be the beginning of a stamped one, of which the rest is not there yet.
pub fn is_cut_stamp(line: &[u8]) -> bool {
    const SHAPE: &[u8] = b"0000-00-00 00:00:00";
    const LONGEST: usize = 48;
    let line = line.strip_prefix(b"[").unwrap_or(line);
    let fits = |(byte, shape): (&u8, &u8)| match shape {
        b'0' => byte.is_ascii_digit(),
        b' ' => matches!(byte, b' ' | b'T'),
        shape => byte == shape,
    };
    let rest = line.get(SHAPE.len()..).unwrap_or_default();
    line.len() <= LONGEST
        && line.iter().zip(SHAPE).all(fits)
        && rest
            .iter()
            .all(|b| b.is_ascii_alphanumeric() || b" +-:.[]".contains(b))
}

/// What stands in the brackets that a text begins with, and what stands behind them and a space.
pub fn bracketed(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let (inside, rest) = split_once(text.strip_prefix(b"[")?, b"]")?;
    Some((inside, rest.strip_prefix(b" ").unwrap_or(rest)))
}

/// What stands before and behind the first `mark`.
pub fn split_once<'t>(text: &'t [u8], mark: &[u8]) -> Option<(&'t [u8], &'t [u8])> {
    let at = memchr::memmem::find(text, mark)?;
    Some((&text[..at], &text[at + mark.len()..]))
}

/// What stands between the first `before` and the next `after`.
pub fn between<'t>(text: &'t [u8], before: &[u8], after: &[u8]) -> Option<&'t [u8]> {
    Some(split_once(split_once(text, before)?.1, after)?.0)
}

/// The number that a text begins with.
pub fn number(text: &[u8]) -> Option<i64> {
    let digits = text.iter().take_while(|b| b.is_ascii_digit()).count();
    std::str::from_utf8(&text[..digits]).ok()?.parse().ok()
}

/// A duration as clients write it (`12495ms`, `8s`, `1.5s`) in milliseconds.
pub fn milliseconds(text: &[u8]) -> Option<i64> {
    let digits = text
        .iter()
        .take_while(|b| b.is_ascii_digit() || **b == b'.');
    let (amount, unit) = text.split_at(digits.count());
    if unit.starts_with(b"ms") {
        return number(amount);
    }
    let seconds: f64 = std::str::from_utf8(amount).ok()?.parse().ok()?;
    // A time that no clock shows becomes the largest number.
    unit.starts_with(b"s").then_some((seconds * 1e3) as i64)
}

/// How many of the first lines (at most 200) a test takes, and how many there are that are not blank.
pub fn count(head: &[u8], test: impl Fn(&[u8]) -> bool) -> (usize, usize) {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let lines = head.split(|b| *b == b'\n').take(200);
    let filled = lines.filter(|line| !line.trim_ascii().is_empty());
    filled.fold((0, 0), |(taken, all), line| {
        (taken + usize::from(test(line.trim_ascii_end())), all + 1)
    })
}

/// Whether the test takes any line.
pub fn any(head: &[u8], test: impl Fn(&[u8]) -> bool) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    head.split(|b| *b == b'\n')
        .any(|line| test(line.trim_ascii_end()))
}

/// An [`Entry`] that keeps what it says.
#[derive(Clone, Default, Debug)]
pub struct About {
    pub origin: Origin,
    pub conn: Vec<u8>,
    pub label: Vec<u8>,
    pub micros: Option<i64>,
    pub transport: Transport,
    pub once: Vec<u8>,
}

impl About {
    pub fn entry(&self) -> Entry<'_> {
        Entry {
            conn: &self.conn,
            label: &self.label,
            micros: self.micros,
            transport: self.transport,
            once: &self.once,
            ..Entry::at(self.origin)
        }
    }
}

/// Is given lines that turned out not to belong to an entry.
pub type Stray<'s> = &'s dyn Fn(Line<'_>, &mut Out<'_>);

/// Most bytes of further lines that are held for one entry.
const HELD: usize = 16 << 20;

/// Most further lines that are held for one entry.
const LINES: usize = 1 << 18;

/// An entry of which the end was not seen yet.
#[derive(Debug)]
pub struct Waiting {
    about: About,
    what: What,
    text: Vec<u8>,
    /// Bytes of the text that are its first line.
    first: usize,
    /// The further lines, and where each begins in the text.
    more: Vec<(Origin, usize)>,
}

#[derive(Debug)]
enum What {
    /// Goes on until something else begins.
    Event(Event),
    /// Goes on until its brackets are closed.
    Message(Option<Direction>, Nesting),
}

/// What an event is besides its text.
#[derive(Clone, Default, Debug)]
pub struct Event {
    pub name: &'static str,
    /// The fact that the text is.
    pub key: &'static str,
    pub facts: Vec<(&'static str, Kept)>,
}

/// A [`Fact`] that is kept.
#[derive(Clone, Debug)]
pub enum Kept {
    Text(Vec<u8>),
    Number(i64),
}

impl Event {
    /// One whose text is told as `text`.
    pub fn named(name: &'static str) -> Event {
        Event {
            name,
            key: "text",
            facts: Vec::new(),
        }
    }

    /// The start of a program, whose text is its command line.
    pub fn start() -> Event {
        Event {
            key: "command",
            ..Event::named("start")
        }
    }

    #[must_use]
    pub fn text(mut self, key: &'static str, text: &[u8]) -> Event {
        self.facts.push((key, Kept::Text(text.to_vec())));
        self
    }

    #[must_use]
    pub fn number(mut self, key: &'static str, n: Option<i64>) -> Event {
        self.facts.extend(n.map(|n| (key, Kept::Number(n))));
        self
    }

    /// Tells it.
    pub fn tell(&self, entry: &Entry<'_>, text: &[u8], out: &mut Out<'_>) {
        let facts = self.facts.iter().map(|(key, kept)| match kept {
            Kept::Text(text) => (*key, Fact::Text(text)),
            Kept::Number(n) => (*key, Fact::Number(*n)),
        });
        let facts: Vec<_> = facts.chain([(self.key, Fact::Text(text))]).collect();
        out.event(entry, self.name, &facts);
    }
}

impl Waiting {
    /// An event whose text may go on.
    pub fn event(about: About, event: Event, text: &[u8]) -> Waiting {
        Waiting::of(about, What::Event(event), text)
    }

    fn of(about: About, what: What, text: &[u8]) -> Waiting {
        Waiting {
            about,
            what,
            first: text.len(),
            text: text.to_vec(),
            more: Vec::new(),
        }
    }

    /// A message that has begun and not ended; `None` where it has, or does not even begin.
    pub fn message(about: &About, dir: Option<Direction>, text: &[u8]) -> Option<Waiting> {
        let begins = matches!(text.first(), Some(b'{' | b'['));
        (begins && skip_value(text, 0).is_none()).then(|| {
            let nesting = Nesting::of(text);
            Waiting::of(about.clone(), What::Message(dir, nesting), text)
        })
    }

    /// Takes a further line; `false` where it has no room for that, and is to be told.
    pub fn add(&mut self, line: &Line<'_>) -> bool {
        if self.text.len() - self.first + line.text.len() > HELD || self.more.len() >= LINES {
            return false;
        }
        self.more.push((line.origin, self.text.len() + 1));
        self.text.push(b'\n');
        self.text.extend_from_slice(line.text);
        if let What::Message(_, nesting) = &mut self.what {
            nesting.feed(b"\n");
            nesting.feed(line.text);
        }
        true
    }

    /// Whether it is a message that has come to its end.
    pub fn is_whole(&self) -> bool {
        matches!(&self.what, What::Message(_, nesting) if nesting.is_closed())
    }

    /// Tells the entry with all lines that it took.
    pub fn tell(self, out: &mut Out<'_>) {
        self.tell_apart(out, None);
    }

    /// The same where something else has begun: of a message whose end never came, only the first line is taken for its,
    /// and the others are given to `stray`.
    pub fn tell_apart(mut self, out: &mut Out<'_>, stray: Option<Stray<'_>>) {
        // Blank lines at the end are nobody's, and the beginning of another entry is that one's.
        while let Some((_, at)) = self.more.last()
            && (self.text[*at..].trim_ascii().is_empty() || is_cut_stamp(&self.text[*at..]))
        {
            self.text.truncate(at - 1);
            self.more.pop();
        }
        let whole = self.is_whole();
        let stray = stray.filter(|_| !whole && matches!(self.what, What::Message(..)));
        if let Some((last, _)) = self.more.last()
            && stray.is_none()
        {
            self.about.origin = self.about.origin.to(*last);
        }
        let mut entry = self.about.entry();
        match &self.what {
            What::Event(event) => event.tell(&entry, &self.text, out),
            What::Message(dir, _) if whole => {
                let end = skip_value(&self.text, 0).unwrap_or(self.text.len());
                out.message(&entry, *dir, &self.text[..end]);
            }
            What::Message(dir, _) => {
                entry.truncated = true;
                let Some(stray) = stray else {
                    return out.text(&entry, *dir, &self.text);
                };
                out.text(&entry, *dir, &self.text[..self.first]);
                let ends = self.more.iter().skip(1).map(|(_, at)| at - 1);
                for ((origin, at), end) in self.more.iter().zip(ends.chain([self.text.len()])) {
                    let line = Line {
                        text: &self.text[*at..end],
                        origin: *origin,
                    };
                    stray(line, out);
                }
            }
        }
    }
}

/// Tells a message that stands on one line, with or without something behind it, or gives back what waits for its end.
/// Where there is no JSON at all (a body that was taken out), the text is told.
pub fn message(
    about: &About,
    dir: Option<Direction>,
    text: &[u8],
    out: &mut Out<'_>,
) -> Option<Waiting> {
    let text = text.trim_ascii();
    if !matches!(text.first(), Some(b'{' | b'[')) {
        let entry = Entry {
            truncated: true,
            ..about.entry()
        };
        out.text(&entry, dir, text);
        return None;
    }
    match skip_value(text, 0) {
        Some(end) => {
            out.message(&about.entry(), dir, &text[..end]);
            None
        }
        None => Waiting::message(about, dir, text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_taken_apart() {
        let line = of_editor(b"2026-07-24 02:03:14.089 [info] [a] b").unwrap();
        assert_eq!((line.level, line.text), (&b"info"[..], &b"[a] b"[..]));
        assert_eq!(line.micros % 1_000_000, 89_000);
        assert!(of_editor(b"2026-07-24T02:03:14.089 [info] a").is_none());
        assert!(of_editor(b"2026-07-24 02:03:14.089 [Not A Level] a").is_none());
        assert!(of_editor(b"2026-99-24 02:03:14.089 [info] a").is_none());
        let line = of_rust(b"2025-12-13T17:25:04-05:00 INFO  [a::b] c").unwrap();
        assert_eq!((line.level, line.text), (&b"INFO"[..], &b"[a::b] c"[..]));
        assert!(of_rust(b"2025-12-13T17:25:04-05:00 Hello [a] c").is_none());
        assert!(is_cut_stamp(b"2026-07-24 02:03:14.089 [in") && is_cut_stamp(b"[2026-07-24T0"));
        assert!(!is_cut_stamp(b"20 files") && !is_cut_stamp(b"  at x"));
        assert_eq!(milliseconds(b"12495ms"), Some(12_495));
        assert_eq!(milliseconds(b"1.5s"), Some(1_500));
        assert_eq!(milliseconds(b"soon"), None);
        assert_eq!(number(b"99999999999999999999"), None);
    }
}
