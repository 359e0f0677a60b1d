import { z } from 'zod';
import { insertInto } from '../../../../db/query.ts';
import { type importKinds, importRunSteps, importRuns } from '../../../../db/schema/index.ts';
import { unchanged } from '../../../ground/decision/decision.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { parseInput, wrongField } from '../../../ground/platform/parse-input.ts';
import { deleteFile } from './delete-file.ts';
import { assertIn, moveRun } from './move-run.ts';
import { allowKind, offeredKinds } from './run.ts';

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
 * Takes in a file as it comes, to be looked at in the background; nothing of it is imported yet. What a program sends waits
 * for nobody to look at it, and is imported next.
 * @throws {AppError} `forbidden`, `scope_missing`; `validation_failed` (`file`: none was chosen, or it is empty); `body_too_large`;
 * `unavailable` where nothing keeps files
 */
export async function startImportRun(
  ctx: Context,
  typed: z.input<typeof input>,
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ id: string }> {
  const { kind, fileName } = parseInput(input, typed);
  allowKind(ctx.actor, kind);
  if (fileName === '') throw wrongField('file', 'required', 'has to be chosen');
  if (ctx.largeFiles === null) throw new AppError('unavailable', 'Nothing here keeps files.');
  const id = newId();
  await open(ctx, { id, kind, fileName });
  try {
    const { bytes } = await ctx.largeFiles.write(id, chunks, ctx.largeFiles);
    if (bytes === 0) throw wrongField('file', 'required', 'is empty');
    await moveRun(ctx, id, (run) => {
      assertIn(run, ['uploading']);
      return { to: ctx.actor.kind === 'key' ? 'waiting' : 'checking', set: { file_bytes: bytes } };
    });
  } catch (error) {
    await deleteFile(ctx, id);
    await moveRun(ctx, id, ({ state }) =>
      state === 'cancelled' ? unchanged : { to: 'cancelled', set: { finished_at: ctx.now() } },
    );
    throw error;
  }
  return { id };
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
