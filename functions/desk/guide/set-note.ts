import { z } from 'zod';
import { insertInto } from '../../../db/query.ts';
import { guideNotes } from '../../../db/schema/index.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { newId } from '../../ground/platform/ids.ts';
import { freeText } from '../../ground/platform/input.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { chapterNames } from './chapters.ts';
import { listNotes } from './queries.ts';

const NOTE_LENGTH_MAX = 3000;
const insertNote = insertInto(guideNotes);

/** `POST /guide/notes` */
export const setNoteInput = z.strictObject({
  chapter: z.enum(chapterNames),
  text: freeText(NOTE_LENGTH_MAX).meta({
    description: 'What the team reads beside the chapter; null for nothing.',
  }),
});
export const setNoteExample = { chapter: 'till', text: 'The spare key of the till is in the safe.' } as const;

/**
 * Says what the team reads beside a chapter of the guide; nothing takes it away. The same again changes nothing.
 * @throws {AppError} `validation_failed`, `forbidden`, `scope_missing`
 */
export async function setGuideNote(
  ctx: Context,
  typed: z.input<typeof setNoteInput>,
  options: Alongside<z.output<typeof setNoteInput>> = {},
): Promise<z.output<typeof setNoteInput>> {
  allow(ctx.actor, 'settings:write');
  const said = parseInput(setNoteInput, typed);
  const { chapter, text } = said;
  const kept = (await listNotes(ctx.db.fresh)).find((note) => note.chapter === chapter)?.text ?? null;
  const beside = options.alongside?.(said, 200) ?? [];
  const done = { at: ctx.now(), actor: actorName(ctx.actor) };
  await writeDecision(ctx, {
    rows: kept === text ? [] : [insertNote({ id: newId(), chapter, text: text ?? '', ...done })],
    audit: kept === text ? null : { kind: 'guide.noted', subjectKind: 'guide', subjectId: chapter },
    beside,
  });
  return said;
}
