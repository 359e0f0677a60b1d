import type { FeatureSwitch, Features } from '../../ground/identity/features.ts';
import type { House } from '../../ground/room.ts';
import type { Business } from './business.ts';
import { policyOf } from './policies.ts';

/** What the business has set up, of what rooms declare as a feature. */
export function featuresOf({ features }: Pick<House, 'features'>, business: Business): Features {
  const isOn = ({ policy }: FeatureSwitch) => policyOf(business, policy) === 'on';
  return {
    has: (name) => features.some((feature) => feature.name === name && isOn(feature)),
    isSetUp: (path) => features.every((feature) => isOn(feature) || !feature.pages.test(path)),
  };
}
