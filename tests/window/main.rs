//! The main job through the real window: what a reviewer sees and presses, what a student then reads.

mod again;
mod review;
mod screens;
mod trouble;
