import { expect, test } from 'vitest';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { setProgramme } from '../../../functions/money/programme/set-programme.ts';
import { exportOrders } from '../../../functions/reach/exports/export-orders.ts';
import { writeRows } from '../../../functions/reach/exports/write-rows.ts';
import { importOrders } from '../../../functions/reach/imports/on-node/by-path.ts';
import { moneyBack, openShop } from '../../support/shop.ts';
import { aFile } from './import-file.ts';

/** What a till may write, and what becomes of it. */
export interface Situation {
  name: string;
  /** Rows below the header; several files come in one after the other. */
  rows?: string[];
  files?: string[];
  /** One line per order, as `tellOrders` words it. */
  orders: string[];
  /** Reasons of refused orders, by a part of their words. */
  rejected?: string[];
  /** Rows that are no orders: `2 × reason`. */
  leftOut?: string[];
  /** What the rewards come to in cents; 1.00 back for every 10.00. */
  earned?: number;
  currency?: string;
  timeZone?: string;
}

/**
 * Runs every situation through the importer: each file dry, for real, and again, which changes nothing; at the end `verify`
 * finds no difference.
 */
export function checkTill(header: string, situations: readonly Situation[]): void {
  test.each(situations)('$name', async (situation) => {
    const { ctx } = await openShop();
    const { currency = 'USD', timeZone = 'America/New_York' } = situation;
    const rule = { ...moneyBack, spend: '10.00', back: '1.00', from: '2014-01-01' };
    await setProgramme(ctx, { currency, timeZone, debt: 'carry', rules: [rule] });
    const files = situation.files ?? [`${[header, ...(situation.rows ?? [])].join('\n')}\n`];
    const rejected: string[] = [];
    const leftOut: string[] = [];
    let earned = 0;
    for (const path of files.map((file) => aFile(file))) {
      const dry = await importOrders(ctx, { path, isDryRun: true });
      const report = await importOrders(ctx, { path });
      expect({ ...dry, id: null, seconds: 0 }).toEqual({ ...report, id: null, seconds: 0 });
      rejected.push(...report.errors.map(({ reason }) => reason));
      leftOut.push(...report.leftOut.map(({ reason, rows }) => `${rows} × ${reason}`));
      earned += report.rewards.earned;
      const again = await importOrders(ctx, { path });
      expect(again.orders).toMatchObject({ created: 0, updated: 0, rejected: report.orders.rejected });
      expect(again.rewards).toEqual({ earned: 0, entries: 0 });
    }
    expect(await tellOrders(ctx)).toEqual(situation.orders);
    expect(rejected).toEqual((situation.rejected ?? []).map((part) => expect.stringContaining(part)));
    expect(leftOut).toEqual(situation.leftOut ?? []);
    if (situation.earned !== undefined) expect(earned).toBe(situation.earned);
    expect(await verify(ctx)).toMatchObject({ differences: 0 });
  });
}

/** `NUMBER WHO STATE, placed DAY: 2 Fox 10.00 -0.50; … | shipping 4.50, tax 0.62, total 14.62 USD` */
async function tellOrders(ctx: Parameters<typeof exportOrders>[0]): Promise<string[]> {
  const chunks: string[] = [];
  for await (const chunk of writeRows(await exportOrders(ctx, { since: null, until: null }), 'json'))
    chunks.push(chunk);
  const rows: Record<string, string>[] = JSON.parse(chunks.join(''));
  const orders = Map.groupBy(rows, (row) => row.order_number);
  return [...orders.values()].map((lines) => {
    const [first = {}] = lines;
    const who = first.customer_email || first.customer_key || 'nobody';
    const delivered = first.delivered_at ? ` ${first.delivered_at}` : '';
    const goods = lines.map(wordLine).join('; ');
    const beside = ['shipping', 'tax', 'tax_included'].flatMap((column) =>
      first[column] ? [`${column} ${first[column]}`] : [],
    );
    const rest = beside.length === 0 ? '' : ` | ${beside.join(', ')}`;
    return `${first.order_number} ${who} ${first.placed_at} ${first.status}${delivered}: ${goods}${rest} ${first.currency}`;
  });
}

function wordLine(line: Record<string, string>): string {
  const quantity = line.quantity === '1' ? '' : `${line.quantity} `;
  const discount = Number(line.line_discount) > 0 ? ` -${line.line_discount}` : '';
  const refunded = Number(line.refunded_total) > 0 ? ` back ${line.refunded_total}` : '';
  return `${quantity}${line.product ?? '–'} ${line.line_total}${discount}${refunded}`;
}
