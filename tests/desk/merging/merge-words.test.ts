import { describe, expect, test } from 'vitest';
import { listHistory } from '../../../functions/desk/console/list-history.ts';
import { exportStatement } from '../../../functions/desk/portal/export-statement.ts';
import { getStatement } from '../../../functions/desk/portal/get-statement.ts';
import { formatsOf } from '../../../functions/ground/formats/format.ts';
import type { Locale } from '../../../functions/ground/identity/languages.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { moveOrder } from '../../../functions/money/orders/move-order.ts';
import { redeem } from '../../../functions/money/redemptions/redeem.ts';
import { listLedger } from '../../../functions/people/customers/list-ledger.ts';
import { wordsIn } from '../../../src/locale.ts';
import { causeWords, entryTitle, explanationWords } from '../../../src/words/explanation.ts';
import { moneyBack } from '../../support/shop.ts';
import { ann, old, openTwice, type Twice } from './two-in-one.ts';

const untrue = /merge_|split_|return|поверненн/;

/** Two who were one for a while, in which a voucher was bought with credit that came from both. */
async function mergedAndUndone() {
  const shop = await openTwice(moneyBack);
  const [own] = await shop.buys(ann, 20_000);
  const others = await shop.buys(old, 6_000, 6_000, 9_000);
  const { id } = await shop.merge();
  shop.clock.advance(60_000);
  const accountId = own?.accountId ?? '';
  await redeem(shop.ctx, {
    customerId: null,
    accountId,
    kind: 'voucher',
    amount: 1500n,
    currency: 'EUR',
    reference: null,
  });
  shop.clock.advance(60_000);
  await shop.undo(id);
  return { shop, customers: [own?.customerId ?? '', others[0]?.customerId ?? ''] };
}

describe('after a merge and its undoing', () => {
  test.each(['en', 'uk'] as const)(
    'customers and staff read in %s what happened, and no return',
    async (language) => {
      const { shop, customers } = await mergedAndUndone();
      for (const customerId of customers) {
        const read = [
          ...(await statementWords(shop, customerId, language)),
          ...(await historyWords(shop, customerId, language)),
        ];
        expect(read.filter((line) => untrue.test(line))).toEqual([]);
        expect(read.join('\n')).toContain(
          language === 'en' ? 'Separated from another account' : 'Відокремлення від іншого рахунку',
        );
      }
    },
  );

  test('the API and the file of the statement tell of it too', async () => {
    const { shop, customers } = await mergedAndUndone();
    for (const customerId of customers) {
      const { items } = await listLedger(shop.ctx, { customerId });
      const taken = items.filter(({ kind }) => kind === 'clawback' || kind === 'adjust');
      expect(taken.length).toBeGreaterThan(0);
      for (const { because, explanation } of taken) {
        expect(['merge', 'split']).toContain(because);
        expect(explanation.map(({ text }) => text).join()).not.toMatch(untrue);
      }
      const csv = await exportStatement(shop.as(customerId), {
        accountId: null,
        kind: null,
        year: null,
        language: 'en',
      });
      expect(csv.split('\n')[0]).toMatch(/,because$/);
      expect(csv).toMatch(/adjust,.*,split\n/);
    }
  });

  test('what an order earned is taken back in its own name', async () => {
    const { shop } = await mergedAndUndone();
    const named = (kind: string) =>
      shop.rows(
        `SELECT DISTINCT order_number FROM ledger WHERE kind = '${kind}' AND order_number <> 'W-1' ORDER BY 1`,
      );
    expect(await named('clawback')).toEqual(await named('earn'));
  });
});

test.each<[Locale, string, string, string]>([
  [
    'en',
    'Moved with its order to another account',
    'Moved here with its order',
    'Taken back after a cancellation',
  ],
  [
    'uk',
    'Перенесено разом із замовленням на інший рахунок',
    'Перенесено сюди разом із замовленням',
    'Знято через скасування замовлення',
  ],
])(
  'in %s an order that moves or is cancelled is no return either',
  async (language, away, here, cancelled) => {
    const shop = await openTwice(moneyBack);
    const [order, gone] = await shop.buys(ann, 10_000, 10_000);
    const [other] = await shop.buys(old, 1000);
    shop.clock.advance(1000);
    await moveOrder(shop.ctx, {
      ...{ source: 'web', number: order?.number ?? '', email: old },
      ...{ account: null, department: null, reason: null, key: newId() },
    });
    shop.clock.advance(1000);
    await shop.event(gone?.number ?? '', { status: 'cancelled' });
    const left = (await historyWords(shop, order?.customerId ?? '', language)).join('\n');
    expect(left).toContain(away);
    expect(left).toContain(cancelled);
    expect((await historyWords(shop, other?.customerId ?? '', language)).join('\n')).toContain(here);
  },
);

async function statementWords(shop: Twice, customerId: string, language: Locale): Promise<string[]> {
  const t = wordsIn(language);
  const formats = formatsOf(language, 'Europe/London');
  const { entries } = await getStatement(shop.as(customerId), {
    accountId: null,
    kind: null,
    year: null,
    page: 1,
  });
  return entries.flatMap((entry) => {
    const cause = entry.explanation[0]?.params.cause;
    return [
      entryTitle(entry, t),
      ...(cause === undefined ? [] : [causeWords(entry.kind, String(cause), t)]),
      ...entry.explanation.map((line) => explanationWords(line, t, formats)),
    ];
  });
}

async function historyWords(shop: Twice, customerId: string, language: Locale): Promise<string[]> {
  const t = wordsIn(language);
  const [root] = await shop.rows(`SELECT id FROM accounts WHERE owner_id = '${customerId}'`);
  const { moments } = await listHistory(shop.ctx, { rootId: root ?? '', customerId, page: 1 });
  return moments.flatMap(({ entries }) =>
    entries.flatMap((entry) => [
      entryTitle(entry, t),
      entry.cause === null ? '' : causeWords(entry.kind, entry.cause, t),
    ]),
  );
}
