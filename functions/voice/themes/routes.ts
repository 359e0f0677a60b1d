import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading } from '../../ground/http/endpoint.ts';
import { instantAnswer, instantText, listAnswer } from '../../ground/platform/answer.ts';
import { getThemes } from './get-themes.ts';

const themeAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    phrases: z.array(z.string()),
    madeAt: instantAnswer,
    isEnded: z.boolean(),
    messages: z.int(),
    people: z.int().meta({ description: 'Each counts once, however often they wrote.' }),
    months: z.array(z.object({ month: z.string(), messages: z.int(), people: z.int() })),
  })
  .meta({ id: 'PraiseTheme' });

/** `/praise-themes` of the API. */
export const themeRoutes = new Hono<ApiEnv>().get(
  '/praise-themes',
  reading({
    tag: 'Feedback',
    scope: 'feedback:read',
    summary: 'What people who praise the business recount, by theme and month',
    params: nothing,
    query: nothing,
    answer: listAnswer(themeAnswer),
    success: {
      200: 'All themes over twelve months, of the newest 5,000 messages at most; there is no second page.',
    },
    refusals: [],
    run: async (ctx) => {
      const { themes } = await getThemes(ctx);
      const items = themes.map(({ madeBy: _, endedAt, madeAt, ...theme }) => ({
        ...theme,
        madeAt: instantText(madeAt),
        isEnded: endedAt !== null,
      }));
      return { items, nextCursor: null };
    },
  }),
);
