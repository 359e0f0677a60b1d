import { constants, copyFileSync } from 'node:fs';
import { openEmbedded } from '../../db/embedded.ts';
import type { Context } from '../../functions/ground/platform/context.ts';
import { catchUpFacts } from '../../functions/insight/facts/catch-up.ts';
import { getFactsState } from '../../functions/insight/facts/get-facts-state.ts';
import { workFacts } from '../../functions/insight/facts/work-facts.ts';
import { recordOrder } from '../../functions/money/orders/record-order.ts';
import { recordOrderInput } from '../../functions/money/orders/schema.ts';
import { median } from './compare.ts';
import { remove } from './kept.ts';
import type { Line } from './report.ts';
import { contextOn, seed } from './seed.ts';
import { createRandom, linesOf, orderBody } from './shop.ts';

/** What counting accounts beside costs whoever records orders as fast as they can. */
export interface ComparedFacts {
  on: number;
  off: number;
  /** How many changes were counted, and how many waited still at the end. */
  counted: number;
  behind: number;
}

/** On, off, off, on …: what the machine does meanwhile happens to both. */
const ROUNDS = [true, false, false, true, true, false];
const WARM_UP_MS = 5_000;
const MINUTE_MS = 60_000;
const IN_FLIGHT = 32;
const LEAST = 0.97;

/** Orders a second over whole minutes, each with one run of the job as the server makes it, or with none. */
export async function measureFacts(folder: string): Promise<ComparedFacts> {
  const { path, customers } = await seed(10_000, folder);
  const copy = `${folder}/facts.db`;
  remove(copy);
  copyFileSync(path, copy, constants.COPYFILE_FICLONE);
  const db = openEmbedded(copy);
  const ctx = contextOn(db);
  await catchUpFacts(ctx);
  const record = recorderOf(ctx, customers);
  await record(WARM_UP_MS);
  const rates: Record<'on' | 'off', number[]> = { on: [], off: [] };
  let counted = 0;
  for (const isOn of ROUNDS) {
    if (!isOn) await catchUpFacts(ctx);
    const before = (await getFactsState(ctx)).position;
    const [rate] = await Promise.all([record(MINUTE_MS), isOn ? workFacts(ctx) : null]);
    rates[isOn ? 'on' : 'off'].push(rate);
    if (isOn) counted += (await getFactsState(ctx)).position - before;
  }
  const { behind } = await getFactsState(ctx);
  db.close();
  remove(copy);
  return { on: median(rates.on), off: median(rates.off), counted, behind: behind ?? 0 };
}

/** Records orders of customers by chance for so long; how many a second. */
function recorderOf(ctx: Context, customers: number): (length_ms: number) => Promise<number> {
  const random = createRandom(11);
  let number = 0;
  return async (length_ms) => {
    const started = performance.now();
    let recorded = 0;
    const goOn = async () => {
      while (performance.now() - started < length_ms) {
        number += 1;
        const body = orderBody({
          ...{ number: `F-${number}`, placedAt: new Date(ctx.now()).toISOString() },
          ...{ customer: random(customers), lines: linesOf(random) },
        });
        await recordOrder(ctx, recordOrderInput.parse(JSON.parse(body)));
        recorded += 1;
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, goOn));
    return (recorded * 1000) / (performance.now() - started);
  };
}

export function factsLine({ on, off, counted, behind }: ComparedFacts): Line {
  const ratio = on / off;
  return {
    what: 'order ingest with accounts counted beside, and without',
    ours: `${Math.round(on)}/s`,
    ceiling: `${Math.round(off)}/s`,
    ratio,
    wanted: `≥ ${LEAST}`,
    isMet: ratio >= LEAST,
    latency: `${new Intl.NumberFormat('en').format(counted)} changes counted, ${new Intl.NumberFormat('en').format(behind)} waiting`,
    cpu: '',
  };
}
