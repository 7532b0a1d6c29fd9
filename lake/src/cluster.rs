//! The same plans over many machines: Ballista's scheduler and executors, which know our two functions and our stores.

use crate::engine::{self, Bounds};
use crate::{Failure, Result, fail};
use ballista::prelude::SessionContextExt;
use ballista_core::error::BallistaError;
use ballista_core::extension::SessionConfigExt;
use ballista_core::registry::BallistaFunctionRegistry;
use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::config::SchedulerConfig;
use ballista_scheduler::scheduler_process::start_server;
use datafusion::execution::SessionState;
use datafusion::prelude::{SessionConfig, SessionContext};
use std::net::SocketAddr;
use std::sync::Arc;

/// Largest message: what is counted of a wide table goes as one.
const MESSAGE: u32 = 1 << 30;

impl From<BallistaError> for Failure {
    fn from(e: BallistaError) -> Failure {
        Failure(format!("集群不能继续：{e}\nthe cluster cannot go on: {e}"))
    }
}

fn config() -> SessionConfig {
    SessionConfig::new_with_ballista().with_ballista_grpc_client_max_message_size(MESSAGE as usize)
}

fn state(config: SessionConfig) -> datafusion::error::Result<SessionState> {
    engine::state(config, engine::runtime(None).build_arc()?)
}

/// A session whose plans a cluster computes. `threads` of the bounds are the parts into which a table is split.
pub async fn client(at: &str, bounds: &Bounds) -> Result<SessionContext> {
    let Some(rest) = at.strip_prefix("ballista://") else {
        return fail(
            format!("不是集群的地址：{at}（例如 ballista://127.0.0.1:50050）"),
            format!("no address of a cluster: {at} (such as ballista://127.0.0.1:50050)"),
        );
    };
    let state = state(engine::config(config(), bounds.threads))?;
    Ok(SessionContext::remote_with_state(&format!("df://{rest}"), state).await?)
}

/// Runs a scheduler until the process ends.
pub async fn scheduler(bind: &str) -> Result<()> {
    let Ok(address) = bind.parse::<SocketAddr>() else { return fail(format!("不是地址：{bind}"), format!("no address: {bind}")) };
    let config = SchedulerConfig {
        bind_host: address.ip().to_string(),
        bind_port: address.port(),
        external_host: address.ip().to_string(),
        grpc_server_max_decoding_message_size: MESSAGE,
        grpc_server_max_encoding_message_size: MESSAGE,
        grpc_client_max_message_size: MESSAGE,
        ..SchedulerConfig::default()
    };
    let config = config.with_override_config_producer(Arc::new(self::config)).with_override_session_builder(Arc::new(self::state));
    let cluster = BallistaCluster::new_from_config(&config).await?;
    Ok(start_server(cluster, address, Arc::new(config)).await?)
}

/// Runs an executor until the process ends.
pub async fn executor(scheduler: &str, bind: &str, port: u16, bounds: &Bounds) -> Result<()> {
    let Some((host, at)) = scheduler.rsplit_once(':').and_then(|(h, p)| Some((h, p.parse::<u16>().ok()?))) else {
        return fail(format!("不是地址：{scheduler}"), format!("no address: {scheduler}"));
    };
    let spill = bounds.spill.clone();
    let registry = BallistaFunctionRegistry::from(&self::state(self::config())?);
    let config = ExecutorProcessConfig {
        bind_host: bind.to_string(),
        external_host: Some(bind.to_string()),
        port,
        grpc_port: port.saturating_add(1),
        scheduler_host: host.to_string(),
        scheduler_port: at,
        scheduler_connect_timeout_seconds: 30,
        vcores: bounds.threads,
        work_dir: spill.as_ref().map(|p| p.to_string_lossy().into_owned()),
        grpc_max_decoding_message_size: MESSAGE,
        grpc_max_encoding_message_size: MESSAGE,
        memory_pool_size: Some(engine::pooled(bounds.memory) as u64),
        override_function_registry: Some(Arc::new(registry)),
        override_config_producer: Some(Arc::new(self::config)),
        override_runtime_producer: Some(Arc::new(move |_: &SessionConfig| engine::runtime(spill.clone()).build_arc())),
        ..ExecutorProcessConfig::default()
    };
    Ok(start_executor_process(Arc::new(config)).await?)
}
