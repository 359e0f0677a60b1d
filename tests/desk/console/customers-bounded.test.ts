import fc from 'fast-check';
import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { traits } from '../../../functions/desk/console/customers/conditions.ts';
import {
  COUNTED_MAX,
  type CustomerFilter,
  customerSorts,
} from '../../../functions/desk/console/customers/customer-filter.ts';
import {
  type CustomerPlace,
  countFiltered,
  findFiltered,
  seek,
} from '../../../functions/desk/console/customers/find-filtered.ts';
import { sortKey } from '../../../functions/ground/platform/sort-key.ts';
import { scansIn } from '../../support/scans-of.ts';
import { createTestFile, createTestStore } from '../../support/test-store.ts';

const everyone: CustomerFilter = {
  ...{ kind: null, isInClub: null, isClaimed: null, hasDebt: null, hasLapsed: null, wantsNews: null },
  ...{ spendFrom: null, spendTo: null, lastSince: null, lastUntil: null },
  ...{ joinedSince: null, joinedUntil: null, own: null, managerId: null, ids: null },
};

const CUSTOMERS = 24_000;

/** Names in several alphabets, and one before whose key no other stands. */
const starts = ['Ann', 'Öz', 'Зоя', 'Іван', 'Ґанна', '№', 'ann'] as const;

/** What customer `i` is, in SQL and here; who spent most joined last, so that the two are hard to have together. */
const rows = Array.from({ length: CUSTOMERS }, (_, i) => ({
  id: `c${String(i).padStart(6, '0')}`,
  kind: i % 100 === 0 ? ('company' as const) : i % 100 === 1 ? ('household' as const) : ('personal' as const),
  isClaimed: i % 2 === 1,
  isInClub: i >= 23_000,
  wantsNews: i % 7 === 0,
  hasLapsed: i % 1000 === 0,
  name: sortKey(`${starts[i % starts.length]} ${String((i * 7) % CUSTOMERS).padStart(6, '0')}`),
  joined: (CUSTOMERS - i) * 1000,
  spend: i * 10,
  last: (i * 31) % CUSTOMERS,
  balance: i % 500 === 0 ? -i : (i * 37) % 1000,
  own: { tea: i % 40 === 3 ? 'Green' : null, cup: i % 2 === 0 ? 'big' : null } as Record<
    string,
    string | null
  >,
}));
type Row = (typeof rows)[number];

async function fill(db: Store): Promise<Store> {
  await db.write([
    // Nothing is found by a text here.
    ...['customer_words_insert', 'own_words_insert'].map((name) => statement(`DROP TRIGGER ${name}`)),
    statement(
      `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1)
       INSERT INTO customer_figures (customer_id, root_id, kind, is_claimed, joined_at, spend_minor, order_count,
         year_spend_minor, last_placed_at, balance_minor, is_in_club, wants_news, has_lapsed, name_key, traits)
       SELECT *, ${traits} FROM (SELECT printf('c%06d', i) AS customer_id, 'r', CASE i % 100 WHEN 0 THEN 'company' WHEN 1 THEN 'household' ELSE 'personal' END AS kind,
         i % 2 AS is_claimed, (?1 - i) * 1000, i * 10, 1, 0, i * 31 % ?1, CASE i % 500 WHEN 0 THEN -i ELSE i * 37 % 1000 END AS balance_minor,
         i >= 23000 AS is_in_club, i % 7 = 0 AS wants_news, i % 1000 = 0 AS has_lapsed, names.value FROM n JOIN json_each(?2) AS names ON names.key = n.i)`,
      CUSTOMERS,
      JSON.stringify(rows.map(({ name }) => name)),
    ),
    statement(
      `INSERT INTO own_fields (key, kind, names, choices, customers, at, actor)
       VALUES ('tea', 'choice', '{}', '[]', 'nothing', 1, 'x'), ('cup', 'choice', '{}', '[]', 'nothing', 1, 'x')`,
    ),
    statement('INSERT INTO customers (id, created_at) SELECT customer_id, joined_at FROM customer_figures'),
    ...['tea', 'cup'].map((key) =>
      statement(
        `INSERT INTO own_field_values (customer_id, field_key, value, at, actor)
         SELECT value ->> 0, ?, value ->> 1, 1, 'x' FROM json_each(?)`,
        key,
        JSON.stringify(rows.flatMap(({ id, own }) => (own[key] ? [[id, own[key]]] : []))),
      ),
    ),
  ]);
  return db;
}

