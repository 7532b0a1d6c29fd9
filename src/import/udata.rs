//! udata (data.gouv.fr, data.public.lu and others): answers of `/api/1/datasets/`.

use super::catalogue::{Distribution, Resources, keywords};
use super::dcat_us::more;
use super::lists::{self, Known, Take};
use super::reader::{Mark, Record, date, description, flat, frequency, licence, set_text, title, veil};
use super::{Asked, Draft, Importer, Office, Read, Value, norm};
use crate::diag::{Diagnostic, Phrase};
use crate::load::brought::Piece;
use crate::load::records::Form;
use crate::load::{Kind, Node};
use crate::types::dataset as ds;

/// udata
pub(super) static IMPORTER: Importer = Importer {
    name: "udata",
    about: Phrase { zh: "udata：/api/1/datasets/ 的应答", en: "udata: answers of /api/1/datasets/" },
    wanted: |p| p.to_ascii_lowercase().ends_with(".json"),
    read: Read::Each(each),
};

fn each(pieces: &[Piece], _: &Asked<'_>, known: &mut Known, take: Take<'_>, out: &mut Vec<Diagnostic>) {
    for (i, p) in pieces.iter().enumerate() {
        let how = lists::each(p, known.how(i), Form::List(&[&["data"]]), out, &mut |source, n, _| {
            known.seen += 1;
            let (offices, n) = (&mut known.offices, &n);
            let mut found = Vec::new();
            let out = &mut found;
            let mut r = Record::new(source, n);
            let (id, slug) = (r.text(&["id"]), r.text(&["slug"]));
            let mut d = Draft::new(&ds::TYPE, if id.is_empty() { &slug } else { &id }, norm::slug(&slug), r.place(None));
            d.old.extend([&slug, &id].into_iter().filter(|a| !a.is_empty()).map(|a| format!("/datasets/{a}/")));
            let t = r.text(&["title"]);
            title(&r, &t, &mut d, out);
            set_text(&mut d, &ds::ID, &id);
            let text = r.take("description");
            description(&r, text, &mut d, out);
            if let Some(o) = r.take("organization") {
                let get = |k: &str| o.get(k).map_or(String::new(), flat);
                let name = get("name");
                if !name.is_empty() {
                    let old = vec![format!("/organizations/{}/", get("slug"))];
                    offices.entry(name.clone()).or_insert_with(|| Office {
                        name: name.clone(),
                        id: get("slug"),
                        description: get("description"),
                        old,
                        ..Office::default()
                    });
                    set_text(&mut d, &ds::PUBLISHER, &name);
                }
            }
            if let Some(l) = r.take("license") {
                let code = flat(l);
                // The two licences of French bodies have no SPDX id that is known here to be open.
                let (code, url) = match &*code {
                    "fr-lo" => ("Licence Ouverte / Open Licence".to_string(), Some("https://www.etalab.gouv.fr/licence-ouverte-open-licence")),
                    "lov2" => ("Licence Ouverte / Open Licence 2.0".to_string(), Some("https://www.etalab.gouv.fr/licence-ouverte-open-licence")),
                    _ => (code, None),
                };
                licence(r.place(Some(l)), &code, url, &mut d, out);
            }
            if let Some(f) = r.take("frequency") {
                let t = flat(f);
                if t != "unknown" {
                    frequency(r.place(Some(f)), "frequency", &t, &mut d, out);
                }
            }
            date(&mut r, "created_at", &ds::ISSUED, &mut d, out);
            date(&mut r, "last_modified", &ds::MODIFIED, &mut d, out);
            if let Some(c) = r.take("temporal_coverage") {
                let get = |k: &str| c.get(k).map_or(String::new(), flat);
                super::catalogue::temporal(&mut d, &format!("{}/{}", get("start"), get("end")));
            }
            let words = r.texts("tags");
            keywords(&mut d, words);
            let marks =
                [("private", Mark::When), ("deleted", Mark::When), ("deleted_at", Mark::When), ("archived", Mark::When), ("access_type", Mark::But(&["open"]))];
            veil(&mut r, &marks, &mut d, out);
            let mut made = Resources::default();
            if let Some(Node { kind: Kind::List(all), .. }) = r.take("resources") {
                for one in all {
                    let mut x = Record::new(source, one);
                    let url = x.first(&["url", "latest"]);
                    let place = source.span(url.unwrap_or(one).start as usize, url.unwrap_or(one).end as usize);
                    let dist = Distribution {
                        title: x.text(&["title"]),
                        description: x.text(&["description"]),
                        url: url.and_then(Node::text).unwrap_or("").to_string(),
                        format: x.text(&["format"]),
                        media: x.text(&["mime"]),
                        ..Distribution::default()
                    };
                    let ours = ["latest", "preview_url", "metrics", "extras", "internal", "harvest", "filetype", "checksum", "filesize", "schema"];
                    let left: Vec<(String, Value)> = x.left().into_iter().filter(|(k, _)| !ours.contains(&&**k)).collect();
                    if !left.is_empty() {
                        more(&mut d, &dist.title.clone(), left);
                    }
                    made.add(&|| place.clone(), dist, out);
                }
            }
            made.give(&mut d);
            r.rest(&mut d, &["uri", "page", "metrics", "quality", "community_resources", "badges", "internal", "harvest"]);
            take(d, found);
        });
        known.found(i, how.0);
    }
}
