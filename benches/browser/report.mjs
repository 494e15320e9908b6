// The result, for people.
import { taken } from '../shared/peers.mjs';
import { table } from '../shared/table.mjs';

const mb = (bytes) => (bytes === undefined ? undefined : bytes / 1e6);

export function report(result) {
  const { machine, model, settings, ratios, peers, growth, checks, rounds } = result;
  const names = Object.keys(peers);
  const sections = [
    `${machine.date.slice(0, 16).replace('T', ' ')} UTC; ${machine.cpu}, ${machine.cores} cores, ${machine.memory_gb} GB, ${machine.system}; ` +
      `${machine.browser}, headless; Node ${machine.node}; wllama ${machine.wllama}, candle ${machine.candle}, ` +
      `transformers.js ${machine['transformers.js']} (ONNX Runtime web ${machine['onnxruntime-web']}).`,
    `Model: ${model.name}, ${(model.bytes / 1e6).toFixed(0)} MB, the same weights for all decoders (the peers have them in blocks of 8 bits).` +
      (model.encoder ? ` Encoder: ${model.encoder}.` : ''),
    `${settings.rounds} round(s); in each ${settings.slow} abstract(s) by all, ${settings.fast} by ours and the encoder; ${taken(rounds)}.` +
      `${settings.quick ? ' A smoke run: the figures mean little.' : ''}`,
    '### Times faster than a peer\n' +
      table(
        ['ratio', 'times'],
        Object.entries(ratios).filter(([, value]) => value !== undefined),
      ),
    '### Speed\n' +
      table(
        [
          'peer',
          'threads',
          's/abstract',
          'first entity s',
          'share',
          'prompt tok/s',
          'decode tok/s',
          'batched tok/s',
          'abstracts',
        ],
        names.map((name) => {
          const p = peers[name];
          return [
            name,
            p.threads,
            p.seconds_an_abstract,
            p.first_entity_seconds,
            p.first_entity_share,
            p.batched_prompt_tokens_a_second ?? p.prompt_tokens_a_second,
            p.decode_tokens_a_second,
            p.batched_tokens_a_second,
            p.documents,
          ];
        }),
      ),
    '### Loading and memory\n' +
      table(
        [
          'peer',
          'cold s',
          'cached s',
          'cold MB sent',
          'cached MB sent',
          'process peak MB',
          'process now MB',
          'wasm MB',
        ],
        names.map((name) => {
          const p = peers[name];
          return [
            name,
            p.load_cold_seconds,
            p.load_cached_seconds,
            mb(p.downloaded_cold_bytes),
            mb(p.downloaded_cached_bytes),
            p.memory.process_peak_mb,
            p.memory.process_now_mb,
            p.memory.wasm_mb,
          ];
        }),
      ),
    '### Growth\n' +
      table(
        ['peer', 'sentences', 's', 'ms/sentence', 'first entity s'],
        growth.map((row) => [
          row.peer,
          row.sentences,
          row.seconds,
          row.milliseconds_a_sentence,
          row.first_entity_seconds,
        ]),
      ),
    '### Checks\n' +
      Object.entries(checks)
        .map(([name, value]) => `- ${name}: ${JSON.stringify(value)}`)
        .join('\n'),
    '### Settings\n' +
      Object.entries(settings.peers)
        .map(([name, about]) => `- ${name}: ${about}`)
        .join('\n'),
  ];
  return sections.join('\n\n');
}
