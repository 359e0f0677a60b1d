import type { Moment } from '../../ground/platform/moment.ts';
import { currencyExponent, formatDecimal } from '../../ground/platform/money.ts';
import { type Order, type OrderDraft, type OrderLine, sumLineId } from './order.ts';

/** Columns of our own format (DOMAIN §4) that an order told again can contradict. */
export type ContradictedColumn =
  | 'currency'
  | 'placed_at'
  | 'customer_email'
  | 'customer_key'
  | 'account'
  | 'department'
  | 'sku'
  | 'quantity'
  | 'line_total'
  | 'line_discount'
  | 'refunded_total'
  | 'shipping'
  | 'tax'
  | 'tax_included';

/** What a source says otherwise than it was recorded: the column of our own format that holds it, and a sentence. */
export interface Contradiction {
  kind: 'contradicts';
  column: ContradictedColumn;
  message: string;
}

/** The first thing that an order told again says otherwise; null when it contradicts nothing. */
export function findContradiction(kept: Order, told: OrderDraft): Contradiction | null {
  return (
    differs('currency', 'the currency', kept.currency, told.currency) ??
    differs('placed_at', 'the time of the order', momentText(kept.placedAt), momentText(told.placedAt)) ??
    findInLines(kept, told) ??
    differsIfBoth(kept, ['shipping', 'shipping', kept.shippingMinor, told.shippingMinor]) ??
    differsIfBoth(kept, ['tax', 'tax', kept.taxMinor, told.taxMinor]) ??
    differsIfBoth(kept, [
      'tax_included',
      'tax inside the prices',
      kept.taxIncludedMinor,
      told.taxIncludedMinor,
    ])
  );
}

function differs(column: ContradictedColumn, what: string, kept: string, told: string): Contradiction | null {
  if (kept === told) return null;
  return { kind: 'contradicts', column, message: `${what} is ${told}, but ${kept} was recorded` };
}

function differsIfBoth(
  order: Order,
  [column, what, kept, told]: [
    column: ContradictedColumn,
    what: string,
    kept: bigint | null,
    told: bigint | null,
  ],
): Contradiction | null {
  if (kept === null || told === null) return null;
  return differs(column, what, amountText(order, kept), amountText(order, told));
}

/** Lines that agree in everything are set aside; of the rest those of the same name are compared. */
function findInLines(kept: Order, told: OrderDraft): Contradiction | null {
  if (isSum(kept.lines) !== isSum(told.lines)) return compareSums(kept, told);
  const known = new Set(kept.lines.map(lineText));
  const toldTexts = new Set(told.lines.map(lineText));
  const [missing] = kept.lines.filter((line) => !toldTexts.has(lineText(line)));
  const others = told.lines.filter((line) => !known.has(lineText(line)));
  const same = others.find(({ lineId }) => lineId === missing?.lineId) ?? others[0];
  if (missing !== undefined && same !== undefined) return compareLines(kept, missing, same);
  if (missing !== undefined) return lineContradiction(kept, missing, 'is not among those told now');
  return same === undefined ? null : lineContradiction(kept, same, 'was not recorded');
}

const isSum = ([line, ...more]: readonly OrderLine[]) => more.length === 0 && line?.lineId === sumLineId;

/** One tells items, the other what they are together. */
function compareSums(kept: Order, told: OrderDraft): Contradiction | null {
  const sum = (lines: readonly OrderLine[], of: 'totalMinor' | 'discountMinor') =>
    amountText(
      kept,
      lines.reduce((all, line) => all + line[of], 0n),
    );
  const both = (of: 'totalMinor' | 'discountMinor') => [sum(kept.lines, of), sum(told.lines, of)] as const;
  return (
    differs('line_total', 'the total of all goods', ...both('totalMinor')) ??
    differs('line_discount', 'the discount of all goods', ...both('discountMinor'))
  );
}

function compareLines(order: Order, kept: OrderLine, told: OrderLine): Contradiction {
  const of = `of line ${told.lineId}${goodsText(told)}`;
  const amount = (minor: bigint) => amountText(order, minor);
  return (
    differs('sku', `the article ${of}`, kept.sku ?? 'none', told.sku ?? 'none') ??
    differs('line_total', `the total ${of}`, amount(kept.totalMinor), amount(told.totalMinor)) ??
    differs('line_discount', `the discount ${of}`, amount(kept.discountMinor), amount(told.discountMinor)) ??
    differs('quantity', `the quantity ${of}`, quantityText(kept), quantityText(told)) ??
    lineContradiction(order, told, `was recorded as line ${kept.lineId}, or otherwise as a gift card`)
  );
}

function lineContradiction(order: Order, line: OrderLine, what: string): Contradiction {
  const message = `line ${line.lineId}${goodsText(line)} for ${amountText(order, line.totalMinor)} ${what}`;
  return { kind: 'contradicts', column: 'line_total', message };
}

function goodsText({ sku, product }: OrderLine): string {
  const name = sku ?? product;
  return name === null ? '' : ` (${name.slice(0, 60)})`;
}

function quantityText({ quantityMilli }: OrderLine): string {
  return String(quantityMilli / 1000);
}

function amountText({ currency }: Order, minor: bigint): string {
  return formatDecimal(minor, currencyExponent(currency) ?? 2);
}

function momentText({ at, day }: Moment): string {
  return day ?? new Date(at).toISOString();
}

function lineText(line: OrderLine): string {
  const { lineId, sku, quantityMilli, totalMinor, discountMinor, isGiftCard } = line;
  return [lineId, sku, quantityMilli, totalMinor, discountMinor, isGiftCard].join('|');
}
