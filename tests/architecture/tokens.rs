//! Rust sources as words, without their comments and literals.

/// A word, `::`, or a sign of one character. Comments and literals are left out.
pub struct Token {
    pub text: String,
    pub line: usize,
    /// Stands in an item under `#[cfg(test)]`.
    pub test: bool,
}

pub fn tokens(source: &str) -> Vec<Token> {
    let text: Vec<char> = source.chars().collect();
    let mut all = Vec::new();
    let (mut at, mut line) = (0, 1);
    while at < text.len() {
        let end = next(&text, at);
        let lexeme: String = text[at..end].iter().collect();
        let shown = lexeme == "::" || lexeme.chars().count() == 1 || is_word(&lexeme);
        if shown && !lexeme.trim().is_empty() && !lexeme.starts_with(['"', '\'']) {
            all.push(Token {
                text: lexeme.trim_start_matches("r#").to_string(),
                line,
                test: false,
            });
        }
        line += text[at..end].iter().filter(|c| **c == '\n').count();
        at = end;
    }
    mark_tests(&mut all);
    all
}

/// Where the lexeme that begins at `at` ends.
fn next(text: &[char], at: usize) -> usize {
    let rest = &text[at..];
    let is = |pattern: &str| {
        pattern
            .chars()
            .enumerate()
            .all(|(n, c)| rest.get(n) == Some(&c))
    };
    let find = |from: usize, pattern: &[char]| {
        (from..rest.len())
            .find(|n| rest[*n..].starts_with(pattern))
            .map_or(text.len(), |n| at + n + pattern.len())
    };
    let word = |c: &char| c.is_alphanumeric() || *c == '_';
    if is("//") {
        return find(0, &['\n']);
    }
    if is("/*") {
        let (mut depth, mut n) = (0, 0);
        while n < rest.len() {
            depth += match &rest[n..] {
                ['/', '*', ..] => 1,
                ['*', '/', ..] => -1,
                _ => {
                    n += 1;
                    continue;
                }
            };
            n += 2;
            if depth == 0 {
                break;
            }
        }
        return at + n.min(rest.len());
    }
    let prefix = rest
        .iter()
        .take_while(|c| matches!(c, 'b' | 'c' | 'r'))
        .count();
    if (1..=2).contains(&prefix) && rest[prefix - 1] == 'r' {
        let hashes = rest[prefix..].iter().take_while(|c| **c == '#').count();
        if rest.get(prefix + hashes) == Some(&'"') {
            let close: Vec<char> = std::iter::once('"').chain(vec!['#'; hashes]).collect();
            return find(prefix + hashes + 1, &close);
        }
        if hashes == 1 {
            let name = rest[prefix + 1..].iter().take_while(|c| word(c)).count();
            return at + prefix + 1 + name;
        }
    }
    match rest[0] {
        '"' => {
            let mut n = 1;
            while n < rest.len() && rest[n] != '"' {
                n += 1 + usize::from(rest[n] == '\\');
            }
            at + (n + 1).min(rest.len())
        }
        '\'' if rest.get(1) == Some(&'\\') => find(3, &['\'']),
        '\'' if rest.get(2) == Some(&'\'') => at + 3,
        // A lifetime or a label.
        '\'' => at + 1 + rest[1..].iter().take_while(|c| word(c)).count(),
        ':' if rest.get(1) == Some(&':') => at + 2,
        c if word(&c) => at + rest.iter().take_while(|c| word(c)).count(),
        _ => at + 1,
    }
}

/// Marks every item that stands under `#[cfg(test)]`.
fn mark_tests(tokens: &mut [Token]) {
    const CFG: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut n = 0;
    while n + CFG.len() <= tokens.len() {
        if !(0..CFG.len()).all(|k| tokens[n + k].text == CFG[k]) {
            n += 1;
            continue;
        }
        let mut depth = 0usize;
        for token in &mut tokens[n + CFG.len()..] {
            token.test = true;
            n += 1;
            match token.text.as_str() {
                "{" | "(" | "[" => depth += 1,
                ")" | "]" => depth = depth.saturating_sub(1),
                "}" if depth <= 1 => break,
                "}" => depth -= 1,
                ";" if depth == 0 => break,
                _ => {}
            }
        }
        n += CFG.len();
    }
}

pub fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}
