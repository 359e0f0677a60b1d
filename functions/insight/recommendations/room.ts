import { hiddenProducts, recommendationWishes } from '../../../db/schema/index.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { isRunDue } from './begin-run.ts';
import { personalData } from './personal-data.ts';
import { interestFields, productUrl } from './policies.ts';
import { recommendationRoutes } from './routes.ts';
import { workOnProducts } from './work-on-products.ts';

const historyKinds = [
  'recommendations_wanted',
  'recommendations_unwanted',
  'product_hidden',
  'product_shown',
] as const;

export const recommendationsRoom: Room = {
  name: 'recommendations',
  kept: 'insight',
  routes: recommendationRoutes,
  policies: [productUrl, interestFields],
  historyKinds,
  jobs: [{ name: 'recommendations', everyMinutes: 1, run: workOnProducts, isLast: true, hasWork: isRunDue }],
  conflicts: ['hidden_products.customer_id', 'recommendation_wishes.customer_id'],
  tables: [takenHome(recommendationWishes), takenHome(hiddenProducts)],
  tablesLeft: {
    product_runs: { why: 'Made anew from the orders.', isMadeAnew: true },
    product_baskets: { why: 'Follows from the orders.', isMadeAnew: true },
    product_facts: { why: 'Follows from the orders.', isMadeAnew: true },
    product_terms: { why: 'Follows from the orders.', isMadeAnew: true },
    product_pairs: { why: 'Follows from the orders.', isMadeAnew: true },
  },
  personalData,
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}
