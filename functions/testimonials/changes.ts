import { and, asc, desc, isNotNull, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import { insertInto, query } from '../../db/query.ts';
import { cases, causes, changeNotices, feedback } from '../../db/schema/index.ts';
import { isConflictOn } from '../../db/store.ts';
import { passOver } from '../accounts/change-account.ts';
import { note } from '../accounts/note.ts';
import { queueMail } from '../mail/queue-mail.ts';
import type { MailParams } from '../mail/templates.ts';
import type { Context } from '../platform/context.ts';

/** A no is told while it is news: not of causes that were closed long before they were told of at all. */
const NEWS_MS = 7 * 86_400_000;
const SHOWN = 100;
const STEP = 200;

/** Something that customers said and the business then changed. */
export interface Change {
  id: string;
  name: string;
  text: Record<string, string>;
  /** How many said it. */
  said: number;
  at: number;
}

const changeText = z.record(z.string(), z.string());

const listPublishedCauses = query((db) =>
  db
    .select({
      id: causes.id,
      name: causes.name,
      changeText: sql<string>`${causes.changeText}`,
      publishedAt: sql<number>`${causes.publishedAt}`.mapWith(Number),
      said: sql<number>`(SELECT count(*) FROM cases WHERE cause_id = ${causes.id})`.mapWith(Number),
    })
    .from(causes)
    .where(isNotNull(causes.publishedAt))
    .orderBy(desc(causes.publishedAt), asc(causes.id))
    .limit(SHOWN),
);

/** What was changed because customers said so, newest first; for everybody to read. */
export async function listChanges(ctx: Context): Promise<Change[]> {
  const rows = await listPublishedCauses(ctx.db);
  return rows.map(({ id, name, said, publishedAt, changeText: kept }) => ({
    id,
    name,
    said,
    text: changeText.parse(JSON.parse(kept)),
    at: publishedAt,
  }));
}

type Letter = {
  [T in 'you_said_we_did' | 'you_said_we_decided']: { template: T; params: MailParams[T] };
}['you_said_we_did' | 'you_said_we_decided'];

const insertNotice = insertInto(changeNotices);

/** Who said something that was changed since, or declined, and was not told yet. */
const listUntold = query((db) =>
  db
    .select({
      causeId: sql<string>`${causes.id}`.as('cause'),
      customerId: sql<string>`${feedback.customerId}`.as('customer'),
      rootId: sql<string>`max(${feedback.rootId})`.as('root'),
      changeText: sql<string>`${causes.changeText}`.as('change'),
      outcome: sql<string>`${causes.outcome}`.as('outcome'),
      reference: sql<string>`max(${feedback.reference})`.as('reference'),
    })
    .from(causes)
    .innerJoin(cases, sql`${cases.causeId} = ${causes.id}`)
    .innerJoin(feedback, sql`${feedback.id} = ${cases.feedbackId} AND ${feedback.rootId} IS NOT NULL`)
    .where(
      and(
        or(
          isNotNull(causes.publishedAt),
          sql`${causes.outcome} = 'declined' AND ${causes.closedAt} >= ${sql.placeholder('since')}`,
        ),
        isNotNull(feedback.customerId),
        sql`EXISTS (SELECT 1 FROM customers WHERE id = ${feedback.customerId} AND claimed_at IS NOT NULL)`,
        sql`NOT EXISTS (SELECT 1 FROM change_notices n WHERE n.cause_id = ${causes.id}
          AND n.customer_id = ${feedback.customerId})`,
      ),
    )
    .groupBy(sql`cause`, sql`customer`, sql`change`, sql`outcome`)
    .limit(STEP),
);

/** Tells everybody who said it that something was changed, or why it was not, once for each cause. */
export async function tellChanges(ctx: Context): Promise<number> {
  const untold = await listUntold(ctx.db.fresh, { since: ctx.now() - NEWS_MS });
  for (const { causeId, customerId, rootId, changeText: kept, outcome, reference } of untold) {
    const text = changeText.parse(JSON.parse(kept));
    const letter: Letter =
      outcome === 'declined'
        ? { template: 'you_said_we_decided', params: { reference, text } }
        : { template: 'you_said_we_did', params: { text } };
    try {
      await note(ctx, rootId, () => ({
        kind: 'change_told',
        detail: { cause: causeId },
        statements: [
          insertNotice({ causeId, customerId, at: ctx.now() }),
          queueMail({ ...letter, customerId, language: null, at: ctx.now() }),
        ],
        result: null,
      }));
    } catch (error) {
      if (!isConflictOn(error, 'refused: change_notices exists')) passOver(error, rootId, ctx.log);
    }
  }
  if (untold.length > 0) ctx.wakeMail('soon');
  return untold.length;
}
