//! Boundaries made ready to be drawn: projected, thinned to what a screen shows, joined to the values of a table.

use crate::diag::{Text, say};
use crate::load::Blob;
use crate::load::boundaries::{Area, boundaries};
use crate::load::table::regions::province;
use rustc_hash::FxHashMap;

/// A map without its colours. Places are from 0 to 1 across, downwards from 0 to `height`.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// Its areas and lines, in the order of the file.
    pub shapes: Vec<Shape>,
    /// Height, in widths.
    pub height: f64,
    /// Westernmost and northernmost place, in degrees; widths a degree of longitude and of latitude.
    frame: ([f64; 2], [f64; 2]),
}

/// An area or a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// Rings, or lines.
    pub rings: Vec<Vec<[f32; 2]>>,
    /// A line, not an area.
    pub line: bool,
    /// What the boundaries call it; empty where they do not.
    pub name: String,
    /// Place of its value among the labels of the chart.
    pub value: Option<usize>,
}

impl Outline {
    /// Where a place lies, in degrees of longitude and latitude; `None` if not on this map.
    pub fn place(&self, lon: f64, lat: f64) -> Option<(f64, f64)> {
        let ((x, y), h) = (at(&self.frame, [lon, lat]), self.height);
        ((-0.001..=1.001).contains(&x) && (-0.001..=h + 0.001).contains(&y)).then_some((x, y))
    }
}

fn at(frame: &([f64; 2], [f64; 2]), [lon, lat]: [f64; 2]) -> (f64, f64) {
    ((lon - frame.0[0]) * frame.1[0], (frame.0[1] - lat) * frame.1[1])
}

/// Properties in which boundaries have names.
static NAMES: &[&str] = &["name", "NAME", "Name", "名称", "地名"];
/// Most points of a map: more than a screen shows, less than a page can carry.
const POINTS: usize = 12_000;
/// Widths by which a line may be off: a third of a dot of the drawing.
const OFF: f32 = 0.0005;

/// Reads a file of boundaries and finds the area of each label. Gives the labels that have none, too.
pub(super) fn outline(blob: &Blob, join: Option<&str>, labels: &[String]) -> Result<(Outline, Vec<String>), Text> {
    let name = blob.disk.file_name().map_or(String::new(), |n| n.to_string_lossy().into_owned());
    let areas = boundaries(blob).map_err(|e| say!("边界文件 {name} 读不成 GeoJSON 的面：{e}", "the boundaries {name} are no GeoJSON with areas: {e}"))?;
    let places = join_labels(&areas, join, labels);
    let lost: Vec<String> = labels.iter().zip(&places).filter(|(_, p)| p.is_none()).map(|(l, _)| l.clone()).collect();
    let mut value: FxHashMap<usize, usize> = FxHashMap::default();
    for (i, p) in places.iter().enumerate() {
        if let Some(p) = p {
            value.entry(*p).or_insert(i);
        }
    }
    let all = || areas.iter().flat_map(|a| a.rings.iter().flatten());
    let fold = |k: usize, f: fn(f64, f64) -> f64, from: f64| all().map(|p| p[k]).fold(from, f);
    let (west, east) = (fold(0, f64::min, f64::INFINITY), fold(0, f64::max, f64::NEG_INFINITY));
    let (south, north) = (fold(1, f64::min, f64::INFINITY), fold(1, f64::max, f64::NEG_INFINITY));
    // Equirectangular, true to scale in the middle.
    let across = 1.0 / (east - west).max(1e-6);
    let down = across / ((north + south) / 2.0).to_radians().cos().max(0.05);
    let frame = ([west, north], [across, down]);
    let mut shapes: Vec<Shape> = areas
        .iter()
        .enumerate()
        .map(|(i, a)| Shape {
            rings: a.rings.iter().map(|r| r.iter().map(|p| at(&frame, *p)).map(|(x, y)| [x as f32, y as f32]).collect()).collect(),
            line: a.line,
            name: NAMES.iter().find_map(|n| a.names.iter().find(|(k, _)| k == n)).map_or(String::new(), |(_, v)| v.clone()),
            value: value.get(&i).copied(),
        })
        .collect();
    let count = |shapes: &[Shape]| shapes.iter().flat_map(|s| &s.rings).map(Vec::len).sum::<usize>();
    for off in [OFF, 2.0 * OFF, 3.0 * OFF] {
        // No ring is left out, however small: an island is a part of a map.
        shapes.iter_mut().flat_map(|s| &mut s.rings).for_each(|r| *r = thin(r, off));
        if count(&shapes) <= POINTS {
            break;
        }
    }
    // Coarser, areas would lose their shape.
    let n = count(&shapes);
    if n > 2 * POINTS {
        return Err(say!(
            "边界文件 {name} 太细，画出来还有 {n} 个点（最多 {}）；用更概括的边界，或只留要画的地区",
            "the boundaries {name} are too fine: {n} points are left of them (at most {}); use simpler ones, or only those that are needed",
            2 * POINTS
        ));
    }
    Ok((Outline { shapes, height: (north - south) * down, frame }, lost))
}

