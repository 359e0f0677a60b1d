import { z } from 'zod';
import { toNumber } from '../../ground/platform/money.ts';
import type { Rehearsal } from './rehearse.ts';

const minor = z.int().meta({ description: 'Whole minor units of `currency`.' });

/** Rehearsal of DOMAIN §8. */
export const rehearsalAnswer = z
  .object({
    since: z.string().meta({ format: 'date', examples: ['2026-01-01'] }),
    until: z.string().meta({
      format: 'date',
      description: 'The first day after the last order.',
      examples: ['2026-07-01'],
    }),
    currency: z.string(),
    present: z.object({ earned: minor }),
    draft: z.object({ earned: minor }),
    months: z.array(
      z.object({ month: z.string().meta({ examples: ['2026-03'] }), present: minor, draft: minor }),
    ),
    accounts: z.object({ gain: z.int(), lose: z.int(), same: z.int() }),
    nearly: z.array(
      z.object({
        account: z.string().meta({ description: 'The id of the account.' }),
        rule: z.string(),
        missing: minor,
      }),
    ),
  })
  .meta({ id: 'Rehearsal' });
export type RehearsalAnswer = z.infer<typeof rehearsalAnswer>;

/**
 * A rehearsal as commands and the API tell it; `accountOf` is what they call an account.
 * @throws {AppError} `sum_too_large`
 */
export function toRehearsalAnswer(
  rehearsal: Rehearsal,
  accountOf: (accountId: string) => string,
): RehearsalAnswer {
  const { since, until, currency, presentMinor, draftMinor, months, accounts, nearly } = rehearsal;
  return {
    since,
    until,
    currency,
    present: { earned: toNumber(presentMinor) },
    draft: { earned: toNumber(draftMinor) },
    months: months.map((one) => ({
      month: one.month,
      present: toNumber(one.presentMinor),
      draft: toNumber(one.draftMinor),
    })),
    accounts,
    nearly: nearly.map(({ accountId, rule, missingMinor }) => ({
      account: accountOf(accountId),
      rule,
      missing: toNumber(missingMinor),
    })),
  };
}
