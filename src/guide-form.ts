import { chapterNames } from '../functions/desk/guide/chapters.ts';
import { readChapter } from '../functions/desk/guide/read-chapter.ts';
import { setGuideNote } from '../functions/desk/guide/set-note.ts';
import type { Context } from '../functions/ground/platform/context.ts';
import { attempt } from './attempt.ts';
import { oneOf } from './forms.ts';
import type { Messages } from './locale.ts';
import type { FormError } from './words/field-errors.ts';

/** Does what one of the forms of the guide asks for; what is wrong with it, empty when it is done. */
export async function postToGuide(
  ctx: Context,
  t: Messages,
  fields: ReadonlyMap<string, string>,
): Promise<FormError[]> {
  const chapter = chapterOf(fields);
  const again = { field: 'main', text: t.form_again() };
  const work =
    fields.get('do') === 'note'
      ? setGuideNote(ctx, { chapter, text: fields.get(`note-${chapter}`) ?? '' })
      : readChapter(ctx, { chapter });
  const done = await attempt(work, {
    ...{ forbidden: again, not_found: again },
    validation_failed: {
      field: `note-${chapter}`,
      text: t.form_rule({ field: t.guide_note_edit(), rule: t.guide_rule_note() }),
    },
  });
  return done.ok ? [] : [done.reason];
}

/** The chapter that a form is about; the first where it names none. */
export const chapterOf = (fields: ReadonlyMap<string, string>) =>
  oneOf(fields.get('chapter') ?? null, chapterNames) ?? 'today';
