import { z } from 'zod';
import { insertInto, statement } from '../../db/query.ts';
import { clubLevels } from '../../db/schema/index.ts';
import { recordAct } from '../audit/record-act.ts';
import { allowRole } from '../platform/allow.ts';
import { actorName, type Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { currencyExponent, parseDecimal } from '../platform/money.ts';
import { parseInput } from '../platform/parse-input.ts';
import { getBusiness } from '../programme/business.ts';
import { namesShape } from './texts.ts';

const insertLevel = insertInto(clubLevels);

/** The levels of the club, `from` a spend in decimal text of the business currency; the lowest begins at 0. */
export const levelsInput = z
  .array(
    z.strictObject({
      key: z.string().regex(/^[a-z0-9-]{1,40}$/),
      from: z.string(),
      names: namesShape,
    }),
  )
  .max(10);

/**
 * Sets the levels, all of them; none for a club without. In force at once.
 * @throws {AppError} `currency_not_set`, `validation_failed`, `forbidden`
 */
export async function setLevels(ctx: Context, input: z.input<typeof levelsInput>): Promise<void> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const { currency } = await getBusiness(ctx);
  if (currency === null) throw new AppError('currency_not_set', 'Set a currency first.');
  const levels = parseInput(levelsInput, input).map((level, index) => {
    const parsed = parseDecimal(level.from, currencyExponent(currency) ?? 2);
    if (!parsed.ok) refuse(index, parsed.reason, 'has to be an amount such as 500.00');
    return { ...level, fromMinor: parsed.minor };
  });
  const starts = levels.map(({ fromMinor }) => fromMinor);
  if (levels.length > 0 && !starts.includes(0n)) refuse(0, 'no_first', 'has to be 0 for one of the levels');
  if (new Set(starts).size < starts.length || new Set(levels.map(({ key }) => key)).size < levels.length)
    refuse(0, 'duplicate', 'is the same for two levels, or their keys are');
  const done = { at: ctx.now(), actor: actorName(ctx.actor) };
  await ctx.db.write([
    statement('DELETE FROM club_levels'),
    ...levels.map(({ key, fromMinor, names }) =>
      insertLevel({ key, fromMinor, names: JSON.stringify(names), ...done }),
    ),
    recordAct(ctx, {
      act: 'club.levels-set',
      subjectKind: 'club',
      subjectId: 'levels',
      detail: { levels: levels.length },
    }),
  ]);
}

function refuse(index: number, code: string, message: string): never {
  const path = `${index}.from`;
  throw new AppError('validation_failed', `${path} ${message}.`, { errors: [{ path, code, message }] });
}
