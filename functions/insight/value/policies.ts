import { z } from 'zod';
import type { Policy } from '../../ground/settings/policy.ts';
import type { Business } from '../../money/business/business.ts';
import { policyOf } from '../../money/business/policies.ts';
import { CATEGORY_MARGINS_LENGTH_MAX, type Margins, readCategoryMargins, readPercent } from './margins.ts';

/** Of all that no category says otherwise of. */
export const margin: Policy<string> = {
  key: 'margin',
  schema: z.string().refine((text) => text === 'off' || readPercent(text) !== null),
  standard: 'off',
  about:
    'what is left of a hundred of net spend when the goods are paid for, seen by the team alone: per cent such as 35 or 27.5; off where it is not told',
};

export const categoryMargins: Policy<string> = {
  key: 'categoryMargins',
  schema: z
    .string()
    .max(CATEGORY_MARGINS_LENGTH_MAX)
    .refine((text) => readCategoryMargins(text) !== null),
  standard: 'off',
  about:
    'the same by category, where it is another: per cent behind each, such as Tea=40; Gift sets=22.5; off where none is told',
};

/** What the business has told of its margins. */
export function marginsIn(business: Pick<Business, 'settings'>): Margins {
  return {
    categories: readCategoryMargins(policyOf(business, categoryMargins)) ?? new Map(),
    whole: readPercent(policyOf(business, margin)),
  };
}
