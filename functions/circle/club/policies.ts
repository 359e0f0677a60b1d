import { z } from 'zod';
import { choiceOf, onOrOff, type Policy } from '../../ground/settings/policy.ts';

export const club = onOrOff({ key: 'club', about: 'whether there is a club' });

/** What has to be spent to be let into the club by it, in the currency's own units. */
export const clubSpend: Policy<string> = {
  key: 'clubSpend',
  needsProof: true,
  schema: z.string().regex(/^(off|\d{1,10}(\.\d{1,4})?)$/),
  standard: 'off',
  about: 'the spend that opens the club: off, or an amount such as 1000.00',
  form: { kind: 'amount', mayBeOff: true },
};

export const clubSpendPer = choiceOf({
  key: 'clubSpendPer',
  choices: ['year', 'lifetime'],
  standard: 'lifetime',
  about: 'within what the spend of the club is reached: year or lifetime',
});

/** Whether reaching it invites, or lets in at once. */
export const clubEntry = choiceOf({
  key: 'clubEntry',
  choices: ['invite', 'admit'],
  standard: 'invite',
  about: 'what reaching the spend of the club does: invite or admit',
});
