import { z } from 'zod';
import { moneyAnswer } from '../../ground/platform/answer.ts';
import { pageCursor } from '../../ground/platform/input.ts';
import { groups } from '../facts/group.ts';
import { levels } from './level-counts.ts';
import { isMonth } from './months.ts';
import { moveKinds, moveName } from './moves.ts';

const month = z
  .string()
  .refine(isMonth, { message: 'is no month' })
  .optional()
  .meta({ description: 'A month such as `2026-03`; the present one unless given.', examples: ['2026-03'] });

/** `GET /levels` */
export const levelsQuery = z.strictObject({ month });

const shape = z.enum(['pyramid', 'hourglass', 'hexagon', 'other']);
const level = z.enum(levels);
const counts = z.object({ first: z.int(), repeat: z.int(), advocate: z.int() });

const moves = z.array(
  z.object({
    from: level.nullable().meta({ description: 'Null for who had bought nothing yet.' }),
    to: level,
    accounts: z.int(),
  }),
);

export const levelsAnswer = z
  .object({
    month: z.string().meta({ examples: ['2026-03'] }),
    until: z.string().meta({
      format: 'date',
      description: 'The last business day that is counted.',
      examples: ['2026-03-31'],
    }),
    counts: counts.meta({ description: 'Accounts by level at the end of that day.' }),
    shape: shape.meta({ description: 'Of these counts.' }),
    ideal: shape.meta({ description: 'The shape that the owner wants.' }),
    before: counts.meta({ description: 'Accounts by level when the month began.' }),
    moves,
    groups: z.object({
      enquirer: z.int(),
      buyer: z.int(),
      premium: z.int(),
      byClub: z.int().meta({ description: 'Of the premium ones, those in the club.' }),
      bySpend: z.int().meta({ description: 'Of the premium ones, those by what they spend alone.' }),
    }),
    behind: z.int().nullable().meta({
      description: 'How many changes were not counted yet; null while counting has not begun.',
    }),
  })
  .meta({ id: 'Levels' });

export const movementsAnswer = z
  .object({
    month: z.string().meta({ examples: ['2026-03'] }),
    until: z.string().meta({ format: 'date', examples: ['2026-03-31'] }),
    before: counts.meta({ description: 'Accounts by level when the month began.' }),
    counts: counts.meta({ description: 'At its end, or by now.' }),
    moves: moves.meta({
      description: 'Each account once, from where it stood when the month began to where it came.',
    }),
    months: z
      .array(z.object({ month: z.string(), counts, shape }))
      .meta({ description: 'At the end of this month and of the twelve before it, the oldest first.' }),
  })
  .meta({ id: 'LevelMovements' });

/** `GET /levels/accounts` */
export const relatedQuery = z.strictObject({
  level: level.optional().meta({ description: 'Accounts of this level.' }),
  group: z.enum(groups).optional().meta({ description: 'Accounts of this group, today.' }),
  move: z
    .enum(moveKinds.map(moveName))
    .optional()
    .meta({ description: 'Accounts that moved from one level to another in the month.' }),
  month,
  cursor: pageCursor.optional(),
});

const account = {
  accountId: z.string(),
  kind: z.enum(['personal', 'household', 'company']),
  name: z.string(),
  customerId: z
    .string()
    .nullable()
    .meta({ description: 'Whose own account it is; null for one that is shared.' }),
};

const day = z
  .string()
  .nullable()
  .meta({ format: 'date', examples: ['2026-03-01'] });
const yearSpend = moneyAnswer.nullable().meta({
  description: 'Of the last 365 days; null while the business has no currency.',
});

export const relatedAnswer = z
  .object({
    ...account,
    since: day.meta({ description: 'Since when it has the level, or has moved.' }),
    cause: z
      .string()
      .nullable()
      .meta({
        description: 'What brought the level: `order`, `friend`, `quote`, `recommendation` or `ended`.',
        examples: ['order'],
      }),
    lastOn: day.meta({ description: 'The last purchase day.' }),
    yearSpend,
  })
  .meta({ id: 'RelatedAccount' });

export const keyAccountsAnswer = z
  .object({
    since: z.string().meta({ format: 'date', examples: ['2025-03-02'] }),
    until: z.string().meta({ format: 'date', examples: ['2026-03-01'] }),
    spenders: z.int().meta({ description: 'How many accounts spent anything in these days.' }),
    items: z.array(
      z.object({
        ...account,
        place: z.int().nullable().meta({
          description: 'By spend of these days, equal spend having the same; null for who is pinned alone.',
        }),
        isPinned: z.boolean(),
        yearSpend,
        spend: moneyAnswer.nullable().meta({ description: 'To date.' }),
        referred: moneyAnswer
          .nullable()
          .meta({ description: 'Spent by friends it sent; null where none of them ordered.' }),
        margin: moneyAnswer.nullable().meta({
          description:
            'What is left of what was spent in these days, as far as margins are known; null while none is told, and for keys without `settings:read`.',
        }),
        lastOn: day.meta({ description: 'The last purchase day.' }),
      }),
    ),
  })
  .meta({ id: 'KeyAccounts' });
