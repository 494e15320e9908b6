//! The smallest module that can constrain answers, for weighing it: empty, with bioner's machine, or
//! with llguidance. The caller gives what varies, so that nothing can be worked out beforehand.

/// Bytes the caller has written, as a slice.
///
/// # Safety
/// `at` must point to `length` bytes.
unsafe fn given<'a>(at: *const u8, length: usize) -> &'a [u8] {
    unsafe { std::slice::from_raw_parts(at, length) }
}

/// # Safety
/// `at` must point to `length` bytes.
#[cfg(not(any(feature = "size-machine", feature = "size-llguidance")))]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mask(at: *const u8, length: usize) -> usize {
    let words: Vec<Vec<u8>> =
        unsafe { given(at, length) }.split(|&byte| byte == 0).map(<[u8]>::to_vec).collect();
    words.iter().map(Vec::len).max().unwrap_or(0)
}

#[cfg(feature = "size-machine")]
#[allow(dead_code)]
#[path = "../../../src/constraint/mod.rs"]
mod constraint;
#[cfg(feature = "size-machine")]
#[allow(dead_code)]
#[path = "../../../src/sentence.rs"]
mod sentence;
#[cfg(feature = "size-machine")]
#[allow(dead_code)]
#[path = "../../../src/span.rs"]
mod span;

/// # Safety
/// `at` must point to `length` bytes.
#[cfg(feature = "size-machine")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mask(at: *const u8, length: usize) -> usize {
    use constraint::{Condition, Machine, Op, Program, TokenTrie};

    let bytes = unsafe { given(at, length) };
    let words: Vec<_> = bytes.split(|&byte| byte == 0).map(|word| Some(word.to_vec())).collect();
    let vocabulary = TokenTrie::new(words, 0);
    let sentence = sentence::Sentence::whole(&String::from_utf8_lossy(bytes));
    let mut program = Program::new();
    let spelling = program.spelling(&sentence, |piece, _| Some(piece.to_owned()));
    // Every instruction, so that none is left out.
    for byte in bytes {
        program.push(match byte {
            0 => Op::Choice(vec![length]),
            1 => Op::Literal(bytes.into()),
            2 => Op::Mention(spelling),
            3 => Op::OccurrenceNumber,
            4 => Op::Copy(spelling),
            5 => Op::SkipSpace,
            6 => Op::Only(Condition::BeforeText),
            7 => Op::Only(Condition::AfterMention),
            8 => Op::Only(Condition::AtEnd),
            9 => Op::Rewind,
            _ => Op::Accept,
        });
    }
    let mut machine = Machine::new(program, sentence.into());
    let mut allowed = Vec::new();
    machine.allowed(&vocabulary, &mut allowed);
    let pushed = allowed.first().is_some_and(|&token| machine.push(&vocabulary, token).is_ok());
    allowed.len() + machine.forced().len() + usize::from(pushed)
}

/// # Safety
/// `at` must point to `length` bytes.
#[cfg(feature = "size-llguidance")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mask(at: *const u8, length: usize) -> usize {
    use std::sync::Arc;

    use llguidance::api::TopLevelGrammar;
    use llguidance::{Matcher, ParserFactory};
    use toktrie::{ApproximateTokEnv, TokRxInfo, TokTrie};

    let bytes = unsafe { given(at, length) };
    let words: Vec<_> = bytes.split(|&byte| byte == 0).map(<[u8]>::to_vec).collect();
    let trie = TokTrie::from(&TokRxInfo::new(words.len() as u32, 0), &words);
    let Ok(factory) = ParserFactory::new_simple(&(Arc::new(ApproximateTokEnv::new(trie)) as _))
    else {
        return 0;
    };
    let grammar = TopLevelGrammar::from_lark(String::from_utf8_lossy(bytes).into_owned());
    let mut matcher = Matcher::new(factory.create_parser(grammar));
    let allowed: Vec<u32> =
        matcher.compute_mask().map(|mask| mask.iter().collect()).unwrap_or_default();
    let pushed = allowed.first().is_some_and(|&token| matcher.consume_token(token).is_ok());
    allowed.len() + matcher.compute_ff_bytes().len() + usize::from(pushed)
}
