//! A theme file, read. What cannot be used is a warning and the rest is kept: a typing error in a theme must not keep a
//! person from their session.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use ratatui::style::Modifier;
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use unicode_width::UnicodeWidthStr;

use super::color::Paint;
use super::{Glyph, Mode, Scope, ThemeError};

/// What one file says, before its parent's part is taken in.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sheet {
    /// The file's name without `.toml`: what other files inherit from and what a person types.
    pub id: String,
    pub name: String,
    pub mode: Mode,
    pub inherits: Option<String>,
    pub palette: BTreeMap<String, Paint>,
    pub styles: BTreeMap<String, Spec>,
    /// The sign and its ASCII twin.
    pub glyphs: BTreeMap<String, (String, String)>,
    /// It is a file of the person's own.
    pub own: bool,
}

/// A style by the names of its colours.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Spec {
    pub fg: Option<String>,
    pub bg: Option<String>,
    pub modifiers: Modifier,
    /// Added where no colour may be shown.
    pub nocolor: Modifier,
    pub line: usize,
}

/// Something in a theme file that is not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The file's name.
    pub file: String,
    /// Its line, from 1.
    pub line: usize,
    pub key: String,
    pub what: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Warning {
            file,
            line,
            key,
            what,
        } = self;
        write!(
            f,
            "{}, line {line}: `{}` {what}.",
            file.escape_debug(),
            key.escape_debug()
        )
    }
}

type Value<'a> = Spanned<DeValue<'a>>;

/// Reads the text of the file `id.toml`.
///
/// # Errors
/// When it is no TOML at all.
pub(super) fn parse(id: &str, text: &str) -> Result<(Sheet, Vec<Warning>), ThemeError> {
    let root = DeTable::parse(text).map_err(|error| ThemeError::Syntax {
        file: format!("{}.toml", id.escape_debug()),
        line: line_of(text, error.span().unwrap_or_default()),
        what: error.message().escape_debug().to_string(),
    })?;
    let mut reader = Reader {
        file: format!("{id}.toml"),
        text,
        warnings: Vec::new(),
    };
    let mut sheet = Sheet {
        id: id.to_owned(),
        name: id.to_owned(),
        mode: Mode::Any,
        inherits: None,
        palette: BTreeMap::new(),
        styles: BTreeMap::new(),
        glyphs: BTreeMap::new(),
        own: false,
    };
    for (key, value) in root.get_ref() {
        let name = key.get_ref().as_ref();
        match name {
            "name" => reader
                .string(name, value)
                .into_iter()
                .for_each(|s| sheet.name = s),
            "inherits" => sheet.inherits = reader.string(name, value),
            "mode" => match value.get_ref().as_str().and_then(Mode::parse) {
                Some(mode) => sheet.mode = mode,
                None => reader.warn(name, value.span(), "must be \"dark\", \"light\" or \"any\""),
            },
            "palette" => reader.each(name, value, |reader, name, value| {
                if let Some(paint) = reader.paint(name, value) {
                    sheet.palette.insert(name.to_owned(), paint);
                }
            }),
            "style" => reader.each(name, value, |reader, name, value| {
                if !is_scope(name) {
                    reader.warn(name, value.span(), "is not a scope of plainsight");
                } else if let Some(spec) = reader.spec(name, value) {
                    sheet.styles.insert(name.to_owned(), spec);
                }
            }),
            "glyph" => reader.each(name, value, |reader, name, value| {
                if let Some(pair) = reader.glyph(name, value) {
                    sheet.glyphs.insert(name.to_owned(), pair);
                }
            }),
            _ => reader.warn(name, key.span(), "is not known in a theme"),
        }
    }
    Ok((sheet, reader.warnings))
}

