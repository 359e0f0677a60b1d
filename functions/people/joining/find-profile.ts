import { desc, eq, sql } from 'drizzle-orm';
import { query, queryOne, rowsWithin } from '../../../db/query.ts';
import {
  accounts,
  consents,
  consentTexts,
  customers,
  joinInvitationEnds,
  joinInvitations,
  profileAnswers,
} from '../../../db/schema/index.ts';
import { businessStamp } from '../../money/business/business.ts';

/** Everything a customer agreed to and withdrew, newest first, with the wording. */
export const listConsentRows = query((db) =>
  db
    .select({
      kind: consents.kind,
      isGiven: consents.isGiven,
      source: consents.source,
      basis: consents.basis,
      at: consents.at,
      version: consents.version,
      language: consentTexts.language,
      text: consentTexts.text,
    })
    .from(consents)
    .innerJoin(consentTexts, eq(consentTexts.version, consents.version))
    .where(eq(consents.customerId, sql.placeholder('customerId')))
    .orderBy(desc(consents.id))
    .limit(100),
);

/** What a customer told about themselves, with the business's stamp, see `businessAt`. */
export const findProfile = queryOne((db) =>
  db
    .select({
      stamp: businessStamp,
      language: customers.language,
      answers: rowsWithin(
        { question: profileAnswers.question, answer: profileAnswers.answer, at: profileAnswers.at },
        sql`${profileAnswers} WHERE ${profileAnswers.customerId} = ${customers.id}`,
      ),
      invitations: rowsWithin(
        { id: joinInvitations.id, accountName: accounts.name },
        sql`${joinInvitations} JOIN ${accounts} ON ${accounts.id} = ${joinInvitations.accountId}
          LEFT JOIN ${joinInvitationEnds} ON ${joinInvitationEnds.invitationId} = ${joinInvitations.id}
          WHERE ${joinInvitations.email} = ${customers.email}
            AND ${joinInvitations.expiresAt} > ${sql.placeholder('now')}
            AND ${joinInvitationEnds.invitationId} IS NULL`,
      ),
    })
    .from(customers)
    .where(eq(customers.id, sql.placeholder('customerId'))),
);
