import { type Decision, isUnchanged } from '../../ground/decision/decision.ts';
import { isContention } from '../../ground/decision/retrying.ts';
import type { Mail } from '../../ground/outbox/queue-mail.ts';
import { dayOf, startOfDay } from '../../ground/platform/business-time.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { passOver } from '../../money/accounts/change-account.ts';
import { STALE } from '../../money/accounts/plan-change.ts';
import { type AnsweredDecision, writeHistory } from '../../money/accounts/write-history.ts';
import { getBusiness } from '../../money/business/business.ts';
import { recountIfStale } from '../../money/orders/recount.ts';
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

type Deciding<Result> = (state: ClubState) => AnsweredDecision<Result>;

/** Decides on an account's place in the club by what stands, and writes it into the account's history. */
export function decideOnClub<Result>(
  ctx: Context,
  accountId: string,
  decide: Deciding<Result>,
): Promise<Result> {
  return writeHistory(ctx, accountId, async (seen) =>
    decide(await loadClubState({ db: seen.db.fresh }, accountId)),
  );
}

/**
 * The same for a decision that begins or ends a membership: what the account's orders count for rules of the club is
 * brought up to it at once, or by the next minute's jobs.
 */
export async function changeMembership<Result>(
  ctx: Context,
  accountId: string,
  decide: Deciding<Result>,
): Promise<Result> {
  let isMoved = false;
  const result = await decideOnClub(ctx, accountId, (state) => {
    const decision = decide(state);
    isMoved = !isUnchanged(decision);
    if (isUnchanged(decision)) return decision;
    return { ...decision, beside: [saveClubSpans(accountId), ...(decision.beside ?? [])] };
  });
  if (!isMoved) return result;
  const business = await getBusiness({ ...ctx, db: ctx.db.fresh });
  try {
    await recountIfStale(ctx, business, [{ id: accountId, settledRevision: STALE }]);
  } catch (error) {
    if (!isContention(ctx, error) && !(error instanceof AppError && error.code === 'unavailable'))
      throw error;
    if (isContention(ctx, error)) passOver(ctx, error, accountId);
  }
  ctx.wakeMail('soon');
  return result;
}

/** Who comes in, how, and from which day on; null for today. */
export interface ClubAdmission {
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
  admission: ClubAdmission,
): { id: string } & Required<Pick<Decision, 'rows' | 'letters'>> {
  if (state.current !== null)
    throw new AppError('club_member_already', 'The account is in the club already.');
  const { accountId, customerId, how, causeId, since } = admission;
  const id = newId();
  const now = ctx.now();
  const row = insertMembership({ id, accountId, since, how, causeId, at: now, actor: actorName(ctx.actor) });
  const letters: Mail[] =
    customerId === null
      ? []
      : [{ template: 'club_welcome', params: { since, rootId: accountId }, customerId }];
  return { id, rows: [row], letters };
}

/** A membership counts from the start of the business day on which it began. */
export async function startOfToday(ctx: Context): Promise<number> {
  const { timeZone } = await getBusiness(ctx);
  return startOfDay(dayOf(ctx.now(), timeZone), timeZone);
}
