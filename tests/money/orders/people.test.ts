import { expect, test } from 'vitest';
import type { Statement } from '../../../db/store.ts';
import {
  departmentKey,
  type KeptCustomer,
  membershipKey,
  type OrderContext,
} from '../../../functions/money/orders/load-order-context.ts';
import { buyerId, customerKeyId, type OrderDraft } from '../../../functions/money/orders/order.ts';
import { findBuyer, openPeople } from '../../../functions/money/orders/people.ts';
import { aDraft } from './builders.ts';
import { aCustomer, aKnown, anAccount, ann, named, now } from './order-context.ts';

const email = (address: string, key: string | null = null) =>
  ({ kind: 'email', email: address, key }) as const;
const key = (text: string) => ({ kind: 'key', key: text }) as const;
const byKey = (text: string) => customerKeyId('till', text);

/** A customer whom the till knows by C-1 and nobody by an email. */
const keyed: KeptCustomer = { ...aCustomer('carl@x.example'), email: null };

/** They are known by their emails, and by C-1 whoever has it. */
function knownWith(
  customers: readonly KeptCustomer[],
  holder?: KeptCustomer,
  parts: Partial<OrderContext> = {},
) {
  const known = named(holder === undefined ? customers : [...customers, holder]);
  const byName = customers.map((one): [string, KeptCustomer] => [one.email ?? '', one]);
  const held: [string, KeptCustomer][] = holder === undefined ? [] : [[byKey('C-1'), holder]];
  return { ...known, customers: new Map([...byName, ...held]), ...parts };
}

/** What is written, in order: `insert TABLE` with the values that say something, or the words of an update. */
function written(statements: readonly Statement[]) {
  return statements.map(({ sql, args = [] }) => {
    const [, table, columns] = /^INSERT INTO "(\w+)" \(([^)]*)\)/.exec(sql) ?? [];
    if (columns === undefined) return [sql, ...args];
    const names = columns.replaceAll('"', '').split(', ');
    const said = names.flatMap((name, at) => (told.has(name) ? [[name, args[at] ?? null]] : []));
    return [`insert ${table}`, Object.fromEntries(said)];
  });
}
const told = new Set(['email', 'source', 'key', 'kind', 'since', 'created_at']);

/** Opens the people of drafts as a plan does: the root first, then the place of each. */
function open(drafts: readonly OrderDraft[], known: OrderContext = aKnown()) {
  const people = openPeople(known, now);
  const root = people.rootOf(drafts);
  const places = drafts.map(people.placeOf);
  return { root, places, created: people.created(), statements: people.statements };
}

const made = { created_at: now };

