// Words as a regular expression.

/**
 * A pattern that matches exactly `text`, for an expression with the flag `u` or `v`, and outside of a
 * class: there every escape of a character that needs none, such as the hyphen, is a syntax error.
 *
 * @param {string} text
 */
export const literal = (text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
