//! What is told of a process that takes part.

use super::recorder::lossy_text;
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;

/// Its number, and its name, program and script where the system tells them.
pub fn facts(pid: u32) -> Value {
    let folder = PathBuf::from(format!("/proc/{pid}"));
    let name = match fs::read(folder.join("comm")) {
        Ok(name) => lossy_text(name.trim_ascii_end()),
        Err(_) => return json!({"pid": pid}),
    };
    let exe = fs::read_link(folder.join("exe")).ok();
    let words = fs::read(folder.join("cmdline")).unwrap_or_default();
    json!({
        "pid": pid,
        "name": name,
        "exe": exe.map(|path| lossy_text(path.as_os_str().as_encoded_bytes())),
        "script": script(&name, &words),
    })
}

/// What an interpreter runs, from the words of its command line. The rest of them is no business of ours: there may be
/// secrets in it.
fn script(name: &str, words: &[u8]) -> Option<String> {
    const INTERPRETERS: &[&str] = &["node", "bun", "deno", "python", "ruby"];
    const ENDS: &[&str] = &[".js", ".mjs", ".cjs", ".ts", ".mts", ".py", ".rb"];
    if !INTERPRETERS.iter().any(|known| name.starts_with(known)) {
        return None;
    }
    let word = words
        .split(|byte| *byte == 0)
        .skip(1)
        .find(|word| !word.starts_with(b"-"))?;
    let is_script = |end: &&str| word.ends_with(end.as_bytes());
    (ENDS.iter().any(is_script) || word.starts_with(b"/")).then(|| lossy_text(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_an_interpreter_runs_is_told() {
        let script = |name, words: &str| script(name, words.replace(' ', "\0").as_bytes());
        assert_eq!(
            script("node", "node client.mjs /x tap"),
            Some("client.mjs".into())
        );
        assert_eq!(
            script("python3.12", "python3 -u /opt/a b"),
            Some("/opt/a".into())
        );
        assert_eq!(script("node", "node eval secret"), None);
        assert_eq!(script("claude", "claude /secret"), None);
        assert_eq!(script("node", "node"), None);
    }
}
