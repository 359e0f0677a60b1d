import { Hono } from 'hono';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading, writing } from '../../ground/http/endpoint.ts';
import { listAnswer } from '../../ground/platform/answer.ts';
import { listBackups } from './list-backups.ts';
import { makeBackup, makeBackupInput } from './make-backup.ts';
import { backupAnswer, toBackupAnswer } from './schema.ts';

/** `/backups` of the API. */
export const backupRoutes = new Hono<ApiEnv>()
  .get(
    '/backups',
    reading({
      tag: 'Backups',
      scope: 'backups:read',
      summary: 'The backups there are, the newest first',
      params: nothing,
      query: nothing,
      answer: listAnswer(backupAnswer),
      success: { 200: 'Also the one that is under way, and those of which nothing came; 500 at the most.' },
      refusals: [],
      run: async (ctx) => ({
        items: (await listBackups(ctx)).backups.map(toBackupAnswer),
        nextCursor: null,
      }),
    }),
  )
  .post(
    '/backups',
    writing({
      tag: 'Backups',
      scope: 'backups:write',
      summary: 'Have a backup made',
      params: nothing,
      body: makeBackupInput,
      example: { place: 'folder' },
      answer: backupAnswer,
      success: { 201: 'It is made from now on; ask again for how far it is.' },
      refusals: ['backup_under_way', 'unavailable'],
      run: async (ctx, { body, options }) => {
        const row = await makeBackup(ctx, body, {
          alongside: (made, status) => options.alongside(toBackupAnswer({ ...made, drill: null }), status),
        });
        return { status: 201, answer: toBackupAnswer({ ...row, drill: null }) };
      },
    }),
  );
