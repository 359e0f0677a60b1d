import type { MarkedToken, Token, Tokens } from 'marked';
import { lexWithinBounds } from './bounded-lexer.ts';

/**
 * A piece of an article as pages draw it, one element each, with nothing in it that was not looked at: Markdown is read into
 * these, HTML in it is text like any other, and what is no link or picture of ours becomes its words.
 */
export type Piece =
  | { kind: 'text' | 'code' | 'listing'; text: string }
  | { kind: 'strong' | 'emphasis' | 'struck' | 'paragraph' | 'quote'; inside: Piece[] }
  /** `level` is that of HTML; the page's own heading stands above. */
  | { kind: 'heading'; level: 2 | 3 | 4; inside: Piece[] }
  | { kind: 'list'; isOrdered: boolean; start: number; items: Piece[][] }
  /** Of the web, or a path of the portal without its language. */
  | { kind: 'link'; href: string; inside: Piece[] }
  | { kind: 'picture'; name: string; alt: string }
  | { kind: 'table'; head: Piece[][]; rows: Piece[][][] }
  | { kind: 'break' | 'rule' };

/** Reads a text in Markdown (CommonMark with the tables of GitHub). */
export function readMarkdown(text: string): Piece[] {
  return withEvenLevels(lexWithinBounds(text).tokens.flatMap(toPieces));
}

/** The pictures of a text as it names them, ours or not, with what is said to be on each. */
export function picturesIn(text: string): { href: string; alt: string }[] {
  const found: { href: string; alt: string }[] = [];
  const look = (tokens: readonly Token[]): void => {
    for (const token of tokens.filter(isMarked)) {
      if (token.type === 'image') found.push({ href: token.href, alt: token.text.trim() });
      else look(tokensWithin(token));
    }
  };
  look(lexWithinBounds(text).tokens);
  return found;
}

/** What pieces say without their looks, in one line. */
export function wordsOf(pieces: readonly Piece[]): string {
  return pieces.map(words).join('').replaceAll(/\s+/g, ' ').trim();
}

/** A picture of ours, by the last part of its address. */
export const isPictureName = (href: string): boolean => /^[\w-]{22}\.(?:png|jpg)$/.test(href);

/** Extensions alone make tokens of other kinds, and there are none. */
const isMarked = (token: Token): token is MarkedToken => token.type !== 'extension';

function tokensWithin(token: MarkedToken): readonly Token[] {
  if (token.type === 'list') return token.items.flatMap((item) => item.tokens);
  if (token.type === 'table') return [token.header, ...token.rows].flat().flatMap((cell) => cell.tokens);
  return 'tokens' in token && token.tokens !== undefined ? token.tokens : [];
}

const piecesOf = (tokens: readonly Token[]): Piece[] => tokens.flatMap(toPieces);

function toPieces(token: Token): Piece[] {
  if (!isMarked(token)) return [];
  switch (token.type) {
    case 'text':
      return token.tokens === undefined ? [textOf(token.text)] : piecesOf(token.tokens);
    case 'html':
      return token.block
        ? [{ kind: 'paragraph', inside: [textOf(token.text.trim())] }]
        : [textOf(token.text)];
    case 'escape':
      return [textOf(token.text)];
    case 'strong':
      return [{ kind: 'strong', inside: piecesOf(token.tokens) }];
    case 'em':
      return [{ kind: 'emphasis', inside: piecesOf(token.tokens) }];
    case 'del':
      return [{ kind: 'struck', inside: piecesOf(token.tokens) }];
    case 'paragraph':
      return [{ kind: 'paragraph', inside: piecesOf(token.tokens) }];
    case 'blockquote':
      return [{ kind: 'quote', inside: piecesOf(token.tokens) }];
    case 'heading':
      return [{ kind: 'heading', level: levelOf(token.depth), inside: piecesOf(token.tokens) }];
    case 'codespan':
      return [{ kind: 'code', text: token.text }];
    case 'code':
      return [{ kind: 'listing', text: token.text }];
    case 'br':
      return [{ kind: 'break' }];
    case 'hr':
      return [{ kind: 'rule' }];
    case 'list':
      return [listOf(token)];
    case 'link':
      return linkOf(token.href, piecesOf(token.tokens));
    case 'image':
      return pictureOf(token);
    case 'table':
      return [{ kind: 'table', head: cellsOf(token.header), rows: token.rows.map((row) => cellsOf(row)) }];
    default:
      return [];
  }
}

const textOf = (text: string): Piece => ({ kind: 'text', text });

const cellsOf = (cells: readonly Tokens.TableCell[]) => cells.map((cell) => piecesOf(cell.tokens));

const levelOf = (depth: number) => (depth <= 2 ? 2 : depth === 3 ? 3 : 4);

const listOf = ({ ordered, start, items }: Tokens.List): Piece => ({
  kind: 'list',
  isOrdered: ordered,
  start: start === '' ? 1 : start,
  items: items.map((item) => piecesOf(item.tokens)),
});

/** What leads nowhere that is known to be harmless is said and leads nowhere. */
function linkOf(href: string, inside: Piece[]): Piece[] {
  return isPath(href) || isWeb(href) ? [{ kind: 'link', href, inside }] : inside;
}

/** Browsers read backslashes as slashes and pass over tabs, and two slashes lead to another host. */
const isPath = (href: string) => /^\/(?!\/)[^\s\\\p{Cc}]*$/u.test(href);

const isWeb = (href: string) => URL.canParse(href) && /^(?:https?|mailto|tel):$/.test(new URL(href).protocol);

function pictureOf({ href, text }: Tokens.Image): Piece[] {
  const alt = text.trim();
  if (isPictureName(href)) return [{ kind: 'picture', name: href, alt }];
  return alt === '' ? [] : [textOf(alt)];
}

/** Who reads by headings is led down step by step, whatever steps the writer left out. */
function withEvenLevels(pieces: readonly Piece[]): Piece[] {
  let above = 1;
  return pieces.map((piece) => {
    if (piece.kind !== 'heading') return piece;
    above = Math.min(piece.level, above + 1);
    return { ...piece, level: levelOf(above) };
  });
}

function words(piece: Piece): string {
  switch (piece.kind) {
    case 'text':
    case 'code':
      return piece.text;
    case 'listing':
      return ` ${piece.text} `;
    case 'strong':
    case 'emphasis':
    case 'struck':
    case 'link':
      return piece.inside.map(words).join('');
    case 'paragraph':
    case 'quote':
    case 'heading':
      return ` ${piece.inside.map(words).join('')} `;
    case 'list':
      return piece.items.map((item) => ` ${item.map(words).join('')} `).join('');
    case 'table':
      return [piece.head, ...piece.rows]
        .flat()
        .map((cell) => ` ${cell.map(words).join('')} `)
        .join('');
    case 'picture':
      return ` ${piece.alt} `;
    case 'break':
    case 'rule':
      return ' ';
  }
}
