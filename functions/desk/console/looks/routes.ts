import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../../ground/http/api.ts';
import { nothing, reading } from '../../../ground/http/endpoint.ts';
import { instantAnswer, instantText, listAnswer } from '../../../ground/platform/answer.ts';
import { idOf, pageCursor } from '../../../ground/platform/input.ts';
import { lookKinds } from '../../../ground/platform/look-book.ts';
import { type LookItem, listLooks } from './list-looks.ts';

const customerId = '0199c1d2e3f47a5b8c6d7e8f90a1b203';

const query = z.strictObject({
  customer: idOf('customer').optional(),
  actor: z.string().max(254).optional().meta({
    description: 'Who looked: `staff:ID`, `key:ID`, the email of somebody of the team, or the name of a key.',
  }),
  day: z.iso.date().optional().meta({ description: 'A day of the business, `YYYY-MM-DD`.' }),
  cursor: pageCursor.optional(),
});

const lookAnswer = z
  .object({
    at: instantAnswer,
    actor: z.object({ kind: z.enum(['staff', 'key']), name: z.string() }),
    customerId: z.string(),
    what: z.enum(lookKinds).meta({ description: 'By which way: a page, a program, all of it as a file.' }),
  })
  .meta({
    id: 'Look',
    examples: [
      {
        ...{ at: '2026-03-01T10:00:00Z', actor: { kind: 'staff', name: 'maria@shop.example' } },
        ...{ customerId, what: 'page' },
      },
    ],
  });

/** `/looks` of the API. */
export const looksRoutes = new Hono<ApiEnv>().get(
  '/looks',
  reading({
    tag: 'Privacy',
    scope: 'privacy:read',
    summary: 'Who of the business looked at whose data',
    params: nothing,
    query,
    answer: listAnswer(lookAnswer),
    success: { 200: 'A page of looks, the newest first; those of a quarter of an hour are one.' },
    refusals: ['validation_failed'],
    run: async (ctx, { query: asked }) => {
      const { customer = null, actor = null, day = null, cursor = null } = asked;
      const { items, next } = await listLooks(ctx, { customer, actor, day, after: cursor });
      return { items: items.map(toAnswer), nextCursor: next };
    },
  }),
);

const toAnswer = ({ at, actor, customer, what }: LookItem): z.output<typeof lookAnswer> => ({
  ...{ at: instantText(at), customerId: customer.id, what },
  actor: { kind: actor.kind === 'key' ? 'key' : 'staff', name: actor.name },
});
