import { z } from 'zod';
import { allowRole } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { issue } from '../../ground/platform/input.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { loadReferral } from './facts.ts';
import { lookAtReferral } from './look.ts';
import { lastDecision, openReasons, type ReferralState, type Step } from './state.ts';
import { onReferral, writeSteps } from './steps.ts';

export const referralDecisions = ['released', 'declined', 'reopened'] as const;
export type ReferralDecision = (typeof referralDecisions)[number];

const input = z
  .strictObject({
    id: z.string().max(64),
    decision: z.enum(referralDecisions),
    /** What the referrer reads when it is declined; for colleagues otherwise. */
    text: z.string().trim().max(1000),
    /** The newest step that was seen; another decision since then is not overridden unread. */
    seenSeq: z.int().min(0),
  })
  .superRefine(({ decision, text }, context) => {
    if (decision === 'declined' && text === '') context.addIssue(issue('required', 'is required', ['text']));
  });

/**
 * Releases a held referral, declines one, or takes the last decision back; what was paid follows at once. A release covers
 * what was found by then, not what is found later.
 * @throws {AppError} `forbidden`, `not_found`, `validation_failed`, `referral_not_held` (nothing to release),
 * `already_decided` (decided so already, or somebody else was faster)
 */
export async function decideReferral(ctx: Context, typed: z.input<typeof input>): Promise<ReferralState> {
  allowRole(ctx.actor, ['owner', 'manager', 'agent']);
  const { id, decision, text, seenSeq } = parseInput(input, typed);
  await onReferral(ctx, id, async () => {
    const { row, steps } = await loadReferral(ctx, ctx.db.fresh, id);
    const last = lastDecision(steps);
    if (last !== undefined && last.seq > seenSeq) throw decided();
    assertPossible(decision, steps);
    const step = { kind: decision, text: text === '' ? null : text };
    await writeHistory(ctx, row.referrerRootId, () => ({
      history: { kind: `referral_${decision}`, detail: { id } },
      rows: writeSteps(ctx, { id, stepSeq: row.stepSeq }, [step]),
      audit: { kind: `referral.${decision}`, subjectKind: 'referral', subjectId: id },
    }));
  });
  return lookAtReferral(ctx, id);
}

/** What can be decided now, in the order in which it is offered. */
export function possibleDecisions(steps: readonly Step[]): ReferralDecision[] {
  const last = lastDecision(steps)?.kind;
  const isOpen = last === undefined || last === 'reopened';
  const possible: Record<ReferralDecision, boolean> = {
    released: openReasons(steps).length > 0,
    declined: last !== 'declined',
    reopened: !isOpen,
  };
  return referralDecisions.filter((decision) => possible[decision]);
}

function assertPossible(decision: ReferralDecision, steps: readonly Step[]): void {
  if (possibleDecisions(steps).includes(decision)) return;
  if (decision !== 'released') throw decided();
  throw new AppError('referral_not_held', 'Nothing keeps this referral from being paid.');
}

const decided = () =>
  new AppError('already_decided', 'Somebody has decided on this meanwhile; look at it again.');
