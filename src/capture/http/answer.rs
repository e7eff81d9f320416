//! What becomes of one request: it is refused, passed on and answered, or told that there is no server.

use super::body::{Passing, RequestBody, ResponseBody};
use super::exchange::Exchange;
use super::guard::Refusal;
use super::link::Failure;
use super::recording::Client;
use super::serve::{Caller, Shared};
use super::upstream::Upstream;
use super::{headers, told};
use hyper::body::{Body, Bytes, Incoming};
use hyper::header::{
    CONTENT_LENGTH, CONTENT_TYPE, HOST, LOCATION, ORIGIN, USER_AGENT, WWW_AUTHENTICATE,
};
use hyper::http::{request, response};
use hyper::{HeaderMap, Method, Request, Response, StatusCode, Version};
use serde_json::{Map, Value};
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// The connection is to be cut, because the upstream's was.
#[derive(Debug, thiserror::Error)]
#[error("the upstream ended the connection")]
pub struct Cut;

/// Answers a request.
///
/// # Errors
/// Where the connection is to be cut, because the upstream's was.
pub async fn answer(
    caller: Arc<Caller>,
    request: Request<Incoming>,
) -> Result<Response<ResponseBody>, Cut> {
    let shared = &caller.shared;
    let (mut head, body) = request.into_parts();
    let conn_id = caller.theirs.to_string();
    if let Err(refusal) = shared.guard.check(&head.uri, &head.headers) {
        return Ok(shared.refuse(refusal, &head, &conn_id));
    }
    if head.method == Method::CONNECT {
        let sentence = "plainsight's proxy stands before one server and tunnels to no other.\n";
        return Ok(own(StatusCode::METHOD_NOT_ALLOWED, sentence.into()));
    }
    let ours = headers::word(&head.headers, HOST.as_str()).unwrap_or_default();
    let client = Client {
        program: caller.program(&head.headers).await,
        agent: agent(&head.headers),
    };
    let exchange = Arc::new(Exchange::new(
        shared.book.clone(),
        caller.seat.clone(),
        client,
        &conn_id,
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
            shared.broke_off(&reason);
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
        let streams = headers::is_event_stream(&head.headers);
        self.mind_elsewhere(&head);
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

    fn broke_off(&self, reason: &str) {
        if !self.told_unreachable.swap(true, Ordering::Relaxed) {
            let origin = self.upstream.origin();
            (self.say)(&format!(
                "{origin} ended the connection without an answer that is HTTP: {reason}. The client's connection was ended in the same way."
            ));
        }
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

    /// Says once that the server sends its clients to another origin, where nothing is recorded.
    fn mind_elsewhere(&self, head: &response::Parts) {
        let to = head.headers.get(LOCATION).map(|to| to.as_bytes());
        let Some(to) = to.filter(|_| head.status.is_redirection()) else {
            return;
        };
        if let Some(origin) = self.upstream.other_origin(to)
            && !self.told_elsewhere.swap(true, Ordering::Relaxed)
        {
            (self.say)(&format!(
                "The server redirects to {origin}. What goes there does not pass here and is not recorded; if that is the server, give its address there with --upstream."
            ));
        }
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

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@%+=,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_string();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// Why a sign-in fails here, and how such a server is recorded.
fn oauth_sentence(label: &str, upstream: &Upstream) -> String {
    let address = quoted(&format!("{}{}", upstream.origin(), upstream.endpoint()));
    let label = quoted(label);
    format!(
        "This server wants a sign-in with OAuth. Its metadata name {}, the client was given another address, and it will refuse because the two differ. Let mcp-remote sign in and record its standard streams instead: give the client the command `plainsight tap --name {label} -- npx -y mcp-remote {address}`; where the configuration already runs mcp-remote, `plainsight wrap --server {label}` puts that in.",
        upstream.origin()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_for_a_sign_in_can_be_given_to_a_shell() {
        let upstream = Upstream::parse("https://a.example/mcp?team=a&b=1").unwrap();
        let said = oauth_sentence("Bob's notes", &upstream);
        let command = r"`plainsight tap --name 'Bob'\''s notes' -- npx -y mcp-remote 'https://a.example/mcp?team=a&b=1'`";
        assert!(said.contains(command), "{said}");
        let plain = oauth_sentence("notes", &Upstream::parse("https://a.example/mcp").unwrap());
        assert!(plain.contains("--name notes -- npx -y mcp-remote https://a.example/mcp`"));
    }
}
