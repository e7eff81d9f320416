//! Command lines as a shell reads them: commands, words, substitutions, and where output goes.
//!
//! No more than is needed to say what would run. What a shell would refuse is read as far as it makes sense.

use std::ops::Range;

/// One command: a program and its words, quotes removed.
#[derive(Clone, Debug, PartialEq)]
pub struct Command {
    /// In the line, from its first word to its last.
    pub range: Range<usize>,
    pub words: Vec<String>,
    /// Inside a substitution.
    pub nested: bool,
}

/// A command line.
#[derive(Default, Debug)]
pub struct Line {
    /// In the order in which they begin; those of a substitution stand behind the command that holds it.
    pub commands: Vec<Command>,
    /// `$(…)`, `` `…` ``, `<(…)`, `>(…)`, outside single quotes, not inside each other.
    pub substitutions: Vec<Range<usize>>,
    /// Files that output is written to, quotes removed.
    pub writes: Vec<(Range<usize>, String)>,
}

/// Most commands of a line, and how deep substitutions are followed.
const MOST: usize = 256;
const DEEPEST: usize = 6;

/// Reads a command line.
pub fn read(text: &str) -> Line {
    let mut line = Line::default();
    Reader {
        text,
        at: 0,
        line: &mut line,
    }
    .commands(text.len(), 0);
    line
}

impl Command {
    /// The program's name without its folder, behind assignments and what only starts another program.
    pub fn program(&self) -> &str {
        self.own().first().map_or("", |word| base(word))
    }

