//! What to open when nothing was named: what runs now comes first, then the demo and the recordings on this machine.

use super::{Failure, look, out};
use crate::capture::live::{self, Running};
use crate::session::{SourceArg, size};
use crate::store::cases::{Id, Listed, Record, Shelf, Verdict};
use crate::store::seen::Seen;
use crate::store::sessions::{self, Details, Found, Looked, Looking};
use crate::text::Raw;
use crate::ui;
use crate::ui::overlay::{Columns, PickerEntry};
use std::collections::HashMap;
use std::path::PathBuf;
use std::time::{Duration, Instant, SystemTime};

/// What was chosen.
pub enum Choice {
    /// Everything that is recorded now, and what begins later.
    Live,
    Source(SourceArg),
    /// A case with all of its recordings.
    Case(Id),
}

/// How often it is looked what runs, while the list is shown.
const EVERY: Duration = Duration::from_millis(500);

/// The numbers of the first entries; recordings come behind them, each with a number that it keeps.
const LIVE: usize = 0;
const DEMO: usize = 1;
/// The number of the first case: more recordings are never offered.
const CASES: usize = 1 << 30;

/// Lets the person choose.
///
/// # Errors
/// Where there is no terminal to choose on.
pub fn source(look: &look::LookArgs) -> Result<Option<Choice>, Failure> {
    let mut listed = List::of_machine();
    let cases: Vec<Id> = listed.cases.iter().map(|one| one.id.clone()).collect();
    let mut numbers = Numbers::default();
    let mut seen = running();
    let first = entries(&seen, &listed, &mut numbers);
    let (sender, numbers_at_the_end) = std::sync::mpsc::channel();
    let chosen = ui::pick(first, look.options()?, |bell| {
        std::thread::spawn(move || {
            let _ = sender.send(numbers.paths.clone());
            loop {
                let more = listed.look();
                if !more {
                    std::thread::sleep(EVERY);
                }
                let now = running();
                if now == seen && !more {
                    continue;
                }
                let entries = entries(&now, &listed, &mut numbers);
                // The paths are there before anything of them can be chosen.
                let told = sender.send(numbers.paths.clone()).is_ok();
                if !told || !bell.offer(entries) {
                    return;
                }
                seen = now;
            }
        });
    });
    let chosen = match chosen {
        Ok(chosen) => chosen,
        Err(error) => {
            out::say(
                "plainsight: no SOURCE was named. Name a recording, or try `plainsight demo`.",
            );
            return Err(error.into());
        }
    };
    let paths = numbers_at_the_end.try_iter().last().unwrap_or_default();
    Ok(chosen.and_then(|number| match number {
        LIVE => Some(Choice::Live),
        DEMO => Some(Choice::Source(super::demo::source())),
        CASES.. => Some(Choice::Case(cases.get(number - CASES)?.clone())),
        number => {
            let path = paths.get(number - DEMO - 1)?;
            Some(Choice::Source(SourceArg::Path(path.clone())))
        }
    }))
}

fn running() -> Vec<Running> {
    live::folder().map_or_else(Vec::new, |folder| live::running(&folder))
}

/// The recordings on this machine, of which more and more is known.
struct List {
    found: Vec<Found>,
    /// Of the first ones; `None` for what is no recording after all.
    details: Vec<Option<Details>>,
    seen: Seen,
    rules: String,
    cases: Vec<Listed>,
}

impl List {
    fn of_machine() -> List {
        /// Most that are offered.
        const MOST: usize = 2_000;
        let mut found = sessions::find(&Looking::default());
        found.truncate(MOST);
        List {
            found,
            details: Vec::new(),
            seen: Seen::of_user(),
            rules: super::sessions::rules_version(),
            cases: cases(),
        }
    }

    /// Looks at the next few; `false` where all were looked at.
    fn look(&mut self) -> bool {
        /// What fits on a screen comes first.
        const STRETCH: usize = 48;
        const COUNTING: Duration = Duration::from_secs(1);
        let rest = &self.found[self.details.len()..];
        let stretch = &rest[..rest.len().min(STRETCH)];
        let looked = Looked {
            seen: &self.seen,
            rules: &self.rules,
            until: Some(Instant::now() + COUNTING),
        };
        let known = sessions::details(stretch, &looked);
        let any = !known.is_empty();
        self.details.extend(known);
        any
    }

    /// Each recording with what is known of it by now.
    fn entries(&self) -> impl Iterator<Item = (&Found, Option<&Details>)> {
        let known = |n: usize| self.details.get(n);
        let found = self.found.iter().enumerate();
        found.filter_map(move |(n, found)| match known(n) {
            Some(None) => None,
            Some(Some(details)) => Some((found, Some(details))),
            // Any file may lie in a folder of one's own.
            None if found.client == "here" => None,
            None => Some((found, None)),
        })
    }
}

/// The cases that were worked on last.
fn cases() -> Vec<Listed> {
    /// Most that are offered; `plainsight cases` lists all.
    const OFFERED: usize = 9;
    let mut listed = Shelf::of_user().map_or_else(Vec::new, |shelf| shelf.list());
    listed.retain(|one| one.record.is_ok());
    listed.truncate(OFFERED);
    listed
}