test.each<[string, OrderDraft, OrderContext, unknown[]]>([
  [
    'an email that nobody has',
    aDraft({ customerName: 'Ann' }),
    aKnown(),
    [
      ['insert customers', { email: 'ann@x.example', ...made }],
      ['insert accounts', { kind: 'personal', ...made }],
      ['insert memberships', { since: now }],
    ],
  ],
  [
    'an email and a key that nobody has',
    aDraft({ buyer: email('ann@x.example', 'C-1') }),
    aKnown(),
    [
      ['insert customers', { email: 'ann@x.example', ...made }],
      ['insert customer_keys', { source: 'till', key: 'C-1', since: now }],
      ['insert accounts', { kind: 'personal', ...made }],
      ['insert memberships', { since: now }],
    ],
  ],
  [
    'a key that nobody has',
    aDraft({ buyer: key('C-1') }),
    aKnown(),
    [
      ['insert customers', { email: null, ...made }],
      ['insert customer_keys', { source: 'till', key: 'C-1', since: now }],
      ['insert accounts', { kind: 'personal', ...made }],
      ['insert memberships', { since: now }],
    ],
  ],
  ['an email that we know', aDraft(), knownWith([ann]), []],
  ['a key that we know', aDraft({ buyer: key('C-1') }), knownWith([], keyed), []],
  [
    'an email with its key, both known',
    aDraft({ buyer: email('ann@x.example', 'C-1') }),
    knownWith([ann], ann),
    [],
  ],
  [
    'a key that we know, now with an email: it becomes theirs',
    aDraft({ buyer: email('carl@x.example', 'C-1') }),
    knownWith([], keyed),
    [['UPDATE customers SET email = ? WHERE id = ?', 'carl@x.example', 'carl']],
  ],
  [
    'an email that we know, with a key that was somebody else',
    aDraft({ buyer: email('ann@x.example', 'C-1') }),
    knownWith([ann], keyed),
    [
      [
        'UPDATE customer_keys SET customer_id = ?, since = ? WHERE source = ? AND key = ?',
        'ann',
        now,
        'till',
        'C-1',
      ],
    ],
  ],
  [
    'an email that nobody has, with a key of somebody who has another email',
    aDraft({ buyer: email('new@x.example', 'C-1') }),
    knownWith([ann], ann),
    [
      ['insert customers', { email: 'new@x.example', ...made }],
      [
        'UPDATE customer_keys SET customer_id = ?, since = ? WHERE source = ? AND key = ?',
        expect.any(String),
        now,
        'till',
        'C-1',
      ],
      ['insert accounts', { kind: 'personal', ...made }],
      ['insert memberships', { since: now }],
    ],
  ],
  [
    'somebody who was taken back and had no name: they are here again',
    aDraft({ customerName: 'Ann' }),
    knownWith([{ ...ann, customerWithdrawnAt: 5 }]),
    [
      ['UPDATE customers SET withdrawn_at = NULL WHERE id = ?', 'ann'],
      ['UPDATE customers SET name = ? WHERE id = ? AND name IS NULL', 'Ann', 'ann'],
    ],
  ],
  [
    'somebody who has a name already: it stays',
    aDraft({ customerName: 'Anna' }),
    knownWith([{ ...ann, customerName: 'Ann' }]),
    [],
  ],
  [
    'somebody of whom we know neither account nor name, nor is told one',
    aDraft(),
    knownWith([{ ...ann, own: null }]),
    [
      ['insert accounts', { kind: 'personal', ...made }],
      ['insert memberships', { since: now }],
    ],
  ],
])('of %s', (_name, draft, known, expected) => {
  expect(written(open([draft], known).statements)).toEqual(expected);
});

test('a customer who is made gets the name, an account of their own, and the place of the order', () => {
  const { root, places, created, statements } = open([aDraft({ customerName: 'Ann' })]);
  const [customer, account, membership] = statements.map(({ args = [] }) => args);
  expect(created).toEqual(['ann@x.example']);
  expect(customer).toContain('Ann');
  expect(places).toEqual([{ customerId: customer?.[0], accountId: root.id }]);
  expect(account?.filter((value) => value === root.id)).toHaveLength(2);
  expect(account).toContain(customer?.[0]);
  expect(membership).toEqual(expect.arrayContaining([root.id, customer?.[0], now]));
});

test('of somebody known no customer is made, and their own account takes the order', () => {
  const { root, places, created } = open([aDraft()], knownWith([ann]));
  expect([root, places, created]).toEqual([ann.own, [{ customerId: 'ann', accountId: 'ann-own' }], []]);
});

test.each<[string, OrderDraft[], OrderContext, string[]]>([
  ['the same email twice', [aDraft(), aDraft({ number: 'A-2' })], aKnown(), ['ann@x.example']],
  [
    'the same key twice',
    [aDraft({ buyer: key('C-1') }), aDraft({ buyer: key('C-1') })],
    aKnown(),
    [byKey('C-1')],
  ],
  [
    'a key, then an email with it',
    [aDraft({ buyer: key('C-1') }), aDraft({ buyer: email('ann@x.example', 'C-1') })],
    aKnown(),
    [byKey('C-1')],
  ],
  [
    'an email with a key, then the key',
    [aDraft({ buyer: email('ann@x.example', 'C-1') }), aDraft({ buyer: key('C-1') })],
    aKnown(),
    ['ann@x.example'],
  ],
  [
    'a key of another source, which is another customer',
    [aDraft({ buyer: key('C-1') }), aDraft({ source: 'web', buyer: key('C-1') })],
    aKnown(),
    [byKey('C-1'), customerKeyId('web', 'C-1')],
  ],
  [
    'a key with one email, then with another: two customers',
    [
      aDraft({ buyer: key('C-1') }),
      aDraft({ buyer: email('ann@x.example', 'C-1') }),
      aDraft({ buyer: email('bob@x.example', 'C-1') }),
    ],
    aKnown(),
    [byKey('C-1'), 'bob@x.example'],
  ],
  [
    'a known key with one email, then with another: the second is new',
    [aDraft({ buyer: email('carl@x.example', 'C-1') }), aDraft({ buyer: email('bob@x.example', 'C-1') })],
    knownWith([], keyed),
    ['bob@x.example'],
  ],
  [
    'a known key with an email, twice',
    [aDraft({ buyer: email('carl@x.example', 'C-1') }), aDraft({ buyer: email('carl@x.example', 'C-1') })],
    knownWith([], keyed),
    [],
  ],
])('several drafts make the customers they have to: %s', (_name, drafts, known, expected) => {
  expect(open(drafts, known).created).toEqual(expected);
});

