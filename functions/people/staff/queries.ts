import { and, asc, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { readFlag } from '../../../db/schema/columns.ts';
import { sessions, staff, staffFactors } from '../../../db/schema/index.ts';

export const listStaffRows = query((db) =>
  db
    .select({
      id: staff.id,
      email: staff.email,
      name: staff.name,
      role: staff.role,
      createdAt: staff.createdAt,
      disabledAt: staff.disabledAt,
      factorSince: staffFactors.createdAt,
      hasPasskey:
        sql<boolean>`EXISTS (SELECT 1 FROM passkeys WHERE kind = 'staff' AND subject_id = ${staff.id})`.mapWith(
          readFlag,
        ),
      lastSeenAt: sql<number | null>`(SELECT max(last_seen_at) FROM sessions
        WHERE kind = 'staff' AND subject_id = ${staff.id})`.mapWith(Number),
    })
    .from(staff)
    .leftJoin(staffFactors, and(eq(staffFactors.staffId, staff.id), isNull(staffFactors.endedAt)))
    .orderBy(asc(staff.email)),
);

/** Where members are signed in, last used first. */
export const listStaffSessions = query((db) =>
  db
    .select({
      tokenHash: sessions.tokenHash,
      staffId: sessions.subjectId,
      kind: sessions.kind,
      device: sessions.browser,
      startedAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
      expiresAt: sessions.expiresAt,
      factorAt: sessions.factorAt,
    })
    .from(sessions)
    .where(and(eq(sessions.kind, 'staff'), gt(sessions.expiresAt, sql.placeholder('now'))))
    .orderBy(desc(sessions.lastSeenAt)),
);
