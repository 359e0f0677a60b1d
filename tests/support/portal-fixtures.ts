import type {
  Amount,
  Moment,
  OrderDetail,
  OrderStatus,
  OrderSummary,
  Overview,
  ProgrammeView,
  Progress,
  Statement,
  StatementEntry,
  VoucherView,
} from '../../functions/portal/types.ts';
import type { Rule } from '../../functions/rewards/types.ts';
import type { Operations } from '../../src/operations/types.ts';

const eur = (minor: number): Amount => ({ minor: BigInt(minor), currency: 'EUR' });
const time = (text: string): Moment => ({ at: Date.parse(text), day: null });
const day = (text: string): Moment => ({ at: Date.parse(text), day: text });

const ownAccount = { id: 'a1', name: null };
const company = { id: 'a2', name: 'Harbour Books Ltd' };

const products = [
  'Ethiopia Guji, whole bean',
  'Assam Second Flush',
  'Decaf Huila',
  'Earl Grey, loose leaf',
  'Hand grinder',
];
const states: OrderStatus[] = [
  'out_for_delivery',
  'delivered',
  'partly_refunded',
  'delivered',
  'cancelled',
  'delayed',
  'delivered',
  'delivery_failed',
];

export const orders: OrderSummary[] = Array.from({ length: 20 }, (_, index) => ({
  source: index % 4 === 3 ? 'till' : 'web',
  number: `FK-${10482 - index * 7}`,
  placedAt:
    index % 5 === 4
      ? day('2026-06-14')
      : time(`2026-${String(11 - (index % 11)).padStart(2, '0')}-17T09:${10 + index}:00Z`),
  status: states[index % states.length] ?? 'placed',
  statusAt: time('2026-11-19T08:05:00Z'),
  total: eur(1950 + ((index * 1370) % 6400)),
  refunded: eur(0),
  itemCount: 1 + (index % 4),
  firstProduct: index === 9 ? null : (products[index % products.length] ?? null),
  accountName: null,
}));

const vouchers: VoucherView[] = [
  {
    code: 'K7QM-4TXA',
    amount: eur(1000),
    minimum: eur(2500),
    issuedAt: Date.parse('2026-10-02'),
    expiresAt: Date.parse('2027-04-30T21:00:00Z'),
    state: 'open',
  },
  {
    code: 'H2VD-9RWE',
    amount: eur(500),
    minimum: null,
    issuedAt: Date.parse('2026-03-02'),
    expiresAt: null,
    state: 'used',
  },
];

const moneyBack: Progress = {
  ruleId: 'money-back',
  ruleName: '5 back for every 100',
  period: { kind: 'lifetime', start: '2025-01-01', end: null },
  spend: eur(36320),
  next: { spend: eur(40000), missing: eur(3680), pays: eur(500) },
  reached: eur(1500),
  scheme: { kind: 'every', spend: 10000n, back: 500n },
};

const steps: Progress = {
  ruleId: 'steps',
  ruleName: 'Autumn targets',
  period: { kind: 'quarter', start: '2026-10-01', end: '2027-01-01' },
  spend: eur(13200),
  next: { spend: eur(25000), missing: eur(11800), pays: eur(1500) },
  reached: eur(500),
  scheme: {
    kind: 'steps',
    targets: [
      { spend: 10000n, back: 500n },
      { spend: 25000n, back: 1500n },
      { spend: 50000n, back: 4000n },
    ],
  },
};

export const overview: Overview = {
  account: ownAccount,
  accounts: [ownAccount, company],
  currency: 'EUR',
  available: eur(1500),
  pending: eur(500),
  debt: eur(0),
  expiringSoon: [{ remaining: eur(1000), expiresAt: Date.parse('2026-12-31T23:00:00Z') }],
  progress: [moneyBack, steps],
  latestOrders: orders.slice(0, 5),
  vouchers,
};

/** A customer who has just signed in for the first time. */
export const emptyOverview: Overview = {
  ...overview,
  accounts: [ownAccount],
  available: eur(0),
  pending: eur(0),
  expiringSoon: [],
  progress: [
    {
      ...moneyBack,
      spend: eur(0),
      reached: eur(0),
      next: { spend: eur(10000), missing: eur(10000), pays: eur(500) },
    },
  ],
  latestOrders: [],
  vouchers: [],
};

/** A return took more than the balance held, and the last target is behind. */
export const debtOverview: Overview = {
  ...emptyOverview,
  debt: eur(350),
  progress: [{ ...steps, spend: eur(61250), next: null, reached: eur(6000) }],
  latestOrders: orders.slice(2, 4),
};

