import {
  blanked,
  each,
  emptied,
  names,
  nobodys,
  type PersonalData,
} from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  sessions: {
    of: "(kind = 'customer' AND subject_id IN $customers) OR (kind = 'joining' AND subject_id IN $sign_in_challenges)",
    columns: { browser: blanked },
    isDeleted: true,
  },
  passkeys: {
    of: "kind = 'customer' AND subject_id IN $customers",
    columns: { name: blanked },
    isDeleted: true,
  },
  sign_in_challenges: {
    of: "(email IN $addresses AND purpose NOT IN ('staff', 'owner')) OR subject_id IN $customers",
    columns: { ...each(blanked, 'email', 'browser_hash'), referral_code: emptied },
    isDeleted: true,
  },
  email_changes: {
    of: 'customer_id IN $customers',
    columns: each(blanked, 'email_from', 'email_to'),
    isDeleted: true,
  },
  former_emails: { of: 'customer_id IN $customers', columns: { email: blanked }, isDeleted: true },
  rate_limits: nobodys('Hashes under the secret of the deployment, for a day.', 'key'),
  form_drafts: {
    of: `${names('fields')} OR ${names('path')}`,
    // What somebody of the team is about to send says more than that.
    columns: { path: { masked: "'/'" }, fields: { masked: "'[]'" } },
  },
};
