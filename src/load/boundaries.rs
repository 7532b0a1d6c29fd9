//! Boundaries that a site supplies: GeoJSON (RFC 7946), longitude and latitude in degrees.

use super::{Blob, walk};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::io::{self, Read as _};

/// A feature: an area, or a line such as that of a sea.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// Its properties and its id that are texts or numbers: name, value.
    pub names: Vec<(String, String)>,
    /// Rings or lines, each a list of longitude and latitude.
    pub rings: Vec<Vec<[f64; 2]>>,
    /// A line, not an area.
    pub line: bool,
}

/// Largest file, in bytes.
const WHOLE: u64 = 64 << 20;

#[derive(Deserialize)]
struct Collection {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    id: Option<Value>,
    properties: Option<Map<String, Value>>,
    geometry: Option<Geometry>,
}

#[derive(Deserialize)]
struct Geometry {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    coordinates: Value,
}

/// Reads the features of a file. An error is what is wrong with it.
pub fn boundaries(blob: &Blob) -> io::Result<Vec<Area>> {
    let mut bytes = Vec::new();
    walk::open_blob(blob)?.0.take(WHOLE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > WHOLE {
        return Err(io::Error::other(format!("more than {} MiB", WHOLE >> 20)));
    }
    let all: Collection = serde_json::from_slice(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes)).map_err(io::Error::other)?;
    let areas: Vec<Area> = all.features.into_iter().filter_map(area).collect();
    let degrees = |p: &[f64; 2]| p[0].abs() <= 180.0 && p[1].abs() <= 90.0;
    if areas.is_empty() {
        return Err(io::Error::other("no areas"));
    }
    if !areas.iter().flat_map(|a| a.rings.iter().flatten()).all(degrees) {
        return Err(io::Error::other("coordinates are not degrees of longitude and latitude"));
    }
    Ok(areas)
}

fn area(f: Feature) -> Option<Area> {
    let g = f.geometry?;
    let (depth, line) = match g.kind.as_str() {
        "Polygon" => (1, false),
        "MultiPolygon" => (2, false),
        "LineString" => (0, true),
        "MultiLineString" => (1, true),
        _ => return None,
    };
    let mut rings = Vec::new();
    collect(&g.coordinates, depth, &mut rings);
    let text = |v: &Value| match v {
        Value::String(s) => Some(s.clone()),
        Value::Number(n) => Some(n.to_string()),
        _ => None,
    };
    let mut names: Vec<(String, String)> = f.properties.iter().flatten().filter_map(|(k, v)| Some((k.clone(), text(v)?))).collect();
    names.extend(f.id.as_ref().and_then(text).map(|t| ("id".to_string(), t)));
    (!rings.is_empty()).then_some(Area { names, rings, line })
}

/// Lists of places at a depth; what is no number is passed over.
fn collect(v: &Value, depth: usize, out: &mut Vec<Vec<[f64; 2]>>) {
    let Some(list) = v.as_array() else { return };
    if depth > 0 {
        return list.iter().for_each(|v| collect(v, depth - 1, out));
    }
    let ring: Vec<[f64; 2]> =
        list.iter().filter_map(|p| Some([p.get(0)?.as_f64()?, p.get(1)?.as_f64()?])).filter(|p| p.iter().all(|x| x.is_finite())).collect();
    if ring.len() > 1 {
        out.push(ring);
    }
}
