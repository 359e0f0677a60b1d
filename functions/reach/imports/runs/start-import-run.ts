import { z } from 'zod';
import { insertInto } from '../../../../db/query.ts';
import { type importKinds, importRunSteps, importRuns } from '../../../../db/schema/index.ts';
import { unchanged } from '../../../ground/decision/decision.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import type { Alongside } from '../../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { parseInput, wrongField } from '../../../ground/platform/parse-input.ts';
import { deleteFile } from './delete-file.ts';
import { assertIn, type MovedRun, moveRun, type RunMove } from './move-run.ts';
import { allowKind, type ImportRun, offeredKinds } from './run.ts';

const input = z.strictObject({
  kind: z.enum(offeredKinds),
  /** As the sender calls it; folders before the name go. */
  fileName: z.string().transform((name) =>
    name
      .replace(/^.*[\\/]/s, '')
      .trim()
      .slice(0, 200),
  ),
});

const insertRun = insertInto(importRuns);
const insertStep = insertInto(importRunSteps);

/**
 * Takes in a file as it comes, to be looked at in the background; nothing of it is imported yet. An archive that a program
 * sends waits for nobody to look at it, and is imported next.
 * @throws {AppError} `forbidden`, `scope_missing`; `validation_failed` (`file`: none was chosen, or it is empty); `body_too_large`;
 * `unavailable` where nothing keeps files
 */
export async function startImportRun(
  ctx: Context,
  typed: z.input<typeof input>,
  chunks: AsyncIterable<Uint8Array>,
  { alongside = () => [] }: Alongside<MovedRun> = {},
): Promise<MovedRun> {
  const { kind, fileName } = parseInput(input, typed);
  allowKind(ctx.actor, kind);
  if (fileName === '') throw wrongField('file', 'required', 'has to be chosen');
  if (ctx.largeFiles === null) throw new AppError('unavailable', 'Nothing here keeps files.');
  const id = newId();
  await open(ctx, { id, kind, fileName });
  try {
    const { bytes_max, archiveBytes_max } = ctx.largeFiles;
    const limit = { bytes_max: kind === 'archive' ? archiveBytes_max : bytes_max };
    const { bytes } = await ctx.largeFiles.write(id, chunks, limit);
    if (bytes === 0) throw wrongField('file', 'required', 'is empty');
    const take = (run: ImportRun): RunMove => {
      assertIn(run, ['uploading']);
      const isPlain = kind === 'archive' && ctx.actor.kind === 'key';
      return { to: isPlain ? 'waiting' : 'checking', set: { file_bytes: bytes } };
    };
    return await moveRun(ctx, id, take, { alongside: (moved) => alongside(moved, 201) });
  } catch (error) {
    await deleteFile(ctx, id);
    await moveRun(ctx, id, ({ state }) =>
      state === 'cancelled' ? unchanged : { to: 'cancelled', set: { finished_at: ctx.now() } },
    );
    throw error;
  }
}

async function open(
  ctx: Context,
  run: { id: string; kind: (typeof importKinds)[number]; fileName: string },
): Promise<void> {
  const by = { at: ctx.now(), actor: actorName(ctx.actor) };
  const state = 'uploading';
  await writeDecision(ctx, {
    rows: [
      insertRun({
        ...{ ...run, state, seq: 1, rowsDone: 0, fileBytes: 0 },
        ...{ startedAt: by.at, startedBy: by.actor },
      }),
      insertStep({ runId: run.id, seq: 1, state, ...by }),
    ],
    audit: {
      kind: 'import.sent',
      subjectKind: 'import',
      subjectId: run.id,
      detail: { file: run.kind },
    },
  });
}
