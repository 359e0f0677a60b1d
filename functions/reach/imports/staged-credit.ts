import { type FieldTerms, findContradiction, momentAt } from './merge-fields.ts';
import type { RowError, StagedLine, StagedMoment } from './staged-line.ts';

/** Goods that a row takes back; `amount` in minor units is what was given back for them. */
export interface CreditedGoods {
  /** The physical line of the file. */
  line: number;
  sku: string | null;
  product: string | null;
  quantityMilli: number;
  amount: bigint;
}

/** A credit note, or rows of a return that bear the number of their order: goods of earlier orders of one customer. */
export interface StagedCredit {
  source: string;
  number: string;
  line: number;
  email: string | null;
  key: string | null;
  currency: string;
  placedAt: StagedMoment;
  placedAtMs: number;
  /** The order whose goods these are, where the file names it. */
  refundedOrder: string | null;
  goods: CreditedGoods[];
}

export type ComposedCredit = { ok: true; credit: StagedCredit } | { ok: false; error: RowError };

/** Makes one credit note of its rows; rows that contradict each other refuse it whole. */
export function composeCredit(
  unordered: readonly StagedLine[],
  placedAtMs: number,
  till: FieldTerms,
): ComposedCredit {
  const rows = unordered.toSorted((a, b) => a.line - b.line);
  const [first] = rows;
  if (first === undefined) throw new Error('a credit note has at least one row');
  const contradiction = findContradiction(first, rows, till);
  if (contradiction !== null) return { ok: false, error: { ...contradiction, order: first.number } };
  const { source, number, line, email, key, currency } = first;
  return {
    ok: true,
    credit: {
      ...{ source, number, line, email, key, currency, placedAtMs },
      placedAt:
        till.several.placed_at === undefined ? first.placedAt : momentAt(rows, till.several.placed_at),
      refundedOrder: rows.find(({ refundedOrder }) => refundedOrder !== null)?.refundedOrder ?? null,
      goods: rows.map((row) => ({
        line: row.line,
        sku: row.sku,
        product: row.product,
        quantityMilli: row.quantityMilli,
        amount: row.total - row.discount,
      })),
    },
  };
}
