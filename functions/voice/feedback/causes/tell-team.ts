import { isNull, sql } from 'drizzle-orm';
import { query } from '../../../../db/query.ts';
import { staff } from '../../../../db/schema/index.ts';
import type { Store } from '../../../../db/store.ts';
import type { LetterParams } from '../../../ground/outbox/letter-kind.ts';
import type { Mail } from '../../../ground/outbox/queue-mail.ts';
import { awaySql } from '../../../people/managers/absences/away-sql.ts';

const listRows = query((db) =>
  db
    .select({
      id: staff.id,
      email: staff.email,
      role: staff.role,
      standInEmail: sql<string | null>`(SELECT i.email FROM ${awaySql(sql`${sql.placeholder('today')}`)} AS w
        JOIN staff AS i ON i.id = w.stand_in_id WHERE w.staff_id = staff.id)`,
    })
    .from(staff)
    .where(isNull(staff.disabledAt))
    .orderBy(staff.email),
);
export type ColleagueOn = Awaited<ReturnType<typeof listRows>>[number];

/** Who works here on a business day, and who stands in for whom. */
export const listTeamOn = (db: Pick<Store, 'read'>, today: string): Promise<ColleagueOn[]> =>
  listRows(db, { today });

/** The mails about a cause to who sees to it, or stands in for them; else to the owners and managers. */
export function lettersAbout(
  params: LetterParams['cause_waits'],
  { team, ownerId }: { team: readonly ColleagueOn[]; ownerId: string | null },
): Mail[] {
  const own = team.find(({ id }) => id === ownerId);
  const addresses =
    own === undefined
      ? team.filter(({ role }) => role === 'owner' || role === 'manager').map(({ email }) => email)
      : [own.standInEmail ?? own.email];
  return addresses.map((address) => ({ template: 'cause_waits', params, address }));
}
