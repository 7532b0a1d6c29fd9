//! Content types: what is declared of one is whole, and a place stands for one type.
#![expect(clippy::disallowed_methods, reason = "tests read the theme and the golden sites")]

use clerestory::render::MAKERS;
use clerestory::types::{DATASET, INTERPRETATION, Kind, NEWS, PAGE, POLICY, TOPIC, TYPES, Types};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

#[test]
fn each_type_is_whole() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut ids, mut words) = (BTreeSet::new(), BTreeSet::new());
    for t in TYPES {
        assert!(ids.insert(t.id) && words.insert(t.folder), "{} is there twice", t.id);
        assert!(t.words.iter().all(|w| words.insert(w)) && !t.words.is_empty(), "{}: another type has one of its words", t.id);
        assert_eq!(t.id, t.record.id);
        assert!(t.record.fields.iter().any(|f| std::ptr::eq(*f, t.issuer)), "{}: nobody answers for it", t.id);
        assert!(MAKERS.iter().any(|m| m.name == t.page), "{}: no maker {}", t.id, t.page);
        for tag in ["zh-Hans", "zh-Hant", "en"] {
            let messages = fs::read_to_string(root.join(format!("themes/civic/i18n/{tag}.yaml"))).unwrap();
            assert!(messages.contains(&format!("\ntype.{}: ", t.folder)), "{tag} has no message type.{}", t.folder);
        }
        let shown = fs::read_dir(root.join("tests/golden")).unwrap().flatten().any(|e| e.path().join("content").join(t.folder).is_dir());
        assert!(shown, "no golden site has an item below {}/", t.folder);
    }
}

#[test]
fn a_place_stands_for_one_type() {
    let types = Types::default();
    assert_eq!(types.count(), TYPES.len());
    for (name, kind) in [("policy", POLICY), ("interpretation", INTERPRETATION), ("dataset", DATASET), ("news", NEWS), ("topic", TOPIC), ("page", PAGE)] {
        let same = |k: Kind| k == kind && k.place() == kind.place() && k.id == name && std::ptr::eq(TYPES[k.place()], &*k);
        assert!(types.word(name).is_some_and(same), "{name}");
    }
}
