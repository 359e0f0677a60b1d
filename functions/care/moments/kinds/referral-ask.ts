import { sql } from 'drizzle-orm';
import { promiseOf } from '../../../circle/referrals/terms.ts';
import { policyOf } from '../../../money/business/policies.ts';
import { referralAsk, referralAskDays } from '../moments.ts';
import type { MomentWork } from '../run.ts';
import { tellFree } from '../tell-free.ts';
import { listPraised, praiseDue } from './praise.ts';

/** Asks who praised the business to recommend it, where it promises something for that. */
export const referralAskWork: MomentWork = {
  moment: referralAsk,
  work: async (ctx, { business, since, place }) => {
    const promise = promiseOf(business);
    if (promise === null) return 0;
    const { own, friend, minimum, currency } = promise;
    const sum = (minor: bigint) => ({ minor, currency });
    const terms = { own: sum(own), friend: sum(friend), minimum: sum(minimum) };
    const due = praiseDue(ctx, { days: policyOf(business, referralAskDays), since });
    return tellFree(ctx, {
      topic: 'referral',
      place,
      list: (after) => listPraised(ctx.db.fresh, { ...due, name: 'referral_ask', unless: sql`FALSE`, after }),
      letterTo: ({ customerId, rootId }) => ({
        template: 'referral_ask',
        params: { ...terms, ...(rootId === null ? {} : { rootId }) },
        customerId,
      }),
    });
  },
};
