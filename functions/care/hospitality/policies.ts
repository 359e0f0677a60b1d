import { amountOf } from '../../ground/settings/policy.ts';

/** What a gift or an entertainment of one person may be worth without a second person's word, at once. */
export const hospitalityAct = amountOf({
  key: 'hospitalityAct',
  standard: '50.00',
  about: 'what one gift to a customer, or one entertainment, may be worth without a second person',
  isForOwners: true,
});

/** The same within a calendar year of business time. */
export const hospitalityYear = amountOf({
  key: 'hospitalityYear',
  standard: '150.00',
  about:
    'what gifts to one customer, and entertainments, may be worth in a calendar year without a second person',
  isForOwners: true,
});
