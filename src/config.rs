//! Settings: defaults from the documented config.default.toml, then file, environment, flags.
