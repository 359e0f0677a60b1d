import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '../../db/embedded.ts';
import { migrate } from '../../db/migrate.ts';
import type { Store } from '../../db/store.ts';
import { setOccasion } from '../../functions/care/occasions/set-occasion.ts';
import { tellOccasions } from '../../functions/care/occasions/tell-occasions.ts';
import { giveTasks } from '../../functions/care/plans/give-tasks.ts';
import { listPlans } from '../../functions/care/plans/list-plans.ts';
import { setPlan } from '../../functions/care/plans/set-plan.ts';
import { instantOfLocal } from '../../functions/ground/platform/business-time.ts';
import type { Context } from '../../functions/ground/platform/context.ts';
import { finishFacts } from '../../functions/insight/segments/facts-ready.ts';
import { setPolicy } from '../../functions/money/business/policies.ts';
import { recordOrder } from '../../functions/money/orders/record-order.ts';
import { recordOrderInput } from '../../functions/money/orders/schema.ts';
import { setProgramme } from '../../functions/money/programme/set-programme.ts';
import { answerQuestion } from '../../functions/people/joining/answer-question.ts';
import { copiesOfCustomer, copyRows } from './copy-rows.ts';
import { contextOn } from './seed.ts';

const CUSTOMERS = Number(process.env.BENCH_CUSTOMERS ?? 1_000_000);

/** How long one job took, and what it came to. */
interface Took {
  seconds: number;
  processorSeconds: number;
  memoryMiB: number;
  came: number;
}

/**
 * What the jobs of occasions and plans take with so many customers, whose birthdays are spread over the year: the first run of a
 * day, and one that finds all of it done.
 */
export async function measureDays(): Promise<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-days-'));
  const db = openEmbedded(join(folder, 'regulars.db'));
  try {
    await migrate(db, 0);
    const now = instantOfLocal('2026-05-14T09:00:00.000', 'Europe/London');
    const ctx: Context = { ...contextOn(db), now: () => now };
    await fill(ctx, db);
    const before = { ...ctx, now: () => now - 86_400_000 };
    const plain = { audience: 'everybody', amount: '', minimum: '', months: null } as const;
    await setOccasion(before, { ...plain, kind: 'birthday', isOn: true, giftForm: 'none' });
    const wished = await took(() => tellOccasions(ctx));
    const again = await took(() => tellOccasions(ctx));
    const plan = { id: null, what: 'Ask how it is', level: null, staff: null, mostPerDay: 500 } as const;
    for (const channel of ['phone', 'post'] as const)
      await setPlan(before, { ...plan, audience: 'buyer', channel, purpose: 'service', intervalDays: 90 });
    const given = await took(() => giveTasks(ctx));
    const givenAgain = await took(() => giveTasks(ctx));
    const listed = await took(async () => (await listPlans(ctx)).length);
    return { customers: CUSTOMERS, occasions: { wished, again }, plans: { given, givenAgain, listed } };
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

/** One customer who has joined, bought something and told a birthday, and copies with each other day. */
async function fill(ctx: Context, db: Store): Promise<void> {
  await setPolicy(ctx, 'wishHour', '0');
  await setProgramme(ctx, {
    ...{ currency: 'EUR', timeZone: 'Europe/London', debt: 'carry' },
    rules: [],
  });
  const input = recordOrderInput.parse({
    ...{ source: 'bench', number: 'B-1', placedAt: '2026-02-01T10:00:00Z', currency: 'EUR' },
    ...{ status: 'delivered', customer: { email: 'first@example.com' } },
    lines: [{ id: '1', total: { amount: 4200, currency: 'EUR' } }],
  });
  const { order } = await recordOrder(ctx, input);
  const customerId = order.customerId ?? '';
  await answerQuestion(
    { ...ctx, actor: { kind: 'customer', id: customerId } },
    { question: 'birthday', answer: '01-01' },
  );
  await db.write([
    {
      sql: "UPDATE customers SET claimed_at = 1, phone = '+44 20 7946 0101', address = 'Somewhere 1' WHERE id = ?",
      args: [customerId],
    },
  ]);
  await finishFacts(ctx);
  const account = `(SELECT id FROM accounts WHERE owner_id = '${customerId}')`;
  const facts = ['account_facts', 'account_years', 'account_levels'].map((table) => {
    const key = table === 'account_facts' ? 'account_id' : 'root_id';
    return { table, where: `${key} = ${account}`, set: { [key]: "'a' || n" } };
  });
  const copies = [
    ...copiesOfCustomer(customerId),
    {
      ...{ table: 'profile_answers', where: `customer_id = '${customerId}' AND question = 'birthday'` },
      set: {
        customer_id: "'c' || n",
        answer: "strftime('%m-%d', '2000-01-01', '+' || (n % 366) || ' days')",
      },
    },
    ...facts,
  ];
  await copyRows(db, { copies, many: CUSTOMERS });
}
