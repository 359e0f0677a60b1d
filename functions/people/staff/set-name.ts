import { z } from 'zod';
import { statement } from '../../../db/query.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { emailOfKnown, optionalName } from '../../ground/platform/input.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { assertOwner } from './assert-owner.ts';
import { findStaffByEmail } from './find-staff.ts';

export const memberName = optionalName(80);

const input = z.strictObject({ email: emailOfKnown, name: memberName });

/**
 * How a member of the team is called in the console: said by themselves or by an owner.
 * @throws {AppError} `validation_failed`, `not_found`, `forbidden`
 */
export async function setStaffName(ctx: Context, typed: z.input<typeof input>): Promise<void> {
  const { email, name } = parseInput(input, typed);
  const [member] = await findStaffByEmail(ctx.db.fresh, { email });
  const isOwn = ctx.actor.kind === 'staff' && ctx.actor.id === member?.id;
  if (!isOwn) assertOwner(ctx);
  if (member === undefined) throw new AppError('not_found', 'Nobody of this address is on the team.');
  if (member.name === name) return;
  await writeDecision(ctx, {
    rows: [statement('UPDATE staff SET name = ? WHERE id = ?', name, member.id)],
    // What they were and are called is who they are, and stays out of the log.
    audit: {
      ...{ kind: 'staff.named', subjectKind: 'staff', subjectId: member.id },
      detail: { name: changeOf(member.name, name) },
    },
  });
}

const changeOf = (before: string | null, after: string | null) =>
  before === null ? 'given' : after === null ? 'removed' : 'changed';
