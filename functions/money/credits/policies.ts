import { amountOf } from '../../ground/settings/policy.ts';

/** What staff may give or take by hand alone: at once, and on a business day. */
export const creditAgentAct = amountOf({
  key: 'creditAgentAct',
  needsProof: true,
  standard: '10.00',
  about: 'what an agent may give or take by hand at once, alone',
});

export const creditAgentDay = amountOf({
  key: 'creditAgentDay',
  needsProof: true,
  standard: '50.00',
  about: 'what an agent may give or take by hand on one business day, alone',
});

export const creditManagerAct = amountOf({
  key: 'creditManagerAct',
  needsProof: true,
  standard: '100.00',
  about: 'what a manager may give or take by hand at once, alone',
  isForOwners: true,
});

export const creditManagerDay = amountOf({
  key: 'creditManagerDay',
  needsProof: true,
  standard: '500.00',
  about: 'what a manager may give or take by hand on one business day, alone',
  isForOwners: true,
});
