//! What is in recordings, as far as a list tells it. Only those that are shown are looked at, in parallel and for no
//! longer than a person would wait.

use super::super::seen::Seen;
use super::Found;
use super::project::project_of;
use super::walk::MOST_PACKED;
use crate::formats::{Class, Format};
use crate::session::load::{self, Options, lock_read};
use crate::session::recognise;
use crate::text::RawBuf;
use rayon::prelude::*;
use std::time::Instant;

/// Recordings that are longer are not read to count their calls.
const MOST_COUNTED: u64 = 8 << 20;

/// What is in a recording.
#[derive(Clone)]
pub struct Details {
    pub format: &'static Format,
    /// The folder that the session was about.
    pub project: Option<RawBuf>,
    /// `None` where nobody has counted them yet.
    pub calls: Option<u64>,
    /// The name of the worst severity that was found: empty where nothing was, `None` where it was not judged as it is.
    pub worst: Option<String>,
}

/// How far one looks.
#[derive(Clone, Copy, Debug)]
pub struct Looked<'a> {
    pub seen: &'a Seen,
    /// The version of the rules by which it would be judged now.
    pub rules: &'a str,
    /// Until when calls are counted; `None` for not at all.
    pub until: Option<Instant>,
}

/// The details of each, in the same order; `None` for what is no recording after all.
pub fn details(found: &[Found], looked: &Looked<'_>) -> Vec<Option<Details>> {
    found.par_iter().map(|one| of(one, looked)).collect()
}

fn of(found: &Found, looked: &Looked<'_>) -> Option<Details> {
    let known = recognise(&found.path, MOST_PACKED).ok()?;
    let format = known.detected.format?;
    let look = looked.seen.of(&found.path);
    let judged = look.filter(|look| look.rules == looked.rules);
    let calls = match look {
        Some(look) => Some(look.calls),
        None if !matches!(format.class, Class::WireComplete | Class::CallsOnly) => Some(0),
        None => calls(found, looked.until),
    };
    Some(Details {
        format,
        project: project_of(found, &known.head),
        calls,
        worst: judged.map(|look| look.worst.clone()),
    })
}

/// How many calls are in each, as far as there is time.
pub fn calls_of(found: &[&Found], until: Instant) -> Vec<Option<u64>> {
    let found = found.par_iter();
    found.map(|one| calls(one, Some(until))).collect()
}

fn calls(found: &Found, until: Option<Instant>) -> Option<u64> {
    if found.bytes > MOST_COUNTED || until.is_none_or(|until| Instant::now() >= until) {
        return None;
    }
    let options = Options {
        threads: 1,
        ..Options::default()
    };
    let session = load::whole(&[found.source()], options).ok()?;
    let calls = lock_read(&session).calls().len();
    Some(calls as u64)
}
