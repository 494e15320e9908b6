//! `bioner extract --resume`.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::{bioner, folder};

/// How long a machine may take that has other work.
const PATIENCE: Duration = Duration::from_secs(600);

/// A folder with an input, and the place of the output in it.
struct Job {
    input: PathBuf,
    output: PathBuf,
}

impl Job {
    fn new(name: &str, input: &str, content: &str) -> Job {
        let folder = folder(name);
        let job = Job { input: folder.join(input), output: folder.join("found.jsonl") };
        fs::write(&job.input, content).expect("an input");
        job
    }

    fn arguments<'a>(&'a self, more: &[&'a str]) -> Vec<&'a str> {
        let path = |path: &'a Path| path.to_str().expect("a path");
        let own = ["extract", "--output", path(&self.output), path(&self.input)];
        [&own, more].concat()
    }

    fn run(&self, more: &[&str]) -> Output {
        bioner(&self.arguments(more), b"")
    }

    fn resume(&self, more: &[&str]) -> Output {
        self.run(&[more, &["--resume"]].concat())
    }

    fn found(&self) -> Vec<u8> {
        fs::read(&self.output).unwrap_or_default()
    }

    fn record(&self) -> PathBuf {
        self.output.with_extension("jsonl.resume")
    }

    /// Runs until this many lines are there, and kills the program.
    fn kill_after(&self, lines: usize, more: &[&str]) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_bioner"))
            .args(self.arguments(more))
            .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
            .env_remove("BIONER_MODEL")
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the program starts");
        let begun = Instant::now();
        let running = |child: &mut Child| child.try_wait().expect("a child").is_none();
        while self.lines() < lines && running(&mut child) && begun.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(5));
        }
        child.kill().expect("it is killed");
        let status = child.wait().expect("it has ended");
        assert_eq!(status.code(), None, "it ended by itself: the input is too short for this test");
        assert!(self.lines() >= lines, "too few results in {PATIENCE:?}");
    }

    fn lines(&self) -> usize {
        self.found().iter().filter(|&&byte| byte == b'\n').count()
    }
}

/// Documents of a sentence, a line each.
fn sentences(count: usize) -> String {
    let drugs = ["aspirin", "ibuprofen", "codeine", "naloxone", "morphine"];
    let line = |number: usize| {
        let drug = drugs[number % drugs.len()];
        format!("{{\"id\": {number}, \"text\": \"Patient {number} took {drug} for headache.\"}}\n")
    };
    (0..count).map(line).collect()
}

const SHORT: &str = concat!(
    "{\"id\": 1, \"text\": \"He took aspirin.\"}\n",
    "{\"id\": 2, \"words\": \"no text\"}\n",
    "no JSON\n",
    "{\"id\": \"1\", \"text\": \"She took \\ud83d\\ude00 ibuprofen.\"}\n",
    "{\"id\": 5, \"text\": \"He took codeine.\"}\n",
);

