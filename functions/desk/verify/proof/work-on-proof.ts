import { insertInto, statement } from '../../../../db/query.ts';
import { proofDifferences } from '../../../../db/schema/index.ts';
import { isConflictOn, type Statement } from '../../../../db/store.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import type { Mail } from '../../../ground/outbox/queue-mail.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { listDoubtsOf, moveDoubts } from '../../../money/ledger/doubts.ts';
import { listOwners } from '../../../people/staff/list-owners.ts';
import { checkRoots } from '../check-accounts.ts';
import { checkFigures } from '../check-figures.ts';
import { checkSales } from '../check-sales.ts';
import { findStrays } from '../find-strays.ts';
import { listRootPage } from '../queries.ts';
import { addDifferences, type Verified } from '../verified.ts';
import { keepWhat } from '../what.ts';
import { findOrBeginRun, type ProofRun } from './begin-proof.ts';
import { listChangedRoots } from './queries.ts';

/** How long one turn takes: on Workers the other jobs of its minute wait for it. */
const TURN_MS = 15_000;
const ACCOUNTS_PER_STEP = 100;
const CHANGES_PER_STEP = 500;
/** So many differences of a run are kept; more say no more. */
const KEPT_MAX = 1000;

const insertDifference = insertInto(proofDifferences);

/**
 * Takes a turn at the night's proof: goes over the accounts that have changed since the one before, once a week over
 * everything, step by step from where the turn before ended. What is found is written down with each step: accounts that
 * do not add up are paid nothing out from then on, those that do again are; owners are told once in a run.
 */
export async function workOnProof(ctx: Context): Promise<void> {
  const end = ctx.now() + TURN_MS;
  let run = await findOrBeginRun(ctx);
  while (run !== null && run.finishedAt === null && ctx.now() < end && ctx.isEnding?.() !== true) {
    const next: ProofRun | null = await takeStep(ctx, run);
    if (next === null) return;
    run = next;
  }
}

/** @returns the run after the step; null when another process took it */
async function takeStep(ctx: Context, run: ProofRun): Promise<ProofRun | null> {
  const { ids, reached, isLast } = await nextRoots(ctx, run);
  const verified = await checkRoots(ctx, ids);
  if (isLast && run.scope === 'all') {
    addDifferences(verified, await findStrays(ctx.db.fresh));
    addDifferences(verified, await checkSales(ctx.db.fresh));
    const { timeZone } = await getBusiness({ ...ctx, db: ctx.db.fresh });
    addDifferences(verified, await checkFigures(ctx.db.fresh, { timeZone }));
  }
  const now = ctx.now();
  const letters = await lettersAbout(ctx, run, verified);
  const after: ProofRun = {
    ...run,
    reached,
    accounts: run.accounts + verified.accounts,
    entries: run.entries + verified.entries,
    differences: run.differences + verified.differences,
    toldAt: letters.length > 0 ? now : run.toldAt,
    finishedAt: isLast ? now : null,
  };
  try {
    await writeDecision(ctx, {
      rows: [moveRun(run, after), ...keep(run, verified), ...moveDoubts(ids, verified.inDoubt, now)],
      letters,
    });
  } catch (error) {
    if (isConflictOn(error, 'proof_runs.reached')) return null;
    throw error;
  }
  return after;
}

async function nextRoots(ctx: Context, { scope, reached, upTo }: ProofRun) {
  const db = ctx.db.fresh;
  if (scope === 'all') {
    const page = await listRootPage(db, { after: reached, upTo: null, limit: ACCOUNTS_PER_STEP });
    const ids = page.map(({ id }) => id);
    return { ids, reached: ids.at(-1) ?? reached, isLast: ids.length < ACCOUNTS_PER_STEP };
  }
  const page = await listChangedRoots(db, { after: Number(reached), upTo, limit: CHANGES_PER_STEP });
  return {
    ids: page.filter(({ isNewest }) => isNewest === 1).map(({ accountId }) => accountId),
    reached: String(page.at(-1)?.position ?? upTo),
    isLast: page.length < CHANGES_PER_STEP,
  };
}

/** A place that another process has moved on, or a run that it finished, becomes NULL, which the column refuses. */
function moveRun(before: ProofRun, after: ProofRun): Statement {
  return statement(
    `UPDATE proof_runs SET reached = CASE WHEN reached = ? AND finished_at IS NULL THEN ? END,
       accounts = ?, entries = ?, differences = ?, told_at = ?, finished_at = ?
     WHERE id = ?`,
    ...[before.reached, after.reached],
    ...[after.accounts, after.entries, after.differences, after.toldAt, after.finishedAt, before.id],
  );
}

function keep({ id: runId, differences }: ProofRun, { found }: Verified): Statement[] {
  return found
    .slice(0, Math.max(0, KEPT_MAX - differences))
    .map(({ account, code, of, expected, found }, index) =>
      insertDifference({
        ...{ runId, accountId: account, place: differences + index },
        ...{ what: keepWhat({ code, of }), expected, found },
      }),
    );
}

/** Owners hear of what is new, once in a run. */
async function lettersAbout(ctx: Context, run: ProofRun, { found, inDoubt }: Verified): Promise<Mail[]> {
  if (run.toldAt !== null || found.length === 0) return [];
  const db = ctx.db.fresh;
  const known = await listDoubtsOf(db, { ids: JSON.stringify(inDoubt) });
  const isNew = inDoubt.length > known.length || found.some(({ account }) => account === '');
  if (!isNew) return [];
  const params = { accounts: inDoubt.length, differences: found.length };
  return (await listOwners(db)).map(({ email }) => ({ template: 'proof_found', params, address: email }));
}
