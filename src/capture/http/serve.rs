//! Listening, and one task for each connection of a client.

use super::body::{Passing, RequestBody, ResponseBody};
use super::book::{Book, Seat};
use super::exchange::Exchange;
use super::guard::{Guard, Refusal};
use super::link::{Failure, Link};
use super::peer;
use super::recording::{Client, Common};
use super::upstream::{Connector, Upstream};
use super::{headers, told};
use crate::capture::{live, recorder};
use hyper::body::{Body, Bytes, Incoming};
use hyper::header::{CONTENT_LENGTH, CONTENT_TYPE, HOST, ORIGIN, USER_AGENT, WWW_AUTHENTICATE};
use hyper::http::request;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{HeaderMap, Method, Request, Response, StatusCode, Version};
use hyper_util::rt::TokioIo;
use serde_json::{Map, Value};
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::net::TcpStream;
use tokio::signal::unix::{SignalKind, signal};
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

struct Shared {
    upstream: Arc<Upstream>,
    connector: Connector,
    guard: Guard,
    book: Arc<Book>,
    label: String,
    say: Arc<dyn Fn(&str) + Send + Sync>,
    told_oauth: AtomicBool,
    told_unreachable: AtomicBool,
    told_refused: AtomicBool,
}

impl Proxy {
    /// # Errors
    /// Where the address may not or cannot be listened on.
    pub fn bind(settings: Settings) -> Result<Proxy, ProxyError> {
        let address = settings.listen;
        if !address.ip().is_loopback() && !settings.remote {
            return Err(ProxyError::Remote(address));
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

    /// Works until it is told to stop (SIGINT, SIGTERM); then connections end at once and recordings properly.
    ///
    /// # Errors
    /// Where the network cannot be used at all.
    pub fn run(self) -> Result<(), ProxyError> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(ProxyError::Runtime)?;
        let book = self.shared.book.clone();
        let outcome = runtime.block_on(self.listen());
        book.close("stopped");
        // A program that is still looked for, or a name that is still resolved, is not waited for.
        runtime.shutdown_background();
        outcome.map_err(ProxyError::Runtime)
    }

    async fn listen(self) -> io::Result<()> {
        let listener = tokio::net::TcpListener::from_std(self.listener)?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        let mut sweep = tokio::time::interval(Duration::from_secs(10));
        let mut clients = JoinSet::new();
        loop {
            tokio::select! {
                _ = interrupt.recv() => break,
                _ = terminate.recv() => break,
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

/// A client's connection.
struct Caller {
    shared: Arc<Shared>,
    link: Link,
    seat: Arc<Seat>,
    program: Option<peer::Program>,
    conn_id: String,
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
        program: program(&shared, &stream, theirs).await,
        conn_id: theirs.to_string(),
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

async fn program(shared: &Shared, stream: &TcpStream, theirs: SocketAddr) -> Option<peer::Program> {
    let ours = stream.local_addr().ok()?;
    let known = shared.book.known_pids();
    let look = move || peer::find(theirs, ours, &known);
    tokio::task::spawn_blocking(look).await.ok()?
}

/// The connection is to be cut, because the upstream's was.
#[derive(Debug, thiserror::Error)]
#[error("the upstream ended the connection")]
struct Cut;

async fn answer(
    caller: Arc<Caller>,
    request: Request<Incoming>,
) -> Result<Response<ResponseBody>, Cut> {
    let shared = &caller.shared;
    let (mut head, body) = request.into_parts();
    if let Err(refusal) = shared.guard.check(&head.uri, &head.headers) {
        return Ok(shared.refuse(refusal, &head, &caller.conn_id));
    }
    if head.method == Method::CONNECT {
        let sentence = "plainsight's proxy stands before one server and tunnels to no other.\n";
        return Ok(own(StatusCode::METHOD_NOT_ALLOWED, sentence.into()));
    }
    let ours = headers::word(&head.headers, HOST.as_str()).unwrap_or_default();
    let client = Client {
        program: caller.program.clone(),
        agent: agent(&head.headers),
    };
    let exchange = Arc::new(Exchange::new(
        shared.book.clone(),
        caller.seat.clone(),
        client,
        &caller.conn_id,
        &head,
        shared.upstream.endpoint().path(),
    ));
    let body = RequestBody::new(body, exchange.clone(), &head.headers);
    headers::to_upstream(&mut head.headers, &shared.upstream);
    head.version = Version::HTTP_11;
    let target = head.uri.path_and_query().cloned();
    head.uri = target.map_or_else(Default::default, hyper::Uri::from);
    let method = head.method.clone();
    let waiting = Waiting(Some(exchange.clone()));
    let sent = caller.link.send(Request::from_parts(head, body)).await;
    waiting.over();
    match sent {
        Ok(response) => {
            shared.told_unreachable.store(false, Ordering::Relaxed);
            Ok(shared.pass(response, exchange, &method, ours))
        }
        Err(Failure::Unreachable(request, reason)) => {
            // What the client wanted belongs into the record all the same.
            let mut body = request.into_body();
            while let Some(Ok(_)) =
                std::future::poll_fn(|cx| std::pin::Pin::new(&mut body).poll_frame(cx)).await
            {
            }
            drop(body);
            Ok(shared.unreachable(&exchange, &reason))
        }
        Err(Failure::Broken(reason)) => {
            exchange.failed(&reason, None);
            Err(Cut)
        }
    }
}

/// Tells of a client that did not wait for the answer.
struct Waiting(Option<Arc<Exchange>>);

impl Waiting {
    fn over(mut self) {
        self.0 = None;
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Some(exchange) = &self.0 {
            exchange.given_up();
        }
    }
}

/// What a client says of itself, hashed.
fn agent(map: &HeaderMap) -> u64 {
    let mut said = Vec::new();
    for name in [USER_AGENT, hyper::header::AUTHORIZATION] {
        said.extend_from_slice(map.get(name).map_or(b"", |value| value.as_bytes()));
        said.push(0);
    }
    told::hashed(&said)
}

fn own(status: StatusCode, sentence: String) -> Response<ResponseBody> {
    let mut response = Response::new(ResponseBody::Own(Some(Bytes::from(sentence))));
    *response.status_mut() = status;
    let plain = hyper::header::HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, plain);
    response
}

impl Shared {
    /// Passes an answer on.
    fn pass(
        &self,
        response: Response<Incoming>,
        exchange: Arc<Exchange>,
        method: &Method,
        ours: String,
    ) -> Response<ResponseBody> {
        let (mut head, body) = response.into_parts();
        let keeps = exchange.answered(&head);
        self.mind_oauth(&head.headers, head.status, &exchange);
        let facts = told::answer(head.status.as_u16(), &head.headers);
        let of_upstream = head.headers.clone();
        let streams = headers::mentions(&head.headers, CONTENT_TYPE, "text/event-stream");
        head.version = Version::HTTP_11;
        headers::to_client(&mut head.headers, &self.upstream, &ours);
        let body = if streams && !body.is_end_stream() {
            exchange.stream(&facts);
            let first_event =
                *method == Method::GET && !of_upstream.contains_key("content-encoding");
            let endpoint = first_event.then(|| (self.upstream.clone(), ours));
            if endpoint.is_some() {
                // Its length is not known any more.
                head.headers.remove(CONTENT_LENGTH);
            }
            Passing::stream(body, exchange, of_upstream, endpoint)
        } else {
            Passing::message(body, exchange, of_upstream, facts, keeps)
        };
        Response::from_parts(head, ResponseBody::Passing(Box::new(body)))
    }

    fn unreachable(&self, exchange: &Exchange, reason: &str) -> Response<ResponseBody> {
        let origin = self.upstream.origin();
        let sentence = format!(
            "plainsight's proxy could not reach {origin}: {reason}. Is the server running, and is the address given with --upstream right?\n"
        );
        if !self.told_unreachable.swap(true, Ordering::Relaxed) {
            (self.say)(sentence.trim_end());
        }
        let status = StatusCode::BAD_GATEWAY;
        exchange.failed(reason, Some((status.as_u16(), &sentence)));
        own(status, sentence)
    }

    fn refuse(
        &self,
        refusal: Refusal,
        head: &request::Parts,
        conn_id: &str,
    ) -> Response<ResponseBody> {
        let mut facts = Map::new();
        facts.insert("why".into(), refusal.name().into());
        facts.insert("conn_id".into(), conn_id.into());
        facts.insert("method".into(), head.method.as_str().into());
        let target = head.uri.path_and_query().map_or("/", |p| p.as_str());
        facts.insert("path".into(), told::path(target).into());
        for name in [HOST, ORIGIN] {
            if let Some(value) = head.headers.get(&name) {
                facts.insert(name.as_str().into(), headers::shown(value).into());
            }
        }
        if !self.told_refused.swap(true, Ordering::Relaxed) {
            let why = Value::Object(facts.clone());
            (self.say)(&format!(
                "A request was refused: {} (it said {why}). Further ones are only recorded.",
                refusal.sentence().trim_end()
            ));
        }
        self.book.refused(facts);
        own(StatusCode::FORBIDDEN, refusal.sentence().into())
    }

    /// Says once that a sign-in with OAuth cannot work through a proxy, and what does.
    fn mind_oauth(&self, map: &HeaderMap, status: StatusCode, exchange: &Exchange) {
        let challenged = status == StatusCode::UNAUTHORIZED
            && map.get_all(WWW_AUTHENTICATE).iter().any(|challenge| {
                memchr::memmem::find(challenge.as_bytes(), b"resource_metadata").is_some()
            });
        let described = status.is_success() && exchange.asks_for_resource_metadata();
        if (challenged || described) && !self.told_oauth.swap(true, Ordering::Relaxed) {
            (self.say)(&oauth_sentence(&self.label, &self.upstream));
        }
    }
}

/// Why a sign-in fails here, and how such a server is recorded.
fn oauth_sentence(label: &str, upstream: &Upstream) -> String {
    let address = format!(
        "{}{}",
        upstream.origin(),
        told::path(upstream.endpoint().as_str())
    );
    format!(
        "This server wants a sign-in with OAuth. Its metadata name {}, the client was given another address, and it will refuse because the two differ. Let mcp-remote sign in and record its standard streams instead: give the client the command `plainsight tap --name {label} -- npx -y mcp-remote {address}`; where the configuration already runs mcp-remote, `plainsight wrap --server {label}` puts that in.",
        upstream.origin()
    )
}
