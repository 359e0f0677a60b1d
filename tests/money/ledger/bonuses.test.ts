import { describe, expect, test } from 'vitest';
import { checkBonuses } from '../../../functions/desk/verify/check-bonuses.ts';
import { openFindings } from '../../../functions/desk/verify/difference.ts';
import { loadEvidence } from '../../../functions/desk/verify/evidence.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { unchanged } from '../../../functions/ground/decision/decision.ts';
import { createAccountQueue } from '../../../functions/ground/platform/account-queue.ts';
import { AppError } from '../../../functions/ground/platform/errors.ts';
import { writeHistory } from '../../../functions/money/accounts/write-history.ts';
import { grantBonus, reverseBonus } from '../../../functions/money/ledger/grant-bonus.ts';
import { setProgramme } from '../../../functions/money/programme/set-programme.ts';
import { redeem } from '../../../functions/money/redemptions/redeem.ts';
import { moneyBack, openShop } from '../../support/shop.ts';

const cause = { kind: 'referral', id: 'referral-1' } as const;

const programme = { currency: 'EUR', timeZone: 'Europe/London', rules: [moneyBack] };

async function open(debt: 'carry' | 'forgive' = 'carry') {
  const shop = await openShop(moneyBack);
  if (debt === 'forgive') await setProgramme(shop.ctx, { ...programme, debt });
  const { accountId: rootId, customerId } = await shop.order();
  const ask = async (sql: string) =>
    (await shop.ctx.db.read({ sql, args: [] })).map((row) => row.map(String));
  return {
    ...shop,
    rootId,
    customerId,
    grant: (amount = 500n, of: typeof cause | { kind: 'survey'; id: string } = cause) =>
      grantBonus(shop.ctx, { rootId, cause: of, amount }),
    reverse: () => reverseBonus(shop.ctx, { rootId, cause, reason: 'order returned' }),
    /** A worker of its own on the same database: nothing but the database keeps it from doing the same. */
    another: () => ({ ...shop.ctx, queue: createAccountQueue() }),
    balance: async () => (await ask(`SELECT balance_minor FROM accounts WHERE id = '${rootId}'`))[0]?.[0],
    ledger: async () =>
      (await ask('SELECT kind, amount_minor FROM ledger ORDER BY seq')).map((row) => row.join(' ')),
    history: async () => (await ask('SELECT kind FROM history ORDER BY seq')).flat(),
    differences: async () => {
      const [evidence] = await loadEvidence(shop.ctx.db, [rootId], 'UTC');
      if (evidence === undefined) throw new Error('there is evidence');
      return (owed: typeof evidence.owedBonuses) => {
        const findings = openFindings(rootId);
        checkBonuses({ ...evidence, owedBonuses: owed }, findings);
        return findings.list.map(({ what, expected, found }) => `${what}: ${expected}, ${found}`);
      };
    },
  };
}

