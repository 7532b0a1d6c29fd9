//! Clerestory.
#![forbid(unsafe_code)]
pub mod derive;
pub mod diag;
pub mod load;
pub mod model;
pub mod output;
pub mod route;
pub mod write;
pub mod config;
