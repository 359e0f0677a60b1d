import fc from 'fast-check';

/** What a sequence is made of. Numbers name things by their place among those that are there. */
export type Command =
  | { kind: 'wait'; days: number; runsJobs: boolean }
  | { kind: 'order'; order: OrderSketch }
  | { kind: 'sale'; order: OrderSketch }
  | { kind: 'claim'; sale: number; buyer: number; by: 'code' | 'staff' | 'source' }
  | { kind: 'again'; order: number }
  | { kind: 'event'; order: number; status: number; daysAgo: number; isRepeated: boolean }
  | { kind: 'refund'; order: number; line: number; percent: number; isRepeated: boolean }
  | {
      kind: 'return';
      order: number;
      line: number;
      /** Quarters of a line. */
      share: number;
      outcome: 'refund' | 'credit' | 'exchange';
      end: 'settled' | 'refused' | 'withdrawn';
    }
  | { kind: 'move'; order: number; buyer: number }
  | { kind: 'merge'; survivor: number; merged: number }
  | { kind: 'unmerge'; merge: number }
  | { kind: 'redeem'; buyer: number; as: 'till' | 'voucher' | 'donation' | 'payout'; percent: number }
  | { kind: 'reverse'; redemption: number }
  | { kind: 'use'; voucher: number; order: number; percent: number }
  | { kind: 'adjust'; buyer: number; amount: number }
  | { kind: 'club'; buyer: number; act: 'join' | 'end' | 'withdraw'; daysAgo: number }
  | { kind: 'ask' }
  | {
      kind: 'programme';
      rules: number[];
      start: 'early' | 'today' | 'tomorrow';
      debt: 'carry' | 'forgive';
      /** Whether accounts are left to be reached by what comes next. */
      isLeft: boolean;
    };

export interface OrderSketch {
  buyer: number;
  daysAgo: number;
  status: number;
  isDollars: boolean;
  shipping: number;
  lines: { total: number; discountPercent: number; category: number; giftCard: boolean }[];
}

/** Who buys: by an email, or by a key of the source that they always buy at. */
export type TestBuyer = ({ email: string; key: null } | { email: null; key: string }) & {
  account: string | null;
  department: string | null;
};

/** The buyers of a sequence; some order for a company, where the whole company earns. Odd ones buy on the web. */
export const buyers: readonly TestBuyer[] = [
  { email: 'ann@example.com', key: null, account: null, department: null },
  { email: 'bob@example.com', key: null, account: null, department: null },
  { email: 'ann@example.com', key: null, account: 'ACME', department: null },
  { email: 'cid@example.com', key: null, account: 'ACME', department: 'Paris' },
  { email: 'dan@example.com', key: null, account: 'ACME', department: 'Lviv' },
  { email: null, key: 'K-5', account: null, department: null },
  { email: null, key: 'K-6', account: null, department: null },
  { email: null, key: 'K-7', account: 'ACME', department: null },
];

export const categories = [null, 'Books', 'Gift cards'] as const;

/** Events that move money come more often than their share. */
export const statuses = [
  ...['delivered', 'delivered', 'cancelled', 'on_hold', 'on_hold', 'released', 'released'],
  ...['confirmed', 'packed', 'shipped', 'out_for_delivery', 'delayed', 'delivery_failed', 'ready_for_pickup'],
  ...['return_requested', 'return_approved', 'return_refused', 'returned', 'placed'],
];

/** An order's own status: most have been delivered when they are told. */
export const firstStatuses = ['delivered', 'delivered', 'delivered', 'placed', 'shipped', 'on_hold'];

const place = fc.nat({ max: 60 });
/** Those who buy for themselves. */
const ownBuyer = fc.constantFrom(0, 0, 1, 1, 5, 6);
const percent = fc.integer({ min: 1, max: 130 });

const line = fc.record({
  total: fc.integer({ min: 0, max: 30_000 }),
  discountPercent: fc.constantFrom(0, 0, 0, 10, 100),
  category: fc.nat({ max: categories.length - 1 }),
  giftCard: fc.constantFrom(false, false, false, false, true),
});

export const orderSketch: fc.Arbitrary<OrderSketch> = fc.record({
  buyer: fc.nat({ max: buyers.length - 1 }),
  daysAgo: fc.integer({ min: 0, max: 500 }),
  status: fc.nat({ max: firstStatuses.length - 1 }),
  isDollars: fc.constantFrom(false, false, false, false, false, false, true),
  shipping: fc.constantFrom(0, 0, 450),
  lines: fc.array(line, { minLength: 1, maxLength: 3 }),
});

type Programme = Extract<Command, { kind: 'programme' }>;

export function programme(start: fc.Arbitrary<Programme['start']>): fc.Arbitrary<Programme> {
  return fc.record({
    kind: fc.constant('programme'),
    rules: fc.uniqueArray(fc.nat({ max: 35 }), { minLength: 1, maxLength: 3, selector: (rule) => rule % 3 }),
    start,
    debt: fc.constantFrom('carry', 'carry', 'forgive'),
    isLeft: fc.constant(false),
  });
}

