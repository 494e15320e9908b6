//! A server of a test, and its clients.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::Value;

/// How long a test waits for what has to come.
pub const LONG: Duration = Duration::from_secs(300);

/// The head of a request with a text a line, whose body comes in chunks.
pub const LINES: &str = "POST /v1/extract HTTP/1.1\r\nHost: localhost\r\n\
    Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";

/// The folder of the project.
pub fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

pub fn example(name: &str) -> String {
    std::fs::read_to_string(root().join("www/examples").join(name)).expect("an example")
}

/// A running server. It is killed when it is dropped.
pub struct Server {
    child: Child,
    /// `127.0.0.1:PORT`.
    pub address: String,
    /// What it wrote so far, on standard error and standard output.
    told: Arc<Mutex<String>>,
    readers: Vec<JoinHandle<()>>,
}

/// An answer.
pub struct Answer {
    pub status: u16,
    pub headers: ureq::http::HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("JSON")
    }

    pub fn lines(&self) -> Vec<Value> {
        self.body.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
    }

    /// The code of the error that the body tells.
    pub fn code(&self) -> String {
        self.json()["error"]["code"].as_str().unwrap_or_default().to_owned()
    }
}

impl Server {
    /// Starts a server, and waits until it listens. It has time for its texts, unless the arguments say
    /// otherwise.
    pub fn start(arguments: &[&str]) -> Server {
        let defaults = [["--listen", "127.0.0.1:0"], ["--timeout", "300"], ["--grace", "300"]];
        let defaults = defaults.iter().filter(|[name, _]| !arguments.contains(name)).flatten();
        let mut child = Command::new(env!("CARGO_BIN_EXE_bioner"))
            .arg("serve")
            .args(defaults)
            .args(arguments)
            .current_dir(root())
            .env_remove("BIONER_MODEL")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let told = Arc::new(Mutex::new(String::new()));
        let (out, error) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        let readers = vec![keep(out, told.clone()), keep(error, told.clone())];
        let mut server = Server { child, address: String::new(), told, readers };
        wait_for("the server listens", || server.told().contains("listening on"));
        let told = server.told();
        let (_, rest) = told.split_once("listening on http://").expect("the address");
        server.address = rest.split('/').next().expect("the address").to_owned();
        server
    }

    /// What it wrote so far.
    pub fn told(&self) -> String {
        self.told.lock().unwrap().clone()
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[])
    }

    pub fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = agent().get(self.url(path));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        answered(request.call())
    }

    pub fn post(&self, path: &str, media_type: &str, body: impl AsRef<[u8]>) -> Answer {
        self.post_with(path, &[("content-type", media_type)], body)
    }

    pub fn post_with(
        &self,
        path: &str,
        headers: &[(&str, &str)],
        body: impl AsRef<[u8]>,
    ) -> Answer {
        let mut request = agent().post(self.url(path));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        answered(request.send(body.as_ref()))
    }

    /// Asks for one text.
    pub fn extract(&self, body: &Value) -> Answer {
        self.post("/v1/extract", "application/json", body.to_string())
    }

    /// Asks for a text a line.
    pub fn lines(&self, query: &str, lines: impl AsRef<[u8]>) -> Answer {
        self.post(&format!("/v1/extract{query}"), "application/x-ndjson", lines)
    }

    /// A connection on which this was sent.
    pub fn send(&self, bytes: impl AsRef<[u8]>) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        stream.set_read_timeout(Some(LONG)).expect("a time limit");
        stream.write_all(bytes.as_ref()).expect("it is taken");
        stream
    }

    /// A connection on which one text was sent.
    pub fn send_text(&self, text: &str) -> TcpStream {
        let body = serde_json::json!({"text": text}).to_string();
        self.send(format!(
            "POST /v1/extract HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        ))
    }

    /// A value of the metrics; 0 if there is none yet.
    pub fn metric(&self, name: &str) -> f64 {
        let metrics = self.get("/metrics").body;
        let line = metrics.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.map_or(0.0, |value| value.parse().expect("a number"))
    }

    /// Sends it a signal.
    pub fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &pid]).status().expect("kill");
        assert!(sent.success());
    }

    /// Waits until it has ended, and gives what it wrote.
    pub fn ended(mut self) -> (ExitStatus, String) {
        let mut status = None;
        wait_for("the server ends", || {
            status = self.child.try_wait().expect("its status");
            status.is_some()
        });
        self.readers.drain(..).for_each(|reader| reader.join().expect("a reader"));
        (status.expect("a status"), self.told())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Keeps what a process writes.
fn keep(pipe: impl Read + Send + 'static, to: Arc<Mutex<String>>) -> JoinHandle<()> {
    std::thread::spawn(move || {
        for line in BufReader::new(pipe).lines() {
            let Ok(line) = line else { return };
            to.lock().unwrap().push_str(&(line + "\n"));
        }
    })
}

pub fn wait_for(what: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < LONG, "it takes too long: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// All that comes on a connection until its end.
pub fn all_of(mut stream: TcpStream) -> String {
    let mut all = Vec::new();
    stream.read_to_end(&mut all).expect("an answer");
    String::from_utf8(all).expect("UTF-8")
}

fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder();
    config.http_status_as_error(false).timeout_global(Some(LONG)).build().into()
}

fn answered(result: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Answer {
    let mut response = result.expect("an answer");
    Answer {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        body: response.body_mut().read_to_string().expect("a text"),
    }
}

/// A text on which the model works for minutes.
pub fn long_text() -> String {
    let sentence = |n| format!("Patient {n} took aspirin against headache {n}. ");
    (0..20_000).map(sentence).collect()
}
