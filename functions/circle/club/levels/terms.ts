import type { Business } from '../../../money/business/business.ts';
import { policyOf } from '../../../money/business/policies.ts';
import { clubLevelFall, clubLevelGrace, clubLevelPer } from '../policies.ts';
import type { LevelTerms } from './windows.ts';

/** The rule of the levels as the business has it now. */
export function levelTermsOf(business: Pick<Business, 'settings'>): LevelTerms {
  return {
    per: policyOf(business, clubLevelPer),
    fall: policyOf(business, clubLevelFall),
    graceDays: policyOf(business, clubLevelGrace),
  };
}
