import type { PersonalData } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  // The register shows what was given and for what purpose, for as long as it is kept.
  hospitality_entries: { of: 'customer_id IN $customers', columns: { purpose: { masked: "'—'" } } },
  hospitality_decisions: {
    of: 'entry_id IN $hospitality_entries',
    columns: { reason: { masked: "'—'" } },
  },
  hospitality_withdrawals: {
    of: 'entry_id IN $hospitality_entries',
    columns: { reason: { masked: "'—'" } },
  },
};
