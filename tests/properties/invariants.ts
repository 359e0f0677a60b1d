import { isDeepStrictEqual } from 'node:util';
import type { Row, Store } from '../../db/store.ts';
import { verify } from '../../functions/desk/verify/verify.ts';
import { getOrder } from '../../functions/money/orders/get-order.ts';
import { getBalance } from '../../functions/people/customers/get-balance.ts';
import { listLedger } from '../../functions/people/customers/list-ledger.ts';
import { type LedgerRow, openBook } from './reference/book.ts';
import { joiningDay, pendingOf, type Sums, settledAt, spendOf, statusOf, sumsOf } from './reference/count.ts';
import { lotEnd, owed, type RuleText, type Version } from './reference/rule.ts';
import { audiencesOf, loadSegmentTimes, type World } from './world.ts';

/** The seven invariants of DOMAIN §2, by number; each check throws with the number of the one that broke. */
export const invariants = {
  1: 'any permutation, duplication or re-splitting of the same order events ends the same',
  2: 'incremental equals recomputed from nothing',
  3: 'posted = redeemed + expired + donated + forgiven + open balances + open vouchers − debts',
  4: 'no accepted redemption exceeds the balance at its time',
  5: 'Σ clawbacks ≤ Σ earns per account, rule version and period',
  6: 'no entry is ever updated or deleted',
  7: 'the lines of an explanation add up to the figure shown',
} as const;

/** Follows a world from command to command. */
export function openWatch(world: World) {
  const books = new Map<string, ReturnType<typeof openBook>>();
  let seen: LedgerRow[] = [];
  const bookOf = (accountId: string) => {
    const book = books.get(accountId) ?? openBook();
    books.set(accountId, book);
    return book;
  };
  world.availableOf = (root) => bookOf(world.rootIds.get(root) ?? '').availableAt(world.clock.now());

  const look = async () => {
    world.segmentTimes = await loadSegmentTimes(world.store);
    const rows = await readLedger(world.store);
    assertKept(seen, rows);
    const versions = await readVersions(world.store);
    const fresh = rows.filter((row) => !seen.some((kept) => isSamePlace(kept, row)));
    appendAll(world, { fresh, versions, bookOf, places: await readPlaces(world.store) });
    seen = rows;
    await assertLots(world, books);
    assertClawbacks(rows);
    await assertConservation(world.store);
    const unreached = world.isPublishing ? await readUnreached(world.store) : new Set<string>();
    assertRecomputed(world, rows, versions, { totals: await readTotals(world.store), unreached });
  };
  world.afterSettling = look;

  return {
    /** After every command. */
    look,
    /** At the end, when the jobs have run. */
    finish: async () => {
      await assertUnchangeable(world.store, seen.length);
      await assertShown(world, await readVersions(world.store));
      const verified = await verify(world.ctx);
      assertThat(2, isDeepStrictEqual(verified.found, []), verified.found);
      assertThat(2, verified.waiting === 0, 'accounts wait for the newest programme');
    },
  };
}

interface Appending {
  fresh: readonly LedgerRow[];
  versions: readonly Version[];
  bookOf: (accountId: string) => ReturnType<typeof openBook>;
  /** The root account of each order. */
  places: ReadonlyMap<string | null, string>;
}

/** Invariants 3 and 4 through the reference's books: what was appended has to fit them, entry by entry. */
function appendAll(world: World, { fresh, versions, bookOf, places }: Appending): void {
  for (const [accountId, rows] of Map.groupBy(fresh, ({ account }) => account)) {
    const book = bookOf(accountId);
    for (const row of rows) {
      if (row.kind === 'earn') assertEarn(world, row, versions);
      book.append(row, world.debt);
    }
    book.finish(world.debt, (order) => places.get(order) === accountId);
    const { problems } = book;
    const isOverdrawn = problems.some((problem) => problem.includes('takes no more'));
    assertThat(isOverdrawn ? 4 : 3, problems.length === 0, { accountId, problems, rows });
  }
}

