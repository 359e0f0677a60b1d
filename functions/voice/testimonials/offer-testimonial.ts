import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { insertInto, queryOne } from '../../../db/query.ts';
import { readFlag } from '../../../db/schema/columns.ts';
import { customers, testimonials } from '../../../db/schema/index.ts';
import { isConflictOn } from '../../../db/store.ts';
import { customerIdOf } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { AppError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { freeText, identifier, issue } from '../../ground/platform/input.ts';
import { parseInput, wrongField } from '../../ground/platform/parse-input.ts';
import { listPlaces } from '../../money/accounts/places.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { nameChoices, nameForms } from './shown-name.ts';

const insertTestimonial = insertInto(testimonials);

const TESTIMONIAL_LENGTH_MIN = 20;
const TESTIMONIAL_LENGTH_MAX = 1200;

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
  const { key, ...offered } = parseInput(offer, input);
  const [choices, [place]] = await Promise.all([listNameChoices(ctx), listPlaces(ctx.db, customerId)]);
  await assertOwnSource(ctx, { customerId, source: offered.source, sourceId: offered.sourceId });
  const chosen = choices.find(({ form }) => form === offered.nameForm);
  if (chosen === undefined || place === undefined) throw wrongName();
  const id = newId();
  const row = { ...offered, id, customerId, rootId: place.rootId, shownName: chosen.shown, at: ctx.now() };
  try {
    await writeHistory(ctx, place.rootId, () => ({
      history: { kind: 'testimonial_offered', detail: { testimonial: id } },
      rows: [insertTestimonial({ ...row, key: `${customerId} ${key}` })],
    }));
  } catch (error) {
    if (!isConflictOn(error, 'testimonials.key')) throw error;
  }
}

const findSource = queryOne((db) =>
  db
    .select({
      isOwn: sql<boolean>`EXISTS (SELECT 1 FROM survey_invitations WHERE id = ${sql.placeholder('id')}
        AND customer_id = ${sql.placeholder('customerId')}) OR EXISTS (SELECT 1 FROM feedback
        WHERE (id = ${sql.placeholder('id')} OR reference = ${sql.placeholder('id')})
        AND customer_id = ${sql.placeholder('customerId')})`.mapWith(readFlag),
    })
    .from(sql`(SELECT 1)`),
);

async function assertOwnSource(
  ctx: Context,
  { customerId, source, sourceId }: { customerId: string; source: string; sourceId: string | null },
): Promise<void> {
  if (sourceId === null) return;
  const found = source === 'portal' ? null : await findSource(ctx.db.fresh, { id: sourceId, customerId });
  if (found?.isOwn) return;
  throw wrongField('sourceId', 'invalid_value', 'has to be an answer or feedback of one’s own');
}

function wrongName(): AppError {
  return wrongField('nameForm', 'invalid_value', 'has to be one of the names offered');
}
