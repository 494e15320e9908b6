// Packages that only the benchmark installs, so that the sources can be checked without them.
declare module '@huggingface/tokenizers' {
  export class Tokenizer {
    constructor(tokenizer: object, config: object);
    encode(text: string, options: object): { ids: number[] };
  }
}
