import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { openEmbedded } from '../../db/embedded.ts';
import { migrate } from '../../db/migrate.ts';
import { createCampaign } from '../../functions/care/campaigns/edit-campaign.ts';
import { scheduleCampaign } from '../../functions/care/campaigns/schedule-campaign.ts';
import { workCampaigns } from '../../functions/care/campaigns/sending/work-campaigns.ts';
import type { Context } from '../../functions/ground/platform/context.ts';
import { recordOrder } from '../../functions/money/orders/record-order.ts';
import { recordOrderInput } from '../../functions/money/orders/schema.ts';
import { setProgramme } from '../../functions/money/programme/set-programme.ts';
import { setPreferences } from '../../functions/people/preferences/set-preferences.ts';
import { copiesOfCustomer, copyRows } from './copy-rows.ts';
import { measureMail } from './mail-beside.ts';
import { contextOn } from './seed.ts';

const PEOPLE = Number(process.env.BENCH_PEOPLE ?? 100_000);
const IN_FLIGHT = 16;
const ALONE_MS = 15_000;
const LEAVING_MS = 30_000;

const programme = {
  ...{ currency: 'EUR', timeZone: 'Europe/London', debt: 'carry' },
  rules: [
    {
      ...{ id: 'back', name: '5 back for every 100', scheme: 'every', spend: '100.00', back: '5.00' },
      ...{ period: 'lifetime', from: '2025-01-01' },
    },
  ],
};

/**
 * How long drawing a campaign's recipients takes, alone and while orders come in, what it takes of memory and of the orders, and how
 * long codes and order mails wait beside its mails.
 */
async function measureCampaigns(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-campaigns-'));
  const path = join(folder, 'regulars.db');
  const db = openEmbedded(path);
  try {
    await migrate(db, 0);
    const ctx = contextOn(db);
    await setProgramme(ctx, programme);
    await fill(ctx);
    const alone = await draw(ctx, 'Alone');
    const orders = recorderOf(ctx);
    await orders.run(5_000);
    const rate = await orders.run(ALONE_MS);
    let isDrawing = true;
    const beside = drawApart(path).finally(() => {
      isDrawing = false;
    });
    const meanwhile = await orders.runWhile(() => isDrawing);
    const besideOrders = await beside;
    const again = await orders.run(ALONE_MS);
    const mail = await measureMails(ctx, path);
    console.info(
      JSON.stringify({
        people: PEOPLE,
        alone,
        besideOrders,
        orders: { alone: rate, meanwhile, again, share: meanwhile / ((rate + again) / 2) },
        mail,
        load: loadavg().map((load) => Number(load.toFixed(2))),
      }),
    );
  } finally {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How long codes and order mails wait while a campaign is drawn, and while its mails leave. */
async function measureMails(ctx: Context, path: string) {
  let isDrawing = true;
  const drawn = drawApart(path).finally(() => {
    isDrawing = false;
  });
  const whileDrawn = await measureMail(ctx, () => isDrawing);
  await drawn;
  const end = Date.now() + LEAVING_MS;
  return { whileDrawn, whileLeaving: await measureMail(ctx, () => Date.now() < end) };
}

/** The same in another thread, as the server does it. */
function drawApart(path: string): Promise<unknown> {
  const worker = new Worker(new URL(import.meta.url), { workerData: { path } });
  return new Promise((done, fail) => {
    worker.once('message', done);
    worker.once('error', fail);
  });
}

/** Draws a campaign to everybody: seconds, recipients, and the memory that came on top at the most, in MiB. */
async function draw(ctx: Context, name: string) {
  await ctx.db.write([{ sql: 'DELETE FROM outbox', args: [] }]);
  const { id, actSeq: seq } = await createCampaign(ctx, {
    ...{ name, kind: 'news', segmentId: null, controlPercent: 10, windowDays: 30, sender: null },
    ...{ subject: { en: name }, voucher: null },
    blocks: [{ id: '00000001', kind: 'text', texts: { en: 'New tea.' }, formal: {} }],
  });
  await scheduleCampaign(ctx, { id, seq, at: null });
  global.gc?.();
  const before = process.memoryUsage.rss();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 50);
  const [start, cpu] = [performance.now(), process.threadCpuUsage()];
  for (let drawn = false; !drawn; ) {
    await workCampaigns(ctx);
    const [row] = await ctx.db.fresh.read({ sql: 'SELECT drawn_at FROM campaigns WHERE id = ?', args: [id] });
    drawn = row?.[0] !== null;
  }
  const seconds = (performance.now() - start) / 1000;
  const used = process.threadCpuUsage(cpu);
  clearInterval(watch);
  const [row] = await ctx.db.fresh.read({
    sql: 'SELECT count(*), count(mail_id) FROM campaign_recipients WHERE campaign_id = ?',
    args: [id],
  });
  return {
    seconds: Number(seconds.toFixed(2)),
    processorSeconds: Number(((used.user + used.system) / 1e6).toFixed(2)),
    recipients: Number(row?.[0]),
    mails: Number(row?.[1]),
    memoryMiB: Math.round((most - before) / 2 ** 20),
  };
}

/** One customer as orders make them, who agrees to news; and as many copies. */
async function fill(ctx: Context): Promise<void> {
  const { order } = await recordOrder(ctx, orderOf(0, 'first@example.com'));
  const customerId = order.customerId ?? '';
  await setPreferences(
    { ...ctx, actor: { kind: 'customer', id: customerId } },
    { customerId, wishes: [{ topic: 'news', channel: 'mail', isOn: true }] },
  );
  const consents = {
    ...{ table: 'consents', where: `customer_id = '${customerId}' AND kind = 'news'` },
    set: { id: 'id || n', customer_id: "'c' || n" },
  };
  await copyRows(ctx.db, { copies: [...copiesOfCustomer(customerId), consents], many: PEOPLE });
}

function recorderOf(ctx: Context) {
  let count = 0;
  const one = async () => {
    count += 1;
    await recordOrder(ctx, orderOf(count, `buys-${count % 500}@example.com`));
  };
  const runWhile = async (goesOn: () => boolean) => {
    const [start, before] = [performance.now(), count];
    const worker = async () => {
      while (goesOn()) await one();
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
    return Math.round(((count - before) / (performance.now() - start)) * 1000);
  };
  const run = (ms: number) => {
    const end = performance.now() + ms;
    return runWhile(() => performance.now() < end);
  };
  return { run, runWhile };
}

const orderOf = (count: number, email: string) =>
  recordOrderInput.parse({
    ...{ source: 'bench', number: `B-${count}`, placedAt: '2026-02-01T10:00:00Z', currency: 'EUR' },
    ...{ status: 'delivered', customer: { email } },
    lines: [{ id: '1', total: { amount: 4200, currency: 'EUR' } }],
  });

if (isMainThread) await measureCampaigns();
else {
  const db = openEmbedded(workerData.path);
  parentPort?.postMessage(await draw(contextOn(db), 'Beside orders'));
  db.close();
}
