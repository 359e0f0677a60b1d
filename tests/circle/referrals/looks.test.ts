import { describe, expect, test } from 'vitest';
import type { Statement, Store } from '../../../db/store.ts';
import { lookAtReferrals } from '../../../functions/circle/referrals/look-due.ts';
import { addMark } from '../../../functions/circle/referrals/marks.ts';
import { listDue } from '../../../functions/circle/referrals/queries.ts';
import { DAY_MS } from '../../support/shop.ts';
import { openCircle } from './circle.ts';

const ben = 'ben@friends.example';
const wait = 15 * DAY_MS;

describe('looking at referrals', () => {
  test('finds what has news by an index of those that are due', async () => {
    const { ctx, tell, look, order } = await openCircle();
    await tell(ben);
    await tell('cleo@friends.example');
    await look();
    expect(await look()).toBe(0);
    await order({ email: ben, totals: [3000] });
    await order({ email: 'nobodys@friends.example', totals: [3000] });
    expect(await look()).toBe(1);
    expect(await look()).toBe(0);
    const asked: Statement[] = [];
    const read: Store['read'] = (statement) => {
      asked.push(statement);
      return ctx.db.read(statement);
    };
    await listDue({ ...ctx.db, read }, { now: ctx.now(), after: '' });
    const [{ sql = '', args = [] } = {}] = asked;
    const plan = await ctx.db.read({ sql: `EXPLAIN QUERY PLAN ${sql}`, args });
    expect(plan[0]?.[3]).toContain(
      'SEARCH referrals USING COVERING INDEX referrals_due (due_at>? AND due_at<?)',
    );
  });

  test('sees what comes while it looks the next time', async () => {
    const circle = await openCircle();
    const { ctx, tell, look, stateOf, order, paid, clock } = circle;
    const { id } = await tell(ben);
    await order({ email: ben, number: 'O-1', totals: [3000], placedAt: '2026-03-02T12:00:00Z' });
    clock.advance(wait + DAY_MS);
    let isFirst = true;
    const db: Store = {
      ...ctx.db,
      write: async (statements) => {
        if (isFirst) {
          isFirst = false;
          await circle.refund('O-1', '1', 3000);
        }
        return ctx.db.write(statements);
      },
    };
    await lookAtReferrals({ ...circle.another(), db });
    await look();
    expect(await stateOf(id)).toBe('returned');
    expect(await paid(id)).toEqual([]);
    expect(await circle.differences()).toEqual([]);
  });

  test('goes on behind one that cannot be settled', async () => {
    const { ctx, tell, buy, stateOf, look, clock, differences } = await openCircle();
    const first = await tell(ben);
    const second = await tell('cleo@friends.example');
    await buy(ben);
    await buy('cleo@friends.example');
    await look();
    clock.advance(wait);
    await ctx.db.write([
      {
        sql: `CREATE TRIGGER refuses BEFORE INSERT ON bonuses WHEN NEW.cause_id = '${first.id}'
          BEGIN SELECT RAISE(ABORT, 'refused: for a test'); END`,
        args: [],
      },
    ]);
    await look();
    expect(await stateOf(first.id)).toBe('ordered');
    expect(await stateOf(second.id)).toBe('rewarded');
    await ctx.db.write([{ sql: 'DROP TRIGGER refuses', args: [] }]);
    await look();
    expect(await stateOf(first.id)).toBe('rewarded');
    expect(await differences()).toEqual([]);
  });

  test('checks the next order when the one that paid was returned, also between two looks', async () => {
    const { ctx, ann, tell, buy, look, refund, stateOf, reasonsOf, paid, clock, mails, differences } =
      await openCircle();
    const { id, friendId } = await tell(ben);
    const number = await buy(ben);
    clock.advance(wait);
    await look();
    expect(await paid(id)).toEqual(['700', '500']);
    for (const customerId of [ann, friendId])
      await addMark(ctx, { customerId, kind: 'payment', mark: 'card' });
    await buy(ben);
    clock.advance(wait);
    await look();
    expect(await paid(id)).toEqual(['700', '500']);
    await refund(number, '1', 3000);
    await look();
    expect(await stateOf(id)).toBe('held');
    expect(await reasonsOf(id)).toEqual(['same_payment_mark']);
    expect(await paid(id)).toEqual([]);
    expect((await mails()).filter((mail) => mail === 'referral_held')).toHaveLength(1);
    expect(await differences()).toEqual([]);
  });
});
