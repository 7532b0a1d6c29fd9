//! One look at a text tells which of the searches have anything to look for in it.

use super::words::{Look, Search, Together};
use super::{disguise, person};
use std::sync::LazyLock;

static ALL: LazyLock<Option<Together<2>>> = LazyLock::new(|| {
    fn of(search: &'static LazyLock<Option<Search>>) -> Option<&'static Search> {
        search.as_ref()
    }
    Some(Together::new([of(&disguise::FIND)?, of(&person::ANY)?], &disguise::ODD))
});

/// Looks at a text.
pub(super) fn look(text: &str) -> Look {
    let Some(all) = ALL.as_ref().filter(|_| text.len() >= 11) else { return Look::default() };
    // Digits of four bytes are not among the bits: of texts that may have them nothing is known.
    let mut dressed = memchr::memchr(0xF0, text.as_bytes()).is_some();
    let (mut persons, mut ills) = (0, None);
    let told = |bits: u128, i: usize| {
        persons |= bits;
        if person::ill_among(bits) && ills.is_none() {
            ills = Some(i);
        }
    };
    let [names, _] = all.signs_and_all(text, told, |i| dressed = dressed || disguise::beside_digit(text, i));
    Look { names, persons, ills, dressed }
}
