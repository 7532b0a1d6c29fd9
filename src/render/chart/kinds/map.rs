//! What maps share: shapes of the boundaries that a site supplies, the key of their shades.

use super::super::scene::{Mark, Scene, Shape as Form};
use super::super::shades::Shades;
use super::super::spec::{Chart, Size};
use crate::tables::{Outline, Shape};
use std::fmt::Write;

/// Tallest map.
const TALL: f64 = 620.0;

/// Draws the shapes of a map; gives its scale and left edge.
pub(super) fn shapes(s: &mut Scene, size: &Size, map: &Outline, class: &dyn Fn(&Shape) -> String, name: &dyn Fn(&Shape) -> Option<String>) -> (f64, f64) {
    let scale = (size.width - 12.0).min(TALL / map.height.max(1e-6));
    let left = (size.width - scale) / 2.0;
    for shape in &map.shapes {
        let mut d = String::new();
        for ring in &shape.rings {
            let mut last = None;
            for [x, y] in ring {
                let (x, y) = ((left + scale * f64::from(*x)) * 10.0, (6.0 + scale * f64::from(*y)) * 10.0);
                let now = (x.round() as i64, y.round() as i64);
                // Steps from the point before, in tenths, are the shortest.
                let dot =
                    |v: i64| if v % 10 == 0 { (v / 10).to_string() } else { format!("{}{}.{}", if v < 0 { "-" } else { "" }, v.abs() / 10, v.abs() % 10) };
                match last {
                    None => _ = write!(d, "M{} {}", dot(now.0), dot(now.1)),
                    Some((a, b)) if (a, b) == now && shape.rings.len() > 1 && ring.len() > 4 => continue,
                    Some((a, b)) => _ = write!(d, "l{} {}", dot(now.0 - a), dot(now.1 - b)),
                }
                last = Some(now);
            }
            if !shape.line {
                d.push('z');
            }
        }
        s.marks.push(Mark { shape: Form::Path(d), class: class(shape), title: name(shape).unwrap_or_default() });
    }
    (scale, left)
}

/// The value of an area.
pub(super) fn on(c: &Chart<'_>, s: &Shape) -> Option<f64> {
    s.value.and_then(|i| c.plot.series.first()?.1.get(i).copied().flatten())
}

/// The shades of a choropleth.
pub(super) fn shades(c: &Chart<'_>) -> Shades {
    let areas = c.plot.map.iter().flat_map(|m| &m.shapes).filter(|s| !s.line);
    Shades::of(areas.filter_map(|s| on(c, s)), c.tongue, &c.unit)
}

/// Key of a choropleth, which stands beside its only drawing: class of the style sheet, from where to where it goes.
pub fn key(c: &Chart<'_>) -> Vec<(String, String)> {
    let Some(map) = c.plot.map.as_ref().filter(|_| c.plot.kind == "choropleth") else { return Vec::new() };
    let empty = map.shapes.iter().filter(|s| !s.line).any(|s| on(c, s).is_none()).then(|| ("q".to_string(), c.none.clone()));
    shades(c).words().into_iter().chain(empty).collect()
}
