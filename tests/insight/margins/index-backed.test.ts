import { expect, test } from 'vitest';
import type { Store } from '../../../db/store.ts';
import { readApplied, readAppliedSlice } from '../../../functions/insight/margins/read-applied.ts';
import { stepsIn } from '../../support/scans-of.ts';
import { createTestStore } from '../../support/test-store.ts';

const accounts = { ids: '["a"]', currency: 'EUR', since: 0, from: 0, to: 1 };
const slice = { after: 'a', upTo: 'b', currency: 'EUR', hasProducts: true };

test.each([
  ['of listed accounts', (db: Store) => readApplied(db, accounts)],
  ['of a slice of accounts', (db: Store) => readAppliedSlice(db, slice)],
])('the margins %s are read from their orders, not from all of the currency', async (_whose, read) => {
  const [steps = []] = await stepsIn(await createTestStore(), read);
  expect(steps.filter((step) => step.startsWith('SEARCH o '))).toEqual([
    expect.stringMatching(/INDEX orders_root_placed \(root_id[=>]\?/),
  ]);
});
