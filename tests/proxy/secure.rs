//! An upstream that speaks TLS.

use crate::program::Proxy;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Answers every request with a small JSON document, over TLS. Prints its port.
const SERVER: &str = r#"
import http.server, ssl, sys
class Answer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        body = b'{"jsonrpc":"2.0","id":1,"result":{"host":"%s"}}' % self.headers["Host"].encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *args): pass
server = http.server.HTTPServer(("127.0.0.1", 0), Answer)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])
server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_port, flush=True)
server.serve_forever()
"#;

struct Server {
    child: Child,
    port: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A certificate for localhost that signs itself. `None` where there is no openssl.
fn certificate(folder: &Path) -> Option<()> {
    let made = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
        ])
        .args(["-nodes", "-days", "2", "-subj", "/CN=localhost"])
        .args(["-addext", "subjectAltName=DNS:localhost"])
        .args(["-addext", "basicConstraints=critical,CA:FALSE"])
        .args(["-keyout", "key.pem", "-out", "cert.pem"])
        .current_dir(folder)
        .stderr(Stdio::null())
        .status();
    made.ok()?.success().then_some(())
}

fn server(folder: &Path) -> Option<Server> {
    let mut child = Command::new("python3")
        .args(["-c", SERVER, "cert.pem", "key.pem"])
        .current_dir(folder)
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    let mut port = String::new();
    let out = child.stdout.as_mut()?;
    BufReader::new(out).read_line(&mut port).ok()?;
    let port = port.trim().to_string();
    Some(Server { child, port })
}

#[test]
fn a_server_behind_tls_is_reached_if_it_is_trusted() {
    let folder = tempfile::tempdir().unwrap();
    let Some(server) = certificate(folder.path()).and_then(|()| server(folder.path())) else {
        eprintln!("skipped: openssl and python3 are needed");
        return;
    };
    let url = format!("https://localhost:{}/mcp", server.port);
    let rpc = r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#;
    let trusted = folder.path().join("cert.pem");
    let proxy = Proxy::started(&url, &[], |command| {
        command.env("SSL_CERT_FILE", &trusted);
    });
    assert!(proxy.url.starts_with("http://127.0.0.1:"));
    let answer = proxy.client().post("", rpc);
    assert_eq!(answer.status(), 200);
    assert!(
        answer
            .text()
            .contains(&format!("localhost:{}", server.port))
    );
    proxy.stop();

    let proxy = Proxy::before(&url);
    let answer = proxy.client().post("", rpc);
    assert_eq!(answer.status(), 502);
    assert!(answer.text().contains("certificate"), "{}", answer.text());
    proxy.stop();
}
