import { currencyExponent } from '../../../ground/platform/money.ts';
import { dateFormats, fits } from './date-forms.ts';

/** What all cells of one column are like. */
export interface ColumnFacts {
  header: string;
  filled: number;
  emails: number;
  currencies: number;
  /** Cells that are an amount in either way of writing. */
  amounts: number;
  negative: number;
  /** Cells in which a comma, or a point, stands before the decimals. */
  commaDecimals: number;
  pointDecimals: number;
  decimalsMax: number;
  largest: number;
  clocks: number;
  zoned: number;
  /** Of every form of date, how many cells are one. */
  dates: Map<string, number>;
  /** The currencies whose signs stand beside amounts. */
  signs: Map<string, number>;
  /** The distinct cells, as long as they are few. */
  values: Set<string>;
}

export function openFacts(header: string): ColumnFacts {
  return {
    header,
    ...{ filled: 0, emails: 0, currencies: 0, amounts: 0, negative: 0, commaDecimals: 0, pointDecimals: 0 },
    ...{ decimalsMax: 0, largest: 0, clocks: 0, zoned: 0 },
    dates: new Map(),
    signs: new Map(),
    values: new Set(),
  };
}

export const VALUES_MAX = 60;

export function noteCell(facts: ColumnFacts, cell: string): void {
  const text = cell.trim();
  if (text === '') return;
  facts.filled += 1;
  if (facts.values.size <= VALUES_MAX) facts.values.add(text.slice(0, 80));
  const first = text.charCodeAt(0);
  if (text.includes('@')) facts.emails += emailLike.test(text) ? 1 : 0;
  else if (text.length === 3 && currencyExponent(text.toUpperCase()) !== null) facts.currencies += 1;
  else if (text.length < 30 && (isDigit(first) || mayBegin.has(text[0] ?? ''))) noteNumber(facts, text);
}

const emailLike = /^[^\s@]{1,64}@[^\s@]{1,190}$/;
const mayBegin = new Set([...'-−(+$€£₴¥']);
const clock = /^\d{1,2}:\d{2}(?::\d{2})?$/;

function noteNumber(facts: ColumnFacts, text: string): void {
  if (clock.test(text)) facts.clocks += 1;
  else if (dateLike.test(text)) noteDate(facts, text);
  else noteAmount(facts, text);
}

const dateLike = /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}/;

function noteDate(facts: ColumnFacts, text: string): void {
  if (/[Zz]$|[+-]\d{2}:?\d{2}$/.test(text) && text.length > 16) facts.zoned += 1;
  for (const format of formsOf(text)) facts.dates.set(format, (facts.dates.get(format) ?? 0) + 1);
}

/** Files repeat few days and times; each is looked at once while there is room. */
const known = new Map<string, string[]>();
const knownMax = 20_000;

function formsOf(text: string): string[] {
  const before = known.get(text);
  if (before !== undefined) return before;
  if (known.size >= knownMax) known.clear();
  const forms = dateFormats.filter((format) => fits(text, format));
  known.set(text, forms);
  return forms;
}

const amountLike = /^[-−+(]?[$€£₴¥]?[-−]?(\d[\d.,'’]{0,20})(€|£|₴|\$|грн\.?|[A-Za-z]{3})?\)?$/;
const signBefore = /[$€£₴¥]/;

function noteAmount(facts: ColumnFacts, text: string): void {
  const match = amountLike.exec(text.replace(/\s/g, ''));
  if (match === null) return;
  const [, digits = '', after = signBefore.exec(text)?.[0] ?? ''] = match;
  facts.amounts += 1;
  if (/^[-−(]/.test(text)) facts.negative += 1;
  const currency = currencyOfSign(after);
  if (currency !== null) facts.signs.set(currency, (facts.signs.get(currency) ?? 0) + 1);
  noteDecimals(facts, digits);
}

function noteDecimals(facts: ColumnFacts, digits: string): void {
  const [comma, point] = [digits.lastIndexOf(','), digits.lastIndexOf('.')];
  const at = Math.max(comma, point);
  const decimals = at === -1 ? 0 : digits.length - at - 1;
  const isGrouping = decimals === 3 && (comma === -1 || point === -1);
  if (at !== -1 && !isGrouping) {
    if (comma > point) facts.commaDecimals += 1;
    else facts.pointDecimals += 1;
  }
  if (at !== -1 && !(isGrouping && comma > point)) facts.decimalsMax = Math.max(facts.decimalsMax, decimals);
  const value = Number(digits.slice(0, at === -1 ? undefined : at).replace(/\D/g, ''));
  facts.largest = Math.max(facts.largest, value);
}

function currencyOfSign(sign: string): string | null {
  const known: Record<string, string> = { '€': 'EUR', '£': 'GBP', '₴': 'UAH', грн: 'UAH', 'грн.': 'UAH' };
  const code = sign.toUpperCase();
  return known[sign.toLowerCase()] ?? (currencyExponent(code) === null ? null : code);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
