import { z } from 'zod';
import { insertInto } from '../../../db/query.ts';
import { joinDecisions } from '../../../db/schema/index.ts';
import { isConflictOn } from '../../../db/store.ts';
import type { Decision } from '../../ground/decision/decision.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { freeText } from '../../ground/platform/input.ts';
import { parseInput, wrongField } from '../../ground/platform/parse-input.ts';
import { changeAccount } from '../../money/accounts/change-account.ts';
import { findRevision } from '../../money/business/find-revision.ts';
import { isMember } from '../sign-in/claim-customer.ts';
import { findOwnerByEmail } from '../sign-in/find-owner.ts';
import { findRequest, type JoinRequest } from './find-request.ts';
import { join } from './join.ts';
import { keptTexts } from './kept-texts.ts';
import { followNewcomer, planNewcomer } from './newcomers.ts';

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
  typed: z.input<typeof input>,
  options: Alongside<Decided> = {},
): Promise<Decided> {
  allow(ctx.actor, 'customers:write');
  const form = parseInput(input, typed);
  if (form.outcome === 'declined' && form.reason === null) throw reasonRequired();
  const [first] = await findRequest(ctx.db.fresh, { id: form.requestId });
  if (first === undefined) throw new AppError('not_found', 'There is no such request.');
  const decided = await changeAccount(ctx, `email:${first.email}`, async () => {
    const [request = first] = await findRequest(ctx.db.fresh, { id: form.requestId });
    if (request.outcome === form.outcome || request.outcome === 'approved')
      throw new AppError('already_decided', 'This request was decided before.');
    const answer = { id: request.id, outcome: form.outcome };
    await write(ctx, {
      also: [
        form.outcome === 'approved' ? await letIn(ctx, request) : decline(request, form.reason),
        keepOutcome(ctx, request, form),
      ],
      beside: options.alongside?.(answer, 201) ?? [],
    });
    return answer;
  });
  if (decided.outcome === 'approved' && first.referralCode !== null) {
    const [known] = await findOwnerByEmail(ctx.db.fresh, { email: first.email });
    if (known !== undefined) await followNewcomer(ctx, known.id);
  }
  ctx.wakeMail('now');
  return decided;
}

async function write(ctx: Context, decision: Decision): Promise<void> {
  try {
    await writeDecision(ctx, decision);
  } catch (error) {
    if (!isConflictOn(error, 'join_decisions')) throw error;
    throw new AppError('already_decided', 'Somebody else decided this request just now.');
  }
}

function keepOutcome(
  ctx: Context,
  { id: requestId, seq }: JoinRequest,
  { outcome, reason }: z.output<typeof input>,
): Decision {
  const by = { at: ctx.now(), actor: actorName(ctx.actor) };
  return {
    rows: [insertDecision({ requestId, seq: (seq ?? 0) + 1, outcome, reason, ...by })],
    audit: { kind: `join_request.${outcome}`, subjectKind: 'join_request', subjectId: requestId },
  };
}

/** Somebody who came in another way meanwhile is in already. */
async function letIn(ctx: Context, request: JoinRequest): Promise<Decision> {
  const { email, name, language, referralCode, askedAt } = request;
  const [[known], [programme], agreed] = await Promise.all([
    findOwnerByEmail(ctx.db.fresh, { email }),
    findRevision(ctx.db.fresh),
    keptTexts(ctx.db.fresh, [request.termsVersion, request.newsVersion]),
  ]);
  const code = { code: referralCode, toldAt: askedAt };
  if (isMember(known))
    return planNewcomer(ctx, { ...code, customerId: known.id, accountId: known.accountId });
  const revision = programme?.revision ?? 0;
  const newcomer = { email, known, name, language, agreed, agreedAt: askedAt, revision, invitations: [] };
  const { customerId, accountId, decision } = join(ctx, newcomer);
  return { also: [decision, await planNewcomer(ctx, { ...code, customerId, accountId })] };
}

function decline({ email, language }: JoinRequest, reason: string | null): Decision {
  const params = { reason: reason ?? '' };
  return { letters: [{ template: 'join_declined', params, address: email, language }] };
}

function reasonRequired(): AppError {
  return wrongField('reason', 'required', 'is needed, since the applicant is told');
}
