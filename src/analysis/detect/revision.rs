//! Methods of another revision of the protocol than the one that the two sides speak.

use super::{Detector, Found, Look, MessageAt, Sink};
use crate::analysis::conversation::Conversation;
use crate::analysis::rank::Severity;
use crate::analysis::rules;
use crate::text::Raw;
use crate::wire::id::{Direction, MessageKind};
use crate::wire::method;

pub const DETECTOR: Detector = Detector {
    name: "methods of other revisions",
    rules: &[&rules::FOREIGN_METHOD],
    look: Look::Message(look),
};

/// From here on servers ask inside their answers, and every request says what it needs.
const WITHOUT_HANDSHAKE: &str = "2026-07-28";
/// Since then a server may send a person to an address.
const WITH_ADDRESSES: &str = "2025-11-25";

fn look(at: &MessageAt<'_>, sink: &mut Sink) {
    let told = matches!(
        at.row.kind,
        MessageKind::Request | MessageKind::Notification
    );
    let Some(open) = at.memory.conversations.of(at.row.conn).filter(|_| told) else {
        return;
    };
    let Some(revision) = spoken(open) else { return };
    let method = at.session.method(at.id);
    let shown = Raw::from(revision).label(20);
    let request = at.row.kind == MessageKind::Request;
    let asks = request && at.row.dir == Direction::S2c;
    let (severity, why) = if asks && revision >= WITHOUT_HANDSHAKE {
        (
            Severity::Low,
            format!(
                "The connection speaks {shown}, in which servers ask inside their answers only."
            ),
        )
    } else if request && method == method::INITIALIZE {
        // Who fell back to a handshake did so before anything was served without one.
        if !open.served || revision < WITHOUT_HANDSHAKE {
            return;
        }
        // Several clients may share what was recorded of an address.
        let severity = match at.session.server(at.server).transport {
            "http" => Severity::Info,
            _ => Severity::Low,
        };
        (
            severity,
            format!("The connection spoke {shown}, and goes back to an older revision here."),
        )
    } else if method::is_of(method.bytes(), revision) == Some(false) {
        // What a server asks reaches the model or the person; the rest is refused, or does nothing.
        let severity = if asks { Severity::Low } else { Severity::Info };
        (
            severity,
            format!("The connection speaks {shown}, which does not have it."),
        )
    } else if asks && method == method::ELICITATION && revision < WITH_ADDRESSES && by_address(at) {
        (
            Severity::Low,
            format!(
                "The connection speaks {shown}, in which servers may show a form and send nobody to an address."
            ),
        )
    } else {
        return;
    };
    sink.put(
        Found::new(&rules::FOREIGN_METHOD)
            .severity(severity)
            .shows(method, 0..method.len())
            .because(why),
    );
}

/// The revision that the connection speaks, where that can be said.
fn spoken(open: &Conversation) -> Option<&str> {
    let revision = match (open.modern, &open.agreed) {
        // Clients of both kinds on one connection: nobody can say which of them a message belongs to.
        (true, Some(_)) => return None,
        (true, None) => open.asked.as_deref()?,
        (false, agreed) => agreed.as_deref()?,
    };
    method::REVISIONS.contains(&revision).then_some(revision)
}

fn by_address(at: &MessageAt<'_>) -> bool {
    at.doc
        .root()
        .and_then(|root| root.at(&["params", "mode"])?.text())
        .is_some_and(|mode| mode.as_raw() == "url")
}

#[cfg(test)]
mod tests {
    use crate::analysis::rules::{self, Example};
    use crate::analysis::{Settings, Severity};
    use std::sync::Arc;

    fn worst(lines: &'static str) -> Option<Severity> {
        Example::Session(lines)
            .worst(&rules::FOREIGN_METHOD, Arc::new(Settings::default()))
            .expect("a session")
    }

    #[test]
    fn a_client_may_fall_back_to_a_handshake() {
        let probe = r#"> {"jsonrpc":"2.0","id":0,"method":"server/discover","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}
< {"jsonrpc":"2.0","id":0,"error":{"code":-32601,"message":"Method not found"}}
> {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"c","version":"1"}}}
< {"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-11-25","capabilities":{},"serverInfo":{"name":"s","version":"1"}}}
> {"jsonrpc":"2.0","id":2,"method":"ping"}
> {"jsonrpc":"2.0","id":3,"method":"resources/subscribe","params":{"uri":"log://a"}}"#;
        assert_eq!(worst(probe), None);
    }

    #[test]
    fn going_back_once_served_is_told() {
        let back = r#"> {"jsonrpc":"2.0","id":0,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}
< {"jsonrpc":"2.0","id":0,"result":{"tools":[]}}
> {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2024-11-05","capabilities":{},"clientInfo":{"name":"c","version":"1"}}}"#;
        assert_eq!(worst(back), Some(Severity::Low));
    }

    #[test]
    fn what_a_client_asks_in_vain_is_told_quietly() {
        let subscribes = r#"> {"jsonrpc":"2.0","id":0,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}
< {"jsonrpc":"2.0","id":0,"result":{"tools":[]}}
> {"jsonrpc":"2.0","id":1,"method":"resources/subscribe","params":{"uri":"log://a"}}"#;
        assert_eq!(worst(subscribes), Some(Severity::Info));
    }

    #[test]
    fn addresses_came_later_than_forms() {
        let asks = r#"> {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{"elicitation":{}},"clientInfo":{"name":"c","version":"1"}}}
< {"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-06-18","capabilities":{},"serverInfo":{"name":"s","version":"1"}}}
> {"jsonrpc":"2.0","method":"notifications/initialized"}
< {"jsonrpc":"2.0","id":4,"method":"elicitation/create","params":{"mode":"url","message":"Sign in","url":"https://example.com/in","elicitationId":"e"}}"#;
        assert_eq!(worst(asks), Some(Severity::Low));
    }
}
