//! Lists of which only the rows that are seen are ever looked at.

/// The first entry to show so that `selected` is seen, moving as little as possible from `offset`.
pub fn scrolled_to(selected: usize, offset: usize, seen: usize, all: usize) -> usize {
    let last_offset = all.saturating_sub(seen);
    let lowest = (selected + 1).saturating_sub(seen);
    offset.clamp(lowest, selected.max(lowest)).min(last_offset)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_list_moves_only_when_it_must() {
        assert_eq!(scrolled_to(5, 0, 10, 100), 0);
        assert_eq!(scrolled_to(12, 0, 10, 100), 3);
        assert_eq!(scrolled_to(2, 50, 10, 100), 2);
        assert_eq!(scrolled_to(99, 0, 10, 100), 90);
        assert_eq!(scrolled_to(0, 0, 0, 0), 0);
    }

    proptest! {
        #[test]
        fn the_selected_row_is_always_seen(
            selected in 0usize..1000, offset in 0usize..2000, seen in 1usize..60, more in 0usize..1000
        ) {
            let all = selected + 1 + more;
            let first = scrolled_to(selected, offset, seen, all);
            prop_assert!(first <= selected && selected < first + seen);
            prop_assert!(first == 0 || first + seen <= all);
        }
    }
}
