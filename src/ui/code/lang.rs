//! The languages that are told apart.

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lang {
    Shell,
    Sql,
    Python,
    JavaScript,
    TypeScript,
    Markdown,
    Diff,
    Html,
    Xml,
    Yaml,
    Toml,
    Json,
    Css,
    Rust,
    Go,
    C,
    Java,
    Ruby,
    Php,
}

/// Word on the screen, what syntect knows it by, endings of files, other words for it.
type Row = (
    Lang,
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

const TABLE: &[Row] = &[
    (
        Lang::Shell,
        "shell",
        "sh",
        &["sh", "bash", "zsh", "ksh"],
        &["bash", "sh", "zsh", "shell"],
    ),
    (
        Lang::Sql,
        "SQL",
        "sql",
        &["sql"],
        &["sql", "postgresql", "mysql", "sqlite"],
    ),
    (
        Lang::Python,
        "Python",
        "py",
        &["py", "pyi"],
        &["python", "py", "python3"],
    ),
    (
        Lang::JavaScript,
        "JavaScript",
        "js",
        &["js", "mjs", "cjs", "jsx"],
        &["javascript", "js", "node"],
    ),
    (
        Lang::TypeScript,
        "TypeScript",
        "ts",
        &["ts", "tsx", "mts"],
        &["typescript", "ts", "tsx"],
    ),
    (
        Lang::Markdown,
        "Markdown",
        "md",
        &["md", "markdown"],
        &["markdown", "md"],
    ),
    (
        Lang::Diff,
        "diff",
        "diff",
        &["diff", "patch"],
        &["diff", "patch"],
    ),
    (Lang::Html, "HTML", "html", &["html", "htm"], &["html"]),
    (
        Lang::Xml,
        "XML",
        "xml",
        &["xml", "svg", "xsd", "plist"],
        &["xml", "svg"],
    ),
    (
        Lang::Yaml,
        "YAML",
        "yaml",
        &["yaml", "yml"],
        &["yaml", "yml"],
    ),
    (Lang::Toml, "TOML", "toml", &["toml"], &["toml"]),
    (
        Lang::Json,
        "JSON",
        "json",
        &["json", "jsonl", "jsonc"],
        &["json"],
    ),
    (Lang::Css, "CSS", "css", &["css"], &["css"]),
    (Lang::Rust, "Rust", "rs", &["rs"], &["rust"]),
    (Lang::Go, "Go", "go", &["go"], &["go", "golang"]),
    (Lang::C, "C", "c", &["c", "h"], &["c"]),
    (Lang::Java, "Java", "java", &["java"], &["java"]),
    (Lang::Ruby, "Ruby", "rb", &["rb"], &["ruby"]),
    (Lang::Php, "PHP", "php", &["php"], &["php"]),
];

impl Lang {
    fn row(self) -> Option<&'static Row> {
        TABLE.iter().find(|row| row.0 == self)
    }

    /// What the screens call it.
    pub fn name(self) -> &'static str {
        self.row().map_or("", |row| row.1)
    }

    /// What syntect knows it by.
    pub fn token(self) -> &'static str {
        self.row().map_or("", |row| row.2)
    }

    /// By the ending of a file's name.
    pub fn of_ending(ending: &[u8]) -> Option<Lang> {
        let known = |row: &&Row| {
            row.3
                .iter()
                .any(|own| own.as_bytes().eq_ignore_ascii_case(ending))
        };
        TABLE.iter().find(known).map(|row| row.0)
    }

    /// By a word for it: of a fence in Markdown, of a parameter `language`.
    pub fn of_word(word: &[u8]) -> Option<Lang> {
        let known = |row: &&Row| {
            row.4
                .iter()
                .any(|own| own.as_bytes().eq_ignore_ascii_case(word))
        };
        TABLE.iter().find(known).map(|row| row.0)
    }

    /// By a media type.
    pub fn of_mime(mime: &[u8]) -> Option<Lang> {
        let mime = mime.split(|b| *b == b';').next()?.trim_ascii();
        let known = [
            (Lang::Json, &["application/json", "application/ld+json"][..]),
            (Lang::Html, &["text/html", "application/xhtml+xml"]),
            (Lang::Xml, &["application/xml", "text/xml", "image/svg+xml"]),
            (Lang::Markdown, &["text/markdown", "text/x-markdown"]),
            (
                Lang::Yaml,
                &["application/yaml", "text/yaml", "application/x-yaml"],
            ),
            (Lang::Toml, &["application/toml"]),
            (Lang::Css, &["text/css"]),
            (
                Lang::JavaScript,
                &["text/javascript", "application/javascript"],
            ),
            (Lang::Python, &["text/x-python"]),
            (Lang::Shell, &["application/x-sh", "text/x-shellscript"]),
            (Lang::Sql, &["application/sql", "text/x-sql"]),
            (Lang::Diff, &["text/x-diff", "text/x-patch"]),
        ];
        let same = |own: &&str| own.as_bytes().eq_ignore_ascii_case(mime);
        let known = known.iter().find(|(_, types)| types.iter().any(same));
        known.map(|(lang, _)| *lang)
    }
}
