//! The command line: one file a command. Help is in Vietnamese; exit codes are those of [`exit::Exit`].

mod annotate;
mod answer;
mod arena;
mod asked;
mod backup;
mod check;
mod code;
mod complaint;
mod demo;
mod exit;
mod explanation;
mod export;
mod file;
mod import;
mod migrate;
mod place;
mod print;
mod read;
mod schema;
mod seed;
mod serve;
mod settings;
mod token;
mod trace;
mod undo;
mod user;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::import::undo::Direction;
use exit::Exit;

const ABOUT: &str =
    "Giao Ban: theo dõi nhiệm vụ Bộ giao. Đọc bảng tiến độ của các đơn vị, đối chiếu, tổng hợp.";

const AFTER: &str = "\
MÃ ĐƠN VỊ là mã tỉnh năm 2020 (“40” là Sở TTTT Nghệ An) hoặc tên viết tắt của đơn vị (“THH”).

Mã thoát:
  0  Xong
  1  Lỗi của hệ thống (cơ sở dữ liệu, ổ đĩa, ...)
  2  Lệnh, tham số hoặc mã đơn vị sai
  3  Tệp bị từ chối: không đọc được
  4  Không ghi gì: bản dự kiến đã cũ, lần nạp không còn chờ xác nhận, hoặc không có dòng nào ghi được";

const TEMPLATE: &str = "{about-with-newline}\nCách dùng: {usage}\n\n{all-args}{after-help}";

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "giaoban",
    version,
    about = ABOUT,
    after_help = AFTER,
    disable_help_flag = true,
    disable_version_flag = true,
    arg_required_else_help = true
)]
struct Cli {
    /// In phần trợ giúp này
    #[arg(short = 'h', long = "help", action = clap::ArgAction::Help, global = true)]
    help: Option<bool>,
    /// In phiên bản
    #[arg(short = 'V', long = "version", action = clap::ArgAction::Version)]
    version: Option<bool>,
    #[command(subcommand)]
    command: Command,
}

/// Every command.
#[derive(Debug, Subcommand)]
enum Command {
    Demo(demo::Demo),
    Serve(serve::Serve),
    Read(read::Read),
    Import(import::Import),
    Answer(answer::Answer),
    Annotate(annotate::Annotate),
    Trace(trace::Trace),
    Undo(undo::Undo),
    /// Khôi phục một lần nạp đã hoàn tác: cho xem bản dự kiến, và chỉ làm khi có --yes hoặc --commit
    Redo(undo::Undo),
    Export(export::Export),
    Migrate(migrate::Migrate),
    Seed(seed::Seed),
    Token(token::Token),
    User(user::User),
    Backup(backup::Backup),
    Check(check::Check),
    Schema(schema::Schema),
    #[command(name = "config")]
    Settings(settings::Settings),
}

impl Command {
    /// Whether a program reads the answer, a refusal included.
    fn json(&self) -> bool {
        match self {
            Command::Read(command) => command.json,
            Command::Import(command) => command.json,
            Command::Answer(command) => command.json,
            Command::Trace(command) => command.json,
            Command::Undo(command) | Command::Redo(command) => command.json,
            Command::Check(command) => command.json,
            Command::Migrate(command) => command.json(),
            Command::Token(command) => command.json(),
            Command::Demo(_)
            | Command::Serve(_)
            | Command::Annotate(_)
            | Command::Export(_)
            | Command::Seed(_)
            | Command::User(_)
            | Command::Backup(_)
            | Command::Schema(_)
            | Command::Settings(_) => false,
        }
    }

    async fn run(self) -> anyhow::Result<Exit> {
        match self {
            Command::Demo(command) => command.run().await,
            Command::Serve(command) => command.run().await,
            Command::Read(command) => command.run(),
            Command::Import(command) => command.run().await,
            Command::Answer(command) => command.run().await,
            Command::Annotate(command) => command.run().await,
            Command::Trace(command) => command.run().await,
            Command::Undo(command) => command.run(Direction::Undo).await,
            Command::Redo(command) => command.run(Direction::Redo).await,
            Command::Check(command) => command.run().await,
            Command::Export(command) => command.run().await,
            Command::Migrate(command) => command.run().await,
            Command::Seed(command) => command.run().await,
            Command::Token(command) => command.run().await,
            Command::User(command) => command.run().await,
            Command::Backup(command) => command.run().await,
            Command::Schema(command) => Ok(command.run()),
            Command::Settings(command) => command.run(),
        }
    }
}

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    let parsed = localised(Cli::command()).try_get_matches().and_then(|found| Cli::from_arg_matches(&found));
    match parsed {
        Ok(cli) => run_command(cli.command).into(),
        Err(error) => complaint::answer(&error).into(),
    }
}

/// Puts the headings that clap writes in English into Vietnamese, for every command below.
fn localised(command: clap::Command) -> clap::Command {
    command
        .help_template(TEMPLATE)
        .subcommand_help_heading("Lệnh")
        .subcommand_value_name("LỆNH")
        .disable_help_subcommand(true)
        .mut_args(|arg| {
            let heading = if arg.is_positional() { "Tham số" } else { "Tuỳ chọn" };
            let takes_value = arg.get_action().takes_values();
            arg.help_heading(heading).hide_possible_values(takes_value).hide_default_value(takes_value)
        })
        .mut_subcommands(localised)
}

fn run_command(command: Command) -> Exit {
    if matches!(command, Command::Serve(_) | Command::Demo(_)) {
        arena::one_heap();
    }
    let as_json = command.json();
    let result = tokio::runtime::Runtime::new()
        .map_err(anyhow::Error::from)
        .and_then(|runtime| runtime.block_on(command.run()));
    result.unwrap_or_else(|error| exit::fail(&error, as_json))
}
