// A WordPiece vocabulary for the encoder. Published ones cannot be had offline; this one is grown on
// the benchmark's own texts, by joining the commonest neighbours, until a word takes as many tokens
// as biomedical text takes with BERT's own vocabulary, and is then filled up with entries never used.
// So the encoder reads as many tokens as it would; that is all the vocabulary is for.

/** Tokens a word (between white space, with its punctuation): BERT's on abstracts is 1.3 to 1.5. */
const TOKENS_A_WORD = 1.4;
const SPECIAL = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];

/** Words and punctuation marks apart, in small letters: as BERT's tokenizer splits. */
export const split = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [];

function vocabulary(texts) {
  const counts = new Map();
  for (const word of texts.flatMap(split)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const words = [...counts].map(([word, count]) => {
    const pieces = [...word].map((letter, i) => (i ? `##${letter}` : letter));
    return { word, pieces, count };
  });
  const target =
    TOKENS_A_WORD * texts.reduce((n, text) => n + text.split(/\s+/).filter(Boolean).length, 0);
  const found = new Set(words.flatMap(({ pieces }) => pieces));
  for (const letter of 'abcdefghijklmnopqrstuvwxyz0123456789') found.add(letter).add(`##${letter}`);
  const tokens = () => words.reduce((n, { word, count }) => n + greedy(word, found) * count, 0);
  // Counting is slow and no single join matters: a look after every few.
  for (let joins = 0; joins % 20 || tokens() > target; joins++) {
    const pairs = new Map();
    for (const { pieces, count } of words) {
      for (let i = 1; i < pieces.length; i++) {
        const pair = `${pieces[i - 1]} ${pieces[i]}`;
        pairs.set(pair, (pairs.get(pair) ?? 0) + count);
      }
    }
    let best;
    for (const [pair, count] of pairs) {
      // Among equals any, but not the first: the texts would differ by their order.
      if (!best || count > best[1] || (count === best[1] && hash(pair) < hash(best[0])))
        best = [pair, count];
    }
    if (!best) break;
    const [left, right] = best[0].split(' ');
    const joined = left + right.slice(2);
    found.add(joined);
    for (const { pieces } of words) {
      for (let i = 1; i < pieces.length; i++) {
        if (pieces[i - 1] === left && pieces[i] === right) pieces.splice(i - 1, 2, joined);
      }
    }
  }
  return [...found];
}

const hash = (text) =>
  [...text].reduce(
    (value, letter) => Math.imul(value ^ letter.codePointAt(0), 16777619) >>> 0,
    2166136261,
  );

/** How many tokens a word takes: always the longest piece that fits, as WordPiece does. */
function greedy(word, found) {
  let count = 0;
  for (let at = 0; at < word.length; count++) {
    let end = word.length;
    while (end > at + 1 && !found.has((at ? '##' : '') + word.slice(at, end))) end--;
    at = end;
  }
  return count;
}

/** tokenizer.json and its companion. */
export function tokenizerFiles(texts, size, longest) {
  const entries = [...SPECIAL, ...vocabulary(texts)];
  while (entries.length < size) entries.push(`[unused${entries.length}]`);
  const vocab = Object.fromEntries(entries.map((entry, id) => [entry, id]));
  const special = (content, id) => ({
    id,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  });
  const template = (text) => ({ SpecialToken: { id: text, type_id: 0 } });
  return {
    'tokenizer.json': {
      version: '1.0',
      truncation: null,
      padding: null,
      added_tokens: SPECIAL.map(special),
      normalizer: {
        type: 'BertNormalizer',
        clean_text: true,
        handle_chinese_chars: true,
        strip_accents: null,
        lowercase: true,
      },
      pre_tokenizer: { type: 'BertPreTokenizer' },
      post_processor: {
        type: 'TemplateProcessing',
        single: [template('[CLS]'), { Sequence: { id: 'A', type_id: 0 } }, template('[SEP]')],
        pair: [
          template('[CLS]'),
          { Sequence: { id: 'A', type_id: 0 } },
          template('[SEP]'),
          { Sequence: { id: 'B', type_id: 1 } },
          { SpecialToken: { id: '[SEP]', type_id: 1 } },
        ],
        special_tokens: Object.fromEntries(
          ['[CLS]', '[SEP]'].map((text) => [
            text,
            { id: text, ids: [vocab[text]], tokens: [text] },
          ]),
        ),
      },
      decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
      model: {
        type: 'WordPiece',
        unk_token: '[UNK]',
        continuing_subword_prefix: '##',
        max_input_chars_per_word: 100,
        vocab,
      },
    },
    'tokenizer_config.json': {
      tokenizer_class: 'BertTokenizer',
      model_max_length: longest,
      do_lower_case: true,
      unk_token: '[UNK]',
      sep_token: '[SEP]',
      pad_token: '[PAD]',
      cls_token: '[CLS]',
      mask_token: '[MASK]',
    },
  };
}
