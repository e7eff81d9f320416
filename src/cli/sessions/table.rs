//! Recordings as rows of a table, and as JSON.

use super::Listed;
use crate::session::size;
use crate::store::sessions::Details;
use crate::text::{Raw, elide, json_string, width};
use std::io::{self, Write};
use std::time::SystemTime;

/// Widest columns, in cells.
const ID: usize = 44;
const PROJECT: usize = 28;

/// A table of the columns that `plainsight sessions` has.
pub fn rows(listed: &[Listed], now: SystemTime, out: &mut dyn Write) -> io::Result<()> {
    let mut cells: Vec<[String; 7]> =
        vec![["id", "client", "project", "age", "size", "calls", "worst"].map(str::to_owned)];
    cells.extend(listed.iter().map(|one| row(one, now)));
    if cells.len() == 1 {
        return Ok(());
    }
    let wide: [usize; 7] = std::array::from_fn(|n| {
        let widths = cells.iter().map(|row| width(&row[n]));
        widths.max().unwrap_or(0)
    });
    for row in &cells {
        let mut line = String::new();
        for (n, cell) in row.iter().enumerate() {
            let pad = " ".repeat(wide[n].saturating_sub(width(cell)));
            // Numbers stand at the right.
            match matches!(n, 3..=5) {
                true => line.extend([&pad, cell, "  "]),
                false => line.extend([cell, pad.as_str(), "  "]),
            }
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

fn row(one: &Listed, now: SystemTime) -> [String; 7] {
    let project = folder(&one.details).unwrap_or_default();
    [
        one.found.id.clone(),
        one.found.keeper.to_owned(),
        short(&project, PROJECT),
        match one.running {
            true => "running".to_owned(),
            false => age(now, one.found.modified),
        },
        size(one.found.bytes),
        calls(&one.details),
        worst(&one.details),
    ]
    .map(|cell| elide(&cell, ID.max(PROJECT) + 24))
}

/// The end of a path, which says the most.
pub fn short(path: &str, most: usize) -> String {
    let count = path.chars().count();
    match width(path) > most {
        true => {
            let end: String = path.chars().skip(count.saturating_sub(most - 1)).collect();
            format!("…{end}")
        }
        false => path.to_owned(),
    }
}

/// The folder that a session was about, safe to print, with `~` for the home folder.
pub fn folder(details: &Details) -> Option<String> {
    let folder = details.project.as_ref()?.as_raw().label(300);
    let home = etcetera::home_dir().ok();
    let home = home.map(|home| Raw::new(home.as_os_str().as_encoded_bytes()).label(300));
    let inner = home.and_then(|home| folder.strip_prefix(&home).map(str::to_owned));
    Some(match inner {
        Some(inner) if inner.is_empty() || inner.starts_with(['/', '\\']) => format!("~{inner}"),
        _ => folder,
    })
}

/// `?` where nobody has counted.
pub fn calls(details: &Details) -> String {
    details
        .calls
        .map_or_else(|| "?".to_owned(), |calls| calls.to_string())
}

/// `-` where it was judged and nothing was found; nothing where it was not judged.
pub fn worst(details: &Details) -> String {
    match details.worst.as_deref() {
        Some("") => "-".to_owned(),
        Some(worst) => worst.to_owned(),
        None => String::new(),
    }
}

pub fn json(one: &Listed, out: &mut dyn Write) -> io::Result<()> {
    let mut path = String::new();
    json_string(
        Raw::new(one.found.path.as_os_str().as_encoded_bytes()),
        &mut path,
    );
    let mut project = String::from("null");
    if let Some(folder) = &one.details.project {
        project.clear();
        json_string(folder.as_raw(), &mut project);
    }
    let modified = jiff::Timestamp::try_from(one.found.modified)
        .map(|t| t.to_string())
        .unwrap_or_default();
    let text = |text: &str| serde_json::Value::from(text);
    let worst = one.details.worst.as_deref().map(|worst| match worst {
        "" => "none",
        worst => worst,
    });
    writeln!(
        out,
        r#"{{"id":{},"path":{path},"keeper":{},"client":{},"project":{project},"format":{},"class":{},"bytes":{},"modified":"{modified}","running":{},"calls":{},"worst":{}}}"#,
        text(&one.found.id),
        text(one.found.keeper),
        text(one.found.client),
        text(one.details.format.id),
        text(one.details.format.class.name()),
        one.found.bytes,
        one.running,
        serde_json::Value::from(one.details.calls),
        serde_json::Value::from(worst),
    )
}

/// How long ago: `now`, `5 min ago`, `3 h ago`, `12 d ago`.
pub fn age(now: SystemTime, then: SystemTime) -> String {
    let seconds = now.duration_since(then).map_or(0, |age| age.as_secs());
    match seconds {
        0..60 => "now".into(),
        60..3600 => format!("{} min ago", seconds / 60),
        3600..86_400 => format!("{} h ago", seconds / 3600),
        _ => format!("{} d ago", seconds / 86_400),
    }
}
