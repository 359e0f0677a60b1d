import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { testimonialDecisions, testimonials } from '../../../db/schema/index.ts';
import { listed } from '../../money/accounts/account-columns.ts';

/** When words of some root accounts were accepted that are so still. `ids` is a JSON array. */
export const listAccepted = query((db) =>
  db
    .select({ rootId: testimonials.rootId, at: testimonialDecisions.at })
    .from(testimonials)
    .innerJoin(
      testimonialDecisions,
      sql`${testimonialDecisions.testimonialId} = ${testimonials.id} AND ${testimonialDecisions.seq} =
        (SELECT max(seq) FROM testimonial_decisions WHERE testimonial_id = ${testimonials.id})`,
    )
    .where(
      sql`${testimonials.rootId} IN ${listed('ids')} AND ${testimonialDecisions.decision} = 'approve'
        AND NOT EXISTS (SELECT 1 FROM testimonial_withdrawals WHERE testimonial_id = ${testimonials.id})`,
    ),
);
