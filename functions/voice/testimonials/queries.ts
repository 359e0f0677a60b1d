import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { type QueryBuilder, query, queryOne } from '../../../db/query.ts';
import {
  customers,
  testimonialDecisions,
  testimonials,
  testimonialWithdrawals,
} from '../../../db/schema/index.ts';

const decisions = alias(testimonialDecisions, 'decisions');

/** The newest decision about each. */
const isNewest = and(
  eq(decisions.testimonialId, testimonials.id),
  sql`${decisions.seq} = (SELECT max(seq) FROM testimonial_decisions WHERE testimonial_id = ${testimonials.id})`,
);

const columns = {
  id: testimonials.id,
  customerId: testimonials.customerId,
  rootId: testimonials.rootId,
  text: testimonials.text,
  language: testimonials.language,
  shownName: testimonials.shownName,
  consent: testimonials.consent,
  source: testimonials.source,
  sourceId: testimonials.sourceId,
  at: testimonials.at,
  decision: decisions.decision,
  excerpt: decisions.excerpt,
  reason: decisions.reason,
  decidedAt: decisions.at,
  decidedSeq: decisions.seq,
  withdrawnAt: testimonialWithdrawals.at,
};

const select = (db: QueryBuilder) =>
  db
    .select({ ...columns, email: customers.email, name: customers.name })
    .from(testimonials)
    .innerJoin(customers, eq(customers.id, testimonials.customerId))
    .leftJoin(decisions, isNewest)
    .leftJoin(testimonialWithdrawals, eq(testimonialWithdrawals.testimonialId, testimonials.id));

export const findTestimonial = queryOne((db) => select(db).where(eq(testimonials.id, sql.placeholder('id'))));
export type TestimonialRow = NonNullable<Awaited<ReturnType<typeof findTestimonial>>>;

export const listOfCustomer = query((db) =>
  select(db)
    .where(eq(testimonials.customerId, sql.placeholder('customerId')))
    .orderBy(desc(testimonials.at), desc(testimonials.id))
    .limit(50),
);

/** What waits for the editor first, then the newest. */
export const listForEditor = query((db) =>
  select(db)
    .orderBy(
      sql`${decisions.decision} IS NOT NULL OR ${testimonialWithdrawals.at} IS NOT NULL`,
      desc(testimonials.at),
      desc(testimonials.id),
    )
    .limit(100),
);

/** What may be shown to everybody: approved, not withdrawn, by somebody who is still with us; newest first. */
export const listPublished = query((db) =>
  db
    .select({
      id: testimonials.id,
      text: sql<string>`coalesce(${testimonialDecisions.excerpt}, ${testimonials.text})`,
      language: testimonials.language,
      shownName: testimonials.shownName,
      at: testimonials.at,
    })
    .from(testimonialDecisions)
    .innerJoin(testimonials, eq(testimonials.id, testimonialDecisions.testimonialId))
    .innerJoin(customers, and(eq(customers.id, testimonials.customerId), isNull(customers.closedAt)))
    .where(
      and(
        eq(testimonialDecisions.decision, 'approve'),
        sql`NOT EXISTS (SELECT 1 FROM testimonial_decisions later WHERE later.testimonial_id = ${testimonials.id}
          AND later.seq > ${testimonialDecisions.seq})`,
        sql`NOT EXISTS (SELECT 1 FROM testimonial_withdrawals w WHERE w.testimonial_id = ${testimonials.id})`,
      ),
    )
    .orderBy(desc(testimonialDecisions.at), asc(testimonials.id))
    .limit(sql.placeholder('limit')),
);
