//! What a reader asks, as terms.
//!
//! A query is cut like a text. Words apart by spaces must all be there; `"…"`, `“…”` and `「…」` ask for the literal
//! text; `-word` leaves documents out; a document number in any spelling is one term. A word may stand for other
//! spellings of it: `time-lapse` for `timelapse`, `café` for `cafe`, `3,500` for `3500`.

use super::spelling::{Chain, before_number, joins, unmarked};
use super::tokens::{self, Class, Kind, Run, Stemmer, class, hash, normalise, runs_apart};

/// Longest query that is read, in characters.
pub const LONGEST: usize = 200;
/// Most lists that one query asks for, strictly and loosely.
pub type Most = (usize, usize);

/// As many lists as a phone can be asked to fetch, by the mean size of a file of lists in bytes: the larger the
/// files, the fewer. In documents of a large portal fewer triples tell as much.
pub fn most(size: usize) -> Most {
    ((45_000 / size.max(1)).clamp(4, 20), (60_000 / size.max(1)).clamp(5, 28))
}

/// Terms one of which a document has; the first is what was typed, the others are worth less.
pub type Group = Vec<u32>;

/// A query as terms.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Terms that a strict result has, all of them, without doubles.
    pub strict: Vec<Group>,
    /// Terms of which a loose result has some.
    pub loose: Vec<Group>,
    /// Terms of each text that leaves a document out, which has all of them.
    pub without: Vec<Vec<Group>>,
    /// Texts to be found literally, normalised and without spaces.
    pub phrases: Vec<String>,
    /// Length, counted as titles are.
    pub length: u32,
    /// Document numbers: for each the terms to try, best first.
    pub numbers: Vec<Vec<u32>>,
}

static QUOTES: &[(char, char)] = &[('"', '"'), ('“', '”'), ('「', '」'), ('『', '』'), ('„', '“')];

/// The two readings of a query: with document numbers as such (`None` where it has none), and as plain text.
pub fn parse(query: &str, stemmer: &Stemmer, most: Most) -> (Option<Query>, Query) {
    let short: String = query.chars().take(LONGEST).collect();
    let text: Vec<char> = normalise(&short).chars().collect();
    let mut plain = String::new();
    let mut q = Query::default();
    let mut i = 0;
    while i < text.len() {
        let starts = i == 0 || text[i - 1] == ' ';
        let mut from = i;
        let not = text[i] == '-' && starts && text.get(i + 1).is_some_and(|c| *c != ' ' && *c != '-');
        if not {
            from += 1;
        }
        let quote = QUOTES.iter().find(|(open, _)| *open == text[from]).map(|(_, close)| *close);
        let end = quote.and_then(|close| text[from + 1..].iter().position(|c| *c == close)).map(|n| from + 1 + n);
        if let Some(end) = end {
            let inside: String = text[from + 1..end].iter().collect();
            if not {
                without(&mut q, &inside, stemmer, most);
            } else if is_number(&inside) {
                // A number in quotes is a number.
                plain.push(' ');
                plain.push_str(&inside);
            } else {
                let literal: String = squeeze(&inside);
                if !literal.is_empty() {
                    add(&mut q, &inside, stemmer);
                    q.phrases.push(literal);
                }
            }
            plain.push(' ');
            i = end + 1;
        } else if not {
            let end = text[from..].iter().position(|c| *c == ' ').map_or(text.len(), |n| from + n);
            without(&mut q, &text[from..end].iter().collect::<String>(), stemmer, most);
            i = end;
        } else {
            plain.push(text[i]);
            i += 1;
        }
    }
    let mut numbered = None;
    let mut rest = String::new();
    let mut done = 0;
    tokens::numbers(&plain, true, |n| {
        let other = numbered.get_or_insert_with(|| q.clone());
        let mut tries = Vec::new();
        if n.issuer.chars().count() >= 2 {
            tries.push(hash(Kind::Number, &format!("{}{}", n.issuer, n.serial)));
        }
        tries.push(hash(Kind::Number, &n.serial));
        other.numbers.push(tries);
        rest.push_str(&plain[done..n.at.start]);
        rest.push(' ');
        done = n.at.end;
    });
    rest.push_str(&plain[done..]);
    if let Some(other) = &mut numbered {
        add(other, &rest, stemmer);
        finish(other, most);
    }
    add(&mut q, &plain, stemmer);
    finish(&mut q, most);
    (numbered, q)
}

/// Whether all of a text is one document number.
fn is_number(text: &str) -> bool {
    let (text, mut whole) = (text.trim(), false);
    tokens::numbers(text, true, |n| whole |= n.at == (0..text.len()));
    whole
}

/// A text without spaces and what is not there, for literal comparison.
pub fn squeeze(normalised: &str) -> String {
    normalised.chars().filter(|c| !c.is_whitespace() && class(*c) != Class::Nothing).collect()
}

/// Pairs of words apart are looked for as one in queries of at most so many words.
const APART: usize = 4;
/// Letters before a number that are looked for alone: `python3`.
const STEM: usize = 4;

/// A run of a query, or words that hang together with the sign before the first.
enum Piece {
    Gram(Vec<char>),
    Words(Chain, Option<char>),
}

