import { choiceOf } from '../../ground/settings/policy.ts';

export const setUpNotice = choiceOf({
  key: 'setUpNotice',
  choices: ['shown', 'hidden'],
  standard: 'shown',
  about: 'whether Today says how far setting up is, while something is left: shown or hidden',
});
