//! Comparisons of versions, kept: the list and the page ask for the same ones in every frame.

use crate::session::Item;
use crate::session::compare::Comparison;
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
    if let Some(made) = MADE.with_borrow(|made| made.get(&key).cloned()) {
        return Some(made);
    }
    let json = |version: usize| {
        scene
            .model
            .bodies
            .get(Key::Version(item.id, version))
            .ready()
    };
    let (old, new) = (
        Doc::parse(json(from)?.bytes()),
        Doc::parse(json(to)?.bytes()),
    );
    let comparison = Rc::new(Comparison::of(old.root()?, new.root()?));
    MADE.with_borrow_mut(|made| {
        if made.len() >= KEPT {
            made.clear();
        }
        made.insert(key, Rc::clone(&comparison));
    });
    Some(comparison)
}
