//! `config`: prints the settings in force, as TOML.

use clap::Args;

use super::exit::Exit;
use super::place::Place;
use super::print;
use crate::config::DEFAULTS;

/// In cấu hình đang có hiệu lực (mặc định, tệp, biến môi trường, tham số)
#[derive(Debug, Args)]
pub(crate) struct Settings {
    /// In tệp cấu hình mặc định kèm giải thích từng mục
    #[arg(long)]
    default: bool,
    #[command(flatten)]
    place: Place,
}

impl Settings {
    /// Prints.
    ///
    /// # Errors
    /// When a setting is wrong.
    pub(crate) fn run(&self) -> anyhow::Result<Exit> {
        if self.default {
            print::text(DEFAULTS);
            return Ok(Exit::Done);
        }
        let mut config = self.place.settings()?;
        config.database.url = without_password(&config.database.url);
        print::text(&config.to_toml()?);
        Ok(Exit::Done)
    }
}

/// An address as it may be shown: the password in it is hidden.
pub(crate) fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    match rest.rsplit_once('@') {
        Some((who, place)) => {
            let user = who.split(':').next().unwrap_or_default();
            let hidden = if who.contains(':') { ":***" } else { "" };
            format!("{scheme}://{user}{hidden}@{place}")
        }
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_in_an_address_is_not_shown() {
        for (url, shown) in [
            ("postgres://a:bí@mật@db/x", "postgres://a:***@db/x"),
            ("postgres://a@db/x", "postgres://a@db/x"),
            ("postgres://db/x", "postgres://db/x"),
            ("data/giaoban.sqlite", "data/giaoban.sqlite"),
            ("", ""),
        ] {
            assert_eq!(without_password(url), shown);
        }
    }
}
