import type { Store } from '../../db/store.ts';
import { returnTerms, writeTerms } from '../../functions/care/returns/terms.ts';
import { addMember } from '../../functions/circle/club/add-member.ts';
import { endMembership } from '../../functions/circle/club/end-membership.ts';
import { mergeCustomers } from '../../functions/desk/merging/merge-customers.ts';
import { undoMerge } from '../../functions/desk/merging/undo-merge.ts';
import { runJobs } from '../../functions/ground/jobs/run-jobs.ts';
import type { Context } from '../../functions/ground/platform/context.ts';
import { AppError } from '../../functions/ground/platform/errors.ts';
import { newId } from '../../functions/ground/platform/ids.ts';
import { setSegment } from '../../functions/insight/segments/set-segment.ts';
import { setPolicy } from '../../functions/money/business/policies.ts';
import { adjust } from '../../functions/money/ledger/adjust.ts';
import type { OrderAnswer } from '../../functions/money/orders/answer.ts';
import { getOrder } from '../../functions/money/orders/get-order.ts';
import { moveOrder } from '../../functions/money/orders/move-order.ts';
import { recordEvent } from '../../functions/money/orders/record-event.ts';
import { recordOrder } from '../../functions/money/orders/record-order.ts';
import { recordRefund } from '../../functions/money/orders/record-refund.ts';
import { orderEventInput, recordOrderInput, refundInput } from '../../functions/money/orders/schema.ts';
import { claimSale } from '../../functions/money/orders/waiting/claim-sale.ts';
import { giveOrder } from '../../functions/money/orders/waiting/give-order.ts';
import { putProgramme, setProgramme } from '../../functions/money/programme/set-programme.ts';
import { redeem } from '../../functions/money/redemptions/redeem.ts';
import { reverseRedemption } from '../../functions/money/redemptions/reverse-redemption.ts';
import { useVoucher } from '../../functions/money/redemptions/use-voucher.ts';
import { createTestClock, createTestContext, type TestClock } from '../support/test-context.ts';
import { openTestFile } from '../support/test-store.ts';
import {
  buyers,
  type Command,
  categories,
  firstStatuses,
  type OrderSketch,
  ruleOf,
  statuses,
  type TestBuyer,
} from './commands.ts';
import { dayAt, midnight, nextDay, TIME_ZONE } from './reference/calendar.ts';
import { type Audiences, type ClubTime, netOf, type ToldOrder } from './reference/count.ts';
import { giveBack } from './returns.ts';

const DAY_MS = 86_400_000;

/** A business of one sequence: the product on a file of its own, beside it what was told, as the reference needs it. */
export interface World {
  ctx: Context;
  clock: TestClock;
  store: Store;
  orders: ToldOrder[];
  /** Sales of nobody that still wait. */
  sales: ToldOrder[];
  /** Names of sales that were told without a customer. */
  ofNobody: Set<string>;
  /** Root account ids by the name the tests give them. */
  rootIds: Map<string, string>;
  /** Times in the club, by root. */
  club: Map<string, ClubTime[]>;
  /** Times in the segment, by account: as they were asked, which is never rewritten. */
  segmentTimes: ReadonlyMap<string, ClubTime[]>;
  /** Roots that were merged into others, and what each merge did. */
  mergedInto: Map<string, string>;
  merges: ToldMerge[];
  debt: 'carry' | 'forgive';
  /** When the jobs ran last. */
  jobsRanAt: number;
  /** Whether accounts may wait for the newest programme. */
  isPublishing: boolean;
  /** What may be spent, by root; told by the reference's books before a redemption. */
  availableOf: (root: string) => bigint;
  /** Called when accounts that waited for the newest programme were brought on to it, before the next command. */
  afterSettling: () => Promise<void>;
  close: () => void;
}

interface ToldMerge {
  id: string;
  survivor: string;
  merged: string;
  orders: ToldOrder[];
  club: { begun: ClubTime | null; withdrawn: ClubTime | null; ended: ClubTime | null };
}

