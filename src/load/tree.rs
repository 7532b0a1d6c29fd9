//! The tree that YAML becomes: nodes that know where they stand in the file.

/// A YAML value with its byte range in the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// What it is.
    pub kind: Kind,
}

/// The three shapes of YAML, and nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// No value: an empty plain scalar, `~` or `null`.
    Null,
    /// Text; numbers and booleans too, as they were written.
    Text(Box<str>),
    /// A list.
    List(Vec<Node>),
    /// A mapping in the order of the file.
    Map(Vec<(Node, Node)>),
}

impl Node {
    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(t) => Some(t),
            _ => None,
        }
    }

    /// The value under a key of a mapping.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.kind {
            Kind::Map(pairs) => pairs.iter().find(|(k, _)| k.text() == Some(key)).map(|(_, v)| v),
            _ => None,
        }
    }

    /// Written and left empty: nothing, blanks of any width, or a list or mapping of nothing else.
    pub fn blank(&self) -> bool {
        match &self.kind {
            Kind::Null => true,
            Kind::Text(t) => t.trim().is_empty(),
            Kind::List(items) => items.iter().all(Node::blank),
            Kind::Map(pairs) => pairs.is_empty(),
        }
    }
}

/// The same value, wherever it stands.
pub(super) fn same(a: &Node, b: &Node) -> bool {
    match (&a.kind, &b.kind) {
        (Kind::Null, Kind::Null) => true,
        (Kind::Text(a), Kind::Text(b)) => a.trim() == b.trim(),
        (Kind::List(a), Kind::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Kind::Map(a), Kind::Map(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(&a.0, &b.0) && same(&a.1, &b.1)),
        _ => false,
    }
}
