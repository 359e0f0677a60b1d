import { z } from 'zod';
import { day, issue } from '../../ground/platform/input.ts';
import { parseDraft } from './draft.ts';

/** The programme is read by the rules of its file, but `from` may be missing. */
const programme = z
  .unknown()
  .transform((json, context) => {
    const parsed = parseDraft(json);
    if (parsed.ok) return parsed.file;
    for (const { path, code, message } of parsed.errors)
      context.addIssue(issue(code, message, path === '' ? [] : path.split('.')));
    return z.NEVER;
  })
  .meta({ description: 'A programme file, as `programme show` prints it. `from` of a rule may be missing.' });

export const rehearseInput = z.strictObject({
  programme,
  since: day
    .nullish()
    .meta({ description: 'First business day whose orders are looked at; all history without it.' }),
});
export type RehearseInput = z.output<typeof rehearseInput>;

export const rehearseExample = {
  programme: {
    currency: 'EUR',
    timeZone: 'Europe/Paris',
    rules: [
      {
        id: 'money-back',
        name: { en: 'More for more', uk: 'Більше за більше' },
        scheme: 'bands',
        mode: 'marginal',
        bands: [
          { from: '0.00', percent: '1' },
          { from: '300.00', percent: '3' },
        ],
        period: 'year',
        counts: { shipping: false, tax: false, excludeCategories: ['Books'] },
      },
    ],
    debt: 'carry',
  },
  since: '2026-01-01',
};
