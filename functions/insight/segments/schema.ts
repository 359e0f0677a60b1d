import { z } from 'zod';
import { instantAnswer, instantText } from '../../ground/platform/answer.ts';
import { instant } from '../../ground/platform/input.ts';
import { type SegmentGroup, toDefinitionJson } from './definition.ts';
import type { NamedExplained } from './explain-named.ts';
import { toExplainedJson } from './explained-json.ts';
import type { SegmentMember } from './list-members.ts';
import type { SegmentListed } from './list-segments.ts';

const definitionExample = {
  combinator: 'and',
  not: false,
  rules: [
    { field: 'orders.count', operator: '>=', value: 2, within: { days: 90 } },
    { field: 'customer.language', operator: '=', value: 'uk' },
  ],
};

/** Rules and groups of them in one another: checked by the operation, which knows the fields there are. */
const definition = z.unknown().meta({
  id: 'SegmentDefinition',
  type: 'object',
  description:
    'A group `{combinator, not, rules}` of rules `{field, operator, value, within, where}` and further groups: at most 5 deep, 50 rules.',
  examples: [definitionExample],
});

/** `POST /segments` */
export const setSegmentInput = z.strictObject({
  id: z.string().max(100).meta({ description: 'Lower-case letters, digits and single hyphens; it stays.' }),
  name: z.string().max(400).nullish().meta({ description: 'What the team calls it; left out, it stays.' }),
  definition,
});
export const setSegmentExample = {
  id: 'regular-readers',
  name: 'Regular readers',
  definition: definitionExample,
};

/** `POST /segments/counts` */
export const countSegmentInput = z.strictObject({
  definition,
  at: instant.nullish().meta({ description: 'As of a moment: orders placed after it do not exist yet.' }),
});
export const countSegmentExample = { definition: definitionExample };
export const segmentCountAnswer = z.object({ accounts: z.int() });

export const segmentAnswer = z
  .object({
    id: z.string(),
    name: z.string().nullable(),
    definition,
    revision: z.int(),
    members: z.int().meta({ description: 'Accounts that were in it when it was last asked.' }),
    askedAt: instantAnswer.nullable(),
    changedAt: instantAnswer,
  })
  .meta({ id: 'Segment' });
export type SegmentAnswer = z.infer<typeof segmentAnswer>;

export const segmentSetAnswer = z.object({
  id: z.string(),
  outcome: z.enum(['created', 'changed', 'unchanged']),
  revision: z.int(),
});

export const segmentMemberAnswer = z
  .object({
    accountId: z.string(),
    account: z.string().meta({ description: 'Of a company or household; empty for somebody’s own.' }),
    people: z.array(z.object({ id: z.string(), email: z.string().nullable(), name: z.string().nullable() })),
    enteredAt: instantAnswer,
  })
  .meta({ id: 'SegmentMember' });

export const segmentWhyAnswer = z.object({
  segment: z.string(),
  accounts: z.array(
    z.object({
      accountId: z.string(),
      account: z.string(),
      isIn: z.boolean(),
      rules: definition.meta({
        description: 'The definition with `holds` at each rule and group, and `values` at each rule.',
        examples: [
          {
            ...definitionExample,
            holds: false,
            rules: [{ ...definitionExample.rules[0], holds: false, values: [1] }],
          },
        ],
      }),
    }),
  ),
});

const toDefinition = (group: SegmentGroup) => toDefinitionJson(group);

export function toSegmentAnswer({
  id,
  name,
  group,
  revision,
  members,
  askedAt,
  at,
}: SegmentListed): SegmentAnswer {
  return {
    ...{ id, name, revision, members, definition: toDefinition(group) },
    askedAt: askedAt === null ? null : instantText(askedAt),
    changedAt: instantText(at),
  };
}

export function toMemberAnswer({ accountId, name, enteredAt, people }: SegmentMember) {
  return {
    ...{ accountId, account: name, enteredAt: instantText(enteredAt) },
    people: people.map(({ customerId, email, name: called }) => ({ id: customerId, email, name: called })),
  };
}

export function toWhyAnswer(segment: string, explained: readonly NamedExplained[]) {
  return {
    segment,
    accounts: explained.map(({ accountId, name, why }) => ({
      ...{ accountId, account: name, isIn: why.holds, rules: toExplainedJson(why) },
    })),
  };
}
