//! `token`: access tokens.

use clap::{Args, Subcommand};
use serde_json::json;

use super::exit::Exit;
use super::place::{Place, local};
use super::{code, print};
use crate::actions::create_token::{CreateToken, create_token};
use crate::actions::revoke_token::revoke_token;
use crate::app::App;
use crate::auth::secret::{self, TOKEN_PREFIX};
use crate::domain::access::Role;
use crate::error::{Code, Error};
use crate::store;

/// Mã truy cập
#[derive(Debug, Args)]
pub(crate) struct Token {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Tạo mã truy cập; mã chỉ hiện một lần
    New {
        /// Vai trò: admin, office, unit, analyst, leader
        #[arg(long, value_name = "VAI_TRÒ", value_parser = code::role)]
        role: Role,
        /// Mã đơn vị, với vai trò unit (nêu nhiều lần nếu nhiều đơn vị)
        #[arg(long, value_name = "MÃ")]
        unit: Vec<String>,
        /// Tên ghi trong nhật ký
        #[arg(long, value_name = "TÊN")]
        label: Option<String>,
        /// Số ngày có hiệu lực
        #[arg(long, value_name = "SỐ")]
        days: Option<u32>,
        /// In kết quả dạng JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        place: Place,
    },
    /// Thu hồi mã truy cập
    Revoke {
        /// Số hiệu, tên, hoặc chính mã truy cập
        #[arg(value_name = "MÃ_TRUY_CẬP")]
        which: String,
        #[command(flatten)]
        place: Place,
    },
}

impl Token {
    /// Whether a program reads the answer.
    pub(crate) fn json(&self) -> bool {
        matches!(self.what, What::New { json: true, .. })
    }

    /// Makes or ends a token.
    ///
    /// # Errors
    /// A unit or token that is not there, a role with the wrong units.
    pub(crate) async fn run(&self) -> anyhow::Result<Exit> {
        match &self.what {
            What::New { role, unit, label, days, json, place } => {
                let app = place.open().await?;
                let label = label.clone().unwrap_or_else(|| match unit.as_slice() {
                    [] => role.to_string(),
                    units => format!("{role} {}", units.join(" ")),
                });
                let wanted = CreateToken { label, role: *role, units: unit.clone(), lifetime_days: *days };
                let (secret, row) = create_token(&app, &local(), wanted).await?;
                if *json {
                    let value = json!({
                        "token": secret.reveal(),
                        "id": row.id,
                        "label": row.label,
                        "role": row.role.as_str(),
                        "expires_at": row.expires_at.to_rfc3339(),
                    });
                    print::line(&value.to_string());
                } else {
                    // The secret alone on standard output, so that a script can take it.
                    print::aside(&format!(
                        "Mã truy cập {} “{}”, hết hạn {}:",
                        row.id, row.label, row.expires_at
                    ));
                    print::line(secret.reveal());
                }
            }
            What::Revoke { which, place } => {
                let app = place.open().await?;
                let row = revoke_token(&app, &local(), &named(&app, which).await?).await?;
                print::line(&format!("Đã thu hồi mã truy cập {} “{}”.", row.id, row.label));
            }
        }
        Ok(Exit::Done)
    }
}

/// The id or label; a secret is looked up by its hash.
async fn named(app: &App, which: &str) -> anyhow::Result<String> {
    if !which.starts_with(TOKEN_PREFIX) {
        return Ok(which.to_owned());
    }
    let hash = secret::hash(which);
    let tokens = store::caller::tokens(app.database.reader()).await?;
    let found = tokens.iter().find(|token| token.token_hash == hash);
    Ok(found.ok_or_else(|| Error::new(Code::NotFound).field("token"))?.id.to_string())
}
