import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '../../db/embedded.ts';
import { migrate } from '../../db/migrate.ts';
import type { Store } from '../../db/store.ts';
import { setMoment } from '../../functions/care/moments/set-moment.ts';
import { workMoments } from '../../functions/care/moments/work-moments.ts';
import { setOccasion } from '../../functions/care/occasions/set-occasion.ts';
import { tellOccasions } from '../../functions/care/occasions/tell-occasions.ts';
import { giveTasks } from '../../functions/care/plans/give-tasks.ts';
import { listPlans } from '../../functions/care/plans/list-plans.ts';
import { setPlan } from '../../functions/care/plans/set-plan.ts';
import { instantOfLocal } from '../../functions/ground/platform/business-time.ts';
import type { Context } from '../../functions/ground/platform/context.ts';
import { finishFacts } from '../../functions/insight/segments/facts-ready.ts';
import { setPolicies } from '../../functions/money/business/policies.ts';
import { recordOrder } from '../../functions/money/orders/record-order.ts';
import { recordOrderInput } from '../../functions/money/orders/schema.ts';
import { setProgramme } from '../../functions/money/programme/set-programme.ts';
import { answerQuestion } from '../../functions/people/joining/answer-question.ts';
import { setPreferences } from '../../functions/people/preferences/set-preferences.ts';
import { type Copies, copiesOfCustomer, copyRows } from './copy-rows.ts';
import { contextOn } from './seed.ts';

const CUSTOMERS = Number(process.env.BENCH_CUSTOMERS ?? 1_000_000);
const DAY_MS = 86_400_000;
/** Over so many days before the measured one what customers did for the first time is spread. */
const SPREAD_DAYS = 1000;

/** How long one job took, and what it came to. */
interface Took {
  seconds: number;
  processorSeconds: number;
  memoryMiB: number;
  came: number;
}

/**
 * What the jobs of occasions, plans and moments take with so many customers, who came one after the other and whose birthdays are
 * spread over the year: the first run of a day, and one that finds all of it done.
 */
async function measureDays(): Promise<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-days-'));
  const db = openEmbedded(join(folder, 'regulars.db'));
  try {
    await migrate(db, 0);
    await db.script('PRAGMA synchronous = OFF');
    const now = instantOfLocal('2026-05-14T09:00:00.000', 'Europe/London');
    const ctx: Context = { ...contextOn(db), now: () => now };
    await fill(ctx, now);
    await db.script('PRAGMA synchronous = FULL');
    const before = { ...ctx, now: () => now - DAY_MS };
    const plain = { audience: 'everybody', amount: '', minimum: '', months: null } as const;
    for (const kind of ['birthday', 'joined', 'first_order'] as const)
      await setOccasion(before, { ...plain, kind, isOn: true, giftForm: 'none' });
    const plan = { id: null, what: 'Ask how it is', level: null, staff: null, mostPerDay: 500 } as const;
    for (const channel of ['phone', 'post'] as const)
      await setPlan(before, { ...plan, audience: 'buyer', channel, purpose: 'service', intervalDays: 90 });
    for (const name of ['second_purchase', 'reward_unseen', 'testimonial_ask', 'query_thanks', 'late_parcel'])
      await setMoment(before, { name, isOn: true });
    const jobs = {
      occasions: () => tellOccasions(ctx),
      plans: () => giveTasks(ctx),
      moments: () => workMoments(ctx),
      plansShown: async () => (await listPlans(ctx)).length,
    };
    const measured: Record<string, Took[]> = {};
    for (const [name, job] of Object.entries(jobs)) measured[name] = [await took(job), await took(job)];
    const load = loadavg().map((one) => Number(one.toFixed(2)));
    return { customers: CUSTOMERS, ...measured, load };
  } finally {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function took(work: () => Promise<number>): Promise<Took> {
  global.gc?.();
  const before = process.memoryUsage.rss();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 50);
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const came = await work();
  const seconds = (performance.now() - start) / 1000;
  const used = process.cpuUsage(cpu);
  clearInterval(watch);
  return {
    ...{ seconds: Number(seconds.toFixed(2)), came },
    processorSeconds: Number(((used.user + used.system) / 1e6).toFixed(2)),
    memoryMiB: Math.round((most - before) / 2 ** 20),
  };
}

