import { insertInto, statement } from '../../../db/query.ts';
import { productBaskets } from '../../../db/schema/index.ts';
import { isConflictOn, type Statement } from '../../../db/store.ts';
import { takeSteps } from '../../ground/feed/take-steps.ts';
import { allow } from '../../ground/platform/allow.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import { dayFromNumber } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { keepLatest } from './basket.ts';
import { beginRun, findOrBeginRun } from './begin-run.ts';
import { nothingReason } from './choose.ts';
import { chunkOf, entriesOf, readChunk } from './chunk.ts';
import { termsOfProduct } from './interests.ts';
import { pageAccounts } from './list-accounts.ts';
import {
  CHUNKS_PER_PAGE,
  countChunks,
  findOldChunk,
  findOldFacts,
  listChunks,
  type ProductRun,
} from './queries.ts';
import { readBought, toBasketProduct } from './read-baskets.ts';
import { openShelf, type Stock } from './stock.ts';
import { type WeighedPair, weigherOf } from './weigh.ts';

/** How long one turn takes: on Workers the other jobs of its minute wait for it. */
const TURN_MS = 15_000;
const STEPS_MAX = 1000;
/** So many products are written at a time, with up to a dozen pairs each. */
const PRODUCTS_PER_STEP = 25;
/** Of so many runs it is remembered when they were and how much they found. */
const RUNS_KEPT = 100;

const insertChunk = insertInto(productBaskets);

/**
 * Takes a turn at counting which products go together, step by step from where the turn before ended. Until a run is finished,
 * what the one before found holds.
 */
export async function workOnProducts(ctx: Context): Promise<void> {
  const end = ctx.now() + TURN_MS;
  const mayStep = takeSteps(ctx, STEPS_MAX);
  await takeTurn(ctx, await findOrBeginRun(ctx), () => ctx.now() < end && mayStep());
}

/**
 * Counts everything anew, at once and to the end.
 * @throws {AppError} `forbidden`
 */
export async function rebuildProducts(
  ctx: Context,
  onStep: (run: ProductRun) => void = () => undefined,
): Promise<void> {
  allow(ctx.actor, 'customers:write');
  const goesOn = () => ctx.isEnding?.() !== true;
  const { timeZone } = await getBusiness({ ...ctx, db: ctx.db.fresh });
  await ctx.db.write([statement("UPDATE product_runs SET phase = 'done' WHERE phase <> 'done'")]);
  await takeTurn(ctx, await beginRun(ctx, dayOf(ctx.now(), timeZone)), goesOn, onStep);
}

