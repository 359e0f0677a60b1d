import { z } from 'zod';
import { insertInto } from '../../db/query.ts';
import { testimonialDecisions } from '../../db/schema/index.ts';
import { isConflictOn } from '../../db/store.ts';
import { note } from '../accounts/note.ts';
import { recordAct } from '../audit/record-act.ts';
import { getBusiness } from '../business/business.ts';
import { featuresOf } from '../business/features.ts';
import { queueMail } from '../mail/queue-mail.ts';
import { allow } from '../platform/allow.ts';
import { actorName, type Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { freeText } from '../platform/input.ts';
import { parseInput } from '../platform/parse-input.ts';
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
  const { voices } = featuresOf(business);
  try {
    await note(ctx, rootId, async (seen) => {
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
      const act = recordAct(ctx, {
        act: decided.decision === 'approve' ? 'testimonial.approved' : 'testimonial.declined',
        subjectKind: 'testimonial',
        subjectId: id,
      });
      const isTold = decided.decision === 'approve' && isFirst && voices;
      const thanks = isTold ? [thanksFor(testimonial, ctx.now())] : [];
      return {
        kind: decided.decision === 'approve' ? 'testimonial_published' : 'testimonial_declined',
        detail: { testimonial: id },
        statements: [row, act, ...thanks],
        result: null,
      };
    });
  } catch (error) {
    if (isConflictOn(error, 'refused: testimonial_withdrawn')) throw withdrawn();
    throw error;
  }
  ctx.wakeMail('soon');
}

const withdrawn = () => new AppError('testimonial_withdrawn', 'The customer has taken these words back.');

function thanksFor({ customerId, id }: TestimonialRow, at: number) {
  return queueMail({
    template: 'testimonial_published',
    params: { testimonialId: id },
    customerId,
    language: null,
    at,
  });
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
  const message = 'has to be a part of the customer’s own words';
  throw new AppError('validation_failed', `excerpt ${message}.`, {
    errors: [{ path: 'excerpt', code: 'not_an_excerpt', message }],
  });
}
