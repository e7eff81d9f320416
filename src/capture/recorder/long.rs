//! Entries whose body was put aside in a file.

use super::body::{self, Escape, Reflow, Shape, base64};
use super::output::Output;
use std::fs::File;
use std::io;

/// Bytes that are gathered before they are written.
const GATHER: usize = 256 << 10;

/// Writes a line whose body is in a file, in pieces.
pub fn long(
    output: &mut Output,
    mut gathered: Vec<u8>,
    file: &File,
    len: u64,
    shape: Shape,
) -> io::Result<()> {
    let mut pieces = |key: &[u8], give: &mut dyn FnMut(&[u8], &mut Vec<u8>)| {
        gathered.extend_from_slice(key);
        body::pieces(file, len, &mut |piece| {
            give(piece, &mut gathered);
            if gathered.len() >= GATHER {
                output.append(&gathered)?;
                gathered.clear();
            }
            Ok(())
        })
    };
    match shape {
        Shape::Json => pieces(b",\"raw\":", &mut |piece, out| {
            out.extend_from_slice(piece);
        })?,
        Shape::JsonLines => {
            let mut reflow = Reflow::default();
            pieces(b",\"raw\":", &mut |piece, out| reflow.piece(piece, out))?;
        }
        Shape::Text | Shape::Bytes => {
            let mut escape = Escape::default();
            pieces(b",\"text\":\"", &mut |piece, out| escape.piece(piece, out))?;
            let mut rest = Vec::new();
            escape.finish(&mut rest);
            rest.push(b'"');
            if shape == Shape::Bytes {
                rest.extend_from_slice(b",\"b64\":\"");
                pieces(&rest, &mut |piece, out| base64(piece, out))?;
                rest = b"\"".to_vec();
            }
            gathered.extend_from_slice(&rest);
        }
    }
    gathered.extend_from_slice(b"}\n");
    output.append(&gathered)
}
