// A module without a binary beside it: the error says which one was to be loaded.
export {};
