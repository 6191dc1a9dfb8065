//! The profile files that the analyzer carries. Only their text: reading it is [`crate::profile`].

/// The credential photo of China's higher-education registration, `chsi-2017`.
pub const CHSI_2017: &str = include_str!("../profiles/chsi-2017.toml");