    /// The words from the program on.
    pub fn own(&self) -> &[String] {
        const STARTERS: &[&str] = &[
            "sudo", "doas", "nohup", "time", "exec", "command", "builtin", "nice", "busybox",
            "env", "then", "do", "else", "if", "while", "until", "!", "{",
        ];
        let mut words = &self.words[..];
        while let [first, rest @ ..] = words {
            let assigns = first
                .split_once('=')
                .is_some_and(|(name, _)| is_name(name) && !rest.is_empty());
            let starts = STARTERS.contains(&base(first)) && !rest.is_empty();
            // `sudo -n x`: the options of what starts are not the program.
            let option = words.len() < self.words.len()
                && first.starts_with('-')
                && STARTERS.contains(&base(&self.words[self.words.len() - words.len() - 1]))
                && !rest.is_empty();
            if !assigns && !starts && !option {
                break;
            }
            words = rest;
        }
        words
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

fn base(word: &str) -> &str {
    word.rsplit(['/', '\\']).next().unwrap_or(word)
}

struct Reader<'t, 'l> {
    text: &'t str,
    at: usize,
    line: &'l mut Line,
}

/// What a word is for.
#[derive(Clone, Copy, PartialEq)]
enum Use {
    Word,
    Target,
    Input,
    HereDocument,
}

impl Reader<'_, '_> {
    /// Reads commands up to `end`.
    fn commands(&mut self, end: usize, depth: usize) {
        let mut words: Vec<String> = Vec::new();
        let mut range: Option<Range<usize>> = None;
        let mut next = Use::Word;
        let mut slot = self.line.commands.len();
        while self.at < end {
            let rest = &self.text[self.at..end];
            let c = rest.chars().next().unwrap_or(' ');
            match c {
                ';' | '|' | '\n' | '&' | '(' | ')' => {
                    if c == '&' && rest.starts_with("&>") {
                        self.at += 1;
                        continue;
                    }
                    self.close(&mut words, &mut range, slot, depth);
                    slot = self.line.commands.len();
                    next = Use::Word;
                    self.at += 1;
                }
                c if c.is_whitespace() => self.at += c.len_utf8(),
                '#' => self.at += rest.find('\n').unwrap_or(rest.len()),
                '<' if rest.starts_with("<<<") => (self.at, next) = (self.at + 3, Use::Input),
                '<' if rest.starts_with("<<") => {
                    self.at += if rest.starts_with("<<-") { 3 } else { 2 };
                    next = Use::HereDocument;
                }
                '<' if !rest.starts_with("<(") => (self.at, next) = (self.at + 1, Use::Input),
                '>' if !rest.starts_with(">(") => {
                    self.at += rest.len() - rest.trim_start_matches(['>', '|', '&']).len();
                    next = Use::Target;
                }
                _ => {
                    let start = self.at;
                    let word = self.word(end, depth);
                    let span = start..self.at;
                    match next {
                        Use::Word => {
                            range = Some(range.map_or(span.clone(), |r| r.start..span.end));
                            // `2>` names a stream, it is no word.
                            let stream = word.bytes().all(|b| b.is_ascii_digit())
                                && self.text[self.at..end].starts_with(['>', '<']);
                            if !stream {
                                words.extend(braces(word));
                            }
                        }
                        Use::Target => self.line.writes.push((span, word)),
                        Use::Input => {}
                        Use::HereDocument => self.skip_document(&word, end),
                    }
                    next = Use::Word;
                }
            }
        }
        self.close(&mut words, &mut range, slot, depth);
    }

    fn close(
        &mut self,
        words: &mut Vec<String>,
        range: &mut Option<Range<usize>>,
        slot: usize,
        depth: usize,
    ) {
        let words = std::mem::take(words);
        if let Some(range) = range.take()
            && self.line.commands.len() < MOST
            && !words.is_empty()
        {
            let slot = slot.min(self.line.commands.len());
            self.line.commands.insert(
                slot,
                Command {
                    range,
                    words,
                    nested: depth > 0,
                },
            );
        }
    }

    /// One word, with what its quotes hold.
    fn word(&mut self, end: usize, depth: usize) -> String {
        let mut word = String::new();
        let mut double = false;
        while self.at < end {
            let rest = &self.text[self.at..end];
            let Some(c) = rest.chars().next() else { break };
            match c {
                '\'' if !double => {
                    let inner = &rest[1..];
                    let close = inner.find('\'').unwrap_or(inner.len());
                    word.push_str(&inner[..close]);
                    self.at += (close + 2).min(rest.len());
                }
                '"' => {
                    double = !double;
                    self.at += 1;
                }
                '\\' => {
                    let escaped = rest[1..].chars().next();
                    word.extend(escaped.filter(|c| *c != '\n'));
                    self.at += 1 + escaped.map_or(0, char::len_utf8);
                }
                '`' => {
                    let close = rest[1..].find('`').map_or(rest.len(), |n| n + 2);
                    self.substitution(1, close, usize::from(close > 1), depth, &mut word);
                }
                '$' | '<' | '>' if rest[1..].starts_with('(') && (c == '$' || !double) => {
                    let close = closing(rest);
                    self.substitution(2, close, 1, depth, &mut word);
                }
                '$' if rest.starts_with("${IFS}") || rest.starts_with("$IFS") => {
                    word.push(' ');
                    self.at += if rest.starts_with("${") { 6 } else { 4 };
                }
                '$' if rest.starts_with("$@") || rest.starts_with("$*") => self.at += 2,
                c if !double && (c.is_whitespace() || ";|&()<>".contains(c)) => break,
                c => {
                    word.push(c);
                    self.at += c.len_utf8();
                }
            }
        }
        word
    }

    /// A substitution that begins here and is `len` bytes long: `open` and `shut` bytes are its marks.
    fn substitution(
        &mut self,
        open: usize,
        len: usize,
        shut: usize,
        depth: usize,
        word: &mut String,
    ) {
        let range = self.at..self.at + len;
        word.push_str(&self.text[range.clone()]);
        let inside = (range.start + open).min(range.end)..range.end.saturating_sub(shut);
        if depth == 0 {
            self.line.substitutions.push(range.clone());
        }
        if depth < DEEPEST && inside.start < inside.end && self.text.is_char_boundary(inside.end) {
            self.at = inside.start;
            self.commands(inside.end, depth + 1);
        }
        self.at = range.end;
    }

    /// Goes behind a here-document; what stands in it is data.
    fn skip_document(&mut self, mark: &str, end: usize) {
        let rest = &self.text[self.at..end];
        let mut at = rest.find('\n').map_or(rest.len(), |n| n + 1);
        let body = at;
        for line in rest[body..].split_inclusive('\n') {
            at += line.len();
            if line.trim() == mark {
                break;
            }
        }
        // What follows the mark on its own line still counts, so only the body is skipped when there is nothing.
        let tail = rest[..body].trim();
        self.at += if tail.is_empty() { at } else { 0 };
        if !tail.is_empty() {
            let line_end = self.at + body;
            self.commands(line_end.min(end), DEEPEST);
            self.at += at - body;
        }
    }
}

/// Length of the `$(…)` that the text begins with, quotes and nesting heeded.
fn closing(text: &str) -> usize {
    let (mut depth, mut quote, mut escaped) = (0usize, None, false);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            _ if escaped => escaped = false,
            (_, '\\') => escaped = true,
            (Some(q), c) if q == c => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    text.len()
}

/// `{cat,/etc/hosts}` is two words to a shell; so is what `${IFS}` parts.
fn braces(word: String) -> Vec<String> {
    let inner = word
        .strip_prefix('{')
        .and_then(|w| w.strip_suffix('}'))
        .filter(|w| w.contains(','));
    match inner {
        Some(inner) => inner.split(',').map(str::to_owned).collect(),
        None if word.contains(' ') && !word.trim().contains(' ') => vec![word.trim().to_owned()],
        None => vec![word],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        read(text)
            .commands
            .iter()
            .map(|c| c.words.join(" "))
            .collect()
    }

    #[test]
    fn reads_commands_and_their_words() {
        assert_eq!(words("ls; id"), ["ls", "id"]);
        assert_eq!(words("a 'b;c' \"d|e\" f\\;g && h"), ["a b;c d|e f;g", "h"]);
        assert_eq!(words("c'a't /etc/x"), ["cat /etc/x"]);
        assert_eq!(words("{cat,/etc/x}"), ["cat /etc/x"]);
        assert_eq!(
            words("make 2>&1 | tee log # all; of it"),
            ["make", "tee log"]
        );
        assert_eq!(words("FOO=1 sudo -n npm test"), ["FOO=1 sudo -n npm test"]);
        assert_eq!(
            read("FOO=1 sudo -n /usr/bin/npm test").commands[0].program(),
            "npm"
        );
    }

    #[test]
    fn finds_what_is_substituted() {
        let line = read("echo \"$(date)\" '$(id)' `who`");
        assert_eq!(line.substitutions, [6..13, 23..28]);
        let programs: Vec<&str> = line.commands.iter().map(Command::program).collect();
        assert_eq!(programs, ["echo", "date", "who"]);
        assert!(read("echo '$(date)'").substitutions.is_empty());
        assert_eq!(words("diff <(sort a) b")[1], "sort a");
    }

    #[test]
    fn finds_where_output_goes() {
        assert_eq!(
            read("echo x >> \"a b\"; y > c")
                .writes
                .iter()
                .map(|w| &w.1[..])
                .collect::<Vec<_>>(),
            ["a b", "c"]
        );
        assert!(read("cat <<EOF > f\nid; rm x\nEOF\n").commands.len() == 1);
        assert_eq!(read("cat <<EOF > f\nid\nEOF\n").writes.len(), 1);
    }

    #[test]
    fn ends_on_anything() {
        for text in [
            "'",
            "\"",
            "`",
            "$(",
            "<(",
            "a\\",
            "$(`\"",
            "${",
            "<<",
            ">",
            "((((",
            "é`é",
            "<<a b",
            "$($($($($($($($(a",
        ] {
            read(text);
        }
    }
}
