//! One look at a text tells which of the searches have anything to look for in it.

use super::words::{Look, Search, Together};
use super::{disguise, ills, person};
use std::sync::LazyLock;

static ALL: LazyLock<Option<Together<3>>> = LazyLock::new(|| {
    fn of(search: &'static LazyLock<Option<Search>>) -> Option<&'static Search> {
        search.as_ref()
    }
    Some(Together::new([of(&disguise::FIND)?, of(&person::ANY)?, of(&ills::DISEASE)?], &disguise::ODD))
});

/// Looks at a text.
pub(super) fn look(text: &str) -> Look {
    let Some(all) = ALL.as_ref().filter(|_| text.len() >= 11) else { return Look::default() };
    // Digits of four bytes are not among the bits: of texts that may have them nothing is known.
    let mut dressed = memchr::memchr(0xF0, text.as_bytes()).is_some();
    let [names, persons, ills] = all.signs(text, |i| dressed = dressed || disguise::beside_digit(text, i));
    Look { names, persons, ills, dressed }
}
