import { DAY_MS, HOUR_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { signatureOf } from '../../ground/platform/ids.ts';
import {
  countTry,
  type Limit,
  peekTries,
  readTry,
  type Tried,
  tryStatements,
} from '../../ground/platform/rate-limit.ts';

const MIB = 1024 * 1024;

/**
 * How often an hour one customer, or one group of addresses of whom nobody knows, may write; and what files of people who
 * stay unnamed may weigh in a day, by group and all together, in MiB begun.
 */
const limits = {
  customer: { window_ms: HOUR_MS, max: 30 },
  client: { window_ms: HOUR_MS, max: 10 },
  files_by_client: { window_ms: DAY_MS, max: 50 },
  files: { window_ms: DAY_MS, max: 250 },
} as const;

function limitOn(ctx: Context, kind: keyof typeof limits, subject: string): Limit {
  return { ...limits[kind], key: `feedback:${signatureOf(ctx.config.secret, `limit:${kind}:${subject}`)}` };
}

/** @throws {AppError} `too_many_requests` */
export async function assertMayWrite(
  ctx: Context,
  who: { kind: 'customer' | 'client'; subject: string },
): Promise<void> {
  assertAll([await countTry(ctx.db, { ...limitOn(ctx, who.kind, who.subject), now: ctx.now() })]);
}

/** Counts files of somebody unnamed before they are kept. @throws {AppError} `too_many_requests` */
export async function assertMaySend(
  ctx: Context,
  { client, bytes }: { client: string; bytes: number },
): Promise<void> {
  if (bytes === 0) return;
  const cost = Math.ceil(bytes / MIB);
  const counted = filesOf(ctx, client).map((limit) => ({ ...limit, cost }));
  const rows = await ctx.db.write(tryStatements(counted, ctx.now()));
  assertAll(counted.map((limit, index) => readTry(rows[index], limit, ctx.now())));
}

/** How long somebody unnamed has to wait until anything of theirs would be taken; null when it would be now. */
export async function findWait(ctx: Context, client: string): Promise<{ retry_after_s: number } | null> {
  const tries = await peekTries(ctx.db, [limitOn(ctx, 'client', client), ...filesOf(ctx, client)], ctx.now());
  const over = tries.filter(({ ok }) => !ok);
  return over.length === 0 ? null : { retry_after_s: Math.max(...over.map((tried) => tried.retry_after_s)) };
}

const filesOf = (ctx: Context, client: string) => [
  limitOn(ctx, 'files_by_client', client),
  limitOn(ctx, 'files', 'all'),
];

function assertAll(tries: readonly Tried[]): void {
  const over = tries.find(({ ok }) => !ok);
  if (over === undefined) return;
  throw new AppError('too_many_requests', 'That was a lot at once. Please wait a little.', {
    retry_after_s: over.retry_after_s,
  });
}
