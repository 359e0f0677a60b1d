import { sql } from 'drizzle-orm';
import { DAY_MS } from '../../../ground/platform/calendar.ts';
import { policyOf } from '../../../money/business/policies.ts';
import { testimonialAsk, testimonialAskDays } from '../moments.ts';
import type { MomentWork } from '../run.ts';
import { tellFree } from '../tell-free.ts';
import { listPraised, praiseDue } from './praise.ts';

/** Whoever offered words within so many days is not asked for more. */
const OFFERED_DAYS = 365;

/** Asks who praised the business for words that it may quote. */
export const testimonialAskWork: MomentWork = {
  moment: testimonialAsk,
  work: (ctx, { business, since, place }) => {
    const due = praiseDue(ctx, { days: policyOf(business, testimonialAskDays), since });
    const unless = sql`EXISTS (SELECT 1 FROM testimonials AS t WHERE t.customer_id = c.id
      AND t.at > ${ctx.now() - OFFERED_DAYS * DAY_MS})`;
    return tellFree(ctx, {
      topic: 'feedback',
      place,
      list: (after) => listPraised(ctx.db.fresh, { ...due, name: 'testimonial_ask', unless, after }),
      letterTo: ({ customerId, rootId }) => ({
        template: 'testimonial_ask',
        params: rootId === null ? {} : { rootId },
        customerId,
      }),
    });
  },
};
