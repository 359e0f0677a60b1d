import { z } from 'zod';
import { freeText, identifier } from '../../ground/platform/input.ts';

export const ideaStates = ['new', 'considered', 'planned', 'done', 'declined'] as const;
export type IdeaState = (typeof ideaStates)[number];

const TITLE_LENGTH_MAX = 120;
const TEXT_LENGTH_MAX = 3000;
export const WORDS_LENGTH_MAX = 1000;

export const tellIdeaInput = z.strictObject({
  title: identifier(TITLE_LENGTH_MAX),
  text: freeText(TEXT_LENGTH_MAX),
  /** What makes the same form sent twice one idea. */
  key: z.string().regex(/^[\x21-\x7e]{8,100}$/),
});

/** `POST /ideas/{id}/answers`: what becomes of an idea; a no says why. */
export const answerIdeaInput = z
  .strictObject({
    state: z.enum(ideaStates),
    words: freeText(WORDS_LENGTH_MAX).meta({ description: 'What its author is told; needed for a no.' }),
  })
  .refine(({ state, words }) => state !== 'declined' || words !== null, {
    ...{ path: ['words'], params: { code: 'required' }, message: 'are needed for a no' },
  });

export const answerIdeaExample = { state: 'planned', words: 'From next Monday on.' } as const;
