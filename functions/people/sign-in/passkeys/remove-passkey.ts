import { z } from 'zod';
import { statement } from '../../../../db/query.ts';
import { isConflictOn } from '../../../../db/store.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { allowProven } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { parseInput } from '../../../ground/platform/parse-input.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { policyOf } from '../../../money/business/policies.ts';
import { deviceName } from '../device-name.ts';
import { signedInPerson } from '../known-person.ts';
import { staffFactor } from '../staff-factor.ts';
import { findReader } from './find-reader.ts';
import { toldTo } from './letters.ts';
import { keepFactor, lastFactorRule } from './passkey-rows.ts';
import { listPasskeyRows } from './queries.ts';

const input = z.strictObject({ id: z.string().max(64), userAgent: z.string().default('') });

/**
 * Ends one of one's own passkeys, told by mail; one that is gone already stays so.
 * @throws {AppError} `unauthenticated`, `last_factor` where staff need a second factor and have no other
 */
export async function removePasskey(ctx: Context, typed: z.input<typeof input>): Promise<void> {
  const person = signedInPerson(ctx.actor);
  allowProven(ctx);
  const { id, userAgent } = parseInput(input, typed);
  const own = await listPasskeyRows(ctx.db.fresh, { ...person });
  const passkey = own.find((one) => one.id === id);
  if (passkey === undefined) return;
  const reader = await findReader(ctx, person);
  const { name } = passkey;
  const isStaff = person.kind === 'staff';
  const needsFactor = isStaff && policyOf(await getBusiness(ctx), staffFactor) === 'required';
  try {
    await writeDecision(ctx, {
      rows: [
        ...(needsFactor ? [keepFactor({ id, staffId: person.id })] : []),
        statement('DELETE FROM passkeys WHERE id = ?', id),
      ],
      letters: [
        toldTo(person, reader, { isAdded: false, name, device: deviceName(userAgent), at: ctx.now() }),
      ],
      audit: isStaff ? { kind: 'passkey.removed', subjectKind: 'staff', subjectId: person.id } : null,
    });
  } catch (error) {
    if (!isConflictOn(error, lastFactorRule)) throw error;
    throw new AppError('last_factor', 'Add another second factor before you remove the last one.');
  }
  ctx.wakeMail('now');
}
