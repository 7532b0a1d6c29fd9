//! Into a bucket of an S3-compatible store, by the crate `object_store`: behind the feature `cloud`.
//!
//! Keys and endpoint come from the variables `AWS_…` that other programs read, too. An object changes in one step; what comes before
//! what is the same as for a folder. Headers are those that the build wrote for hosts (`_headers`), as far as a store keeps them.

use super::headers::Headers;
use super::{Plan, Source, Sums, Undone, both, plan, rank, sound, sums};
use crate::write::Fault;
use crate::write::ours::{MANIFEST, MARKER};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::path::Path;
use object_store::{Attribute, Attributes, Error, ObjectStore, ObjectStoreExt as _, PutMultipartOptions, PutOptions, RetryConfig, WriteMultipart};
use std::fs::File;
use std::io::Read as _;
use std::time::Duration;

/// Requests at once.
const AT_ONCE: usize = 16;
/// Files from this size on go in parts, in bytes.
const LARGE: u64 = 64 << 20;

struct Bucket<'a> {
    store: Box<dyn ObjectStore>,
    prefix: String,
    source: &'a Source<'a>,
    headers: Headers,
}

fn undone(e: impl std::fmt::Display) -> Undone {
    Undone::Program("s3", e.to_string())
}

pub(super) fn deploy(source: &Source<'_>, (list, new): (&[u8], &Sums), (bucket, prefix): (&str, &str), dry: bool) -> Result<Plan, Undone> {
    // `ring` in place of the default, which wants a compiler of C for minutes. A second one is refused, and does no harm.
    let _ = rustls::crypto::ring::default_provider().install_default();
    // What does not answer is asked again for a minute at most.
    let retry = RetryConfig { max_retries: 5, retry_timeout: Duration::from_secs(60), ..RetryConfig::default() };
    // Not every store knows how to delete many objects at once.
    let builder = AmazonS3Builder::from_env().with_bucket_name(bucket).with_retry(retry);
    let store = builder.with_config(AmazonS3ConfigKey::DisableBulkDelete, "true").build().map_err(undone)?;
    let rules = source.shelf.one("_headers").map_err(Undone::Unread)?.unwrap_or_default();
    let to = Bucket { store: Box::new(store), prefix: prefix.to_string(), source, headers: Headers::parse(&String::from_utf8_lossy(&rules)) };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(undone)?;
    runtime.block_on(to.deployed(list, new, dry))
}

impl Bucket<'_> {
    fn at(&self, path: &str) -> Result<Path, Undone> {
        let whole = if self.prefix.is_empty() { path.to_string() } else { format!("{}/{path}", self.prefix) };
        Path::parse(whole).map_err(undone)
    }

    async fn deployed(&self, list: &[u8], new: &Sums, dry: bool) -> Result<Plan, Undone> {
        let old = match self.store.get(&self.at(MANIFEST)?).await {
            Ok(found) => sums(&found.bytes().await.map_err(undone)?),
            Err(Error::NotFound { .. }) => Sums::new(),
            Err(e) => return Err(undone(e)),
        };
        let plan = plan(new, &old);
        self.foreign(&plan, &old).await?;
        if dry || plan.is_empty() {
            return Ok(plan);
        }
        sound(self.source, new, &plan)?;
        self.put(MANIFEST, both(new, &old)).await?;
        // What tells of other files waits for them.
        for some in plan.first.chunk_by(|a, b| rank(a) == rank(b)) {
            self.all(some).await?;
        }
        self.all(&plan.pages).await?;
        let gone = plan.gone.iter().map(|p| async move {
            match self.store.delete(&self.at(p)?).await {
                Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
                Err(e) => Err(undone(e)),
            }
        });
        stream::iter(gone).buffer_unordered(AT_ONCE).try_collect::<()>().await?;
        for path in &plan.last {
            self.file(path).await?;
        }
        self.put(MARKER, crate::trust::MARK.as_bytes().to_vec()).await?;
        self.put(MANIFEST, list.to_vec()).await?;
        Ok(plan)
    }

    /// Refuses objects that nobody put there through us and that would be written over.
    async fn foreign(&self, plan: &Plan, old: &Sums) -> Result<(), Undone> {
        let fresh: std::collections::BTreeSet<String> =
            plan.puts().filter(|p| !old.contains_key(*p)).map(|p| self.at(p).map(|p| p.to_string())).collect::<Result<_, _>>()?;
        if fresh.is_empty() {
            return Ok(());
        }
        let below = if self.prefix.is_empty() { None } else { Some(Path::parse(&self.prefix).map_err(undone)?) };
        let there = self.store.list(below.as_ref()).map_ok(|o| o.location.to_string());
        let strange: Vec<String> = there.try_filter(|p| std::future::ready(fresh.contains(p))).try_collect().await.map_err(undone)?;
        if strange.is_empty() { Ok(()) } else { Err(Fault::Foreign(strange.iter().take(10).cloned().collect(), strange.len()).into()) }
    }

    async fn all(&self, paths: &[String]) -> Result<(), Undone> {
        stream::iter(paths.iter().map(|p| self.file(p))).buffer_unordered(AT_ONCE).try_collect().await
    }

    async fn file(&self, path: &str) -> Result<(), Undone> {
        let full = self.source.folder()?.join(path);
        if std::fs::metadata(&full).is_ok_and(|m| m.len() >= LARGE) {
            return self.parts(path, &full).await;
        }
        let bytes = self.source.shelf.one(path).map_err(Undone::Unread)?.ok_or_else(|| Undone::Lacks(path.to_string()))?;
        self.put(path, bytes).await
    }

    async fn put(&self, path: &str, bytes: Vec<u8>) -> Result<(), Undone> {
        let how = PutOptions { attributes: self.attributes(path), ..PutOptions::default() };
        self.store.put_opts(&self.at(path)?, bytes.into(), how).await.map_err(undone)?;
        Ok(())
    }

    /// A large file piece by piece; it is there when all of them are.
    async fn parts(&self, path: &str, full: &std::path::Path) -> Result<(), Undone> {
        let how = PutMultipartOptions { attributes: self.attributes(path), ..PutMultipartOptions::default() };
        let mut to = WriteMultipart::new(self.store.put_multipart_opts(&self.at(path)?, how).await.map_err(undone)?);
        let mut from = File::open(full).map_err(Fault::io(full))?;
        let mut piece = vec![0; 1 << 20];
        loop {
            let n = from.read(&mut piece).map_err(Fault::io(full))?;
            if n == 0 {
                break;
            }
            to.wait_for_capacity(4).await.map_err(undone)?;
            to.write(&piece[..n]);
        }
        to.finish().await.map_err(undone)?;
        Ok(())
    }

    fn attributes(&self, path: &str) -> Attributes {
        let mut out = Attributes::new();
        let told = self.headers.of(path);
        let value = |name: &str| told.iter().rev().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.clone());
        out.insert(Attribute::ContentType, value("Content-Type").unwrap_or_else(|| crate::output::kind_of(path).to_string()).into());
        // Names without a hash are asked for again each time; the store answers that nothing changed.
        out.insert(Attribute::CacheControl, value("Cache-Control").unwrap_or_else(|| "no-cache".to_string()).into());
        if let Some(d) = value("Content-Disposition") {
            out.insert(Attribute::ContentDisposition, d.into());
        }
        out
    }
}
