import { choiceOf } from '../../ground/settings/policy.ts';

/** Who gives customers into somebody's hands: owners and managers, or agents, too. */
export const whoAssigns = choiceOf({
  key: 'whoAssignsManagers',
  choices: ['managers', 'team'],
  standard: 'managers',
  about:
    'who may give a customer an account manager: managers for owners and managers alone, or team for agents, too',
});
