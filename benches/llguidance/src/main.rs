//! Times bioner's grammar machine against llguidance, on the same sentences, vocabulary and answers.
//!
//! `bioner-llguidance-bench MODEL.gguf [SENTENCES.jsonl]`

mod grammars;

use std::collections::BTreeMap;
use std::fs::File;
use std::hint::black_box;
use std::io::{BufRead, BufReader};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use bioner::constraint::{Machine, TokenTrie};
use bioner::format::{Format, Labelled, by_name};
use bioner::{ByteSpan, Sentence, prompt};
use candle_core::quantized::gguf_file::{Content, Value};
use grammars::{Names, Spell};
use llguidance::api::TopLevelGrammar;
use llguidance::{Matcher, ParserFactory};
use toktrie::{ApproximateTokEnv, TokRxInfo, TokTrie};

const TYPES: [&str; 3] = ["Chemical", "Disease", "Gene"];
/// Each figure is the least of so many runs, each with a grammar made anew.
const RUNS: usize = 5;

/// One sentence and the entities of each type.
#[derive(serde::Deserialize)]
struct Example {
    text: String,
    #[serde(flatten)]
    entities: BTreeMap<String, Vec<String>>,
}

/// The tokens of the model.
struct Tokens {
    vocabulary: TokenTrie,
    end: u32,
    factory: ParserFactory,
}

/// What one way of constraining took for one answer.
#[derive(Clone)]
struct Times {
    set_up: Duration,
    masks: Vec<Duration>,
    pushes: Vec<Duration>,
}

/// How large the masks were, to compare what they allow.
type Masks = Vec<Vec<u32>>;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let Some(model) = arguments.next() else { bail!("which GGUF? give its path") };
    let sentences = arguments.next();
    let sentences = sentences.as_deref().unwrap_or("sentences.jsonl");
    let tokens = Tokens::read(&model).with_context(|| model.clone())?;
    let examples: Vec<Example> = BufReader::new(File::open(sentences).context("sentences")?)
        .lines()
        .map(|line| Ok(serde_json::from_str(&line?)?))
        .collect::<Result<_>>()?;
    println!("{} sentences, least of {RUNS} runs, one thread\n", examples.len());
    println!(
        "| answer | by | set-up ms: mean, most | mask us: mean, median, 95 %, most | push us: mean | masks | failed |"
    );
    println!("|---|---|---|---|---|---|---|");
    let ways: [(&str, &[(&str, Spell)]); 3] = [
        ("lines-grouped", &[("substrings", grammars::substrings), ("ordered", grammars::ordered)]),
        ("inline-xml", &[("spelled out", grammars::inline)]),
        ("json-occurrence", &[("spelled out", grammars::numbered)]),
    ];
    for (format, grammars) in ways {
        let format = by_name(format)?;
        let answers: Vec<_> = examples.iter().map(|example| example.answer(format)).collect();
        let machine: Vec<_> = answers
            .iter()
            .map(|(sentence, answer)| tokens.machine(format, sentence, answer))
            .collect();
        report(format.name(), "bioner", &machine);
        let both = [Names::Rules, Names::Terminals];
        for ((name, spell), names) in grammars.iter().flat_map(|g| both.map(|names| (g, names))) {
            let spell = |sentence: &Sentence, types: &[String]| spell(names, sentence, types);
            let other: Vec<_> = answers
                .iter()
                .map(|(sentence, answer)| tokens.llguidance(spell, sentence, answer))
                .collect();
            report(format.name(), &format!("llguidance, {name}, {names:?}"), &other);
            compare(&machine, &other);
        }
    }
    Ok(())
}

impl Example {
    /// The sentence, and what a model would write for it.
    fn answer(&self, format: &dyn Format) -> (Sentence, String) {
        let sentence = Sentence::whole(&self.text);
        let mut entities = Vec::new();
        for (kind, name) in TYPES.iter().enumerate() {
            for mention in self.entities.get(*name).into_iter().flatten() {
                let place = sentence.occurrences(mention).next();
                let span: ByteSpan = place.unwrap_or_else(|| panic!("{mention} in {}", self.text));
                entities.push(Labelled { span, kind });
            }
        }
        entities.sort();
        let answer = prompt::to_wire(&format.render(&sentence, &types(), &entities));
        (sentence, answer)
    }
}