fn case(number: usize, record: &Record, now: SystemTime) -> PickerEntry {
    let sessions = match record.sources.len() {
        1 => "1 session".to_owned(),
        count => format!("{count} sessions"),
    };
    PickerEntry {
        number,
        running: false,
        title: format!("case: {}", Raw::from(record.name.as_str()).label(60)),
        note: format!(
            "{sessions} · {} open · {} confirmed · {}",
            record.left.open,
            record.count(Verdict::Confirmed),
            super::cases::age(now, record)
        ),
        columns: None,
    }
}

/// The number of each recording that was ever offered.
#[derive(Default)]
struct Numbers {
    paths: Vec<PathBuf>,
    of: HashMap<PathBuf, usize>,
}

impl Numbers {
    fn of(&mut self, path: &PathBuf) -> usize {
        if let Some(number) = self.of.get(path) {
            return *number;
        }
        let number = DEMO + 1 + self.paths.len();
        self.paths.push(path.clone());
        self.of.insert(path.clone(), number);
        number
    }
}

fn entries(running: &[Running], listed: &List, numbers: &mut Numbers) -> Vec<PickerEntry> {
    let now = SystemTime::now();
    let mut entries = Vec::new();
    if running.len() > 1 {
        entries.push(PickerEntry {
            number: LIVE,
            running: true,
            title: "everything that runs now".into(),
            note: format!(
                "live · {} servers, and those that start later",
                running.len()
            ),
            columns: None,
        });
    }
    entries.extend(running.iter().map(|one| PickerEntry {
        number: match running.len() {
            // One alone is followed in the same way, so that what starts later comes to it.
            1 => LIVE,
            _ => numbers.of(&one.recording),
        },
        running: true,
        title: Raw::new(one.label.as_bytes()).label(60),
        note: format!(
            "live · {} · since {}",
            if one.transport == "http" {
                "http"
            } else {
                "stdio"
            },
            since(now, &one.started)
        ),
        columns: None,
    }));
    entries.extend(listed.cases.iter().enumerate().filter_map(|(n, one)| {
        let record = one.record.as_ref().ok()?;
        Some(case(CASES + n, record, now))
    }));
    entries.push(PickerEntry {
        number: DEMO,
        running: false,
        title: "demo".into(),
        note: "a bundled incident: four servers, two attacks, an ordinary morning around them"
            .into(),
        columns: None,
    });
    let runs = |found: &Found| running.iter().any(|one| one.recording == found.path);
    let recordings = listed.entries().filter(|(found, _)| !runs(found));
    entries.extend(recordings.map(|(found, details)| {
        PickerEntry {
            number: numbers.of(&found.path),
            running: false,
            title: found.id.clone(),
            note: String::new(),
            columns: Some(Columns {
                client: found.keeper.to_owned(),
                project: details
                    .and_then(super::sessions::folder)
                    .unwrap_or_default(),
                age: super::sessions::age(now, found.modified),
                size: size(found.bytes),
                calls: details.map(super::sessions::calls).unwrap_or_default(),
                worst: details.map(super::sessions::worst).unwrap_or_default(),
                place: Raw::new(found.path.as_os_str().as_encoded_bytes()).label(400),
            }),
        }
    }));
    entries
}

/// When it began, as a person says it.
fn since(now: SystemTime, started: &str) -> String {
    match started.parse::<jiff::Timestamp>() {
        Ok(at) => super::sessions::age(now, at.into()),
        Err(_) => "an unknown time".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(label: &str) -> Running {
        Running {
            session: format!("{label}-1"),
            label: label.into(),
            recording: format!("/tmp/{label}.mcp.jsonl").into(),
            pid: 7,
            started: "2026-01-01T00:00:00Z".into(),
            transport: "stdio".into(),
            gate: None,
        }
    }

    fn none() -> List {
        List {
            found: Vec::new(),
            details: Vec::new(),
            seen: Seen::default(),
            rules: String::new(),
            cases: Vec::new(),
        }
    }

    fn titles(entries: &[PickerEntry]) -> Vec<&str> {
        entries.iter().map(|entry| entry.title.as_str()).collect()
    }

    #[test]
    fn what_runs_comes_first_and_keeps_its_number() {
        let mut numbers = Numbers::default();
        let one = entries(&[example("a")], &none(), &mut numbers);
        assert_eq!(titles(&one), ["a", "demo"]);
        assert_eq!(one[0].number, LIVE);
        let two = entries(&[example("a"), example("b")], &none(), &mut numbers);
        assert_eq!(titles(&two), ["everything that runs now", "a", "b", "demo"]);
        let later = entries(&[example("b"), example("c")], &none(), &mut numbers);
        assert_eq!(later[1].number, two[2].number);
        assert_eq!(numbers.paths.len(), 3);
    }

    #[test]
    fn a_label_of_a_server_cannot_reach_the_terminal_raw() {
        let entries = entries(&[example("a\u{1b}[2J")], &none(), &mut Numbers::default());
        assert!(!entries[0].title.contains('\u{1b}'), "{}", entries[0].title);
    }
}
