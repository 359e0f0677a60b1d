import { Hono } from 'hono';
import type { ApiEnv } from '../../ground/http/api.ts';
import { downloading } from '../../ground/http/endpoint.ts';
import { archiveMediaTypes, archiveQuery, downloadArchive } from './download.ts';

/** `/archive` of the API. */
export const archiveRoutes = new Hono<ApiEnv>().get(
  '/archive',
  downloading({
    tag: 'Archive',
    scope: 'archive:read',
    summary: 'Everything the business has as one archive, or one table of it',
    query: archiveQuery,
    mediaTypes: archiveMediaTypes,
    success: { 200: 'The file, streamed: a tar packed by gzip, or the table as CSV or NDJSON.' },
    refusals: ['validation_failed', 'not_found'],
    run: (ctx, { query }) => downloadArchive(ctx, query),
  }),
);
