//! Any two JSON values, member by member: the arguments of two calls, their results, two messages.

use super::same::same;
use super::text::Until;
use super::{Comparison, PARAMETERS, Part, Work, keys, whole};
use crate::text::RawBuf;
use crate::wire::json::Value;

/// Values inside of values that are told by their path; what is deeper is compared as text.
const DEEPEST: usize = 32;
/// Values that are looked at.
const LOOKED_AT: usize = 100_000;

/// Two values that are compared as one part.
pub type Pair<'d> = (Part, Option<Value<'d>>, Option<Value<'d>>);

/// Two values at a path, as deep in the message as that.
struct Place<'d> {
    path: Vec<u8>,
    depth: usize,
    old: Option<Value<'d>>,
    new: Option<Value<'d>>,
}

impl Comparison {
    /// Compares values part by part. Each difference has the path to it: `content[0].text`.
    pub fn of_values(parts: &[Pair<'_>], until: Until) -> Comparison {
        let mut work = Work::of(until);
        for (part, old, new) in parts {
            work.values(*part, *old, *new);
        }
        work.out
    }
}

impl Work {
    fn values(&mut self, part: Part, old: Option<Value<'_>>, new: Option<Value<'_>>) {
        let mut open = vec![Place {
            path: Vec::new(),
            depth: 0,
            old,
            new,
        }];
        let (mut looked_at, mut told) = (0, 0);
        while let Some(place) = open.pop() {
            looked_at += 1;
            if told == PARAMETERS || looked_at > LOOKED_AT {
                self.out.cut = true;
                return;
            }
            let (before, after) = match (place.old, place.new) {
                (None, None) => continue,
                (Some(old), Some(new)) if same(old, new) => continue,
                (Some(old), Some(new)) => (old, new),
                (old, new) => {
                    told += 1;
                    self.push(part, place.path.into(), "", old.map(whole), new.map(whole));
                    continue;
                }
            };
            let inside = place.depth < DEEPEST;
            // The first is taken out last, so what is found is put in backwards.
            if inside && before.is_object() && after.is_object() {
                let names = keys(before, after);
                open.extend(
                    names
                        .iter()
                        .rev()
                        .map(|key| place.member(before, after, key)),
                );
            } else if inside && before.is_array() && after.is_array() {
                open.extend(place.elements(before, after).into_iter().rev());
            } else {
                told += 1;
                let (old, new) = (Some(whole(before)), Some(whole(after)));
                self.push(part, place.path.into(), "", old, new);
            }
        }
    }
}

impl<'d> Place<'d> {
    fn member(&self, old: Value<'d>, new: Value<'d>, key: &RawBuf) -> Place<'d> {
        let bytes = key.as_raw().bytes();
        let mut path = self.path.clone();
        if !path.is_empty() {
            path.push(b'.');
        }
        path.extend_from_slice(bytes);
        let of = |object: Value<'d>| {
            object
                .items()
                .filter(|item| item.key().is_some_and(|own| own.as_raw().bytes() == bytes))
                .last()
        };
        Place {
            path,
            depth: self.depth + 1,
            old: of(old),
            new: of(new),
        }
    }

    /// The elements of two arrays, without those that are the same at their beginnings and ends.
    fn elements(&self, old: Value<'d>, new: Value<'d>) -> Vec<Place<'d>> {
        let before: Vec<Value<'d>> = old.items().take(LOOKED_AT).collect();
        let after: Vec<Value<'d>> = new.items().take(LOOKED_AT).collect();
        let shorter = before.len().min(after.len());
        let alike = |(a, b): &(&Value<'d>, &Value<'d>)| same(**a, **b);
        let head = before.iter().zip(&after).take_while(alike).count();
        let tail = before.iter().rev().zip(after.iter().rev());
        let tail = tail.take(shorter - head).take_while(alike).count();
        let (before, after) = (
            &before[head..before.len() - tail],
            &after[head..after.len() - tail],
        );
        (0..before.len().max(after.len()))
            .map(|n| {
                let mut path = self.path.clone();
                path.extend_from_slice(format!("[{}]", head + n).as_bytes());
                Place {
                    path,
                    depth: self.depth + 1,
                    old: before.get(n).copied(),
                    new: after.get(n).copied(),
                }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::json::Doc;

    fn told(old: &str, new: &str) -> Vec<String> {
        let (old, new) = (Doc::parse(old.as_bytes()), Doc::parse(new.as_bytes()));
        let comparison = Comparison::of_values(
            &[(Part::Argument, old.root(), new.root())],
            Until::within(std::time::Duration::from_secs(60)),
        );
        let side = |text: &Option<RawBuf>| {
            text.as_ref()
                .map_or("-".to_owned(), |text| text.as_raw().label(40))
        };
        let differences = comparison.differences.iter();
        differences
            .map(|one| {
                let path = one.name.as_raw().label(60);
                format!("{path}: {} > {}", side(&one.old), side(&one.new))
            })
            .collect()
    }

    #[test]
    fn what_differs_is_told_by_its_path() {
        assert_eq!(
            told(
                r#"{"path":"~/a","deep":{"list":[1,2,3]},"gone":true,"same":[{"x":1}]}"#,
                r#"{"same":[{"x":1}],"path":"~/b","deep":{"list":[1,9,3]},"come":null}"#,
            ),
            [
                "path: ~/a > ~/b",
                "deep.list[1]: 2 > 9",
                "come: - > null",
                "gone: true > -",
            ]
        );
    }

    #[test]
    fn an_element_that_came_moves_no_other() {
        assert_eq!(told("[1,2,3]", "[1,8,2,3]"), ["[1]: - > 8"]);
        assert_eq!(told("[1,2,3]", "[1,3]"), ["[1]: 2 > -"]);
        assert_eq!(told("[1]", "{\"a\":1}"), [": [1] > {\"a\":1}"]);
    }

    #[test]
    fn nesting_without_end_and_members_without_end_are_cut() {
        let deep = |inner: &str| format!("{}{inner}{}", "[".repeat(5000), "]".repeat(5000));
        assert_eq!(told(&deep("1"), &deep("2")).len(), 1);
        let many = |value: u8| {
            let members: Vec<String> = (0..3000).map(|n| format!("\"k{n}\":{value}")).collect();
            format!("{{{}}}", members.join(","))
        };
        let (old, new) = (many(1), many(2));
        let (old, new) = (Doc::parse(old.as_bytes()), Doc::parse(new.as_bytes()));
        let comparison = Comparison::of_values(
            &[(Part::Value, old.root(), new.root())],
            Until::within(std::time::Duration::from_secs(60)),
        );
        assert!(comparison.cut && comparison.differences.len() == PARAMETERS);
    }
}
