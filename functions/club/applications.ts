import { recordAct } from '../audit/record-act.ts';
import { queueMail } from '../mail/queue-mail.ts';
import { allow, customerIdOf } from '../platform/allow.ts';
import { actorName, type Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
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
      kind: 'club_applied',
      detail: { application: id },
      statements: [insertApplication(row)],
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
      kind: 'club_application_withdrawn',
      detail: { application: open.id },
      statements: [decision(ctx, { applicationId: open.id, outcome: 'withdrawn', reason: null })],
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
  await decide(ctx, accountId, (state) => {
    if (state.applications.find((one) => one.id === id)?.outcome !== null)
      throw new AppError('club_decided_already', 'The application has been decided.');
    const outcome = isApproved ? 'approved' : 'declined';
    const act = { act: `club.application-${outcome}`, subjectKind: 'account', subjectId: accountId };
    const decided = [
      decision(ctx, { applicationId: id, outcome, reason: words === '' ? null : words }),
      recordAct(ctx, { ...act, detail: { application: id } }),
    ];
    if (!isApproved) {
      const mail = {
        template: 'club_declined',
        params: { reason: words },
        customerId,
        language: null,
      } as const;
      return {
        kind: 'club_application_declined',
        detail: { application: id },
        statements: [...decided, queueMail({ ...mail, at: ctx.now() })],
        result: undefined,
      };
    }
    const admission = { accountId, customerId, how: 'application' as const, causeId: id, since };
    const admitted = admit(ctx, state, admission);
    return {
      kind: 'club_joined',
      detail: { membership: admitted.id, how: 'application', since },
      statements: [...decided, ...admitted.statements],
      result: undefined,
    };
  });
  ctx.wakeMail('soon');
}

function decision(
  ctx: Context,
  decided: { applicationId: string; outcome: 'approved' | 'declined' | 'withdrawn'; reason: string | null },
) {
  return insertDecision({ ...decided, at: ctx.now(), actor: actorName(ctx.actor) });
}

function wordsOf(path: string, typed: string, { isNeeded }: { isNeeded: boolean }): string {
  const text = typed.trim();
  const isWrong =
    text.length > 2000 || text.includes('\0') || !text.isWellFormed() || (isNeeded && text === '');
  if (!isWrong) return text;
  const message = 'has to have 1 to 2000 characters';
  throw new AppError('validation_failed', `${path} ${message}.`, {
    errors: [{ path, code: text === '' ? 'required' : 'invalid_text', message }],
  });
}
