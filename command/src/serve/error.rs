//! Why a request, or one of its texts, was not answered.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bioner::Error;
use serde::Serialize;

/// When a client whose request was refused for want of room may try again, in seconds.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("1");

/// The body of an error, and what stands in a line for a text that could not be used.
#[derive(Debug, Clone, Serialize)]
pub struct Refusal {
    /// The stable code: part of the contract with clients, never renamed.
    pub code: &'static str,
    /// What is wrong and what to do, for people.
    pub message: String,
    #[serde(skip)]
    pub status: StatusCode,
}

impl Refusal {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Refusal { code, message: message.into(), status }
    }

    /// The body is not as expected.
    pub fn input(message: impl Into<String>) -> Self {
        Refusal::new(StatusCode::BAD_REQUEST, "input", message)
    }

    /// Identifiers are asked for, and there is no vocabulary.
    pub fn link() -> Self {
        let message = "the server has no vocabulary; start it with --link or --vocabulary";
        Refusal::new(StatusCode::BAD_REQUEST, "link", message)
    }

    /// The server was called by a name that it does not answer to.
    pub fn host() -> Self {
        let message = "the server does not answer to this host name; it is allowed by --allow-host";
        Refusal::new(StatusCode::FORBIDDEN, "host", message)
    }

    /// A page of another origin asks.
    pub fn origin() -> Self {
        let message = "pages of this origin may not ask; it is allowed by --allow-origin";
        Refusal::new(StatusCode::FORBIDDEN, "origin", message)
    }

    /// There is nothing at this path.
    pub fn not_found() -> Self {
        let message = "there is nothing here; GET /v1/openapi.json describes what there is";
        Refusal::new(StatusCode::NOT_FOUND, "not-found", message)
    }

    /// The path is asked by another method.
    pub fn method() -> Self {
        let message = "this path does not have that method; see GET /v1/openapi.json";
        Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "method", message)
    }

    /// The client took too long to send the request.
    pub fn slow() -> Self {
        let message = "the request did not arrive in time";
        Refusal::new(StatusCode::REQUEST_TIMEOUT, "request-timeout", message)
    }

    /// The text, or what holds it, is too long.
    pub fn too_large(limit: usize) -> Self {
        let message = format!(
            "the text is too large: more than {limit} bytes as it comes; split it, or raise --max-bytes"
        );
        Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "text-too-large", message)
    }

    /// No way to read such a body is known.
    pub fn media_type() -> Self {
        let message = "the Content-Type is none that is read: application/json for one text, \
                       application/x-ndjson for many, or a file's with input_format";
        Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type", message)
    }

    /// The body is packed in another way than with gzip.
    pub fn encoding() -> Self {
        let message = "the Content-Encoding is none that is read: gzip, or none";
        Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type", message)
    }

    /// The body cannot be unpacked.
    pub fn damaged() -> Self {
        Refusal::input("the body cannot be unpacked: it is not packed with gzip, or damaged or cut")
    }

    /// The body is too long when it is unpacked.
    pub fn unpacked_too_large(limit: usize) -> Self {
        let message = format!(
            "the body is too large: more than {limit} bytes when it is unpacked; split it, or raise --max-bytes"
        );
        Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "text-too-large", message)
    }

    /// The body is a file in one of the formats that JSON has.
    pub fn which_json() -> Self {
        let message = "output_format goes with a file: application/json does not say of which format it \
                       is; give input_format too, such as json or bioc-json";
        Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type", message)
    }

    /// There are as many requests as are allowed at the same time.
    pub fn too_many() -> Self {
        let message = "there are too many requests at the same time; try again later";
        Refusal::new(StatusCode::TOO_MANY_REQUESTS, "too-many-requests", message)
    }

    /// The queue is full.
    pub fn busy() -> Self {
        let message = "the server is busy; try again later";
        Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "busy", message)
    }

    /// The server is about to end.
    pub fn stopping() -> Self {
        let message = "the server is stopping; try again later";
        Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "stopping", message)
    }

    /// The text was not finished in time.
    pub fn timeout() -> Self {
        let message = "the text was not finished in time; split it, or raise --timeout";
        Refusal::new(StatusCode::GATEWAY_TIMEOUT, "timeout", message)
    }

    /// A defect of the server.
    pub fn internal() -> Self {
        Error::Internal("a document was lost".into()).into()
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        let status = match &error {
            Error::TextTooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Error::Types(_) | Error::Preset(_) | Error::Format(_) | Error::Input(_) => {
                StatusCode::BAD_REQUEST
            }
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Refusal::new(status, error.code(), error.to_string())
    }
}

/// A value as the body of an answer.
pub fn json(value: &impl Serialize) -> Response {
    match serde_json::to_vec(value) {
        Ok(bytes) => ([(header::CONTENT_TYPE, "application/json")], bytes).into_response(),
        // A map whose keys are no strings: there is none.
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        #[derive(Serialize)]
        struct Body<'a> {
            error: &'a Refusal,
        }
        let status = self.status;
        let mut response = (status, json(&Body { error: &self })).into_response();
        if matches!(status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS) {
            response.headers_mut().insert(header::RETRY_AFTER, RETRY_AFTER);
        }
        response
    }
}
