//! The themes there are: the built-in ones and the person's own.

use std::path::Path;

use super::parse::{Sheet, parse};
use super::{Look, Theme, ThemeError, Warning};

/// A file of `themes/` by its name.
macro_rules! builtin {
    ($($id:literal),* $(,)?) => {
        &[$(($id, include_str!(concat!("../../../themes/", $id, ".toml"))),)*]
    };
}

/// `themes/*.toml`, in the order in which they are offered.
pub(super) const BUILTIN: &[(&str, &str)] = builtin![
    "terminal",
    "ink-dark",
    "ink-light",
    "high-contrast-dark",
    "high-contrast-light",
    "colorblind-dark",
    "colorblind-light",
    "mono",
    "gruvbox-dark",
    "gruvbox-light",
    "solarized-dark",
    "solarized-light",
    "catppuccin-mocha",
    "catppuccin-latte",
];

/// The most that is read of a theme file; the built-in ones have 5 KB.
const LARGEST: u64 = 1 << 20;

/// All theme files that could be read.
#[derive(Clone, Debug)]
pub struct Shelf {
    sheets: Vec<Sheet>,
    pub warnings: Vec<Warning>,
}

impl Shelf {
    pub fn builtin() -> Shelf {
        let mut shelf = Shelf {
            sheets: Vec::new(),
            warnings: Vec::new(),
        };
        for (id, text) in BUILTIN {
            // `tests` reads every one of them.
            let _ = shelf.add(id, text, false);
        }
        shelf
    }

    /// The built-in themes and the `*.toml` files of a folder. A file with a built-in's name takes its place. A folder
    /// that is not there is no error; a file that cannot be read is left out and told.
    pub fn load(folder: &Path) -> (Shelf, Vec<ThemeError>) {
        let mut shelf = Shelf::builtin();
        let mut errors = Vec::new();
        let mut files: Vec<_> = match std::fs::read_dir(folder) {
            Ok(entries) => entries
                .filter_map(|entry| Some(entry.ok()?.path()))
                .collect(),
            Err(_) => Vec::new(),
        };
        files.retain(|path| {
            path.extension()
                .is_some_and(|extension| extension == "toml")
        });
        files.sort();
        for path in files {
            let id = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let read = read(&path)
                .map_err(|error| ThemeError::File(format!("{:?}", path), error.to_string()));
            errors.extend(read.and_then(|text| shelf.add(&id, &text, true)).err());
        }
        (shelf, errors)
    }

    /// What can be asked of [`Shelf::theme`], the built-in ones first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.sheets.iter().map(|sheet| sheet.id.as_str())
    }

    /// A theme with its parents taken in, and what in them could not be used.
    ///
    /// # Errors
    /// When there is no such theme, when a parent is missing, and when the parents form a circle.
    pub fn theme(&self, id: &str, look: Look) -> Result<(Theme, Vec<Warning>), ThemeError> {
        let first = self.sheet(id).ok_or_else(|| {
            let names: Vec<_> = self.names().collect();
            ThemeError::Unknown(id.to_owned(), names.join(", ").escape_debug().to_string())
        })?;
        let mut chain = vec![first];
        while let Some(parent) = &chain[chain.len() - 1].inherits {
            let child = chain[chain.len() - 1];
            let next = self
                .sheet(parent)
                .ok_or_else(|| ThemeError::Parent(child.id.clone(), parent.clone()))?;
            if chain.iter().any(|sheet| sheet.id == next.id) {
                let mut names: Vec<_> = chain.iter().map(|sheet| sheet.id.as_str()).collect();
                names.push(&next.id);
                return Err(ThemeError::Cycle(
                    names.join(" → ").escape_debug().to_string(),
                ));
            }
            chain.push(next);
        }
        // A theme of a person's own that names no parent still needs a style for every scope.
        if let Some(root) = self
            .sheet("terminal")
            .filter(|root| chain.iter().all(|sheet| sheet.id != root.id))
        {
            chain.push(root);
        }
        let (mut theme, warnings) = Theme::resolve(&chain, look);
        if first.own {
            let file = format!("{id}.toml");
            let own = self.warnings.iter().chain(&warnings);
            theme.notes = own
                .filter(|warning| warning.file == file)
                .map(Warning::to_string)
                .chain(Theme::resolve(&chain, Look::default()).0.faint())
                .collect();
        }
        Ok((theme, warnings))
    }

    fn sheet(&self, id: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.id == id)
    }

    /// Takes in the text of a theme file; `own` tells the person's own from the built-in ones.
    pub(super) fn add(&mut self, id: &str, text: &str, own: bool) -> Result<(), ThemeError> {
        let (mut sheet, warnings) = parse(id, text)?;
        sheet.own = own;
        self.warnings.extend(warnings);
        match self.sheets.iter_mut().find(|old| old.id == id) {
            Some(old) => *old = sheet,
            None => self.sheets.push(sheet),
        }
        Ok(())
    }
}

fn read(path: &Path) -> std::io::Result<String> {
    use std::io::Read;
    let mut text = String::new();
    std::fs::File::open(path)?
        .take(LARGEST)
        .read_to_string(&mut text)?;
    Ok(text)
}
