import { Hono } from 'hono';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading, writing } from '../../ground/http/endpoint.ts';
import { listAnswer } from '../../ground/platform/answer.ts';
import { keptEntry } from './kept-entry.ts';
import { listHospitality } from './list-hospitality.ts';
import { recordHospitality } from './record-hospitality.ts';
import { hospitalityAnswer, hospitalityQuery, recordExample, recordInput } from './schema.ts';
import { toAnswer } from './to-entry.ts';

/** `/hospitality` of the API. */
export const hospitalityRoutes = new Hono<ApiEnv>()
  .get(
    '/hospitality',
    reading({
      tag: 'Contacts',
      scope: 'contacts:read',
      summary: 'The register of gifts to customers and their entertainment',
      params: nothing,
      query: hospitalityQuery,
      answer: listAnswer(hospitalityAnswer),
      success: { 200: 'A page of entries, the newest day first; of this year unless told otherwise.' },
      refusals: ['validation_failed'],
      run: async (ctx, { query }) => {
        const { items, nextCursor } = await listHospitality(ctx, {
          since: query.since ?? null,
          until: query.until ?? null,
          cursor: query.cursor ?? null,
        });
        return { items: items.map(toAnswer), nextCursor };
      },
    }),
  )
  .post(
    '/hospitality',
    writing({
      tag: 'Contacts',
      scope: 'contacts:write',
      summary: 'Write a gift or an entertainment into the register',
      params: nothing,
      body: recordInput,
      example: recordExample,
      answer: hospitalityAnswer,
      success: { 201: 'It stands, or waits for a second person where it passes a limit.' },
      refusals: ['not_found', 'currency_not_set', 'validation_failed'],
      kept: keptEntry,
      run: async (ctx, { body, options }) => ({
        status: 201,
        answer: toAnswer(await recordHospitality(ctx, body, options)),
      }),
    }),
  );
