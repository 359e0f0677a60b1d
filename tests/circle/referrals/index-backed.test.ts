import { expect, test } from 'vitest';
import type { Store } from '../../../db/store.ts';
import { sumFriendOrders } from '../../../functions/circle/referrals/friend-orders.ts';
import {
  listDue,
  listEmails,
  listFriendOrders,
  listSharedMarks,
} from '../../../functions/circle/referrals/queries.ts';
import { findOpenBonus } from '../../../functions/money/ledger/find-open-bonus.ts';
import { listBonuses, listBonusReversals } from '../../../functions/money/ledger/list-bonuses.ts';
import { scansOf, stepsIn } from '../../support/scans-of.ts';
import { createTestStore } from '../../support/test-store.ts';

const people = { referrerId: 'a', friendId: 'b' };
const ids = '["a"]';
/** What is read whole and is small: what the caller named, and the steps from a customer to who survives a merge. */
const isSmall = /json_each|^SCAN CONSTANT ROW$|^SCAN later$/;

test.each([
  ['bonuses of accounts', (db: Store) => listBonuses(db, { ids })],
  ['reversals of accounts', (db: Store) => listBonusReversals(db, { ids })],
  ['the bonus of a cause', (db: Store) => findOpenBonus(db, { rootId: 'a', kind: 'club', id: 'b' })],
  ['emails of two people', (db: Store) => listEmails(db, people)],
  ['marks of two people', (db: Store) => listSharedMarks(db, people)],
  ['orders of friends', (db: Store) => listFriendOrders(db, { ids })],
  ['referrals that are due', (db: Store) => listDue(db, { now: 0, after: '' })],
])('%s are found by an index', async (_what, read) => {
  const scans = await scansOf(read);
  expect(scans.filter((step) => !isSmall.test(step))).toEqual([]);
});

test('what friends spent is read friend by friend, not from all orders of the currency', async () => {
  const [steps = []] = await stepsIn(await createTestStore(), (db) =>
    sumFriendOrders(db, { ids, currency: 'EUR' }),
  );
  expect(steps.filter((step) => step.startsWith('SEARCH orders'))).toEqual([
    expect.stringContaining('(root_id=?'),
  ]);
});
