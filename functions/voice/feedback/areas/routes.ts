import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../../ground/http/api.ts';
import { nothing, reading } from '../../../ground/http/endpoint.ts';
import { day } from '../../../ground/platform/input.ts';
import { areaKinds } from './area.ts';
import { getAreas } from './get-areas.ts';

const areasQuery = z.strictObject({
  by: z.enum(areaKinds).meta({ description: 'What the areas are told apart by.' }),
  since: day
    .optional()
    .meta({ description: 'The first business day; of the quarter of the last unless given.' }),
  until: day.optional().meta({ description: 'The last business day; today unless given.' }),
});

const areasAnswer = z
  .object({
    by: z.enum(areaKinds),
    since: z.string().meta({ format: 'date' }),
    until: z.string().meta({ format: 'date' }),
    items: z.array(
      z.object({
        key: z.string().nullable().meta({
          description:
            'Name of the process, product or place, id of the person; null of those that name none.',
        }),
        name: z.string().nullable(),
        told: z.int().meta({ description: 'Pieces of feedback, of any kind.' }),
        troubles: z.int().meta({ description: 'Problems, complaints and survey answers with a case.' }),
        troublesBefore: z.int().meta({ description: 'The same in the time before, which is as long.' }),
        praise: z.int(),
        people: z.int().meta({ description: 'Different customers who are known.' }),
        open: z.int().meta({ description: 'Cases that are not over.' }),
        forUs: z
          .int()
          .meta({ description: 'Of processes: troubles whose cause is convenient for the business.' }),
        rated: z.int().meta({ description: 'Of places: how many gave stars.' }),
        ratingMean: z.number().nullable(),
        answered: z.int().meta({ description: 'Of places: how many were answered.' }),
      }),
    ),
    isCut: z.boolean().meta({ description: 'Whether there are more than these hundred.' }),
    isPartial: z.boolean().meta({ description: 'Whether only the newest 25,000 pieces were counted.' }),
    unexplained: z.int().meta({ description: 'Of processes: troubles without a cause.' }),
    untied: z
      .array(z.object({ name: z.string(), told: z.int() }))
      .meta({ description: 'Of persons: names as written of whom nobody knows who they are.' }),
  })
  .meta({ id: 'ProblemAreas' });

/** `/feedback/areas` of the API. */
export const areaRoutes = new Hono<ApiEnv>().get(
  '/feedback/areas',
  reading({
    tag: 'Feedback',
    scope: 'feedback:read',
    summary: 'Where trouble comes from: by process, by person who served, by product, by place elsewhere',
    params: nothing,
    query: areasQuery,
    answer: areasAnswer,
    success: { 200: 'The most trouble first.' },
    refusals: [],
    run: async (ctx, { query: { by, since = '', until = '' } }) => {
      const { before: _before, ...told } = await getAreas(ctx, {
        by,
        period: 'days',
        since,
        until,
        isExact: true,
      });
      return told;
    },
  }),
);
