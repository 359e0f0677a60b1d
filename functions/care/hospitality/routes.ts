import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading, writing } from '../../ground/http/endpoint.ts';
import { listAnswer } from '../../ground/platform/answer.ts';
import { idOf } from '../../ground/platform/input.ts';
import { decideHospitality } from './decide-hospitality.ts';
import { keptEntry } from './kept-entry.ts';
import { listHospitality } from './list-hospitality.ts';
import { recordHospitality } from './record-hospitality.ts';
import {
  decisionExample,
  decisionInput,
  hospitalityAnswer,
  hospitalityQuery,
  recordExample,
  recordInput,
  withdrawalExample,
  withdrawalInput,
} from './schema.ts';
import { toAnswer } from './to-entry.ts';
import { withdrawHospitality } from './withdraw-hospitality.ts';

const entryParams = z.object({ id: idOf('entry') });

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
  )
  .post(
    '/hospitality/:id/decision',
    writing({
      tag: 'Contacts',
      scope: 'contacts:write',
      summary:
        'Tell what an owner or manager decided of an entry over a limit; never with the key that wrote it down',
      params: entryParams,
      body: decisionInput,
      example: decisionExample,
      answer: hospitalityAnswer,
      success: { 201: 'It is approved, or refused and counts for nothing.' },
      refusals: ['not_found', 'already_decided', 'forbidden', 'validation_failed'],
      kept: keptEntry,
      run: async (ctx, { params, body, options }) => ({
        status: 201,
        answer: toAnswer(await decideHospitality(ctx, { ...params, ...body }, options)),
      }),
    }),
  )
  .post(
    '/hospitality/:id/withdrawal',
    writing({
      tag: 'Contacts',
      scope: 'contacts:write',
      summary: 'Take an entry back that was not given after all, or was a mistake',
      params: entryParams,
      body: withdrawalInput,
      example: withdrawalExample,
      answer: hospitalityAnswer,
      success: { 201: 'It counts for nothing any more, and stays readable.' },
      refusals: ['not_found', 'already_decided', 'validation_failed'],
      kept: keptEntry,
      run: async (ctx, { params, body, options }) => ({
        status: 201,
        answer: toAnswer(await withdrawHospitality(ctx, { ...params, ...body }, options)),
      }),
    }),
  );
