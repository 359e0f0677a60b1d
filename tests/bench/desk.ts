import { copyFileSync } from 'node:fs';
import { openEmbedded } from '../../db/embedded.ts';
import { statement } from '../../db/query.ts';
import { indexOrders } from '../../functions/console/index-orders.ts';
import { search } from '../../functions/console/search.ts';
import { listInbox } from '../../functions/feedback/list-inbox.ts';
import type { Context } from '../../functions/platform/context.ts';
import { verify } from '../../functions/verify/verify.ts';
import { median } from './compare.ts';
import { remove } from './kept.ts';
import { contextOn, seed } from './seed.ts';

/** Processor time of one call each, in milliseconds, the median of many; of `verify` the seconds of one. */
export interface DeskRows {
  prefix: number;
  middle: number;
  miss: number;
  feedback: number;
  feedbackMiss: number;
  verify_s: number;
}

const CALLS = 31;
const HOUR_MS = 3_600_000;

/** What staff look for, and the proof, over a database of so many orders and half as many pieces of feedback. */
export async function measureDesk(orders: number, folder: string): Promise<DeskRows> {
  const path = `${folder}/desk.db`;
  copyFileSync((await seed(orders, folder)).path, path);
  const db = openEmbedded(path);
  const ctx = contextOn(db);
  try {
    await db.script('PRAGMA synchronous = OFF');
    const later = { ...ctx, now: () => ctx.now() + HOUR_MS };
    while ((await indexOrders(later)) > 0);
    await tell(ctx, orders / 2);
    const find = (text: string) => cpu_ms(() => search(ctx, { text }));
    const inbox = (text: string) => cpu_ms(() => listInbox(ctx, { ...everything, text }));
    return {
      prefix: await find('S-1'),
      middle: await find('tomer1'),
      miss: await find('zzzzq'),
      feedback: await inbox('coffee'),
      feedbackMiss: await inbox('zzzzq'),
      verify_s: (await once(() => verify(ctx))) / 1000,
    };
  } finally {
    db.close();
    remove(path);
  }
}

const everything = {
  kind: null,
  state: null,
  owner: null,
  isOverdue: false,
  causeId: null,
  customerId: null,
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

async function cpu_ms(call: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < CALLS; index += 1) times.push(await once(call));
  return median(times);
}

async function once(call: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
