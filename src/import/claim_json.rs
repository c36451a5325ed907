//! A claim as JSON, both ways: what `import_row.reading` holds, so that a plan can be made again without the file.

use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use crate::domain::change::Theirs;
use crate::domain::finding::{Finding, FindingCode};
use crate::domain::history::Part;
use crate::import::claim::{Claim, ClaimKind, Place, Said};
use crate::import::reading::Decision;
use crate::import::value::Value;

/// The claim as JSON; its place is kept beside it.
pub fn write(claim: &Claim) -> Json {
    let says: serde_json::Map<String, Json> =
        claim.says.iter().map(|(part, said)| (part.as_str().to_owned(), said_json(said))).collect();
    json!({
        "kind": claim.kind.as_str(),
        "decision": claim.decision.as_str(),
        "task": claim.task,
        "candidates": claim.candidates,
        "content": claim.content,
        "says": says,
        "findings": claim.findings.iter().map(finding_json).collect::<Vec<_>>(),
    })
}

/// The claim written by [`write`]; `None` when the text is something else.
pub fn read(place: Place, json: &Json) -> Option<Claim> {
    let decision = json["decision"].as_str()?;
    let kind = json["kind"].as_str()?;
    let says = json["says"]
        .as_object()?
        .iter()
        .map(|(name, json)| {
            let part = Part::parse(name)?;
            Some((part, said(part, json)?))
        })
        .collect::<Option<_>>()?;
    let candidates = json["candidates"].as_array()?.iter();
    let findings = json["findings"].as_array()?.iter();
    Some(Claim {
        kind: ClaimKind::ALL.into_iter().find(|known| known.as_str() == kind)?,
        decision: [Decision::Sure, Decision::Likely, Decision::Ask, Decision::None]
            .into_iter()
            .find(|known| known.as_str() == decision)?,
        task: json["task"].as_str().map(str::to_owned),
        candidates: candidates
            .map(|pair| Some((pair[0].as_str()?.to_owned(), pair[1].as_f64()?)))
            .collect::<Option<_>>()?,
        content: json["content"].as_str().map(str::to_owned),
        says,
        findings: findings.map(|json| finding(&place, json)).collect::<Option<_>>()?,
        place,
    })
}

fn said_json(said: &Said) -> Json {
    json!({ "theirs": theirs_json(&said.theirs), "cell": said.cell, "raw": said.raw })
}

/// A value stands in a list, so that no word in it can be taken for one of ours.
fn theirs_json(theirs: &Theirs<Value>) -> Json {
    match theirs {
        Theirs::Absent => json!("absent"),
        Theirs::Blank => json!("blank"),
        Theirs::Clear => json!("clear"),
        Theirs::Value(value) => json!([value.json()]),
    }
}

fn said(part: Part, json: &Json) -> Option<Said> {
    let theirs = match &json["theirs"] {
        Json::Array(values) => Theirs::Value(Value::parse(part, values.first()?)?),
        Json::String(word) => match word.as_str() {
            "absent" => Theirs::Absent,
            "blank" => Theirs::Blank,
            "clear" => Theirs::Clear,
            _ => return None,
        },
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Object(_) => return None,
    };
    let number = |index: usize| json["cell"][index].as_u64().and_then(|number| u32::try_from(number).ok());
    let raw = json["raw"].as_str().map(str::to_owned);
    Some(Said { theirs, cell: number(0).zip(number(1)), raw })
}

fn finding_json(finding: &Finding) -> Json {
    json!([finding.code.as_str(), finding.row, finding.column, finding.detail])
}

fn finding(place: &Place, json: &Json) -> Option<Finding> {
    let number = |index: usize| json[index].as_u64().and_then(|number| u32::try_from(number).ok());
    Some(Finding {
        code: FindingCode::parse(json[0].as_str()?)?,
        sheet: Some(place.sheet.clone()),
        row: number(1),
        column: number(2),
        detail: json[3].as_str()?.to_owned(),
    })
}

/// SHA-256 over what the rows claim, in their order, without places: the same content saved again by another program,
/// or with a title line more, has the same.
pub fn content_hash(claims: &[Claim]) -> String {
    let mut digest = Sha256::new();
    for claim in claims {
        let says: Vec<Json> = claim
            .says
            .iter()
            .filter(|(_, said)| !matches!(said.theirs, Theirs::Absent | Theirs::Blank))
            .map(|(part, said)| json!([part.as_str(), theirs_json(&said.theirs)]))
            .collect();
        digest.update(json!([claim.kind.as_str(), claim.task, claim.content, says]).to_string());
        digest.update("\n");
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
        let place = Place { sheet: "Phụ lục".into(), row: 9, row_to: 10 };
        let said = |theirs| Said { theirs, cell: Some((9, 3)), raw: Some("50%".into()) };
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
            says: values.map(|(part, theirs)| (part, said(theirs))).into(),
            findings: vec![Finding::at(FindingCode::HiddenRow, "Phụ lục", 10, Some(3), "x")],
        };
        let text = write(&claim).to_string();
        assert_eq!(read(place, &serde_json::from_str(&text).unwrap()), Some(claim));
    }
}