const commands: { weight: number; arbitrary: fc.Arbitrary<Command> }[] = [
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('wait'),
      days: fc.oneof(fc.nat({ max: 20 }), fc.nat({ max: 120 })),
      runsJobs: fc.boolean(),
    }),
  },
  { weight: 9, arbitrary: fc.record({ kind: fc.constant('order'), order: orderSketch }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('sale'), order: orderSketch }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('claim'),
      sale: place,
      buyer: fc.nat({ max: buyers.length - 1 }),
      by: fc.constantFrom('code', 'code', 'staff', 'source'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('again'), order: place }) },
  {
    weight: 7,
    arbitrary: fc.record({
      kind: fc.constant('event'),
      order: place,
      status: fc.nat({ max: statuses.length - 1 }),
      daysAgo: fc.nat({ max: 90 }),
      isRepeated: fc.constantFrom(false, false, false, true),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('refund'),
      order: place,
      line: fc.nat({ max: 2 }),
      percent: fc.integer({ min: 1, max: 110 }),
      isRepeated: fc.constantFrom(false, false, false, true),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('return'),
      order: place,
      line: fc.nat({ max: 2 }),
      share: fc.integer({ min: 1, max: 5 }),
      outcome: fc.constantFrom('refund', 'refund', 'credit', 'credit', 'exchange'),
      end: fc.constantFrom('settled', 'settled', 'settled', 'settled', 'refused', 'withdrawn'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('move'),
      order: place,
      buyer: fc.nat({ max: buyers.length - 1 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('redeem'),
      buyer: fc.nat({ max: buyers.length - 1 }),
      as: fc.constantFrom('till', 'till', 'voucher', 'voucher', 'donation', 'payout'),
      percent,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('merge'), survivor: ownBuyer, merged: ownBuyer }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('unmerge'), merge: place }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('reverse'), redemption: place }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('use'), voucher: place, order: place, percent }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('adjust'),
      buyer: fc.nat({ max: buyers.length - 1 }),
      amount: fc.integer({ min: -2000, max: 2000 }).filter((amount) => amount !== 0),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('club'),
      buyer: fc.nat({ max: buyers.length - 1 }),
      act: fc.constantFrom('join', 'join', 'end', 'withdraw'),
      daysAgo: fc.oneof(fc.constant(0), fc.nat({ max: 400 })),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('ask') }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('programme'),
      rules: fc.uniqueArray(fc.nat({ max: 35 }), {
        minLength: 1,
        maxLength: 3,
        selector: (rule) => rule % 3,
      }),
      start: fc.constantFrom('early', 'tomorrow', 'today', 'tomorrow'),
      debt: fc.constantFrom('carry', 'carry', 'forgive'),
      isLeft: fc.boolean(),
    }),
  },
];

export const command: fc.Arbitrary<Command> = fc.oneof({ withCrossShrink: true }, ...commands);

const counts = { shipping: false, tax: false };
const money = {
  name: 'A rule',
  settleAfterDays: 0,
  expires: 'never',
  counts,
  pays: 'credit',
  for: 'everyone',
};
/** Borders and per cents that leave fractions of a cent at every band's end. */
const bands = [
  { from: '0.00', percent: '1.15' },
  { from: '99.99', percent: '2.5' },
  { from: '301.07', percent: '4.25' },
];

/** What a rule may promise: every scheme, period, expiry and form at least once. */
const promises = [
  { ...money, scheme: 'every', spend: '100.00', back: '5.00', period: 'lifetime' },
  { ...money, scheme: 'bands', mode: 'whole', bands, period: 'quarter', settleAfterDays: 14 },
  { ...money, scheme: 'every', spend: '50.00', back: '2.00', period: 'month', expires: { months: 1 } },
  {
    ...money,
    scheme: 'steps',
    targets: [
      { spend: '100.00', back: '5.00' },
      { spend: '250.00', back: '15.00' },
    ],
    period: 'year',
    expires: 'period-end',
    counts: { ...counts, vouchers: false },
  },
  { ...money, scheme: 'bands', mode: 'marginal', bands, period: 'membership-year', expires: { months: 2 } },
  {
    ...money,
    scheme: 'every',
    spend: '80.00',
    back: '10.00',
    period: 'quarter',
    pays: { voucher: { months: 3, minimum: '20.00' } },
  },
  {
    ...money,
    scheme: 'bands',
    mode: 'marginal',
    bands,
    period: 'month',
    settleAfterDays: 3,
    counts: { shipping: true, tax: true, excludeCategories: ['Gift cards'] },
  },
  { ...money, scheme: 'bands', mode: 'whole', bands, period: 'lifetime', expires: { months: 6 } },
  { ...money, scheme: 'every', spend: '40.00', back: '3.00', period: 'lifetime', for: 'club' },
  { ...money, scheme: 'bands', mode: 'whole', bands, period: 'quarter', settleAfterDays: 5, for: 'club' },
  { ...money, scheme: 'every', spend: '30.00', back: '2.00', period: 'lifetime', for: 'regulars' },
  {
    ...money,
    scheme: 'bands',
    mode: 'marginal',
    bands,
    period: 'month',
    settleAfterDays: 4,
    for: 'regulars',
  },
];

/** A rule by its number: three ids, each of which may promise anything. */
export function ruleOf(number: number, from: string) {
  return { ...promises[Math.floor(number / 3) % promises.length], id: `rule-${number % 3}`, from };
}
