//! Lines with the area between them and nothing.

use super::super::spec::Kind;
use super::line::lines;

pub static KIND: Kind = Kind { name: "area", draw: |c, size| lines(c, size, true), one: false };
