//! A set of row numbers, a bit each, that knows which one is the nth.

use std::ops::Range;

/// Numbers that were picked out of the first so many, in order: an eighth of a byte a number, whether it was picked
/// or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picked {
    words: Vec<u64>,
    /// How many were picked before each block of [`BLOCK`] words.
    before: Vec<u32>,
    len: usize,
}

/// Words a block: the ranks of ten million rows take 80 kB, and to find the nth looks at so many words.
const BLOCK: usize = 8;
const BITS: usize = 64;

impl Picked {
    /// How many were picked.
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Takes in what was picked of a range: the first bit of `part` stands for the beginning of the range, rounded down
    /// to a multiple of 64. Ranges may come in any order.
    pub fn extend(&mut self, range: Range<usize>, part: &[u64]) {
        let first = range.start / BITS;
        let words = range.end.div_ceil(BITS);
        if self.words.len() < words {
            self.words.resize(words, 0);
        }
        for (n, word) in part.iter().enumerate() {
            if let Some(own) = self.words.get_mut(first + n) {
                *own |= word;
            }
        }
        self.count_from(first / BLOCK);
    }

    /// Picks a number that is above all others.
    pub fn push(&mut self, number: usize) {
        let word = number / BITS;
        if self.words.len() <= word {
            self.words.resize(word + 1, 0);
            self.count_from(self.before.len().saturating_sub(1));
        }
        let bit = 1 << (number % BITS);
        self.len += usize::from(self.words[word] & bit == 0);
        self.words[word] |= bit;
    }

    /// Picks these numbers, or drops them.
    pub fn change(&mut self, numbers: &[(usize, bool)]) {
        let mut lowest = usize::MAX;
        for (number, pick) in numbers {
            let Some(word) = self.words.get_mut(number / BITS) else {
                continue;
            };
            let bit = 1 << (number % BITS);
            *word = if *pick { *word | bit } else { *word & !bit };
            lowest = lowest.min(number / BITS);
        }
        if lowest < usize::MAX {
            self.count_from(lowest / BLOCK);
        }
    }

    /// Forgets this number and all above it.
    pub fn truncate(&mut self, number: usize) {
        if number / BITS < self.words.len() {
            self.words.truncate(number / BITS + 1);
            self.words[number / BITS] &= (1 << (number % BITS)) - 1;
            self.count_from(number / BITS / BLOCK);
        }
    }

    fn count_from(&mut self, block: usize) {
        self.before.truncate(block + 1);
        if self.before.is_empty() {
            self.before.push(0);
        }
        let mut count = self.before[self.before.len() - 1];
        let from = (self.before.len() - 1) * BLOCK;
        for block in self.words[from..].chunks(BLOCK) {
            count += block.iter().map(|word| word.count_ones()).sum::<u32>();
            self.before.push(count);
        }
        self.len = count as usize;
        // The last one is the count of all, which `len` says.
        self.before.pop();
    }

    pub fn contains(&self, number: usize) -> bool {
        let word = self.words.get(number / BITS);
        word.is_some_and(|word| word >> (number % BITS) & 1 == 1)
    }

    /// How many were picked that are below this number.
    pub fn rank(&self, number: usize) -> usize {
        let at = number / BITS;
        if at >= self.words.len() {
            return self.len;
        }
        let block = at / BLOCK;
        let whole = &self.words[block * BLOCK..at];
        let below = self.words[at] & ((1 << (number % BITS)) - 1);
        let whole: u32 = whole.iter().map(|word| word.count_ones()).sum();
        (self.before[block] + whole + below.count_ones()) as usize
    }

    /// The nth of them, from 0.
    pub fn nth(&self, n: usize) -> Option<usize> {
        if n >= self.len {
            return None;
        }
        let block = self.before.partition_point(|before| *before as usize <= n) - 1;
        let mut left = n - self.before[block] as usize;
        for (at, word) in self.words[block * BLOCK..].iter().enumerate() {
            let ones = word.count_ones() as usize;
            if left < ones {
                let mut word = *word;
                for _ in 0..left {
                    word &= word - 1;
                }
                return Some((block * BLOCK + at) * BITS + word.trailing_zeros() as usize);
            }
            left -= ones;
        }
        None
    }

    /// The first that is not below this number.
    pub fn at_or_after(&self, number: usize) -> Option<usize> {
        self.nth(self.rank(number))
    }

    /// The last that is below this number.
    pub fn last_before(&self, number: usize) -> Option<usize> {
        self.nth(self.rank(number).checked_sub(1)?)
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(at, word)| {
            let mut word = *word;
            std::iter::from_fn(move || {
                let bit = (word != 0).then(|| word.trailing_zeros() as usize)?;
                word &= word - 1;
                Some(at * BITS + bit)
            })
        })
    }

    /// Those that are in the other set, too.
    pub fn and(&self, other: &Picked) -> Picked {
        let words = self.words.iter().zip(&other.words);
        let mut both = Picked {
            words: words.map(|(a, b)| a & b).collect(),
            ..Picked::default()
        };
        both.count_from(0);
        both
    }
}

