//! What a signal weighs, and what was taken off.

/// What spoke for innocence.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Against {
    /// A clause in our own words: "the tool only looks something up".
    pub why: &'static str,
    /// By how much the signal weighs less.
    pub less: f32,
}

/// A weight in the making.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Weight {
    pub sum: f32,
    pub against: Vec<Against>,
}

impl From<f32> for Weight {
    fn from(sum: f32) -> Weight {
        Weight {
            sum,
            against: Vec::new(),
        }
    }
}

impl Weight {
    /// Heavier by `much` where something holds.
    pub(super) fn more(&mut self, holds: bool, much: f32) -> &mut Weight {
        if holds {
            self.sum += much;
        }
        self
    }

    /// Lighter by `much` where something holds.
    pub(super) fn less(&mut self, holds: bool, much: f32, why: &'static str) -> &mut Weight {
        if holds && self.sum > 0.0 {
            let less = much.min(self.sum);
            self.sum -= less;
            self.against.push(Against { why, less });
        }
        self
    }

    /// A share of itself where something holds.
    pub(super) fn scale(&mut self, holds: bool, share: f32, why: &'static str) -> &mut Weight {
        let much = self.sum * (1.0 - share);
        self.less(holds, much, why)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_was_taken_off() {
        let mut weight = Weight::from(2.0);
        weight
            .more(true, 2.0)
            .less(false, 1.0, "no")
            .scale(true, 0.25, "yes");
        assert_eq!(weight.sum, 1.0);
        assert_eq!(
            weight.against,
            [Against {
                why: "yes",
                less: 3.0
            }]
        );
        assert_eq!(Weight::from(0.0).less(true, 1.0, "nothing").against, []);
    }
}
