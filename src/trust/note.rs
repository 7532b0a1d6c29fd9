//! Signed notes (C2SP signed-note) with Ed25519 keys, and cosignatures of witnesses (C2SP tlog-cosignature).
//!
//! Keys are written as Go's `golang.org/x/mod/sumdb/note` writes them, so that one key serves both programs.

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

/// Sign of an Ed25519 key of a note.
const ED25519: u8 = 1;
/// Sign of a witness that cosigns with a time.
const COSIGNATURE: u8 = 4;
/// Longest note that is read, in bytes.
const LONGEST: usize = 1 << 20;
/// Most signatures of a note that are looked at.
const SIGNATURES: usize = 100;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Base64 of RFC 4648 with padding.
pub fn base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let n = chunk.iter().fold(0u32, |n, b| n << 8 | u32::from(*b)) << (8 * (3 - chunk.len()));
        for i in 0..4 {
            let digit = DIGITS[(n >> (18 - 6 * i) & 63) as usize];
            out.push(if i <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    out
}

/// The bytes of a base64 text, strictly: a text that [`base64`] would not have written is none, so that no bit can be changed unseen.
pub fn unbase64(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let bytes = text.as_bytes();
    if !bytes.len().is_multiple_of(4) {
        return None;
    }
    for chunk in bytes.chunks(4) {
        let digits = chunk.iter().take_while(|b| **b != b'=').count();
        let n = chunk[..digits].iter().try_fold(0u32, |n, b| Some(n << 6 | DIGITS.iter().position(|d| d == b)? as u32))?;
        let n = n << (6 * (4 - digits));
        out.extend(n.to_be_bytes()[1..].iter().take(digits.checked_sub(1)?));
    }
    (base64(&out) == text).then_some(out)
}

/// The name of a key: no blank, no plus, not empty.
pub fn good_name(name: &str) -> bool {
    !name.is_empty() && name.len() <= 200 && !name.chars().any(|c| c.is_whitespace() || c.is_control() || c == '+')
}

fn id(name: &str, kind: u8, key: &[u8]) -> [u8; 4] {
    let hash = Sha256::new().chain_update(name).chain_update(b"\n").chain_update([kind]).chain_update(key).finalize();
    [hash[0], hash[1], hash[2], hash[3]]
}

/// A key that signs.
#[derive(Clone)]
pub struct Key {
    name: String,
    key: SigningKey,
}

impl std::fmt::Debug for Key {
    /// Never the key.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Key({})", self.name)
    }
}

impl Key {
    /// A key of 32 random bytes. `None` where the name is none.
    pub fn new(name: &str, seed: &[u8; 32]) -> Option<Key> {
        good_name(name).then(|| Key { name: name.to_string(), key: SigningKey::from_bytes(seed) })
    }

    /// Reads `PRIVATE+KEY+<name>+<id>+<key>`.
    pub fn parse(text: &str) -> Option<Key> {
        let (name, rest) = text.trim().strip_prefix(PRIVATE)?.split_once('+')?;
        let (told, data) = rest.split_once('+')?;
        let data = unbase64(data)?;
        let (kind, seed) = data.split_first()?;
        let key = Key::new(name, seed.try_into().ok()?).filter(|_| *kind == ED25519)?;
        (crate::output::hex(&key.id()) == told).then_some(key)
    }

    /// The same as text, for a file that nobody else reads.
    pub fn text(&self) -> String {
        let data: Vec<u8> = [ED25519].into_iter().chain(self.key.to_bytes()).collect();
        format!("{PRIVATE}{}+{}+{}", self.name, crate::output::hex(&self.id()), base64(&data))
    }

