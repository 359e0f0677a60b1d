import { z } from 'zod';
import { insertInto, statement } from '../../../db/query.ts';
import { praiseThemes, themeMessages, themePhrases } from '../../../db/schema/index.ts';
import { isConflictOn } from '../../../db/store.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { identifier } from '../../ground/platform/input.ts';
import { parseInput, wrongField } from '../../ground/platform/parse-input.ts';
import { normalPhrase } from './phrases.ts';
import { findTheme } from './queries.ts';

/** As many phrases as one theme may have. */
const PHRASES_MAX = 50;

const themeInput = z.strictObject({
  name: identifier(120),
  phrases: z
    .array(z.string().max(120))
    .transform((typed) => [...new Set(typed.map(normalPhrase).filter((phrase) => phrase !== ''))])
    .pipe(z.array(z.string()).max(PHRASES_MAX)),
});

const insertTheme = insertInto(praiseThemes);
const insertPhrase = insertInto(themePhrases, 'ON CONFLICT DO NOTHING');
const upsertMessage = insertInto(
  themeMessages,
  `ON CONFLICT (theme_id, message_id) DO UPDATE SET is_in = excluded.is_in, at = excluded.at, actor = excluded.actor
   WHERE is_in <> excluded.is_in`,
);

/**
 * Makes a theme, or changes its name and phrases; returns its id. A star at the end of a word stands for any ending.
 * @throws {AppError} `validation_failed` (also a name that another theme has), `not_found`, `forbidden`
 */
export async function setTheme(
  ctx: Context,
  { id: known, ...typed }: { id: string | null; name: string; phrases: readonly string[] },
): Promise<string> {
  allow(ctx.actor, 'feedback:write');
  const { name, phrases } = parseInput(themeInput, typed);
  if (known !== null) await assertThere(ctx, known);
  const id = known ?? newId();
  const done = { at: ctx.now(), actor: actorName(ctx.actor) };
  const naming =
    known === null
      ? insertTheme({ id, name, madeAt: done.at, madeBy: done.actor })
      : statement('UPDATE praise_themes SET name = ? WHERE id = ?', name, id);
  try {
    await writeDecision(ctx, {
      rows: [
        naming,
        statement(
          'DELETE FROM theme_phrases WHERE theme_id = ? AND phrase NOT IN (SELECT value FROM json_each(?))',
          id,
          JSON.stringify(phrases),
        ),
        ...phrases.map((phrase) => insertPhrase({ themeId: id, phrase, ...done })),
      ],
      audit: {
        kind: known === null ? 'theme.made' : 'theme.changed',
        subjectKind: 'theme',
        subjectId: id,
        detail: { phrases: phrases.length },
      },
    });
  } catch (error) {
    if (!isConflictOn(error, 'praise_themes.name')) throw error;
    throw wrongField('name', 'duplicate', 'is the name of another theme');
  }
  return id;
}

/** Ends a theme, or takes it up again. @throws {AppError} `not_found`, `forbidden` */
export async function endTheme(
  ctx: Context,
  { id, isEnded }: { id: string; isEnded: boolean },
): Promise<void> {
  allow(ctx.actor, 'feedback:write');
  await assertThere(ctx, id);
  const [at, by] = isEnded ? [ctx.now(), actorName(ctx.actor)] : [null, null];
  await writeDecision(ctx, {
    rows: [
      statement(
        'UPDATE praise_themes SET ended_at = ?, ended_by = ? WHERE id = ? AND (ended_at IS NULL) = ?',
        ...[at, by, id, isEnded ? 1n : 0n],
      ),
    ],
    audit: { kind: isEnded ? 'theme.ended' : 'theme.reopened', subjectKind: 'theme', subjectId: id },
  });
}

const messageId = z.string().regex(/^(feedback|answer|testimonial) [0-9a-zA-Z:._-]{1,120}$/);

/** Puts a message into a theme, or takes it out, whatever its words. @throws {AppError} `not_found`, `validation_failed`, `forbidden` */
export async function placeMessage(
  ctx: Context,
  { id, ...typed }: { id: string; messageId: string; isIn: boolean },
): Promise<void> {
  allow(ctx.actor, 'feedback:write');
  const message = parseInput(z.strictObject({ messageId, isIn: z.boolean() }), typed);
  await assertThere(ctx, id);
  await writeDecision(ctx, {
    rows: [upsertMessage({ themeId: id, ...message, at: ctx.now(), actor: actorName(ctx.actor) })],
    audit: {
      kind: 'theme.message-placed',
      subjectKind: 'theme',
      subjectId: id,
      detail: { message: message.messageId, isIn: message.isIn },
    },
  });
}

async function assertThere(ctx: Context, id: string): Promise<void> {
  if ((await findTheme(ctx.db.fresh, { id })) === null)
    throw new AppError('not_found', 'There is no such theme.');
}
