//! The test binary: one for all integration tests, so that linking is paid once.

mod architecture;
mod bad_input;
mod commands;
mod compatibility;
mod content;
mod data;
mod documentation;
mod faults;
mod faults_t1;
mod faults_t3;
mod faults_w;
mod faults_x2;
mod first_day;
mod laws;
mod made_up;
mod markdown;
mod publishing;
mod rules;
mod sample;
mod scaffold;
mod search;
mod serve;
mod site;
mod support;
mod tables;
mod validity;
