//! Listening, and one task for each connection of a client.

use super::answer::answer;
use super::book::{Book, Seat};
use super::guard::Guard;
use super::link::Link;
use super::peer;
use super::recording::Common;
use super::upstream::{Connector, Upstream};
use super::{stop, told};
use crate::capture::{live, recorder};
use hyper::HeaderMap;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::Map;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};
use tokio::net::TcpStream;
use tokio::sync::OnceCell;
use tokio::task::JoinSet;

/// How the proxy is to work.
pub struct Settings {
    pub upstream: Upstream,
    pub listen: SocketAddr,
    /// Listening where other machines can reach it was asked for.
    pub remote: bool,
    pub label: String,
    /// Further origins and names that pass.
    pub allow_origins: Vec<String>,
    pub allow_hosts: Vec<String>,
    pub recorder: recorder::Options,
    /// What of the rules of redaction is not in use, for the record.
    pub notes: Vec<String>,
    /// Is told sentences for the person who started it.
    pub say: Box<dyn Fn(&str) + Send + Sync>,
}

/// Why there is no proxy.
#[derive(Debug, thiserror::Error)]
pub enum ProxyError {
    #[error(
        "{0} can be reached from other machines, and whoever reaches it can use the server; listen on 127.0.0.1, or say --allow-remote"
    )]
    Remote(SocketAddr),
    #[error(
        "{address} is in use: give another with --listen, or --listen 127.0.0.1:0 for any that is free"
    )]
    InUse { address: SocketAddr },
    #[error(
        "--upstream names the address that this proxy is to listen on: give the server's, and let the proxy listen on another with --listen"
    )]
    Itself,
    #[error("it is not possible to listen on {address}: {error}")]
    Listen {
        address: SocketAddr,
        error: io::Error,
    },
    #[error("the network cannot be used: {0}")]
    Runtime(io::Error),
}

/// A proxy that listens.
pub struct Proxy {
    listener: TcpListener,
    shared: Arc<Shared>,
}

/// What all connections have in common.
pub struct Shared {
    pub upstream: Arc<Upstream>,
    pub connector: Connector,
    pub guard: Guard,
    pub book: Arc<Book>,
    pub label: String,
    pub say: Arc<dyn Fn(&str) + Send + Sync>,
    pub told_oauth: AtomicBool,
    pub told_unreachable: AtomicBool,
    pub told_refused: AtomicBool,
    pub told_elsewhere: AtomicBool,
}

impl Proxy {
    /// # Errors
    /// Where the address may not or cannot be listened on.
    pub fn bind(settings: Settings) -> Result<Proxy, ProxyError> {
        let address = settings.listen;
        if !address.ip().is_loopback() && !settings.remote {
            return Err(ProxyError::Remote(address));
        }
        if settings.upstream.is_at(address) {
            return Err(ProxyError::Itself);
        }
        let listener = TcpListener::bind(address).map_err(|error| match error.kind() {
            io::ErrorKind::AddrInUse => ProxyError::InUse { address },
            _ => ProxyError::Listen { address, error },
        })?;
        listener
            .set_nonblocking(true)
            .map_err(ProxyError::Runtime)?;
        let listen = listener.local_addr().map_err(ProxyError::Runtime)?;
        let upstream = Arc::new(settings.upstream);
        let mut meta = Map::new();
        let endpoint = told::path(upstream.endpoint().as_str());
        let told = format!("{}{endpoint}", upstream.origin());
        meta.insert("upstream".into(), told.into());
        meta.insert("listen".into(), listen.to_string().into());
        meta.insert("proxy_pid".into(), std::process::id().into());
        #[cfg(unix)]
        {
            let uid = rustix::process::getuid().as_raw();
            let user = serde_json::json!({"uid": uid, "name": crate::capture::account::name(uid)});
            meta.insert("user".into(), user);
        }
        if !settings.notes.is_empty() {
            meta.insert("redaction_notes".into(), settings.notes.into());
        }
        let common = Common {
            label: settings.label.clone(),
            options: settings.recorder,
            live: live::folder(),
            meta,
        };
        let say: Arc<dyn Fn(&str) + Send + Sync> = settings.say.into();
        let warn = say.clone();
        let failed = Box::new(move |error: &recorder::RecordError| {
            warn(&format!(
                "Not recorded for now: {error}. The session goes on, and what is missing is counted."
            ));
        });
        Ok(Proxy {
            shared: Arc::new(Shared {
                connector: Connector::new(&upstream),
                guard: Guard {
                    origins: settings.allow_origins,
                    hosts: settings.allow_hosts,
                    remote: settings.remote,
                },
                book: Arc::new(Book::new(common, upstream.clone(), failed)),
                upstream,
                label: settings.label,
                say,
                told_oauth: AtomicBool::new(false),
                told_unreachable: AtomicBool::new(false),
                told_refused: AtomicBool::new(false),
                told_elsewhere: AtomicBool::new(false),
            }),
            listener,
        })
    }

