//! Private copies of what cannot be read in place: pipes, and what is unpacked. A spool is a temporary file
//! without a name, so nothing is left behind however the program ends.

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex};

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

    /// Bytes so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
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
