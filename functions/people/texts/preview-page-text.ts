import { z } from 'zod';
import { fillIn } from '../../ground/formats/fill-in.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { emailOfKnown } from '../../ground/platform/input.ts';
import { parseInput, refuseFields } from '../../ground/platform/parse-input.ts';
import { getBusiness } from '../../money/business/business.ts';
import { checkParts } from './check-parts.ts';
import { findText } from './get-texts.ts';
import { readerByEmail } from './reader-by-email.ts';
import { type TextPart, wordsOf } from './text.ts';

const input = z.strictObject({
  key: z.string().max(100),
  language: z.string().max(10),
  parts: z.record(z.string().max(100), z.string().max(20_000)),
  /** Of the customer it is shown for; null for one that is made up. */
  email: emailOfKnown.nullable(),
});

export interface PageTextPreview {
  /** Who reads it; null where they are made up. */
  reader: { name: string | null; email: string | null } | null;
  passages: { form: TextPart['form']; words: string }[];
}

const madeUp = 'ann@example.com';

/**
 * What the passages of a page would say to a customer in words that are not kept yet, with every name in braces replaced.
 * Passages that say nothing are left out. Nothing is kept.
 * @throws {AppError} `not_found` when no page has such a text; `validation_failed` as `checkParts` says, and for `email`
 * when it is nobody's; `forbidden`
 */
export async function previewPageText(ctx: Context, typed: z.input<typeof input>): Promise<PageTextPreview> {
  allow(ctx.actor, 'texts:write');
  const { parts, email, ...which } = parseInput(input, typed);
  const [{ identity }, text] = await Promise.all([getBusiness(ctx), findText(ctx, which)]);
  if (text.kind === 'mail') throw new AppError('not_found', 'There is no such text of a page.');
  const checked = checkParts(text, parts);
  if (!checked.ok) refuseFields(checked.errors);
  const own = checked.ok ? checked.parts : {};
  const reader = email === null ? null : await readerByEmail(ctx, email);
  const values = { name: identity.name, email: reader?.email ?? madeUp };
  const passages = text.parts.map((part) => ({
    form: part.form,
    words: fillIn(wordsOf(part, own), values),
  }));
  return {
    reader: reader && { name: reader.name, email: reader.email },
    passages: passages.filter(({ words }) => words !== ''),
  };
}
