import type { Business } from './business.ts';
import { policyOf } from './policies.ts';

/** What a business may have set up, or not: nothing speaks of what it has not. */
export type Feature = 'club' | 'voices' | 'friends';
export type Features = Readonly<Record<Feature, boolean>>;

export function featuresOf(business: Business): Features {
  return {
    club: policyOf(business, 'club') === 'on',
    voices: policyOf(business, 'voices') === 'on',
    friends: policyOf(business, 'referral') === 'on',
  };
}

/** The pages that are there only where the business has set up what they are about. */
const pages: readonly [RegExp, Feature][] = [
  [/^(?:\/account)?\/club(?:\/|$)/, 'club'],
  [/^(?:\/account)?\/voices$/, 'voices'],
  [/^\/account\/friends$/, 'friends'],
];

/** What the business has to have set up for a page, by its path; null for a page that is always there. */
export function featureOf(path: string): Feature | null {
  return pages.find(([pattern]) => pattern.test(path))?.[1] ?? null;
}

export function isSetUp(path: string, features: Features): boolean {
  const feature = featureOf(path);
  return feature === null || features[feature];
}