/** The filters alone and together, few and many; the last two are many each and nobody together. */
const filters: [string, Partial<CustomerFilter>][] = [
  ['everybody', {}],
  ['people', { kind: 'personal' }],
  ['households', { kind: 'household' }],
  ['companies', { kind: 'company' }],
  ['the club', { isInClub: true }],
  ['those outside it', { isInClub: false }],
  ['members', { isClaimed: true }],
  ['others', { isClaimed: false }],
  ['debts', { hasDebt: true }],
  ['no debts', { hasDebt: false }],
  ['lapsed credit', { hasLapsed: true }],
  ['none lapsed', { hasLapsed: false }],
  ['news', { wantsNews: true }],
  ['no news', { wantsNews: false }],
  ['spend from', { spendFrom: 230_000n }],
  ['spend up to', { spendTo: 230_000n }],
  ['last since', { lastSince: 23_900 }],
  ['last until', { lastUntil: 23_900 }],
  ['joined since', { joinedSince: 23_900_000 }],
  ['joined until', { joinedUntil: 23_900_000 }],
  ['an own field', { own: { key: 'tea', value: 'Green' } }],
  ['an own field of many', { own: { key: 'cup', value: 'big' } }],
  ['an own value of nobody', { own: { key: 'tea', value: 'Black' } }],
  ['what a text found', { ids: ['c000007', 'c023999'] }],
  ['few in the club', { isInClub: true, kind: 'company', lastSince: 12_000 }],
  ['many and many', { spendFrom: 90_000n, joinedSince: 9_000_000 }],
  ['many and many, of whom there is nobody', { spendFrom: 125_000n, joinedSince: 11_600_000 }],
];

test('each filter in each order is found by an index, and so is its number', async () => {
  const db = await fill(await createTestStore());
  for (const [what, some] of filters)
    for (const sort of customerSorts)
      for (const isFalling of [false, true]) {
        const filter = { ...everyone, ...some };
        const after = { by: sort === 'name' ? 'n' : 1000, id: 'c' };
        const scans = await scansIn(db, async (seen) => {
          const sought = await seek(seen, filter);
          await countFiltered(seen, sought);
          await findFiltered(seen, sought, { order: { sort, isFalling }, after: null, limit: 51 });
          await findFiltered(seen, sought, { order: { sort, isFalling }, after, limit: 51 });
        });
        const whole = scans.filter((step) => !/^SCAN (?:\w+ VIRTUAL TABLE INDEX|w$|walk$)/.test(step));
        expect(whole, `${what} by ${sort}`).toEqual([]);
      }
});

