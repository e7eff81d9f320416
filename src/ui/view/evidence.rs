//! Where a finding's evidence stands in the text that is on the screen.

use super::Scene;
use crate::analysis::Finding;
use crate::text::Raw;
use crate::ui::theme::Scope;
use crate::ui::widget::text::Lit;
use memchr::memmem;

/// Evidence that says less is not looked for: it would be found anywhere.
const SHORTEST: usize = 4;

/// The spans of `text` that a finding is about. A secret in the evidence is masked; then its visible beginning is what
/// is found.
pub fn spans(scene: Scene, finding: &Finding, text: Raw) -> Vec<Lit> {
    let style = scene.theme.style(Scope::Evidence);
    let mut lit = Vec::new();
    for evidence in &finding.evidence {
        let spanned = evidence.spanned().bytes();
        let masked = memmem::find(spanned, "•".as_bytes());
        let needle = match masked {
            Some(at) => spanned[..at].trim_ascii(),
            None => spanned,
        };
        let long_enough = needle.len() >= SHORTEST || (masked.is_none() && !needle.is_empty());
        if let Some(start) = memmem::find(text.bytes(), needle).filter(|_| long_enough) {
            lit.push(Lit {
                span: start..start + needle.len(),
                style,
            });
        }
    }
    lit
}
