//! Points on the boundaries that the site supplies; without boundaries a scatter plot of degrees.

use super::super::scene::{Reads, Scene};
use super::super::spec::{Chart, Kind, Size};
use super::map::shapes;
use super::scatter;

pub static KIND: Kind = Kind { name: "points", draw, one: true };

fn draw(c: &Chart<'_>, size: &Size) -> Scene {
    let Some(map) = &c.plot.map else { return scatter::draw(c, size) };
    let mut s = Scene::new(size.width);
    let (scale, left) = shapes(&mut s, size, map, &|s| if s.line { "border".into() } else { "place land".into() }, &|_| None);
    let (mut x, mut y) = (Vec::new(), Vec::new());
    for (i, lon) in c.plot.places.iter().enumerate() {
        let lat = c.plot.series.first().and_then(|(_, v)| v.get(i).copied().flatten());
        let at = lat.and_then(|lat| map.place(*lon, lat)).map(|(a, b)| (left + scale * a, 6.0 + scale * b));
        if let Some((a, b)) = at {
            s.dot("f0 dot", a, b, 5.5);
            s.titled(c.labels[i].clone());
        }
        x.push(at.map_or(-1.0, |p| p.0));
        y.push(at.map_or(-1.0, |p| p.1));
    }
    s.height = scale * map.height + 12.0;
    s.reads = Reads { x, y, plot: (0.0, 0.0, size.width, s.height), ..Reads::default() };
    s
}