/** Whoever ordered at least twice within half a year, of late. */
const regulars = {
  combinator: 'and',
  rules: [
    { field: 'orders.count', operator: '>=', value: 2, within: { days: 180 } },
    { field: 'orders.last', operator: '<=', value: 60 },
  ],
};

export async function openWorld(): Promise<World> {
  const { store, remove } = await openTestFile();
  const clock = createTestClock();
  const ctx = await createTestContext({ store, now: clock.now });
  await setSegment(ctx, { id: 'regulars', definition: regulars });
  await setPolicy(ctx, returnTerms.key, writeTerms({ creditBonus: '7.5' }));
  return {
    ctx,
    clock,
    store,
    orders: [],
    sales: [],
    ofNobody: new Set(),
    rootIds: new Map(),
    club: new Map(),
    segmentTimes: new Map(),
    mergedInto: new Map(),
    merges: [],
    debt: 'carry',
    jobsRanAt: clock.now(),
    isPublishing: false,
    availableOf: () => 0n,
    afterSettling: () => Promise.resolve(),
    close: remove,
  };
}

/** What came of a command: done, refused as it should be, or nothing to do. Anything else throws. */
export type Done = 'done' | 'refused' | 'nothing';

const comesMeanwhile: ReadonlySet<Command['kind']> = new Set([
  'order',
  'sale',
  'claim',
  'again',
  'event',
  'refund',
]);

export async function run(world: World, command: Command): Promise<Done> {
  world.clock.advance(1000);
  if (world.isPublishing && !comesMeanwhile.has(command.kind)) {
    await settle(world);
    await world.afterSettling();
  }
  switch (command.kind) {
    case 'wait':
      world.clock.advance(command.days * DAY_MS);
      return command.runsJobs ? settle(world) : 'done';
    case 'order':
      return placeOrder(world, command.order);
    case 'sale':
      return sellToNobody(world, command.order);
    case 'claim':
      return claim(world, command);
    case 'again':
      return tellAgain(world, command.order);
    case 'event':
      return tellEvent(world, command);
    case 'refund':
      return giveRefund(world, command);
    case 'return':
      return giveBack(world, at(world.orders, command.order), command);
    case 'redeem':
      return spend(world, command);
    case 'reverse':
      return takeBack(world, command.redemption);
    case 'use':
      return payByVoucher(world, command);
    case 'adjust':
      return correct(world, command);
    case 'move':
      return moveElsewhere(world, command);
    case 'merge':
      return makeOne(world, command);
    case 'unmerge':
      return makeTwo(world, command.merge);
    case 'club':
      return changeClub(world, command);
    case 'ask':
      return askSegments(world);
    case 'programme':
      return changeProgramme(world, command);
  }
}

/** Brings the books up to now: all that the jobs do about money. */
export async function settle(world: World): Promise<Done> {
  await runNamed(world, ['resettle', 'settle', 'expire', 'vouchers', 'merging']);
  world.jobsRanAt = world.clock.now();
  world.isPublishing = false;
  return 'done';
}

/** Accounts come into the segment and leave it; what that changes is brought up to now. */
async function askSegments(world: World): Promise<Done> {
  await runNamed(world, ['facts', 'segments', 'segments-anew']);
  return settle(world);
}

async function runNamed({ ctx }: World, names: readonly string[]): Promise<void> {
  for (const name of names) {
    for (const { failure } of await runJobs(ctx, { name })) {
      if (failure !== null) throw new Error(`job ${name}: ${failure}`);
    }
  }
}

/** A root's times in the club as they were told, and in the segment as they were asked, those of who went into it among them. */
export function audiencesOf(world: World, root: string): Audiences {
  const segment = [...world.rootIds].flatMap(([name, id]) =>
    survivorOf(world, name) === root ? (world.segmentTimes.get(id) ?? []) : [],
  );
  return { club: clubOf(world, root), segment };
}

