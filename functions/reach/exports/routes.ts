import { Hono } from 'hono';
import type { ApiEnv } from '../../ground/http/api.ts';
import { downloading, nothing } from '../../ground/http/endpoint.ts';
import { downloadFeedback, downloadMediaTypes, downloadQuery } from './feedback/download.ts';

/** `/feedback/export` of the API. */
export const exportRoutes = new Hono<ApiEnv>().get(
  '/feedback/export',
  downloading({
    tag: 'Feedback',
    scope: 'feedback:read',
    summary: 'Everything customers told, as CSV, NDJSON, JSON or XLSX',
    params: nothing,
    query: downloadQuery,
    mediaTypes: downloadMediaTypes,
    success: { 200: 'The file, streamed. Personal data only for a key that may read customers.' },
    refusals: ['validation_failed'],
    run: (ctx, { query }) => downloadFeedback(ctx, query),
  }),
);
