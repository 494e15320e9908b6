// The result, for people.
import { taken } from '../shared/peers.mjs';
import { table } from '../shared/table.mjs';

export function reportNative({ machine, model, settings, ratios, peers, checks, rounds }) {
  return [
    `${machine.date.slice(0, 16).replace('T', ' ')} UTC; ${machine.cpu}, ${machine.cores} cores, ${machine.memory_gb} GB, ` +
      `${machine.system}; llama-cpp-python ${machine['llama-cpp-python']}, built here; ONNX Runtime ${machine.onnxruntime}.`,
    `Model: ${model.name}, ${(model.bytes / 1e6).toFixed(0)} MB, the same weights for ours and llama-cpp-python (which has them in blocks of 8 bits). ` +
      `Encoder: ${settings.encoder}. ${settings.rounds} round(s) of ` +
      `${settings.each} abstract(s) each; ${taken(rounds)}.` +
      (settings.quick ? ' A smoke run: the figures mean little.' : ''),
    '### Times faster than a peer\n' + table(['ratio', 'times'], Object.entries(ratios)),
    '### Speed\n' +
      table(
        [
          'program',
          'threads',
          's/abstract',
          'tok/s',
          'prompt tok/s',
          'decode tok/s',
          'load s',
          'abstracts',
        ],
        Object.entries(peers).map(([name, p]) => [
          name,
          p.threads,
          p.seconds_an_abstract,
          p.tokens_a_second,
          p.prompt_tokens_a_second,
          p.decode_tokens_a_second,
          p.load_seconds,
          p.documents,
        ]),
      ),
    '### Checks\n' +
      Object.entries(checks)
        .map(([name, value]) => `- ${name}: ${JSON.stringify(value)}`)
        .join('\n'),
  ].join('\n\n');
}
