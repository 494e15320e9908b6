// The output format that all decoders here are asked for, `lines-grouped`: a line a type.

/** As src/prompt.rs makes it: the instruction, which is the same for all sentences, and the rest. */
export const prompt = (types, sentence) => `Extract ${types.join(', ')}:\n${question(sentence)}`;
export const question = (sentence) => `${sentence}\n=>`;

/**
 * The format as a grammar in GBNF, as an application on a chat engine would write it: the lines, in
 * order, with mentions between "; ". That mentions are the sentence's words, in its order, is more
 * than it says; ours says that too.
 */
export function gbnf(types) {
  const lines = types.map((type, i) => `"${i ? '\\n' : ''} ${type}: " list`);
  return [
    `root ::= ${lines.join(' ')}`,
    'list ::= "-" | mention ("; " mention)*',
    'mention ::= [^;\\n ] rest*',
    'rest ::= [^;\\n] | ";" [^ \\n]',
  ].join('\n');
}

/** The mentions of an answer as `type: mention`, without repetition; lines that are none are left out. */
export function mentions(answer, types) {
  const found = new Set();
  for (const line of answer.split('\n')) {
    const type = types.find((candidate) => line.trim().startsWith(`${candidate}: `));
    if (!type) continue;
    const list = line.trim().slice(type.length + 2);
    if (list === '-') continue;
    for (const mention of list.split('; ')) found.add(`${type}: ${mention.trim()}`);
  }
  return [...found];
}

/** Whether an answer in the making holds a mention that is complete: another, or a line, follows. */
export const hasMention = (answer) => /: (?!-\s*(\n|$))[^\n]*?(; |\n)/.test(answer);
