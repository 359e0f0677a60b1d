import { z } from 'zod';
import { insertInto, statement } from '../../../db/query.ts';
import { clubLevels } from '../../../db/schema/index.ts';
import { changesOf } from '../../ground/audit/changes.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allowRole } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError, type FieldError } from '../../ground/platform/errors.ts';
import { currencyExponent, formatDecimal, parseDecimal } from '../../ground/platform/money.ts';
import { inputErrors, parseInput, refuseFields } from '../../ground/platform/parse-input.ts';
import { getBusiness } from '../../money/business/business.ts';
import { listAllBenefits, listOpenWithdrawals } from './benefits/queries.ts';
import { listLevels } from './queries.ts';
import { namesShape, readNames } from './texts.ts';

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
 * Sets the levels, all of them; none for a club without. In force at once. One at which a benefit begins stays; all do while one
 * that was withdrawn is being made good to who held its level.
 * @throws {AppError} `currency_not_set`, `level_in_use`, `validation_failed`, `forbidden`
 */
export async function setLevels(ctx: Context, input: z.input<typeof levelsInput>): Promise<void> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const { currency } = await getBusiness(ctx);
  if (currency === null) throw new AppError('currency_not_set', 'Set a currency first.');
  const exponent = currencyExponent(currency) ?? 2;
  refuseFields([...inputErrors(levelsInput, input), ...levelErrors(input, exponent)]);
  const levels = parseInput(levelsInput, input).map((level) => ({
    ...level,
    fromMinor: spendOf(level.from, exponent) ?? 0n,
    names: Object.fromEntries(Object.entries(level.names).filter(([, name]) => name.trim() !== '')),
  }));
  const [benefits, open, before] = await Promise.all([
    listAllBenefits(ctx.db.fresh),
    listOpenWithdrawals(ctx.db.fresh),
    listLevels(ctx.db.fresh),
  ]);
  if (open.some(({ level }) => level !== null))
    throw new AppError(
      'level_in_use',
      'A benefit of a level is being made good to who held it; try again later.',
    );
  const used = benefits.filter(({ withdrawnAt }) => withdrawnAt === null);
  if (used.some(({ level }) => level !== null && !levels.some(({ key }) => key === level)))
    throw new AppError('level_in_use', 'A benefit begins at a level that would be gone; withdraw it first.');
  const done = { at: ctx.now(), actor: actorName(ctx.actor) };
  await writeDecision(ctx, {
    rows: [
      statement('DELETE FROM club_levels'),
      ...levels.map(({ key, fromMinor, names }) =>
        insertLevel({ key, fromMinor, names: JSON.stringify(names), ...done }),
      ),
    ],
    audit: {
      kind: 'club.levels-set',
      subjectKind: 'club',
      subjectId: 'levels',
      detail: changesOf(told(before.map(read), exponent), told(levels, exponent)),
    },
  });
}

const read = (row: { key: string; fromMinor: bigint; names: string }) => ({
  ...row,
  names: readNames(row.names),
});

/** For the log: from which spend each level begins, and what it is called. */
const told = (
  levels: readonly { key: string; fromMinor: bigint; names: Readonly<Record<string, string>> }[],
  exponent: number,
) => ({
  levels:
    levels
      .map(({ key, fromMinor, names }) =>
        [key, formatDecimal(fromMinor, exponent), ...Object.values(names)].join(' '),
      )
      .join(' / ') || null,
});

type Level = z.input<typeof levelsInput>[number];

function spendOf(typed: string, exponent: number): bigint | null {
  const parsed = parseDecimal(typed.trim().replace(',', '.'), exponent);
  return parsed.ok ? parsed.minor : null;
}

/** What no schema can tell: amounts of the currency, and levels beside each other. */
function levelErrors(levels: readonly Level[], exponent: number): FieldError[] {
  const starts = levels.map(({ from }) => spendOf(from, exponent));
  const keys = levels.map(({ key }) => key);
  const errors = levels.flatMap(({ names }, index): FieldError[] => {
    const start = starts[index] ?? null;
    const wrongs: [boolean, string, string, string][] = [
      [start === null, 'from', 'not_a_number', 'has to be an amount such as 500.00'],
      [start !== null && starts.indexOf(start) < index, 'from', 'duplicate', 'is that of another level'],
      [keys.indexOf(keys[index] ?? '') < index, 'key', 'duplicate', 'is that of another level'],
      [Object.values(names).every((name) => name.trim() === ''), 'names', 'required', 'needs one language'],
    ];
    return wrongs.flatMap(([isWrong, path, code, message]) =>
      isWrong ? [{ path: `${index}.${path}`, code, message }] : [],
    );
  });
  const isFirstMissing = levels.length > 0 && !starts.includes(null) && !starts.includes(0n);
  return isFirstMissing
    ? [...errors, { path: '0.from', code: 'no_first', message: 'has to be 0 for one of the levels' }]
    : errors;
}