    /// Its name, which is the log's too.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn id(&self) -> [u8; 4] {
        id(&self.name, ED25519, self.key.verifying_key().as_bytes())
    }

    /// The key by which others check: it is public.
    pub fn verifier(&self) -> Verifier {
        Verifier { name: self.name.clone(), kind: ED25519, key: self.key.verifying_key() }
    }

    /// A secret of its own for a use that is named, so that what is derived tells nothing of the key.
    pub fn secret(&self, what: &str, of: &str) -> [u8; 32] {
        let inner = Sha256::new().chain_update(self.key.to_bytes()).chain_update(what).chain_update([0]).chain_update(of).finalize();
        Sha256::new().chain_update(self.key.to_bytes()).chain_update(inner).finalize().into()
    }

    /// The signature over a text as a note has it: base64 of id and signature.
    pub fn signature(&self, text: &str) -> String {
        let signed = self.key.sign(text.as_bytes()).to_bytes();
        let data: Vec<u8> = self.id().into_iter().chain(signed).collect();
        base64(&data)
    }

    /// The note of a text, which ends with a line break.
    pub fn sign(&self, text: &str) -> String {
        format!("{text}\n{DASH}{} {}\n", self.name, self.signature(text))
    }
}

/// How a key that signs begins.
pub const PRIVATE: &str = "PRIVATE+KEY+";
const DASH: &str = "\u{2014} ";

/// A key by which a note is checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verifier {
    name: String,
    kind: u8,
    key: VerifyingKey,
}

impl Verifier {
    /// Reads `<name>+<id>+<key>`.
    pub fn parse(text: &str) -> Option<Verifier> {
        let (name, rest) = text.trim().split_once('+')?;
        let (told, data) = rest.split_once('+')?;
        let data = unbase64(data)?;
        let (kind, key) = data.split_first()?;
        let key = VerifyingKey::from_bytes(key.try_into().ok()?).ok()?;
        let out = Verifier { name: name.to_string(), kind: *kind, key };
        (good_name(name) && matches!(*kind, ED25519 | COSIGNATURE) && crate::output::hex(&out.id()) == told).then_some(out)
    }

    /// The same as text.
    pub fn text(&self) -> String {
        let data: Vec<u8> = [self.kind].into_iter().chain(self.key.to_bytes()).collect();
        format!("{}+{}+{}", self.name, crate::output::hex(&self.id()), base64(&data))
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn id(&self) -> [u8; 4] {
        id(&self.name, self.kind, self.key.as_bytes())
    }

    /// Whether the note bears a signature of this key over its text.
    pub fn signed(&self, note: &Note) -> bool {
        let mine = note.lines.iter().filter(|s| s.name == self.name && s.data.get(..4) == Some(&self.id()));
        mine.into_iter().any(|s| match self.kind {
            ED25519 => self.valid(note.text.as_bytes(), &s.data[4..]),
            _ => s.data.get(4..12).is_some_and(|time| {
                let time = time.iter().fold(0u64, |n, b| n << 8 | u64::from(*b));
                self.valid(format!("cosignature/v1\ntime {time}\n{}", note.text).as_bytes(), &s.data[12..])
            }),
        })
    }

    /// Whether a signature as [`Key::signature`] writes it is this key's over the text.
    pub fn fits(&self, text: &str, signature: &str) -> bool {
        let data = unbase64(signature).filter(|d| self.kind == ED25519 && d.get(..4) == Some(&self.id()));
        data.is_some_and(|d| self.valid(text.as_bytes(), &d[4..]))
    }

    /// The same key, under whatever name and for whatever use: who has it signs as both.
    pub fn same_hand(&self, other: &Verifier) -> bool {
        self.key == other.key
    }

    fn valid(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature).is_ok_and(|s| self.key.verify_strict(message, &s).is_ok())
    }
}

/// A text with signatures below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// With its closing line break.
    pub text: String,
    lines: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    name: String,
    data: Vec<u8>,
}

impl Note {
    /// Reads a note. Whether a signature is right is another question.
    pub fn parse(bytes: &[u8]) -> Option<Note> {
        let all = std::str::from_utf8(bytes).ok().filter(|t| t.len() <= LONGEST && !t.chars().any(|c| c < ' ' && c != '\n'))?;
        let at = all.rfind("\n\n")?;
        let (text, below) = (&all[..=at], &all[at + 2..]);
        let below = below.strip_suffix('\n').filter(|b| !b.is_empty())?;
        let lines = below.split('\n').map(|line| {
            let (name, data) = line.strip_prefix(DASH)?.split_once(' ')?;
            let data = unbase64(data).filter(|d| d.len() > 4)?;
            good_name(name).then(|| Line { name: name.to_string(), data })
        });
        let lines: Vec<Line> = lines.collect::<Option<_>>().filter(|l: &Vec<Line>| l.len() <= SIGNATURES)?;
        Some(Note { text: text.to_string(), lines })
    }

