//! A claim as JSON, both ways: what `import_row.reading` holds, so that a plan can be made again without the file.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::Arc;

use serde::de::{self, Deserializer, IgnoredAny, IntoDeserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::domain::change::Theirs;
use crate::domain::finding::{Finding, FindingCode};
use crate::domain::history::Part;
use crate::import::claim::{Claim, ClaimKind, Place, Said};
use crate::import::reading::Decision;
use crate::import::value::Value;

/// Where the table of a kept claim begins, if another one stands on its left. Told without reading the claim.
pub fn table_of(text: &str) -> Option<u32> {
    let (number, _) = text.strip_prefix("{\"table\":")?.split_once(',')?;
    number.parse().ok()
}

/// The claim as JSON; its sheet and rows are kept beside it.
pub fn write(claim: &Claim) -> String {
    let says = claim.says.iter().map(|(part, said)| {
        let theirs = match &said.theirs {
            Theirs::Absent => Word::Absent.written(),
            Theirs::Blank => Word::Blank.written(),
            Theirs::Clear => Word::Clear.written(),
            Theirs::Value(value) => Written::Values([value]),
        };
        let raw = said.raw.as_deref().map(|raw| match &said.theirs {
            Theirs::Value(Value::Text(text)) if **text == *raw => WrittenRaw::AsSaid(true),
            Theirs::Value(_) | Theirs::Absent | Theirs::Blank | Theirs::Clear => WrittenRaw::Text(raw),
        });
        (part.as_str(), WrittenSaid { theirs, cell: said.cell, raw })
    });
    let findings = claim.findings.iter().map(|finding| {
        (finding.code.as_str(), finding.row, finding.column, Cow::Borrowed(finding.detail.as_str()))
    });
    let written = WrittenClaim {
        table: claim.place.table,
        kind: claim.kind.as_str(),
        decision: claim.decision.as_str(),
        task: claim.task.as_deref(),
        candidates: claim.candidates.iter().map(|(code, score)| (code.as_ref(), *score)).collect(),
        content: claim.content.as_deref(),
        says: says.collect(),
        findings: findings.collect(),
    };
    // Texts and finite numbers as JSON cannot fail.
    serde_json::to_string(&written).unwrap_or_default()
}

/// The claim written by [`write`]; `None` when the text is something else.
pub fn read(place: Place, text: &str) -> Option<Claim> {
    let kept: KeptClaim<'_> = serde_json::from_str(text).ok()?;
    let says = kept.says.into_iter().map(|(name, said)| {
        let part = Part::parse(&name)?;
        let theirs = match said.theirs {
            Kept::Word(Word::Absent) => Theirs::Absent,
            Kept::Word(Word::Blank) => Theirs::Blank,
            Kept::Word(Word::Clear) => Theirs::Clear,
            Kept::Value(value) => Theirs::Value(Value::parse(part, &value)?),
        };
        let raw = match (said.raw, &theirs) {
            (None, _) => None,
            (Some(KeptRaw::Text(raw)), _) => Some(raw),
            (Some(KeptRaw::AsSaid(true)), Theirs::Value(Value::Text(text))) => Some(Arc::clone(text)),
            (Some(KeptRaw::AsSaid(_)), _) => return None,
        };
        Some((part, Said { theirs, cell: said.cell, raw }))
    });
    let findings = kept.findings.into_iter().map(|(code, row, column, detail)| {
        let (code, sheet) = (FindingCode::parse(code)?, Some(place.sheet.to_string()));
        Some(Finding { code, sheet, row, column, detail: detail.into_owned() })
    });
    Some(Claim {
        kind: ClaimKind::ALL.into_iter().find(|known| known.as_str() == kept.kind)?,
        decision: [Decision::Sure, Decision::Likely, Decision::Ask, Decision::None]
            .into_iter()
            .find(|known| known.as_str() == kept.decision)?,
        task: kept.task.map(Into::into),
        candidates: kept.candidates.into_iter().map(|(code, score)| (code.into(), score)).collect(),
        content: kept.content.map(Into::into),
        says: says.collect::<Option<_>>()?,
        findings: findings.collect::<Option<_>>()?,
        place: Place { table: kept.table, ..place },
    })
}

#[derive(Serialize)]
struct WrittenClaim<'c> {
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<u32>,
    kind: &'c str,
    decision: &'c str,
    #[serde(skip_serializing_if = "Option::is_none")]
    task: Option<&'c str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    candidates: Vec<(&'c str, f64)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<&'c str>,
    says: BTreeMap<&'c str, WrittenSaid<'c>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    findings: Vec<FindingLine<'c>>,
}

#[derive(Deserialize)]
struct KeptClaim<'c> {
    table: Option<u32>,
    kind: &'c str,
    decision: &'c str,
    #[serde(borrow)]
    task: Option<Cow<'c, str>>,
    #[serde(borrow, default)]
    candidates: Vec<(Cow<'c, str>, f64)>,
    #[serde(borrow)]
    content: Option<Cow<'c, str>>,
    #[serde(borrow)]
    says: HashMap<Cow<'c, str>, KeptSaid>,
    #[serde(borrow, default)]
    findings: Vec<FindingLine<'c>>,
}

/// Code, row, column, detail.
type FindingLine<'c> = (&'c str, Option<u32>, Option<u32>, Cow<'c, str>);

#[derive(Serialize)]
struct WrittenSaid<'c> {
    theirs: Written<'c>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<(u32, u32)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    raw: Option<WrittenRaw<'c>>,
}

