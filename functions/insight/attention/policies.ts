import { z } from 'zod';
import { EMAIL_LENGTH_MAX, normalEmail } from '../../ground/platform/email.ts';
import type { Policy } from '../../ground/settings/policy.ts';
import { readCallQuestions } from './call-sheet.ts';

/** Who asks those that have lapsed why, and listens: each that the list newly names is given to them. */
export const lapsedCaller: Policy<string> = {
  key: 'lapsedCaller',
  schema: z
    .string()
    .max(EMAIL_LENGTH_MAX)
    .transform((typed, context) => {
      if (typed.trim() === 'off') return 'off';
      const address = normalEmail(typed);
      if (address !== null) return address;
      context.addIssue({ code: 'custom', message: 'has to be an email address, or off' });
      return z.NEVER;
    }),
  standard: 'off',
  about: 'who on the team calls customers that have lapsed: an email address of the team, or off',
};

export const callQuestions: Policy<string> = {
  key: 'callQuestions',
  page: '/console/attention/questions',
  schema: z.string().refine((text) => readCallQuestions(text) !== null),
  standard: 'standard',
  about:
    'what the call sheet asks those that have lapsed, in this order: JSON such as [{"id":"liked","texts":{}},{"id":"own-1","texts":{"en":"…","uk":"…"}}], a standard question without texts being in our words; or standard',
};
