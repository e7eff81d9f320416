//! JSON with line breaks, for reading.

use super::{skip_space, skip_string};

/// JSON with its parts on lines of their own, every token as it was written; `None` for what is no strict JSON.
pub fn indented(bytes: &[u8]) -> Option<Vec<u8>> {
    serde_json::from_slice::<&serde_json::value::RawValue>(bytes).ok()?;
    Some(spaced(bytes))
}

/// JSON with line breaks and indents, every token as it was written.
fn spaced(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() * 2);
    let (mut depth, mut at) = (0usize, 0);
    let line = |out: &mut Vec<u8>, depth: usize| {
        out.push(b'\n');
        out.resize(out.len() + depth.min(40) * 2, b' ');
    };
    while at < bytes.len() {
        let byte = bytes[at];
        match byte {
            b'"' => {
                let end = skip_string(bytes, at)
                    .map_or(bytes.len(), |(end, _)| end)
                    .clamp(at + 1, bytes.len());
                out.extend_from_slice(&bytes[at..end]);
                at = end;
                continue;
            }
            b'{' | b'[' => {
                out.push(byte);
                let close = skip_space(bytes, at + 1);
                if matches!(bytes.get(close), Some(b'}' | b']')) {
                    out.push(bytes[close]);
                    at = close;
                } else {
                    depth += 1;
                    line(&mut out, depth);
                }
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                line(&mut out, depth);
                out.push(byte);
            }
            b',' => {
                out.push(byte);
                line(&mut out, depth);
            }
            b':' => out.extend_from_slice(b": "),
            b' ' | b'\t' | b'\n' | b'\r' => {}
            _ => out.push(byte),
        }
        at += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spacing_keeps_every_token() {
        let spaced = spaced(br#"{"a":[1,2],"b":{},"c":"x, {y}"}"#);
        assert_eq!(
            String::from_utf8_lossy(&spaced),
            "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {},\n  \"c\": \"x, {y}\"\n}"
        );
    }
}
