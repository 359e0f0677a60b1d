import { and, asc, desc, isNotNull, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import { insertInto, query } from '../../../db/query.ts';
import { cases, causes, feedback, notices } from '../../../db/schema/index.ts';
import type { LetterParams } from '../../ground/outbox/letter-kind.ts';
import { tellEach } from '../../ground/outbox/tell-each.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';

/** What is not shown in public is told while it is news: not of causes that were closed long before they were told of at all. */
const NEWS_MS = 7 * DAY_MS;
const SHOWN = 100;
const STEP = 200;
const PER_RUN = 2000;

/** Something that customers said and the business then changed. */
export interface PublishedChange {
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
export async function listChanges(ctx: Context): Promise<PublishedChange[]> {
  const rows = await listPublishedCauses(ctx.db);
  return rows.map(({ id, name, said, publishedAt, changeText: kept }) => ({
    id,
    name,
    said,
    text: changeText.parse(JSON.parse(kept)),
    at: publishedAt,
  }));
}

/** Beside the notice of a second time, the one of the first, which says that they were told at all. */
const everTold = insertInto(notices, 'ON CONFLICT DO NOTHING');

type Letter = {
  [T in 'you_said_we_did' | 'you_said_we_decided']: { template: T; params: LetterParams[T] };
}['you_said_we_did' | 'you_said_we_decided'];

/**
 * Who said something that was changed since, or declined, and was not told yet; what a step cuts off waits for the next run. Of what
 * was closed before, those who said it since, or were never told; everybody where it ended otherwise then. What was said elsewhere
 * was not said to us: its author is told of nothing.
 */
const listUntold = query((db) =>
  db
    .select({
      causeId: sql<string>`${causes.id}`.as('cause'),
      subject: sql<string>`'change ' || ${causes.id} || coalesce(' ' || ${causes.closedBefore}, '')`.as(
        'subject',
      ),
      reader: sql<string>`${feedback.customerId}`.as('reader'),
      rootId: sql<string>`max(${feedback.rootId})`.as('root'),
      changeText: sql<string>`${causes.changeText}`.as('change'),
      outcome: sql<string>`${causes.outcome}`.as('outcome'),
      isPublic: sql<boolean>`${causes.publishedAt} IS NOT NULL`
        .mapWith((value) => Number(value) === 1)
        .as('public'),
      reference: sql<string>`max(${feedback.reference})`.as('reference'),
    })
    .from(causes)
    .innerJoin(cases, sql`${cases.causeId} = ${causes.id}`)
    .innerJoin(
      feedback,
      sql`${feedback.id} = ${cases.feedbackId} AND ${feedback.rootId} IS NOT NULL
        AND ${feedback.source} <> 'mention'`,
    )
    .where(
      and(
        or(
          isNotNull(causes.publishedAt),
          sql`${causes.outcome} IS NOT NULL AND (${causes.closedAt} >= ${sql.placeholder('since')} OR EXISTS (SELECT 1
            FROM case_events e WHERE e.feedback_id = ${cases.feedbackId} AND e.kind = 'cause_set'
              AND e.at >= ${sql.placeholder('since')}))`,
        ),
        sql`(${causes.closedBefore} IS NULL OR ${feedback.at} > ${causes.closedBefore}
          OR EXISTS (SELECT 1 FROM cause_events e WHERE e.cause_id = ${causes.id} AND e.at = ${causes.closedBefore}
            AND e.kind IN ('changed', 'declined') AND e.kind <> ${causes.outcome})
          OR NOT EXISTS (SELECT 1 FROM notices n WHERE n.subject = 'change ' || ${causes.id}
            AND n.reader = ${feedback.customerId}))`,
        sql`${feedback.customerId} > ${sql.placeholder('after')}`,
        sql`EXISTS (SELECT 1 FROM customers WHERE id = ${feedback.customerId} AND claimed_at IS NOT NULL)`,
        sql`NOT EXISTS (SELECT 1 FROM notices n
          WHERE n.subject = 'change ' || ${causes.id} || coalesce(' ' || ${causes.closedBefore}, '')
          AND n.reader = ${feedback.customerId})`,
      ),
    )
    .groupBy(sql`cause`, sql`subject`, sql`reader`, sql`change`, sql`outcome`, sql`public`)
    .orderBy(sql`reader`)
    .limit(STEP),
);

type Untold = Awaited<ReturnType<typeof listUntold>>[number];

/**
 * Tells everybody who said it that something was changed, or why it was not, once for each cause, and once more for each time
 * that it came back for them.
 */
export async function tellChanges(ctx: Context): Promise<number> {
  const since = ctx.now() - NEWS_MS;
  const { told } = await tellEach(ctx, {
    list: (after) => listUntold(ctx.db.fresh, { since, after }),
    lettersTo: async (step) => step.map((one) => [{ ...letterFor(one), customerId: one.reader }]),
    write: ({ rootId, causeId, reader }, notice) =>
      writeHistory(ctx, rootId, () => ({
        history: { kind: 'change_told', detail: { cause: causeId } },
        ...notice,
        rows: [...notice.rows, everTold({ subject: `change ${causeId}`, reader, at: ctx.now() })],
      })),
    most: PER_RUN,
  });
  return told;
}

function letterFor({ changeText: kept, outcome, isPublic, reference, rootId }: Untold): Letter {
  const text = changeText.parse(JSON.parse(kept));
  return outcome === 'declined'
    ? { template: 'you_said_we_decided', params: { reference, text, rootId } }
    : { template: 'you_said_we_did', params: { text, rootId, ...(isPublic ? {} : { reference }) } };
}