#[test]
fn a_run_that_was_killed_is_gone_on_with() {
    let job = Job::new("killed", "sentences.jsonl", &sentences(150));
    let whole = Job::new("not-killed", "sentences.jsonl", &sentences(150));
    assert!(whole.run(&[]).status.success());
    assert!(!whole.record().exists(), "a record stays");
    // The first run need not know that it will be killed.
    job.kill_after(2, &[]);
    let kept = job.found();
    job.kill_after(job.lines() + 2, &["--resume", "--threads", "1"]);
    assert!(job.found().starts_with(&kept[..kept.len() / 2]));
    let output = job.resume(&[]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(job.found(), whole.found());
    // What is finished stays as it is.
    assert!(job.resume(&[]).status.success());
    assert_eq!(job.found(), whole.found());
}

#[test]
fn wherever_the_file_ends_it_becomes_the_same() {
    for format in ["json", "json-lines"] {
        let job = Job::new(&format!("cut-{format}"), "short.jsonl", SHORT);
        let options = ["--types", "Drug", "--output-format", format];
        assert_eq!(job.resume(&options).status.code(), Some(1));
        let whole = job.found();
        assert!(!whole.is_empty());
        let first = whole.iter().position(|&byte| byte == b'\n').expect("a line");
        // Nothing; half a line; a line without its end; with it; all but the last end.
        for length in [0, first / 2, first, first + 1, whole.len() - 1] {
            fs::write(&job.output, &whole[..length]).expect("a part");
            let output = job.resume(&options);
            assert_eq!(output.status.code(), Some(1), "the bad documents are told of all the same");
            assert_eq!(
                String::from_utf8_lossy(&job.found()),
                String::from_utf8_lossy(&whole),
                "{format} {length}"
            );
        }
    }
}

#[test]
fn shards_of_other_formats_are_gone_on_with() {
    let article = |id: usize, title: &str| {
        format!(
            "<PubmedArticle><MedlineCitation><PMID>{id}</PMID><Article><ArticleTitle>{title}</ArticleTitle>\
             </Article></MedlineCitation></PubmedArticle>"
        )
    };
    let titles = ["Aspirin.", "Codeine.", "", "Naloxone.", "Morphine."];
    let articles: String = titles.iter().zip(1..).map(|(title, id)| article(id, title)).collect();
    let articles = format!("<PubmedArticleSet>{articles}</PubmedArticleSet>");
    let job = Job::new("pubmed", "part.xml", &articles);
    let options = ["--types", "Drug", "--shard", "2/2"];
    // The third has nothing to extract from, which is told, and is counted by nobody.
    assert_eq!(job.resume(&options).status.code(), Some(1));
    let whole = job.found();
    let text = String::from_utf8(whole.clone()).expect("UTF-8");
    assert!(text.contains("\"2\"") && text.contains("\"5\""), "{text}");
    assert_eq!(job.lines(), 2, "{text}");
    fs::write(&job.output, &whole[..whole.len() - 9]).expect("a part");
    assert_eq!(job.resume(&options).status.code(), Some(1));
    assert_eq!(job.found(), whole);
}

#[test]
fn what_does_not_fit_is_refused_and_left_alone() {
    let job = Job::new("unfit", "short.jsonl", SHORT);
    let types = ["--types", "Drug"];
    assert_eq!(job.resume(&types).status.code(), Some(1));
    let whole = job.found();
    let refused = |options: &[&str], words: &str| {
        let output = job.resume(options);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains(words) && told.contains("[input]"), "{words}: {told}");
        assert_eq!(job.found(), whole, "{words}");
    };
    // Other options.
    refused(&["--types", "Disease"], "types was [\"Drug\"] and is [\"Disease\"] now");
    refused(&["--types", "Drug", "--assertion"], "assertion was false and is true now");
    refused(&["--types", "Drug", "--shard", "1/2"], "shard was \"1/1\" and is \"1/2\" now");
    // Formats that do not say which documents are done.
    for format in ["csv", "pubtator", "bioc-xml", "brat"] {
        refused(&["--output-format", format], "json and json-lines");
    }
    // Another input: in another order, with another text, shorter.
    let lines: Vec<&str> = SHORT.split_inclusive('\n').collect();
    let other = |content: String, words: &str| {
        fs::write(&job.input, content).expect("an input");
        refused(&types, words);
    };
    other([lines[1], lines[0]].concat(), "line 1 of");
    other(SHORT.replace("took aspirin", "has no drug"), "line 1 of");
    other(lines[..4].concat(), "the input has fewer");
    fs::write(&job.input, SHORT).expect("an input");
    // Another process, which has the file.
    let held = File::open(&job.output).expect("the output");
    held.lock().expect("a lock");
    refused(&types, "another process is writing it");
    drop(held);
    // Another file, of nobody knows what.
    let mut appended = OpenOptions::new().append(true).open(&job.output).expect("the output");
    appended.write_all(b"a line of mine\n").expect("written");
    drop(appended);
    let output = job.resume(&types);
    assert!(String::from_utf8_lossy(&output.stderr).contains("line 6 of"));
    fs::remove_file(job.record()).expect("a record");
    let output = job.resume(&types);
    assert!(String::from_utf8_lossy(&output.stderr).contains("has no record"));
    assert!(job.found().ends_with(b"a line of mine\n"));
    // A place that is none.
    let output = bioner(&["extract", "--resume"], b"text");
    assert!(String::from_utf8_lossy(&output.stderr).contains("needs --output"));
}
