import { Hono } from 'hono';
import { z } from 'zod';
import { importRunStates } from '../../../db/schema/index.ts';
import type { ApiEnv } from '../../ground/http/api.ts';
import { downloading, nothing, reading } from '../../ground/http/endpoint.ts';
import { uploading } from '../../ground/http/uploading.ts';
import { instantAnswer, instantText } from '../../ground/platform/answer.ts';
import { getArchiveRun } from '../../reach/imports/runs/get-import-run.ts';
import type { ImportRun } from '../../reach/imports/runs/run.ts';
import { movedImport } from '../../reach/imports/runs/schema.ts';
import { startImportRun } from '../../reach/imports/runs/start-import-run.ts';
import { archiveMediaTypes, archiveQuery, downloadArchive, headOfArchive } from './download.ts';

const archiveImport = z.object({
  id: z.string(),
  state: z.enum(importRunStates),
  rows: z.number().int().nullable().meta({ description: 'How many rows came in, once all of them have.' }),
  files: z.number().int().nullable().meta({ description: 'How many files that people sent came in.' }),
  filesMissing: z
    .number()
    .int()
    .nullable()
    .meta({ description: 'How many files rows name that are not in the archive.' }),
  failure: z
    .string()
    .nullable()
    .meta({ description: 'Why nothing came in: the file, line, column and rule.' }),
  startedAt: instantAnswer,
  finishedAt: instantAnswer.nullable(),
});

function toAnswer(run: ImportRun): z.output<typeof archiveImport> {
  const archive = run.report?.archive;
  return {
    ...{ id: run.id, state: run.state, rows: run.report?.rows ?? null },
    ...{ files: archive?.files ?? null, filesMissing: archive?.filesMissing ?? null, failure: run.failure },
    startedAt: instantText(run.startedAt),
    finishedAt: run.finishedAt === null ? null : instantText(run.finishedAt),
  };
}

/** `/archive` of the API. */
export const archiveRoutes = new Hono<ApiEnv>()
  .get(
    '/archive',
    downloading({
      tag: 'Archive',
      scope: 'archive:read',
      summary: 'Everything the business has as one archive, or one table of it',
      params: nothing,
      query: archiveQuery,
      mediaTypes: archiveMediaTypes,
      success: { 200: 'The file, streamed: a tar packed by gzip, or the table as CSV or NDJSON.' },
      refusals: ['validation_failed', 'not_found'],
      head: (ctx, { query }) => headOfArchive(ctx, query),
      run: (ctx, { query }) => downloadArchive(ctx, query),
    }),
  )
  .post(
    '/archive/imports',
    uploading({
      tag: 'Archive',
      scope: 'archive:write',
      summary: 'Brings an archive into an empty portal, all of it or nothing',
      query: nothing,
      mediaTypes: ['application/gzip'],
      answer: movedImport,
      success: { 201: 'The archive has come and is brought in by and by.' },
      refusals: [],
      run: async (ctx, { chunks, options }) => ({
        status: 201,
        answer: await startImportRun(
          ctx,
          { kind: 'archive', fileName: 'everything.tar.gz' },
          chunks,
          options,
        ),
      }),
    }),
  )
  .get(
    '/archive/imports/:id',
    reading({
      tag: 'Archive',
      scope: 'archive:write',
      summary: 'How far an archive that is brought in has come',
      params: z.object({ id: z.string().max(64).describe('What sending the archive answered.') }),
      query: nothing,
      answer: archiveImport,
      success: { 200: 'Its state, and what came in.' },
      refusals: ['not_found'],
      run: async (ctx, { params }) => toAnswer(await getArchiveRun(ctx, params.id)),
    }),
  );
