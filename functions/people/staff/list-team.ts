import type { Context } from '../../ground/platform/context.ts';
import { sessionIdOf } from '../sign-in/session-id.ts';
import { isAlive } from '../sign-in/session-terms.ts';
import { listStaff, type StaffMember } from './list-staff.ts';
import { listStaffSessions } from './queries.ts';

export interface TeamMember extends StaffMember {
  sessions: { id: string; device: string; startedAt: number; lastSeenAt: number }[];
}

/** Everybody who works or worked here, with where they are signed in. @throws {AppError} `forbidden` */
export async function listTeam(ctx: Context): Promise<TeamMember[]> {
  const now = ctx.now();
  const [members, open] = await Promise.all([listStaff(ctx), listStaffSessions(ctx.db, { now })]);
  const byMember = Map.groupBy(
    open
      .filter((session) => isAlive(session, now))
      .map(({ tokenHash, staffId, device, startedAt, lastSeenAt }) => ({
        id: sessionIdOf(tokenHash),
        staffId,
        device,
        startedAt,
        lastSeenAt,
      })),
    ({ staffId }) => staffId,
  );
  return members.map((member) => ({ ...member, sessions: byMember.get(member.id) ?? [] }));
}
