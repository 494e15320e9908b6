// Packages that only the benchmark installs, so that the sources can be checked without them.
declare module '@huggingface/tokenizers' {
  export const Tokenizer: any;
}