export function orderDetail(summary: OrderSummary): OrderDetail {
  return {
    summary: { ...summary, total: eur(6140), refunded: eur(850) },
    currency: 'EUR',
    lines: [
      {
        id: '1',
        sku: 'C-01',
        product: 'Ethiopia Guji, whole bean, 1 kg',
        category: 'Coffee',
        quantity: '1',
        total: eur(3450),
        discount: eur(0),
        refunded: eur(0),
        isGiftCard: false,
      },
      {
        id: '2',
        sku: 'T-09',
        product: 'Earl Grey, loose leaf',
        category: 'Tea',
        quantity: '2',
        total: eur(1700),
        discount: eur(200),
        refunded: eur(850),
        isGiftCard: false,
      },
      {
        id: '3',
        sku: 'G-01',
        product: 'Gift card',
        category: 'Gift cards',
        quantity: '1',
        total: eur(700),
        discount: eur(0),
        refunded: eur(0),
        isGiftCard: true,
      },
    ],
    shipping: eur(490),
    tax: null,
    parcels: [
      {
        name: '1',
        carrier: 'DHL',
        trackingNumber: 'JD014600006281230704',
        trackingUrl: 'https://www.dhl.example/track?id=JD014600006281230704',
        status: summary.status,
        statusAt: time('2026-11-19T08:05:00Z'),
        events: [
          { status: 'packed', at: time('2026-11-17T14:20:00Z'), note: null, source: 'web' },
          { status: 'shipped', at: time('2026-11-17T18:02:00Z'), note: 'Left the roastery', source: 'dhl' },
          { status: summary.status, at: time('2026-11-19T08:05:00Z'), note: null, source: 'dhl' },
        ],
      },
    ],
    parcelsUnderWay: 0,
    timeline: [
      { status: 'placed', at: summary.placedAt, note: null, source: 'web' },
      { status: 'confirmed', at: time('2026-11-17T09:12:00Z'), note: null, source: 'web' },
    ],
    promisedBy: '2026-11-20',
    deliveredAt: null,
    promise: summary.status === 'delayed' ? 'late' : summary.status === 'delivered' ? 'beaten' : 'open',
    refunds: [
      {
        id: 'r1',
        at: time('2026-11-21T10:00:00Z'),
        reason: 'Tin was dented',
        amount: eur(850),
        lines: [{ product: 'Earl Grey, loose leaf', amount: eur(850) }],
      },
    ],
    rewards: [
      {
        ruleName: '5 back for every 100',
        earned: eur(0),
        pending: eur(500),
        settlesAt: Date.parse('2026-12-03T08:05:00Z'),
        spendBefore: eur(26720),
        spendAfter: eur(30820),
        parts: [
          {
            code: 'every',
            params: { times: 3n, spend: 10000n, back: 500n, total: 30820n },
            amount: eur(1500),
          },
          { code: 'orders_before', params: { total: 26720n }, amount: eur(-1000) },
        ],
        lines: [
          { lineId: '1', product: 'Ethiopia Guji, whole bean, 1 kg', counted: eur(3450), reason: null },
          { lineId: '2', product: 'Earl Grey, loose leaf', counted: eur(650), reason: null },
          { lineId: '3', product: 'Gift card', counted: eur(0), reason: 'gift_card' },
        ],
      },
    ],
  };
}

const plain: Omit<StatementEntry, 'seq' | 'at' | 'kind' | 'amount' | 'balanceAfter' | 'explanation'> = {
  ruleName: '5 back for every 100',
  period: { start: '2025-01-01', end: null },
  order: null,
  expiresAt: null,
};

const entries: StatementEntry[] = [
  {
    ...plain,
    seq: 9,
    at: Date.parse('2026-11-02T10:00Z'),
    kind: 'earn',
    amount: eur(500),
    balanceAfter: eur(1500),
    order: { source: 'web', number: 'FK-10475' },
    expiresAt: Date.parse('2027-11-30T23:00Z'),
    explanation: [
      { code: 'every', params: { times: 3n, spend: 10000n, back: 500n, total: 36320n }, amount: eur(1500) },
      { code: 'already_paid', params: { total: 36320n }, amount: eur(-1000) },
    ],
  },
  {
    ...plain,
    seq: 8,
    at: Date.parse('2026-10-02T10:00Z'),
    kind: 'redeem',
    amount: eur(-1000),
    balanceAfter: eur(1000),
    ruleName: null,
    period: null,
    explanation: [{ code: 'redeem', params: {}, amount: eur(-1000) }],
  },
  {
    ...plain,
    seq: 7,
    at: Date.parse('2026-08-30T10:00Z'),
    kind: 'adjust',
    amount: eur(300),
    balanceAfter: eur(2000),
    ruleName: null,
    period: null,
    explanation: [{ code: 'adjust', params: { cause: 'Late parcel in August' }, amount: eur(300) }],
  },
  {
    ...plain,
    seq: 6,
    at: Date.parse('2026-08-21T10:00Z'),
    kind: 'clawback',
    amount: eur(-500),
    balanceAfter: eur(1700),
    order: { source: 'web', number: 'FK-10461' },
    explanation: [
      { code: 'every', params: { times: 2n, spend: 10000n, back: 500n, total: 29800n }, amount: eur(1000) },
      { code: 'already_paid', params: { total: 29800n }, amount: eur(-1500) },
    ],
  },
  {
    ...plain,
    seq: 5,
    at: Date.parse('2026-06-30T22:00Z'),
    kind: 'expire',
    amount: eur(-200),
    balanceAfter: eur(2200),
    explanation: [{ code: 'expire', params: {}, amount: eur(-200) }],
  },
];

