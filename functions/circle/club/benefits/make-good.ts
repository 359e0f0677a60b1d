import { statement } from '../../../../db/query.ts';
import type { Statement } from '../../../../db/store.ts';
import type { Mail } from '../../../ground/outbox/queue-mail.ts';
import type { Notice } from '../../../ground/outbox/tell-each.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { writeHistory } from '../../../money/accounts/write-history.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { grantBonus } from '../../../money/ledger/grant-bonus.ts';
import { titlesOf } from '../drops/statements.ts';
import { hasLevel } from '../level.ts';
import { mailPeopleOf } from '../mail-people.ts';
import { loadStandings } from '../standing.ts';
import { tellMembers } from '../tell-members.ts';
import { readNames, readTexts } from '../texts.ts';
import { listOpenWithdrawals, listUntoldMembers } from './queries.ts';

const ACCOUNTS_PER_RUN = 2000;

type Withdrawal = Awaited<ReturnType<typeof listOpenWithdrawals>>[number];

/**
 * Tells every member of a benefit that was withdrawn, and pays what makes it good: each account in one atomic write,
 * once. Interrupted, it goes on where it was.
 */
export async function makeGood(ctx: Context): Promise<number> {
  let told = 0;
  for (const withdrawal of await listOpenWithdrawals(ctx.db.fresh)) {
    told += await tellWhoHadIt(ctx, withdrawal, ACCOUNTS_PER_RUN - told);
    if (told >= ACCOUNTS_PER_RUN) break;
  }
  return told;
}

async function tellWhoHadIt(ctx: Context, withdrawal: Withdrawal, most: number): Promise<number> {
  const { id } = withdrawal;
  const { told, isWhole } = await tellMembers(ctx, {
    ...{ sweep: `withdrawal ${id} at`, round: id },
    read: (after) => readStep(ctx, withdrawal, after),
    lettersTo: (step) => mailPeopleOf(ctx, step, (...reader) => mailTo(withdrawal, ...reader)),
    write: ({ reader }, notice) => payAndTell(ctx, withdrawal, reader, notice),
    most,
  });
  if (isWhole) await ctx.db.write([markDone(id)]);
  return told;
}

/** Who of the next members had the benefit when it was withdrawn: of one that begins at a level, who held it then. */
async function readStep(ctx: Context, { id, at, level }: Withdrawal, after: string) {
  const db = ctx.db.fresh;
  const rows = await listUntoldMembers(db, { id, after });
  const last = rows.at(-1)?.reader ?? null;
  if (last === null || level === null) return { last, found: rows };
  const accountIds = rows.map(({ reader }) => reader);
  const business = await getBusiness({ ...ctx, db });
  const { levels, standings } = await loadStandings(db, business, { accountIds, now: at });
  const had = (reader: string) => hasLevel(levels, { level, number: standings.get(reader)?.number ?? 0 });
  return { last, found: rows.filter(({ reader }) => had(reader)) };
}

async function payAndTell(
  ctx: Context,
  { id, bonusMinor }: Withdrawal,
  accountId: string,
  notice: Notice,
): Promise<void> {
  if (bonusMinor > 0n) {
    const cause = { kind: 'club', id } as const;
    await grantBonus(ctx, { rootId: accountId, cause, amount: bonusMinor, also: notice });
    return;
  }
  await writeHistory(ctx, accountId, () => ({
    history: { kind: 'club_benefit_withdrawn', detail: { withdrawal: id } },
    ...notice,
  }));
}

function mailTo(withdrawal: Withdrawal, customerId: string, rootId: string): Mail {
  const { bonusMinor, currency } = withdrawal;
  const params = {
    title: titlesOf(readTexts(withdrawal.texts)),
    reason: readNames(withdrawal.reason),
    bonus: bonusMinor > 0n ? { minor: bonusMinor, currency } : null,
    rootId,
  };
  return { template: 'benefit_withdrawn', params, customerId };
}

function markDone(id: string): Statement {
  return statement(
    `INSERT INTO club_sweeps (name, terms, position) VALUES ('withdrawal ' || ?, '', 'done') ON CONFLICT DO NOTHING`,
    id,
  );
}
