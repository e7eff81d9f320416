//! The connection to the upstream that belongs to one connection of a client.
//!
//! One for one, so that both sides see what they would see of each other: when the server closes an idle connection the
//! client's is closed too, and the other way round. A shared pool would send requests into connections that are being
//! closed, and the client, which could have known, would be told of errors that are not its own.

use super::body::RequestBody;
use super::upstream::Connector;
use hyper::body::Incoming;
use hyper::client::conn::http1::{self, SendRequest};
use hyper::{Request, Response};
use std::sync::Arc;
use tokio::sync::{Mutex, Notify};
use tokio::task::JoinHandle;

/// Why there is no answer.
pub enum Failure {
    /// There was no connection, so the request was never sent: it is given back.
    Unreachable(Box<Request<RequestBody>>, String),
    /// The connection ended before an answer came.
    Broken(String),
}

pub struct Link {
    connector: Connector,
    wire: Mutex<Option<Wire>>,
    /// The upstream closed the connection.
    gone: Arc<Notify>,
}

/// An open connection.
struct Wire {
    sender: SendRequest<RequestBody>,
    driver: JoinHandle<()>,
}

impl Drop for Wire {
    fn drop(&mut self) {
        // Whoever waited for an answer is gone: the server must know at once.
        self.driver.abort();
    }
}

impl Link {
    pub fn new(connector: Connector) -> Link {
        Link {
            connector,
            wire: Mutex::new(None),
            gone: Arc::new(Notify::new()),
        }
    }

    /// Ends when the upstream closed the connection.
    pub async fn closed(&self) {
        self.gone.notified().await;
    }

    /// # Errors
    /// Why there is no answer.
    pub async fn send(
        &self,
        mut request: Request<RequestBody>,
    ) -> Result<Response<Incoming>, Failure> {
        let mut wire = self.wire.lock().await;
        loop {
            let used = self.still_open(&mut wire).await;
            let open = match &mut *wire {
                Some(open) => open,
                None => match self.connect().await {
                    Ok(new) => wire.insert(new),
                    Err(why) => return Err(Failure::Unreachable(Box::new(request), why)),
                },
            };
            match open.sender.try_send_request(request).await {
                Ok(response) => return Ok(response),
                Err(mut error) => match error.take_message() {
                    // Nothing of it was written: the connection was closed while it lay idle.
                    Some(back) if used => {
                        *wire = None;
                        request = back;
                    }
                    _ => {
                        *wire = None;
                        return Err(Failure::Broken(error.error().to_string()));
                    }
                },
            }
        }
    }

    /// Whether there is a connection from before that can be used again.
    async fn still_open(&self, wire: &mut Option<Wire>) -> bool {
        if let Some(open) = wire
            && open.sender.ready().await.is_ok()
        {
            return true;
        }
        *wire = None;
        false
    }

    async fn connect(&self) -> Result<Wire, String> {
        let stream = self.connector.connect().await?;
        let (sender, connection) = http1::Builder::new()
            .preserve_header_case(true)
            .handshake(stream)
            .await
            .map_err(|error| error.to_string())?;
        let gone = self.gone.clone();
        let driver = tokio::spawn(async move {
            // Errors are told to whoever waits for an answer or reads one.
            let _ = connection.await;
            gone.notify_one();
        });
        Ok(Wire { sender, driver })
    }
}