    /// The address that the client is to be given in the place of the upstream's.
    pub fn url(&self) -> String {
        let endpoint = self.shared.upstream.endpoint().as_str();
        match self.listener.local_addr() {
            Ok(address) => format!("http://{address}{endpoint}"),
            Err(_) => String::new(),
        }
    }

    /// Works until it is told to stop (SIGINT, SIGTERM, SIGHUP); then connections end at once and recordings properly.
    ///
    /// # Errors
    /// Where the network cannot be used at all.
    pub fn run(self) -> Result<(), ProxyError> {
        allow_many_files();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(ProxyError::Runtime)?;
        let book = self.shared.book.clone();
        let outcome = runtime.block_on(self.listen());
        // Whatever is under way is dropped, and told to the record. A program that is still looked for, or a name that
        // is still resolved, is not waited for.
        runtime.shutdown_background();
        book.close("stopped");
        outcome.map_err(ProxyError::Runtime)
    }

    async fn listen(self) -> io::Result<()> {
        let listener = tokio::net::TcpListener::from_std(self.listener)?;
        let mut stop = pin!(stop::asked()?);
        let mut sweep = tokio::time::interval(Duration::from_secs(10));
        let mut clients = JoinSet::new();
        loop {
            tokio::select! {
                () = stop.as_mut() => break,
                _ = sweep.tick() => self.shared.book.sweep(Instant::now()),
                Some(_) = clients.join_next() => {}
                accepted = listener.accept() => match accepted {
                    Ok((stream, theirs)) => {
                        clients.spawn(serve(self.shared.clone(), stream, theirs));
                    }
                    // No descriptor is free, say: one may be in a moment.
                    Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
                },
            }
        }
        clients.shutdown().await;
        Ok(())
    }
}

/// Each session holds two files and each connection two sockets, so the limit is set as high as this user may.
#[cfg(unix)]
fn allow_many_files() {
    use rustix::process::{Resource, getrlimit, setrlimit};
    /// More are of no use here, and some systems say there is no limit where there is one.
    const ENOUGH: u64 = 1 << 14;
    let mut limit = getrlimit(Resource::Nofile);
    if let Some(now) = limit.current.filter(|now| *now < ENOUGH) {
        limit.current = Some(limit.maximum.unwrap_or(ENOUGH).min(ENOUGH).max(now));
        // With the old limit fewer can come at once.
        let _ = setrlimit(Resource::Nofile, limit);
    }
}

#[cfg(not(unix))]
fn allow_many_files() {}

/// A client's connection.
pub struct Caller {
    pub shared: Arc<Shared>,
    pub link: Link,
    pub seat: Arc<Seat>,
    pub theirs: SocketAddr,
    ours: Option<SocketAddr>,
    /// Found when it is wanted: the search takes milliseconds, and a session that is known needs none.
    program: OnceCell<Option<peer::Program>>,
}

impl Caller {
    /// The program that asks, where it says less than that.
    pub async fn program(&self, map: &HeaderMap) -> Option<peer::Program> {
        let session = map.get("mcp-session-id");
        if session.is_some_and(|session| self.shared.book.knows(session.as_bytes())) {
            return self.program.get().cloned().flatten();
        }
        let find = || async {
            let (theirs, ours) = (self.theirs, self.ours?);
            let known = self.shared.book.known_pids();
            let look = move || peer::find(theirs, ours, &known);
            tokio::task::spawn_blocking(look).await.ok()?
        };
        self.program.get_or_init(find).await.clone()
    }
}

impl Drop for Caller {
    fn drop(&mut self) {
        self.seat.leave();
    }
}

async fn serve(shared: Arc<Shared>, stream: TcpStream, theirs: SocketAddr) {
    // Without it, small messages are late; nothing else.
    let _ = stream.set_nodelay(true);
    let caller = Arc::new(Caller {
        link: Link::new(shared.connector.clone()),
        seat: Arc::default(),
        ours: stream.local_addr().ok(),
        theirs,
        program: OnceCell::new(),
        shared,
    });
    let answers = caller.clone();
    let service = service_fn(move |request| answer(answers.clone(), request));
    let mut connection = pin!(
        http1::Builder::new()
            .preserve_header_case(true)
            .auto_date_header(false)
            .header_read_timeout(None)
            .serve_connection(TokioIo::new(stream), service)
    );
    let mut closing = false;
    loop {
        tokio::select! {
            // An error is the client's own doing, or a connection that was to be cut.
            _ = connection.as_mut() => break,
            () = caller.link.closed(), if !closing => {
                closing = true;
                connection.as_mut().graceful_shutdown();
            }
        }
    }
}