fn types() -> Vec<String> {
    TYPES.map(str::to_owned).to_vec()
}

impl Tokens {
    fn read(path: &str) -> Result<Self> {
        let content = Content::read(&mut File::open(path)?)?;
        let list = |key: &str| -> Result<&Vec<Value>> {
            Ok(content.metadata.get(key).with_context(|| key.to_owned())?.to_vec()?)
        };
        let bytes = byte_of_character();
        let kinds = list("tokenizer.ggml.token_type")?;
        let mut words = Vec::new();
        for (token, kind) in list("tokenizer.ggml.tokens")?.iter().zip(kinds) {
            // Type 1 is a normal token; the others are control tokens.
            let normal = kind.to_i32()? == 1;
            let word = token.to_string()?.chars().map(|c| bytes.get(&c).copied());
            words.push(word.collect::<Option<Vec<u8>>>().filter(|_| normal));
        }
        let end = content.metadata["tokenizer.ggml.eos_token_id"].to_u32()?;
        let start = Instant::now();
        let vocabulary = TokenTrie::new(words.clone(), end);
        let ours = start.elapsed();
        let special = |id: usize| format!("\u{ff}<|{id}|>");
        let words: Vec<Vec<u8>> = words
            .into_iter()
            .enumerate()
            .map(|(id, word)| {
                word.unwrap_or_else(|| [&[0xFF][..], special(id).as_bytes()].concat())
            })
            .collect();
        let start = Instant::now();
        let trie = TokTrie::from(&TokRxInfo::new(words.len() as u32, end), &words);
        let theirs = start.elapsed();
        let mut factory =
            ParserFactory::new_simple(&(Arc::new(ApproximateTokEnv::new(trie)) as _))?;
        factory.quiet();
        factory.limits_mut().verbose_errors = false;
        println!(
            "{} tokens; token trie: bioner {ours:.1?}, llguidance {theirs:.1?} and {:.1?} with its factory\n",
            words.len(),
            start.elapsed()
        );
        Ok(Tokens { vocabulary, end, factory })
    }

    /// The answer in tokens, each the longest there is, and the end token.
    fn tokenize(&self, answer: &str) -> Vec<u32> {
        let mut tokens = self.factory.tok_env().tok_trie().greedy_tokenize(answer.as_bytes());
        tokens.push(self.end);
        tokens
    }

    fn text(&self, token: u32) -> String {
        String::from_utf8_lossy(self.vocabulary.bytes(token)).into_owned()
    }

    fn machine(
        &self,
        format: &dyn Format,
        sentence: &Sentence,
        answer: &str,
    ) -> Result<(Times, Masks)> {
        let tokens = self.tokenize(answer);
        let types = types();
        let shared = Arc::new(sentence.clone());
        let mut all = Vec::new();
        let mut masks = Masks::new();
        for _ in 0..RUNS {
            masks.clear();
            let mut times = Times::new();
            let start = Instant::now();
            let mut grammar = format.grammar(sentence, &types);
            grammar.prefix_lines(" ");
            let mut machine = Machine::new(grammar, shared.clone());
            times.set_up = start.elapsed();
            let mut allowed = Vec::new();
            for &token in &tokens {
                let start = Instant::now();
                machine.allowed(black_box(&self.vocabulary), &mut allowed);
                times.masks.push(start.elapsed());
                masks.push(allowed.clone());
                let start = Instant::now();
                machine.push(&self.vocabulary, token).with_context(|| answer.to_owned())?;
                times.pushes.push(start.elapsed());
            }
            all.push(times);
        }
        Ok((Times::least(&all), masks))
    }

    fn llguidance(
        &self,
        spell: impl Fn(&Sentence, &[String]) -> String,
        sentence: &Sentence,
        answer: &str,
    ) -> Result<(Times, Masks)> {
        let tokens = self.tokenize(answer);
        let types = types();
        let mut all = Vec::new();
        let mut masks = Masks::new();
        for _ in 0..RUNS {
            masks.clear();
            let mut times = Times::new();
            let start = Instant::now();
            let grammar = TopLevelGrammar::from_lark(spell(sentence, &types));
            let mut matcher = Matcher::new(self.factory.create_parser(grammar));
            times.set_up = start.elapsed();
            if let Some(error) = matcher.get_error() {
                bail!("{error}");
            }
            for &token in &tokens {
                // Where nothing but the end can follow, the parser has stopped by itself.
                let start = Instant::now();
                let mask = black_box(matcher.compute_mask_or_eos()?);
                times.masks.push(start.elapsed());
                ensure!(mask.is_allowed(token), "{:?} refused in {answer:?}", self.text(token));
                masks.push(mask.iter().collect());
                if !matcher.is_stopped() {
                    let start = Instant::now();
                    matcher.consume_token(token)?;
                    times.pushes.push(start.elapsed());
                }
            }
            all.push(times);
        }
        Ok((Times::least(&all), masks))
    }
}

