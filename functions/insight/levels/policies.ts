import { choiceOf, wholeNumber } from '../../ground/settings/policy.ts';

/** The shape the owner wants the business to have. */
export const idealShape = choiceOf({
  key: 'idealShape',
  choices: ['pyramid', 'hourglass', 'hexagon'],
  standard: 'hourglass',
  about:
    'the shape the business should have, by how many customers are new, come back and recommend it: pyramid, hourglass or hexagon',
});

export const keyAccounts = wholeNumber({
  key: 'keyAccounts',
  from: 1,
  to: 200,
  standard: 20,
  about: 'how many of those who spent most in the last 365 days are key accounts',
});
