import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { query, queryOne, statement } from '../../db/query.ts';
import { causes } from '../../db/schema/index.ts';
import { isConflictOn } from '../../db/store.ts';
import type { Languages } from '../../src/languages.ts';
import { recordAct } from '../audit/record-act.ts';
import { getBusiness } from '../business/business.ts';
import { offeredLanguages } from '../business/languages.ts';
import { allow } from '../platform/allow.ts';
import { actorName, type Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { identifier } from '../platform/input.ts';
import { parseInput } from '../platform/parse-input.ts';
import { changeCase, event } from './change-case.ts';
import { saidText } from './schema.ts';
import { acted, type CaseAct } from './staff-case.ts';
import { insertCause } from './statements.ts';

const causeName = identifier(120);

const findCauseBy = {
  id: queryOne((db) =>
    db
      .select()
      .from(causes)
      .where(eq(causes.id, sql.placeholder('id'))),
  ),
  name: queryOne((db) =>
    db
      .select()
      .from(causes)
      .where(eq(causes.name, sql.placeholder('name'))),
  ),
};

/** What a case comes from: a cause that is known, a new one by its name, or none yet. */
export type CauseChoice = { kind: 'known'; id: string } | { kind: 'named'; name: string } | { kind: 'none' };

/**
 * Says what a case comes from; a name that no cause has yet makes one.
 * @throws {AppError} `not_found`, `validation_failed`, `forbidden`
 */
export async function setCause(
  ctx: Context,
  { choice, ...act }: CaseAct & { choice: CauseChoice },
): Promise<void> {
  allow(ctx.actor, 'feedback:write');
  const causeId = await causeOf(ctx, choice);
  await changeCase(ctx, { ...act, history: null }, () => ({
    events: [event('cause_set', causeId)],
    statements: () => [acted(ctx, 'feedback.cause_set', act.feedbackId, { cause: causeId })],
  }));
}

async function causeOf(ctx: Context, choice: CauseChoice): Promise<string | null> {
  if (choice.kind === 'none') return null;
  if (choice.kind === 'named') return openCause(ctx, choice);
  await assertKnown(ctx, choice.id);
  return choice.id;
}

async function assertKnown(ctx: Context, id: string): Promise<void> {
  if ((await findCauseBy.id(ctx.db.fresh, { id })) === null) throw noCause();
}

/** Names a cause; the id of the one that has the name already. @throws {AppError} `validation_failed`, `forbidden` */
export async function openCause(ctx: Context, { name: typed }: { name: string }): Promise<string> {
  allow(ctx.actor, 'feedback:write');
  const name = parseInput(causeName, typed);
  const known = await findCauseBy.name(ctx.db.fresh, { name });
  if (known !== null) return known.id;
  const id = newId();
  try {
    await ctx.db.write([
      insertCause({ id, name, openedAt: ctx.now(), openedBy: actorName(ctx.actor) }),
      recordAct(ctx, { act: 'cause.opened', subjectKind: 'cause', subjectId: id }),
    ]);
    return id;
  } catch (error) {
    if (!isConflictOn(error, 'causes.name')) throw error;
    return openCause(ctx, { name });
  }
}

/** What is left empty in a language that the business does not offer is no text at all. */
const causeText = (languages: Languages) =>
  z
    .record(z.string(), z.string())
    .transform((texts) => Object.fromEntries(languages.map((language) => [language, texts[language] ?? ''])))
    .pipe(z.record(z.string(), saidText));

interface Closing {
  id: string;
  outcome: 'changed' | 'declined';
  /** What was changed, or why nothing is, in each language of the business. */
  text: Record<string, string>;
  isPublic: boolean;
}

const closing = (languages: Languages) =>
  z.strictObject({
    outcome: z.enum(['changed', 'declined']),
    text: causeText(languages),
    isPublic: z.boolean(),
  });

/**
 * Closes a cause with a change, which may be shown in public, or with a stated no; again to put its words right.
 * @throws {AppError} `not_found`, `validation_failed`, `forbidden`
 */
export async function closeCause(ctx: Context, { id, ...given }: Closing): Promise<void> {
  allow(ctx.actor, 'feedback:write');
  const languages = offeredLanguages(await getBusiness(ctx));
  const { outcome, text, isPublic } = parseInput(closing(languages), given);
  const now = ctx.now();
  const publishedAt = outcome === 'changed' && isPublic ? now : null;
  await assertKnown(ctx, id);
  await ctx.db.write([
    statement(
      `UPDATE causes SET closed_at = coalesce(closed_at, ?), closed_by = ?, outcome = ?,
        change_text = json_patch(coalesce(change_text, '{}'), ?),
        published_at = CASE WHEN ? IS NULL THEN NULL ELSE coalesce(published_at, ?) END WHERE id = ?`,
      ...[now, actorName(ctx.actor), outcome, JSON.stringify(text), publishedAt, publishedAt, id],
    ),
    recordAct(ctx, {
      act: 'cause.closed',
      subjectKind: 'cause',
      subjectId: id,
      detail: { outcome, isPublic: publishedAt !== null },
    }),
  ]);
}

/** Opens a cause again that has come back; what was shown in public of it is shown no longer. */
export async function reopenCause(ctx: Context, { id }: { id: string }): Promise<void> {
  allow(ctx.actor, 'feedback:write');
  await assertKnown(ctx, id);
  await ctx.db.write([
    statement(
      `UPDATE causes SET closed_at = NULL, closed_by = NULL, outcome = NULL, published_at = NULL WHERE id = ?`,
      id,
    ),
    recordAct(ctx, { act: 'cause.reopened', subjectKind: 'cause', subjectId: id }),
  ]);
}

const listRows = query((db) =>
  db
    .select({
      id: causes.id,
      name: causes.name,
      openedAt: causes.openedAt,
      closedAt: causes.closedAt,
      outcome: causes.outcome,
      changeText: causes.changeText,
      publishedAt: causes.publishedAt,
      said: sql<number>`(SELECT count(*) FROM cases WHERE cause_id = ${causes.id})`.mapWith(Number),
      open: sql<number>`(SELECT count(*) FROM cases WHERE cause_id = ${causes.id} AND state IN ('open', 'answered', 'waiting'))`.mapWith(
        Number,
      ),
    })
    .from(causes)
    .orderBy(sql`closed_at IS NOT NULL`, causes.name),
);

export interface CauseView {
  id: string;
  name: string;
  openedAt: number;
  closedAt: number | null;
  outcome: 'changed' | 'declined' | null;
  /** By language. */
  text: Record<string, string>;
  publishedAt: number | null;
  /** How many said it, and how many of those cases are not over. */
  said: number;
  open: number;
}

const keptText = z.record(z.string(), z.string());

/** The words a cause was closed with, by language. */
export const readCauseText = (text: string): Record<string, string> => keptText.parse(JSON.parse(text));

/** Every cause, the open ones first. @throws {AppError} `forbidden` */
export async function listCauses(ctx: Context): Promise<CauseView[]> {
  allow(ctx.actor, 'feedback:read');
  const rows = await listRows(ctx.db);
  return rows.map(({ changeText, ...row }) => ({
    ...row,
    text: changeText === null ? {} : readCauseText(changeText),
  }));
}

const noCause = () => new AppError('not_found', 'There is no such cause.');
