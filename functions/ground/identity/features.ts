import type { Policy } from '../settings/policy.ts';

/** The names of what a business may have set up, or not; rooms add theirs. */
// biome-ignore lint/suspicious/noEmptyInterface: the rooms fill it
export interface FeatureNames {}

export type Feature = keyof FeatureNames & string;

/** A part of the product that is there only where the business has set it up: nothing speaks of what it has not. */
export interface FeatureSwitch {
  name: Feature;
  policy: Policy<'on' | 'off'>;
  /** The paths of the pages that are there only with it. */
  pages: RegExp;
}

/** What one business has set up. */
export interface Features {
  has: (feature: Feature) => boolean;
  /** Whether a page, by its path, is there; those of no feature always are. */
  isSetUp: (path: string) => boolean;
}
