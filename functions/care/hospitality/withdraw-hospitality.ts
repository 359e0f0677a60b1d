import { insertInto } from '../../../db/query.ts';
import { hospitalityWithdrawals } from '../../../db/schema/index.ts';
import { isConflictOn } from '../../../db/store.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { getEntry } from './get-entry.ts';
import { type HospitalityAnswer, type WithdrawalInput, withdrawalInput } from './schema.ts';
import { type HospitalityEntry, toAnswer, toEntry } from './to-entry.ts';

const insertWithdrawal = insertInto(hospitalityWithdrawals);

/**
 * Takes back an entry that was not given after all, or was a mistake; it stays readable, with why.
 * @throws {AppError} `not_found`, `already_decided`, `validation_failed`, `forbidden`
 */
export async function withdrawHospitality(
  ctx: Context,
  { id, ...input }: WithdrawalInput & { id: string },
  options: Alongside<HospitalityAnswer> = {},
): Promise<HospitalityEntry> {
  allow(ctx.actor, 'contacts:write');
  const { reason } = parseInput(withdrawalInput, input);
  const entry = await getEntry(ctx, id);
  if (entry.state === 'withdrawn' || entry.state === 'refused')
    throw new AppError('already_decided', 'This counts for nothing already.');
  const by = { at: ctx.now(), actor: actorName(ctx.actor) };
  const withdrawn = { withdrawnAt: by.at, withdrawnBy: by.actor, withdrawnReason: reason };
  const answer = toEntry({ ...entry, ...withdrawn });
  try {
    await writeDecision(ctx, {
      rows: [insertWithdrawal({ entryId: id, reason, ...by })],
      audit: {
        kind: 'hospitality.withdrawn',
        subjectKind: 'customer',
        subjectId: entry.customerId,
        detail: { entry: id, amount: entry.worthMinor },
      },
      beside: options.alongside?.(toAnswer(answer), 201) ?? [],
    });
  } catch (error) {
    if (!isConflictOn(error, 'hospitality_withdrawals')) throw error;
    throw new AppError('already_decided', 'This has been taken back already.');
  }
  return answer;
}
