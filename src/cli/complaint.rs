//! What clap finds wrong with a command line, said in Vietnamese; and its help, printed.

use std::io::IsTerminal;

use clap::error::{ContextKind, ErrorKind};

use super::exit::Exit;
use super::print;

/// Prints help where help was asked for, otherwise what is wrong.
pub(crate) fn answer(error: &clap::Error) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let rendered = error.render();
            let text = match std::io::stdout().is_terminal() {
                true => rendered.ansi().to_string(),
                false => rendered.to_string(),
            };
            print::text(&translated(&text));
            Exit::Done
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            print::aside(&translated(&error.render().to_string()));
            Exit::Usage
        }
        // clap's enum is open: everything else is a complaint.
        _ => {
            print::aside(&format!("lỗi: {}", sentence(error)));
            print::aside("Gõ “giaoban --help” hoặc “giaoban LỆNH --help” để xem cách dùng.");
            Exit::Usage
        }
    }
}

/// The one English word that clap offers no setting for.
fn translated(help: &str) -> String {
    help.replace("[OPTIONS]", "[TUỲ_CHỌN]")
}

/// The sentence for a wrong command line.
fn sentence(error: &clap::Error) -> String {
    let context = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::UnknownArgument => format!("không có tham số “{argument}”"),
        ErrorKind::InvalidSubcommand => {
            format!("không có lệnh “{}”", context(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingRequiredArgument => format!("thiếu tham số {}", argument.replace('\n', " ")),
        ErrorKind::MissingSubcommand => "thiếu lệnh".to_owned(),
        ErrorKind::InvalidValue if value.is_empty() => format!("thiếu giá trị cho “{argument}”"),
        ErrorKind::InvalidValue => {
            let valid = context(ContextKind::ValidValue);
            format!("giá trị “{value}” của “{argument}” không hợp lệ; chọn một trong: {valid}")
        }
        ErrorKind::ValueValidation => format!("giá trị “{value}” của “{argument}” không hợp lệ"),
        ErrorKind::ArgumentConflict => {
            format!("không dùng “{argument}” cùng với “{}”", context(ContextKind::PriorArg))
        }
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("số giá trị của “{argument}” không đúng")
        }
        // clap's enum is open; what it adds is told in its own words.
        _ => error.to_string().lines().next().unwrap_or_default().to_owned(),
    }
}
