import { insertInto, statement } from '../../../db/query.ts';
import { clubWithdrawalNotices } from '../../../db/schema/index.ts';
import { isConflictOn, type Statement } from '../../../db/store.ts';
import { passOver } from '../../accounts/change-account.ts';
import { grantBonus } from '../../accounts/grant-bonus.ts';
import { note } from '../../accounts/note.ts';
import { queueMail } from '../../mail/queue-mail.ts';
import type { Context } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { titlesOf } from '../drops/statements.ts';
import { listPeopleOf } from '../queries.ts';
import { readNames, readTexts } from '../texts.ts';
import { listOpenWithdrawals, listUntoldMembers } from './queries.ts';

const insertNotice = insertInto(clubWithdrawalNotices);
const ACCOUNTS_PER_RUN = 2000;

type Withdrawal = Awaited<ReturnType<typeof listOpenWithdrawals>>[number];

/**
 * Tells every member of a benefit that was withdrawn, and pays what makes it good: each account in one atomic write,
 * once. Interrupted, it goes on where it was.
 */
export async function makeGood(ctx: Context): Promise<number> {
  let told = 0;
  for (const withdrawal of await listOpenWithdrawals(ctx.db.fresh)) {
    told += await tellMembers(ctx, withdrawal, ACCOUNTS_PER_RUN - told);
    if (told >= ACCOUNTS_PER_RUN) break;
  }
  if (told > 0) ctx.wakeMail('soon');
  return told;
}

async function tellMembers(ctx: Context, withdrawal: Withdrawal, limit: number): Promise<number> {
  const db = ctx.db.fresh;
  let told = 0;
  let after = '';
  let isWhole = true;
  while (told < limit) {
    const accounts = await listUntoldMembers(db, { id: withdrawal.id, after });
    const last = accounts.at(-1);
    if (last === undefined) {
      if (isWhole) await ctx.db.write([markDone(withdrawal.id)]);
      return told;
    }
    const people = await listPeopleOf(db, {
      ids: JSON.stringify(accounts.map(({ accountId }) => accountId)),
    });
    for (const { accountId } of accounts) {
      const mails = people
        .filter((person) => person.accountId === accountId)
        .map(({ id }) => mailTo(ctx, withdrawal, id));
      const isTold = await tellAccount(ctx, withdrawal, accountId, mails);
      told += isTold ? 1 : 0;
      isWhole &&= isTold;
    }
    after = last.accountId;
  }
  return told;
}

/** False when the account could not be reached this time. */
async function tellAccount(
  ctx: Context,
  { id, bonusMinor }: Withdrawal,
  accountId: string,
  mails: readonly Statement[],
): Promise<boolean> {
  const rows = [insertNotice({ withdrawalId: id, accountId, at: ctx.now() }), ...mails];
  try {
    if (bonusMinor > 0n) {
      await grantBonus(ctx, {
        rootId: accountId,
        cause: { kind: 'club', id },
        amount: bonusMinor,
        alongside: () => rows,
      });
    } else {
      const told = { kind: 'club_benefit_withdrawn', detail: { withdrawal: id }, result: undefined };
      await note(ctx, accountId, () => ({ ...told, statements: rows }));
    }
    return true;
  } catch (error) {
    if (isConflictOn(error, 'club_withdrawal_notices')) return true;
    if (!(error instanceof AppError)) passOver(error, accountId, ctx.log);
    return false;
  }
}

function mailTo(ctx: Context, withdrawal: Withdrawal, customerId: string): Statement {
  const { bonusMinor, currency } = withdrawal;
  const params = {
    title: titlesOf(readTexts(withdrawal.texts)),
    reason: readNames(withdrawal.reason),
    bonus: bonusMinor > 0n ? { minor: bonusMinor, currency } : null,
  };
  return queueMail({ template: 'benefit_withdrawn', params, customerId, language: null, at: ctx.now() });
}

function markDone(id: string): Statement {
  return statement(
    `INSERT INTO club_sweeps (name, terms, position) VALUES ('withdrawal ' || ?, '', 'done') ON CONFLICT DO NOTHING`,
    id,
  );
}
