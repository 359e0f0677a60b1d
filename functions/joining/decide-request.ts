import { z } from 'zod';
import { insertInto } from '../../db/query.ts';
import { joinDecisions } from '../../db/schema/index.ts';
import { isConflictOn, type Statement } from '../../db/store.ts';
import { changeAccount } from '../accounts/change-account.ts';
import { recordAct } from '../audit/record-act.ts';
import { findRevision } from '../business/queries.ts';
import { queueMail } from '../mail/queue-mail.ts';
import { allow } from '../platform/allow.ts';
import type { Alongside } from '../platform/alongside.ts';
import { actorName, type Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { freeText } from '../platform/input.ts';
import { parseInput } from '../platform/parse-input.ts';
import { isMember } from '../sign-in/claim-customer.ts';
import { findOwnerByEmail } from '../sign-in/queries.ts';
import { join } from './join.ts';
import { keptTexts } from './kept-texts.ts';
import { findRequest, type JoinRequest } from './queries.ts';
import { lookAtNewcomer, tellReferral } from './tell-referral.ts';

const input = z.strictObject({
  requestId: z.string().max(64),
  outcome: z.enum(['approved', 'declined']),
  /** What the applicant is told; a refusal needs one. */
  reason: freeText(500),
});

const insertDecision = insertInto(joinDecisions);

/** What was decided. */
export interface Decided {
  id: string;
  outcome: 'approved' | 'declined';
}

/**
 * Staff let somebody in, who is told by mail and a customer from then on, or decline with a reason. Who was declined can
 * still be approved; who was approved is in.
 * @throws {AppError} `forbidden`, `not_found`, `validation_failed` (`required`: the reason), `already_decided`
 */
export async function decideRequest(
  ctx: Context,
  given: z.input<typeof input>,
  options: Alongside<Decided> = {},
): Promise<Decided> {
  allow(ctx.actor, 'customers:write');
  const asked = parseInput(input, given);
  if (asked.outcome === 'declined' && asked.reason === null) throw reasonRequired();
  const [first] = await findRequest(ctx.db.fresh, { id: asked.requestId });
  if (first === undefined) throw new AppError('not_found', 'There is no such request.');
  const decided = await changeAccount(ctx, `email:${first.email}`, async () => {
    const [request = first] = await findRequest(ctx.db.fresh, { id: asked.requestId });
    if (request.outcome === asked.outcome || request.outcome === 'approved')
      throw new AppError('already_decided', 'This request was decided before.');
    const answer = { id: request.id, outcome: asked.outcome };
    await write(ctx, [
      ...(asked.outcome === 'approved' ? await letIn(ctx, request) : decline(ctx, request, asked.reason)),
      ...decisionOf(ctx, request, asked),
      ...(options.alongside?.(answer, 201) ?? []),
    ]);
    return answer;
  });
  if (decided.outcome === 'approved' && first.referralCode !== null) {
    const [known] = await findOwnerByEmail(ctx.db.fresh, { email: first.email });
    if (known !== undefined) await lookAtNewcomer(ctx, known.id);
  }
  ctx.wakeMail('now');
  return decided;
}

async function write(ctx: Context, statements: Statement[]): Promise<void> {
  try {
    await ctx.db.write(statements);
  } catch (error) {
    if (!isConflictOn(error, 'join_decisions')) throw error;
    throw new AppError('already_decided', 'Somebody else decided this request just now.');
  }
}

function decisionOf(ctx: Context, request: JoinRequest, asked: z.output<typeof input>): Statement[] {
  const { outcome, reason } = asked;
  return [
    insertDecision({
      requestId: request.id,
      seq: (request.seq ?? 0) + 1,
      outcome,
      reason,
      at: ctx.now(),
      actor: actorName(ctx.actor),
    }),
    recordAct(ctx, { act: `join_request.${outcome}`, subjectKind: 'join_request', subjectId: request.id }),
  ];
}

/** Somebody who came in another way meanwhile is in already. */
async function letIn(ctx: Context, request: JoinRequest): Promise<Statement[]> {
  const { email, name, language, referralCode, askedAt } = request;
  const [[known], [programme], agreed] = await Promise.all([
    findOwnerByEmail(ctx.db.fresh, { email }),
    findRevision(ctx.db.fresh),
    keptTexts(ctx.db.fresh, [request.termsVersion, request.newsVersion]),
  ]);
  const told = { code: referralCode, toldAt: askedAt };
  if (isMember(known))
    return tellReferral(ctx, { ...told, customerId: known.id, accountId: known.accountId });
  const revision = programme?.revision ?? 0;
  const newcomer = { email, known, name, language, agreed, agreedAt: askedAt, revision, invitations: [] };
  const { customerId, accountId, statements } = join(ctx, newcomer);
  return [...statements, ...(await tellReferral(ctx, { ...told, customerId, accountId }))];
}

function decline(ctx: Context, { email, language }: JoinRequest, reason: string | null): Statement[] {
  const params = { reason: reason ?? '' };
  return [queueMail({ template: 'join_declined', params, address: email, language, at: ctx.now() })];
}

function reasonRequired(): AppError {
  const message = 'is needed, since the applicant is told';
  return new AppError('validation_failed', `The reason ${message}.`, {
    errors: [{ path: 'reason', code: 'required', message }],
  });
}