/** An earning is dated by its order's settlement, and its lot ends when its rule says. */
function assertEarn(world: World, row: LedgerRow, versions: readonly Version[]): void {
  const version = versions.find((one) => one.ruleId === row.rule && one.version === row.version);
  const order = world.orders.find(({ source, number }) => `${source}/${number}` === row.order);
  assertThat(2, version !== undefined && order !== undefined, { row, problem: 'names no rule or order' });
  if (version === undefined || order === undefined) return;
  const own = world.orders.filter(({ root }) => root === order.root);
  const joined = joiningDay(own, world.clock.now());
  const settled = settledAt(order, version);
  assertThat(2, row.effectiveAt === settled, { row, settled, problem: 'is dated otherwise' });
  assertThat(2, row.expiresAt === lotEnd(version.rule, row.effectiveAt, joined), {
    row,
    end: lotEnd(version.rule, row.effectiveAt, joined),
  });
}

async function assertLots(
  world: World,
  books: ReadonlyMap<string, ReturnType<typeof openBook>>,
): Promise<void> {
  const rows = await world.store.read({
    sql: 'SELECT account_id, seq, remaining_minor, expired_minor, expires_at FROM lots ORDER BY account_id, seq',
    args: [],
  });
  const kept = rows.map((row) => row.map(String).join(' '));
  const expected = [...books].flatMap(([accountId, { lots }]) =>
    lots.map(({ seq, remaining, expired, expiresAt }) =>
      [accountId, seq, remaining, expired, expiresAt].map(String).join(' '),
    ),
  );
  const isSame = isDeepStrictEqual(kept.toSorted(), expected.toSorted());
  assertThat(3, isSame, { kept, expected });
  for (const [id, balance] of await world.store.read({
    sql: 'SELECT id, balance_minor FROM accounts WHERE id = root_id',
    args: [],
  })) {
    const right = books.get(String(id))?.balance() ?? 0n;
    assertThat(3, balance === right, { id, balance, right });
  }
}

/** Invariants 1 and 2: what is kept equals what follows from all orders; where jobs are due, as of their last run. */
function assertRecomputed(
  world: World,
  rows: readonly LedgerRow[],
  versions: readonly Version[],
  { totals, unreached }: { totals: ReadonlyMap<string, string>; unreached: ReadonlySet<string> },
): void {
  for (const [root, accountId] of world.rootIds) {
    if (unreached.has(accountId)) continue;
    const own = world.orders.filter((order) => order.root === root);
    const now = textsOf(
      accountId,
      sumsOf(own, audiencesOf(world, root), { versions, now: world.clock.now() }),
    );
    const then = textsOf(
      accountId,
      sumsOf(own, audiencesOf(world, root), { versions, now: world.jobsRanAt }),
    );
    if (!isDeepStrictEqual(now, then)) continue;
    const kept = new Map([...totals].filter(([key]) => key.startsWith(`${accountId} `)));
    assertThat(2, isDeepStrictEqual(kept, now), { root, kept, expected: now });
    const posted = postedOf(rows.filter(({ account }) => account === accountId));
    for (const [key, amount] of posted) {
      const expected = now.get(`${accountId} ${key}`)?.split(' ').at(-1) ?? '0';
      assertThat(2, String(amount) === expected, { root, key, amount, expected });
    }
  }
}

/** Accounts that nothing happened with since the newest programme was set. */
async function readUnreached(store: Store): Promise<ReadonlySet<string>> {
  const sql = 'SELECT id FROM accounts WHERE settled_revision < (SELECT max(revision) FROM programmes)';
  return new Set((await store.read({ sql, args: [] })).map(([id]) => String(id)));
}

function textsOf(accountId: string, sums: ReadonlyMap<string, Sums>): Map<string, string> {
  return new Map(
    [...sums].map(([key, { version, spend, settled }]) => [
      `${accountId} ${key}`,
      `${spend} ${settled} ${owed(version.rule, settled)}`,
    ]),
  );
}

function postedOf(rows: readonly LedgerRow[]): Map<string, bigint> {
  const posted = new Map<string, bigint>();
  for (const row of rows) {
    if (row.kind !== 'earn' && row.kind !== 'clawback') continue;
    posted.set(keyOf(row), (posted.get(keyOf(row)) ?? 0n) + row.amount);
  }
  return posted;
}