/// Most points of a map that is only a first look at a file: it stands in a page with much else.
const LOOK: usize = 3_000;

/// The areas and lines of a file, thinned for a first look; `None` where there are none or they are too fine for it.
pub(super) fn small(blob: &Blob) -> Option<Outline> {
    let (mut map, _) = outline(blob, None, &[]).ok()?;
    let count = |m: &Outline| m.shapes.iter().flat_map(|s| &s.rings).map(Vec::len).sum::<usize>();
    for off in [4.0, 8.0, 16.0] {
        if count(&map) <= LOOK {
            break;
        }
        map.shapes.iter_mut().flat_map(|s| &mut s.rings).for_each(|r| *r = thin(r, off * OFF));
    }
    (count(&map) <= LOOK && map.height > 0.0 && map.height < 4.0).then_some(map)
}

/// The area of each label: one of whose properties has its text, or the code of its region, and no other area has it.
fn join_labels(areas: &[Area], join: Option<&str>, labels: &[String]) -> Vec<Option<usize>> {
    let mut by: FxHashMap<String, Option<usize>> = FxHashMap::default();
    for (i, a) in areas.iter().enumerate().filter(|(_, a)| !a.line) {
        for (k, v) in a.names.iter().filter(|(k, _)| join.is_none_or(|j| j == k)) {
            let region = province(v).filter(|_| k != "id").map(|r| format!("\u{0}{}", r.code));
            for key in [Some(v.trim().to_string()), region].into_iter().flatten() {
                by.entry(key).and_modify(|old| *old = old.filter(|o| *o == i)).or_insert(Some(i));
            }
        }
    }
    let find = |l: &String| {
        let exact = by.get(l.trim()).copied().flatten();
        exact.or_else(|| province(l).and_then(|r| by.get(&format!("\u{0}{}", r.code)).copied().flatten()))
    };
    labels.iter().map(find).collect()
}

/// Points that are looked at for each point of a line, at most: lines of the earth take some twenty. A line that wants more is no
/// shape, and what was not looked at stays as it is.
const LOOKS: usize = 100;

