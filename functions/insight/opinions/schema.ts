import { z } from 'zod';
import { instantAnswer, moneyAnswer } from '../../ground/platform/answer.ts';
import { pageCursor } from '../../ground/platform/input.ts';
import { opinionKinds } from '../../voice/surveys/asked-parts.ts';
import { levels } from '../levels/level-counts.ts';
import { accountTypes } from './get-gaps.ts';

const interval = z
  .object({ from: z.number(), to: z.number() })
  .nullable()
  .meta({ description: 'Of 95 %; null while too few answered to tell.' });

const opinion = z.object({ n: z.int(), mean: z.number(), interval }).nullable();

const change = z
  .object({
    n: z.int().meta({ description: 'Contacts that answered twice.' }),
    mean: z.number(),
    interval,
    isBeyondNoise: z.boolean().nullable().meta({ description: 'Null while it cannot be told.' }),
  })
  .nullable();

const topic = z.object({
  topicId: z.string(),
  text: z.record(z.string(), z.string()),
  want: opinion.meta({ description: 'How much it matters, 1 to 5.' }),
  get: opinion.meta({ description: 'How well it is done, 1 to 5.' }),
  gap: opinion.meta({ description: 'Importance less delivery, over people who told both.' }),
  weight: z.number().nullable().meta({ description: 'Importance times gap, by which topics are in order.' }),
  isClear: z.boolean().nullable().meta({ description: 'Whether the gap is more than chance.' }),
});

export const opinionsAnswer = z
  .object({
    accountId: z.string(),
    people: z.int(),
    asked: z.int(),
    answered: z.int(),
    kinds: z.array(z.object({ kind: z.enum(opinionKinds), now: opinion, change })),
    quarters: z.array(
      z.object({ quarter: z.string(), trust: opinion, commitment: opinion, spend: moneyAnswer.nullable() }),
    ),
    contacts: z.array(
      z.object({
        customerId: z.string(),
        isHere: z.boolean().meta({ description: 'Whether they belong to the account still.' }),
        lastOrderOn: z.string().nullable(),
        isDormant: z.boolean(),
        askedAt: instantAnswer.nullable(),
        answers: z.array(
          z.object({ at: instantAnswer, trust: z.number().nullable(), commitment: z.number().nullable() }),
        ),
      }),
    ),
    topics: z.array(topic),
  })
  .meta({ id: 'Opinions', description: 'Trust and commitment are means of statements, 1 to 7.' });
export type OpinionsAnswer = z.infer<typeof opinionsAnswer>;

export const opinionsQuery = z.strictObject({
  kind: z.enum(opinionKinds).default('trust').meta({ description: 'What is asked for; trust if absent.' }),
  cursor: pageCursor.optional(),
});

export const opinionListAnswer = z
  .object({
    items: z.array(
      z.object({
        accountId: z.string(),
        customerId: z.string().nullable(),
        people: z.int(),
        now: z.object({ n: z.int(), mean: z.number(), interval }),
        change,
        answeredAt: instantAnswer,
        lastOn: z.string().nullable(),
        isDormant: z.boolean(),
        yearSpend: moneyAnswer.nullable(),
      }),
    ),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'AccountOpinions' });

export const gapsQuery = z.strictObject({
  segment: z.string().max(100).optional().meta({ description: 'The id of a kept segment.' }),
  level: z.enum(levels).optional().meta({ description: 'The level of the relationship.' }),
  type: z.enum(accountTypes).optional().meta({ description: 'The type of the account.' }),
});

export const gapsAnswer = z.object({ items: z.array(topic) }).meta({ id: 'TopicGaps' });