describe('a bonus', () => {
  test('is paid into the balance, never ends, and leaves its row in the history', async () => {
    const { ctx, grant, balance, history } = await open();
    expect(await grant()).toMatchObject({ amount: 500n, currency: 'EUR' });
    expect(await balance()).toBe('500');
    expect((await history()).at(-1)).toBe('bonus_granted');
    const [lot] = await ctx.db.read({ sql: 'SELECT remaining_minor, expires_at FROM lots', args: [] });
    expect(lot).toEqual([500n, null]);
  });

  test('is paid once for a cause, however often it is asked for', async () => {
    const { grant, balance, history } = await open();
    expect(await grant()).not.toBeNull();
    const before = await history();
    expect(await grant()).toBeNull();
    expect(await grant(700n)).toBeNull();
    expect(await balance()).toBe('500');
    expect(await history()).toEqual(before);
  });

  test('is paid once to ten workers that ask at the same time', async () => {
    const { another, rootId, balance } = await open();
    const paid = await Promise.all(
      Array.from({ length: 10 }, () => grantBonus(another(), { rootId, cause, amount: 500n })),
    );
    expect(paid.filter((bonus) => bonus !== null)).toHaveLength(1);
    expect(await balance()).toBe('500');
  });

  test('of another cause is another bonus', async () => {
    const { grant, balance } = await open();
    await Promise.all([grant(500n), grant(300n, { kind: 'survey', id: 'referral-1' })]);
    expect(await balance()).toBe('800');
  });

  test('is refused a second time by the database itself', async () => {
    const { ctx, grant, rootId } = await open();
    await grant();
    const again = ctx.db.write([
      {
        sql: `INSERT INTO bonuses SELECT 'other', account_id, cause_kind, cause_id, amount_minor, currency, entry_seq, at,
          actor FROM bonuses WHERE account_id = ?`,
        args: [rootId],
      },
    ]);
    await expect(again).rejects.toThrow('refused: bonus_given');
    const change = ctx.db.write([{ sql: 'UPDATE bonuses SET amount_minor = 1', args: [] }]);
    await expect(change).rejects.toThrow('append-only');
  });

  test('takes along what is told beside it, or nothing at all', async () => {
    const { ctx, rootId, balance, ledger } = await open();
    const bad = grantBonus(ctx, {
      rootId,
      cause,
      amount: 500n,
      also: { rows: [{ sql: 'INSERT INTO settings (key) VALUES (1)', args: [] }] },
    });
    await expect(bad).rejects.toThrow('NOT NULL');
    expect(await balance()).toBe('0');
    expect(await ledger()).toEqual([]);
  });

  test('settles an open debt first', async () => {
    const { grant, reverse, ctx, rootId, balance } = await open();
    await grant();
    await redeem(ctx, {
      customerId: null,
      accountId: rootId,
      kind: 'till',
      amount: 500n,
      currency: 'EUR',
      reference: null,
    });
    await reverse();
    expect(await balance()).toBe('-500');
    await grant(800n, { kind: 'survey', id: 's' });
    expect(await balance()).toBe('300');
    const [lots] = await ctx.db.read({ sql: 'SELECT sum(remaining_minor) FROM lots', args: [] });
    expect(lots).toEqual([300n]);
  });

  test.each([
    ['nothing', 0n],
    ['less than nothing', -1n],
  ])('of %s is a mistake of the caller', async (_, amount) => {
    const { grant } = await open();
    await expect(grant(amount)).rejects.toThrow(RangeError);
  });

  test('needs an account and a currency', async () => {
    const { ctx } = await openShop();
    const grant = grantBonus(ctx, { rootId: 'none', cause, amount: 1n });
    await expect(grant).rejects.toThrow('There is no such account');
  });
});

describe('a bonus taken back', () => {
  test('is taken back whole, once, and may then be paid again, once', async () => {
    const { grant, reverse, ledger, balance } = await open();
    await grant();
    expect(await reverse()).toMatchObject({ amount: 500n });
    expect(await reverse()).toBeNull();
    expect(await balance()).toBe('0');
    await grant(600n);
    expect(await grant(600n)).toBeNull();
    expect(await ledger()).toEqual(['bonus 500', 'bonus_reversal -500', 'bonus 600']);
  });

  test('that was never paid is nothing', async () => {
    const { reverse, history } = await open();
    const before = await history();
    expect(await reverse()).toBeNull();
    expect(await history()).toEqual(before);
  });

  test('is taken back once by ten workers at the same time', async () => {
    const { grant, another, rootId, balance } = await open();
    await grant();
    const taken = await Promise.all(
      Array.from({ length: 10 }, () => reverseBonus(another(), { rootId, cause, reason: 'returned' })),
    );
    expect(taken.filter((bonus) => bonus !== null)).toHaveLength(1);
    expect(await balance()).toBe('0');
  });

  test('takes from its own lot first, then from the rest of the balance, and the rest is debt', async () => {
    const { ctx, grant, reverse, rootId, order, balance, differences } = await open();
    await order({ totals: [10_000] });
    await grant(900n);
    await redeem(ctx, {
      customerId: null,
      accountId: rootId,
      kind: 'till',
      amount: 1200n,
      currency: 'EUR',
      reference: null,
    });
    expect(await balance()).toBe('200');
    await reverse();
    expect(await balance()).toBe('-700');
    expect((await differences())([])).toEqual([]);
    expect((await verify(ctx)).found).toEqual([]);
  });

  test('leaves no debt where the programme forgives', async () => {
    const { ctx, grant, reverse, rootId, balance, ledger } = await open('forgive');
    await grant();
    await redeem(ctx, {
      customerId: null,
      accountId: rootId,
      kind: 'till',
      amount: 500n,
      currency: 'EUR',
      reference: null,
    });
    await reverse();
    expect(await balance()).toBe('0');
    expect(await ledger()).toEqual(['bonus 500', 'redeem -500', 'bonus_reversal -500', 'forgive 500']);
    expect((await verify(ctx)).found).toEqual([]);
  });

  test('races with spending: either is first, and nothing is lost', async () => {
    const { ctx, another, grant, rootId, balance } = await open();
    await grant();
    const spend = redeem(another(), {
      customerId: null,
      accountId: rootId,
      kind: 'till',
      amount: 500n,
      currency: 'EUR',
      reference: null,
    }).catch((error: unknown) => error);
    const [spent] = await Promise.all([
      spend,
      reverseBonus(another(), { rootId, cause, reason: 'returned' }),
    ]);
    expect(await balance()).toBe(spent instanceof AppError ? '0' : '-500');
    expect((await verify(ctx)).found).toEqual([]);
  });
});