/// The line of Douglas and Peucker: no point of the old line is farther than `off` from the new one. Rings keep four points.
fn thin(line: &[[f32; 2]], off: f32) -> Vec<[f32; 2]> {
    if line.len() < 5 {
        return line.to_vec();
    }
    let mut keep = vec![false; line.len()];
    let last = line.len() - 1;
    // A ring begins where it ends: its farthest points are kept, so that it stays a ring.
    let far = |from: [f32; 2]| (0..=last).max_by(|a, b| apart(line[*a], from).total_cmp(&apart(line[*b], from))).unwrap_or(0);
    let mid = far(line[0]);
    let mut marks = vec![0, mid, last];
    if line[0] == line[last] {
        let side = |p: [f32; 2]| beside(p, line[0], line[mid]);
        marks.extend((0..=last).max_by(|a, b| side(line[*a]).total_cmp(&side(line[*b]))));
    }
    marks.sort_unstable();
    marks.dedup();
    marks.iter().for_each(|m| keep[*m] = true);
    let mut todo: Vec<(usize, usize)> = marks.windows(2).map(|w| (w[0], w[1])).collect();
    let mut left = line.len().saturating_mul(LOOKS);
    while let Some((a, b)) = todo.pop() {
        let Some(rest) = left.checked_sub(b - a) else {
            keep[a..b].fill(true);
            continue;
        };
        left = rest;
        let worst = (a + 1..b).map(|i| (beside(line[i], line[a], line[b]), i)).max_by(|x, y| x.0.total_cmp(&y.0));
        if let Some((d, i)) = worst.filter(|(d, _)| *d > off * off) {
            debug_assert!(d.is_finite());
            keep[i] = true;
            todo.extend([(a, i), (i, b)]);
        }
    }
    line.iter().zip(keep).filter(|(_, k)| *k).map(|(p, _)| *p).collect()
}

/// The square of the distance of two points.
fn apart(a: [f32; 2], b: [f32; 2]) -> f32 {
    let (dx, dy) = (a[0] - b[0], a[1] - b[1]);
    dx * dx + dy * dy
}

/// The square of how far a point is from the way between two others.
fn beside(p: [f32; 2], a: [f32; 2], b: [f32; 2]) -> f32 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let len = dx * dx + dy * dy;
    let t = if len > 0.0 { (((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / len).clamp(0.0, 1.0) } else { 0.0 };
    apart(p, [a[0] + t * dx, a[1] + t * dy])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(names: &[(&str, &str)]) -> Area {
        let names = names.iter().map(|(k, v)| ((*k).to_string(), (*v).to_string())).collect();
        Area { names, rings: vec![vec![[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]], line: false }
    }

    #[test]
    fn labels_find_their_areas_by_name_code_or_region_and_never_two() {
        let areas = [area(&[("name", "北京市"), ("land", "中国"), ("adcode", "110000")]), area(&[("name", "上海市"), ("land", "中国"), ("adcode", "310000")])];
        let labels: Vec<String> = ["上海", "110000", "中国", "东京"].map(String::from).to_vec();
        assert_eq!(join_labels(&areas, None, &labels), [Some(1), Some(0), None, None]);
        assert_eq!(join_labels(&areas, Some("adcode"), &labels)[1], Some(0));
    }

    #[test]
    fn thinned_rings_stay_rings_and_close_to_what_they_were() {
        let ring: Vec<[f32; 2]> =
            (0..=1000).map(|i| (i % 1000) as f32 / 1000.0 * std::f32::consts::TAU).map(|t| [0.5 + 0.4 * t.cos(), 0.5 + 0.4 * t.sin()]).collect();
        let thinned = thin(&ring, 0.001);
        assert!((8..200).contains(&thinned.len()) && thinned[0] == thinned[thinned.len() - 1], "{}", thinned.len());
        for p in &ring {
            assert!(thinned.windows(2).any(|w| beside(*p, w[0], w[1]) <= 0.0011 * 0.0011));
        }
        // A line that fills the plane ends soon, and stays as it is.
        let wild: Vec<[f32; 2]> = (0..100_000u32).map(|i| [(i % 2) as f32 * (1.0 - i as f32 / 1e5), i as f32 / 1e5]).collect();
        assert!(thin(&wild, 1e-6).len() > 90_000);
        // However small, it stays.
        let island: Vec<[f32; 2]> = ring.iter().map(|p| [p[0] * 1e-5, p[1] * 1e-5]).collect();
        assert_eq!(thin(&island, 0.001).len(), 4);
    }
}
