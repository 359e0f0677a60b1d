import { choiceOf } from '../../ground/settings/policy.ts';

export type Registration = 'open' | 'invitation' | 'approval';

export const registration = choiceOf<Registration>({
  key: 'registration',
  needsProof: true,
  choices: ['open', 'invitation', 'approval'],
  standard: 'open',
  about: 'who may join: open, invitation or approval',
});
