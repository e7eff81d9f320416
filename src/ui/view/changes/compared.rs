//! Comparisons of versions, kept: the list and the page ask for the same ones in every frame.

use crate::session::Item;
use crate::session::compare::Comparison;
use crate::store::baseline::Wording;
use crate::ui::body::Key;
use crate::ui::view::Scene;
use crate::wire::json::Doc;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// Comparisons that are kept.
const KEPT: usize = 256;

type Hash = [u8; 16];

thread_local! {
    /// By what was compared, so that it does not matter whose versions they are.
    static MADE: RefCell<HashMap<(Hash, Hash), Rc<Comparison>>> = RefCell::default();
}

/// Two versions of an item compared; `None` until both were read.
pub fn compared(scene: Scene, item: &Item, from: usize, to: usize) -> Option<Rc<Comparison>> {
    let hash = |version: usize| Some(item.versions.get(version)?.hash);
    let key = (hash(from)?, hash(to)?);
    if let Some(made) = made(key) {
        return Some(made);
    }
    let json = |version: usize| {
        scene
            .model
            .bodies
            .get(Key::Version(item.id, version))
            .ready()
    };
    make(key, json(from)?.bytes(), json(to)?.bytes())
}

/// A version of an item beside the wording that was accepted, as far as the baseline holds that; `None` until it was
/// read, and where only a hash is kept.
pub fn with_accepted(
    scene: Scene,
    item: &Item,
    version: usize,
    accepted: &Wording,
) -> Option<Rc<Comparison>> {
    let key = (accepted.hash.0, item.versions.get(version)?.hash);
    if let Some(made) = made(key) {
        return Some(made);
    }
    let json = scene
        .model
        .bodies
        .get(Key::Version(item.id, version))
        .ready()?;
    let old = accepted.text.as_ref()?.as_bytes();
    match accepted.covers.is_all() {
        true => make(key, old, json.bytes()),
        false => make(key, old, accepted.covers.of(json.bytes())?.0.as_bytes()),
    }
}

fn made(key: (Hash, Hash)) -> Option<Rc<Comparison>> {
    MADE.with_borrow(|made| made.get(&key).cloned())
}

fn make(key: (Hash, Hash), old: &[u8], new: &[u8]) -> Option<Rc<Comparison>> {
    let (old, new) = (Doc::parse(old), Doc::parse(new));
    let comparison = Rc::new(Comparison::of(old.root()?, new.root()?));
    MADE.with_borrow_mut(|made| {
        if made.len() >= KEPT {
            made.clear();
        }
        made.insert(key, Rc::clone(&comparison));
    });
    Some(comparison)
}
