//! `user`: people with an account.

use std::io::{BufRead, IsTerminal};

use clap::{Args, Subcommand};

use super::exit::Exit;
use super::place::{Place, local};
use super::{code, print};
use crate::actions::create_user::{CreateUser, create_user};
use crate::domain::access::Role;

/// Người dùng
#[derive(Debug, Args)]
pub(crate) struct User {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Thêm người dùng; mật khẩu đọc từ một dòng của đầu vào chuẩn
    Add {
        /// Tên đăng nhập
        #[arg(value_name = "TÊN_ĐĂNG_NHẬP")]
        login: String,
        /// Vai trò: admin, office, unit, analyst, leader
        #[arg(long, value_name = "VAI_TRÒ", value_parser = code::role)]
        role: Role,
        /// Họ và tên (nếu không nêu: tên đăng nhập)
        #[arg(long, value_name = "TÊN")]
        name: Option<String>,
        /// Mã đơn vị, với vai trò unit (nêu nhiều lần nếu nhiều đơn vị)
        #[arg(long, value_name = "MÃ")]
        unit: Vec<String>,
        #[command(flatten)]
        place: Place,
    },
}

impl User {
    /// Adds the user.
    ///
    /// # Errors
    /// A short password, a login that is taken, a role with the wrong units.
    pub(crate) async fn run(&self) -> anyhow::Result<Exit> {
        let What::Add { login, role, name, unit, place } = &self.what;
        let app = place.open().await?;
        let wanted = CreateUser {
            login: login.clone(),
            name: name.clone().unwrap_or_else(|| login.clone()),
            role: *role,
            units: unit.clone(),
            password: password()?,
        };
        let user = create_user(&app, &local(), wanted).await?;
        print::line(&format!("Đã thêm người dùng “{}” với vai trò {}.", user.login, user.role));
        Ok(Exit::Done)
    }
}

/// One line of standard input. On a terminal it is not shown while it is typed, where `stty` exists.
fn password() -> anyhow::Result<String> {
    let stdin = std::io::stdin();
    let hide = stdin.is_terminal();
    if hide {
        print::aside("Mật khẩu (không hiện khi gõ):");
        echo("-echo");
    }
    let mut line = String::new();
    let read = stdin.lock().read_line(&mut line);
    if hide {
        echo("echo");
    }
    read?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// Without `stty` the password is shown; that is no reason to refuse it.
fn echo(mode: &str) {
    let _ = std::process::Command::new("stty").arg(mode).status();
}
