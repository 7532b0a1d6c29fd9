//! Text with delimiters of several characters, escapes or comments, turned into plain CSV on its way in: the reader knows
//! delimiters of one byte only. Line ends stay where they are, so that findings name the right lines.

/// How such a text is written, and how far it has been read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rewriter {
    /// `dialect.delimiter`
    pub delimiter: Vec<u8>,
    /// `dialect.quoteChar`
    pub quote: Option<u8>,
    /// `dialect.escapeChar`
    pub escape: Option<u8>,
    /// `dialect.commentChar`
    pub comment: Option<u8>,
    /// `dialect.skipInitialSpace`
    pub skip_space: bool,
    /// The first field of a record holds several, with commas between them (Eurostat).
    pub keys: bool,
    /// The first field of the record is past.
    later: bool,
    pending: Vec<u8>,
    field: Vec<u8>,
    /// The bytes of a quoted field as they came, should its quote never end.
    raw: Vec<u8>,
    state: State,
    quoted: bool,
    /// Cells that went on behind their closing quote, and are kept as written.
    pub strays: u64,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum State {
    #[default]
    Record,
    Field,
    Inside,
    Quoted,
    Comment,
}

impl Rewriter {
    /// Takes the next bytes and appends what is whole of them as CSV.
    pub fn feed(&mut self, input: &[u8], last: bool, out: &mut Vec<u8>) {
        let mut all = std::mem::take(&mut self.pending);
        all.extend_from_slice(input);
        let need = self.delimiter.len().max(2);
        let mut i = 0;
        while i < all.len() && (last || i + need <= all.len()) {
            i += self.step(&all[i..], out);
        }
        self.pending = all.split_off(i);
        if last {
            if self.state == State::Quoted {
                // A quote that never ends is a character, and so are all after it.
                let raw = std::mem::take(&mut self.raw);
                self.field.clear();
                (self.quote, self.state, self.quoted) = (None, State::Inside, false);
                return self.feed(&raw, true, out);
            }
            if self.state == State::Inside || !self.field.is_empty() {
                self.close(out);
            }
            self.state = State::Record;
        }
    }

    /// Takes one character; gives how many bytes it was.
    fn step(&mut self, at: &[u8], out: &mut Vec<u8>) -> usize {
        let (b, next) = (at[0], at.get(1).copied());
        let line_end = matches!(b, b'\r' | b'\n');
        if self.state == State::Comment {
            if line_end {
                out.push(b);
                self.state = if b == b'\r' && next == Some(b'\n') { State::Comment } else { State::Record };
            }
            return 1;
        }
        if self.escape == Some(b)
            && let Some(n) = next.filter(|n| self.meant(*n))
        {
            self.field.push(n);
            if self.state == State::Quoted {
                self.raw.extend([b, n]);
            } else {
                self.state = State::Inside;
            }
            return 2;
        }
        if self.state == State::Quoted {
            self.raw.push(b);
            if self.quote == Some(b) {
                if next == self.quote {
                    self.field.push(b);
                    self.raw.push(b);
                    return 2;
                }
                self.state = State::Inside;
            } else {
                self.field.push(b);
            }
            return 1;
        }
        if self.state == State::Record && self.comment == Some(b) {
            self.state = State::Comment;
            return 1;
        }
        if at.starts_with(&self.delimiter) {
            self.close(out);
            out.push(b',');
            self.state = State::Field;
            return self.delimiter.len();
        }
        if line_end {
            if self.state != State::Record {
                self.close(out);
            }
            out.push(b);
            (self.state, self.later) = (State::Record, false);
            if b == b'\r' && next == Some(b'\n') {
                out.push(b'\n');
                return 2;
            }
            return 1;
        }
        if self.state != State::Inside {
            if self.quote == Some(b) {
                (self.state, self.quoted) = (State::Quoted, true);
                self.raw.push(b);
                return 1;
            }
            if self.skip_space && b == b' ' {
                self.state = State::Field;
                return 1;
            }
        }
        self.state = State::Inside;
        if self.quoted && !self.raw.is_empty() {
            self.raw.push(b);
            if b != b' ' {
                // `"Foo" and "Bar"`: the quotes are part of the text.
                self.field = std::mem::take(&mut self.raw);
                self.strays += 1;
                return 1;
            }
        }
        self.field.push(b);
        1
    }

    /// Whether an escape is meant for the character after it; before any other it is a character itself.
    fn meant(&self, next: u8) -> bool {
        self.delimiter.first() == Some(&next) || self.quote == Some(next) || self.escape == Some(next) || matches!(next, b'\r' | b'\n')
    }

    fn close(&mut self, out: &mut Vec<u8>) {
        let split = self.keys && !std::mem::replace(&mut self.later, true) && !self.quoted && !self.field.contains(&b'"');
        let special = !split && (self.quoted || self.field.iter().any(|b| matches!(b, b',' | b'"' | b'\r' | b'\n')));
        if special {
            out.push(b'"');
            for b in &self.field {
                if *b == b'"' {
                    out.push(b'"');
                }
                out.push(*b);
            }
            out.push(b'"');
        } else {
            out.extend_from_slice(&self.field);
        }
        self.field.clear();
        self.raw.clear();
        self.quoted = false;
        self.state = State::Field;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(r: &Rewriter, text: &str) -> String {
        let whole = |step: usize| {
            let (mut r, mut out) = (r.clone(), Vec::new());
            text.as_bytes().chunks(step).for_each(|c| r.feed(c, false, &mut out));
            r.feed(b"", true, &mut out);
            String::from_utf8(out).unwrap()
        };
        let one = whole(1);
        assert_eq!(one, whole(7));
        assert_eq!(one, whole(1 << 20));
        one
    }

    #[test]
    fn other_ways_of_writing_become_csv() {
        let with = |delimiter: &str| Rewriter { delimiter: delimiter.into(), quote: Some(b'"'), ..Rewriter::default() };
        assert_eq!(all(&with("，"), "甲，乙\n1,5，\"x，y\"\n"), "甲,乙\n\"1,5\",\"x，y\"\n");
        assert_eq!(all(&with("||"), "a||b|c||\r\n||\"q\"\"r\"\r\n"), "a,b|c,\r\n,\"q\"\"r\"\r\n");
        assert_eq!(all(&with("||"), "a||b"), "a,b");
        let mysql = Rewriter { escape: Some(b'\\'), ..with(",") };
        assert_eq!(all(&mysql, "a\\,b,\"c\\\"d\",\\N,e\\\\f\n\"g\\\nh\",i"), "\"a,b\",\"c\"\"d\",\\N,e\\f\n\"g\nh\",i");
        let comment = Rewriter { comment: Some(b'#'), skip_space: true, ..with(";") };
        assert_eq!(all(&comment, "# note\na; \"b;c\"\n#x\r\n1;#2\n"), "\na,\"b;c\"\n\r\n1,#2\n");
        let eurostat = Rewriter { keys: true, ..with("\t") };
        assert_eq!(all(&eurostat, "freq,geo\\T\t2020 \t2021\nA,AT\t1,5 b\t: \nA,BE\t\t"), "freq,geo\\T,2020 ,2021\nA,AT,\"1,5 b\",: \nA,BE,,");
        assert_eq!(all(&with(";"), "\"Foo\" and \"Bar\";\"a\" ;b\n"), "\"\"\"Foo\"\" and \"\"Bar\"\"\",\"a \",b\n");
        assert_eq!(all(&with("||"), "a||\"b\nc||d\n"), "a,\"\"\"b\"\nc,d\n");
    }
}