test('who is met again is one customer, joins once, and is asked for by each name', () => {
  const drafts = [
    aDraft({ buyer: key('C-1') }),
    aDraft({ number: 'A-2', buyer: email('ann@x.example', 'C-1') }),
    aDraft({ number: 'A-3' }),
    aDraft({ number: 'A-4', buyer: key('C-1') }),
  ];
  const { places, statements } = open(drafts);
  expect(new Set(places.map(({ customerId }) => customerId)).size).toBe(1);
  expect(written(statements)).toEqual([
    ['insert customers', { email: null, ...made }],
    ['insert customer_keys', { source: 'till', key: 'C-1', since: now }],
    ['insert accounts', { kind: 'personal', ...made }],
    ['insert memberships', { since: now }],
    ['UPDATE customers SET email = ? WHERE id = ?', 'ann@x.example', places[0]?.customerId],
  ]);
});

test('a key that comes beside two emails in turn is learnt for each once, and means the last', () => {
  const drafts = [email('ann@x.example', 'C-1'), email('bob@x.example', 'C-1'), key('C-1')].map((buyer) =>
    aDraft({ buyer }),
  );
  const { places } = open(drafts);
  expect(places[2]?.customerId).toBe(places[1]?.customerId);
  expect(places[1]?.customerId).not.toBe(places[0]?.customerId);
});

const acme = anAccount({ id: 'acme', rootId: 'acme', kind: 'shared', name: 'ACME' });
const paris = anAccount({ id: 'paris', rootId: 'acme', kind: 'department', name: 'Paris' });
const company: Partial<OrderContext> = {
  sharedByName: new Map([['ACME', acme]]),
  accounts: new Map([
    ['acme', acme],
    ['paris', paris],
  ]),
  departments: new Map([[departmentKey('acme', 'Paris'), paris]]),
};
const ofAcme = (parts: Partial<OrderDraft> = {}) => aDraft({ account: 'ACME', ...parts });

test.each<[string, OrderDraft[], OrderContext, unknown[]]>([
  [
    'a company that is new is opened, with nobody as its owner',
    [ofAcme()],
    knownWith([ann]),
    [
      ['insert accounts', { kind: 'shared', ...made }],
      ['insert memberships', { since: now }],
    ],
  ],
  [
    'a company that we know takes who orders in',
    [ofAcme()],
    knownWith([ann], undefined, company),
    [['insert memberships', { since: now }]],
  ],
  [
    'a member of it is one already',
    [ofAcme()],
    knownWith([ann], undefined, { ...company, members: new Set([membershipKey('acme', 'ann')]) }),
    [],
  ],
  [
    'a department that is new is opened once for two orders',
    [ofAcme({ department: 'Rome' }), ofAcme({ department: 'Rome' })],
    knownWith([ann], undefined, company),
    [
      ['insert accounts', { kind: 'department', ...made }],
      ['insert memberships', { since: now }],
    ],
  ],
  [
    'two departments that are new are two',
    [ofAcme({ department: 'Rome' }), ofAcme({ department: 'Oslo' })],
    knownWith([ann], undefined, company),
    [
      ['insert accounts', { kind: 'department', ...made }],
      ['insert memberships', { since: now }],
      ['insert accounts', { kind: 'department', ...made }],
      ['insert memberships', { since: now }],
    ],
  ],
  [
    'a department that we know takes who orders in',
    [ofAcme({ department: 'Paris' })],
    knownWith([ann], undefined, company),
    [['insert memberships', { since: now }]],
  ],
])('%s', (_name, drafts, known, expected) => {
  expect(written(open(drafts, known).statements)).toEqual(expected);
});