/** The dated rows, by account. */
export async function loadSegmentTimes(store: Store): Promise<ReadonlyMap<string, ClubTime[]>> {
  const rows = await store.read({
    sql: `SELECT e.account_id, e.at, x.at FROM audience_entries AS e LEFT JOIN audience_exits AS x
      ON x.account_id = e.account_id AND x.segment_id = e.segment_id AND x.entered_at = e.at`,
    args: [],
  });
  const times = Map.groupBy(rows, ([accountId]) => String(accountId));
  return new Map(
    [...times].map(([id, own]) => [
      id,
      own.map(([, since, until]): ClubTime => [Number(since), until === null ? null : Number(until)]),
    ]),
  );
}

/** A root's times in the club as they were told. */
function clubOf({ club }: World, root: string): ClubTime[] {
  return club.get(root) ?? [];
}

function rootOf(world: World, buyer: number): string {
  const { email, key, account } = at(buyers, buyer);
  return survivorOf(world, account ?? email ?? key ?? '');
}

/** The root that a root is by now. */
function survivorOf({ mergedInto }: Pick<World, 'mergedInto'>, root: string): string {
  const next = mergedInto.get(root);
  return next === undefined ? root : survivorOf({ mergedInto }, next);
}

async function placeOrder(world: World, sketch: OrderSketch): Promise<Done> {
  const told = toldOrder(world, sketch);
  world.orders.push(told);
  await record(world, told, sketch.buyer);
  return 'done';
}

export function toldOrder(world: World, sketch: OrderSketch): ToldOrder {
  const count = world.orders.length + world.sales.length;
  const placedAt = world.clock.now() - sketch.daysAgo * DAY_MS - count * 1000;
  const status = at(firstStatuses, sketch.status);
  return {
    source: sketch.buyer % 2 === 0 ? 'till' : 'web',
    number: `N-${sketch.buyer}-${count}`,
    root: rootOf(world, sketch.buyer),
    placedAt,
    currency: sketch.isDollars ? 'USD' : 'EUR',
    lines: sketch.lines.map(({ total, discountPercent, category, giftCard }, index) => ({
      id: `${index + 1}`,
      total: BigInt(total),
      discount: BigInt(Math.floor((total * discountPercent) / 100)),
      category: at(categories, category),
      giftCard,
    })),
    shipping: BigInt(sketch.shipping),
    tax: 0n,
    events: [
      { source: sketch.buyer % 2 === 0 ? 'till' : 'web', id: `status:${status}`, status, at: placedAt },
    ],
    refunds: [],
    voucherPaid: 0n,
  };
}

/** Tells an order to the product, as it was first told. */
export async function record(world: World, told: ToldOrder, buyer: number): Promise<OrderAnswer> {
  const { email, key, account, department } = at(buyers, buyer);
  const customer = email === null ? { key } : { email };
  const { order } = await recordOrder(world.ctx, inputOf(told, { customer, account, department }));
  world.rootIds.set(told.root, order.accountId ?? '');
  return order;
}

export function inputOf(
  told: ToldOrder,
  who: { customer?: object; account?: string | null; department?: string | null },
) {
  const money = (amount: bigint) => ({ amount: Number(amount), currency: told.currency });
  return recordOrderInput.parse({
    ...who,
    source: told.source,
    number: told.number,
    placedAt: new Date(told.placedAt).toISOString(),
    currency: told.currency,
    status: told.events[0]?.status,
    lines: told.lines.map(({ total, discount, ...line }) => ({
      ...line,
      total: money(total),
      discount: money(discount),
    })),
    ...(told.shipping === 0n ? {} : { shipping: money(told.shipping) }),
  });
}

async function tellAgain(world: World, place: number): Promise<Done> {
  const told = at(allOf(world), place);
  if (told === undefined) return 'nothing';
  if (world.ofNobody.has(told.number)) await recordOrder(world.ctx, inputOf(told, {}));
  else await record(world, told, buyerOf(told));
  return 'done';
}

const buyerOf = ({ number }: ToldOrder) => Number(number.split('-')[1]);
const allOf = ({ orders, sales }: World) => [...orders, ...sales];

