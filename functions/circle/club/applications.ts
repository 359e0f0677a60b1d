import type { AuditLine } from '../../ground/audit/insert-audit-line.ts';
import { allow, customerIdOf } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { wrongField } from '../../ground/platform/parse-input.ts';
import type { AnsweredDecision } from '../../money/accounts/write-history.ts';
import { admit, changeMembership, decideOnClub, startOfToday } from './membership.ts';
import { actingFor } from './own-account.ts';
import { findApplication } from './queries.ts';
import { insertApplication, insertDecision } from './statements.ts';

/**
 * Asks to be let into the club, with some words.
 * @throws {AppError} `club_member_already`, `club_applied_already`, `validation_failed`, `not_found`, `forbidden`
 */
export async function applyToClub(
  ctx: Context,
  { accountId, text }: { accountId: string | null; text: string },
): Promise<void> {
  const customerId = customerIdOf(ctx);
  const { rootId } = await actingFor(ctx, accountId);
  const words = wordsOf('text', text, { isNeeded: true });
  await decideOnClub(ctx, rootId, ({ current, applications }) => {
    if (current !== null) throw new AppError('club_member_already', 'The account is in the club already.');
    if (applications.some(({ outcome }) => outcome === null))
      throw new AppError('club_applied_already', 'An application waits for an answer.');
    const id = newId();
    const row = { id, accountId: rootId, customerId, text: words, at: ctx.now() };
    return {
      history: { kind: 'club_applied', detail: { application: id } },
      rows: [insertApplication(row)],
      result: undefined,
    };
  });
}

/** Takes one's own application back. @throws {AppError} `not_found`, `forbidden` */
export async function withdrawApplication(
  ctx: Context,
  { accountId }: { accountId: string | null },
): Promise<void> {
  const { rootId } = await actingFor(ctx, accountId);
  await decideOnClub(ctx, rootId, ({ applications }) => {
    const open = applications.find(({ outcome }) => outcome === null);
    if (open === undefined) throw new AppError('not_found', 'There is no application.');
    return {
      history: { kind: 'club_application_withdrawn', detail: { application: open.id } },
      rows: [decisionRow(ctx, { applicationId: open.id, outcome: 'withdrawn', reason: null })],
      result: undefined,
    };
  });
}

/**
 * Lets an applicant in, or declines with a reason that they are told.
 * @throws {AppError} `not_found`, `club_decided_already`, `club_member_already`, `validation_failed`
 */
export async function decideApplication(
  ctx: Context,
  { id, isApproved, reason }: { id: string; isApproved: boolean; reason: string },
): Promise<void> {
  allow(ctx.actor, 'customers:write');
  const [kept] = await findApplication(ctx.db.fresh, { id });
  if (kept === undefined) throw new AppError('not_found', 'There is no such application.');
  const words = wordsOf('reason', reason, { isNeeded: !isApproved });
  const { accountId, customerId } = kept;
  const since = await startOfToday(ctx);
  const decide = isApproved ? changeMembership : decideOnClub;
  await decide(ctx, accountId, (state): AnsweredDecision<void> => {
    if (state.applications.find((one) => one.id === id)?.outcome !== null)
      throw new AppError('club_decided_already', 'The application has been decided.');
    const outcome = isApproved ? 'approved' : 'declined';
    const row = decisionRow(ctx, { applicationId: id, outcome, reason: words === '' ? null : words });
    const audit: AuditLine = {
      kind: `club.application-${outcome}`,
      subjectKind: 'account',
      subjectId: accountId,
      detail: { application: id },
    };
    if (!isApproved) {
      return {
        history: { kind: 'club_application_declined', detail: { application: id } },
        rows: [row],
        audit,
        letters: [{ template: 'club_declined', params: { reason: words, rootId: accountId }, customerId }],
        result: undefined,
      };
    }
    const admission = { accountId, customerId, how: 'application' as const, causeId: id, since };
    const { id: membership, rows, letters } = admit(ctx, state, admission);
    return {
      history: { kind: 'club_joined', detail: { membership, how: 'application', since } },
      rows: [row, ...rows],
      audit,
      letters,
      result: undefined,
    };
  });
  ctx.wakeMail('soon');
}

function decisionRow(
  ctx: Context,
  outcome: { applicationId: string; outcome: 'approved' | 'declined' | 'withdrawn'; reason: string | null },
) {
  return insertDecision({ ...outcome, at: ctx.now(), actor: actorName(ctx.actor) });
}

function wordsOf(path: string, typed: string, { isNeeded }: { isNeeded: boolean }): string {
  const text = typed.trim();
  const isWrong =
    text.length > 2000 || text.includes('\0') || !text.isWellFormed() || (isNeeded && text === '');
  if (!isWrong) return text;
  throw wrongField(path, text === '' ? 'required' : 'invalid_text', 'has to have 1 to 2000 characters');
}
