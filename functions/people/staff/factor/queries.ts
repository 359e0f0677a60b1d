import { and, eq, isNull, sql } from 'drizzle-orm';
import { query } from '../../../../db/query.ts';
import { staffFactors, staffRecoveryCodes } from '../../../../db/schema/index.ts';

/** The factor a member has now. */
export const findFactor = query((db) =>
  db
    .select({
      id: staffFactors.id,
      sealedSecret: staffFactors.sealedSecret,
      createdAt: staffFactors.createdAt,
    })
    .from(staffFactors)
    .where(and(eq(staffFactors.staffId, sql.placeholder('staffId')), isNull(staffFactors.endedAt))),
);

/** A code on paper of a factor that was not used yet. */
export const findPaperCode = query((db) =>
  db
    .select({ hash: staffRecoveryCodes.hash })
    .from(staffRecoveryCodes)
    .where(
      and(
        eq(staffRecoveryCodes.hash, sql.placeholder('hash')),
        eq(staffRecoveryCodes.factorId, sql.placeholder('factorId')),
      ),
    ),
);
