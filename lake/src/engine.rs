//! Who reads the rows: this process, or a cluster of Ballista with the same plans.

use crate::{Result, count, fail};
use datafusion::common::exec_err;
use datafusion::execution::disk_manager::{DiskManagerBuilder, DiskManagerMode};
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::object_store::{DefaultObjectStoreRegistry, ObjectStoreRegistry};
use datafusion::execution::runtime_env::{RuntimeEnv, RuntimeEnvBuilder};
use datafusion::execution::{FunctionRegistry, SessionState, SessionStateBuilder};
use datafusion::prelude::{SessionConfig, SessionContext};
use object_store::ObjectStore;
use std::path::PathBuf;
use std::sync::Arc;
use url::Url;

/// What an engine may take.
#[derive(Debug, Clone)]
pub struct Bounds {
    /// Bytes of memory. Six tenths of it are for what the engine keeps; the rest is for what is read and on its way.
    pub memory: u64,
    /// Threads.
    pub threads: usize,
    /// Where it spills to; the system's folder for temporary files where absent.
    pub spill: Option<PathBuf>,
}

/// Bytes of `1GB`, `512MB`, `2G`.
pub fn bytes(text: &str) -> Option<u64> {
    let t = text.trim().to_ascii_uppercase();
    let digits = t.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(t.len());
    let n: f64 = t[..digits].parse().ok()?;
    let unit = match t[digits..].trim().trim_end_matches('B').trim_end_matches('I') {
        "" => 1u64,
        "K" => 1 << 10,
        "M" => 1 << 20,
        "G" => 1 << 30,
        "T" => 1 << 40,
        _ => return None,
    };
    Some((n * unit as f64) as u64)
}

/// Stores that are made when first asked for, with keys from the environment.
#[derive(Debug, Default)]
pub struct Stores {
    known: DefaultObjectStoreRegistry,
}

impl ObjectStoreRegistry for Stores {
    fn register_store(&self, url: &Url, store: Arc<dyn ObjectStore>) -> Option<Arc<dyn ObjectStore>> {
        self.known.register_store(url, store)
    }

    fn get_store(&self, url: &Url) -> datafusion::error::Result<Arc<dyn ObjectStore>> {
        if let Ok(store) = self.known.get_store(url) {
            return Ok(store);
        }
        let store = made(url)?;
        self.known.register_store(url, Arc::clone(&store));
        Ok(store)
    }
}

#[cfg(feature = "cloud")]
fn made(url: &Url) -> datafusion::error::Result<Arc<dyn ObjectStore>> {
    let failed = |e: object_store::Error| datafusion::common::DataFusionError::ObjectStore(Box::new(e));
    let at = url.as_str();
    Ok(match url.scheme() {
        "s3" | "s3a" => Arc::new(object_store::aws::AmazonS3Builder::from_env().with_url(at).build().map_err(failed)?),
        "az" | "azure" | "abfs" | "abfss" | "adl" => Arc::new(object_store::azure::MicrosoftAzureBuilder::from_env().with_url(at).build().map_err(failed)?),
        "gs" => Arc::new(object_store::gcp::GoogleCloudStorageBuilder::from_env().with_url(at).build().map_err(failed)?),
        "http" | "https" => {
            let origin = url.origin().ascii_serialization();
            Arc::new(object_store::http::HttpBuilder::new().with_url(origin).build().map_err(failed)?)
        }
        other => return exec_err!("no store for `{other}://`; there are s3, az, gs, https and paths"),
    })
}

#[cfg(not(feature = "cloud"))]
fn made(url: &Url) -> datafusion::error::Result<Arc<dyn ObjectStore>> {
    exec_err!("no store for `{}://`: this program was built without the feature `cloud`, and reads paths alone", url.scheme())
}

/// Stores alone: what an executor begins with.
pub fn runtime(spill: Option<PathBuf>) -> RuntimeEnvBuilder {
    let disk = DiskManagerBuilder::default();
    let disk = match spill {
        Some(dir) => disk.with_mode(DiskManagerMode::Directories(vec![dir])),
        None => disk.with_mode(DiskManagerMode::OsTmpDirectory),
    };
    // What the engine spills may be as large as what it reads.
    let disk = disk.with_max_temp_directory_size(u64::MAX);
    RuntimeEnvBuilder::new().with_object_store_registry(Arc::new(Stores::default())).with_disk_manager_builder(disk)
}

/// The part of the memory that the engine keeps account of.
pub fn pooled(memory: u64) -> usize {
    usize::try_from(memory / 10 * 6).unwrap_or(usize::MAX)
}

/// A session with our functions.
pub fn state(config: SessionConfig, runtime: Arc<RuntimeEnv>) -> datafusion::error::Result<SessionState> {
    let mut state = SessionStateBuilder::new().with_config(config).with_runtime_env(runtime).with_default_features().build();
    state.register_udaf(Arc::new(count::count()))?;
    state.register_udf(Arc::new(count::cell()))?;
    Ok(state)
}

/// Settings that both engines share.
pub fn config(config: SessionConfig, threads: usize) -> SessionConfig {
    // Batches are small: one of long cells is memory that no account is kept of.
    let mut config = config.with_target_partitions(threads).with_collect_statistics(false).with_batch_size(4096);
    let options = config.options_mut();
    options.execution.parquet.schema_force_view_types = true;
    options.execution.parquet.binary_as_string = false;
    // A sort that spills reserves this much before it begins; the usual 10 MB for each thread is too much for a small pool.
    options.execution.sort_spill_reservation_bytes = 4 << 20;
    config
}

/// The engine in this process.
pub fn here(bounds: &Bounds) -> Result<SessionContext> {
    if bounds.memory < 64 << 20 {
        return fail("--memory 至少要 64MB", "--memory must be 64MB at least");
    }
    let pool = Arc::new(FairSpillPool::new(pooled(bounds.memory)));
    let runtime = runtime(bounds.spill.clone()).with_memory_pool(pool).build_arc()?;
    Ok(SessionContext::new_with_state(state(config(SessionConfig::new(), bounds.threads), runtime)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        for (text, n) in [("1GB", 1u64 << 30), ("512MB", 512 << 20), ("2G", 2 << 30), ("64MiB", 64 << 20), ("1.5g", 3 << 29), ("100", 100)] {
            assert_eq!(bytes(text), Some(n), "{text}");
        }
        assert_eq!((bytes("much"), bytes("1XB"), bytes("")), (None, None, None));
    }
}