impl Times {
    fn new() -> Self {
        Times { set_up: Duration::MAX, masks: Vec::new(), pushes: Vec::new() }
    }

    /// Of each figure the least: what is more is noise of the machine.
    fn least(runs: &[Times]) -> Times {
        let each = |of: fn(&Times) -> &Vec<Duration>| {
            let steps = 0..runs.iter().map(|run| of(run).len()).min().unwrap_or(0);
            steps.map(|at| runs.iter().map(|run| of(run)[at]).min().unwrap_or_default()).collect()
        };
        Times {
            set_up: runs.iter().map(|run| run.set_up).min().unwrap_or_default(),
            masks: each(|times| &times.masks),
            pushes: each(|times| &times.pushes),
        }
    }
}

fn report(format: &str, by: &str, results: &[Result<(Times, Masks)>]) {
    let times: Vec<_> = results.iter().flatten().map(|(times, _)| times).collect();
    let failures: Vec<_> = results.iter().filter_map(|result| result.as_ref().err()).collect();
    let sorted = |mut all: Vec<Duration>| {
        all.sort();
        all.into_iter().map(|time| time.as_secs_f64() * 1e6).collect::<Vec<_>>()
    };
    let set_ups = sorted(times.iter().map(|times| times.set_up).collect());
    let masks = sorted(times.iter().flat_map(|times| times.masks.clone()).collect());
    let pushes = sorted(times.iter().flat_map(|times| times.pushes.clone()).collect());
    let mean = |all: &[f64]| all.iter().sum::<f64>() / all.len() as f64;
    let at = |all: &[f64], part: f64| {
        all.get(((all.len() as f64 - 1.0) * part) as usize).copied().unwrap_or(f64::NAN)
    };
    println!(
        "| {format} | {by} | {:.3}, {:.3} | {:.1}, {:.1}, {:.1}, {:.1} | {:.1} | {} | {} |",
        mean(&set_ups) / 1e3,
        at(&set_ups, 1.0) / 1e3,
        mean(&masks),
        at(&masks, 0.5),
        at(&masks, 0.95),
        at(&masks, 1.0),
        mean(&pushes),
        masks.len(),
        failures.len(),
    );
    for failure in failures.iter().take(3) {
        eprintln!("{by}: {failure:#}");
    }
}

/// Says on stderr how the masks differ: tokens that only one of the two allows.
fn compare(machine: &[Result<(Times, Masks)>], other: &[Result<(Times, Masks)>]) {
    let (mut same, mut fewer, mut more, mut all) = (0, 0, 0, 0);
    for (ours, theirs) in machine.iter().zip(other) {
        let (Ok((_, ours)), Ok((_, theirs))) = (ours, theirs) else { continue };
        for (ours, theirs) in ours.iter().zip(theirs) {
            all += 1;
            same += usize::from(ours == theirs);
            fewer += usize::from(ours.iter().any(|token| theirs.binary_search(token).is_err()));
            more += usize::from(theirs.iter().any(|token| ours.binary_search(token).is_err()));
        }
    }
    eprintln!(
        "of {all} masks {same} are equal; {fewer} of llguidance's lack a token of bioner's, {more} have one more"
    );
}

/// The byte each character of a token stands for, in byte-level vocabularies (GPT-2's table).
fn byte_of_character() -> BTreeMap<char, u8> {
    let printable = |byte: &u8| matches!(byte, b'!'..=b'~' | 0xA1..=0xAC | 0xAE..=0xFF);
    let others = (0..=255u8).filter(|byte| !printable(byte));
    let shifted =
        others.zip(0x100u32..).filter_map(|(byte, code)| Some((char::from_u32(code)?, byte)));
    (0..=255u8).filter(printable).map(|byte| (char::from(byte), byte)).chain(shifted).collect()
}
