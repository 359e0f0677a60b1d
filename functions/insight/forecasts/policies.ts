import { choiceOf } from '../../ground/settings/policy.ts';
import { covariateNames } from './known/first-purchase.ts';

/** What of first purchases the business wants to be tried in its forecasts. */
export const forecastCovariate = choiceOf({
  key: 'forecastCovariate',
  choices: ['off', ...covariateNames],
  standard: 'off',
  about:
    'what of first purchases is tried in the forecasts of each night; it serves where that would have made those of the past better: off, first-basket, first-category or first-season',
});