fn add(q: &mut Query, text: &str, stemmer: &Stemmer) {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut words = 0;
    runs_apart(text, |run, gap| match run {
        Run::Gram(c) => pieces.push(Piece::Gram(c.to_vec())),
        Run::Word(w) => {
            words += 1;
            match pieces.last_mut() {
                Some(Piece::Words(chain, _)) if chain.takes(gap, w) => chain.push(gap, w.to_string()),
                _ => {
                    let mut chain = Chain::default();
                    chain.push(None, w.to_string());
                    pieces.push(Piece::Words(chain, gap));
                }
            }
        }
    });
    // The last word of the chain before: its groups are the last of both lists.
    let mut last: Option<&str> = None;
    for piece in &pieces {
        let (chain, gap) = match piece {
            Piece::Gram(c) => {
                grams(q, c);
                last = None;
                continue;
            }
            Piece::Words(chain, gap) => (chain, *gap),
        };
        q.length += chain.words.len() as u32;
        let mut groups = of_chain(chain, stemmer);
        if let (Some(before), Some(first), Some(' '), true) = (last, chain.words.first(), gap, words <= APART)
            && joins(before, first)
        {
            let one = format!("{before}{first}");
            spelled(&mut groups[0], &one, stemmer);
            for list in [&mut q.strict, &mut q.loose] {
                let end = list.len() - 1;
                spelled(&mut list[end], &one, stemmer);
            }
        }
        q.strict.extend(groups.iter().cloned());
        q.loose.extend(groups);
        last = chain.words.last().map(String::as_str);
    }
}

/// The groups of words that hang together.
fn of_chain(chain: &Chain, stemmer: &Stemmer) -> Vec<Group> {
    let (whole, sure) = chain.whole();
    if sure {
        let mut group = word(&chain.literal(), stemmer);
        whole.iter().for_each(|w| spelled(&mut group, w, stemmer));
        return vec![group];
    }
    let mut groups: Vec<Group> = chain
        .words
        .iter()
        .map(|w| {
            let mut group = Group::new();
            spelled(&mut group, w, stemmer);
            if let Some(stem) = before_number(w).filter(|s| s.chars().count() >= STEM) {
                spelled(&mut group, stem, stemmer);
            }
            whole.iter().for_each(|w| spelled(&mut group, w, stemmer));
            group
        })
        .collect();
    for (i, pair) in chain.pairs() {
        spelled(&mut groups[i], &pair, stemmer);
        spelled(&mut groups[i + 1], &pair, stemmer);
    }
    groups
}

/// A word, and without its marks.
fn spelled(group: &mut Group, word: &str, stemmer: &Stemmer) {
    for w in std::iter::once(word.to_string()).chain(unmarked(word)) {
        let h = hash(Kind::Word, &stemmer.stem(&w));
        if !group.contains(&h) {
            group.push(h);
        }
    }
}

/// The terms that know a word.
pub fn word(w: &str, stemmer: &Stemmer) -> Group {
    let mut group = Group::new();
    spelled(&mut group, w, stemmer);
    group
}

fn grams(q: &mut Query, c: &[char]) {
    let n = c.len();
    q.length += n as u32;
    let gram = |from: usize, len: usize| vec![hash(Kind::Gram, &c[from..from + len].iter().collect::<String>())];
    match n {
        1 | 2 => q.strict.push(gram(0, n)),
        // Every triple of a word, so that it stands there literally; fewer of a longer run, down to where each character is in one.
        _ => {
            let each = match n {
                0..=6 => 1,
                7..=12 => 2,
                _ => 3,
            };
            q.strict.extend((0..n - 2).filter(|i| i % each == 0 || *i == n - 3).map(|i| gram(i, 3)));
        }
    }
    match n {
        1 => q.loose.push(gram(0, 1)),
        _ => q.loose.extend((0..n - 1).map(|i| gram(i, 2))),
    }
}

fn without(q: &mut Query, text: &str, stemmer: &Stemmer, most: Most) {
    let mut other = Query::default();
    add(&mut other, text, stemmer);
    finish(&mut other, most);
    if !other.strict.is_empty() {
        q.without.push(other.strict);
    }
}

/// Drops doubles; of too many terms, keeps some from all over the query; of too many spellings, those of the first.
fn finish(q: &mut Query, most: Most) {
    for (list, most) in [(&mut q.strict, most.0), (&mut q.loose, most.1)] {
        let mut seen: Vec<Group> = Vec::new();
        for g in list.iter() {
            if !seen.contains(g) {
                seen.push(g.clone());
            }
        }
        let n = seen.len();
        *list = if n > most { (0..most).map(|i| seen[i * n / most].clone()).collect() } else { seen };
        let mut more = most;
        for g in list.iter_mut() {
            g.truncate(1 + more);
            more -= g.len() - 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_query() {
        let s = Stemmer::of("zh-Hans");
        let (numbered, q) = parse("数据 安全 -通知 “行政处罚”", &s, most(1000));
        assert!(numbered.is_none());
        assert_eq!((q.strict.len(), q.without.len(), q.phrases), (4, 1, vec!["行政处罚".to_string()]));
        let (numbered, plain) = parse("国办发〔2019〕61号 解读", &s, most(1000));
        let numbered = numbered.expect("a number");
        assert_eq!((numbered.numbers.len(), numbered.strict.len()), (1, 1));
        assert!(plain.strict.len() > 3);
        assert_eq!(parse(&"税".repeat(10_000), &s, most(1000)).1.strict.len(), 1);
        for q in ["", "-", "\"", "--", "《》！？", "😀😀", "-\"", "“”", "\u{202E}"] {
            assert_eq!(parse(q, &s, most(1000)).1.strict, Vec::<Group>::new(), "{q:?}");
        }
    }
}