async function sellToNobody(world: World, sketch: OrderSketch): Promise<Done> {
  const told = { ...toldOrder(world, sketch), root: '' };
  world.ofNobody.add(told.number);
  world.sales.push(told);
  const { order } = await recordOrder(world.ctx, inputOf(told, {}));
  if (order.customerId !== null || order.receiptCode === null)
    throw new Error('a sale of nobody has a code alone');
  return 'done';
}

/** A sale becomes somebody's: by its receipt code, by a word of staff, or since its source tells it again with a name. */
async function claim(world: World, told: Extract<Command, { kind: 'claim' }>): Promise<Done> {
  const sale = at(world.sales, told.sale);
  const buyer = at(buyers, told.buyer);
  if (sale === undefined) return 'nothing';
  const isKeyElsewhere = buyer.key !== null && sale.source !== (told.buyer % 2 === 0 ? 'till' : 'web');
  if (told.by !== 'code' && isKeyElsewhere) return 'nothing';
  if (told.by !== 'source' && buyer.account !== null) return 'nothing';
  const root = rootOf(world, told.buyer);
  if (told.by === 'source') await record(world, { ...sale, root }, told.buyer);
  else if (told.by === 'staff') await giveTo(world, sale, { root, buyer });
  else if (!(await enterCode(world, sale, root))) return 'nothing';
  world.sales = world.sales.filter((one) => one !== sale);
  sale.root = root;
  world.orders.push(sale);
  return 'done';
}

async function giveTo(
  world: World,
  { source, number }: ToldOrder,
  { root, buyer: { email, key } }: { root: string; buyer: TestBuyer },
): Promise<void> {
  const buyer =
    email === null ? ({ kind: 'key', key } as const) : ({ kind: 'email', email, key: null } as const);
  const { order } = await giveOrder(world.ctx, { source, number, buyer, customerName: null });
  world.rootIds.set(root, order.accountId ?? '');
}

/** False where nobody of that name can sign in yet. */
async function enterCode(world: World, { source, number }: ToldOrder, root: string): Promise<boolean> {
  const accountId = world.rootIds.get(root);
  if (accountId === undefined) return false;
  const [owner] = await world.store.read({
    sql: 'SELECT owner_id FROM accounts WHERE id = ?',
    args: [accountId],
  });
  const { receiptCode } = await getOrder(world.ctx, { source, number });
  const ctx: Context = { ...world.ctx, actor: { kind: 'customer', id: String(owner?.[0]) } };
  await claimSale(ctx, { code: receiptCode ?? '' });
  return true;
}

/** Staff give an order to somebody else, or back; nobody and nothing is made by that. */
async function moveElsewhere(world: World, told: Extract<Command, { kind: 'move' }>): Promise<Done> {
  const order = at(world.orders, told.order);
  const { email, account, department } = at(buyers, told.buyer);
  if (order === undefined || email === null) return 'nothing';
  const root = rootOf(world, told.buyer);
  const { source, number } = order;
  const move = { source, number, email, account, department, reason: null, key: newId() };
  try {
    await moveOrder(world.ctx, move);
  } catch (error) {
    if (error instanceof AppError && error.code === 'validation_failed') return 'refused';
    throw error;
  }
  order.root = root;
  world.rootIds.set(root, (await getOrder(world.ctx, { source, number })).accountId ?? '');
  return 'done';
}

/** Two who buy for themselves become one. */
async function makeOne(world: World, told: Extract<Command, { kind: 'merge' }>): Promise<Done> {
  const [survivor, merged] = [rootOf(world, told.survivor), rootOf(world, told.merged)];
  const [survivorId, mergedId] = [await ownerOf(world, survivor), await ownerOf(world, merged)];
  if (survivor === merged || survivorId === null || mergedId === null) return 'nothing';
  const id = newId();
  const merging = mergeCustomers(world.ctx, { survivor: survivorId, merged: mergedId, key: id });
  if (!survivor.includes('@') && merged.includes('@')) return refused('validation_failed', merging);
  await merging;
  const orders = world.orders.filter(({ root }) => root === merged);
  for (const order of orders) order.root = survivor;
  world.mergedInto.set(merged, survivor);
  world.merges.push({ id, survivor, merged, orders, club: shareClub(world, { survivor, merged }) });
  return 'done';
}

