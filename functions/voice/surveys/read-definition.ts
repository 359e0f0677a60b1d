import { assert } from '../../ground/platform/errors.ts';
import { keptDefinition, type SurveyDefinition } from './definition.ts';

/** A kept definition; it was checked when it was saved. */
export function readDefinition(text: string): SurveyDefinition {
  const parsed = keptDefinition.safeParse(JSON.parse(text));
  assert(parsed.success, 'a kept survey is valid');
  return parsed.data;
}
