//! How long things took: exact while they are few, then in buckets whose width grows with the duration.

/// Durations that are kept as they are.
const EXACT: usize = 64;
/// Buckets for each doubling of the duration, as a power of two: 32, so that a bucket is at most 1/32 as wide as the
/// durations in it are long.
const PRECISION: u32 = 5;
/// Below this, in microseconds, every value has a bucket of its own.
const FINE: u64 = 2 << PRECISION;

/// Durations in microseconds. Up to 64 of them are exact; of more, a percentile is the middle of its bucket and so at
/// most 1.6 % off. The longest is always exact. At most 16 KB, however many there are: 1,900 buckets reach to 292,000
/// years.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Durations {
    /// In order; empty once there are too many of them.
    exact: Vec<u64>,
    /// Buckets that are not empty, in order: number, and how many durations fell into it.
    buckets: Vec<(u16, u32)>,
    count: u64,
    longest: u64,
}

impl Durations {
    /// A clock that went back tells no duration: less than nothing is passed over.
    pub fn add(&mut self, micros: i64) {
        let Ok(micros) = u64::try_from(micros) else {
            return;
        };
        self.count += 1;
        self.longest = self.longest.max(micros);
        if self.buckets.is_empty() {
            let place = self.exact.partition_point(|known| *known <= micros);
            self.exact.insert(place, micros);
            if self.exact.len() > EXACT {
                for micros in std::mem::take(&mut self.exact) {
                    self.put(micros);
                }
            }
        } else {
            self.put(micros);
        }
    }

    fn put(&mut self, micros: u64) {
        let bucket = bucket_of(micros);
        match self.buckets.binary_search_by_key(&bucket, |(at, _)| *at) {
            Ok(place) => self.buckets[place].1 = self.buckets[place].1.saturating_add(1),
            Err(place) => self.buckets.insert(place, (bucket, 1)),
        }
    }

    pub fn count(&self) -> u64 {
        self.count
    }

    /// In microseconds; `None` where there is none.
    pub fn longest(&self) -> Option<i64> {
        (self.count > 0).then_some(self.longest as i64)
    }

    /// The duration that so many hundredths of all do not exceed, in microseconds: the one with this rank, no value
    /// between two. `None` where there is none.
    pub fn percentile(&self, hundredths: u64) -> Option<i64> {
        let rank = (self.count * hundredths.min(100)).div_ceil(100).max(1);
        if self.buckets.is_empty() {
            let place = usize::try_from(rank - 1).ok()?;
            return self.exact.get(place).map(|micros| *micros as i64);
        }
        if rank == self.count {
            return self.longest();
        }
        let mut before = 0;
        let at = self.buckets.iter().find(|(_, count)| {
            before += u64::from(*count);
            before >= rank
        })?;
        Some(middle_of(at.0).min(self.longest) as i64)
    }
}

fn bucket_of(micros: u64) -> u16 {
    if micros < FINE {
        return micros as u16;
    }
    // The highest six bits say which bucket it is, their place which row of 32.
    let shift = micros.ilog2() - PRECISION;
    let within = (micros >> shift) - (1 << PRECISION);
    (u64::from(shift + 1) * (1 << PRECISION) + within) as u16
}

fn middle_of(bucket: u16) -> u64 {
    let bucket = u64::from(bucket);
    if bucket < FINE {
        return bucket;
    }
    let shift = (bucket >> PRECISION) - 1;
    let within = bucket & ((1 << PRECISION) - 1);
    let low = ((1 << PRECISION) + within) << shift;
    low + (1 << shift) / 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_few_durations_are_exact() {
        let mut durations = Durations::default();
        assert_eq!(
            (durations.percentile(50), durations.longest()),
            (None, None)
        );
        for micros in [30, 10, 354_321, 20] {
            durations.add(micros);
        }
        assert_eq!(durations.percentile(50), Some(20));
        assert_eq!(durations.percentile(95), Some(354_321));
        assert_eq!(durations.longest(), Some(354_321));
        durations.add(-5);
        assert_eq!(durations.count(), 4);
    }

    #[test]
    fn buckets_reach_from_nothing_to_the_longest_time() {
        for micros in [
            0,
            1,
            63,
            64,
            65,
            127,
            128,
            1_000_000,
            u64::from(u32::MAX),
            i64::MAX as u64,
        ] {
            let middle = middle_of(bucket_of(micros));
            let off = middle.abs_diff(micros);
            assert!(off * 64 <= micros, "{micros} is told as {middle}");
        }
        assert!(bucket_of(i64::MAX as u64) < 1_900);
    }

    proptest! {
        #[test]
        fn percentiles_are_close_to_the_true_ones(
            mut all in proptest::collection::vec(0i64..50_000_000_000, 1..400),
            hundredths in 0u64..=100,
        ) {
            let mut durations = Durations::default();
            for micros in &all {
                durations.add(*micros);
            }
            all.sort_unstable();
            let rank = (all.len() * hundredths as usize).div_ceil(100).max(1);
            let (exact, told) = (all[rank - 1], durations.percentile(hundredths).unwrap());
            prop_assert!((told - exact).abs() * 62 <= exact, "{told} for {exact}");
            if all.len() <= EXACT {
                prop_assert_eq!(told, exact);
            }
            prop_assert_eq!(durations.longest(), all.last().copied());
        }
    }
}
