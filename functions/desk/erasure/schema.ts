import { z } from 'zod';
import { instantAnswer } from '../../ground/platform/answer.ts';
import { pageCursor } from '../../ground/platform/input.ts';
import { wordsChoice } from './terms.ts';

const customerId = '0199c1d2e3f47a5b8c6d7e8f90a1b203';

const words = wordsChoice.meta({
  description: 'What they told the business: gone as well, or kept without their name.',
});

export const erasureInput = z.strictObject({ customerId: z.string().max(64), words: words.default('gone') });
export const erasureExample = { customerId, words: 'gone' };

export const erasureAnswer = z
  .object({ customerId: z.string(), words, at: instantAnswer })
  .meta({ id: 'Erasure', examples: [{ customerId, words: 'gone', at: '2026-03-01T10:00:00Z' }] });

export const erasuresQuery = z.strictObject({ cursor: pageCursor.optional() });

export const listedErasure = erasureAnswer
  .extend({
    askedBy: z.enum(['customer', 'staff', 'command']).meta({
      description: '`staff` for keys of the API as well.',
    }),
    finishedAt: instantAnswer
      .nullable()
      .meta({ description: 'When the files and the database were swept as well; null until then.' }),
  })
  .meta({
    id: 'ListedErasure',
    examples: [
      {
        ...{ customerId, words: 'gone', at: '2026-03-01T10:00:00Z' },
        ...{ askedBy: 'customer', finishedAt: '2026-03-01T10:00:02Z' },
      },
    ],
  });
export type ListedErasure = z.output<typeof listedErasure>;
