//! A private PostgreSQL for the test run: made with the installed `initdb` and `postgres`, on a free port, in a
//! directory of its own, without fsync. It is started by the first test that asks and ends with the test process,
//! however that ends: a shell holds the server and waits for the other end of a pipe to close.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

/// The server of this run; `None` where PostgreSQL is not installed (and not required).
pub(crate) fn cluster() -> Option<&'static Cluster> {
    static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();
    CLUSTER
        .get_or_init(|| match Cluster::start() {
            Ok(cluster) => Some(cluster),
            Err(why) => {
                #[expect(clippy::disallowed_methods, reason = "a switch of the test run, not a setting")]
                let required = std::env::var_os("GIAOBAN_REQUIRE_POSTGRES").is_some_and(|value| value == "1");
                assert!(!required, "PostgreSQL is required (GIAOBAN_REQUIRE_POSTGRES=1): {why}");
                announce(&why);
                None
            }
        })
        .as_ref()
}

/// Says it on the terminal itself: the harness swallows what a passing test prints.
fn announce(why: &str) {
    use std::io::Write;
    let line = format!("PostgreSQL is missing, its half of the tests is left out: {why}\n");
    let _ = std::io::stderr().lock().write_all(line.as_bytes());
}

/// A running server.
pub(crate) struct Cluster {
    port: u16,
    /// The shell that holds the server; its closed standard input is the order to stop and clean up.
    _keeper: Mutex<Child>,
}

impl Cluster {
    /// The address of a database of this server.
    pub(crate) fn url(&self, database: &str) -> String {
        format!("postgres://giaoban@127.0.0.1:{}/{database}", self.port)
    }

    fn start() -> Result<Cluster, String> {
        let binaries = binaries().ok_or("no initdb and postgres in PATH or /usr/lib/postgresql")?;
        let home = tempfile::Builder::new().prefix("giaoban-pg-").tempdir().map_err(|e| e.to_string())?;
        let owner = owner()?;
        if let Some((user, group)) = owner {
            chown(home.path(), Some(user), Some(group)).map_err(|e| e.to_string())?;
        }
        let data = home.path().join("data");
        let mut initdb = command(&binaries.join("initdb"), owner);
        initdb.args([
            "--username=giaoban",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
            "-D",
        ]);
        let output = initdb.arg(&data).output().map_err(|e| e.to_string())?;
        if !output.status.success() {
            return Err(format!("initdb: {}", String::from_utf8_lossy(&output.stderr)));
        }
        // From here on the keeper removes the directory.
        let home = home.keep();
        let mut last = String::new();
        for _ in 0..5 {
            let port = free_port().map_err(|e| e.to_string())?;
            let keeper = keep(&binaries, owner, &home, port).map_err(|e| e.to_string())?;
            match ready(&data) {
                Ok(()) => return Ok(Cluster { port, _keeper: Mutex::new(keeper) }),
                Err(why) => last = why,
            }
        }
        Err(last)
    }
}

/// Starts the server under a shell that outlives us just long enough to clean up.
fn keep(binaries: &Path, owner: Option<(u32, u32)>, home: &Path, port: u16) -> std::io::Result<Child> {
    const SCRIPT: &str = r#"
        trap '' INT TERM HUP
        "$1/postgres" -D "$2/data" -p "$3" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
            -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300 \
            -c shared_buffers=64MB -c autovacuum=off -c log_min_messages=fatal </dev/null >>"$2/log" 2>&1 &
        server=$!
        read -r _
        kill -QUIT "$server" 2>/dev/null
        wait "$server"
        rm -rf "$2"
    "#;
    let mut shell = command(Path::new("/bin/sh"), owner);
    shell.args(["-c", SCRIPT, "sh"]).arg(binaries).arg(home).arg(port.to_string());
    shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0).spawn()
}

/// Waits until the server writes that it is ready (the eighth line of its pid file, as pg_ctl does).
fn ready(data: &Path) -> Result<(), String> {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(30) {
        let lines = fs::read_to_string(data.join("postmaster.pid")).unwrap_or_default();
        if lines.lines().nth(7).is_some_and(|line| line.trim() == "ready") {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Err(format!(
        "the server did not come up: {}",
        fs::read_to_string(data.join("../log")).unwrap_or_default()
    ))
}

/// PostgreSQL refuses to run as root: another user then, `postgres` where there is one.
fn owner() -> Result<Option<(u32, u32)>, String> {
    if fs::metadata("/proc/self").map_err(|e| e.to_string())?.uid() != 0 {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd").map_err(|e| e.to_string())?;
    ["postgres", "nobody"]
        .iter()
        .find_map(|name| {
            let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
            let mut fields = line.split(':').skip(2);
            Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
        })
        .map(Some)
        .ok_or_else(|| "running as root, and no user postgres or nobody".to_owned())
}

fn command(program: &Path, owner: Option<(u32, u32)>) -> Command {
    let mut command = Command::new(program);
    if let Some((user, group)) = owner {
        command.gid(group).uid(user);
    }
    command.current_dir("/").env("LC_ALL", "C").stdin(Stdio::null());
    command
}

fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// The folder with both programs: PATH first, then the newest of Debian's versioned folders.
fn binaries() -> Option<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "where programs lie, not a setting")]
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    versions.sort();
    folders.extend(versions.into_iter().rev().map(|(_, folder)| folder));
    let both = |folder: &PathBuf| folder.join("initdb").is_file() && folder.join("postgres").is_file();
    // The real folder: a link elsewhere would hide the server's own libraries from it.
    let folder = folders.into_iter().find(both)?;
    fs::canonicalize(folder.join("postgres")).ok()?.parent().map(Path::to_path_buf)
}

#[test]
fn postgresql_is_started_once_and_answers_on_its_own_port() {
    use std::io::Read;
    let Some(cluster) = cluster() else { return };
    let mut connection = std::net::TcpStream::connect(("127.0.0.1", cluster.port)).unwrap();
    // An SSLRequest; a server without TLS answers with the single letter N.
    std::io::Write::write_all(&mut connection, &[0, 0, 0, 8, 4, 210, 22, 47]).unwrap();
    let mut answer = [0u8; 1];
    connection.read_exact(&mut answer).unwrap();
    assert_eq!(answer, *b"N");
}
