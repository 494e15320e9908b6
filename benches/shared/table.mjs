// Tables in Markdown.

function cell(value) {
  if (value === undefined) return '-';
  if (typeof value !== 'number') return String(value);
  return value.toLocaleString('en', { maximumSignificantDigits: 3, useGrouping: false });
}

/** A table in Markdown, with columns wide enough to read as it is. */
export function table(head, rows) {
  const all = [head, ...rows].map((row) => row.map(cell));
  const widths = head.map((_, i) => Math.max(...all.map((row) => row[i].length)));
  const line = (row) =>
    `| ${row.map((text, i) => (i ? text.padStart(widths[i]) : text.padEnd(widths[i]))).join(' | ')} |`;
  const rule = `|${widths.map((width, i) => (i ? `${'-'.repeat(width + 1)}:` : '-'.repeat(width + 2))).join('|')}|`;
  return [line(all[0]), rule, ...all.slice(1).map(line)].join('\n');
}
