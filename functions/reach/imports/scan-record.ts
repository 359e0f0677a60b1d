/** `open`: a quote is never closed. `text_after_quote`: something other than a delimiter follows a closing quote. */
export type ScanOutcome = 'ok' | 'open' | 'text_after_quote';

/** One record; `next` is where the following one starts. On a failure `cells` has what was read before it. */
export interface Scan {
  cells: string[];
  next: number;
  outcome: ScanOutcome;
}

/** Reads the record of RFC 4180 at `start`; lines end in LF or CRLF, and a quote inside an unquoted cell is text. */
export function scanRecord(text: string, start: number, delimiter: string): Scan {
  const next = endOfLine(text, start);
  const line = text.slice(start, contentEnd(text, start, next));
  return line.includes('"')
    ? scanQuoted(text, start, delimiter)
    : { cells: line.split(delimiter), next, outcome: 'ok' };
}

/** Where the next physical line starts. */
export function endOfLine(text: string, start: number): number {
  const found = text.indexOf('\n', start);
  return found === -1 ? text.length : found + 1;
}

function contentEnd(text: string, start: number, next: number): number {
  const end = next > start && text[next - 1] === '\n' ? next - 1 : next;
  return end > start && text[end - 1] === '\r' ? end - 1 : end;
}

function scanQuoted(text: string, start: number, delimiter: string): Scan {
  const cells: string[] = [];
  let at = start;
  for (;;) {
    const cell = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at, delimiter);
    if (cell === null) return { cells, next: text.length, outcome: 'open' };
    cells.push(cell.value);
    at = cell.end;
    if (text[at] === delimiter) at += 1;
    else if (isLineEnd(text, at)) return { cells, next: endOfLine(text, at), outcome: 'ok' };
    else return { cells, next: endOfLine(text, at), outcome: 'text_after_quote' };
  }
}

function isLineEnd(text: string, at: number): boolean {
  const here = text[at];
  return here === undefined || here === '\n' || (here === '\r' && (text[at + 1] ?? '\n') === '\n');
}

function quotedCell(text: string, at: number): { value: string; end: number } | null {
  let value = '';
  let from = at + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return null;
    if (text[quote + 1] !== '"') return { value: value + text.slice(from, quote), end: quote + 1 };
    value += text.slice(from, quote + 1);
    from = quote + 2;
  }
}

function plainCell(text: string, at: number, delimiter: string): { value: string; end: number } {
  let end = at;
  while (end < text.length && text[end] !== delimiter && !isLineEnd(text, end)) end += 1;
  return { value: text.slice(at, end), end };
}
