import { returnTerms, writeTerms } from '../../care/returns/terms.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import { setPolicy } from '../../money/business/policies.ts';
import type { DemoHappening } from './spending.ts';

const terms = writeTerms({
  days: 30,
  creditBonus: '5',
  rules: [
    { categories: ['Tea', 'Coffee'], days: 14 },
    { categories: ['Gift cards'], days: null },
    { levels: ['advocate'], days: 60 },
  ],
  how: {
    en: 'Bring it to 14 Tanner Yard, or send it there with the label.',
    uk: 'Принесіть на 14 Tanner Yard або надішліть туди з етикеткою.',
  },
});

/** On what terms the shop takes things back. */
export function returnStories(now: number): DemoHappening[] {
  return [{ at: now - 60 * DAY_MS, run: (ctx) => setPolicy(ctx, returnTerms.key, terms) }];
}
