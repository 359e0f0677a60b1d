import { expect } from 'vitest';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { setPolicies } from '../../../functions/money/business/policies.ts';
import { isAsIssued } from '../../../functions/reach/papers/paper.ts';

/** The details with which a business has invoices. */
const details = [
  ['invoiceName', 'Чайна крамниця «Ґедзь» ТОВ'],
  ['invoiceAddress', 'вул. Їжакевича 5, Київ'],
  ['invoiceTaxNumber', 'ЄДРПОУ 12345678'],
] as const;

/** Gives them, and what else is to be set. */
export const setUp = (ctx: Context, ...more: (readonly [string, string])[]) =>
  setPolicies(ctx, [...details, ...more]);

export interface KeptPaper {
  kind: string;
  year: number;
  place: number;
  number: string;
  orderId: string;
  total: bigint;
}

/** All papers in the sequence of their places; each kind and year counts from 1 without gaps, and each is as it was issued. */
export async function papersOf({ db }: Pick<Context, 'db'>): Promise<KeptPaper[]> {
  const rows = await db.read({
    sql: `SELECT p.kind, p.year, p.place, p.number, p.order_id, p.total_minor, p.document, p.hash, h.buyer
      FROM papers AS p JOIN paper_holders AS h ON h.paper_id = p.id ORDER BY p.kind DESC, p.year, p.place`,
    args: [],
  });
  const papers = rows.map(([kind, year, place, number, orderId, total]) => ({
    ...{ kind: String(kind), year: Number(year), place: Number(place), number: String(number) },
    ...{ orderId: String(orderId), total: BigInt(total ?? 0) },
  }));
  for (const [, group] of Map.groupBy(papers, ({ kind, year }) => `${kind} ${year}`))
    expect(group.map(({ place }) => place)).toEqual(group.map((_, at) => at + 1));
  for (const row of rows) {
    const [document, hash, buyer] = row.slice(6);
    expect(
      isAsIssued({
        document: String(document),
        hash: String(hash),
        buyer: buyer === null ? null : String(buyer),
      }),
    ).toBe(true);
  }
  return papers;
}
