import { and, desc, eq, notLike, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { mailEvents, outbox } from '../../../db/schema/index.ts';
import type { Context } from '../../ground/platform/context.ts';
import { messageColumns, messageOf } from '../../people/mail/list-messages.ts';
import type { HistoryMoment, MailMoment } from './types.ts';

const MAILS_MAX = 60;
const END_OF_TIME = 8_640_000_000_000_000;

const lastEvent = sql<MailMoment['event']>`(SELECT kind FROM mail_events
  WHERE mail_id = ${outbox.id} ORDER BY at DESC LIMIT 1)`.mapWith(mailEvents.kind);

const listRows = query((db) =>
  db
    .select({ ...messageColumns, event: lastEvent })
    .from(outbox)
    .where(
      and(
        eq(outbox.customerId, sql.placeholder('customerId')),
        notLike(outbox.params, '%"challengeId"%'),
        sql`${outbox.createdAt} >= ${sql.placeholder('since')}`,
        sql`${outbox.createdAt} <= ${sql.placeholder('until')}`,
        sql`(${sql.placeholder('number')} IS NULL OR (${outbox.params} ->> '$.number' = ${sql.placeholder('number')}
          AND coalesce(${outbox.params} ->> '$.source', ${sql.placeholder('source')}) = ${sql.placeholder('source')}))`,
      ),
    )
    .orderBy(desc(outbox.createdAt), desc(outbox.id))
    .limit(sql.placeholder('limit'))
    .offset(sql.placeholder('offset')),
);

/**
 * What was written to a customer within a span, newest first; null leaves an end open. With an order only what is about it.
 * Codes are never shown.
 */
export async function listMailMoments(
  ctx: Context,
  {
    customerId,
    since,
    until,
    order = null,
    page = { offset: 0, limit: MAILS_MAX },
  }: {
    customerId: string;
    since: number | null;
    until: number | null;
    order?: { source: string; number: string } | null;
    page?: { offset: number; limit: number };
  },
): Promise<(MailMoment & { at: number })[]> {
  const span = { since: since ?? 0, until: until ?? END_OF_TIME };
  const about = { source: order?.source ?? null, number: order?.number ?? null };
  const rows = await listRows(ctx.db, { customerId, ...span, ...about, ...page });
  const shown = await Promise.all(
    rows.map(async ({ event, ...row }) => {
      const message = await messageOf(ctx, row);
      if (message === null) return null;
      const { id, state, withheld, letter } = message;
      return { id, at: row.createdAt, subject: letter.subject, state, withheld, event };
    }),
  );
  return shown.filter((one) => one !== null);
}

const countRows = query((db) =>
  db
    .select({ rows: sql<number>`count(*)`.mapWith(Number) })
    .from(outbox)
    .where(
      and(eq(outbox.customerId, sql.placeholder('customerId')), notLike(outbox.params, '%"challengeId"%')),
    ),
);

/** How many mails were written to a customer, without those of codes. */
export async function countMails({ db }: Pick<Context, 'db'>, customerId: string): Promise<number> {
  return (await countRows(db, { customerId }))[0]?.rows ?? 0;
}

/** The moments of a history, newest first, with the mail that was written at them or between them. */
export function withMail(
  moments: readonly HistoryMoment[],
  mails: readonly (MailMoment & { at: number })[],
): HistoryMoment[] {
  const byMoment = new Map(moments.map((moment) => [moment.at, { ...moment }]));
  for (const { at, ...mail } of mails) {
    const moment = byMoment.get(at) ?? { at, happenings: [], entries: [], mails: [] };
    byMoment.set(at, { ...moment, mails: [...moment.mails, mail] });
  }
  return [...byMoment.values()].sort((a, b) => b.at - a.at);
}
