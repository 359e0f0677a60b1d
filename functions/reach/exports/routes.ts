import { Hono } from 'hono';
import type { ApiEnv } from '../../ground/http/api.ts';
import { downloading, nothing } from '../../ground/http/endpoint.ts';
import { downloadFeedback, downloadMediaTypes, downloadQuery, headOfFeedback } from './feedback/download.ts';
import { segmentMembers } from './segment-members.ts';

/** `/feedback/export` and `/segments/{id}/members` of the API. */
export const exportRoutes = new Hono<ApiEnv>().get('/segments/:id/members', segmentMembers).get(
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
    head: (ctx, { query }) => headOfFeedback(ctx, query),
    run: (ctx, { query }) => downloadFeedback(ctx, query),
  }),
);
