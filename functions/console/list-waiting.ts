import { sql } from 'drizzle-orm';
import { query } from '../../db/query.ts';
import { countWaiting } from '../feedback/list-inbox.ts';
import { unconfirmedRows } from '../households/queries.ts';
import { countFailures } from '../mail/list-failures.ts';
import { allow } from '../platform/allow.ts';
import type { Context } from '../platform/context.ts';
import { owedRows } from '../redemptions/hand-over.ts';

/** No more than this is counted: a badge says "100". */
const COUNTED_MAX = 100;

const counted = (rows: string) =>
  sql<number>`(SELECT count(*) FROM (${sql.raw(rows)} LIMIT ${sql.raw(String(COUNTED_MAX))}))`.mapWith(
    Number,
  );

const countRows = query((db) =>
  db
    .select({
      referrals: counted("SELECT 1 FROM referrals WHERE state = 'held'"),
      requests: counted(
        'SELECT 1 FROM join_requests WHERE NOT EXISTS (SELECT 1 FROM join_decisions WHERE request_id = join_requests.id)',
      ),
      unconfirmed: counted(unconfirmedRows),
      credits: counted(
        'SELECT 1 FROM credit_requests WHERE NOT EXISTS (SELECT 1 FROM credit_decisions WHERE request_id = credit_requests.id)',
      ),
      owed: counted(owedRows),
      applications: counted(
        'SELECT 1 FROM club_applications WHERE NOT EXISTS (SELECT 1 FROM club_decisions WHERE application_id = club_applications.id)',
      ),
      testimonials: counted(
        `SELECT 1 FROM testimonials WHERE NOT EXISTS (SELECT 1 FROM testimonial_decisions WHERE testimonial_id = testimonials.id)
         AND NOT EXISTS (SELECT 1 FROM testimonial_withdrawals WHERE testimonial_id = testimonials.id)`,
      ),
    })
    .from(sql`(SELECT 1)`),
);

/**
 * What waits for a person of the business, by the console's section in which it does; a room adds its own here.
 * @throws {AppError} `unauthenticated`, `forbidden`
 */
export async function listWaiting(ctx: Context): Promise<Record<string, number>> {
  allow(ctx.actor, 'customers:read');
  const [[rows], feedback, mails] = await Promise.all([
    countRows(ctx.db),
    countWaiting(ctx),
    countFailures(ctx),
  ]);
  return {
    inbox: feedback.overdue,
    referrals: rows?.referrals ?? 0,
    'console-credits': Math.min((rows?.credits ?? 0) + (rows?.owed ?? 0), COUNTED_MAX),
    'console-joining': Math.min((rows?.requests ?? 0) + (rows?.unconfirmed ?? 0), COUNTED_MAX),
    'console-club': rows?.applications ?? 0,
    'console-testimonials': rows?.testimonials ?? 0,
    'console-mail': Math.min(mails, COUNTED_MAX),
  };
}
