//! What a person's settings made of the findings: what is not told, what stands with another severity, and by whom.
//! Nothing is lowered or left out without a word here.

use super::Report;
use super::json::Json;
use crate::analysis::{Finding, Settings, Silencer, Suppressed};
use crate::text::Raw;
use std::collections::{BTreeMap, HashSet};
use std::io::{self, Write};

/// One sentence a fact, for people; none where nothing was set.
pub fn sentences(report: &Report<'_>) -> Vec<String> {
    let settings = report.findings.settings();
    let mut told = Vec::new();
    let own = settings.packs.own().count();
    if own > 0 {
        let rules = if own == 1 { "rule" } else { "rules" };
        told.push(format!("{own} {rules} of your own looked, too."));
    }
    if let Some(policy) = &settings.policy {
        told.push(format!(
            "Every server, call and definition was held against the policy {}.",
            policy.file
        ));
    }
    let mut by: BTreeMap<String, (Silencer, u64)> = BTreeMap::new();
    for one in report.suppressed() {
        let (_, at) = settings.silenced_by(one.by);
        let entry = by.entry(at.to_owned()).or_insert((one.by, 0));
        entry.1 += 1;
    }
    let all: u64 = by.values().map(|(_, n)| n).sum();
    if all > 0 {
        told.push(format!("{} suppressed:", findings(all)));
    }
    for (at, (by, n)) in &by {
        let (reason, _) = settings.silenced_by(*by);
        let until = match by {
            Silencer::Suppression(n) => settings.suppressions[*n].until,
            Silencer::Level(_) => None,
        };
        let until = until.map_or(String::new(), |day| format!(", until {day}"));
        told.push(format!("  {n} by {at}{until}: {}", shown(reason)));
    }
    for (level, n) in leveled(report) {
        let level = &settings.levels[level];
        told.push(format!(
            "{} with the severity that {} sets for `{}`: {}.",
            stand(n),
            level.at,
            shown(level.rule.as_str()),
            level.word()
        ));
    }
    told.extend(idle(settings));
    told.extend(settings.notes.iter().cloned());
    told
}

/// Suppressions that do not apply any more.
fn idle(settings: &Settings) -> impl Iterator<Item = String> {
    let expired = settings.suppressions.iter().filter(|s| s.expired);
    expired.map(|s| {
        let day = s.until.map_or(String::new(), |day| format!(" on {day}"));
        format!(
            "The suppression at {} ({}) expired{day} and does not apply: take it out, or look again and set a new day.",
            s.at,
            s.about()
        )
    })
}

/// Places in [`Settings::levels`], each with how many of the findings that are told stand by it.
fn leveled(report: &Report<'_>) -> BTreeMap<usize, u64> {
    let mut levels = BTreeMap::new();
    let told: HashSet<usize> = report.places().iter().copied().collect();
    for (place, level) in report.findings.leveled() {
        if told.contains(&place) {
            *levels.entry(level).or_default() += 1;
        }
    }
    levels
}

fn findings(n: u64) -> String {
    if n == 1 {
        "1 finding".into()
    } else {
        format!("{n} findings")
    }
}

fn stand(n: u64) -> String {
    let verb = if n == 1 { "stands" } else { "stand" };
    format!("{} {verb}", findings(n))
}

fn shown(text: &str) -> String {
    Raw::from(text).label(200)
}

/// The sentences under a heading of their own.
pub fn text(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let told = sentences(report);
    if !told.is_empty() {
        writeln!(out, "What was set for this analysis:")?;
    }
    told.iter()
        .try_for_each(|sentence| writeln!(out, "  {sentence}"))
}

/// `policy`, `suppressed`, `suppressions`, `severities` and `notes`.
pub fn json(report: &Report<'_>, json: &mut Json<'_>) -> io::Result<()> {
    let settings = report.findings.settings();
    match &settings.policy {
        Some(policy) => json.text("policy", &policy.file)?,
        None => json.plain("policy", "null")?,
    }
    json.open(Some("suppressed"), '[')?;
    for one in report.suppressed() {
        suppressed(report, one, json)?;
    }
    json.close(']')?;
    json.open(Some("suppressions"), '[')?;
    for (n, entry) in settings.suppressions.iter().enumerate() {
        let found = report.suppressed();
        let found = found
            .filter(|one| one.by == Silencer::Suppression(n))
            .count();
        json.open(None, '{')?;
        json.text("at", &entry.at)?;
        json.text("about", &entry.about())?;
        json.text("reason", &entry.reason)?;
        day(json, entry.until)?;
        json.plain("expired", if entry.expired { "true" } else { "false" })?;
        json.number("findings", found as u64)?;
        json.close('}')?;
    }
    json.close(']')?;
    let stand = leveled(report);
    json.open(Some("severities"), '[')?;
    for (n, level) in settings.levels.iter().enumerate() {
        let off = report
            .suppressed()
            .filter(|one| one.by == Silencer::Level(n))
            .count();
        json.open(None, '{')?;
        json.text("rule", level.rule.as_str())?;
        json.text("to", level.word())?;
        json.text("at", &level.at)?;
        json.number("findings", stand.get(&n).copied().unwrap_or(0) + off as u64)?;
        json.close('}')?;
    }
    json.close(']')?;
    json.open(Some("notes"), '[')?;
    for note in &settings.notes {
        json.item(note)?;
    }
    json.close(']')
}

fn suppressed(report: &Report<'_>, one: &Suppressed, json: &mut Json<'_>) -> io::Result<()> {
    let Finding {
        id,
        rule,
        severity,
        title,
        count,
        ..
    } = &one.finding;
    let settings = report.findings.settings();
    let (reason, at) = settings.silenced_by(one.by);
    json.open(None, '{')?;
    json.text("id", id)?;
    json.text("rule", rule.id)?;
    json.text("title", title)?;
    json.text("severity", severity.name())?;
    super::json::whose(report.session, &one.finding, json)?;
    json.number("count", u64::from(*count))?;
    json.text("reason", reason)?;
    day(
        json,
        match one.by {
            Silencer::Suppression(n) => settings.suppressions[n].until,
            Silencer::Level(_) => None,
        },
    )?;
    json.text("by", at)?;
    json.close('}')
}

fn day(json: &mut Json<'_>, day: Option<jiff::civil::Date>) -> io::Result<()> {
    match day {
        Some(day) => json.text("until", &day.to_string()),
        None => json.plain("until", "null"),
    }
}
