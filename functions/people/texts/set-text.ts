import { z } from 'zod';
import { statement } from '../../../db/query.ts';
import { retrying } from '../../ground/decision/retrying.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { parseInput, refuseFields } from '../../ground/platform/parse-input.ts';
import type { OwnParts } from '../../money/business/own-texts.ts';
import { checkParts } from './check-parts.ts';
import { findText, listTextVersions } from './get-texts.ts';
import type { Text } from './text.ts';

const parts = z.record(z.string().max(100), z.string().max(20_000));
const input = z.strictObject({
  key: z.string().max(100),
  language: z.string().max(10),
  parts,
});

/**
 * Words a text in one language; a part that is left out, empty or ours stays ours, so that no part at all gives it back to
 * us. In force from the next request and the next mail on. Owners and managers, keys.
 * @throws {AppError} `not_found`, `validation_failed` as `checkParts` says, `forbidden`, `scope_missing`
 */
export async function setText(
  ctx: Context,
  typed: z.input<typeof input>,
  options: Alongside<Text> = {},
): Promise<Text> {
  allow(ctx.actor, 'texts:write');
  const { parts: wanted, ...which } = parseInput(input, typed);
  return retrying(ctx, { subject: 'text' }, async () => {
    const text = await findText({ ...ctx, db: ctx.db.fresh }, which);
    const checked = checkParts(text, wanted);
    if (!checked.ok) {
      refuseFields(checked.errors);
      return text;
    }
    const result = { ...text, own: checked.parts };
    const beside = options.alongside?.(result, 200) ?? [];
    if (isSame(text.own, checked.parts)) await writeDecision(ctx, { beside });
    else await writeDecision(ctx, { ...keepVersion(ctx, text, checked.parts), beside });
    return result;
  });
}

const earlier = z.strictObject({
  key: z.string().max(100),
  language: z.string().max(10),
  version: z.int(),
});

/**
 * Says again what an earlier version said, as a new version.
 * @throws {AppError} `not_found`, `validation_failed` where a name that it has is known no longer, `forbidden`
 */
export async function returnToVersion(ctx: Context, typed: z.input<typeof earlier>): Promise<Text> {
  allow(ctx.actor, 'texts:write');
  const { version, ...which } = parseInput(earlier, typed);
  const versions = await listTextVersions({ ...ctx, db: ctx.db.fresh }, which);
  const found = versions.find(({ id }) => id === version);
  if (found === undefined) throw new AppError('not_found', 'There is no such version.');
  return setText(ctx, { ...which, parts: found.parts });
}

/** A version that somebody else made meanwhile has the same id, and its text is looked at anew. */
function keepVersion(ctx: Context, { key, language, own }: Text, now: OwnParts) {
  const isOurs = Object.keys(now).length === 0;
  const changed = [...new Set([...Object.keys(own), ...Object.keys(now)])].filter(
    (name) => own[name] !== now[name],
  );
  const told = (from: OwnParts) => changed.map((name) => from[name] ?? '–').join(' / ');
  return {
    rows: [
      statement(
        `INSERT INTO text_versions (id, key, language, parts, at, actor)
         VALUES ((SELECT coalesce(max(id), 0) + 1 FROM text_versions), ?, ?, ?, ?, ?)`,
        key,
        language,
        isOurs ? null : JSON.stringify(now),
        ctx.now(),
        actorName(ctx.actor),
      ),
    ],
    audit: {
      kind: isOurs ? ('text.reset' as const) : ('text.set' as const),
      subjectKind: 'text',
      subjectId: `${language} ${key}`,
      detail: { before: told(own), value: told(now) },
    },
  };
}

const isSame = (one: OwnParts, other: OwnParts) =>
  Object.keys(one).length === Object.keys(other).length &&
  Object.entries(one).every(([name, words]) => other[name] === words);
