# Chores. `just` alone lists them; .ci/run does the same steps and installs what it needs first.

default:
    @just --list

# All that CI checks, on this machine.
check: format lint test schema-check deny

# Formatting, as CI wants it.
format:
    cargo fmt --all --check

# Lints, warnings as errors.
lint:
    cargo clippy --workspace --all-targets --locked -- -D warnings

# Tests on SQLite, and on PostgreSQL where it is installed.
test *ARGS:
    cargo test {{ARGS}}

# Tests, with PostgreSQL, LibreOffice and openpyxl required, as CI has them.
postgres:
    GIAOBAN_REQUIRE_POSTGRES=1 GIAOBAN_REQUIRE_OFFICE=1 cargo test

# Rounds of kill -9 in the middle of commits, on both databases (in `test` there are 10).
kill ROUNDS="50":
    GIAOBAN_KILL_ROUNDS={{ROUNDS}} cargo test --test it cli::kill -- --nocapture

# Write schema.graphql anew after a change of the GraphQL types.
schema:
    cargo run --quiet -- schema > schema.graphql

# Fail when schema.graphql is not what the program prints.
schema-check:
    cargo run --quiet -- schema | diff -u schema.graphql -

# Take the new inline snapshots of the tests (after looking at them).
accept:
    cargo insta accept

# Licences and sources of dependencies.
deny:
    cargo deny --locked check bans licenses sources

# Benchmarks (release build).
bench *ARGS:
    cargo bench {{ARGS}}

# Database, seeds, workbooks, server: see README.
demo *ARGS:
    cargo run --release -- demo {{ARGS}}

# The server on the local data folder.
serve *ARGS:
    cargo run --release -- serve {{ARGS}}

# Load what the program ships with.
seed *ARGS:
    cargo run --release -- seed {{ARGS}}