/// What stood in the cell: written once where the text that is said is just that.
#[derive(Serialize)]
#[serde(untagged)]
enum WrittenRaw<'c> {
    AsSaid(bool),
    Text(&'c str),
}

#[derive(Deserialize)]
struct KeptSaid {
    theirs: Kept,
    cell: Option<(u32, u32)>,
    raw: Option<KeptRaw>,
}

/// [`WrittenRaw`], read.
enum KeptRaw {
    AsSaid(bool),
    Text(Arc<str>),
}

// Read by hand, as `Kept`: an untagged enum is first read as anything at all, and then once more.
impl<'de> Deserialize<'de> for KeptRaw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<KeptRaw, D::Error> {
        struct Raw;
        impl Visitor<'_> for Raw {
            type Value = KeptRaw;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or true")
            }

            fn visit_bool<E: de::Error>(self, as_said: bool) -> Result<KeptRaw, E> {
                Ok(KeptRaw::AsSaid(as_said))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<KeptRaw, E> {
                Ok(KeptRaw::Text(text.into()))
            }
        }
        deserializer.deserialize_any(Raw)
    }
}

/// A word of ours, or a value in a list, so that no word in it can be taken for one of ours.
#[derive(Serialize)]
#[serde(untagged)]
enum Written<'c> {
    Word(Word),
    Values([&'c Value; 1]),
}

/// [`Written`], read.
enum Kept {
    Word(Word),
    Value(Json),
}

impl<'de> Deserialize<'de> for Kept {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Kept, D::Error> {
        struct Theirs;
        impl<'de> Visitor<'de> for Theirs {
            type Value = Kept;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a word or a list of one value")
            }

            fn visit_str<E: de::Error>(self, word: &str) -> Result<Kept, E> {
                Word::deserialize(word.into_deserializer()).map(Kept::Word)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Kept, A::Error> {
                let value = list.next_element()?.ok_or_else(|| de::Error::invalid_length(0, &self))?;
                match list.next_element::<IgnoredAny>()? {
                    None => Ok(Kept::Value(value)),
                    Some(_) => Err(de::Error::invalid_length(2, &self)),
                }
            }
        }
        deserializer.deserialize_any(Theirs)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Word {
    Absent,
    Blank,
    Clear,
}

impl Word {
    fn written<'c>(self) -> Written<'c> {
        Written::Word(self)
    }
}

/// SHA-256 over what the rows claim, in their order, without places: the same content saved again by another program,
/// or with a title line more, has the same.
pub fn content_hash(claims: &[Claim]) -> String {
    let mut digest = Sha256::new();
    let mut line = Vec::new();
    for claim in claims {
        let says: Vec<(&str, Written<'_>)> = claim
            .says
            .iter()
            .filter_map(|(part, said)| match &said.theirs {
                Theirs::Absent | Theirs::Blank => None,
                Theirs::Clear => Some((part.as_str(), Word::Clear.written())),
                Theirs::Value(value) => Some((part.as_str(), Written::Values([value]))),
            })
            .collect();
        // Texts and numbers as JSON cannot fail.
        let _ = serde_json::to_writer(
            &mut line,
            &(claim.kind.as_str(), claim.task.as_deref(), claim.content.as_deref(), says),
        );
        line.push(b'\n');
        digest.update(&line);
        line.clear();
    }
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::percent::Percent;
    use crate::domain::progress::Progress;

    #[test]
    fn a_claim_comes_back_as_it_was() {
        let place = Place { sheet: "Phụ lục".into(), row: 9, row_to: 10, table: Some(4) };
        let said = |theirs| Said { theirs, cell: Some((9, 3)), raw: Some("50%".into()) };
        let plain =
            Said { theirs: Theirs::Value(Value::Text("true".into())), cell: None, raw: Some("true".into()) };
        let silent = Said { theirs: Theirs::Absent, cell: None, raw: None };
        let values = [
            (Part::Progress, Theirs::Value(Value::Progress(Progress::Completed))),
            (Part::Percent, Theirs::Value(Value::Percent(Percent::from_hundredths(6543).unwrap()))),
            (Part::CompletedOn, Theirs::Value(Value::Day("2020-02-29".parse().unwrap()))),
            (Part::Result, Theirs::Value(Value::Text("blank".into()))),
            (Part::Proposals, Theirs::Clear),
            (Part::Note, Theirs::Blank),
        ];
        let claim = Claim {
            place: place.clone(),
            kind: ClaimKind::Detail,
            decision: Decision::Likely,
            task: Some("VII.4-2.1".into()),
            candidates: vec![("VII.4-2.1".into(), 0.875), ("VII.4-1".into(), 0.1)],
            content: Some("Nội dung".into()),
            says: values
                .map(|(part, theirs)| (part, said(theirs)))
                .into_iter()
                .chain([(Part::Difficulties, plain)])
                .collect(),
            findings: vec![Finding::at(FindingCode::HiddenRow, "Phụ lục", 10, Some(3), "x")],
        };
        assert_eq!(read(place.clone(), &write(&claim)), Some(claim.clone()));
        let nothing = Claim {
            kind: ClaimKind::Task,
            decision: Decision::None,
            task: None,
            candidates: vec![],
            content: None,
            says: [(Part::Note, silent)].into(),
            findings: vec![],
            ..claim
        };
        assert_eq!(read(place.clone(), &write(&nothing)), Some(nothing));
        assert_eq!(read(place, "{}"), None);
    }
}
