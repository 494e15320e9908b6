// What several views do with a text.

/** @param {string} text  Its runs of white space become single spaces. */
export const oneLine = (text) => text.replace(/\s+/g, ' ');
