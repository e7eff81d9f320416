//! Readable text in base64, hexadecimal or percent escapes, inside definitions.

use super::{Detector, Field, Found, Look, Sink, TextAt};
use crate::analysis::rank::Severity;
use crate::analysis::rules;
use crate::analysis::signal::{self, Voice, encoding};
use crate::text::Raw;

pub const DETECTOR: Detector = Detector {
    name: "encoded text",
    rules: &[&rules::ENCODED],
    look: Look::Text(look),
};

fn look(at: &TextAt<'_>, sink: &mut Sink) {
    let definition = matches!(
        at.field,
        Field::Definition | Field::Instructions | Field::Question | Field::Name
    );
    if !definition && at.field != Field::Data {
        return;
    }
    for (range, decoded) in encoding::blobs(at.raw.bytes(), 64 << 10) {
        let voice = if definition {
            Voice::Definition
        } else {
            Voice::Data
        };
        let verdict = signal::weigh(Raw::new(&decoded), at.names, voice);
        let order = verdict.score >= 3.5;
        // In data, base64 is everyday; only what gives orders is told.
        if !order && !definition {
            continue;
        }
        sink.put(
            Found::new(&rules::ENCODED)
                .severity(if order {
                    Severity::Critical
                } else {
                    Severity::High
                })
                .shows(at.raw, range)
                .because(format!(
                    "Decoded, it reads: \"{}\".{}",
                    Raw::new(&decoded).label(300),
                    if order {
                        " That is an order to the model."
                    } else {
                        ""
                    }
                )),
        );
    }
}
