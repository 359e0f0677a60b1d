import { describe, expect, test } from 'vitest';
import { downloadMovements } from '../../../functions/desk/today/download-movements.ts';
import { exportMovements } from '../../../functions/desk/today/export-movements.ts';
import { getMovements } from '../../../functions/desk/today/get-movements.ts';
import { keepFigures } from '../../../functions/desk/today/keep-figures.ts';
import { dayOf } from '../../../functions/ground/platform/business-time.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { moneyBack, openShop } from '../../support/shop.ts';
import { busyShop } from './busy-shop.ts';

const period = { period: 'days', since: '2025-06-01', until: '2026-03-31' };

describe('the books of a period', () => {
  test('open with what all ledgers came to before it, and every part closes with what they came to by then', async () => {
    const { ctx } = await busyShop();
    await keepFigures(ctx);
    const { currencies } = await getMovements(ctx, period);
    const entries = await listEntries(ctx);
    expect(currencies.map(({ currency }) => currency)).toContain('EUR');
    for (const { currency, whole, parts } of currencies) {
      const upTo = (isIn: (day: string) => boolean) =>
        entries.reduce(
          (sum, one) => (one.currency === currency && isIn(one.day) ? sum + one.minor : sum),
          0n,
        );
      expect(whole.openingMinor).toBe(upTo((day) => day < period.since));
      expect(parts.length).toBeGreaterThan(5);
      for (const part of parts) {
        expect(part.openingMinor).toBe(upTo((day) => day < part.since));
        expect(part.closingMinor).toBe(upTo((day) => day <= part.until));
      }
      expect(whole.movements.reduce((sum, { entries: some }) => sum + some, 0)).toBe(
        entries.filter(
          (one) => one.currency === currency && period.since <= one.day && one.day <= period.until,
        ).length,
      );
    }
  });

  test('close with what the accounts hold', async () => {
    const { ctx } = await busyShop();
    await keepFigures(ctx);
    const { currencies } = await getMovements(ctx, period);
    const [row] = await ctx.db.read({ sql: 'SELECT sum(balance_minor) FROM accounts', args: [] });
    const minor = currencies.find(({ currency }) => currency === 'EUR')?.whole.closingMinor;
    expect(minor).toBe(BigInt(row?.[0] ?? 0));
  });

  test('are empty where nothing was ever earned', async () => {
    const { ctx } = await openShop(moneyBack);
    expect((await getMovements(ctx, period)).currencies).toEqual([]);
  });
});

describe('the file of movements', () => {
  test('has the last day that was asked for, carries the balance on, and stands in the log', async () => {
    const { ctx } = await busyShop();
    await keepFigures(ctx);
    const [last] = (await listEntries(ctx))
      .map(({ day }) => day)
      .toSorted()
      .slice(-1);
    const owner = { ...ctx, actor: { kind: 'staff', id: 's1', role: 'owner' } as const };
    const csv = await new Response(
      await downloadMovements(owner, { since: last ?? '', until: last ?? '' }),
    ).text();
    const [head, ...lines] = csv.trimEnd().split('\n');
    expect(head).toBe('day,currency,figure,kind,entries,amount,balance');
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.every((line) => line.startsWith(`${last},`))).toBe(true);
    const { currencies } = await getMovements(ctx, { period: 'days', since: last ?? '', until: last ?? '' });
    const euro = currencies.find(({ currency }) => currency === 'EUR');
    expect(lines.filter((line) => line.includes(',EUR,')).at(-1)).toMatch(
      new RegExp(`,${(Number(euro?.whole.closingMinor) / 100).toFixed(2)}$`),
    );
    const kept = await ctx.db.read({
      sql: `SELECT detail FROM audit_log WHERE act = 'figures.exported'`,
      args: [],
    });
    expect(kept.map(([detail]) => JSON.parse(String(detail)))).toEqual([{ since: last, until: last }]);
  });

  test('is not for agents, and names a day that does not exist', async () => {
    const { ctx } = await openShop(moneyBack);
    const agent = { ...ctx, actor: { kind: 'staff', id: 's1', role: 'agent' } as const };
    const days = { since: '2026-01-01', until: '2026-01-02' };
    await expect(downloadMovements(agent, days)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(exportMovements(ctx, { ...days, since: '2026-02-30' })).rejects.toMatchObject({
      code: 'validation_failed',
      errors: [{ path: 'since', code: 'invalid_date' }],
    });
  });
});

/** Every entry of every ledger with the business day on which it was posted. */
async function listEntries({ db }: Context): Promise<{ day: string; currency: string; minor: bigint }[]> {
  const rows = await db.read({ sql: 'SELECT recorded_at, currency, amount_minor FROM ledger', args: [] });
  return rows.map(([at, currency, minor]) => ({
    day: dayOf(Number(at), 'Europe/London'),
    currency: String(currency),
    minor: BigInt(minor ?? 0),
  }));
}