test('a new company and its new department hang together, and the order lies in the department', () => {
  const { root, places, statements } = open([ofAcme({ department: 'Paris' })], knownWith([ann]));
  const [shared, department] = statements.map(({ args = [] }) => args);
  expect(shared).toEqual(expect.arrayContaining([root.id, 'shared', 'ACME']));
  expect(shared).not.toContain('ann');
  expect(department).toEqual(expect.arrayContaining([root.id, 'department', 'Paris']));
  expect(places).toEqual([{ customerId: 'ann', accountId: department?.[0] }]);
  expect(department?.[0]).not.toBe(root.id);
});

test('a known department lies under its known company', () => {
  const { root, places } = open([ofAcme({ department: 'Paris' })], knownWith([ann], undefined, company));
  expect([root, places]).toEqual([acme, [{ customerId: 'ann', accountId: 'paris' }]]);
});

test('without drafts there is a root that nothing is written of', () => {
  const { root, statements } = open([]);
  expect([root.ledgerSeq, statements]).toEqual([0, []]);
});

test.each<[string, OrderDraft, OrderContext, boolean]>([
  [
    'a key beside an email that did not have it',
    aDraft({ buyer: email('ann@x.example', 'C-1') }),
    knownWith([ann]),
    true,
  ],
  [
    'a key that the email has',
    aDraft({ buyer: email('ann@x.example', 'C-1') }),
    knownWith([ann], ann),
    false,
  ],
  ['an email alone', aDraft(), aKnown(), false],
  ['a key alone', aDraft({ buyer: key('C-1') }), aKnown(), false],
])('a draft teaches something of its customer or not: %s', (_name, draft, known, expected) => {
  const people = openPeople(known, now);
  expect(people.learn(draft)).toBe(expected);
  expect(people.statements.length > 0).toBe(expected);
});

test('what one draft taught is news of that draft alone', () => {
  const people = openPeople(knownWith([ann]), now);
  const [first, second] = [
    aDraft({ buyer: email('ann@x.example', 'C-1') }),
    aDraft({ buyer: email('ann@x.example', 'C-1') }),
  ];
  expect([people.learn(first), people.learn(second), people.learn(first)]).toEqual([true, false, true]);
});

test.each<[string, OrderDraft, OrderContext, string | undefined]>([
  ['by email', aDraft(), knownWith([ann]), 'ann'],
  [
    'by email, whoever has the key',
    aDraft({ buyer: email('ann@x.example', 'C-1') }),
    knownWith([ann], keyed),
    'ann',
  ],
  [
    'by key, where nobody has the email',
    aDraft({ buyer: email('new@x.example', 'C-1') }),
    knownWith([], keyed),
    'carl',
  ],
  [
    'nobody, where the key has another email',
    aDraft({ buyer: email('new@x.example', 'C-1') }),
    knownWith([], ann),
    undefined,
  ],
  [
    'nobody, where the key belongs to another source',
    aDraft({ source: 'web', buyer: email('new@x.example', 'C-1') }),
    knownWith([], keyed),
    undefined,
  ],
  ['nobody by an email that is new', aDraft(), aKnown(), undefined],
  ['nobody by a key that is new', aDraft({ buyer: key('C-9') }), knownWith([], keyed), undefined],
])('a draft means somebody we know: %s', (_name, draft, known, expected) => {
  expect(findBuyer(known, draft)?.customerId).toBe(expected);
});

test.each<[OrderDraft['buyer'], string]>([
  [email('ann@x.example', 'C-1'), 'ann@x.example'],
  [key('C-1'), '["till","C-1"]'],
  [{ kind: 'customer', id: 'ann' }, 'customer ann'],
  [{ kind: 'nobody' }, 'nobody'],
])('whom a draft means is one text: %o', (buyer, expected) => {
  expect(buyerId({ source: 'till', buyer })).toBe(expected);
});
