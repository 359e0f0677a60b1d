import { z } from 'zod';
import { locales } from '../../../../languages/built.ts';
import { instantAnswer, instantText } from '../../../ground/platform/answer.ts';
import { stepStates } from './cause-steps.ts';
import { outcomes } from './close-cause.ts';
import type { CauseFile } from './get-cause.ts';
import type { CauseView } from './list-causes.ts';
import { causeName } from './open-cause.ts';
import { convenientFor } from './plan-cause.ts';

/** What the API reads and answers about causes. */

export const openInput = z.strictObject({ name: causeName });
export const openExample = { name: 'Thin paper bags' };

export const planExample = {
  process: 'Packing',
  convenientFor: 'us',
  owner: 'olena@example.com',
  dueOn: '2026-03-31',
};

export const stepExample = { what: 'Ask the mill for double paper' };

export const stepStateInput = z.strictObject({ state: z.enum(stepStates) });
export const stepStateExample = { state: 'done' };

export const closingInput = z.strictObject({
  outcome: z.enum(outcomes),
  text: z
    .strictObject(Object.fromEntries(locales.map((language) => [language, z.string().optional()])))
    .transform((texts) =>
      Object.fromEntries(Object.entries(texts).map(([language, text]) => [language, text ?? ''])),
    )
    .meta({
      description: 'What was changed, or why nothing is, in each language of the business.',
      examples: [{ en: 'All bags are of double paper now.' }],
    }),
  isPublic: z.boolean().default(false).meta({ description: 'Whether everybody may read of the change.' }),
});
export const closingExample = {
  outcome: 'changed',
  text: {
    en: 'All bags are of double paper now.',
    uk: 'Тепер усі пакети з подвійного паперу.',
  },
  isPublic: true,
};

export const setCauseInput = z.strictObject({
  cause: z
    .union([z.strictObject({ id: z.string().max(100) }), z.strictObject({ name: causeName }), z.null()])
    .transform((cause) =>
      cause === null
        ? ({ kind: 'none' } as const)
        : 'id' in cause
          ? ({ kind: 'known', id: cause.id } as const)
          : ({ kind: 'named', name: cause.name } as const),
    )
    .meta({ description: 'By its id, or by a name, which makes one; null while it is not known.' }),
});
export const setCauseExample = { cause: { name: 'Thin paper bags' } };

export const idAnswer = z.object({ id: z.string() });
export const causeSetAnswer = z
  .object({
    causeId: z.string().nullable(),
    isReopened: z.boolean().meta({ description: 'Whether it had been called mended, and is open again.' }),
  })
  .meta({ id: 'CauseSet' });

const cause = {
  id: z.string(),
  name: z.string(),
  process: z.string().nullable().meta({ description: 'What of the business’s doing it lies in.' }),
  convenientFor: z.enum(convenientFor).nullable(),
  ownerId: z.string().nullable().meta({ description: 'Who of the team sees to it.' }),
  dueOn: z.string().nullable().meta({ format: 'date' }),
  isOverdue: z.boolean(),
  openedAt: instantAnswer,
  closedAt: instantAnswer.nullable(),
  outcome: z.enum(outcomes).nullable(),
  text: z.record(z.string(), z.string()),
  publishedAt: instantAnswer.nullable(),
  isAgain: z.boolean().meta({ description: 'Whether it was closed before, and is open again.' }),
  said: z.int().meta({ description: 'How many pieces of feedback come from it.' }),
  open: z.int().meta({ description: 'How many of them are not over.' }),
  steps: z.object({ done: z.int(), open: z.int() }),
};

export const causeAnswer = z.object(cause).meta({ id: 'Cause' });

export const causeFileAnswer = z
  .object({
    ...cause,
    plan: z.array(
      z.object({
        id: z.string(),
        what: z.string(),
        state: z.enum(stepStates),
        endedAt: instantAnswer.nullable(),
      }),
    ),
    events: z.array(z.object({ kind: z.string(), at: instantAnswer })),
  })
  .meta({ id: 'CauseFile' });

export function toCauseAnswer(view: CauseView): z.infer<typeof causeAnswer> {
  const { owner, openedAt, closedAt, publishedAt, ...rest } = view;
  const { id, name, process, convenientFor: whom, dueOn, isOverdue, outcome, text } = rest;
  const { isAgain, said, open, steps } = rest;
  return {
    ...{ id, name, process, convenientFor: whom, ownerId: owner?.id ?? null, dueOn, isOverdue },
    ...{ openedAt: instantText(openedAt), closedAt: optional(closedAt), outcome, text },
    ...{ publishedAt: optional(publishedAt), isAgain, said, open, steps },
  };
}

export function toCauseFileAnswer({ plan, events, ...view }: CauseFile): z.infer<typeof causeFileAnswer> {
  return {
    ...toCauseAnswer(view),
    plan: plan.map(({ id, what, outcome, endedAt }) => ({
      ...{ id, what, state: outcome ?? 'open', endedAt: optional(endedAt) },
    })),
    events: events.map(({ kind, at }) => ({ kind, at: instantText(at) })),
  };
}

const optional = (at: number | null) => (at === null ? null : instantText(at));
