//! A change of keys. The old key says in the log itself which key comes after it, so that whoever knows the old one can go on.
//!
//! An entry `key OLD NEW SIGNATURE` holds both keys to check with, and the old key's signature over them and over the log before the
//! entry: it cannot be moved into another history. C2SP leaves the change of keys open; that a note bears the signatures of both keys
//! for a while is the custom there, and a build that has both keys does that as well.

use super::note::{Key, Verifier, base64};
use super::tlog;

const WORD: &str = "key";
/// What the signed text begins with, so that it is no checkpoint and no list of files.
const WHAT: &str = "clerestory-key-v1";
/// Entries looked at for one key: each takes a pass over the log.
const TRIED: usize = 20;

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Handover {
    old: Verifier,
    new: Verifier,
    signature: String,
}

fn statement(old: &Verifier, new: &Verifier, before: &[tlog::Hash]) -> String {
    format!("{WHAT}\n{}\n{}\n{}\n{}\n", old.text(), new.text(), before.len(), base64(&tlog::root(before)))
}

impl Handover {
    fn parse(entry: &[u8]) -> Option<Handover> {
        let words: Vec<&str> = std::str::from_utf8(entry.get(..2048).unwrap_or(entry)).ok()?.split(' ').collect();
        let [WORD, old, new, signature] = words[..] else { return None };
        let (old, new) = (Verifier::parse(old)?, Verifier::parse(new)?);
        (old.name() == new.name() && old != new).then(|| Handover { old, new, signature: signature.to_string() })
    }

    fn holds(&self, before: &[tlog::Hash]) -> bool {
        self.old.fits(&statement(&self.old, &self.new, before), &self.signature)
    }
}

/// The entry by which a key hands over, after the entries that are there.
pub fn handover(old: &Key, new: &Verifier, before: &[Vec<u8>]) -> Vec<u8> {
    let leaves: Vec<tlog::Hash> = before.iter().map(|e| tlog::leaf(e)).collect();
    let signature = old.signature(&statement(&old.verifier(), new, &leaves));
    format!("{WORD} {} {} {signature}", old.verifier().text(), new.text()).into_bytes()
}

/// The keys of a log as far as they hang together with one that is known.
#[derive(Debug, Clone)]
pub struct Keys {
    /// Oldest first; each but the last handed over to the next.
    pub all: Vec<Verifier>,
    /// The key that is known is not the last any more.
    pub changed: bool,
}

impl Keys {
    /// Follows a key through the log in both directions.
    pub fn of(known: &Verifier, entries: &[Vec<u8>]) -> Keys {
        let found: Vec<(usize, Handover)> = entries.iter().enumerate().filter_map(|(n, e)| Some((n, Handover::parse(e)?))).collect();
        if found.is_empty() {
            return Keys { all: vec![known.clone()], changed: false };
        }
        let leaves: Vec<tlog::Hash> = entries.iter().map(|e| tlog::leaf(e)).collect();
        let holds = |n: usize, h: &Handover| leaves.get(..n).is_some_and(|before| h.holds(before));
        let mut all = vec![known.clone()];
        let mut tried = 0;
        for (n, h) in &found {
            if all.last() == Some(&h.old) && !all.contains(&h.new) && tried < TRIED {
                tried += 1;
                all.extend(holds(*n, h).then(|| h.new.clone()));
            }
        }
        let changed = all.len() > 1;
        tried = 0;
        for (n, h) in found.iter().rev() {
            if all.first() == Some(&h.new) && !all.contains(&h.old) && tried < TRIED {
                tried += 1;
                if holds(*n, h) {
                    all.insert(0, h.old.clone());
                }
            }
        }
        Keys { all, changed }
    }

    /// The one that signs now.
    pub fn now(&self) -> Option<&Verifier> {
        self.all.last()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(n: u8) -> Key {
        Key::new("example.org", &[n; 32]).unwrap()
    }

    #[test]
    fn keys_hand_over_only_by_their_own_signature() {
        let mut log: Vec<Vec<u8>> = vec![b"site 2026-01-01 aa".to_vec()];
        log.push(handover(&key(1), &key(2).verifier(), &log));
        log.push(b"site 2026-01-02 bb".to_vec());
        log.push(handover(&key(2), &key(3).verifier(), &log));
        let names = |k: &Keys| k.all.iter().map(|v| (1..9).find(|n| key(*n).verifier() == *v).unwrap()).collect::<Vec<u8>>();
        for known in 1..=3 {
            let keys = Keys::of(&key(known).verifier(), &log);
            assert_eq!((names(&keys), keys.changed), (vec![1, 2, 3], known < 3));
        }
        assert_eq!(names(&Keys::of(&key(4).verifier(), &log)), [4]);
        // Moved into another history, signed by another key, or for a log of another name it says nothing.
        let mut other = vec![b"site 2026-01-01 cc".to_vec(), log[1].clone()];
        assert_eq!(names(&Keys::of(&key(1).verifier(), &other)), [1]);
        let forged = String::from_utf8(handover(&key(5), &key(6).verifier(), &other)).unwrap();
        let forged = forged.replace(&key(5).verifier().text(), &key(1).verifier().text());
        other.push(forged.into_bytes());
        assert_eq!(names(&Keys::of(&key(1).verifier(), &other)), [1]);
        let strange = Key::new("example.net", &[2; 32]).unwrap();
        let all = vec![handover(&key(1), &strange.verifier(), &[])];
        assert_eq!(Keys::of(&key(1).verifier(), &all).all, [key(1).verifier()]);
        // Every byte counts.
        for i in 0..log[1].len() {
            let mut hurt = log[..2].to_vec();
            hurt[1][i] ^= 1;
            assert_eq!(names(&Keys::of(&key(1).verifier(), &hurt)), [1], "byte {i}");
        }
    }
}
