import { z } from 'zod';
import { insertInto, statement } from '../../../../db/query.ts';
import { socialSigns } from '../../../../db/schema/index.ts';
import { unchanged } from '../../../ground/decision/decision.ts';
import { retrying } from '../../../ground/decision/retrying.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { allow } from '../../../ground/platform/allow.ts';
import type { Alongside } from '../../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { webAddress } from '../../../ground/platform/input.ts';
import { parseInput, refuseFields } from '../../../ground/platform/parse-input.ts';
import { socialKinds, socialPlaces } from './places.ts';
import { postLink } from './post-link.ts';
import { findKnown, findSign } from './queries.ts';

const insertSign = insertInto(socialSigns);

export const signInput = z.strictObject({
  customerId: z.string().max(64),
  kind: z.enum(socialKinds),
  place: z.enum(socialPlaces),
  /** Of a post: where it stands. */
  link: webAddress.nullable().default(null),
});

/** What was logged, and whether it was new. */
export interface LoggedSign {
  id: string;
  isNew: boolean;
}

/**
 * Writes down that a customer follows the business somewhere, or where they wrote about it. Each follower of a place and each post is
 * one, however often it is told; one that was taken back counts again, and nobody is thanked for it twice.
 * @throws {AppError} `validation_failed` (`link`: a post needs it, a follower has none; it may be somebody else's), `not_found`,
 * `forbidden`, `scope_missing`
 */
export async function logSign(
  ctx: Context,
  typed: z.input<typeof signInput>,
  { alongside }: Alongside<LoggedSign> = {},
): Promise<LoggedSign> {
  allow(ctx.actor, 'customers:write');
  const { link: typedLink, ...said } = parseInput(signInput, typed);
  const { customerId, kind, place } = said;
  const link = typedLink === null ? null : postLink(typedLink);
  refuseFields([
    ...(kind === 'post' && link === null
      ? [{ path: 'link', code: 'required', message: 'has to say where the post stands' }]
      : []),
    ...(kind === 'follow' && link !== null
      ? [{ path: 'link', code: 'not_allowed', message: 'stands with posts alone' }]
      : []),
  ]);
  return retrying(ctx, { subject: 'sign', conflicts: ['social_signs'] }, async () => {
    const db = ctx.db.fresh;
    const [customer, kept] = await Promise.all([
      findKnown(db, { customerId }),
      findSign(db, { customerId, kind, place, link }),
    ]);
    if (customer === null) throw new AppError('not_found', 'There is no such customer.');
    if (kept !== null && kept.customerId !== customerId)
      refuseFields([{ path: 'link', code: 'somebody_elses', message: 'was logged of somebody else' }]);
    const id = kept?.id ?? newId();
    const logged = { id, isNew: kept === null || kept.withdrawnAt !== null };
    const rows =
      kept === null
        ? [insertSign({ id, kind, customerId, place, link, at: ctx.now(), actor: actorName(ctx.actor) })]
        : [statement('UPDATE social_signs SET withdrawn_at = NULL, withdrawn_by = NULL WHERE id = ?', id)];
    const beside = alongside?.(logged, logged.isNew ? 201 : 200) ?? [];
    await writeDecision(ctx, {
      rows: logged.isNew ? rows : [],
      beside,
      ...(logged.isNew
        ? {
            audit: {
              kind: 'social.logged',
              subjectKind: 'customer',
              subjectId: customerId,
              detail: { kind, place },
            },
          }
        : {}),
    });
    return logged;
  });
}

/** It turned out not to be so; what was given for it stays. @throws {AppError} `not_found`, `forbidden`, `scope_missing` */
export async function withdrawSign(ctx: Context, { id }: { id: string }): Promise<void> {
  allow(ctx.actor, 'customers:write');
  const kept = await findSign(ctx.db.fresh, { id });
  if (kept === null) throw new AppError('not_found', 'There is no such sign.');
  if (kept.withdrawnAt !== null) return void unchanged;
  await writeDecision(ctx, {
    rows: [
      statement(
        'UPDATE social_signs SET withdrawn_at = ?, withdrawn_by = ? WHERE id = ? AND withdrawn_at IS NULL',
        ...[ctx.now(), actorName(ctx.actor), id],
      ),
    ],
    audit: { kind: 'social.withdrawn', subjectKind: 'customer', subjectId: kept.customerId },
  });
}
