//! Hidden states do not depend, to the bit, on how tokens reach the model: batches, forks and
//! truncated sequences give the same as one pass over a fresh sequence.

use crate::common;
use crate::common::gguf::{Numbers, SMALL, Sizes, synthetic};
use bioner::Error;
use bioner::model::{KvCache, Model, Outputs, Run, SequenceId, Workspace};
use candle_core::quantized::GgmlDType;
use std::sync::OnceLock;

/// A model whose heads are not a multiple of the attention kernel's width. The longest runs below
/// have more rows than one tile.
fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| {
        let sizes = Sizes { heads: 8, kv_heads: 2, head_dim: 24, layers: 3, ..SMALL };
        common::load(&synthetic("qwen3", sizes, GgmlDType::Q8_0, false).bytes()).unwrap()
    })
}

fn tokens(seed: u64, n: usize) -> Vec<u32> {
    let mut numbers = Numbers(seed);
    (0..n).map(|_| (numbers.next() % 50) as u32).collect()
}

/// One pass, with a workspace that has seen no other: the hidden states, one vector for each output.
fn forward(model: &Model, cache: &mut KvCache, runs: &[Run<'_>]) -> Vec<Vec<f32>> {
    let hidden = model.forward(cache, &mut Workspace::default(), runs).unwrap();
    hidden.chunks_exact(model.config().width).map(<[f32]>::to_vec).collect()
}

/// One pass over causal tokens of one sequence.
fn feed(
    model: &Model,
    cache: &mut KvCache,
    sequence: SequenceId,
    tokens: &[u32],
    outputs: Outputs,
) -> Vec<Vec<f32>> {
    forward(model, cache, &[Run { sequence, tokens, prefix: 0, outputs }])
}

/// The hidden states of all tokens of a fresh sequence.
fn fresh(model: &Model, tokens: &[u32]) -> Vec<Vec<f32>> {
    let mut cache = model.cache();
    let sequence = cache.start();
    feed(model, &mut cache, sequence, tokens, Outputs::All)
}

#[test]
fn a_batch_of_runs_of_different_lengths_equals_its_runs_one_by_one() {
    let model = model();
    let mut cache = model.cache();
    let texts: Vec<_> = [3, 150, 1, 17, 40].iter().map(|&n| tokens(n as u64, n)).collect();
    let ids: Vec<_> = texts.iter().map(|_| cache.start()).collect();
    // In two passes, each text cut at another place.
    let mut states: Vec<Vec<Vec<f32>>> = vec![Vec::new(); texts.len()];
    for pass in 0..2 {
        let cut = |i: usize| texts[i].len() / (i + 1);
        let runs: Vec<_> = (0..texts.len())
            .map(|i| Run {
                sequence: ids[i],
                tokens: if pass == 0 { &texts[i][..cut(i)] } else { &texts[i][cut(i)..] },
                prefix: 0,
                outputs: Outputs::All,
            })
            .collect();
        let mut rows = forward(model, &mut cache, &runs).into_iter();
        for (run, states) in runs.iter().zip(&mut states) {
            states.extend(rows.by_ref().take(run.tokens.len()));
        }
        assert!(rows.next().is_none());
    }
    for (text, states) in texts.iter().zip(&states) {
        assert_eq!(states, &fresh(model, text));
    }
}

#[test]
fn a_workspace_carries_nothing_from_one_pass_to_the_next() {
    let model = model();
    let mut workspace = Workspace::default();
    for n in [150, 3, 40] {
        let mut cache = model.cache();
        let text = tokens(n as u64, n);
        let run = Run { sequence: cache.start(), tokens: &text, prefix: 0, outputs: Outputs::All };
        let hidden = model.forward(&mut cache, &mut workspace, &[run]).unwrap();
        assert_eq!(hidden, fresh(model, &text).concat());
    }
}

#[test]
fn only_the_outputs_asked_for_are_returned() {
    let model = model();
    let mut cache = model.cache();
    let (a, b, c) = (tokens(1, 9), tokens(2, 5), tokens(3, 7));
    let runs = [
        Run { sequence: cache.start(), tokens: &a, prefix: 0, outputs: Outputs::Last(1) },
        Run { sequence: cache.start(), tokens: &b, prefix: 0, outputs: Outputs::Last(0) },
        Run { sequence: cache.start(), tokens: &c, prefix: 0, outputs: Outputs::All },
        Run { sequence: cache.start(), tokens: &[], prefix: 0, outputs: Outputs::All },
    ];
    let hidden = forward(model, &mut cache, &runs);
    assert_eq!(hidden.len(), 1 + 7);
    assert_eq!(hidden[0], fresh(model, &a)[8]);
    assert_eq!(hidden[1..], fresh(model, &c));
    assert_eq!(cache.len(runs[1].sequence), 5);
    // A run without outputs has filled the cache.
    let next = feed(model, &mut cache, runs[1].sequence, &a, Outputs::Last(1));
    let whole: Vec<u32> = b.iter().chain(&a).copied().collect();
    assert_eq!(next[0], fresh(model, &whole)[13]);
    assert!(forward(model, &mut cache, &[]).is_empty());
}

#[test]
fn forks_share_their_prefix_and_continue_independently() {
    let model = model();
    let mut cache = model.cache();
    let prefix = tokens(10, 21);
    let trunk = cache.start();
    feed(model, &mut cache, trunk, &prefix, Outputs::Last(0));
    let alone = cache.bytes();
    let forks: Vec<_> = (0..4).map(|_| cache.fork(trunk)).collect();
    assert_eq!(cache.bytes(), alone, "a fork copies nothing");
    let check = |cache: &mut KvCache, sequence, before: &[u32], next: &[u32]| {
        let states = feed(model, cache, sequence, next, Outputs::All);
        let whole: Vec<u32> = before.iter().chain(next).copied().collect();
        assert_eq!(states, fresh(model, &whole)[before.len()..]);
        assert_eq!(cache.len(sequence), whole.len());
        whole
    };
    let texts: Vec<_> = (0..4)
        .map(|i| check(&mut cache, forks[i], &prefix, &tokens(20 + i as u64, 5 + 9 * i)))
        .collect();
    // A fork of a fork, and its parent continued after the fork.
    let grandchild = cache.fork(forks[2]);
    check(&mut cache, forks[2], &texts[2], &tokens(30, 4));
    check(&mut cache, grandchild, &texts[2], &tokens(31, 6));
    // The trunk continues too, and releasing it does not change the others.
    check(&mut cache, trunk, &prefix, &tokens(32, 3));
    cache.release(trunk);
    check(&mut cache, forks[3], &texts[3], &tokens(33, 2));
}

#[test]
fn a_sequence_continued_after_truncation_equals_a_fresh_one() {
    let model = model();
    let text = tokens(40, 60);
    for keep in [0, 1, 15, 16, 17, 20, 21, 33, 59, 60] {
        let mut cache = model.cache();
        let trunk = cache.start();
        feed(model, &mut cache, trunk, &text[..20], Outputs::Last(0));
        // The end of what is kept may be in the shared page or in the sequence's own.
        let fork = cache.fork(trunk);
        feed(model, &mut cache, fork, &text[20..], Outputs::Last(0));
        cache.truncate(fork, keep);
        assert_eq!(cache.len(fork), keep);
        let next = tokens(41, 25);
        let states = feed(model, &mut cache, fork, &next, Outputs::All);
        let whole: Vec<u32> = text[..keep].iter().chain(&next).copied().collect();
        assert_eq!(states, fresh(model, &whole)[keep..], "kept {keep}");
        // The other sequence is unchanged.
        let states = feed(model, &mut cache, trunk, &next, Outputs::All);
        let whole: Vec<u32> = text[..20].iter().chain(&next).copied().collect();
        assert_eq!(states, fresh(model, &whole)[20..]);
    }
}

#[test]
fn released_memory_is_used_again() {
    let model = model();
    let mut cache = model.cache();
    let text = tokens(50, 40);
    let mut most = 0;
    for round in 0..20 {
        let trunk = cache.start();
        feed(model, &mut cache, trunk, &text, Outputs::Last(0));
        let fork = cache.fork(trunk);
        feed(model, &mut cache, fork, &text, Outputs::Last(0));
        if round == 0 {
            most = cache.bytes();
            assert!(most > 0);
        }
        cache.release(trunk);
        cache.release(fork);
        // Neither of these has an effect on a sequence that is released.
        cache.release(fork);
        cache.truncate(trunk, 0);
        assert_eq!(cache.len(trunk), 0);
    }
    assert_eq!(cache.bytes(), most);
}

#[test]
fn a_refused_pass_leaves_the_cache_unchanged() {
    let model = model();
    let mut cache = model.cache();
    let text = tokens(60, 10);
    let (a, gone) = (cache.start(), cache.start());
    cache.release(gone);
    feed(model, &mut cache, a, &text, Outputs::Last(0));
    let run = |sequence, tokens| Run { sequence, tokens, prefix: 0, outputs: Outputs::All };
    let long = vec![1; model.config().context - 9];
    let no_such = [0, model.config().vocabulary_size as u32];
    let refused: [(&[Run<'_>], &str); 4] = [
        (&[run(a, &text), run(a, &text)], "internal"),
        (&[run(a, &text), run(gone, &text)], "internal"),
        (&[run(a, &no_such)], "internal"),
        (&[run(a, &long)], "text-too-large"),
    ];
    for (runs, code) in refused {
        let error: Error = model.forward(&mut cache, &mut Workspace::default(), runs).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
        assert_eq!(cache.len(a), 10);
    }
    // As many tokens as fit are read.
    feed(model, &mut cache, a, &long[1..], Outputs::Last(1));
    assert_eq!(cache.len(a), model.config().context);
}

#[test]
fn logits_of_some_tokens_are_those_among_all() {
    let model = common::default_model();
    let hidden = fresh(model, &tokens(72, 6));
    let size = model.config().vocabulary_size as u32;
    let all = model.logits(&hidden.concat()).unwrap();
    assert_eq!(all.len(), hidden.len() * size as usize);
    let some = [0, size - 1, 731, 731, 2, 13_391];
    let mut out = vec![7.0; 3];
    for (hidden, all) in hidden.iter().zip(all.chunks_exact(size as usize)) {
        model.logits_of(hidden, &some, &mut out).unwrap();
        let expected: Vec<f32> = some.iter().map(|&t| all[t as usize]).collect();
        assert_eq!(out, expected);
    }
    assert!(model.logits_of(&hidden[0], &[size], &mut out).is_err());
    assert!(model.logits_of(&hidden[0][1..], &[1], &mut out).is_err());
    assert!(model.logits(&hidden[0][1..]).is_err());
    model.logits_of(&hidden[0], &[], &mut out).unwrap();
    assert!(out.is_empty());
}

/// A model that ignores positions: its rotary frequencies are almost 0.
fn without_positions(layers: usize) -> Model {
    let sizes = Sizes { layers, ..SMALL };
    let mut writer = synthetic("llama", sizes, GgmlDType::Q8_0, true);
    writer.values("rope_freqs.weight", &[8], GgmlDType::F32, vec![1e30; 8]);
    common::load(&writer.bytes()).unwrap()
}

fn close(a: &[f32], b: &[f32]) -> bool {
    a.iter().zip(b).all(|(a, b)| (a - b).abs() < 0.02 * (1.0 + b.abs()))
}

/// The hidden states of a fresh sequence that begins with a bidirectional prefix.
fn with_prefix(model: &Model, tokens: &[u32], prefix: usize) -> Vec<Vec<f32>> {
    let mut cache = model.cache();
    let run = Run { sequence: cache.start(), tokens, prefix, outputs: Outputs::All };
    forward(model, &mut cache, &[run])
}

#[test]
fn every_token_of_a_prefix_attends_to_the_whole_prefix() {
    let (model, tokens) = (without_positions(1), tokens(90, 20));
    let states = with_prefix(&model, &tokens, tokens.len());
    for (i, state) in states.iter().enumerate() {
        let mut last = tokens.clone();
        let token = last.remove(i);
        last.push(token);
        assert!(close(state, fresh(&model, &last).last().unwrap()), "token {i}");
    }
    assert!(!close(&states[0], &fresh(&model, &tokens)[0]));
}

#[test]
fn only_positions_give_a_prefix_its_order() {
    let (model, tokens) = (without_positions(3), tokens(91, 20));
    let states = with_prefix(&model, &tokens, tokens.len());
    let turned: Vec<u32> = tokens.iter().rev().copied().collect();
    let others = with_prefix(&model, &turned, turned.len());
    for (state, other) in states.iter().zip(others.iter().rev()) {
        assert!(close(state, other));
    }
}

#[test]
fn tokens_after_a_prefix_are_causal() {
    let (model, tokens) = (model(), tokens(92, 40));
    let (head, rest) = tokens.split_at(25);
    let mut cache = model.cache();
    let sequence = cache.start();
    feed(model, &mut cache, sequence, &head[..5], Outputs::All);
    let run = Run { sequence, tokens: &head[5..], prefix: 20, outputs: Outputs::All };
    let mut expected = forward(model, &mut cache, &[run]);
    expected.extend(feed(model, &mut cache, sequence, rest, Outputs::All));
    // The same in one pass, beside another sequence, after an instruction that both share.
    let mut cache = model.cache();
    let trunk = cache.start();
    feed(model, &mut cache, trunk, &head[..5], Outputs::All);
    let (first, second) = (cache.fork(trunk), cache.fork(trunk));
    let runs = [
        Run { sequence: first, tokens: head, prefix: 0, outputs: Outputs::Last(0) },
        Run { sequence: second, tokens: &tokens[5..], prefix: 20, outputs: Outputs::All },
    ];
    let states = forward(model, &mut cache, &runs);
    assert_eq!(states, expected);
    // A prefix ends with its run.
    assert_eq!(with_prefix(model, head, 99), with_prefix(model, head, 25));
}

#[test]
fn the_default_model_reads_a_batch_as_it_reads_single_sequences() {
    let model = common::default_model();
    let (a, b) = (tokens(70, 30), tokens(71, 11));
    let mut cache = model.cache();
    let trunk = cache.start();
    feed(model, &mut cache, trunk, &a[..8], Outputs::Last(0));
    let fork = cache.fork(trunk);
    let runs = [
        Run { sequence: trunk, tokens: &a[8..], prefix: 0, outputs: Outputs::All },
        Run { sequence: fork, tokens: &b, prefix: 0, outputs: Outputs::Last(1) },
    ];
    let states = forward(model, &mut cache, &runs);
    assert_eq!(states[..22], fresh(model, &a)[8..]);
    let whole: Vec<u32> = a[..8].iter().chain(&b).copied().collect();
    assert_eq!(states[22], fresh(model, &whole)[18]);
}

#[test]
fn rotary_factors_divide_the_frequencies() {
    let states = |base: f32, factors: Option<Vec<f32>>| {
        let mut writer = synthetic("llama", SMALL, GgmlDType::Q8_0, true);
        writer.f32("llama.rope.freq_base", base);
        if let Some(factors) = factors {
            writer.values("rope_freqs.weight", &[8], GgmlDType::F32, factors);
        }
        fresh(&common::load(&writer.bytes()).unwrap(), &tokens(80, 12))
    };
    // With base 1 all frequencies are 1, so the factors alone make those of base 100.
    let factors = (0..8).map(|i| 100f32.powf(i as f32 / 8.0)).collect();
    let (expected, actual) = (states(100.0, None), states(1.0, Some(factors)));
    for (a, b) in actual.iter().flatten().zip(expected.iter().flatten()) {
        assert!((a - b).abs() < 0.05, "{a} instead of {b}");
    }
    assert_ne!(states(1.0, None), expected);
}
