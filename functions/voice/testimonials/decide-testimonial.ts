import { z } from 'zod';
import { insertInto } from '../../../db/query.ts';
import { testimonialDecisions } from '../../../db/schema/index.ts';
import { isConflictOn } from '../../../db/store.ts';
import type { Mail } from '../../ground/outbox/queue-mail.ts';
import { allow } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { freeText } from '../../ground/platform/input.ts';
import { parseInput, wrongField } from '../../ground/platform/parse-input.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { getBusiness } from '../../money/business/business.ts';
import { policyOf } from '../../money/business/policies.ts';
import { voices } from './policies.ts';
import { findTestimonial, type TestimonialRow } from './queries.ts';

const insertDecision = insertInto(testimonialDecisions);

const decision = z.discriminatedUnion('decision', [
  /** Shows all of it, or a part of it word for word. */
  z.strictObject({ decision: z.literal('approve'), excerpt: freeText(1200) }),
  z.strictObject({ decision: z.literal('decline'), reason: freeText(500) }),
]);

/**
 * The editor's gate: words are shown as they were written or not at all; a part may be shown, but nothing is altered. The
 * newest decision holds. Whoever is shown for the first time is thanked by mail.
 * @throws {AppError} `not_found`, `testimonial_withdrawn`, `validation_failed` (no part of the words), `forbidden`
 */
export async function decideTestimonial(
  ctx: Context,
  { id, ...input }: { id: string } & z.input<typeof decision>,
): Promise<void> {
  allow(ctx.actor, 'feedback:write');
  const decided = parseInput(decision, input);
  const [{ rootId }, business] = await Promise.all([getTestimonial(ctx, id), getBusiness(ctx)]);
  const isPublic = policyOf(business, voices) === 'on';
  try {
    await writeHistory(ctx, rootId, async (seen) => {
      const testimonial = await getTestimonial(seen, id);
      if (testimonial.withdrawnAt !== null) throw withdrawn();
      const excerpt = decided.decision === 'approve' ? excerptOf(testimonial, decided.excerpt) : null;
      const reason = decided.decision === 'decline' ? decided.reason : null;
      const isFirst = testimonial.decidedSeq === null;
      const row = insertDecision({
        testimonialId: id,
        seq: (testimonial.decidedSeq ?? 0) + 1,
        decision: decided.decision,
        excerpt,
        reason,
        at: ctx.now(),
        actor: actorName(ctx.actor),
      });
      const isApproved = decided.decision === 'approve';
      return {
        history: {
          kind: isApproved ? 'testimonial_published' : 'testimonial_declined',
          detail: { testimonial: id },
        },
        rows: [row],
        audit: {
          kind: isApproved ? 'testimonial.approved' : 'testimonial.declined',
          subjectKind: 'testimonial',
          subjectId: id,
        },
        letters: isApproved && isFirst && isPublic ? [thanksFor(testimonial)] : [],
      };
    });
  } catch (error) {
    if (isConflictOn(error, 'refused: testimonial_withdrawn')) throw withdrawn();
    throw error;
  }
  ctx.wakeMail('soon');
}

const withdrawn = () => new AppError('testimonial_withdrawn', 'The customer has taken these words back.');

function thanksFor({ customerId, id, rootId }: TestimonialRow): Mail {
  return { template: 'testimonial_published', params: { testimonialId: id, rootId }, customerId };
}

async function getTestimonial(ctx: Context, id: string): Promise<TestimonialRow> {
  const testimonial = await findTestimonial(ctx.db.fresh, { id });
  if (testimonial === null) throw new AppError('not_found', 'There is no such testimonial.');
  return testimonial;
}

/** Null for all of it. Line ends come back from forms in another form than they were typed. */
function excerptOf({ text }: TestimonialRow, typed: string | null): string | null {
  const excerpt =
    typed === null ? null : [typed, typed.replaceAll('\r\n', '\n')].find((part) => text.includes(part));
  if (excerpt === null || excerpt === text) return null;
  if (excerpt !== undefined) return excerpt;
  throw wrongField('excerpt', 'not_an_excerpt', 'has to be a part of the customer’s own words');
}
