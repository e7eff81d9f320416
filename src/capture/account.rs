//! The names of accounts.

use super::recorder::lossy_text;

/// The name of the account with that number; `None` where the system's own list does not have it.
pub fn name(uid: u32) -> Option<String> {
    named(uid, &std::fs::read("/etc/passwd").ok()?)
}

/// In a list of `name:password:uid:…` lines.
fn named(uid: u32, list: &[u8]) -> Option<String> {
    let uid = uid.to_string();
    list.split(|byte| *byte == b'\n')
        .map(|line| line.split(|byte| *byte == b':'))
        .find_map(|mut fields| {
            let name = fields.next()?;
            (fields.nth(1)? == uid.as_bytes()).then(|| lossy_text(name))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_found_by_their_number() {
        let list = b"root:x:0:0:root:/root:/bin/sh\n# none\nada:x:1000:1000::/home/ada:/bin/sh\n";
        assert_eq!(named(1000, list), Some("ada".into()));
        assert_eq!(named(0, list), Some("root".into()));
        assert_eq!(named(100, list), None);
    }
}