test('finds and counts what a plain filter would, in every order, page after page', async () => {
  const db = await fill(await createTestStore());
  const meets = (row: Row, f: CustomerFilter) =>
    (f.kind === null || row.kind === f.kind) &&
    (f.isInClub ?? row.isInClub) === row.isInClub &&
    (f.isClaimed ?? row.isClaimed) === row.isClaimed &&
    (f.wantsNews ?? row.wantsNews) === row.wantsNews &&
    (f.hasLapsed ?? row.hasLapsed) === row.hasLapsed &&
    (f.hasDebt ?? row.balance < 0) === row.balance < 0 &&
    row.spend >= Number(f.spendFrom ?? 0) &&
    row.spend <= Number(f.spendTo ?? Infinity) &&
    row.last >= (f.lastSince ?? 0) &&
    row.last < (f.lastUntil ?? Infinity) &&
    row.joined >= (f.joinedSince ?? 0) &&
    row.joined < (f.joinedUntil ?? Infinity) &&
    (f.own === null || row.own[f.own.key] === f.own.value) &&
    (f.ids?.includes(row.id) ?? true);
  const some = filters.map(([, filter]) => filter);
  /** Whether each amount, time, own field or text of a filter is met by more than are looked at whole. */
  const isManyEach = (f: CustomerFilter) => {
    const { kind, isInClub, isClaimed, hasDebt, hasLapsed, wantsNews } = f;
    const answers = { ...everyone, kind, isInClub, isClaimed, hasDebt, hasLapsed, wantsNews };
    const ranges: (keyof CustomerFilter)[][] = [
      ['spendFrom', 'spendTo'],
      ['lastSince', 'lastUntil'],
      ['joinedSince', 'joinedUntil'],
    ];
    const alone = (base: CustomerFilter, names: readonly (keyof CustomerFilter)[]) => {
      const set = names.filter((name) => f[name] !== null);
      if (set.length === 0) return [];
      const one = { ...base, ...Object.fromEntries(set.map((name) => [name, f[name]])) };
      return [rows.filter((row) => meets(row, one)).length];
    };
    const met = [
      ...ranges.flatMap((names) => alone(answers, names)),
      ...alone(everyone, ['own']),
      ...alone(everyone, ['ids']),
    ];
    return met.length > 0 && met.every((many) => many > COUNTED_MAX);
  };
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...some),
      fc.constantFrom(...some),
      fc.constantFrom(...customerSorts),
      fc.boolean(),
      async (one, other, sort, isFalling) => {
        const filter = { ...everyone, ...one, ...other };
        const sign = isFalling ? -1 : 1;
        const wanted = rows
          .filter((row) => meets(row, filter))
          .sort((a, b) => sign * (a[sort] < b[sort] ? -1 : a[sort] > b[sort] ? 1 : a.id < b.id ? -1 : 1));
        const sought = await seek(db, filter);
        const { count, isOpen } = await countFiltered(db, sought);
        expect(isOpen).toBe(wanted.length > COUNTED_MAX || isManyEach(filter));
        if (!isOpen) expect(count).toBe(wanted.length);
        else {
          // Of a filter that many meet twice as many are looked at as are counted: so few were left out at the most.
          const left = CUSTOMERS - 2 * COUNTED_MAX;
          expect(count).toBeLessThanOrEqual(Math.min(wanted.length, COUNTED_MAX));
          expect(count).toBeGreaterThanOrEqual(Math.min(wanted.length - left, COUNTED_MAX));
        }
        const found: string[] = [];
        let after: CustomerPlace | null = null;
        do {
          const page: Awaited<ReturnType<typeof findFiltered>> = await findFiltered(db, sought, {
            order: { sort, isFalling },
            after,
            limit: 200,
          });
          found.push(...page.places.map(({ id }) => id));
          after = page.places.length < 200 ? page.goOn : (page.places.at(-1) ?? null);
        } while (after !== null && found.length < 1000);
        expect(found.slice(0, 1000)).toEqual(
          wanted
            .slice(0, Math.max(1000, 0))
            .map(({ id }) => id)
            .slice(0, found.length),
        );
        if (found.length < 1000) expect(found.length).toBe(wanted.length);
      },
    ),
    { numRuns: 60 },
  );
});

test('a walk that meets nobody stops and tells where to go on', async () => {
  const { store } = await createTestFile();
  const db = await fill(store);
  const filter = { ...everyone, spendFrom: 125_000n, joinedSince: 11_600_000 };
  const order = { sort: 'name', isFalling: false } as const;
  const sought = await seek(db, filter);
  const first = await findFiltered(db, sought, { order, after: null, limit: 51 });
  expect(first.places).toEqual([]);
  expect(first.goOn).not.toBeNull();
  const second = await findFiltered(db, sought, { order, after: first.goOn, limit: 51 });
  expect(second.goOn === null || String(second.goOn.by) > String(first.goOn?.by)).toBe(true);
  expect(await countFiltered(db, sought)).toEqual({ count: 0, isOpen: true });
});
