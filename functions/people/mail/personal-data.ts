import { erasedParams } from '../../ground/outbox/erased-params.ts';
import { blanked, each, emptied, numbersOf, type PersonalData } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  outbox: {
    // Who is of the team as well goes on with what is written to them there, and an address that was to be theirs with its code.
    of: `customer_id IN $customers OR (address IN $addresses AND address NOT IN (SELECT email FROM staff))
      OR (address IN (SELECT email_to FROM email_changes WHERE id IN $email_changes) AND template = 'email_change')`,
    columns: {
      params: { to: `'${erasedParams}'` },
      ...each(emptied, 'address', 'language', 'rendered', 'letter'),
      // What was yet to be sent is not.
      failure: { to: "CASE WHEN sent_at IS NULL THEN 'recipient_gone' END" },
      withheld_at: { to: 'CASE WHEN sent_at IS NULL THEN coalesce(withheld_at, $now) ELSE withheld_at END' },
    },
  },
  mail_events: { of: 'mail_id IN $outbox', columns: { detail: emptied } },
  received_mails: { of: 'address IN $addresses', columns: { address: blanked, subject: emptied } },
  suppressions: { of: 'address IN $addresses', columns: { address: blanked }, isDeleted: true },
  notices: numbersOf('reader IN $customers'),
};
