import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading, writing } from '../../ground/http/endpoint.ts';
import { moneyAnswer } from '../../ground/platform/answer.ts';
import { toMoneyJson } from '../../ground/platform/money.ts';
import { momentPurposes } from '../../ground/settings/moment.ts';
import { COUNTED_DAYS, listMoments, type MomentState } from './list-moments.ts';
import { momentExample, momentInput, signExample } from './schema.ts';
import { setMoment } from './set-moment.ts';
import { logSign, signInput } from './social/log-sign.ts';

const momentAnswer = z
  .object({
    name: z.string().meta({ examples: ['reorder'] }),
    purpose: z.enum(momentPurposes).meta({ description: 'Nobody sells to premium customers.' }),
    isOn: z.boolean(),
    settings: z
      .array(z.object({ name: z.string(), value: z.string(), standard: z.string() }))
      .meta({ description: 'What else is decided about it, as text.' }),
    texts: z.array(z.string()).meta({ description: 'The keys of what its mails say, see `/texts`.' }),
    written: z.int().meta({ description: `Mails of the last ${COUNTED_DAYS} days.` }),
    sent: z.int(),
    withheld: z.int().meta({ description: 'Let be, as their readers want it so.' }),
    failed: z.int(),
    tasks: z.int().meta({ description: 'Tasks that it gave to the team.' }),
    tasksDone: z.int(),
    given: moneyAnswer.nullable().meta({ description: 'What it gave; null where it gives nothing.' }),
  })
  .meta({ id: 'Moment' });

/** `/moments` and `/social-signs` of the API. */
export const momentRoutes = new Hono<ApiEnv>()
  .get(
    '/moments',
    reading({
      tag: 'Customers',
      scope: 'customers:read',
      summary: 'What is done by itself once its cause is there, and what it did',
      params: nothing,
      query: z.strictObject({}),
      answer: z.object({ items: z.array(momentAnswer) }),
      success: { 200: `All moments, with what they did in the last ${COUNTED_DAYS} days.` },
      refusals: [],
      run: async (ctx) => {
        const { items, currency } = await listMoments(ctx);
        return { items: items.map((one) => toAnswer(one, currency)) };
      },
    }),
  )
  .put(
    '/moments/:name',
    writing({
      tag: 'Customers',
      scope: 'settings:write',
      summary: 'Switch a moment on or off, and set it',
      params: z.object({
        name: z
          .string()
          .max(40)
          .meta({ description: 'The name of the moment.', examples: ['reorder'] }),
      }),
      body: momentInput,
      example: momentExample,
      answer: z.object({ name: z.string() }),
      success: { 200: 'In force from now on; nothing is made up for what was before.' },
      refusals: ['not_found'],
      run: async (ctx, { params, body, options }) => ({
        status: 200,
        answer: await setMoment(
          ctx,
          {
            ...params,
            isOn: body.isOn,
            settings: Object.fromEntries(body.settings.map((one) => [one.name, one.value])),
          },
          options,
        ),
      }),
    }),
  )
  .post(
    '/social-signs',
    writing({
      tag: 'Customers',
      scope: 'customers:write',
      summary: 'Tell that a customer follows the business somewhere, or wrote about it',
      params: nothing,
      body: signInput,
      example: signExample,
      answer: z.object({ id: z.string(), isNew: z.boolean() }),
      success: { 201: 'Logged; the moment `social_thanks` thanks for it.', 200: 'It was known.' },
      refusals: ['not_found'],
      run: async (ctx, { body, options }) => {
        const answer = await logSign(ctx, body, options);
        return { status: answer.isNew ? 201 : 200, answer };
      },
    }),
  );

function toAnswer(
  { setAt: _setAt, counts, ...moment }: MomentState,
  currency: string | null,
): z.infer<typeof momentAnswer> {
  const { givenMinor, ...numbers } = counts;
  const gives = currency !== null && moment.name === 'social_thanks';
  return { ...moment, ...numbers, given: gives ? toMoneyJson(givenMinor, currency) : null };
}
