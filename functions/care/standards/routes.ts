import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading, writing } from '../../ground/http/endpoint.ts';
import { day } from '../../ground/platform/input.ts';
import { wrongField } from '../../ground/platform/parse-input.ts';
import {
  keptAnswer,
  proceduresAnswer,
  setProcedureAnswer,
  setStandardAnswer,
  standardsAnswer,
  toKeptAnswer,
} from './answers.ts';
import { getKeptStandards } from './kept/get-kept.ts';
import { listStandards } from './list-standards.ts';
import { listProcedures } from './procedures/list-procedures.ts';
import { setProcedure } from './procedures/set-procedure.ts';
import { procedureExample, setProcedureInput, setStandardInput, standardExample } from './schema.ts';
import { setStandard } from './set-standard.ts';

const keptQuery = z.strictObject({
  since: day.meta({ description: 'The first business day.' }),
  until: day
    .optional()
    .meta({ description: 'The last business day, three years later at the most; today unless given.' }),
});

/** `/standards` and `/procedures` of the API. */
export const standardRoutes = new Hono<ApiEnv>()
  .get(
    '/standards',
    reading({
      tag: 'Standards',
      scope: 'feedback:read',
      summary: 'Within how many business hours who waits is answered',
      params: nothing,
      query: z.strictObject({}),
      answer: standardsAnswer,
      success: { 200: 'The standards that hold. Of several that fit, the one that names most counts.' },
      refusals: [],
      run: async (ctx) => {
        const { items, otherwise } = await listStandards(ctx);
        return { items: items.map(({ at: _at, ...item }) => item), otherwise };
      },
    }),
  )
  .post(
    '/standards',
    writing({
      tag: 'Standards',
      scope: 'settings:write',
      summary: 'Set a standard, or take it back',
      params: nothing,
      body: setStandardInput,
      example: standardExample,
      answer: setStandardAnswer,
      success: { 200: 'It holds for whoever begins to wait from now on.' },
      refusals: [],
      run: async (ctx, { body, options }) => ({
        status: 200,
        answer: await setStandard(ctx, body, options),
      }),
    }),
  )
  .get(
    '/standards/kept',
    reading({
      tag: 'Standards',
      scope: 'feedback:read',
      summary: 'How many who waited were answered in time, by person and kind',
      params: nothing,
      query: keptQuery,
      answer: keptAnswer,
      success: { 200: 'Of the days; needs `contacts:read` as well.' },
      refusals: ['validation_failed'],
      run: async (ctx, { query: { since, until = '' } }) => {
        const kept = await getKeptStandards(ctx, { period: 'days', since, until });
        if (kept.period.name !== 'days')
          throw wrongField('until', 'invalid_date', 'has to be since or later, within three years');
        return toKeptAnswer(kept);
      },
    }),
  )
  .get(
    '/procedures',
    reading({
      tag: 'Standards',
      scope: 'feedback:read',
      summary: 'What is done about complaints, other feedback and contacts, step by step',
      params: nothing,
      query: z.strictObject({}),
      answer: proceduresAnswer,
      success: { 200: 'The procedures that hold.' },
      refusals: [],
      run: async (ctx) => ({ items: (await listProcedures(ctx)).map(({ at: _at, ...item }) => item) }),
    }),
  )
  .post(
    '/procedures',
    writing({
      tag: 'Standards',
      scope: 'settings:write',
      summary: 'Set a procedure, or take it back by no step',
      params: nothing,
      body: setProcedureInput,
      example: procedureExample,
      answer: setProcedureAnswer,
      success: { 200: 'A step that says what it said before keeps its ticks.' },
      refusals: [],
      run: async (ctx, { body, options }) => ({
        status: 200,
        answer: await setProcedure(ctx, body, options),
      }),
    }),
  );
