import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, writing } from '../../ground/http/endpoint.ts';
import { newId } from '../../ground/platform/ids.ts';
import { idOf } from '../../ground/platform/input.ts';
import { mergeCustomers } from './merge-customers.ts';
import {
  customerMergeAnswer,
  customerMergeExample,
  customerMergeInput,
  mergeReversalAnswer,
  mergeReversalExample,
  mergeReversalInput,
  toMergeAnswer,
  toReversalAnswer,
} from './schema.ts';
import { undoMerge } from './undo-merge.ts';

const merge = z.object({ id: idOf('merge') });

/** `/customer-merges` of the API. */
export const mergingRoutes = new Hono<ApiEnv>()
  .post(
    '/customer-merges',
    writing({
      tag: 'Customers',
      scope: 'customers:write',
      alsoNeeds: 'orders:write',
      summary: 'Make two customers one',
      params: nothing,
      body: customerMergeInput,
      example: customerMergeExample,
      answer: customerMergeAnswer,
      success: { 201: 'They are one; it can be undone for 30 days.' },
      refusals: ['validation_failed'],
      run: async (ctx, { body, options }) => {
        const asked = {
          survivor: body.survivorId,
          merged: body.mergedId,
          reason: body.reason,
          key: newId(),
        };
        const merged = await mergeCustomers(ctx, asked, {
          alongside: (done, status) => options.alongside(toMergeAnswer(done), status),
        });
        return { status: 201, answer: toMergeAnswer(merged) };
      },
    }),
  )
  .post(
    '/customer-merges/:id/reversal',
    writing({
      tag: 'Customers',
      scope: 'customers:write',
      alsoNeeds: 'orders:write',
      summary: 'Make two customers of one again',
      params: merge,
      body: mergeReversalInput,
      example: mergeReversalExample,
      answer: mergeReversalAnswer,
      success: { 201: 'They are two customers again.' },
      refusals: ['not_found', 'merge_not_undoable'],
      run: async (ctx, { params, body, options }) => {
        const undone = await undoMerge(
          ctx,
          { ...params, ...body },
          {
            alongside: (done, status) => options.alongside(toReversalAnswer(done), status),
          },
        );
        return { status: 201, answer: toReversalAnswer(undone) };
      },
    }),
  );
