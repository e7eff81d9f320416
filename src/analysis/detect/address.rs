//! Addresses in arguments that point inside, or to other protocols than the web's.

use super::{CallAt, Detector, Found, Look, Sink};
use crate::analysis::rank::Severity;
use crate::analysis::rules;
use regex::Regex;
use std::sync::LazyLock;

pub const DETECTOR: Detector = Detector {
    name: "internal addresses",
    rules: &[&rules::SSRF],
    look: Look::Call(look),
};

static METADATA: LazyLock<Regex> = LazyLock::new(|| {
    // The metadata services of AWS (both families), Google, Azure, Alibaba, Oracle, and decimal or hexadecimal spellings.
    Regex::new(r"(?i)^(?:[a-z][a-z0-9+.-]*://)?(?:[^/@\s]*@)?\[?(?:169\.254\.169\.254|169\.254\.170\.2|100\.100\.100\.200|192\.0\.0\.192|fd00:ec2::254|metadata\.google\.internal|metadata\.azure\.internal|2852039166|0xa9fea9fe|0251\.0376\.0251\.0376|[\w.-]*169\.254\.169\.254\.(?:nip|sslip|xip)\.io)\]?(?:[:/?#]|$)")
        .expect("the pattern is fixed")
});
static ODD_SCHEME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:gopher|dict|ldaps?|tftp|jar|phar|expect|netdoc):(?://)?\S")
        .expect("the pattern is fixed")
});
static FILE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)^file:/").expect("the pattern is fixed"));

fn look(at: &CallAt<'_>, sink: &mut Sink) {
    for argument in at.arguments.iter().filter(|a| !a.is_prose()) {
        let Some(text) = argument.str(2_048) else {
            continue;
        };
        let text = text.trim();
        let web = at.tool.contains("fetch")
            || at.tool.contains("http")
            || at.tool.contains("navigate")
            || at.tool.contains("url")
            || argument.name.contains("url");
        let (severity, why) = if METADATA.is_match(text) {
            (
                Severity::High,
                "It is the address of a cloud's metadata service, which hands out credentials.",
            )
        } else if ODD_SCHEME.is_match(text) {
            (
                Severity::High,
                "Its scheme makes a fetching tool speak another protocol.",
            )
        } else if FILE.is_match(text) && web {
            (
                Severity::Medium,
                "It makes a tool for the web read a file of the machine.",
            )
        } else {
            continue;
        };
        sink.put(
            Found::new(&rules::SSRF)
                .severity(severity)
                .at(argument.pointer())
                .shows(argument.raw(), 0..argument.raw().len())
                .because(why),
        );
    }
}
