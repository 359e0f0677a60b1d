import { choiceOf, type Policy } from './policy.ts';

/** Months for which something may be kept; `always` is as long as the account it is about exists. */
const keptMonths = ['1', '3', '6', '12', '24', '36', '60', '84', '120', 'always'] as const;
export type KeptMonths = (typeof keptMonths)[number];

/** How long something is kept, as the business decides. */
export function keptFor({
  about,
  choices = keptMonths,
  ...rest
}: Pick<Policy, 'key' | 'about'> & {
  standard: KeptMonths;
  choices?: readonly KeptMonths[];
}): Policy<KeptMonths> {
  return choiceOf({
    ...rest,
    choices,
    about: `for how long ${about} kept: months (${choices.slice(0, -1).join(', ')}) or always`,
  });
}