/// A bit for each number of a range, to be filled by several threads: each has whole words of its own.
#[derive(Debug)]
pub struct Part {
    pub range: Range<usize>,
    pub words: Vec<u64>,
}

impl Part {
    /// Nothing picked yet.
    pub fn new(range: Range<usize>) -> Part {
        let first = range.start / BITS;
        let words = range.end.div_ceil(BITS).saturating_sub(first);
        Part {
            words: vec![0; words],
            range,
        }
    }

    pub fn set(&mut self, number: usize) {
        let at = (number / BITS).checked_sub(self.range.start / BITS);
        if let Some(word) = at.and_then(|at| self.words.get_mut(at)) {
            *word |= 1 << (number % BITS);
        }
    }

    pub fn has(&self, number: usize) -> bool {
        let at = (number / BITS).checked_sub(self.range.start / BITS);
        let word = at.and_then(|at| self.words.get(at));
        word.is_some_and(|word| word >> (number % BITS) & 1 == 1)
    }

    /// Ranges of about so many numbers each, cut where words are.
    pub fn pieces(range: Range<usize>, size: usize) -> Vec<Range<usize>> {
        let size = size.max(BITS) / BITS * BITS;
        let mut pieces = Vec::new();
        let mut at = range.start;
        while at < range.end {
            let end = ((at / size + 1) * size).min(range.end);
            pieces.push(at..end);
            at = end;
        }
        pieces
    }

    /// Puts pieces that follow each other together.
    pub fn joined(range: Range<usize>, pieces: Vec<Part>) -> Part {
        let mut whole = Part::new(range);
        let base = whole.range.start / BITS;
        for piece in pieces {
            let first = piece.range.start / BITS - base;
            for (n, word) in piece.words.iter().enumerate() {
                if let Some(own) = whole.words.get_mut(first + n) {
                    *own |= word;
                }
            }
        }
        whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn it_is_the_set_that_a_tree_would_be(
            numbers in proptest::collection::btree_set(0usize..5000, 0..800),
            cuts in proptest::collection::btree_set(1usize..5000, 0..6),
            asked in 0usize..6000,
        ) {
            let mut picked = Picked::default();
            let mut from = 0;
            for to in cuts.into_iter().chain([5000]) {
                let pieces = Part::pieces(from..to, 128).into_iter().map(|range| {
                    let mut part = Part::new(range.clone());
                    numbers.range(range).for_each(|n| part.set(*n));
                    part
                });
                let part = Part::joined(from..to, pieces.collect());
                picked.extend(from..to, &part.words);
                from = to;
            }
            let list: Vec<usize> = numbers.iter().copied().collect();
            prop_assert_eq!(picked.len(), list.len());
            prop_assert_eq!(picked.iter().collect::<Vec<_>>(), list.clone());
            prop_assert_eq!(picked.rank(asked), numbers.range(..asked).count());
            prop_assert_eq!(picked.contains(asked), numbers.contains(&asked));
            prop_assert_eq!(picked.at_or_after(asked), numbers.range(asked..).next().copied());
            prop_assert_eq!(picked.last_before(asked), numbers.range(..asked).next_back().copied());
            for (n, number) in list.iter().enumerate() {
                prop_assert_eq!(picked.nth(n), Some(*number));
            }
            prop_assert_eq!(picked.nth(list.len()), None);
            let mut pushed = Picked::default();
            list.iter().for_each(|n| pushed.push(*n));
            prop_assert_eq!(pushed.iter().collect::<Vec<_>>(), list.clone());
            prop_assert_eq!(pushed.rank(asked), picked.rank(asked));
            let mut cut = picked.clone();
            cut.truncate(asked);
            prop_assert_eq!(cut.iter().collect::<Vec<_>>(), numbers.range(..asked).copied().collect::<Vec<_>>());
            prop_assert_eq!(cut.len(), cut.iter().count());
            cut = picked.clone();
            cut.change(&[(asked / 2, true), (asked / 3, false)]);
            prop_assert!(asked / 2 >= 5000 || cut.contains(asked / 2) || asked / 3 == asked / 2);
            prop_assert!(!cut.contains(asked / 3));
            prop_assert_eq!(cut.len(), cut.iter().count());
            let even: BTreeSet<usize> = (0..5000).step_by(2).collect();
            let mut others = Picked::default();
            even.iter().for_each(|n| others.push(*n));
            let both: Vec<usize> = numbers.intersection(&even).copied().collect();
            prop_assert_eq!(picked.and(&others).iter().collect::<Vec<_>>(), both);
        }
    }
}
