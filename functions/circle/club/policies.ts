import { z } from 'zod';
import { choiceOf, onOrOff, type Policy, wholeNumber } from '../../ground/settings/policy.ts';

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

/** By what members hold their level. */
export const clubLevelPer = choiceOf({
  key: 'clubLevelPer',
  choices: ['year', 'lifetime'],
  standard: 'lifetime',
  about:
    'by what members hold their level: what they bought in a calendar year, or lifetime, and none is lost',
});

/** What who has not kept a level falls to. */
export const clubLevelFall = choiceOf({
  key: 'clubLevelFall',
  choices: ['reached', 'one'],
  standard: 'reached',
  about:
    'what a member falls to who did not keep a level: reached, by what they bought, or one level a year at most',
});

export const clubLevelGrace = wholeNumber({
  key: 'clubLevelGrace',
  from: 0,
  to: 180,
  standard: 0,
  about: 'days of grace after a year, in which purchases still count for it and no level is lost',
});

/** How long before it is lost members are told what keeps a level. */
export const clubLevelNotice = wholeNumber({
  key: 'clubLevelNotice',
  from: 0,
  to: 120,
  standard: 30,
  about: 'days before a year ends on which members are told what keeps their level, 0 for never',
});

/** What a member gets for each promise to them that was broken, in the currency's own units. */
export const promiseGift: Policy<string> = {
  key: 'promiseGift',
  needsProof: true,
  schema: z.string().regex(/^(off|\d{1,9}(\.\d{1,4})?)$/),
  standard: 'off',
  about: 'what a member is given for each broken promise: off, or an amount such as 5.00',
  form: { kind: 'amount', mayBeOff: true },
};
