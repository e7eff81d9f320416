//! Typed netstrings: a length, a colon, so many bytes, and a letter for what they are. Nothing is read before it is asked
//! for, so neither nesting nor lengths that lie cost anything.

/// One value, borrowed.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    kind: u8,
    payload: &'a [u8],
}

/// Most digits of a length.
const DIGITS: usize = 12;

/// Takes the value that a text begins with; gives the rest of the text, too. `None` where there is no whole one.
pub fn take(text: &[u8]) -> Option<(Item<'_>, &[u8])> {
    let digits = text.iter().take(DIGITS + 1).position(|b| *b == b':')?;
    if digits == 0 || !text[..digits].iter().all(u8::is_ascii_digit) {
        return None;
    }
    let len = text[..digits]
        .iter()
        .fold(0u64, |n, b| n * 10 + u64::from(b - b'0'));
    let body = &text[digits + 1..];
    let len = usize::try_from(len).ok().filter(|len| *len < body.len())?;
    let item = Item {
        kind: body[len],
        payload: &body[..len],
    };
    Some((item, &body[len + 1..]))
}

impl<'a> Item<'a> {
    /// The member of a dictionary.
    pub fn get(self, key: &str) -> Option<Item<'a>> {
        let mut items = self.inside(b'}');
        while let (Some(name), Some(value)) = (items.next(), items.next()) {
            if name.payload == key.as_bytes() {
                return Some(value);
            }
        }
        None
    }

    /// The items of a list.
    pub fn items(self) -> impl Iterator<Item = Item<'a>> {
        self.inside(b']')
    }

    fn inside(self, kind: u8) -> impl Iterator<Item = Item<'a>> {
        let mut rest = if self.kind == kind { self.payload } else { b"" };
        std::iter::from_fn(move || {
            let (item, after) = take(rest)?;
            rest = after;
            Some(item)
        })
    }

    pub fn is_dictionary(self) -> bool {
        self.kind == b'}'
    }

    /// The bytes of a string, whether they are said to be text or not.
    pub fn bytes(self) -> Option<&'a [u8]> {
        matches!(self.kind, b',' | b';').then_some(self.payload)
    }

    /// An integer, or what is left of a number's fraction.
    pub fn number(self) -> Option<f64> {
        if !matches!(self.kind, b'#' | b'^') {
            return None;
        }
        let number: f64 = std::str::from_utf8(self.payload).ok()?.parse().ok()?;
        number.is_finite().then_some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found() {
        let text = b"62:4:list;12:3:one,3:two;]6:number;4:-1.5^4:none;0:~3:yes;4:true!}rest";
        let (item, rest) = take(text).unwrap();
        assert_eq!(rest, b"rest");
        let list: Vec<_> = item.get("list").unwrap().items().collect();
        assert_eq!(list[1].bytes(), Some(&b"two"[..]));
        assert_eq!(item.get("number").unwrap().number(), Some(-1.5));
        assert!(item.get("none").unwrap().bytes().is_none());
        assert!(item.get("gone").is_none() && !list[0].is_dictionary());
    }

    #[test]
    fn lies_are_not_believed() {
        for text in [
            &b"9999999999999999999999:x,"[..],
            b"999999999999:x,",
            b"3:ab,",
            b":,",
            b"-1:,",
            b"0:",
            b"",
            b"abc",
        ] {
            assert!(take(text).is_none(), "{text:?}");
        }
        let (nan, _) = take(b"3:nan^").unwrap();
        assert_eq!(nan.number(), None);
        // A list that says it is longer inside than it is ends there.
        let (list, _) = take(b"6:99:x,,]").unwrap();
        assert_eq!(list.items().count(), 0);
    }
}