/** Of two times in the club that last, the longer one goes on. */
function shareClub(
  world: World,
  { survivor, merged }: { survivor: string; merged: string },
): ToldMerge['club'] {
  const own = clubOf(world, survivor);
  const ended = clubOf(world, merged).find(([, until]) => until === null) ?? null;
  const current = own.find(([, until]) => until === null) ?? null;
  if (ended === null) return { begun: null, withdrawn: null, ended };
  ended[1] = world.clock.now();
  if (current !== null && current[0] <= ended[0]) return { begun: null, withdrawn: null, ended };
  if (current !== null) current[1] = current[0];
  const begun: ClubTime = [ended[0], null];
  world.club.set(survivor, [...own, begun]);
  return { begun, withdrawn: current, ended };
}

/** A merge is undone; what was spent since may stand in the way, and so may time. */
async function makeTwo(world: World, place: number): Promise<Done> {
  const merge = at(world.merges, place);
  if (merge === undefined) return 'nothing';
  try {
    await undoMerge(world.ctx, { id: merge.id });
  } catch (error) {
    if (error instanceof AppError && error.code === 'merge_not_undoable') return 'refused';
    throw error;
  }
  const { survivor, merged, club } = merge;
  for (const order of merge.orders) if (order.root === survivor) order.root = merged;
  world.mergedInto.delete(merged);
  world.merges = world.merges.filter((one) => one !== merge);
  const { begun, withdrawn, ended } = club;
  const isRunning = begun === null || begun[1] === null;
  if (begun !== null && begun[1] === null) {
    begun[1] = begun[0];
    if (withdrawn !== null) world.club.set(survivor, [...clubOf(world, survivor), [withdrawn[0], null]]);
  }
  const theirs = clubOf(world, merged);
  if (ended?.[1] != null && isRunning && theirs.every(([, until]) => until !== null))
    world.club.set(merged, [...theirs, [ended[1], null]]);
  return 'done';
}

/** Whose own account a root is; null where it is nobody's, or not there yet. */
async function ownerOf({ store, rootIds }: World, root: string): Promise<string | null> {
  const sql = 'SELECT owner_id FROM accounts WHERE id = ?';
  const [row] = await store.read({ sql, args: [rootIds.get(root) ?? ''] });
  return typeof row?.[0] === 'string' ? row[0] : null;
}

async function tellEvent(world: World, told: Extract<Command, { kind: 'event' }>): Promise<Done> {
  const order = at(allOf(world), told.order);
  if (order === undefined) return 'nothing';
  const happened = Math.max(order.placedAt, world.clock.now() - told.daysAgo * DAY_MS);
  const event = {
    source: 'dhl',
    id: `e${order.events.length}`,
    status: at(statuses, told.status),
    at: happened,
  };
  order.events.push(event);
  for (let times = told.isRepeated ? 2 : 1; times > 0; times -= 1) await sendEvent(world, order, event);
  return 'done';
}

export async function sendEvent(
  world: World,
  { source, number }: ToldOrder,
  event: ToldOrder['events'][number],
): Promise<void> {
  const at = new Date(event.at).toISOString();
  await recordEvent(world.ctx, { source, number, event: orderEventInput.parse({ ...event, at }) });
}

async function giveRefund(world: World, told: Extract<Command, { kind: 'refund' }>): Promise<Done> {
  const order = at(allOf(world), told.order);
  if (order === undefined) return 'nothing';
  const line = at(order.lines, told.line);
  const amount = ((line.total - line.discount) * BigInt(told.percent)) / 100n;
  if (amount === 0n) return 'nothing';
  const refund = {
    id: `r${order.refunds.length}-${world.clock.now()}`,
    at: Math.max(order.placedAt, world.clock.now() - DAY_MS),
    lines: [{ line: line.id, amount }],
  };
  if (amount > netOf(order, line)) {
    return refused('refund_exceeds_line', sendRefund(world, order, refund));
  }
  order.refunds.push(refund);
  for (let times = told.isRepeated ? 2 : 1; times > 0; times -= 1) await sendRefund(world, order, refund);
  return 'done';
}