/** Invariant 3, every sum from its own rows. */
async function assertConservation(store: Store): Promise<void> {
  const [row] = await store.read({
    sql: `SELECT
      (SELECT coalesce(sum(posted_minor), 0) FROM period_totals),
      (SELECT coalesce(sum(amount_minor), 0) FROM ledger WHERE kind IN ('adjust', 'bonus', 'bonus_reversal')),
      (SELECT coalesce(sum(amount_minor), 0) FROM ledger WHERE kind = 'forgive'),
      (SELECT coalesce(sum(amount_minor), 0) FROM redemptions WHERE kind <> 'voucher'
        AND id NOT IN (SELECT redemption_id FROM reversals)),
      (SELECT coalesce(sum(amount_minor), 0) FROM vouchers
        WHERE code NOT IN (SELECT code FROM voucher_cancellations)),
      (SELECT coalesce(sum(expired_minor), 0) FROM lots),
      (SELECT coalesce(sum(balance_minor), 0) FROM accounts WHERE balance_minor > 0),
      (SELECT coalesce(-sum(balance_minor), 0) FROM accounts WHERE balance_minor < 0)`,
    args: [],
  });
  const [
    posted = 0n,
    adjusted = 0n,
    forgiven = 0n,
    spent = 0n,
    vouchers = 0n,
    expired = 0n,
    open = 0n,
    debt = 0n,
  ] = (row ?? []).map((value) => BigInt(value ?? 0));
  const left = posted + adjusted + forgiven;
  const right = spent + vouchers + expired + open - debt;
  assertThat(3, left === right, { posted, adjusted, forgiven, spent, vouchers, expired, open, debt });
}

/** Invariant 5. */
function assertClawbacks(rows: readonly LedgerRow[]): void {
  for (const [account, own] of Map.groupBy(rows, (row) => row.account)) {
    for (const [key, amount] of postedOf(own)) assertThat(5, amount >= 0n, { account, key, amount });
  }
}

/** Invariant 6: what was read before is still there, word for word. */
function assertKept(before: readonly LedgerRow[], after: readonly LedgerRow[]): void {
  const now = new Map(after.map((row) => [`${row.account} ${row.seq}`, row]));
  for (const row of before) {
    assertThat(6, isDeepStrictEqual(now.get(`${row.account} ${row.seq}`), row), { row });
  }
}

/** Invariant 6: nor could anybody have changed it. */
async function assertUnchangeable(store: Store, entries: number): Promise<void> {
  if (entries === 0) return;
  for (const sql of [
    'UPDATE ledger SET amount_minor = amount_minor + 1',
    'DELETE FROM ledger',
    'INSERT OR REPLACE INTO ledger SELECT * FROM ledger LIMIT 1',
  ]) {
    const refusal = await store.write([{ sql, args: [] }]).then(
      () => null,
      (error: unknown) => error,
    );
    assertThat(6, refusal !== null, { sql, problem: 'was not refused' });
  }
}

/** Invariant 7, and every figure a customer sees against the reference. */
async function assertShown(world: World, versions: readonly Version[]): Promise<void> {
  const now = world.clock.now();
  const shares = new Map<string, number>();
  for (const order of world.orders) {
    const answer = await getOrder(world.ctx, order);
    assertThat(1, answer.status === statusOf(order), { order, shown: answer.status });
    const { earned, pending } = answer.rewards;
    shares.set(order.root, (shares.get(order.root) ?? 0) + earned.amount + pending.amount);
    const asked = { customerId: answer.customerId ?? '', accountId: answer.accountId ?? '' };
    await assertExplained(world, asked.customerId, asked.accountId);
    const balance = versions.length === 0 ? null : await getBalance(world.ctx, asked);
    const own = world.orders.filter(({ root }) => root === order.root);
    const sums = sumsOf(own, audiencesOf(world, order.root), { versions, now });
    const shown = balance && [balance.spend.amount, balance.pending.amount];
    const right = [spendOf(own), pendingOf(sums.values())].map(Number);
    assertThat(2, shown === null || isDeepStrictEqual(shown, right), { root: order.root, shown, right });
  }
  for (const sale of world.sales) {
    const answer = await getOrder(world.ctx, sale);
    const { earned, pending } = answer.rewards;
    assertThat(1, answer.status === statusOf(sale), { sale, shown: answer.status });
    const isNobodys = answer.customerId === null && answer.accountId === null && answer.receiptCode !== null;
    assertThat(2, isNobodys && earned.amount === 0 && pending.amount === 0, { sale, answer });
  }
  for (const [root, shown] of shares) {
    const own = world.orders.filter((order) => order.root === root);
    let all = 0n;
    for (const { version, spend } of sumsOf(own, audiencesOf(world, root), { versions, now }).values())
      all += owed(version.rule, spend);
    assertThat(7, BigInt(shown) === all, { root, shown, all, problem: "orders' shares do not add up" });
  }
}

