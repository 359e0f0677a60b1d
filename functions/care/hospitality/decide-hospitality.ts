import { insertInto } from '../../../db/query.ts';
import { hospitalityDecisions } from '../../../db/schema/index.ts';
import { isConflictOn } from '../../../db/store.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow, allowRole } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { parseInput, wrongField } from '../../ground/platform/parse-input.ts';
import { type Decider, listDeciders } from '../../people/staff/list-deciders.ts';
import { decidesAs } from './decides-as.ts';
import { getEntry } from './get-entry.ts';
import { type DecisionInput, decisionInput, type HospitalityAnswer } from './schema.ts';
import { type HospitalityEntry, toAnswer, toEntry } from './to-entry.ts';

const insertDecision = insertInto(hospitalityDecisions);

/**
 * Approves or refuses what is over a limit; a refusal says why. Who decides is whoever is signed in, and for programs and commands
 * the one they name: an owner or manager who neither gives it nor wrote it down, or the only owner of a team without managers.
 * A key that wrote it down decides nothing of it, whoever it names: nobody knows that a second person did.
 * @throws {AppError} `not_found`, `already_decided`, `forbidden` for one's own, `validation_failed`
 */
export async function decideHospitality(
  ctx: Context,
  { id, ...input }: DecisionInput & { id: string },
  options: Alongside<HospitalityAnswer> = {},
): Promise<HospitalityEntry> {
  allow(ctx.actor, 'contacts:write');
  if (ctx.actor.kind === 'staff') allowRole(ctx.actor, ['owner', 'manager']);
  const { outcome: decision, reason: decisionReason, by } = parseInput(decisionInput, input);
  const [entry, deciders] = await Promise.all([getEntry(ctx, id), listDeciders(ctx.db.fresh)]);
  if (entry.state !== 'waiting') throw new AppError('already_decided', 'This waits for nobody.');
  if (ctx.actor.kind === 'key' && entry.actor === actorName(ctx.actor))
    throw new AppError(
      'forbidden',
      'Another key than the one that wrote it down tells what was decided, or a person.',
    );
  const decider = whoDecides(ctx, by, deciders);
  const standing = decidesAs(entry, decider.id, deciders);
  if (standing === null) throw new AppError('forbidden', 'A second person decides on it.');
  if (decisionReason === null && decision === 'refused') throw wrongField('reason', 'required', 'is needed');
  const decided = { decision, decisionReason, decidedAt: ctx.now(), isAlone: standing === 'alone' };
  const answer = toEntry({ ...entry, ...decided, decidedBy: decider.email });
  try {
    await writeDecision(ctx, {
      rows: [
        insertDecision({
          ...{
            entryId: id,
            decision,
            reason: decisionReason,
            isAlone: decided.isAlone,
            deciderId: decider.id,
          },
          ...{ at: decided.decidedAt, actor: actorName(ctx.actor) },
        }),
      ],
      audit: {
        kind: decision === 'approved' ? 'hospitality.approved' : 'hospitality.refused',
        subjectKind: 'customer',
        subjectId: entry.customerId,
        detail: { entry: id, amount: entry.worthMinor, by: decider.id, as: standing },
      },
      beside: options.alongside?.(toAnswer(answer), 201) ?? [],
    });
  } catch (error) {
    if (!isConflictOn(error, 'hospitality_decisions')) throw error;
    throw new AppError('already_decided', 'This has been decided already.');
  }
  return answer;
}

/** @throws {AppError} `validation_failed` where `by` names nobody who decides, `forbidden` */
function whoDecides({ actor }: Context, by: string | null, deciders: readonly Decider[]): Decider {
  const decider = deciders.find(({ id, email }) => (actor.kind === 'staff' ? id === actor.id : email === by));
  if (decider !== undefined) return decider;
  if (actor.kind === 'staff') throw new AppError('forbidden', 'This is not yours to do.');
  throw by === null
    ? wrongField('by', 'required', 'is needed: the address of the owner or manager who decided')
    : wrongField('by', 'unknown', 'is no owner or manager who works here');
}