export async function sendRefund(
  world: World,
  { source, number, currency }: ToldOrder,
  { id, at, lines }: ToldOrder['refunds'][number],
): Promise<void> {
  const refund = refundInput.parse({
    id,
    at: new Date(at).toISOString(),
    lines: lines.map(({ line, amount }) => ({ line, amount: { amount: Number(amount), currency } })),
  });
  await recordRefund(world.ctx, { source, number, refund });
}

async function spend(world: World, told: Extract<Command, { kind: 'redeem' }>): Promise<Done> {
  const root = rootOf(world, told.buyer);
  const accountId = world.rootIds.get(root);
  const available = world.availableOf(root);
  const amount = (available * BigInt(told.percent)) / 100n;
  if (accountId === undefined || amount <= 0n || !(await hasProgramme(world))) return 'nothing';
  const asked = { customerId: null, accountId, kind: told.as, amount, currency: 'EUR', reference: null };
  const redeeming = redeem(world.ctx, asked);
  if (amount > available) return refused('insufficient_balance', redeeming);
  await redeeming;
  return 'done';
}

async function takeBack(world: World, place: number): Promise<Done> {
  const rows = await world.store.read({
    sql: `SELECT redemptions.id, reversals.at IS NOT NULL, voucher_uses.at IS NOT NULL FROM redemptions
      LEFT JOIN reversals ON redemption_id = redemptions.id
      LEFT JOIN voucher_uses ON voucher_uses.code = voucher_code ORDER BY redemptions.id`,
    args: [],
  });
  const row = at(rows, place);
  if (row === undefined) return 'nothing';
  const [id, isReversed, isUsed] = row;
  const reversing = reverseRedemption(world.ctx, { id: String(id), reason: null });
  if (isReversed === 1n) return refused('already_reversed', reversing);
  if (isUsed === 1n) return refused('voucher_used', reversing);
  await reversing;
  return 'done';
}

async function payByVoucher(world: World, told: Extract<Command, { kind: 'use' }>): Promise<Done> {
  const rows = await world.store.read({
    sql: `SELECT vouchers.code, vouchers.account_id, amount_minor, minimum_minor, expires_at,
      (SELECT 1 FROM voucher_uses WHERE code = vouchers.code),
      (SELECT 1 FROM voucher_cancellations WHERE code = vouchers.code AND reason <> 'lapsed') FROM vouchers ORDER BY issued_at, entry_seq, 2`,
    args: [],
  });
  const row = at(rows, told.voucher);
  if (row === undefined) return 'nothing';
  const [code, accountId, worth, minimum, expiresAt, isUsed, isCancelled] = row;
  const owner = [...world.rootIds].find(([, id]) => id === accountId)?.[0] ?? '';
  const own = world.orders.filter((order) => order.root === survivorOf(world, owner));
  const order = at(own, told.order);
  if (order === undefined) return 'nothing';
  const amount = (BigInt(worth ?? 0) * BigInt(Math.min(told.percent, 100))) / 100n;
  if (amount === 0n) return 'nothing';
  const { source, number } = order;
  const using = useVoucher(world.ctx, {
    code: String(code),
    order: { source, number },
    amount,
    currency: 'EUR',
  });
  if (isUsed === 1n) return refused('voucher_used', using);
  if (isCancelled === 1n) return refused('voucher_cancelled', using);
  if (expiresAt !== null && Number(expiresAt) <= world.clock.now()) return refused('voucher_expired', using);
  if (!isWorth(order, BigInt(minimum ?? 0))) return refused('validation_failed', using);
  await using;
  order.voucherPaid += amount;
  return 'done';
}

function isWorth({ currency, lines }: ToldOrder, minimum: bigint): boolean {
  const bought = lines.reduce((sum, { total, discount }) => sum + total - discount, 0n);
  return minimum === 0n || (currency === 'EUR' && bought >= minimum);
}

