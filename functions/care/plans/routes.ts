import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading } from '../../ground/http/endpoint.ts';
import { channels } from '../../ground/outbox/topics.ts';
import { idOf } from '../../ground/platform/input.ts';
import { groups } from '../../insight/facts/group.ts';
import { levels } from '../../insight/levels/level-counts.ts';
import { refusals } from '../../people/preferences/verdict.ts';
import { type ContactPlan, getPlan, listPlans } from './list-plans.ts';
import { purposes } from './schema.ts';

const day = z.string().meta({ format: 'date', examples: ['2026-03-01'] });

const planAnswer = z
  .object({
    id: z.string(),
    what: z.string().meta({ description: 'What it is about.' }),
    audience: z.enum(groups),
    level: z.enum(levels).nullable(),
    channel: z.enum(channels).meta({ description: 'By `mail` it asks for one task for the whole group.' }),
    purpose: z.enum(purposes),
    intervalDays: z.int(),
    mostPerDay: z.int().meta({ description: 'So many customers are given on one day at the most.' }),
    staffId: z
      .string()
      .nullable()
      .meta({ description: 'Who does it; null for the account manager of each.' }),
    since: day,
    open: z.int().meta({ description: 'Tasks that are open.' }),
    due: z.int().meta({ description: 'Customers who are due and have no task yet.' }),
    dueAmong: z.int().nullable().meta({
      description: 'Among how many accounts they were counted, those that come next; null for all.',
    }),
    nextOn: day.nullable().meta({ description: 'Of a plan by mail, when it comes round next.' }),
  })
  .meta({ id: 'Plan' });

const dueAnswer = z.object({
  items: z.array(
    z.object({
      customerId: z.string(),
      accountId: z.string(),
      lastOn: day
        .nullable()
        .meta({ description: 'When they last heard from us by the channel; null for never.' }),
      dueOn: day,
      may: z.boolean().meta({ description: 'Whether they may be told now.' }),
      because: z.enum(refusals).nullable().meta({ description: 'Why not.' }),
    }),
  ),
});

/** `/plans` of the API. */
export const planRoutes = new Hono<ApiEnv>()
  .get(
    '/plans',
    reading({
      tag: 'Contacts',
      scope: 'contacts:read',
      summary: 'How often and by which channel each group hears from the business',
      params: nothing,
      query: z.strictObject({}),
      answer: z.object({ items: z.array(planAnswer) }),
      success: { 200: 'The plans that run.' },
      refusals: [],
      run: async (ctx) => ({ items: (await listPlans(ctx)).map(toAnswer) }),
    }),
  )
  .get(
    '/plans/:id/due',
    reading({
      tag: 'Contacts',
      scope: 'customers:read',
      summary: 'Who is due by a plan, who waits longest first',
      params: z.object({ id: idOf('plan') }),
      query: z.strictObject({}),
      answer: dueAnswer,
      success: { 200: 'At most 200.' },
      refusals: ['not_found'],
      run: async (ctx, { params }) => {
        const { free, held } = await getPlan(ctx, params);
        const items = [
          ...free.map((one) => ({ ...one, because: null })),
          ...held.map(({ verdict, ...one }) => ({ ...one, because: verdict.because })),
        ];
        return {
          items: items.map(({ customerId, accountId, lastOn, dueOn, because }) => ({
            ...{ customerId, accountId, lastOn, dueOn, because },
            may: because === null,
          })),
        };
      },
    }),
  );

function toAnswer({
  staffName: _name,
  overdue: _overdue,
  sinceDay,
  ...plan
}: ContactPlan): z.infer<typeof planAnswer> {
  return { ...plan, since: sinceDay };
}