/// A scope's whole name, or the left part of one.
fn is_scope(name: &str) -> bool {
    Scope::ALL.iter().any(|scope| {
        scope
            .name()
            .strip_prefix(name)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

/// The line, from 1, in which a span begins.
fn line_of(text: &str, span: Range<usize>) -> usize {
    1 + text
        .bytes()
        .take(span.start)
        .filter(|&b| b == b'\n')
        .count()
}

struct Reader<'t> {
    file: String,
    text: &'t str,
    warnings: Vec<Warning>,
}

impl Reader<'_> {
    fn warn(&mut self, key: &str, span: Range<usize>, what: impl Into<String>) {
        let line = line_of(self.text, span);
        self.warnings.push(Warning {
            file: self.file.clone(),
            line,
            key: key.to_owned(),
            what: what.into(),
        });
    }

    fn each(
        &mut self,
        key: &str,
        value: &Value<'_>,
        mut take: impl FnMut(&mut Self, &str, &Value<'_>),
    ) {
        match value.get_ref() {
            DeValue::Table(table) => table
                .iter()
                .for_each(|(key, value)| take(self, key.get_ref(), value)),
            _ => self.warn(key, value.span(), "must be a table"),
        }
    }

    fn string(&mut self, key: &str, value: &Value<'_>) -> Option<String> {
        let text = value.get_ref().as_str().map(str::to_owned);
        if text.is_none() {
            self.warn(key, value.span(), "must be a text in quotes");
        }
        text
    }

    fn paint(&mut self, key: &str, value: &Value<'_>) -> Option<Paint> {
        let paint = match value.get_ref() {
            DeValue::String(text) => Paint::parse(text),
            DeValue::Table(table) => {
                let part = |name: &str| {
                    table
                        .get(name)
                        .and_then(|value| Paint::parse(value.get_ref().as_str()?))
                };
                self.only(key, table, &["rgb", "ansi"]);
                part("rgb").map(|rgb| Paint {
                    ansi: part("ansi").map_or(rgb.ansi, |paint| paint.ansi),
                    ..rgb
                })
            }
            _ => None,
        };
        if paint.is_none() {
            self.warn(
                key,
                value.span(),
                "must be \"default\", \"#rrggbb\" or the name of an ANSI colour",
            );
        }
        paint
    }

    fn spec(&mut self, key: &str, value: &Value<'_>) -> Option<Spec> {
        let line = line_of(self.text, value.span());
        match value.get_ref() {
            DeValue::String(fg) => Some(Spec {
                fg: Some(fg.to_string()),
                line,
                ..Spec::default()
            }),
            DeValue::Table(table) => {
                self.only(key, table, &["fg", "bg", "mod", "nocolor"]);
                let fg = table.get("fg").and_then(|value| self.string(key, value));
                let bg = table.get("bg").and_then(|value| self.string(key, value));
                let modifiers = table
                    .get("mod")
                    .map_or(Modifier::empty(), |value| self.modifiers(key, value));
                let nocolor = table
                    .get("nocolor")
                    .map_or(Modifier::empty(), |value| self.modifiers(key, value));
                Some(Spec {
                    fg,
                    bg,
                    modifiers,
                    nocolor,
                    line,
                })
            }
            _ => {
                self.warn(
                    key,
                    value.span(),
                    "must be a colour or a table of fg, bg, mod and nocolor",
                );
                None
            }
        }
    }

    fn only(&mut self, key: &str, table: &DeTable<'_>, known: &[&str]) {
        for part in table
            .keys()
            .filter(|part| !known.contains(&part.get_ref().as_ref()))
        {
            self.warn(
                &format!("{key}.{}", part.get_ref()),
                part.span(),
                "is not known here",
            );
        }
    }

    fn modifiers(&mut self, key: &str, value: &Value<'_>) -> Modifier {
        let mut modifiers = Modifier::empty();
        let Some(names) = value.get_ref().as_array() else {
            self.warn(key, value.span(), "must list its modifiers in brackets");
            return modifiers;
        };
        for name in names.iter() {
            modifiers |= match name.get_ref().as_str() {
                Some("bold") => Modifier::BOLD,
                Some("dim") => Modifier::DIM,
                Some("italic") => Modifier::ITALIC,
                Some("underlined") => Modifier::UNDERLINED,
                Some("reversed") => Modifier::REVERSED,
                Some("crossed-out") => Modifier::CROSSED_OUT,
                _ => {
                    let known = "has a modifier that is none of bold, dim, italic, underlined, reversed, crossed-out";
                    self.warn(key, name.span(), known);
                    continue;
                }
            };
        }
        modifiers
    }

    fn glyph(&mut self, key: &str, value: &Value<'_>) -> Option<(String, String)> {
        if !Glyph::ALL.iter().any(|glyph| glyph.name() == key) {
            self.warn(key, value.span(), "is not a glyph of plainsight");
            return None;
        }
        let parts = value.get_ref().as_array().map(|array| {
            array
                .iter()
                .map(|v| v.get_ref().as_str())
                .collect::<Vec<_>>()
        });
        match parts.as_deref() {
            Some([Some(sign), Some(twin)])
                if one_cell(sign) && one_cell(twin) && twin.is_ascii() =>
            {
                Some(((*sign).to_owned(), (*twin).to_owned()))
            }
            _ => {
                self.warn(
                    key,
                    value.span(),
                    "must be a sign and its ASCII twin, each one cell wide",
                );
                None
            }
        }
    }
}

/// One character, seen, and one cell wide: what comes into a cell is written to the terminal as it is.
fn one_cell(sign: &str) -> bool {
    sign.chars().count() == 1 && sign.width() == 1 && !sign.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn warnings(text: &str) -> Vec<String> {
        parse("mine", text)
            .unwrap()
            .1
            .iter()
            .map(Warning::to_string)
            .collect()
    }

    #[test]
    fn all_parts_are_read() {
        let text = "name = \"Mine\"\nmode = \"light\"\ninherits = \"terminal\"\n[palette]\nink = { rgb = \"#102030\", ansi = \"blue\" }\n\
                    [style]\n\"ui.select\" = { bg = \"ink\", mod = [\"bold\"], nocolor = [\"reversed\"] }\n\"ui\" = \"ink\"\n\
                    [glyph]\n\"risk.high\" = [\"▲\", \"!\"]\n";
        let (sheet, warnings) = parse("mine", text).unwrap();
        assert_eq!(warnings, []);
        assert_eq!(
            (sheet.name.as_str(), sheet.mode, sheet.inherits.as_deref()),
            ("Mine", Mode::Light, Some("terminal"))
        );
        assert_eq!(sheet.palette["ink"].rgb, Some((0x10, 0x20, 0x30)));
        let select = &sheet.styles["ui.select"];
        assert_eq!(
            (select.bg.as_deref(), select.modifiers, select.nocolor),
            (Some("ink"), Modifier::BOLD, Modifier::REVERSED)
        );
        assert_eq!(select.line, 7);
        assert_eq!(sheet.glyphs["risk.high"], ("▲".to_owned(), "!".to_owned()));
    }

    #[test]
    fn what_is_not_known_is_named_with_its_line() {
        assert_eq!(
            warnings("nmae = \"x\"\n"),
            ["mine.toml, line 1: `nmae` is not known in a theme."]
        );
        assert_eq!(
            warnings("[style]\n\"ui.text\" = \"ink\"\n\"ui.bordr\" = \"ink\"\n"),
            ["mine.toml, line 3: `ui.bordr` is not a scope of plainsight."]
        );
        assert_eq!(
            warnings("[style]\n\n\"ui.text\" = { fgg = \"ink\" }\n"),
            ["mine.toml, line 3: `ui.text.fgg` is not known here."]
        );
    }

    #[test]
    fn values_that_cannot_be_used_are_warnings() {
        for text in [
            "mode = \"dusk\"",
            "name = 3",
            "palette = 1",
            "[palette]\nink = \"pink\"",
            "[palette]\nink = { ansi = \"red\" }",
            "[style]\n\"ui.text\" = 1",
            "[style]\n\"ui.text\" = { mod = \"bold\" }",
            "[style]\n\"ui.text\" = { mod = [\"bolder\"] }",
            "[glyph]\n\"risk.high\" = \"▲\"",
            "[glyph]\n\"risk.high\" = [\"高\", \"!\"]",
            "[glyph]\n\"risk.high\" = [\"\\u001b\", \"!\"]",
            "[glyph]\n\"risk.high\" = [\"▲\", \"▲\"]",
            "[glyph]\n\"risk.tall\" = [\"▲\", \"!\"]",
            "[syntax]\ntheme = \"x\"",
        ] {
            assert_eq!(warnings(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn what_is_no_toml_is_an_error_with_its_line() {
        let error = parse("mine", "name = \"x\"\nmode = \n")
            .unwrap_err()
            .to_string();
        assert!(
            error.starts_with("the theme file mine.toml cannot be read at line 2: "),
            "{error}"
        );
    }
}
