import type { z } from 'zod';
import { statement } from '../../../../db/query.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { parseInput } from '../../../ground/platform/parse-input.ts';
import { getStaffProfile } from './get-profile.ts';
import { profileInput } from './schema.ts';

/**
 * What customers are shown of somebody who looks after them: said by themselves or by an owner.
 * @throws {AppError} `validation_failed`, `not_found`, `forbidden`
 */
export async function setStaffProfile(ctx: Context, typed: z.input<typeof profileInput>): Promise<void> {
  const { staffId, ...next } = parseInput(profileInput, typed);
  const { name, phone, mail, hours, words } = await getStaffProfile(
    { ...ctx, db: ctx.db.fresh },
    { staffId },
  );
  if (JSON.stringify({ name, phone, mail, hours, words }) === JSON.stringify(next)) return;
  const kept = [next.name, next.phone, next.mail, JSON.stringify(next.hours), JSON.stringify(next.words)];
  await writeDecision(ctx, {
    rows: [
      statement(
        `INSERT INTO staff_profiles (staff_id, name, phone, mail, hours, words, at, actor) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (staff_id) DO UPDATE SET name = excluded.name, phone = excluded.phone, mail = excluded.mail,
           hours = excluded.hours, words = excluded.words, at = excluded.at, actor = excluded.actor`,
        ...[staffId, ...kept, ctx.now(), actorName(ctx.actor)],
      ),
    ],
    audit: { kind: 'staff-profile.set', subjectKind: 'staff', subjectId: staffId },
  });
}
