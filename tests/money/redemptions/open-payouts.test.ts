import { readdir, readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { listOwed } from '../../../functions/desk/console/waiting/queries.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { AppError } from '../../../functions/ground/platform/errors.ts';
import { adjust } from '../../../functions/money/ledger/adjust.ts';
import { markPaid } from '../../../functions/money/redemptions/payouts/mark-paid.ts';
import { getPayout } from '../../../functions/money/redemptions/payouts/payout.ts';
import {
  listCauses,
  listDone,
  listOwedOfCause,
  listToPay,
  listToPayOfKind,
  sumToPay,
} from '../../../functions/money/redemptions/payouts/queries.ts';
import { returnPayout } from '../../../functions/money/redemptions/payouts/return-payout.ts';
import { owedRows } from '../../../functions/money/redemptions/payouts/steps.ts';
import { undoPayment } from '../../../functions/money/redemptions/payouts/undo-payment.ts';
import { redeem } from '../../../functions/money/redemptions/redeem.ts';
import { scansOf } from '../../support/scans-of.ts';
import { moneyBack, openShop } from '../../support/shop.ts';

const page = { afterAt: 0, afterId: '', limit: 51 };
const causes = { afterMinor: 1n, afterCause: '', afterCurrency: '', limit: 51 };
/** Walked along its index no further than its limit; and the steps from a customer or account to who survives a merge. */
const isBounded =
  /^SCAN (?:open_payouts|o) USING (?:COVERING )?INDEX|^SCAN payout_sums USING INDEX payout_sums_open|^SCAN (?:later|r|\(subquery-1\))$|^SCAN CONSTANT ROW$/;

test.each([
  ['what is to pay', (db: Store) => listToPay(db, page)],
  ['what is to pay of a kind', (db: Store) => listToPayOfKind(db, { ...page, kind: 'payout' })],
  ['what was paid', (db: Store) => listDone(db, { ...page, kind: null, step: 'paid', since: 0, until: 9 })],
  ['sums', (db: Store) => sumToPay(db)],
  ['causes', (db: Store) => listCauses(db, causes)],
  ['donations of a cause', (db: Store) => listOwedOfCause(db, { cause: 'Shelter', currency: 'EUR' })],
  ['what staff are told of', (db: Store) => listOwed(db)],
  ['the badge', (db: Store) => db.read(statement(`SELECT count(*) FROM (${owedRows} LIMIT 100)`))],
])('%s: read by an index, however many were paid', async (_what, read) => {
  expect((await scansOf(read)).filter((step) => !isBounded.test(step))).toEqual([]);
});

/** The steps after which each payout or donation stands. */
const steps = fc.array(fc.constantFrom<'pay' | 'undo' | 'return'>('pay', 'undo', 'return'), { maxLength: 4 });
const asked = fc.record({
  kind: fc.constantFrom<'payout' | 'donation'>('payout', 'donation'),
  reference: fc.constantFrom('Shelter', 'School', null),
  amount: fc.bigInt({ min: 1n, max: 90n }),
  steps,
});

test('what is open and its sums are those of the redemptions and their steps, whatever was done; and for an old database', async () => {
  const shop = await openShop(moneyBack);
  const { ctx } = shop;
  const { accountId } = await shop.order({ email: 'ann@x.example' });
  await adjust(ctx, { account: 'ann@x.example', amount: 1_000_000n, reason: 'Sorry' });
  await fc.assert(
    fc.asyncProperty(fc.array(asked, { minLength: 1, maxLength: 5 }), async (all) => {
      for (const { kind, reference, amount, steps } of all) {
        const { id } = await redeem(ctx, {
          ...{ kind, accountId, customerId: null, amount, currency: 'EUR', reference },
        });
        for (const step of steps) await act(ctx, { id, step });
      }
      const kept = await keptOf(ctx.db);
      await ctx.db.script(`DELETE FROM open_payouts; DELETE FROM payout_sums; ${await fillOfMigration()}`);
      const filled = await keptOf(ctx.db);
      expect({ open: kept.open, sums: kept.sums }).toEqual({ open: filled.open, sums: filled.sums });
    }),
    { numRuns: 12 },
  );
});

async function act(ctx: Context, { id, step }: { id: string; step: 'pay' | 'undo' | 'return' }) {
  const { steps } = await getPayout(ctx, { id });
  if (step === 'pay') return markPaid(ctx, { ids: [id], reference: null });
  const done =
    step === 'undo' ? undoPayment(ctx, { id, steps }) : returnPayout(ctx, { id, steps, reason: 'No' });
  return done.catch((error: unknown) => expect(error).toBeInstanceOf(AppError));
}

async function keptOf(db: Store) {
  const [open, sums] = await Promise.all([
    db.read(statement('SELECT redemption_id, kind, cause, currency, at FROM open_payouts ORDER BY 1')),
    db.read(
      statement(
        `SELECT kind, cause, currency, open_count, open_minor, paid_minor FROM payout_sums ORDER BY kind, cause, currency`,
      ),
    ),
  ]);
  return { open, sums };
}

/** What the migration that made the tables writes for what was there before it. */
async function fillOfMigration(): Promise<string> {
  const names = await readdir('db/migrations');
  const name = names.find((one) => one.endsWith('_open-payouts.sql')) ?? '';
  const text = await readFile(`db/migrations/${name}`, 'utf8');
  return text
    .split('--> statement-breakpoint')
    .filter((sql) => sql.includes('INSERT INTO'))
    .join('');
}
