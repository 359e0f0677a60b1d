import type { Moment } from '../../ground/platform/moment.ts';
import { currencyExponent, formatDecimal } from '../../ground/platform/money.ts';
import { type Order, type OrderDraft, type OrderLine, sumLineId } from './order.ts';
import type { RefusalReason } from './refusal-words.ts';

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

/** What a source says otherwise than it was recorded: the column of our own format that holds it, and how. */
export interface Contradiction {
  kind: 'contradicts';
  column: ContradictedColumn;
  reason: RefusalReason;
}

/** The first thing that an order told again says otherwise; null when it contradicts nothing. */
export function findContradiction(kept: Order, told: OrderDraft): Contradiction | null {
  return (
    differs('currency', 'kept_currency', kept.currency, told.currency) ??
    differs('placed_at', 'kept_time', momentText(kept.placedAt), momentText(told.placedAt)) ??
    findInLines(kept, told) ??
    differsIfBoth(kept, ['shipping', 'kept_shipping', kept.shippingMinor, told.shippingMinor]) ??
    differsIfBoth(kept, ['tax', 'kept_tax', kept.taxMinor, told.taxMinor]) ??
    differsIfBoth(kept, ['tax_included', 'kept_tax_inside', kept.taxIncludedMinor, told.taxIncludedMinor])
  );
}

function differs(
  column: ContradictedColumn,
  code: RefusalReason['code'],
  kept: string,
  told: string,
  line?: string,
): Contradiction | null {
  if (kept === told) return null;
  const of = { told, kept, ...(line === undefined ? {} : { line }) };
  return { kind: 'contradicts', column, reason: { code, of } };
}

function differsIfBoth(
  order: Order,
  [column, code, kept, told]: [
    column: ContradictedColumn,
    code: RefusalReason['code'],
    kept: bigint | null,
    told: bigint | null,
  ],
): Contradiction | null {
  if (kept === null || told === null) return null;
  return differs(column, code, amountText(order, kept), amountText(order, told));
}

/** Lines that agree in everything are set aside; of the rest those of the same name are compared. */
function findInLines(kept: Order, told: OrderDraft): Contradiction | null {
  if (isSum(kept.lines) !== isSum(told.lines)) return compareSums(kept, told);
  const known = new Set(kept.lines.map(contentText));
  const toldTexts = new Set(told.lines.map(contentText));
  const [missing] = kept.lines.filter((line) => !toldTexts.has(contentText(line)));
  const others = told.lines.filter((line) => !known.has(contentText(line)));
  const same = others.find(({ lineId }) => lineId === missing?.lineId) ?? others[0];
  if (missing !== undefined && same !== undefined) return compareLines(kept, missing, same);
  if (missing !== undefined) return lineContradiction(kept, missing, 'kept_line_missing');
  return same === undefined ? null : lineContradiction(kept, same, 'kept_line_unknown');
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
    differs('line_total', 'kept_goods_total', ...both('totalMinor')) ??
    differs('line_discount', 'kept_goods_discount', ...both('discountMinor'))
  );
}

function compareLines(order: Order, kept: OrderLine, told: OrderLine): Contradiction {
  const line = lineText(told);
  const amount = (of: 'totalMinor' | 'discountMinor') =>
    [amountText(order, kept[of]), amountText(order, told[of]), line] as const;
  return (
    differs('sku', 'kept_line_article', kept.sku ?? '–', told.sku ?? '–', line) ??
    differs('line_total', 'kept_line_total', ...amount('totalMinor')) ??
    differs('line_discount', 'kept_line_discount', ...amount('discountMinor')) ??
    differs('quantity', 'kept_line_quantity', quantityText(kept), quantityText(told), line) ??
    lineContradiction(order, told, 'kept_line_otherwise', { kept: kept.lineId })
  );
}

function lineContradiction(
  order: Order,
  line: OrderLine,
  code: RefusalReason['code'],
  more: RefusalReason['of'] = {},
): Contradiction {
  const of = { line: lineText(line), amount: amountText(order, line.totalMinor), ...more };
  return { kind: 'contradicts', column: 'line_total', reason: { code, of } };
}

/** Its number, and its goods where they have a name. */
function lineText({ lineId, sku, product }: OrderLine): string {
  const name = sku ?? product;
  return name === null ? lineId : `${lineId} (${name.slice(0, 60)})`;
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

function contentText(line: OrderLine): string {
  const { lineId, sku, quantityMilli, totalMinor, discountMinor, isGiftCard } = line;
  return [lineId, sku, quantityMilli, totalMinor, discountMinor, isGiftCard].join('|');
}