async function takeTurn(
  ctx: Context,
  first: ProductRun | null,
  goesOn: () => boolean,
  onStep: (run: ProductRun) => void = () => undefined,
): Promise<void> {
  const turn: Turn = { weighing: null };
  let run = first;
  while (run !== null && run.phase !== 'done' && goesOn()) {
    run = await takeStep(ctx, run, turn);
    if (run !== null) onStep(run);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

/** What one turn keeps in memory from step to step. */
interface Turn {
  weighing: { stock: Stock; weigh: (place: number) => WeighedPair[] } | null;
}

interface Step {
  after: ProductRun;
  rows: readonly Statement[];
}

/** @returns the run after the step; null when another process took it */
async function takeStep(ctx: Context, run: ProductRun, turn: Turn): Promise<ProductRun | null> {
  const { after, rows } = await nextStep(ctx, run, turn);
  try {
    await ctx.db.write([moveRun(run, after), ...rows]);
  } catch (error) {
    if (isConflictOn(error, 'product_runs.reached', 'product_baskets')) return null;
    throw error;
  }
  return after;
}

async function nextStep(ctx: Context, run: ProductRun, turn: Turn): Promise<Step> {
  if (run.phase === 'gathering') return gather(ctx, run);
  if (run.phase === 'sweeping') return sweep(ctx, run);
  if (turn.weighing === null) {
    const stock = await readStock(ctx, run);
    turn.weighing = { stock, weigh: weigherOf(stock) };
  }
  return weighNext(ctx, run, turn.weighing);
}

async function gather(ctx: Context, run: ProductRun): Promise<Step> {
  const db = ctx.db.fresh;
  const { timeZone } = await getBusiness({ ...ctx, db });
  const { accounts, reached } = await pageAccounts(db, run, run.reached);
  const [bought, place] = await Promise.all([readBought(db, accounts), countChunks(db, run)]);
  const baskets = [...bought.values()].map((products) =>
    keepLatest(products.map((product) => toBasketProduct(product, timeZone))),
  );
  const after: ProductRun = {
    ...{ ...run, accounts: run.accounts + baskets.length },
    ...(reached === null ? { phase: 'weighing', reached: '0' } : { reached }),
  };
  if (baskets.length === 0) return { after, rows: [] };
  const chunk = chunkOf(baskets);
  const body = JSON.stringify(chunk);
  return {
    after,
    rows: [insertChunk({ run: run.run, step: place?.next ?? 1, entries: entriesOf(chunk), body })],
  };
}

async function readStock(ctx: Context, { run, accounts }: ProductRun): Promise<Stock> {
  const db = ctx.db.fresh;
  const shelf = openShelf({ accounts, entries: (await countChunks(db, { run }))?.entries ?? 0 });
  for (let after = 0; ; ) {
    const page = await listChunks(db, { run, after });
    for (const { body } of page) shelf.put(readChunk(body));
    if (page.length < CHUNKS_PER_PAGE) return shelf.take();
    after = page.at(-1)?.step ?? after;
  }
}

function weighNext(ctx: Context, run: ProductRun, { stock, weigh }: NonNullable<Turn['weighing']>): Step {
  const from = Number(run.reached);
  const keyOf = (place: number) => stock.products[place]?.key ?? '';
  const weighed = stock.products.slice(from, from + PRODUCTS_PER_STEP);
  const facts = weighed.map((product) => [
    ...[product.key, product.name, product.accounts.length, product.again, product.halfDays],
    dayFromNumber(product.lastDay),
  ]);
  const pairs = weighed.flatMap(({ key }, at) =>
    weigh(from + at).map((pair, place) => [
      ...[key, place, keyOf(pair.other), pair.kind, pair.together, pair.later],
      ...[Math.round(pair.chance * 1000), Math.round(Math.min(pair.surprise, 1e9) * 1000)],
    ]),
  );
  const isLast = from + weighed.length >= stock.products.length;
  const after: ProductRun = {
    ...{ ...run, products: run.products + facts.length, pairs: run.pairs + pairs.length },
    ...(isLast
      ? {
          phase: 'sweeping',
          reached: '',
          nothing: nothingIn(stock, run.pairs + pairs.length),
          finishedAt: ctx.now(),
        }
      : { reached: String(from + weighed.length) }),
  };
  const terms = weighed.flatMap((product) => termsOfProduct(product).map((term) => [product.key, term]));
  return {
    after,
    rows: [
      insertAll('product_facts', run, facts, 6),
      insertAll('product_pairs', run, pairs, 8),
      insertAll('product_terms', run, terms, 2),
    ],
  };
}

function nothingIn({ products }: Stock, pairs: number) {
  return nothingReason({
    products: products.map(({ accounts, ...habit }) => ({ ...habit, buyers: accounts.length })),
    pairs,
  });
}

/** Rows of as many columns behind the run's, as one statement. */
function insertAll(
  table: 'product_facts' | 'product_pairs' | 'product_terms',
  { run }: ProductRun,
  rows: readonly unknown[],
  width: number,
): Statement {
  const values = Array.from({ length: width }, (_, column) => `value ->> ${column}`).join(', ');
  return statement(`INSERT INTO ${table} SELECT ?1, ${values} FROM json_each(?2)`, run, JSON.stringify(rows));
}

/** What runs before this one found, and what all gathered, goes a little at a time. */
async function sweep(ctx: Context, run: ProductRun): Promise<Step> {
  const db = ctx.db.fresh;
  const [old, chunk] = await Promise.all([
    findOldFacts(db, { run: run.run }),
    findOldChunk(db, { run: run.run }),
  ]);
  if (old === null && chunk === null) {
    const forgotten = statement('DELETE FROM product_runs WHERE run <= ?', run.run - RUNS_KEPT);
    return { after: { ...run, phase: 'done' }, rows: [forgotten] };
  }
  const keys = `(SELECT key FROM product_facts WHERE run = ?1 ORDER BY key LIMIT ${PRODUCTS_PER_STEP})`;
  const steps = `(SELECT step FROM product_baskets WHERE run = ?1 ORDER BY step LIMIT ${CHUNKS_PER_PAGE})`;
  const rows = [
    ...(old === null
      ? []
      : [
          statement(`DELETE FROM product_pairs WHERE run = ?1 AND key IN ${keys}`, old.run),
          statement(`DELETE FROM product_terms WHERE run = ?1 AND key IN ${keys}`, old.run),
          statement(`DELETE FROM product_facts WHERE run = ?1 AND key IN ${keys}`, old.run),
        ]),
    ...(chunk === null
      ? []
      : [statement(`DELETE FROM product_baskets WHERE run = ?1 AND step IN ${steps}`, chunk.run)]),
  ];
  return { after: run, rows };
}

/** A place that another process has moved on becomes NULL, which the column refuses. */
function moveRun(before: ProductRun, after: ProductRun): Statement {
  return statement(
    `UPDATE product_runs SET reached = CASE WHEN reached = ? AND phase = ? THEN ? END, phase = ?, accounts = ?, products = ?,
       pairs = ?, nothing_because = ?, finished_at = ? WHERE run = ?`,
    ...[before.reached, before.phase, after.reached, after.phase, after.accounts, after.products],
    ...[after.pairs, after.nothing, after.finishedAt, before.run],
  );
}