    /// The same as bytes.
    pub fn text(&self) -> String {
        let lines: String = self.lines.iter().map(|l| format!("{DASH}{} {}\n", l.name, base64(&l.data))).collect();
        format!("{}\n{lines}", self.text)
    }

    /// Names of those who signed besides the one who wrote it.
    pub fn others(&self, own: &str) -> Vec<&str> {
        self.lines.iter().map(|l| l.name.as_str()).filter(|n| *n != own).collect()
    }

    /// Takes over the signatures of another note over the same text.
    pub fn join(&mut self, other: &Note) -> bool {
        let same = self.text == other.text;
        if same {
            let new: Vec<Line> = other.lines.iter().filter(|l| !self.lines.contains(l)).cloned().collect();
            self.lines.extend(new);
            self.lines.truncate(SIGNATURES);
        }
        same
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example key and note of the documentation of Go's `note`.
    const SKEY: &str = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    const VKEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    const NOTE: &str = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    #[test]
    fn notes_are_those_of_go() {
        let (key, verifier) = (Key::parse(SKEY).unwrap(), Verifier::parse(VKEY).unwrap());
        assert_eq!((key.text().as_str(), key.verifier().text().as_str()), (SKEY, VKEY));
        let note = Note::parse(NOTE.as_bytes()).unwrap();
        assert!(verifier.signed(&note) && note.text() == NOTE);
        assert_eq!(key.sign(&note.text), NOTE);
        for i in 0..NOTE.len() {
            let mut bytes = NOTE.as_bytes().to_vec();
            bytes[i] ^= 1;
            assert!(!Note::parse(&bytes).is_some_and(|n| verifier.signed(&n)), "byte {i}");
        }
    }

    #[test]
    fn base64_is_strict() {
        for text in ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg=="] {
            assert_eq!(base64(&unbase64(text).unwrap()), text);
        }
        for text in ["Zh==", "Zm9=", "Zg", "Zg=", "Zg=a", "=g==", "Z===", "Zm9v\n", "Zm 9", "===="] {
            assert_eq!(unbase64(text), None, "{text}");
        }
    }

    #[test]
    fn a_witness_signs_with_a_time() {
        let seed = [7; 32];
        let witness = SigningKey::from_bytes(&seed);
        let verifier = Verifier { name: "w.example".into(), kind: COSIGNATURE, key: witness.verifying_key() };
        let verifier = Verifier::parse(&verifier.text()).unwrap();
        let key = Key::new("a.example", &[1; 32]).unwrap();
        let mut note = Note::parse(key.sign("a.example\n1\nAAAA\n").as_bytes()).unwrap();
        assert!(!verifier.signed(&note));
        let time = 1_700_000_000u64;
        let signed = witness.sign(format!("cosignature/v1\ntime {time}\n{}", note.text).as_bytes()).to_bytes();
        let data: Vec<u8> = verifier.id().into_iter().chain(time.to_be_bytes()).chain(signed).collect();
        let line = format!("{}\n{DASH}w.example {}\n", note.text, base64(&data));
        assert!(note.join(&Note::parse(line.as_bytes()).unwrap()));
        assert!(verifier.signed(&note) && key.verifier().signed(&note));
        assert_eq!(note.others("a.example"), ["w.example"]);
        assert_eq!(Note::parse(note.text().as_bytes()).unwrap(), note);
    }

    #[test]
    fn names_and_foreign_keys() {
        assert!(Key::new("a b", &[0; 32]).is_none() && Key::new("a+b", &[0; 32]).is_none() && Key::new("", &[0; 32]).is_none());
        assert!(Key::parse(&SKEY.replace("c74f20a3", "c74f20a4")).is_none());
        assert!(Verifier::parse(&VKEY.replace("PeterNeumann", "Peter")).is_none());
        let a = Key::new("a", &[1; 32]).unwrap();
        assert_ne!(a.secret("id", "x"), a.secret("salt", "x"));
    }
}
