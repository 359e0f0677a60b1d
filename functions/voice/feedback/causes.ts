import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { query, queryOne, statement } from '../../../db/query.ts';
import { causes } from '../../../db/schema/index.ts';
import { retrying } from '../../ground/decision/retrying.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import type { Languages } from '../../ground/identity/languages.ts';
import { allow } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { identifier } from '../../ground/platform/input.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { getBusiness } from '../../money/business/business.ts';
import { offeredLanguages } from '../../money/business/languages.ts';
import { changeCase } from './change-case.ts';
import { saidText } from './schema.ts';
import type { CaseAct } from './staff-case.ts';
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
  await changeCase(ctx, act, () => ({
    events: [{ kind: 'cause_set', subjectId: causeId }],
    audit: { kind: 'feedback.cause_set', detail: { cause: causeId } },
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
  return retrying(ctx, { subject: 'list of causes', conflicts: ['causes.name'] }, async () => {
    const known = await findCauseBy.name(ctx.db.fresh, { name });
    if (known !== null) return known.id;
    const id = newId();
    await writeDecision(ctx, {
      rows: [insertCause({ id, name, openedAt: ctx.now(), openedBy: actorName(ctx.actor) })],
      audit: { kind: 'cause.opened', subjectKind: 'cause', subjectId: id },
    });
    return id;
  });
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
export async function closeCause(ctx: Context, { id, ...input }: Closing): Promise<void> {
  allow(ctx.actor, 'feedback:write');
  const languages = offeredLanguages(await getBusiness(ctx));
  const { outcome, text, isPublic } = parseInput(closing(languages), input);
  const now = ctx.now();
  const publishedAt = outcome === 'changed' && isPublic ? now : null;
  await assertKnown(ctx, id);
  const close = statement(
    `UPDATE causes SET closed_at = coalesce(closed_at, ?), closed_by = ?, outcome = ?,
      change_text = json_patch(coalesce(change_text, '{}'), ?),
      published_at = CASE WHEN ? IS NULL THEN NULL ELSE coalesce(published_at, ?) END WHERE id = ?`,
    ...[now, actorName(ctx.actor), outcome, JSON.stringify(text), publishedAt, publishedAt, id],
  );
  const detail = { outcome, isPublic: publishedAt !== null };
  await writeDecision(ctx, {
    rows: [close],
    audit: { kind: 'cause.closed', subjectKind: 'cause', subjectId: id, detail },
  });
}

/** Opens a cause again that has come back; what was shown in public of it is shown no longer. */
export async function reopenCause(ctx: Context, { id }: { id: string }): Promise<void> {
  allow(ctx.actor, 'feedback:write');
  await assertKnown(ctx, id);
  const reopen = statement(
    `UPDATE causes SET closed_at = NULL, closed_by = NULL, outcome = NULL, published_at = NULL WHERE id = ?`,
    id,
  );
  await writeDecision(ctx, {
    rows: [reopen],
    audit: { kind: 'cause.reopened', subjectKind: 'cause', subjectId: id },
  });
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
