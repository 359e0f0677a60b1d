import { eq, sql } from 'drizzle-orm';
import { insertInto, query } from '../../../db/query.ts';
import { notices } from '../../../db/schema/index.ts';
import { isConflictOn, type Statement, StoreUnavailable } from '../../../db/store.ts';
import type { Context } from '../platform/context.ts';
import { reasonOf } from '../platform/reason-of.ts';
import { type Mail, queueMail } from './queue-mail.ts';

/** Somebody to be told: an account or a customer, and of what, such as `drop` and its id. */
export interface Recipient {
  reader: string;
  subject: string;
}

export interface Telling<One extends Recipient> {
  /** Some of those who have no notice yet, behind a reader and in the order of readers; none at the end. */
  list: (after: string) => Promise<readonly One[]>;
  /** The mails to each of them, in their order. */
  lettersTo: (step: readonly One[]) => Promise<readonly (readonly Mail[])[]>;
  /** Writes notice and mails in the batch of what else has to happen; left out, they are all that is written. */
  write?: (one: One, notice: Notice) => Promise<unknown>;
  /** After how many one run ends, for what takes long to write. */
  most?: number;
}

/** That somebody was told of something, and how; part of a decision. */
export interface Notice {
  rows: readonly Statement[];
  letters: readonly Mail[];
}

export interface Told {
  told: number;
  mails: number;
  /** Whether everybody has been told; if not, the next run goes on. */
  isWhole: boolean;
}

const insertNotice = insertInto(notices);

/**
 * Tells many people of something, each reader once of each subject: the notice is in the batch of the mails, so that a run
 * that was killed, or is one of two, tells nobody twice and the next goes on with who has none. Whoever cannot be told
 * is logged, left for the next run, and keeps nobody else from being told.
 * @throws {StoreUnavailable} at once
 */
export async function tellEach<One extends Recipient>(ctx: Context, telling: Telling<One>): Promise<Told> {
  const { list, most = Number.POSITIVE_INFINITY } = telling;
  let [told, mails, left] = [0, 0, 0];
  let isWhole = false;
  let after = '';
  while (told < most && !ctx.isEnding?.()) {
    const step = await list(after);
    const last = step.at(-1);
    if (last === undefined) {
      isWhole = left === 0;
      break;
    }
    for (const one of await tellStep(ctx, telling, step)) {
      if (one === 'left') left += 1;
      else if (one !== 'told before') [told, mails] = [told + 1, mails + one.mails];
    }
    after = last.reader;
  }
  if (told > 0) ctx.wakeMail('soon');
  return { told, mails, isWhole };
}

type OneTold = { mails: number } | 'told before' | 'left';

async function tellStep<One extends Recipient>(
  ctx: Context,
  { lettersTo, write }: Telling<One>,
  step: readonly One[],
): Promise<OneTold[]> {
  const letters = await lettersTo(step);
  const at = ctx.now();
  const units = step.map((one, index) => {
    const { subject, reader } = one;
    return { one, notice: { rows: [insertNotice({ subject, reader, at })], letters: letters[index] ?? [] } };
  });
  const outcomes =
    write === undefined
      ? await ctx.db.writeMany(units.map(({ notice }) => toRows(ctx, notice)))
      : await inTurn(units, ({ one, notice }) => write(one, notice));
  return units.map(({ one, notice }, index) => readOutcome(ctx, one, notice.letters.length, outcomes[index]));
}

function toRows(ctx: Context, { rows, letters }: Notice): Statement[] {
  return [...rows, ...letters.map((letter) => queueMail(ctx, letter))];
}

type Written = { ok: true } | { ok: false; error: unknown };

async function inTurn<Unit>(
  units: readonly Unit[],
  write: (unit: Unit) => Promise<unknown>,
): Promise<Written[]> {
  const outcomes: Written[] = [];
  for (const unit of units) {
    try {
      await write(unit);
      outcomes.push({ ok: true });
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      outcomes.push({ ok: false, error });
    }
  }
  return outcomes;
}

function readOutcome(ctx: Context, one: Recipient, mails: number, outcome: Written | undefined): OneTold {
  if (outcome === undefined || outcome.ok) return { mails };
  const { error } = outcome;
  if (error instanceof StoreUnavailable) throw error;
  if (isConflictOn(error, 'failed: notices.')) return 'told before';
  const { reader, subject } = one;
  ctx.log.warn('{reader} is left for later, untold of {subject}: {reason}', {
    reader,
    subject,
    reason: reasonOf(error),
  });
  return 'left';
}

/** Who was told of a subject. */
export const listTold = query((db) =>
  db
    .select({ reader: notices.reader })
    .from(notices)
    .where(eq(notices.subject, sql.placeholder('subject'))),
);

/** For a `list` that is found whole: its first step is all. */
export function once<One>(all: readonly One[]): (after: string) => Promise<readonly One[]> {
  return async (after) => (after === '' ? all : []);
}