export const statement: Statement = {
  account: ownAccount,
  accounts: [ownAccount, company],
  available: eur(1500),
  pending: eur(500),
  debt: eur(0),
  pendingLines: [
    { ruleName: '5 back for every 100', amount: eur(500), settlesAt: Date.parse('2026-12-03T08:05Z') },
  ],
  expiringSoon: overview.expiringSoon,
  vouchers,
  entries,
  years: [2026, 2025],
  page: 1,
  pages: 3,
  total: 47,
};

const rule: Rule = {
  id: 'money-back',
  name: '5 back for every 100',
  scheme: { kind: 'every', spend: 10000n, back: 500n },
  period: 'lifetime',
  counts: {
    shipping: false,
    tax: false,
    vouchers: true,
    excludeCategories: ['Gift cards', 'Books'],
    excludeSkus: [],
  },
  settleAfterDays: 14,
  expires: { months: 12 },
  pays: 'credit',
  audience: 'everyone',
  from: '2025-01-01',
};

export const programme: ProgrammeView = {
  currency: 'EUR',
  timeZone: 'Europe/London',
  rules: [
    rule,
    {
      ...rule,
      id: 'bands',
      name: 'Tea lovers',
      scheme: {
        kind: 'bands',
        mode: 'marginal',
        bands: [
          { from: 0n, bps: 100 },
          { from: 10000n, bps: 300 },
          { from: 30000n, bps: 500 },
        ],
      },
      period: 'quarter',
      settleAfterDays: 0,
      expires: 'never',
      pays: { voucher: { months: 6, minimum: 2000n } },
    },
  ],
};

export type Story = 'full' | 'empty' | 'debt';

const signedIn = {
  ok: true as const,
  kind: 'customer' as const,
  cookies: ['session=s1; Path=/; HttpOnly; SameSite=Lax'],
};

/** Every operation, answered from the stories above. */
export function fixtureOperations(story: Story): Operations {
  const found = { full: overview, empty: emptyOverview, debt: debtOverview }[story];
  const isEmpty = story === 'empty';
  return {
    getProgramme: async () => (isEmpty ? null : programme),
    requestSignIn: async ({ email }) => {
      if (email.startsWith('busy')) return { ok: false, reason: 'too_many' };
      if (!email.includes('@')) return { ok: false, reason: 'invalid_email' };
      return { ok: true, challengeId: 'c1', cookies: ['browser=b1; Path=/; HttpOnly; SameSite=Lax'] };
    },
    verifyCode: async ({ code }) => (code === '123456' ? signedIn : { ok: false, reason: 'wrong_code' }),
    consumeLink: async ({ token, code }) => {
      if (token === 'old') return { ok: false, reason: 'expired' };
      return token === 'elsewhere' && code === null ? { ok: false, reason: 'other_browser' } : signedIn;
    },
    signOut: async () => ({ cookies: [] }),
    signOutEverywhere: async () => ({ cookies: [] }),
    listSessions: async () => [
      {
        isThis: true,
        device: 'Firefox, Linux',
        startedAt: Date.parse('2026-11-20T10:00Z'),
        lastSeenAt: Date.parse('2026-11-21T18:40Z'),
      },
      {
        isThis: false,
        device: 'Safari, iPhone',
        startedAt: Date.parse('2026-10-01T07:00Z'),
        lastSeenAt: Date.parse('2026-11-19T06:12Z'),
      },
    ],
    findEmailChange: async () => (isEmpty ? { challengeId: 'c2', email: 'ann@new.example' } : null),
    requestEmailChange: async ({ email }) =>
      email.includes('@') ? { ok: true } : { ok: false, reason: 'invalid_email' },
    confirmEmailChange: async () => ({ ok: false, reason: 'wrong_code' }),
    getOverview: async ({ accountId }) => (accountId === 'a2' ? { ...found, account: company } : found),
    listOrders: async ({ search, page }) => ({
      items: isEmpty || search === 'nothing' ? [] : orders,
      total: isEmpty || search === 'nothing' ? 0 : 62,
      page,
      pages: 4,
      years: [2026, 2025],
      accounts: isEmpty ? [ownAccount] : [ownAccount, company],
    }),
    getOrder: async ({ source, number }) => {
      const summary = orders.find((order) => order.source === source && order.number === number);
      return summary ? orderDetail(summary) : null;
    },
    getStatement: async () =>
      isEmpty
        ? { ...statement, ...emptyOverview, pendingLines: [], entries: [], total: 0, pages: 1 }
        : statement,
    exportStatement: async () => 'date,kind,amount\r\n2026-11-02,earn,5.00\r\n',
    turnIntoVoucher: async () => ({ ok: true, voucher: vouchers[0] ?? failed() }),
    rename: async () => undefined,
    setLanguage: async () => undefined,
  };
}

function failed(): never {
  throw new Error('No such fixture.');
}
