//! Which JSON a client wants and sends.

use axum::http::{HeaderMap, header};

/// What an answer is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Media {
    /// `application/graphql-response+json`: the status code says whether the request was executed.
    GraphQlResponse,
    /// `application/json`: 200 for every well-formed request.
    Json,
}

impl Media {
    pub(super) fn content_type(self) -> &'static str {
        match self {
            Media::GraphQlResponse => "application/graphql-response+json; charset=utf-8",
            Media::Json => "application/json; charset=utf-8",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Media::GraphQlResponse => "application/graphql-response+json",
            Media::Json => "application/json",
        }
    }
}

/// The kind of answer the client likes best; JSON when it does not say or takes anything. `None` when it takes
/// neither.
pub(super) fn negotiate(headers: &HeaderMap) -> Option<Media> {
    let values: Vec<&str> =
        headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
    let accept = values.join(",");
    if accept.trim().is_empty() {
        return Some(Media::Json);
    }
    let ranges: Vec<Range<'_>> = accept.split(',').filter_map(Range::parse).collect();
    // On a tie the first wins: JSON for `*/*`, the newer kind only where it is named.
    let mut best: Option<(Media, u16, u8)> = None;
    for media in [Media::Json, Media::GraphQlResponse] {
        let Some(range) = ranges.iter().filter(|range| range.covers(media)).max_by_key(|range| range.detail)
        else {
            continue;
        };
        let better =
            best.is_none_or(|(_, quality, detail)| (range.quality, range.detail) > (quality, detail));
        let named_first = best.is_some_and(|(other, quality, detail)| {
            quality == range.quality && detail == range.detail && detail == 2 && first(&ranges, media, other)
        });
        if range.quality > 0 && (better || named_first) {
            best = Some((media, range.quality, range.detail));
        }
    }
    best.map(|(media, _, _)| media)
}

/// Whether `one` is named before `other`.
fn first(ranges: &[Range<'_>], one: Media, other: Media) -> bool {
    let place = |media: Media| ranges.iter().position(|range| range.name.eq_ignore_ascii_case(media.name()));
    place(one) < place(other)
}

/// One range of an Accept header.
struct Range<'a> {
    name: &'a str,
    /// 0 to 1000.
    quality: u16,
    /// 0 for `*/*`, 1 for `application/*`, 2 for a name.
    detail: u8,
}

impl<'a> Range<'a> {
    fn parse(text: &'a str) -> Option<Range<'a>> {
        let mut parts = text.split(';').map(str::trim);
        let name = parts.next().filter(|name| !name.is_empty())?;
        let mut quality = 1000;
        for part in parts {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            if key.trim().eq_ignore_ascii_case("q") {
                quality = thousandths(value.trim())?;
            } else if key.trim().eq_ignore_ascii_case("charset") && !is_utf8(value) {
                return None;
            }
        }
        let detail = if name == "*/*" {
            0
        } else if name.eq_ignore_ascii_case("application/*") {
            1
        } else {
            2
        };
        Some(Range { name, quality, detail })
    }

    fn covers(&self, media: Media) -> bool {
        self.detail < 2 || self.name.eq_ignore_ascii_case(media.name())
    }
}

/// "0.8" as 800.
fn thousandths(text: &str) -> Option<u16> {
    let quality: f32 = text.parse().ok()?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=1000 before")]
    let thousandths = (quality.clamp(0.0, 1.0) * 1000.0).round() as u16;
    Some(thousandths)
}

fn is_utf8(charset: &str) -> bool {
    let charset = charset.trim().trim_matches('"');
    charset.eq_ignore_ascii_case("utf-8") || charset.eq_ignore_ascii_case("utf8")
}

/// Whether a Content-Type is JSON in UTF-8 (which is meant when no charset is named).
pub(super) fn is_json_in_utf8(content_type: &str) -> bool {
    let mut parts = content_type.split(';').map(str::trim);
    let json = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(Media::Json.name()));
    json && parts.all(|part| match part.split_once('=') {
        Some((key, value)) if key.trim().eq_ignore_ascii_case("charset") => is_utf8(value),
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn the_answer_is_called_what_the_client_likes_best() {
        use Media::{GraphQlResponse, Json};
        for (accept, expected) in [
            ("", Some(Json)),
            ("*/*", Some(Json)),
            ("application/*", Some(Json)),
            ("application/json", Some(Json)),
            ("application/graphql-response+json", Some(GraphQlResponse)),
            ("application/graphql-response+json, application/json", Some(GraphQlResponse)),
            ("application/json, application/graphql-response+json", Some(Json)),
            ("application/json, application/graphql-response+json;q=0.9", Some(Json)),
            ("application/json;q=0.9, application/graphql-response+json", Some(GraphQlResponse)),
            ("application/graphql-response+json, */*;q=0.1", Some(GraphQlResponse)),
            ("application/graphql-response+json; charset=utf-8", Some(GraphQlResponse)),
            ("Application/JSON; Charset=UTF-8", Some(Json)),
            ("application/json; charset=utf-16", None),
            ("application/json;q=0, */*", Some(GraphQlResponse)),
            ("text/html, */*;q=0.8", Some(Json)),
            ("text/html", None),
            ("application/json;q=0", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
            assert_eq!(negotiate(&headers), expected, "{accept}");
        }
        assert_eq!(negotiate(&HeaderMap::new()), Some(Json));
    }

    #[test]
    fn only_json_in_utf8_is_taken_in() {
        for (kind, expected) in [
            ("application/json", true),
            ("application/json; charset=utf-8", true),
            ("Application/Json;charset=\"UTF-8\"", true),
            ("application/json; charset=utf-16", false),
            ("text/plain", false),
            ("application/x-www-form-urlencoded", false),
            ("multipart/form-data; boundary=a", false),
            ("", false),
        ] {
            assert_eq!(is_json_in_utf8(kind), expected, "{kind}");
        }
    }
}
