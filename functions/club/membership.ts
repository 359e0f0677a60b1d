import type { Statement } from '../../db/store.ts';
import { isContention, passOver } from '../accounts/change-account.ts';
import { type Note, note } from '../accounts/note.ts';
import { STALE } from '../accounts/plan-change.ts';
import { getBusiness } from '../business/business.ts';
import { queueMail } from '../mail/queue-mail.ts';
import { recountIfStale } from '../orders/recount.ts';
import { dayOf, startOfDay } from '../platform/business-time.ts';
import { actorName, type Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { listApplications, listInvitations, listMemberships, type MembershipRow } from './queries.ts';
import { insertMembership, saveClubSpans } from './statements.ts';

/** Where an account stands towards the club, as a decision about it sees it. */
export interface ClubState {
  memberships: readonly MembershipRow[];
  /** The one that lasts, if any. */
  current: MembershipRow | null;
  invitations: Awaited<ReturnType<typeof listInvitations>>;
  applications: Awaited<ReturnType<typeof listApplications>>;
}

export async function loadClubState({ db }: Pick<Context, 'db'>, accountId: string): Promise<ClubState> {
  const [memberships, invitations, applications] = await Promise.all([
    listMemberships(db, { accountId }),
    listInvitations(db, { accountId }),
    listApplications(db, { accountId }),
  ]);
  return {
    memberships,
    current: memberships.findLast(({ until }) => until === null) ?? null,
    invitations,
    applications,
  };
}

/** Decides on an account's place in the club by what stands, and writes it into the account's history. */
export function decideOnClub<Result>(
  ctx: Context,
  accountId: string,
  decide: (state: ClubState) => Note<Result> | Promise<Note<Result>>,
): Promise<Result> {
  return note(ctx, accountId, async (seen) => decide(await loadClubState({ db: seen.db.fresh }, accountId)));
}

/**
 * The same for a decision that begins or ends a membership: what the account's orders count for rules of the club is
 * brought up to it at once, or by the next minute's jobs.
 */
export async function changeMembership<Result>(
  ctx: Context,
  accountId: string,
  decide: (state: ClubState) => Note<Result> | Promise<Note<Result>>,
): Promise<Result> {
  const result = await decideOnClub(ctx, accountId, async (state) => {
    const decision = await decide(state);
    return { ...decision, statements: [...decision.statements, saveClubSpans(accountId)] };
  });
  const business = await getBusiness({ ...ctx, db: ctx.db.fresh });
  try {
    await recountIfStale(ctx, business, [{ id: accountId, settledRevision: STALE }]);
  } catch (error) {
    if (!isContention(error) && !(error instanceof AppError && error.code === 'unavailable')) throw error;
    if (isContention(error)) passOver(error, accountId, ctx.log);
  }
  ctx.wakeMail('soon');
  return result;
}

/** Who comes in, how, and from which day on; null for today. */
export interface Admission {
  accountId: string;
  /** Who is welcomed by mail; null when nobody has proven an email. */
  customerId: string | null;
  how: 'invitation' | 'application' | 'spend' | 'staff';
  causeId: string | null;
  since: number;
}

/** @throws {AppError} `club_member_already` */
export function admit(
  ctx: Context,
  state: ClubState,
  admission: Admission,
): { id: string; statements: Statement[] } {
  if (state.current !== null)
    throw new AppError('club_member_already', 'The account is in the club already.');
  const { accountId, customerId, how, causeId, since } = admission;
  const id = newId();
  const now = ctx.now();
  const row = insertMembership({ id, accountId, since, how, causeId, at: now, actor: actorName(ctx.actor) });
  const welcome =
    customerId === null
      ? []
      : [queueMail({ template: 'club_welcome', params: { since }, customerId, language: null, at: now })];
  return { id, statements: [row, ...welcome] };
}

/** A membership counts from the start of the business day on which it began. */
export async function startOfToday(ctx: Context): Promise<number> {
  const { timeZone } = await getBusiness(ctx);
  return startOfDay(dayOf(ctx.now(), timeZone), timeZone);
}