async function correct(world: World, told: Extract<Command, { kind: 'adjust' }>): Promise<Done> {
  const root = rootOf(world, told.buyer);
  const accountId = world.rootIds.get(root);
  if (accountId === undefined || !(await hasProgramme(world))) return 'nothing';
  const adjusting = adjust(world.ctx, {
    account: accountId,
    amount: BigInt(told.amount),
    reason: 'goodwill',
  });
  if (BigInt(-told.amount) > world.availableOf(root)) return refused('insufficient_balance', adjusting);
  await adjusting;
  return 'done';
}

async function changeClub(world: World, told: Extract<Command, { kind: 'club' }>): Promise<Done> {
  const root = rootOf(world, told.buyer);
  const accountId = world.rootIds.get(root);
  if (accountId === undefined || !(await hasProgramme(world))) return 'nothing';
  const times = clubOf(world, root);
  const current = times.find(([, until]) => until === null);
  const day = dayAt(world.clock.now() - told.daysAgo * DAY_MS);
  const email = await emailIn(world, accountId);
  if (email === null) return 'nothing';
  if (told.act === 'join') {
    const joining = addMember(world.ctx, { email, accountId, since: day });
    if (current !== undefined) return refused('club_member_already', joining);
    await joining;
    world.club.set(root, [...times, [midnight(day), null]]);
    return 'done';
  }
  const until = told.daysAgo === 0 ? null : day;
  const ending = endMembership(world.ctx, { accountId, until, isWithdrawn: told.act === 'withdraw' });
  if (current === undefined) return refused('club_not_a_member', ending);
  const [since] = current;
  const moment = until === null ? world.clock.now() : midnight(until);
  if (told.act === 'end' && moment < since) return refused('validation_failed', ending);
  await ending;
  current[1] = told.act === 'withdraw' ? since : moment;
  return 'done';
}

/** Somebody of an account, by email; null where all are known by keys. */
async function emailIn({ store }: World, accountId: string): Promise<string | null> {
  const sql = `SELECT min(email) FROM customers JOIN memberships ON customer_id = customers.id
    JOIN accounts ON accounts.id = account_id WHERE root_id = ?`;
  const [row] = await store.read({ sql, args: [accountId] });
  return typeof row?.[0] === 'string' ? row[0] : null;
}

async function changeProgramme(world: World, told: Extract<Command, { kind: 'programme' }>): Promise<Done> {
  const today = dayAt(world.clock.now());
  const from = { early: '2024-01-01', today, tomorrow: nextDay(today) }[told.start];
  const rules = told.rules.map((number) => ruleOf(number, from));
  try {
    const file = { currency: 'EUR', timeZone: TIME_ZONE, rules, debt: told.debt };
    if (told.isLeft) await putProgramme(world.ctx, file);
    else await setProgramme(world.ctx, file);
  } catch (error) {
    if (error instanceof AppError && error.errors.some(({ code }) => code === 'from_in_the_past'))
      return 'refused';
    throw error;
  }
  world.debt = told.debt;
  world.isPublishing = told.isLeft;
  world.jobsRanAt = Math.max(world.jobsRanAt, 0);
  return 'done';
}

async function hasProgramme(world: World): Promise<boolean> {
  return (await world.store.read({ sql: 'SELECT 1 FROM programmes', args: [] })).length > 0;
}

async function refused(code: string, asking: Promise<unknown>): Promise<Done> {
  const answer = await asking.then(
    () => 'accepted',
    (error: unknown) => (error instanceof AppError ? error.code : error),
  );
  if (answer instanceof Error) throw answer;
  if (answer !== code) throw new Error(`should be refused as ${code}, was: ${answer}`);
  return 'refused';
}

/** The item a number names; of an empty list none. */
function at<Item>(items: readonly Item[], place: number): Item;
function at<Item>(items: readonly Item[], place: number): Item | undefined {
  return items[place % items.length];
}
