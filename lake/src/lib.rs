//! Tables larger than a machine, profiled by Apache DataFusion as `clerestory` profiles those that it reads itself.
//!
//! The engine lists, reads, splits and sends; what is counted of a row, how a column is typed and what is told of it is
//! `clerestory`'s own ([`clerestory::load::table::elsewhere`]), so that figures agree wherever both can read a table.
#![forbid(unsafe_code)]

#[cfg(feature = "ballista")]
pub mod cluster;
pub mod count;
pub mod engine;
pub mod guard;
pub mod make;
pub mod profile;
pub mod report;
pub mod source;

/// What went wrong, in words for people: Chinese, then English.
#[derive(Debug)]
pub struct Failure(pub String);

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

/// What a step gives.
pub type Result<T> = std::result::Result<T, Failure>;

/// A failure in both languages.
pub fn fail<T>(zh: impl std::fmt::Display, en: impl std::fmt::Display) -> Result<T> {
    Err(Failure(format!("{zh}\n{en}")))
}

impl From<datafusion::error::DataFusionError> for Failure {
    fn from(e: datafusion::error::DataFusionError) -> Failure {
        let root = e.find_root();
        let text = root.to_string();
        match root {
            datafusion::error::DataFusionError::ResourcesExhausted(_) => Failure(format!(
                "内存不够：{text}\n给得多一些（--memory），或少用几个线程（--threads）\nnot enough memory: {text}\ngive more (--memory), or use fewer threads (--threads)"
            )),
            _ => Failure(format!("引擎不能继续：{text}\nthe engine cannot go on: {text}")),
        }
    }
}

impl From<object_store::Error> for Failure {
    fn from(e: object_store::Error) -> Failure {
        Failure(format!("不能读取：{e}\ncannot be read: {e}"))
    }
}

impl From<std::io::Error> for Failure {
    fn from(e: std::io::Error) -> Failure {
        Failure(format!("读写失败：{e}\ncannot be read or written: {e}"))
    }
}
