import { type KeptMonths, keptFor } from '../../ground/settings/kept-for.ts';
import type { Policy } from '../../ground/settings/policy.ts';

/** Set beside the terms of returns. */
export const returnFileMonths: Policy<KeptMonths> = {
  ...keptFor({
    key: 'returnFileMonths',
    standard: '36',
    about: 'pictures and labels of returns are',
  }),
  page: '/console/returns/terms',
};
