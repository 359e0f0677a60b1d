import { copyFileSync } from 'node:fs';
import { openEmbedded } from '../../db/embedded.ts';
import { statement } from '../../db/query.ts';
import { followFigures } from '../../functions/desk/console/customers/follow-figures.ts';
import { listCustomers } from '../../functions/desk/console/customers/list-customers.ts';
import type { CustomersAsked } from '../../functions/desk/console/customers/read-filter.ts';
import { indexOrders } from '../../functions/desk/console/index-orders.ts';
import { listConsoleOrders } from '../../functions/desk/console/orders/list-orders.ts';
import type { OrdersAsked } from '../../functions/desk/console/orders/read-filter.ts';
import { search } from '../../functions/desk/console/search.ts';
import { runJobs } from '../../functions/ground/jobs/run-jobs.ts';
import { isShort } from '../../functions/ground/jobs/schedule.ts';
import type { Context } from '../../functions/ground/platform/context.ts';
import { exportOrders } from '../../functions/reach/exports/export-orders.ts';
import { writeRows } from '../../functions/reach/exports/write-rows.ts';
import { listInbox } from '../../functions/voice/feedback/list-inbox.ts';
import { type Held, measureHold } from './hold.ts';
import { remove } from './kept.ts';
import { contextOn, seed } from './seed.ts';

export interface DeskRows {
  prefix: Held;
  middle: Held;
  miss: Held;
  feedback: Held;
  feedbackMiss: Held;
  /** The console's list of orders: all of them, what is late, and what a text finds. */
  listed: Held;
  listedLate: Held;
  listedText: Held;
  /** The console's list of customers: the newest, by name, those that spent so much, and what a text finds. */
  people: Held;
  peopleNamed: Held;
  peopleSpent: Held;
  peopleText: Held;
  /** The jobs of a server, with as many orders to bring into the index of numbers as a run takes. */
  jobs: Held;
  /** The orders as a file. */
  export: Held;
}

const CALLS = 31;
const HOUR_MS = 3_600_000;

/** What a server does beside its pages, over a database of so many orders and half as many pieces of feedback. */
export async function measureDesk(orders: number, folder: string): Promise<DeskRows> {
  const path = `${folder}/desk.db`;
  remove(path);
  copyFileSync((await seed(orders, folder)).path, path);
  const db = openEmbedded(path);
  const ctx = contextOn(db);
  try {
    await db.script('PRAGMA synchronous = OFF');
    const later = { ...ctx, now: () => ctx.now() + HOUR_MS };
    const jobs = await measureHold(1, () => runJobs(later, { registry: ctx.house.jobs.filter(isShort) }));
    while ((await indexOrders(later)) > 0);
    while ((await followFigures(later)).passed > 0);
    await tell(ctx, orders / 2);
    const find = (text: string) => measureHold(CALLS, () => search(ctx, { text }));
    const inbox = (text: string) => measureHold(CALLS, () => listInbox(ctx, { ...everything, text }));
    const list = (asked: Partial<OrdersAsked>) =>
      measureHold(CALLS, () => listConsoleOrders(ctx, { ...anyOrder, ...asked }, null));
    const people = (asked: Partial<CustomersAsked>) =>
      measureHold(CALLS, () => listCustomers(ctx, { ...anybody, ...asked }, null));
    return {
      prefix: await find('S-1'),
      middle: await find('tomer1'),
      miss: await find('zzzzq'),
      feedback: await inbox('coffee'),
      feedbackMiss: await inbox('zzzzq'),
      listed: await list({}),
      listedLate: await list({ promise: 'late' }),
      listedText: await list({ search: 'tomer1' }),
      people: await people({}),
      peopleNamed: await people({ sort: 'name' }),
      peopleSpent: await people({ sort: 'spend', to: '50' }),
      peopleText: await people({ search: 'tomer1' }),
      jobs,
      export: await measureHold(1, () => readWhole(ctx)),
    };
  } finally {
    db.close();
    remove(path);
  }
}

const anyOrder: OrdersAsked = {
  ...{ search: '', since: '', until: '', state: '', source: '' },
  ...{ currency: '', from: '', to: '', promise: '', customer: '' },
};

const anybody: CustomersAsked = {
  ...{ search: '', company: '', kind: '', club: '', member: '', debt: '', lapsed: '', news: '' },
  ...{ from: '', to: '', lastSince: '', lastUntil: '', joinedSince: '', joinedUntil: '' },
  ...{ own: '', value: '', manager: '', sort: '', order: '' },
};

async function readWhole(ctx: Context): Promise<number> {
  let length = 0;
  const table = await exportOrders(ctx, { since: null, until: null });
  for await (const chunk of writeRows(table, 'csv')) {
    length += chunk.length;
    // What is sent waits for whoever takes it, between two chunks at the latest.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return length;
}

const everything = {
  kind: null,
  state: null,
  owner: null,
  isOverdue: false,
  causeId: null,
  customerId: null,
  ...{ serverId: null, process: null, product: null, place: null },
  page: 1,
};

const PIECES_PER_STEP = 5000;

async function tell({ db }: Context, pieces: number): Promise<void> {
  for (let from = 0; from < pieces; from += PIECES_PER_STEP)
    await db.write([
      statement(
        `WITH RECURSIVE piece(i) AS (SELECT ? UNION ALL SELECT i + 1 FROM piece WHERE i + 1 < ?)
         INSERT INTO feedback (id, reference, kind, text, wants_reply, source, at, actor)
         SELECT printf('f%08d', i), printf('R%08d', i), 'problem',
           'Bag ' || i || ' of the coffee came ' || i % 97 || ' days late, and the beans were stale.', 0, 'portal', i, 'bench'
         FROM piece`,
        from,
        Math.min(pieces, from + PIECES_PER_STEP),
      ),
    ]);
}
