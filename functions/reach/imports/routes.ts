import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { downloading, nothing, reading, writing } from '../../ground/http/endpoint.ts';
import { uploading } from '../../ground/http/uploading.ts';
import { listAnswer } from '../../ground/platform/answer.ts';
import type { Context } from '../../ground/platform/context.ts';
import { idOf } from '../../ground/platform/input.ts';
import { getBusiness } from '../../money/business/business.ts';
import { streamOfBytes } from '../exports/stream-of.ts';
import { beginImportRun } from './runs/begin-import-run.ts';
import { cancelImportRun } from './runs/cancel-import-run.ts';
import { chooseMap } from './runs/choose-map.ts';
import { assertRejectedRows, getImportRun, readRejectedRows } from './runs/get-import-run.ts';
import { listImportRuns } from './runs/list-import-runs.ts';
import {
  dryRunExample,
  dryRunInput,
  fileTypes,
  importAnswer,
  importListed,
  importsQuery,
  movedImport,
  toImportAnswer,
  toListedImport,
  uploadExample,
  uploadQuery,
} from './runs/schema.ts';
import { startImportRun } from './runs/start-import-run.ts';
import { undoImportRun } from './runs/undo-import-run.ts';

const params = z.object({ id: idOf('import') });
const act = { tag: 'Imports', scope: 'imports:write', params, body: nothing, example: {} } as const;
const rejectedFile = { mediaType: 'text/csv; charset=utf-8', fileName: 'rejected.csv' };
const refusals = ['not_found', 'import_run_moved'] as const;

const currencyOf = async (ctx: Context) => (await getBusiness(ctx)).currency;

/** `/imports` of the API: what the console's pages of the same name do. */
export const importRoutes = new Hono<ApiEnv>()
  .post(
    '/imports',
    uploading({
      tag: 'Imports',
      scope: 'imports:write',
      summary: 'Send a file of orders, customers or feedback',
      query: uploadQuery,
      mediaTypes: fileTypes,
      example: uploadExample,
      answer: movedImport,
      success: {
        201: 'It is kept and looked through in the background; nothing of it is brought in before its start is asked for. Up to 2 GB are taken where files lie in a folder, and what the platform lets through in one request elsewhere.',
      },
      refusals: [],
      run: async (ctx, { query, chunks, options }) => ({
        status: 201,
        answer: await startImportRun(ctx, query, chunks, options),
      }),
    }),
  )
  .get(
    '/imports',
    reading({
      tag: 'Imports',
      scope: 'imports:read',
      summary: 'Every file that was brought in',
      params: nothing,
      query: importsQuery,
      answer: listAnswer(importListed),
      success: { 200: 'A page of imports, the newest first.' },
      refusals: ['validation_failed'],
      run: async (ctx, { query }) => {
        const [{ items, next }, currency] = await Promise.all([
          listImportRuns(ctx, { before: query.cursor }),
          currencyOf(ctx),
        ]);
        return { items: items.map((one) => toListedImport(one, currency)), nextCursor: next };
      },
    }),
  )
  .get(
    '/imports/:id',
    reading({
      tag: 'Imports',
      scope: 'imports:read',
      summary: 'One import: how it is read, what it would change, how far it is, what it changed',
      params,
      query: nothing,
      answer: importAnswer,
      success: { 200: 'The import as it is now.' },
      refusals: ['not_found'],
      run: async (ctx, { params: { id } }) => {
        const [run, currency] = await Promise.all([getImportRun(ctx, id), currencyOf(ctx)]);
        return toImportAnswer(run, currency);
      },
    }),
  )
  .get(
    '/imports/:id/rejected',
    downloading({
      tag: 'Imports',
      scope: 'imports:read',
      summary: 'The rows that were left out, to be mended and sent again',
      params,
      query: nothing,
      mediaTypes: ['text/csv'],
      success: { 200: 'The rows as they came, each with the reason in one more column.' },
      refusals: ['not_found'],
      head: async (ctx, { params: { id } }) => {
        await assertRejectedRows(ctx, id);
        return rejectedFile;
      },
      run: async (ctx, { params: { id } }) => ({
        body: streamOfBytes((await readRejectedRows(ctx, id)).chunks),
        ...rejectedFile,
      }),
    }),
  )
  .post(
    '/imports/:id/dry-run',
    writing({
      ...act,
      body: dryRunInput,
      example: dryRunExample,
      summary: 'Say how a file is read, and try it again',
      answer: movedImport,
      success: { 200: 'It is looked through again in the background; nothing of it is written.' },
      refusals,
      run: async (ctx, { params: { id }, body, options }) => ({
        status: 200,
        answer: await chooseMap(ctx, { id, map: body.map ?? null, currency: body.currency ?? null }, options),
      }),
    }),
  )
  .post(
    '/imports/:id/start',
    writing({
      ...act,
      summary: 'Bring in a file that was tried',
      answer: movedImport,
      success: { 200: 'It waits for those before it and is brought in in the background.' },
      refusals,
      run: async (ctx, { params: which, options }) => ({
        status: 200,
        answer: await beginImportRun(ctx, which, options),
      }),
    }),
  )
  .post(
    '/imports/:id/cancel',
    writing({
      ...act,
      summary: 'Stop an import',
      answer: movedImport,
      success: { 200: 'It is stopped. What was brought in already stays and can be undone.' },
      refusals,
      run: async (ctx, { params: which, options }) => ({
        status: 200,
        answer: await cancelImportRun(ctx, which, options),
      }),
    }),
  )
  .post(
    '/imports/:id/undo',
    writing({
      ...act,
      summary: 'Take an import of orders back',
      answer: movedImport,
      success: {
        200: 'It is taken back in the background. Where something was built on it, it stays and `failure` says what.',
      },
      refusals,
      run: async (ctx, { params: which, options }) => ({
        status: 200,
        answer: await undoImportRun(ctx, which, options),
      }),
    }),
  );
