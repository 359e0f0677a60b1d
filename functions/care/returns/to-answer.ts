import { z } from 'zod';
import { instantText } from '../../ground/platform/answer.ts';
import { exactInteger } from '../../ground/platform/exact-json.ts';
import { toMoneyJson } from '../../ground/platform/money.ts';
import type { ReturnLineRow, ReturnRow } from './queries.ts';
import type { ReturnAnswer } from './schema.ts';
import type { ReturnSplit } from './split.ts';
import type { ReturnState } from './state.ts';

/** A return whole, as its rows say. */
export interface ReturnParts {
  row: ReturnRow;
  lines: readonly ReturnLineRow[];
  events: readonly { kind: ReturnState; at: number; note: string | null }[];
  /** What the lines are called, by line. */
  products: ReadonlyMap<string, string | null>;
  pictures: number;
}

const split = z.object({
  worthMinor: exactInteger,
  moneyMinor: exactInteger,
  voucherMinor: exactInteger,
  creditMinor: exactInteger,
  bonusMinor: exactInteger,
});

const toldOn = z.object({ creditBonus: z.string(), vouchers: z.enum(['credit', 'lost']) });

/** The terms of what was told: what is asked for ends on them, whatever the business has decided since. */
export const toldTerms = ({ told }: Pick<ReturnRow, 'told'>): z.output<typeof toldOn> =>
  toldOn.parse(JSON.parse(told));

/** What was told beforehand. */
export const toldIn = ({ told }: Pick<ReturnRow, 'told'>): ReturnSplit => split.parse(JSON.parse(told));

/** What was booked; null until it is settled. */
export function bookedIn({ outcome, ...row }: ReturnRow): ReturnSplit | null {
  if (outcome === null) return null;
  const { worthMinor, moneyMinor, voucherMinor, bonusMinor, creditMinor } = row;
  return {
    ...{ worthMinor: worthMinor ?? 0n, moneyMinor: moneyMinor ?? 0n, creditMinor },
    ...{ voucherMinor: voucherMinor ?? 0n, bonusMinor: bonusMinor ?? 0n },
  };
}

export function toReturnAnswer({ row, lines, events, products, pictures }: ReturnParts): ReturnAnswer {
  const money = (minor: bigint) => toMoneyJson(minor, row.currency);
  const optional = (minor: bigint | null) => (minor === null ? null : money(minor));
  const told = toldIn(row);
  return {
    reference: row.reference,
    order: { source: row.source, number: row.number },
    state: row.state,
    stateAt: instantText(row.stateAt),
    requestedAt: instantText(row.at),
    wish: row.wish,
    outcome: row.outcome,
    note: row.note,
    lines: lines.map((line) => ({
      line: line.lineId,
      product: products.get(line.lineId) ?? null,
      quantity: line.quantityMilli / 1000,
      reason: line.reason,
      worth: money(line.worthMinor),
      accepted: line.acceptedMilli === null ? null : line.acceptedMilli / 1000,
    })),
    told: {
      worth: money(told.worthMinor),
      money: money(told.moneyMinor),
      voucher: money(told.voucherMinor),
      credit: money(told.creditMinor),
      bonus: money(told.bonusMinor),
    },
    worth: optional(row.worthMinor),
    money: optional(row.moneyMinor),
    voucher: optional(row.voucherMinor),
    credit: money(row.creditMinor),
    bonus: optional(row.bonusMinor),
    events: events.map(({ kind, at, note }) => ({ state: kind, at: instantText(at), note })),
    files: pictures,
  };
}
