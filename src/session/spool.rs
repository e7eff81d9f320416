//! Private copies of what cannot be read in place: pipes, compressed files, documents. A spool is a temporary file
//! without a name, so nothing is left behind however the program ends.

use flate2::read::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex};

/// Most that a compressed file may grow to.
const MOST: u64 = 64 << 30;
/// Most that it may grow by: gzip cannot do more than about 1,030 to 1, text of real sessions does 3 to 20.
const MOST_RATIO: u64 = 200;
/// Below this size a ratio says nothing.
const SMALL: u64 = 16 << 20;

pub fn is_gzip(head: &[u8]) -> bool {
    head.starts_with(&[0x1f, 0x8b])
}

/// A spool that is being written.
pub struct Spool {
    out: BufWriter<File>,
    bytes: u64,
}

impl Spool {
    pub fn new() -> io::Result<Spool> {
        Ok(Spool {
            out: BufWriter::with_capacity(1 << 16, tempfile::tempfile()?),
            bytes: 0,
        })
    }

    /// The file and its size.
    pub fn finish(self) -> io::Result<(File, u64)> {
        Ok((
            self.out.into_inner().map_err(|error| error.into_error())?,
            self.bytes,
        ))
    }
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.out.write(bytes)?;
        self.bytes += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

pub fn of_bytes(bytes: &[u8]) -> io::Result<File> {
    Ok(of_reader(&mut &bytes[..])?.0)
}

pub fn of_reader(input: &mut dyn Read) -> io::Result<(File, u64)> {
    let mut spool = Spool::new()?;
    io::copy(input, &mut spool)?;
    spool.finish()
}

/// A pipe that is being copied into a spool by a thread of its own, because it may never end.
pub struct Pipe {
    pub file: File,
    pub state: Arc<PipeState>,
}

/// How far the copy of a pipe is.
#[derive(Default, Debug)]
pub struct PipeState {
    ended: AtomicBool,
    failed: Mutex<Option<String>>,
}

impl PipeState {
    /// Nothing more will come.
    pub fn ended(&self) -> bool {
        self.ended.load(Ordering::Acquire)
    }

    /// Why the copy stopped early, once.
    pub fn take_failure(&self) -> Option<String> {
        self.failed.lock().ok()?.take()
    }
}

/// Starts to copy; returns when there is enough to recognise a format by: a line, the first 64 KB, or all of it.
pub fn of_pipe(mut input: impl Read + Send + 'static) -> io::Result<Pipe> {
    let file = tempfile::tempfile()?;
    let mut out = file.try_clone()?;
    let state = Arc::new(PipeState::default());
    let (enough, begun) = sync_channel(1);
    let shared = state.clone();
    std::thread::spawn(move || {
        let mut buffer = vec![0; 1 << 16];
        let mut bytes = 0;
        loop {
            let copied = input
                .read(&mut buffer)
                .and_then(|n| out.write_all(&buffer[..n]).map(|()| n));
            match copied {
                Ok(0) => break,
                Ok(n) => {
                    bytes += n;
                    if bytes >= buffer.len() || buffer[..n].contains(&b'\n') {
                        let _ = enough.try_send(());
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    if let Ok(mut failed) = shared.failed.lock() {
                        *failed = Some(format!(
                            "Reading standard input stopped after {bytes} bytes: {error}."
                        ));
                    }
                    break;
                }
            }
        }
        shared.ended.store(true, Ordering::Release);
    });
    // An error means that the thread is done, which is enough as well.
    let _ = begun.recv();
    Ok(Pipe { file, state })
}

/// A decompressed file, as far as it could be.
pub struct Opened {
    pub file: File,
    pub bytes: u64,
    pub notes: Vec<String>,
}

/// Decompresses; what comes before damage or a limit is kept, and the note says so.
pub fn gunzip(file: &File) -> io::Result<Opened> {
    let packed = file.metadata()?.len();
    let most = MOST.min((packed * MOST_RATIO).max(SMALL));
    let mut input =
        MultiGzDecoder::new(io::BufReader::new(super::read::At { file, offset: 0 })).take(most);
    let mut spool = Spool::new()?;
    let mut notes = Vec::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match input.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => spool.write_all(&buffer[..n])?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                notes.push(format!(
                    "The compressed data is damaged or cut off ({error}); the {} bytes before that were read.",
                    spool.bytes
                ));
                break;
            }
        }
    }
    if input.limit() == 0 {
        notes.push(format!(
            "The file decompresses to more than {MOST_RATIO} times its size; only the first {} bytes were read. Decompress it yourself if it is genuine.",
            spool.bytes
        ));
    }
    let (file, bytes) = spool.finish()?;
    Ok(Opened { file, bytes, notes })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    #[test]
    fn damaged_archives_give_what_they_have() {
        let whole = packed(&b"line\n".repeat(100_000));
        let file = of_bytes(&whole[..whole.len() - 6]).unwrap();
        let opened = gunzip(&file).unwrap();
        assert!(opened.bytes > 0);
        assert!(opened.notes[0].contains("cut off"), "{:?}", opened.notes);
    }

    #[test]
    fn a_bomb_stops_at_the_limit() {
        let file = of_bytes(&packed(&vec![b' '; 50_000_000])).unwrap();
        let opened = gunzip(&file).unwrap();
        assert_eq!(opened.bytes, SMALL);
        assert!(opened.notes[0].contains("times its size"));
    }
}
