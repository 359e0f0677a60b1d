import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { insertInto, queryOne } from '../../db/query.ts';
import { customers, testimonials } from '../../db/schema/index.ts';
import { isConflictOn } from '../../db/store.ts';
import { note } from '../accounts/note.ts';
import { listPlaces } from '../accounts/places.ts';
import { customerIdOf } from '../platform/allow.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { freeText, identifier, issue } from '../platform/input.ts';
import { parseInput } from '../platform/parse-input.ts';
import { nameChoices, nameForms } from './shown-name.ts';

const insertTestimonial = insertInto(testimonials);

export const TESTIMONIAL_LENGTH_MIN = 20;
export const TESTIMONIAL_LENGTH_MAX = 1200;

const words = freeText(TESTIMONIAL_LENGTH_MAX).transform((text, context) => {
  if (text !== null && text.length >= TESTIMONIAL_LENGTH_MIN) return text;
  context.addIssue(issue('too_short', `needs at least ${TESTIMONIAL_LENGTH_MIN} characters`));
  return z.NEVER;
});

const offer = z.strictObject({
  text: words,
  nameForm: z.enum(nameForms),
  /** The consent as the page worded it; given by sending the form. */
  consent: identifier(1000),
  language: z.string().regex(/^[a-z]{2,3}$/),
  source: z.enum(['portal', 'survey', 'feedback']),
  sourceId: z.string().max(100).nullable(),
  key: identifier(100),
});

const findPerson = queryOne((db) =>
  db
    .select({ name: customers.name })
    .from(customers)
    .where(eq(customers.id, sql.placeholder('id'))),
);

/** The names under which the signed-in customer may be quoted. */
export async function listNameChoices(ctx: Context) {
  const id = customerIdOf(ctx);
  const [person, places] = await Promise.all([findPerson(ctx.db, { id }), listPlaces(ctx.db, id)]);
  const company = places.find(({ name }) => name !== null)?.name ?? null;
  return nameChoices({ name: person?.name ?? null, company });
}

/**
 * The signed-in customer lets the business quote them, under a name they chose; an editor decides whether it does. The
 * wording of the consent is kept. What it comes from, if anything, is their own. The same form (`key`) sent twice is one
 * offer.
 * @throws {AppError} `validation_failed`
 */
export async function offerTestimonial(ctx: Context, input: z.input<typeof offer>): Promise<void> {
  const customerId = customerIdOf(ctx);
  const { key, ...given } = parseInput(offer, input);
  const [choices, [place]] = await Promise.all([listNameChoices(ctx), listPlaces(ctx.db, customerId)]);
  await assertOwnSource(ctx, { customerId, source: given.source, sourceId: given.sourceId });
  const chosen = choices.find(({ form }) => form === given.nameForm);
  if (chosen === undefined || place === undefined) throw wrongName();
  const id = newId();
  const row = { ...given, id, customerId, rootId: place.rootId, shownName: chosen.shown, at: ctx.now() };
  try {
    await note(ctx, place.rootId, () => ({
      kind: 'testimonial_offered',
      detail: { testimonial: id },
      statements: [insertTestimonial({ ...row, key: `${customerId} ${key}` })],
      result: null,
    }));
  } catch (error) {
    if (!isConflictOn(error, 'testimonials.key')) throw error;
  }
}

const findSource = queryOne((db) =>
  db
    .select({
      isOwn: sql<number>`EXISTS (SELECT 1 FROM survey_invitations WHERE id = ${sql.placeholder('id')}
        AND customer_id = ${sql.placeholder('customerId')}) OR EXISTS (SELECT 1 FROM feedback
        WHERE (id = ${sql.placeholder('id')} OR reference = ${sql.placeholder('id')})
        AND customer_id = ${sql.placeholder('customerId')})`.mapWith(Number),
    })
    .from(sql`(SELECT 1)`),
);

async function assertOwnSource(
  ctx: Context,
  { customerId, source, sourceId }: { customerId: string; source: string; sourceId: string | null },
): Promise<void> {
  if (sourceId === null) return;
  const found = source === 'portal' ? null : await findSource(ctx.db.fresh, { id: sourceId, customerId });
  if (found?.isOwn === 1) return;
  const message = 'has to be an answer or feedback of one’s own';
  throw new AppError('validation_failed', `sourceId ${message}.`, {
    errors: [{ path: 'sourceId', code: 'invalid_value', message }],
  });
}

function wrongName(): AppError {
  const message = 'has to be one of the names offered';
  return new AppError('validation_failed', `nameForm ${message}.`, {
    errors: [{ path: 'nameForm', code: 'invalid_value', message }],
  });
}