async function assertExplained(world: World, customerId: string, accountId: string): Promise<void> {
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listLedger>> = await listLedger(world.ctx, {
      customerId,
      accountId,
      cursor,
    });
    for (const { amount, explanation, id } of page.items) {
      const lines = explanation.reduce((sum, line) => sum + line.amount.amount, 0);
      assertThat(7, lines === amount.amount, { id, amount, explanation });
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
}

async function readLedger(store: Store): Promise<LedgerRow[]> {
  const rows = await store.read({
    sql: `SELECT account_id, seq, kind, amount_minor, balance_after_minor, rule_id, version, period_start,
      order_source || '/' || order_number, effective_at, recorded_at, lot_seq, cause_seq, cause, expires_at,
      cause IN (SELECT adjustment_id FROM customer_merge_entries),
      EXISTS (SELECT 1 FROM order_moves AS v JOIN orders AS o ON o.id = v.order_id
        WHERE o.source = order_source AND o.number = order_number AND v.from_root_id = ledger.account_id
          AND v.to_root_id <> ledger.account_id AND v.at = ledger.recorded_at AND (v.id LIKE '%:%' OR v.id LIKE '%/%'))
      FROM ledger ORDER BY account_id, seq`,
    args: [],
  });
  return rows.map(ledgerRow);
}

function ledgerRow(row: Row): LedgerRow {
  const [account, seq, kind, amount, balanceAfter, rule, version, periodStart, order, ...rest] = row;
  const [effectiveAt, recordedAt, lotSeq, causeSeq, cause, expiresAt, isCarried, isLeaving] = rest;
  return {
    account: String(account),
    seq: Number(seq),
    kind: String(kind),
    amount: BigInt(amount ?? 0),
    balanceAfter: BigInt(balanceAfter ?? 0),
    rule: textOrNull(rule),
    version: numberOrNull(version),
    periodStart: textOrNull(periodStart),
    order: textOrNull(order),
    effectiveAt: Number(effectiveAt),
    recordedAt: Number(recordedAt),
    lotSeq: numberOrNull(lotSeq),
    causeSeq: numberOrNull(causeSeq),
    cause: textOrNull(cause),
    expiresAt: numberOrNull(expiresAt),
    isCarried: isCarried === 1n,
    isLeaving: isLeaving === 1n,
  };
}

async function readVersions(store: Store): Promise<Version[]> {
  const rows = await store.read({
    sql: 'SELECT rule_id, version, until, definition FROM rule_versions ORDER BY rule_id, version',
    args: [],
  });
  return rows.map(([ruleId, version, until, definition]) => {
    const rule: RuleText = JSON.parse(String(definition));
    return { ruleId: String(ruleId), version: Number(version), until: textOrNull(until), rule };
  });
}

/** Totals that count anything, as text, by account and key. */
async function readTotals(store: Store): Promise<Map<string, string>> {
  const rows = await store.read({
    sql: `SELECT root_id, rule_id, version, period_start, spend_minor, settled_minor, posted_minor FROM period_totals
      WHERE spend_minor <> 0 OR settled_minor <> 0 OR posted_minor <> 0`,
    args: [],
  });
  return new Map(
    rows.map(([root, rule, version, start, ...sums]) => [
      `${root} ${rule}@${version}/${start}`,
      sums.map(String).join(' '),
    ]),
  );
}

async function readPlaces(store: Store): Promise<Map<string | null, string>> {
  const rows = await store.read({ sql: "SELECT source || '/' || number, root_id FROM orders", args: [] });
  return new Map(rows.map(([order, rootId]) => [String(order), String(rootId)]));
}

function keyOf({ rule, version, periodStart }: LedgerRow): string {
  return `${rule}@${version}/${periodStart}`;
}

function isSamePlace(a: LedgerRow, b: LedgerRow): boolean {
  return a.account === b.account && a.seq === b.seq;
}

function textOrNull(value: Row[number] | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

function numberOrNull(value: Row[number] | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}

function assertThat(invariant: keyof typeof invariants, isTrue: boolean, about: unknown): asserts isTrue {
  if (isTrue) return;
  const shown = JSON.stringify(about, (_, value) => (typeof value === 'bigint' ? Number(value) : value), 1);
  throw new Error(`invariant ${invariant}, ${invariants[invariant]}: ${shown}`);
}