/** One customer who has joined, bought something and told a birthday, and copies on each other day. */
async function fill(ctx: Context, now: number): Promise<void> {
  await setPolicies(ctx, [
    ['wishHour', '0'],
    ['momentHour', '0'],
  ]);
  await setProgramme(ctx, {
    ...{ currency: 'EUR', timeZone: 'Europe/London', debt: 'carry' },
    rules: [
      {
        ...{ id: 'back', name: '5 back for every 10', scheme: 'every', spend: '10.00', back: '5.00' },
        ...{ period: 'lifetime', from: '2020-01-01' },
      },
    ],
  });
  const input = recordOrderInput.parse({
    ...{ source: 'bench', number: 'B-1', placedAt: '2026-02-01T10:00:00Z', currency: 'EUR' },
    ...{ status: 'delivered', customer: { email: 'first@example.com' } },
    lines: [{ id: '1', total: { amount: 4200, currency: 'EUR' } }],
  });
  const { order } = await recordOrder(ctx, input);
  const customerId = order.customerId ?? '';
  const own: Context = { ...ctx, actor: { kind: 'customer', id: customerId } };
  await answerQuestion(own, { question: 'birthday', answer: '01-01' });
  await setPreferences(own, { customerId, wishes: [{ topic: 'news', channel: 'mail', isOn: true }] });
  await ctx.db.write([
    {
      sql: "UPDATE customers SET claimed_at = 1, phone = '+44 20 7946 0101', address = 'Somewhere 1' WHERE id = ?",
      args: [customerId],
    },
  ]);
  await finishFacts(ctx);
  await withoutWords(ctx.db, () => copyRows(ctx.db, { copies: copiesOf(customerId, now), many: CUSTOMERS }));
}

function copiesOf(customerId: string, now: number): Copies[] {
  const account = `(SELECT id FROM accounts WHERE owner_id = '${customerId}')`;
  const daysAgo = `(n % ${SPREAD_DAYS} + 1)`;
  const at = `${now} - ${daysAgo} * ${DAY_MS}`;
  const day = `date('2026-05-14', '-' || ${daysAgo} || ' days')`;
  // Copies have no history, which goes on without gaps.
  const anew = { history_seq: '0' };
  const ownOf = `customer_id = '${customerId}'`;
  return [
    ...copiesOfCustomer(customerId).map((one) =>
      one.table === 'accounts'
        ? { ...one, set: { ...one.set, ...anew, signed_up_at: at, first_placed_at: at } }
        : one,
    ),
    {
      ...{ table: 'profile_answers', where: `${ownOf} AND question = 'birthday'` },
      set: {
        customer_id: "'c' || n",
        answer: "strftime('%m-%d', '2000-01-01', '+' || (n % 366) || ' days')",
      },
    },
    {
      ...{ table: 'consents', where: `${ownOf} AND kind = 'news'` },
      set: { id: 'id || n', customer_id: "'c' || n" },
    },
    { table: 'lots', where: `account_id = ${account}`, set: { account_id: "'a' || n", dated_at: at } },
    {
      ...{ table: 'account_facts', where: `account_id = ${account}` },
      set: { account_id: "'a' || n", first_on: day, last_on: day },
    },
    { table: 'account_years', where: `root_id = ${account}`, set: { root_id: "'a' || n" } },
    { table: 'account_levels', where: `root_id = ${account}`, set: { root_id: "'a' || n" } },
  ];
}

/** Nobody searches for the copies, whose words would take longer than all else. */
async function withoutWords(db: Store, work: () => Promise<void>): Promise<void> {
  const [row] = await db.read({
    sql: "SELECT sql FROM sqlite_schema WHERE name = 'customer_words_insert'",
    args: [],
  });
  await db.script('DROP TRIGGER customer_words_insert');
  await work();
  await db.script(String(row?.[0]));
}

console.info(JSON.stringify(await measureDays(), null, 1));
