//! The workbooks that the demonstration takes in, compiled into the program, and the manifest that orders them.

use anyhow::Context;
use serde::Deserialize;

const MANIFEST: &str = include_str!("../../../seeds/demo/demo.toml");

/// Every workbook by its name in the manifest.
const FILES: &[(&str, &[u8])] = &[
    ("bac-ninh.xlsx", include_bytes!("../../../seeds/demo/bac-ninh.xlsx")),
    ("cuc-an-toan-thong-tin.xlsx", include_bytes!("../../../seeds/demo/cuc-an-toan-thong-tin.xlsx")),
    ("cuc-tin-hoc-hoa.xlsx", include_bytes!("../../../seeds/demo/cuc-tin-hoc-hoa.xlsx")),
    ("gia-lai.xls", include_bytes!("../../../seeds/demo/gia-lai.xls")),
    ("hai-duong.xlsx", include_bytes!("../../../seeds/demo/hai-duong.xlsx")),
    ("kien-giang.ods", include_bytes!("../../../seeds/demo/kien-giang.ods")),
    ("quang-nam.xlsx", include_bytes!("../../../seeds/demo/quang-nam.xlsx")),
    ("thanh-hoa.xlsx", include_bytes!("../../../seeds/demo/thanh-hoa.xlsx")),
    ("van-phong-bo.xlsx", include_bytes!("../../../seeds/demo/van-phong-bo.xlsx")),
];

/// The manifest.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    /// In the order in which they are taken in.
    #[serde(rename = "import")]
    pub(crate) imports: Vec<Entry>,
}

/// One workbook.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    /// Its file.
    pub(crate) file: String,
    /// Code of the sender.
    pub(crate) unit: String,
    /// Day of the report, `2020-03-31`.
    pub(crate) reported_on: String,
    /// Whether the office then confirms what was reported as completed.
    pub(crate) confirm: bool,
}

impl Manifest {
    /// The manifest compiled in.
    ///
    /// # Errors
    /// When it does not fit, which a test keeps from happening.
    pub(crate) fn embedded() -> anyhow::Result<Manifest> {
        toml::from_str(MANIFEST).context("seeds/demo/demo.toml")
    }
}

impl Entry {
    /// The bytes of the workbook.
    ///
    /// # Errors
    /// When the manifest names a file that is not compiled in.
    pub(crate) fn bytes(&self) -> anyhow::Result<&'static [u8]> {
        let found = FILES.iter().find(|(name, _)| *name == self.file);
        Ok(found.with_context(|| format!("{} is not compiled in", self.file))?.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_and_the_files_compiled_in_name_each_other() {
        let manifest = Manifest::embedded().unwrap();
        assert_eq!(manifest.imports.len(), FILES.len());
        for entry in &manifest.imports {
            assert!(!entry.bytes().unwrap().is_empty(), "{}", entry.file);
            assert!(entry.reported_on.parse::<chrono::NaiveDate>().is_ok(), "{}", entry.file);
        }
    }
}