describe('verify', () => {
  test('finds a bonus that nobody owes, one that is missing, and one of another amount', async () => {
    const { grant, rootId, differences } = await open();
    const owed = { accountId: rootId, cause, amountMinor: 500n };
    expect((await differences())([owed])).toEqual(['bonus for referral referral-1: 500, nothing']);
    await grant();
    const check = await differences();
    expect(check([owed])).toEqual([]);
    expect(check([])).toEqual(['bonus for referral referral-1: nothing, 500']);
    expect(check([{ ...owed, amountMinor: 400n }])).toEqual(['bonus for referral referral-1: 400, 500']);
  });

  test('knows no bonus of the ledger without its row', async () => {
    const { ctx, grant } = await open();
    await grant();
    await ctx.db.script('DROP TRIGGER bonuses_no_delete; DELETE FROM bonuses');
    expect((await verify(ctx)).differences).toBeGreaterThan(0);
  });
});

describe('a decision that moves no money', () => {
  test('writes the history row and its statements together, or neither', async () => {
    const { ctx, rootId, history } = await open();
    const setting = (key: string) => ({
      sql: 'INSERT INTO settings VALUES (?, ?, 0, ?)',
      args: [key, 'x', 'test'],
    });
    const written = await writeHistory(ctx, rootId, () => ({
      history: { kind: 'customer_noted', detail: { amount: 5n } },
      rows: [setting('a')],
      result: 7,
    }));
    expect(written).toBe(7);
    expect((await history()).at(-1)).toBe('customer_noted');
    const before = await history();
    const refused = writeHistory(ctx, rootId, () => ({
      history: { kind: 'customer_noted' },
      rows: [setting('a')],
    }));
    await expect(refused).rejects.toThrow('UNIQUE');
    expect(await history()).toEqual(before);
  });

  test('decides again when the account changed meanwhile; none of many is lost', async () => {
    const { another, rootId, history, order, ctx } = await open();
    const many = Array.from({ length: 10 }, () =>
      writeHistory(another(), rootId, () => ({ history: { kind: 'customer_noted' } })),
    );
    await Promise.all([...many, order({ totals: [100] })]);
    expect((await history()).filter((kind) => kind === 'customer_noted')).toHaveLength(10);
    expect((await verify(ctx)).found).toEqual([]);
  });

  test('writes nothing when it leaves everything as it is', async () => {
    const { ctx, rootId, history } = await open();
    const before = await history();
    expect(await writeHistory(ctx, rootId, () => ({ ...unchanged, result: 7 }))).toBe(7);
    expect(await history()).toEqual(before);
  });

  test('refuses an account that is not there, and passes on what the decision refuses', async () => {
    const { ctx, rootId, history } = await open();
    const decision = { history: { kind: 'customer_noted' } } as const;
    await expect(writeHistory(ctx, 'none', () => decision)).rejects.toThrow('There is no such account');
    const before = await history();
    const refusal = () => {
      throw new AppError('not_found', 'Not this one.');
    };
    await expect(writeHistory(ctx, rootId, refusal)).rejects.toThrow('Not this one');
    expect(await history()).toEqual(before);
  });
});
