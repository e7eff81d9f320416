//! What a capture lacks, as sentences.

use crate::formats::Out;

#[derive(Default)]
pub struct Losses {
    /// Messages of clients and answers of which the body is not there.
    pub requests: u64,
    pub answers: u64,
    /// Streams without a single event.
    pub streams: u64,
    /// Exchanges with a body whose content coding could not be undone.
    pub coded: u64,
    /// Exchanges that have nothing to do with MCP.
    pub others: u64,
}

impl Losses {
    /// Notes what a person should know, of so many exchanges with MCP.
    pub fn tell(&self, exchanges: usize, out: &mut Out<'_>) {
        if self.requests + self.answers > 0 {
            out.note(format!(
                "The capture has lost bodies: {} of requests and {} of answers, in {exchanges} exchanges with MCP. A proxy that passes bodies on as they come may not keep them; what they said is not known.",
                self.requests, self.answers
            ));
        }
        if self.streams > 0 {
            out.note(format!(
                "{} of the capture's event streams {} without any event: browsers leave them out. Requests and notifications of servers may be missing.",
                self.streams,
                if self.streams == 1 { "is" } else { "are" }
            ));
        }
        if self.coded > 0 {
            out.note(format!(
                "Bodies of {} {} could not be decoded: gzip and deflate can be read, other content codings cannot.",
                self.coded,
                if self.coded == 1 { "exchange" } else { "exchanges" }
            ));
        }
        if self.others > 0 {
            out.note(format!(
                "{} other {} of the capture {} no MCP.",
                self.others,
                if self.others == 1 {
                    "exchange"
                } else {
                    "exchanges"
                },
                if self.others == 1 { "is" } else { "are" }
            ));
        }
    }
}
