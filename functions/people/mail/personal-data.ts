import { erasedParams } from '../../ground/outbox/erased-params.ts';
import { blanked, each, emptied, numbersOf, type PersonalData } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  outbox: {
    of: 'customer_id IN $customers OR address IN $addresses',
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
