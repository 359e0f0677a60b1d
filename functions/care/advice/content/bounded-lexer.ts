import { defaults, Lexer, type Token, Tokenizer } from 'marked';

/** Quotes and lists one in the other; links and emphasis likewise. */
const DEPTH_MAX = 12;
/** Of one table, the empty ones with them. */
const CELLS_MAX = 2000;
/** Letters that are looked through for ends of emphasis: far more than any text takes that is no attack. */
const LOOKED_THROUGH_MAX = 4_000_000;

/** `marked` takes the square of these in time. */
const LINES_MAX = 2500;
const WORD_LENGTH_MAX = 2000;

/** Why a text is not taken apart, or not to its end. */
export type Excess = 'too_deep' | 'table_too_large';

/**
 * Takes a text in Markdown apart, within bounds: what is nested deeper, and a table of more cells, stays the text it is. Without
 * them a few thousand signs would end the stack, or take minutes.
 */
export function lexWithinBounds(text: string): { tokens: Token[]; excess: Excess | null } {
  if (isDense(text)) return { tokens: asItIs(text), excess: 'too_deep' };
  const tokenizer = new Tokenizer();
  let excess: Excess | null = null;
  let lookedThrough = 0;
  const refused = (why: Excess): undefined => {
    excess = why;
  };
  const nesting = () => {
    let depth = 0;
    return <Rest extends unknown[], Found>(begins: RegExp, take: (src: string, ...rest: Rest) => Found) =>
      (src: string, ...rest: Rest): Found | undefined => {
        if (!begins.test(src)) return undefined;
        if (depth === DEPTH_MAX) return refused('too_deep');
        depth += 1;
        const found = take.call(tokenizer, src, ...rest);
        depth -= 1;
        return found;
      };
  };
  const block = nesting();
  const inline = nesting();
  const { blockquote, list, table, link, reflink, emStrong, del } = tokenizer;
  const emphasis = inline(/^[*_]/, emStrong);
  Object.assign(tokenizer, {
    blockquote: block(/^ {0,3}>/, blockquote),
    list: block(/^ {0,3}(?:[*+-]|\d{1,9}[.)])(?:\s|$)/, list),
    table: (src: string) =>
      cellsOf(src) > CELLS_MAX ? refused('table_too_large') : table.call(tokenizer, src),
    link: inline(/^!?\[/, link),
    reflink: inline(/^!?\[/, reflink),
    del: inline(/^~/, del),
    emStrong: (src: string, ...rest: [masked: string, before?: string]) => {
      lookedThrough += /^[*_]/.test(src) ? src.length : 0;
      return lookedThrough > LOOKED_THROUGH_MAX ? refused('too_deep') : emphasis(src, ...rest);
    },
  } satisfies Partial<Tokenizer>);
  return { tokens: new Lexer({ ...defaults, tokenizer }).lex(text), excess };
}

const asItIs = (text: string): Token[] => [
  { type: 'paragraph', raw: text, text, tokens: [{ type: 'text', raw: text, text }] },
];

const isDense = (text: string) =>
  text.split('\n').length > LINES_MAX || text.split(/\s+/).some((word) => word.length > WORD_LENGTH_MAX);

/** How many cells a table has that begins a text, at the most; none where none begins. */
function cellsOf(src: string): number {
  const [head = '', rule = ''] = src.split('\n', 2);
  if (!rule.includes('-') || !/^[\s|:-]+$/.test(rule)) return 0;
  const lines = src.split('\n');
  const end = lines.findIndex((line) => line.trim() === '');
  return head.split('|').length * ((end === -1 ? lines.length : end) - 1);
}
